#include "dialect/lift_names.hpp"

#include <algorithm>

namespace plumb {
namespace {

std::vector<std::string> column_names(const std::vector<IndexPart>& parts) {
  std::vector<std::string> names;
  for (const IndexPart& part : parts) names.push_back(part.column);
  return names;
}

}  // namespace

void mark_generated_names(Table& table) {
  for (Index& index : table.indexes) {
    const bool has_expression = std::any_of(index.parts.begin(), index.parts.end(), [](const IndexPart& p) { return p.expression.has_value(); });
    if (has_expression || (index.kind != IndexKind::Plain && index.kind != IndexKind::Unique)) continue;
    const std::string_view prefix = index.kind == IndexKind::Unique ? "uq" : "idx";
    if (index.name.text == generated_name(prefix, table.name, column_names(index.parts))) index.name.generated = true;
  }
  for (ForeignKey& key : table.foreign_keys) {
    if (key.name.text == generated_name("fk", table.name, key.columns)) key.name.generated = true;
  }
}

}  // namespace plumb
