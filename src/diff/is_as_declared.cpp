#include "diff/is_as_declared.hpp"

#include <algorithm>

#include "diff/foreign_key_indexes.hpp"
#include "diff/table_options.hpp"

namespace plumb::diff {
namespace {

bool same_text(const sql::EngineSql& a, const sql::EngineSql& b) { return a.common == b.common; }

bool is_open(const ObjectName& name) { return name.generated || name.empty(); }

bool is_as_declared(const std::vector<Check>& actual, const std::vector<Check>& desired) {
  return std::equal(actual.begin(), actual.end(), desired.begin(), desired.end(), [](const Check& have, const Check& wanted) {
    return same_text(have.expression, wanted.expression) && (have.name == wanted.name || is_open(wanted.name));
  });
}

bool is_as_declared(const Column& actual, const Column& desired, const Reading& reading) {
  const auto collation = [](const std::string& have, const std::string& wanted) { return wanted == have || wanted == inherited; };
  const auto same_default = [&] {
    if (actual.default_value.has_value() != desired.default_value.has_value()) return false;
    return !actual.default_value || same_text(actual.default_value->sql, desired.default_value->sql);
  };
  const auto same_generated = [&] {
    if (actual.generated.has_value() != desired.generated.has_value()) return false;
    return !actual.generated || (actual.generated->stored == desired.generated->stored && same_text(actual.generated->expression, desired.generated->expression));
  };
  return actual.name == desired.name && actual.type.native.common == desired.type.native.common && actual.nullable == desired.nullable &&
         actual.auto_increment == desired.auto_increment && actual.on_update_now == desired.on_update_now && actual.invisible == desired.invisible &&
         actual.comment == desired.comment && ((desired.extra.empty() && !reading.is_complete) || desired.extra == actual.extra) && collation(actual.charset, desired.charset) &&
         collation(actual.collation, desired.collation) && same_default() && same_generated() && is_as_declared(actual.checks, desired.checks);
}

/// Every declared index stands under its name, and nothing else but what a foreign key needs.
bool indexes_are_as_declared(const Table& actual, const Table& desired, const MatchRules& rules, const Reading& reading) {
  if (actual.indexes.size() < desired.indexes.size()) return false;
  std::size_t matched = 0;
  for (const Index& wanted : desired.indexes) {
    const Index* have = wanted.name.empty() ? nullptr : actual.find_index(wanted.name.text);
    if (have == nullptr || have->kind != wanted.kind || have->constraint != wanted.constraint || have->parts != wanted.parts || have->where != wanted.where ||
        have->comment != wanted.comment || ((reading.is_complete || !wanted.extra.empty()) && without_undoing(wanted.extra, rules) != have->extra)) {
      return false;
    }
    ++matched;
  }
  if (matched == actual.indexes.size()) return true;
  if (!rules.foreign_keys_need_index) return false;
  for (const Index& have : actual.indexes) {
    if (desired.find_index(have.name.text) != nullptr) continue;
    const auto needs_it = [&](const ForeignKey& key) {
      return key.name == have.name && key.columns.size() == have.parts.size() && begins_with(have.parts, key.columns) && !is_covered(desired, key.columns, rules.is_hashed);
    };
    if (std::none_of(desired.foreign_keys.begin(), desired.foreign_keys.end(), needs_it)) return false;
  }
  return true;
}

}  // namespace

bool is_as_declared(const Table& actual, const Table& desired, const MatchRules& rules, const Reading& reading) {
  if (actual.columns.size() != desired.columns.size() || actual.comment != desired.comment || ((reading.is_complete || !desired.extra.empty()) && without_undoing(desired.extra, rules) != actual.extra)) return false;
  if (reading.is_complete && options_of(actual, rules) != options_of(desired, rules)) return false;
  if (const auto wanted = desired.options.find(rules.engine); wanted != desired.options.end()) {
    const auto have = actual.options.find(rules.engine);
    for (const auto& [key, value] : wanted->second) {
      if (have == actual.options.end()) return false;
      const auto found = have->second.find(key);
      if (found == have->second.end() || found->second != value) return false;
    }
  }
  for (std::size_t i = 0; i < actual.columns.size(); ++i) {
    if (!is_as_declared(actual.columns[i], desired.columns[i], reading)) return false;
  }
  if (actual.primary_key.has_value() != desired.primary_key.has_value()) return false;
  if (actual.primary_key && (actual.primary_key->parts != desired.primary_key->parts || ((reading.is_complete || !desired.primary_key->extra.empty()) && desired.primary_key->extra != actual.primary_key->extra))) return false;
  if (!is_as_declared(actual.checks, desired.checks)) return false;
  const bool same_keys = std::equal(actual.foreign_keys.begin(), actual.foreign_keys.end(), desired.foreign_keys.begin(), desired.foreign_keys.end());
  // the order of foreign keys is the engine's affair
  if (!same_keys && !std::is_permutation(actual.foreign_keys.begin(), actual.foreign_keys.end(), desired.foreign_keys.begin(), desired.foreign_keys.end())) return false;
  return indexes_are_as_declared(actual, desired, rules, reading);
}

}  // namespace plumb::diff
