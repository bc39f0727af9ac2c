// language/name_table.hpp: finds names whatever the case of their ASCII letters, without allocating for each.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "support/text.hpp"

namespace plumb::language {

/// Names with a number each. The names are looked at, not kept: they must outlive their entry.
class NameTable {
 public:
  /// Forgets all names; the memory stays for the next ones.
  void clear() {
    ++generation_;
    count_ = 0;
  }

  void reserve(std::size_t count) {
    std::size_t size = slots_.size() < 64 ? 64 : slots_.size();
    while (size < count * 2) size *= 2;
    if (size != slots_.size()) rehash(size);
  }

  /// The number of `name`; nothing when it is not there.
  std::optional<std::uint32_t> find(std::string_view name) const {
    if (slots_.empty()) return std::nullopt;
    const Slot& slot = slots_[slot_of(name, hash(name))];
    return slot.generation == generation_ ? std::optional(slot.number) : std::nullopt;
  }

  /// Adds the name; the number of the one that stands already when there is one.
  std::optional<std::uint32_t> add(std::string_view name, std::uint32_t number) {
    reserve(count_ + 1);
    const std::uint32_t hashed = hash(name);
    Slot& slot = slots_[slot_of(name, hashed)];
    if (slot.generation == generation_) return slot.number;
    slot = {name, hashed, number, generation_};
    ++count_;
    return std::nullopt;
  }

 private:
  struct Slot {
    std::string_view name;
    std::uint32_t hash = 0;
    std::uint32_t number = 0;
    std::uint32_t generation = 0;
  };

  static std::uint32_t hash(std::string_view name) {
    std::uint32_t value = 2166136261U;
    for (const char c : name) {
      const auto byte = static_cast<unsigned char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
      value = (value ^ byte) * 16777619U;
    }
    return value;
  }

  /// The slot that holds the name, or the free one where it would stand.
  std::size_t slot_of(std::string_view name, std::uint32_t hashed) const {
    const std::size_t mask = slots_.size() - 1;
    std::size_t at = hashed & mask;
    for (;; at = (at + 1) & mask) {
      const Slot& slot = slots_[at];
      if (slot.generation != generation_) return at;
      if (slot.hash == hashed && equal_ignoring_case(slot.name, name)) return at;
    }
  }

  void rehash(std::size_t size) {
    std::vector<Slot> old(size);
    old.swap(slots_);
    for (const Slot& slot : old) {
      if (slot.generation == generation_) slots_[slot_of(slot.name, slot.hash)] = slot;
    }
  }

  std::vector<Slot> slots_;
  std::size_t count_ = 0;
  std::uint32_t generation_ = 1;
};

}  // namespace plumb::language
