#include "diff/same_structure.hpp"

#include <algorithm>

#include "support/text.hpp"

namespace plumb::diff {
namespace {

bool same_names(const std::vector<std::string>& a, const std::vector<std::string>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](const std::string& x, const std::string& y) { return equal_ignoring_case(x, y); });
}

bool same_part(const IndexPart& a, const IndexPart& b, const MatchRules& rules) {
  return equal_ignoring_case(a.column, b.column) && same_sql(a.expression, b.expression, rules) &&
         a.length == b.length && a.descending == b.descending && a.collation == b.collation;
}

}  // namespace

bool same_sql(const sql::EngineSql& a, const sql::EngineSql& b, const MatchRules& rules) {
  return sql::same_expression(a.common, b.common, rules.lexis);
}

bool same_sql(const std::optional<sql::EngineSql>& a, const std::optional<sql::EngineSql>& b, const MatchRules& rules) {
  if (a.has_value() != b.has_value()) return false;
  return !a || same_sql(*a, *b, rules);
}

bool same_parts(const std::vector<IndexPart>& a, const std::vector<IndexPart>& b, const MatchRules& rules) {
  const auto same = [&](const IndexPart& x, const IndexPart& y) { return same_part(x, y, rules); };
  if (std::equal(a.begin(), a.end(), b.begin(), b.end(), same)) return true;
  if (a.size() == b.size()) return false;
  const auto once = [](std::vector<IndexPart> parts) {
    drop_repeated_parts(parts);
    return parts;
  };
  const std::vector<IndexPart> left = once(a);
  const std::vector<IndexPart> right = once(b);
  return std::equal(left.begin(), left.end(), right.begin(), right.end(), same);
}

bool same_index(const Index& a, const Index& b, const MatchRules& rules) {
  return a.kind == b.kind && same_parts(a.parts, b.parts, rules) && same_sql(a.where, b.where, rules);
}

std::string primary_key_text(const PrimaryKey& key) {
  std::string text;
  std::vector<IndexPart> parts = key.parts;
  drop_repeated_parts(parts);
  for (const auto& part : parts) {
    text += to_lower(part.column) + (part.length ? "(" + std::to_string(*part.length) + ")" : "") +
            (part.collation.empty() ? "" : " collate " + part.collation) + (part.descending ? " desc" : "") + ",";
  }
  return text;
}

bool same_foreign_key(const ForeignKey& a, const ForeignKey& b, const Schema& schema, bool is_complete) {
  if (!equal_ignoring_case(a.table, b.table) || a.database != b.database || !same_names(a.columns, b.columns) ||
      a.on_delete != b.on_delete || a.on_update != b.on_update || (a.extra != b.extra && (is_complete || !b.extra.empty()))) {
    return false;
  }
  const auto referenced = [&](const ForeignKey& key) {
    if (!key.referenced.empty()) return key.referenced;
    std::vector<std::string> names;
    const auto table = schema.tables.find(key.table);
    if (table != schema.tables.end() && table->second.primary_key) {
      for (const auto& part : table->second.primary_key->parts) names.push_back(part.column);
    }
    return names;
  };
  return same_names(a.referenced, b.referenced) || same_names(referenced(a), referenced(b));
}

}  // namespace plumb::diff
