#include "diff/match_table.hpp"

#include <algorithm>
#include <optional>

#include "model/period.hpp"
#include "support/text.hpp"

namespace plumb::diff {
namespace {

/// Words that are said only to undo others leave nothing.
std::string without_undoing(std::string extra, const MatchRules& rules) {
  const auto& words = rules.words_that_undo;
  return std::find(words.begin(), words.end(), extra) == words.end() ? extra : std::string();
}

std::string without(const std::vector<std::string>& words, std::string extra) {
  for (const std::string& word : words) extra = replace_all(extra, word, "");
  return std::string(trim(replace_all(extra, "  ", " ")));
}

bool same_sql(const sql::EngineSql& a, const sql::EngineSql& b, const MatchRules& rules) {
  return sql::same_expression(a.common, b.common, rules.lexis);
}

bool same_sql(const std::optional<sql::EngineSql>& a, const std::optional<sql::EngineSql>& b, const MatchRules& rules) {
  if (a.has_value() != b.has_value()) return false;
  return !a || same_sql(*a, *b, rules);
}

bool same_names(const std::vector<std::string>& a, const std::vector<std::string>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](const std::string& x, const std::string& y) { return equal_ignoring_case(x, y); });
}

bool contains(const std::vector<std::string>& names, std::string_view name) {
  return std::any_of(names.begin(), names.end(), [&](const std::string& n) { return equal_ignoring_case(n, name); });
}

