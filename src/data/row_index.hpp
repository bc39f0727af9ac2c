// data/row_index.hpp: rows by their hashes, sixteen bytes each, found by key. For this folder alone.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "data/row_hash.hpp"
#include "data/spread.hpp"

namespace plumb::data {

/// Add everything, sort(), then find. Hashes are spread evenly, so that their first bits lead within a few rows of the place.
class RowIndex {
 public:
  void reserve(std::size_t count) { rows_.reserve(count); }
  void add(const RowHash& row) { rows_.push_back(row); }
  void sort();
  /// The number of the row with this key.
  std::optional<std::size_t> find(std::uint64_t key) const;

  const std::vector<RowHash>& rows() const { return rows_; }
  std::size_t size() const { return rows_.size(); }
  const RowHash& operator[](std::size_t number) const { return rows_[number]; }
  void set_content(std::size_t number, std::uint64_t content) { rows_[number].content = content; }

 private:
  std::vector<RowHash> rows_;
  Beginnings beginnings_;
};

}  // namespace plumb::data
