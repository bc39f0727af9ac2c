#include "dialect/lift_names.hpp"

#include <algorithm>

namespace plumb {
namespace {

std::vector<std::string> column_names(const std::vector<IndexPart>& parts) {
  std::vector<std::string> names;
  for (const IndexPart& part : parts) names.push_back(part.column);
  return names;
}

/// The rule's name, or with the number of a second one behind it.
bool is_made(std::string_view name, const std::string& by_rule) {
  if (!name.starts_with(by_rule)) return false;
  const std::string_view rest = name.substr(by_rule.size());
  return rest.empty() || (rest.size() > 1 && rest[0] == '_' && rest.find_first_not_of("0123456789", 1) == std::string_view::npos);
}

}  // namespace

void mark_generated_names(Table& table) {
  for (Index& index : table.indexes) {
    const bool has_expression = std::any_of(index.parts.begin(), index.parts.end(), [](const IndexPart& p) { return p.expression.has_value(); });
    if (has_expression || (index.kind != IndexKind::Plain && index.kind != IndexKind::Unique)) continue;
    const std::string_view prefix = index.kind == IndexKind::Unique ? "uq" : "idx";
    const std::string by_rule = generated_name(prefix, table.name, column_names(index.parts));
    // the name of an index is enforced, so that one with a number behind it must be said
    if (index.name.text == by_rule || (index.constraint && is_made(index.name.text, by_rule))) index.name.generated = true;
  }
  for (ForeignKey& key : table.foreign_keys) {
    if (is_made(key.name.text, generated_name("fk", table.name, key.columns))) key.name.generated = true;
  }
  for (Check& check : table.checks) {
    if (is_made(check.name.text, generated_name("ck", table.name, {}))) check.name.generated = true;
  }
}

}  // namespace plumb