bool same_part(const IndexPart& a, const IndexPart& b, const MatchRules& rules) {
  return equal_ignoring_case(a.column, b.column) && same_sql(a.expression, b.expression, rules) &&
         a.length == b.length && a.descending == b.descending && a.collation == b.collation;
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

/// Equal but for name, spelling, and whether a UNIQUE is a constraint or an index.
bool same_index(const Index& a, const Index& b, const MatchRules& rules) {
  return a.kind == b.kind && same_parts(a.parts, b.parts, rules) && same_sql(a.where, b.where, rules);
}

bool names_column(const sql::EngineSql& sql, std::string_view column, const sql::Lexis& lexis) {
  const auto tokens = sql::tokenize(sql.common, lexis);
  return std::any_of(tokens.begin(), tokens.end(), [&](const sql::Token& t) {
    return (t.kind == sql::TokenKind::Word || t.kind == sql::TokenKind::QuotedName) &&
           equal_ignoring_case(sql::unquoted(t.text), column);
  });
}

/// Fills charset and collation that the description left open.
void inherit_collation(Column& column, const Column* actual, const Options& table_options) {
  const auto option = [&](std::string_view key) {
    const auto found = table_options.find(key);
    return found == table_options.end() ? std::string() : found->second;
  };
  const bool from_actual = actual != nullptr && !actual->collation.empty();
  if (column.charset == inherited) column.charset = from_actual ? actual->charset : option("charset");
  if (column.collation == inherited) column.collation = from_actual ? actual->collation : option("collate");
}

/// A part's collation that its column has itself says nothing, and a column without one has BINARY.
void settle_collations(std::vector<IndexPart>& parts, const Table& table) {
  for (IndexPart& part : parts) {
    const Column* column = part.collation.empty() || part.column.empty() ? nullptr : table.find_column(part.column);
    if (column != nullptr && part.collation == (column->collation.empty() ? "BINARY" : column->collation)) part.collation.clear();
  }
}

void settle_collations(Table& desired, const Table& columns) {
  for (Index& index : desired.indexes) settle_collations(index.parts, columns);
  if (desired.primary_key) settle_collations(desired.primary_key->parts, columns);
}

Options options_of(const Table& table, const MatchRules& rules) {
  const auto found = table.options.find(rules.engine);
  return found == table.options.end() ? Options() : found->second;
}

/// The declared column with the actual one's spelling wherever both mean the same.
Column merge_column(Column desired, const Column& actual, const Options& table_options, const MatchRules& rules, const Reading& reading) {
  inherit_collation(desired, &actual, table_options);
  desired.name = actual.name;
  if (desired.default_value && actual.default_value &&
      same_sql(desired.default_value->sql, actual.default_value->sql, rules)) {
    desired.default_value = actual.default_value;
  }
  if (desired.generated && actual.generated && desired.generated->stored == actual.generated->stored &&
      same_sql(desired.generated->expression, actual.generated->expression, rules)) {
    desired.generated = actual.generated;
  }
  if (desired.extra.empty() && !reading.is_complete) desired.extra = actual.extra;
  // whether a generated column may be NULL follows from its expression, and is said only where that is meant
  if (desired.generated && actual.generated && desired.nullable) desired.nullable = actual.nullable;
  return desired;
}

/// The declared checks, each with the actual one's name and spelling where both mean the same. `actual` loses those used.
std::vector<Check> merge_checks(const std::vector<Check>& desired, std::vector<Check>& actual, const MatchRules& rules) {
  std::vector<Check> merged;
  for (const Check& wanted : desired) {
    const auto usable = [&](const Check& have) {
      return same_sql(have.expression, wanted.expression, rules) &&
             (wanted.name.generated || wanted.name.empty() || have.name == wanted.name);
    };
    auto found = std::find_if(actual.begin(), actual.end(),
                              [&](const Check& have) { return have.name == wanted.name && usable(have); });
    if (found == actual.end()) found = std::find_if(actual.begin(), actual.end(), usable);
    if (found == actual.end()) {
      merged.push_back(wanted);
    } else {
      merged.push_back(*found);
      actual.erase(found);
    }
  }
  return merged;
}

/// A check may stand on a column's line or in the table: where the same one stands elsewhere in the actual table, the
/// target has it there too.
void move_checks_to_where_they_are(Table& desired, const Table& actual, const MatchRules& rules) {
  const auto stands_in = [&](const std::vector<Check>& checks, const Check& wanted) {
    return std::any_of(checks.begin(), checks.end(), [&](const Check& have) {
      return same_sql(have.expression, wanted.expression, rules);
    });
  };
  const auto replaceable = [](const Check& check) { return check.name.generated || check.name.empty(); };
  for (Column& column : desired.columns) {
    const Column* have = actual.find_column(column.name);
    for (auto check = column.checks.begin(); check != column.checks.end();) {
      const bool here = have != nullptr && stands_in(have->checks, *check);
      if (!here && replaceable(*check) && stands_in(actual.checks, *check)) {
        desired.checks.push_back(*check);
        check = column.checks.erase(check);
      } else {
        ++check;
      }
    }
  }
  for (auto check = desired.checks.begin(); check != desired.checks.end();) {
    const bool here = stands_in(actual.checks, *check);
    const Column* owner = nullptr;
    for (const Column& have : actual.columns) {
      if (!here && replaceable(*check) && stands_in(have.checks, *check)) owner = &have;
    }
    Column* target = owner != nullptr ? desired.find_column(owner->name) : nullptr;
    if (target != nullptr && !stands_in(target->checks, *check)) {
      target->checks.push_back(*check);
      check = desired.checks.erase(check);
    } else {
      ++check;
    }
  }
}

/// Pairs declared indexes with actual ones: the same name first, then a `was` name, then the same structure.
class IndexMatcher {
 public:
  /// `unsaid`: words of an index that say what the table's storage engine does without them.
  IndexMatcher(const std::vector<Index>& actual, const TableIntent& intent, const MatchRules& rules, const Reading& reading, std::vector<std::string> unsaid)
      : actual_(actual), used_(actual.size(), false), intent_(intent), rules_(rules), reading_(reading), unsaid_(std::move(unsaid)) {}

  std::vector<Index> merge(std::vector<Index> desired) {
    std::vector<std::optional<std::size_t>> partner(desired.size());
    for (std::size_t d = 0; d < desired.size(); ++d) {
      partner[d] = take([&](const Index& have) {
        return have.name == desired[d].name && !have.name.empty() && same_index(have, desired[d], rules_);
      });
    }
    for (std::size_t d = 0; d < desired.size(); ++d) {
      if (partner[d]) continue;
      const auto was = intent_.object_was.find(desired[d].name.text);
      if (was == intent_.object_was.end()) continue;
      partner[d] = take([&](const Index& have) {
        return contains(was->second, have.name.text) && same_index(have, desired[d], rules_);
      });
    }
    for (std::size_t d = 0; d < desired.size(); ++d) {
      if (!partner[d]) partner[d] = take([&](const Index& have) { return same_index(have, desired[d], rules_); });
    }
    std::vector<Index> merged;
    for (std::size_t d = 0; d < desired.size(); ++d) {
      merged.push_back(partner[d] ? adopt(std::move(desired[d]), actual_[*partner[d]]) : std::move(desired[d]));
    }
    sort_like_actual(merged, partner);
    return merged;
  }

  /// Actual indexes that no declared one took.
  std::vector<Index> left_over() const {
    std::vector<Index> rest;
    for (std::size_t i = 0; i < actual_.size(); ++i) {
      if (!used_[i]) rest.push_back(actual_[i]);
    }
    return rest;
  }

 private:
  template <class Usable>
  std::optional<std::size_t> take(const Usable& usable) {
    for (std::size_t i = 0; i < actual_.size(); ++i) {
      if (used_[i] || !usable(actual_[i])) continue;
      used_[i] = true;
      return i;
    }
    return std::nullopt;
  }

  Index adopt(Index desired, const Index& actual) const {
    // A UNIQUE that the description does not name may be a constraint or an index: what stands is right.
    const bool kind_is_open = desired.name.generated && !desired.constraint && actual.constraint;
    ObjectName name = kind_is_open ? actual.name : desired.name;
    if (desired.constraint && actual.constraint && desired.name.generated) name = actual.name;
    const bool constraint = kind_is_open ? true : desired.constraint;
    const bool open = !reading_.is_complete;
    const bool keeps_extra = (open && desired.extra.empty()) || without(unsaid_, desired.extra) == without(unsaid_, actual.extra);
    const std::string extra = keeps_extra ? actual.extra : without_undoing(desired.extra, rules_);
    const std::string comment = open && desired.comment.empty() ? actual.comment : desired.comment;
    desired = actual;
    desired.name = name;
    desired.constraint = constraint;
    desired.extra = extra;
    desired.comment = comment;
    return desired;
  }

  /// Those that stand already in their order, then the new ones.
  static void sort_like_actual(std::vector<Index>& merged, const std::vector<std::optional<std::size_t>>& partner) {
    std::vector<std::size_t> order(merged.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
      const auto key = [&](std::size_t i) { return partner[i] ? *partner[i] : std::string::npos; };
      return key(a) < key(b);
    });
    std::vector<Index> sorted;
    for (const std::size_t i : order) sorted.push_back(std::move(merged[i]));
    merged = std::move(sorted);
  }

  const std::vector<Index>& actual_;
  std::vector<bool> used_;
  const TableIntent& intent_;
  const MatchRules& rules_;
  const Reading& reading_;
  std::vector<std::string> unsaid_;
};

