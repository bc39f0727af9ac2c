#include "diff/match_table.hpp"

#include <algorithm>

#include "diff/foreign_key_indexes.hpp"
#include "diff/free_names.hpp"
#include "diff/merge_checks.hpp"
#include "diff/merge_indexes.hpp"
#include "diff/same_structure.hpp"
#include "diff/table_options.hpp"
#include "model/period.hpp"
#include "support/text.hpp"

namespace plumb::diff {
namespace {

bool contains(const std::vector<std::string>& names, std::string_view name) {
  return std::any_of(names.begin(), names.end(), [&](const std::string& n) { return equal_ignoring_case(n, name); });
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
  if (!reading.is_complete && desired.generated && actual.generated && desired.nullable) desired.nullable = actual.nullable;
  return desired;
}

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

/// One that names no columns means the parent's primary key, which may be another one afterwards.
bool stays_same(const ForeignKey& have, const ForeignKey& wanted, const BothSchemas& schemas, bool is_complete) {
  if (!same_foreign_key(have, wanted, schemas.actual, is_complete)) return false;
  return !schemas.desired.tables.contains(wanted.table) || same_foreign_key(have, wanted, schemas.desired, is_complete);
}

std::vector<ForeignKey> merge_foreign_keys(const std::vector<ForeignKey>& desired, std::vector<ForeignKey>& actual, const BothSchemas& schemas, const Reading& reading) {
  std::vector<ForeignKey> merged;
  for (const ForeignKey& wanted : desired) {
    const auto same = [&](const ForeignKey& have) { return stays_same(have, wanted, schemas, reading.is_complete); };
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

/// One table; the steps build on each other in their order.
class TableMerger {
 public:
  TableMerger(const Table& actual, Table desired, const TableIntent& intent, const MatchRules& rules, const Reading& reading, std::vector<Notice>& notices)
      : actual_(actual), desired_(std::move(desired)), intent_(intent), rules_(rules), reading_(reading), notices_(notices) {}

  Table run(const BothSchemas& schemas, const std::vector<std::string>& dropped_columns) {
    target_.name = actual_.name;
    target_.comment = desired_.comment;
    target_.written = actual_.written;
    const bool keeps_extra = is_open(desired_.extra) || sql::same_expression(desired_.extra, actual_.extra, rules_.lexis);
    target_.extra = keeps_extra ? actual_.extra : without_undoing(desired_.extra, rules_);
    merge_options();
    move_checks_to_where_they_are(desired_, actual_, rules_);
    merge_columns(dropped_columns);
    drop_periods_without_columns(target_, options_of(desired_, rules_), rules_);
    put_into_every_key(desired_, target_);
    settle_collations(desired_, target_);
    unsaid_ = words_of_default_index(engine_of(target_, rules_), rules_);
    merge_primary_key();
    merge_table_checks();
    merge_references(schemas);
    merge_all_indexes();
    keep_order_of(actual_.checks, target_.checks);
    keep_order_of(actual_.foreign_keys, target_.foreign_keys);
    keep_order_of(actual_.indexes, target_.indexes);
    return std::move(target_);
  }

 private:
  /// What a description does not say is as it stands, unless it says everything.
  bool is_open(const std::string& extra) const { return extra.empty() && !reading_.is_complete; }
  bool is_undeclared(std::string_view column) const { return contains(undeclared_, column); }

  void merge_options() {
    target_.options = actual_.options;
    if (reading_.is_complete) target_.options.erase(rules_.engine);
    for (const auto& [key, value] : options_of(desired_, rules_)) target_.options[rules_.engine][key] = value;
    const bool empty_means_none = !rules_.words_that_undo.empty();  // else an option without a value is a flag (SQLite: strict)
    if (empty_means_none && target_.options.contains(rules_.engine)) std::erase_if(target_.options[rules_.engine], [](const auto& option) { return option.second.empty(); });
    add_engine_options(target_, engine_of(actual_, rules_), rules_);
  }

  /// Those that stand in their order, then the new ones in the order of the description.
  void merge_columns(const std::vector<std::string>& dropped) {
    const Options options = options_of(target_, rules_);
    for (const Column& have : actual_.columns) {
      if (const Column* wanted = desired_.find_column(have.name)) {
        Column merged = merge_column(*wanted, have, options, rules_, reading_);
        std::vector<Check> rest = have.checks;
        merged.checks = merge_checks(merged.checks, rest, rules_);
        merged.written = merged == have ? have.written : Verbatim();
        target_.columns.push_back(std::move(merged));
      } else if (!contains(dropped, have.name) && !rules_.drop_undeclared_columns) {
        undeclared_.push_back(have.name);
        target_.columns.push_back(have);
        notices_.push_back({NoticeKind::Undeclared, "column `" + actual_.name + "." + have.name + "`", intent_.origin});
      }
    }
    for (Column& wanted : desired_.columns) {
      if (actual_.find_column(wanted.name) != nullptr) continue;
      inherit_collation(wanted, nullptr, options);
      target_.columns.push_back(wanted);
    }
    if (reading_.column_order_counts) put_in_declared_order(target_.columns, desired_.columns);
  }

  void merge_primary_key() {
    target_.primary_key = desired_.primary_key;
    if (!desired_.primary_key || !actual_.primary_key || primary_key_text(*desired_.primary_key) != primary_key_text(*actual_.primary_key)) return;
    const std::string& wanted = desired_.primary_key->extra;
    if (is_open(wanted) || without(unsaid_, wanted) == without(unsaid_, actual_.primary_key->extra)) target_.primary_key = actual_.primary_key;
  }

  /// A name that the description gives to another constraint.
  template <class Constraint>
  static bool is_name_taken(const std::vector<Constraint>& declared, const ObjectName& name) {
    return !name.empty() && std::any_of(declared.begin(), declared.end(), [&](const Constraint& one) { return !one.name.generated && equal_ignoring_case(one.name.text, name.text); });
  }

  void merge_table_checks() {
    std::vector<Check> rest = actual_.checks;
    target_.checks = merge_checks(desired_.checks, rest, rules_);
    for (const Check& check : rest) {
      const bool over_undeclared = std::any_of(undeclared_.begin(), undeclared_.end(), [&](const std::string& column) { return names_column(check.expression, column, rules_.lexis); });
      if (over_undeclared && !is_name_taken(desired_.checks, check.name)) target_.checks.push_back(check);
    }
    name_new_ones_apart(target_.checks, actual_.checks);
  }

  void merge_references(const BothSchemas& schemas) {
    std::vector<ForeignKey> rest = actual_.foreign_keys;
    target_.foreign_keys = merge_foreign_keys(desired_.foreign_keys, rest, schemas, reading_);
    for (const ForeignKey& key : rest) {
      const bool over_undeclared = std::any_of(key.columns.begin(), key.columns.end(), [&](const std::string& column) { return is_undeclared(column); });
      const bool repeats = !reading_.is_complete && key.name.empty() && std::any_of(target_.foreign_keys.begin(), target_.foreign_keys.end(), [&](const ForeignKey& kept) {
        const bool stands = std::find(actual_.foreign_keys.begin(), actual_.foreign_keys.end(), kept) != actual_.foreign_keys.end();
        return stands && stays_same(kept, key, schemas, false) && kept.extra == key.extra;
      });
      if ((over_undeclared && !is_name_taken(desired_.foreign_keys, key.name)) || repeats) target_.foreign_keys.push_back(key);
    }
    name_new_ones_apart(target_.foreign_keys, actual_.foreign_keys);
  }

  void merge_all_indexes() {
    MergedIndexes merged = merge_indexes(actual_.indexes, desired_.indexes, intent_, rules_, reading_, unsaid_);
    target_.indexes = std::move(merged.indexes);
    std::vector<Index> spare;
    for (const Index& index : merged.left_over) {
      if (is_possible(index)) (is_kept(index) ? target_.indexes : spare).push_back(index);
    }
    if (rules_.foreign_keys_need_index) add_indexes_of_foreign_keys(target_, spare, rules_.is_hashed);
  }

  bool is_possible(const Index& index) const {
    return std::all_of(index.parts.begin(), index.parts.end(), [&](const IndexPart& part) { return part.column.empty() || target_.find_column(part.column) != nullptr; });
  }

  bool is_kept(const Index& index) const {
    if (intent_.keep_undeclared_indexes) return true;
    const bool over_undeclared = std::any_of(index.parts.begin(), index.parts.end(), [&](const IndexPart& part) { return is_undeclared(part.column); });
    if (index.constraint && over_undeclared) return true;
    // a table of SQLite may say the same UNIQUE twice; a description says it once
    return index.constraint && index.name.empty() && std::any_of(target_.indexes.begin(), target_.indexes.end(), [&](const Index& kept) {
      return kept.constraint && kept.extra == index.extra && same_index(kept, index, rules_);
    });
  }

  const Table& actual_;
  Table desired_;
  const TableIntent& intent_;
  const MatchRules& rules_;
  const Reading& reading_;
  std::vector<Notice>& notices_;
  Table target_;
  std::vector<std::string> undeclared_;  ///< columns that stand and are kept
  std::vector<std::string> unsaid_;      ///< words of an index that say what the storage engine does without them
};

}  // namespace

Table complete_new_table(Table desired, const MatchRules& rules) {
  desired.extra = without_undoing(std::move(desired.extra), rules);
  add_engine_options(desired, {}, rules);
  const Options options = options_of(desired, rules);
  for (Column& column : desired.columns) inherit_collation(column, nullptr, options);
  settle_collations(desired, desired);
  if (rules.foreign_keys_need_index) add_indexes_of_foreign_keys(desired, {}, rules.is_hashed);
  return desired;
}

Table merge_table(const Table& actual, Table desired, const TableIntent& intent, const BothSchemas& schemas,
                  const std::vector<std::string>& dropped_columns, const MatchRules& rules,
                  const Reading& reading, std::vector<Notice>& notices) {
  return TableMerger(actual, std::move(desired), intent, rules, reading, notices).run(schemas, dropped_columns);
}

}  // namespace plumb::diff
