#include "diff/foreign_key_indexes.hpp"

#include <algorithm>

#include "support/text.hpp"

namespace plumb::diff {

bool begins_with(const std::vector<IndexPart>& parts, const std::vector<std::string>& columns) {
  if (parts.size() < columns.size()) return false;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    if (!equal_ignoring_case(parts[i].column, columns[i]) || parts[i].length) return false;
  }
  return true;
}

bool is_covered(const Table& table, const std::vector<std::string>& columns, const IsHashed& is_hashed) {
  if (table.primary_key && begins_with(table.primary_key->parts, columns)) return true;
  return std::any_of(table.indexes.begin(), table.indexes.end(), [&](const Index& index) {
    return (index.kind == IndexKind::Plain || (index.kind == IndexKind::Unique && !is_hashed(table, index))) && begins_with(index.parts, columns);
  });
}

void add_indexes_of_foreign_keys(Table& table, const std::vector<Index>& spare, const IsHashed& is_hashed) {
  for (const ForeignKey& key : table.foreign_keys) {
    if (is_covered(table, key.columns, is_hashed)) continue;
    const Index* best = nullptr;
    for (const Index& index : spare) {
      if (!begins_with(index.parts, key.columns) || index.kind == IndexKind::Fulltext || index.kind == IndexKind::Spatial || (index.kind == IndexKind::Unique && is_hashed(table, index))) continue;
      const bool better = best == nullptr || (index.name == key.name && best->name.text != key.name.text) ||
                          (index.parts.size() < best->parts.size() && best->name.text != key.name.text);
      if (better) best = &index;
    }
    if (best != nullptr) {
      table.indexes.push_back(*best);
      continue;
    }
    Index made;
    made.name = ObjectName(key.name.text, true);
    for (const auto& column : key.columns) made.parts.push_back({column, {}, {}, false, {}});
    table.indexes.push_back(std::move(made));
  }
}

}  // namespace plumb::diff