/// Declared columns as they are declared; each undeclared one stays behind the column that it stands behind.
void put_in_declared_order(std::vector<Column>& columns, const std::vector<Column>& declared) {
  const auto rank = [&](const Column& column) {
    const auto found = std::find_if(declared.begin(), declared.end(), [&](const Column& c) { return equal_ignoring_case(c.name, column.name); });
    return static_cast<std::size_t>(found - declared.begin());
  };
  std::vector<std::pair<std::size_t, std::size_t>> places;  // of the declared column, or of the one before; number behind it
  std::pair<std::size_t, std::size_t> last{0, 0};
  for (const Column& column : columns) {
    const std::size_t own = rank(column);
    last = own < declared.size() ? std::pair(own + 1, std::size_t{0}) : std::pair(last.first, last.second + 1);
    places.push_back(last);
  }
  std::vector<std::size_t> order(columns.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return places[a] < places[b]; });
  std::vector<Column> sorted;
  for (const std::size_t i : order) sorted.push_back(std::move(columns[i]));
  columns = std::move(sorted);
}

bool begins_with(const std::vector<IndexPart>& parts, const std::vector<std::string>& columns) {
  if (parts.size() < columns.size()) return false;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    if (!equal_ignoring_case(parts[i].column, columns[i]) || parts[i].length) return false;
  }
  return true;
}

