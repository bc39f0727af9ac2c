#include "data/row_index.hpp"

#include <algorithm>
#include <bit>

namespace plumb::data {
namespace {

constexpr std::size_t rows_of_a_beginning = 8;

}  // namespace

void RowIndex::sort() {
  std::sort(rows_.begin(), rows_.end(), [](const RowHash& a, const RowHash& b) { return a.key != b.key ? a.key < b.key : a.content < b.content; });
  const auto bits = static_cast<unsigned>(std::bit_width(rows_.size() / rows_of_a_beginning | 1U));
  shift_ = 64 - bits;
  begin_.assign((std::size_t{1} << bits) + 1, static_cast<std::uint32_t>(rows_.size()));
  std::size_t next = 0;
  for (std::size_t i = 0; i < rows_.size(); ++i) {
    for (const std::uint64_t bucket = rows_[i].key >> shift_; next <= bucket; ++next) begin_[next] = static_cast<std::uint32_t>(i);
  }
}

std::optional<std::size_t> RowIndex::find(std::uint64_t key) const {
  if (rows_.empty()) return std::nullopt;
  const std::size_t bucket = key >> shift_;
  for (std::size_t i = begin_[bucket]; i < begin_[bucket + 1]; ++i) {
    if (rows_[i].key == key) return i;
  }
  return std::nullopt;
}

}  // namespace plumb::data
