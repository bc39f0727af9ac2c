// data/spread.hpp: numbers that are spread evenly, such as hashes, sorted by their first bits. For this folder alone.
#pragma once

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace plumb::data {

/// Where the elements begin whose first bits are this number.
class Beginnings {
 public:
  /// For so many elements: a few of them share their first bits.
  explicit Beginnings(std::size_t count = 0) : shift_(64U - bits_for(count)), begin_((std::size_t{1} << (64U - shift_)) + 1, 0) {}

  std::size_t of(std::uint64_t number) const { return number >> shift_; }
  std::size_t size() const { return begin_.size() - 1; }
  std::uint32_t begin(std::size_t bucket) const { return begin_[bucket]; }
  std::uint32_t end(std::size_t bucket) const { return begin_[bucket + 1]; }
  void count(std::uint64_t number) { ++begin_[of(number) + 1]; }
  void add_up() {
    for (std::size_t i = 1; i < begin_.size(); ++i) begin_[i] += begin_[i - 1];
  }

 private:
  static unsigned bits_for(std::size_t count) { return static_cast<unsigned>(std::bit_width(count / elements_of_a_beginning | 1U)); }
  static constexpr std::size_t elements_of_a_beginning = 8;

  unsigned shift_;
  std::vector<std::uint32_t> begin_;
};

/// Sorts in place: each element goes straight to those with its first bits, and these are few. `number` gives what is spread,
/// `less` orders by it first. Where the numbers are not spread, it is as slow as std::sort. Requires: less than 2^32 elements.
template <class Element, class Number, class Less>
Beginnings sort_spread(std::vector<Element>& elements, const Number& number, const Less& less) {
  Beginnings beginnings(elements.size());
  for (const Element& element : elements) beginnings.count(number(element));
  beginnings.add_up();
  std::vector<std::uint32_t> next(beginnings.size());
  for (std::size_t bucket = 0; bucket < next.size(); ++bucket) next[bucket] = beginnings.begin(bucket);
  for (std::size_t bucket = 0; bucket < next.size(); ++bucket) {
    while (next[bucket] < beginnings.end(bucket)) {
      Element& here = elements[next[bucket]];
      const std::size_t home = beginnings.of(number(here));
      if (home == bucket) ++next[bucket];
      else std::swap(here, elements[next[home]++]);
    }
    std::sort(elements.begin() + beginnings.begin(bucket), elements.begin() + beginnings.end(bucket), less);
  }
  return beginnings;
}

}  // namespace plumb::data