bool is_covered(const Table& table, const std::vector<std::string>& columns) {
  if (table.primary_key && begins_with(table.primary_key->parts, columns)) return true;
  return std::any_of(table.indexes.begin(), table.indexes.end(), [&](const Index& index) {
    return (index.kind == IndexKind::Plain || index.kind == IndexKind::Unique) && begins_with(index.parts, columns);
  });
}

/// Gives every foreign key the index that the engine demands: one that is there already where one fits, else the one
/// that the engine would make (mariadb.com/kb/en/foreign-keys: "the index will be created automatically").
void add_indexes_of_foreign_keys(Table& table, const std::vector<Index>& spare) {
  for (const ForeignKey& key : table.foreign_keys) {
    if (is_covered(table, key.columns)) continue;
    const Index* best = nullptr;
    for (const Index& index : spare) {
      if (!begins_with(index.parts, key.columns) || index.kind == IndexKind::Fulltext || index.kind == IndexKind::Spatial) continue;
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

std::vector<ForeignKey> merge_foreign_keys(const std::vector<ForeignKey>& desired, std::vector<ForeignKey>& actual,
                                           const Schema& schema, const Reading& reading) {
  std::vector<ForeignKey> merged;
  for (const ForeignKey& wanted : desired) {
    const auto same = [&](const ForeignKey& have) { return same_foreign_key(have, wanted, schema, reading.is_complete); };
    auto found = std::find_if(actual.begin(), actual.end(),
                              [&](const ForeignKey& have) { return have.name == wanted.name && same(have); });
    if (found == actual.end() && (wanted.name.generated || wanted.name.empty())) {
      found = std::find_if(actual.begin(), actual.end(), same);
    }
    if (found == actual.end()) {
      merged.push_back(wanted);
    } else {
      merged.push_back(*found);
      actual.erase(found);
    }
  }
  return merged;
}

/// What stays keeps its place, what is new follows: the order of keys and checks is no difference.
template <class Part>
void keep_order_of(const std::vector<Part>& actual, std::vector<Part>& merged) {
  auto place = merged.begin();
  for (const Part& part : actual) {
    const auto found = std::find(place, merged.end(), part);
    if (found != merged.end()) std::rotate(place++, found, found + 1);
  }
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
      return key.name == have.name && key.columns.size() == have.parts.size() && begins_with(have.parts, key.columns) && !is_covered(desired, key.columns);
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

std::vector<std::string> columns_of_period(std::string_view period, const sql::Lexis& lexis) {
  std::vector<std::string> columns;
  bool inside = false;
  for (const sql::Token& token : sql::tokenize(period, lexis)) {
    if (token.text == "(") inside = true;
    const bool is_name = token.kind == sql::TokenKind::Word || token.kind == sql::TokenKind::QuotedName;
    if (inside && is_name) columns.push_back(sql::unquoted(token.text));
  }
  return columns;
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

namespace {

/// What comes with a storage engine that the table did not have before.
void add_engine_options(Table& table, const std::string& engine_before, const MatchRules& rules) {
  const Options options = options_of(table, rules);
  const auto engine = options.find("engine");
  if (engine == options.end() || engine->second == engine_before) return;
  const auto further = rules.engine_options.find(engine->second);
  if (further != rules.engine_options.end()) table.options[rules.engine].insert(further->second.begin(), further->second.end());
}

/// A period that the description leaves open goes with its columns.
void drop_periods_without_columns(Table& target, const Options& said, const MatchRules& rules) {
  const auto options = target.options.find(rules.engine);
  if (options == target.options.end()) return;
  std::erase_if(options->second, [&](const auto& option) {
    if (!is_period(option.first) || said.contains(option.first)) return false;
    const auto columns = columns_of_period(option.second, rules.lexis);
    return std::none_of(columns.begin(), columns.end(), [&](const std::string& column) { return target.find_column(column) != nullptr; });
  });
}

/// A column that stands and is not declared is a part of the keys that are.
void put_into_every_key(Table& desired, const Table& target) {
  const auto column = std::find_if(target.columns.begin(), target.columns.end(), holds_row_end);
  if (column == target.columns.end() || desired.find_column(column->name) != nullptr) return;
  const auto add = [&](std::vector<IndexPart>& parts) {
    const bool stands = std::any_of(parts.begin(), parts.end(), [&](const IndexPart& part) { return equal_ignoring_case(part.column, column->name); });
    if (!stands) parts.emplace_back().column = column->name;
  };
  if (desired.primary_key) add(desired.primary_key->parts);
  for (Index& index : desired.indexes) {
    if (index.kind == IndexKind::Unique) add(index.parts);
  }
}

/// Words of an index that say what the storage engine does without them.
std::vector<std::string> words_of_default_index(const std::string& storage_engine, const MatchRules& rules) {
  auto words = rules.words_of_default_index.find(storage_engine);
  if (words == rules.words_of_default_index.end()) words = rules.words_of_default_index.find("");
  return words == rules.words_of_default_index.end() ? std::vector<std::string>() : words->second;
}

std::string engine_of(const Table& table, const MatchRules& rules) {
  const Options options = options_of(table, rules);
  const auto engine = options.find("engine");
  return engine == options.end() ? std::string() : engine->second;
}

}  // namespace

Table complete_new_table(Table desired, const MatchRules& rules) {
  desired.extra = without_undoing(std::move(desired.extra), rules);
  add_engine_options(desired, {}, rules);
  const Options options = options_of(desired, rules);
  for (Column& column : desired.columns) inherit_collation(column, nullptr, options);
  settle_collations(desired, desired);
  if (rules.foreign_keys_need_index) add_indexes_of_foreign_keys(desired, {});
  return desired;
}

Table merge_table(const Table& actual, Table desired, const TableIntent& intent, const Schema& actual_schema,
                  const std::vector<std::string>& dropped_columns, const MatchRules& rules,
                  const Reading& reading, std::vector<Notice>& notices) {
  Table target;
  target.name = actual.name;
  target.comment = desired.comment;
  target.written = actual.written;
  const bool keeps_extra = (desired.extra.empty() && !reading.is_complete) || sql::same_expression(desired.extra, actual.extra, rules.lexis);
  target.extra = keeps_extra ? actual.extra : without_undoing(desired.extra, rules);
  target.options = actual.options;
  if (reading.is_complete) target.options.erase(rules.engine);
  for (const auto& [key, value] : options_of(desired, rules)) target.options[rules.engine][key] = value;
  const bool empty_means_none = !rules.words_that_undo.empty();  // else an option without a value is a flag (SQLite: strict)
  if (empty_means_none && target.options.contains(rules.engine)) std::erase_if(target.options[rules.engine], [](const auto& option) { return option.second.empty(); });
  add_engine_options(target, engine_of(actual, rules), rules);
  const Options options = options_of(target, rules);
  move_checks_to_where_they_are(desired, actual, rules);

  // columns: those that stand in their order, then the new ones in the order of the description
  std::vector<std::string> undeclared;
  for (const Column& have : actual.columns) {
    if (const Column* wanted = desired.find_column(have.name)) {
      Column merged = merge_column(*wanted, have, options, rules, reading);
      std::vector<Check> rest = have.checks;
      merged.checks = merge_checks(merged.checks, rest, rules);
      merged.written = merged == have ? have.written : Verbatim();
      target.columns.push_back(std::move(merged));
    } else if (!contains(dropped_columns, have.name) && !rules.drop_undeclared_columns) {
      undeclared.push_back(have.name);
      target.columns.push_back(have);
      notices.push_back({NoticeKind::Undeclared, "column `" + actual.name + "." + have.name + "`", intent.origin});
    }
  }
  for (Column& wanted : desired.columns) {
    if (actual.find_column(wanted.name) != nullptr) continue;
    inherit_collation(wanted, nullptr, options);
    target.columns.push_back(wanted);
  }
  if (reading.column_order_counts) put_in_declared_order(target.columns, desired.columns);

  drop_periods_without_columns(target, options_of(desired, rules), rules);
  put_into_every_key(desired, target);
  settle_collations(desired, target);
  const std::vector<std::string> unsaid = words_of_default_index(engine_of(target, rules), rules);
  target.primary_key = desired.primary_key;
  if (desired.primary_key && actual.primary_key &&
      primary_key_text(*desired.primary_key) == primary_key_text(*actual.primary_key) &&
      ((desired.primary_key->extra.empty() && !reading.is_complete) || without(unsaid, desired.primary_key->extra) == without(unsaid, actual.primary_key->extra))) {
    target.primary_key = actual.primary_key;
  }

  const auto names_undeclared = [&](const sql::EngineSql& sql) {
    return std::any_of(undeclared.begin(), undeclared.end(),
                       [&](const std::string& column) { return names_column(sql, column, rules.lexis); });
  };
  std::vector<Check> rest_of_checks = actual.checks;
  target.checks = merge_checks(desired.checks, rest_of_checks, rules);
  for (const Check& check : rest_of_checks) {
    if (names_undeclared(check.expression)) target.checks.push_back(check);
  }
  std::vector<ForeignKey> rest_of_keys = actual.foreign_keys;
  target.foreign_keys = merge_foreign_keys(desired.foreign_keys, rest_of_keys, actual_schema, reading);
  for (const ForeignKey& key : rest_of_keys) {
    const bool over_undeclared = std::any_of(key.columns.begin(), key.columns.end(),
                                             [&](const std::string& c) { return contains(undeclared, c); });
    const bool repeats = key.name.empty() && std::any_of(target.foreign_keys.begin(), target.foreign_keys.end(),
                                                         [&](const ForeignKey& kept) { return same_foreign_key(kept, key, actual_schema) && kept.extra == key.extra; });
    if (over_undeclared || repeats) target.foreign_keys.push_back(key);
  }

  IndexMatcher matcher(actual.indexes, intent, rules, reading, unsaid);
  target.indexes = matcher.merge(desired.indexes);
  std::vector<Index> spare;
  for (const Index& index : matcher.left_over()) {
    const bool possible = std::all_of(index.parts.begin(), index.parts.end(), [&](const IndexPart& part) {
      return part.column.empty() || target.find_column(part.column) != nullptr;
    });
    if (!possible) continue;
    const bool over_undeclared = std::any_of(index.parts.begin(), index.parts.end(), [&](const IndexPart& part) {
      return contains(undeclared, part.column);
    });
    // a table of SQLite may say the same UNIQUE twice; a description says it once
    const bool repeats = index.constraint && index.name.empty() && std::any_of(target.indexes.begin(), target.indexes.end(), [&](const Index& kept) {
      return kept.constraint && kept.extra == index.extra && same_index(kept, index, rules);
    });
    const bool keep = intent.keep_undeclared_indexes || repeats || (index.constraint && over_undeclared);
    (keep ? target.indexes : spare).push_back(index);
  }
  if (rules.foreign_keys_need_index) add_indexes_of_foreign_keys(target, spare);
  keep_order_of(actual.checks, target.checks);
  keep_order_of(actual.foreign_keys, target.foreign_keys);
  keep_order_of(actual.indexes, target.indexes);
  return target;
}

}  // namespace plumb::diff
