#include "data/row_index.hpp"

namespace plumb::data {

void RowIndex::sort() {
  beginnings_ = sort_spread(rows_, [](const RowHash& row) { return row.key; }, [](const RowHash& a, const RowHash& b) { return a.key != b.key ? a.key < b.key : a.content < b.content; });
}

std::optional<std::size_t> RowIndex::find(std::uint64_t key) const {
  const std::size_t bucket = beginnings_.of(key);
  for (std::size_t i = beginnings_.begin(bucket); i < beginnings_.end(bucket); ++i) {
    if (rows_[i].key == key) return i;
  }
  return std::nullopt;
}

}  // namespace plumb::data
