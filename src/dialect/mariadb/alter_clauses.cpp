#include "dialect/mariadb/alter_clauses.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include "dialect/mariadb/render.hpp"
#include "model/period.hpp"
#include "sql/tokens.hpp"
#include "support/text.hpp"

namespace plumb::mariadb {
namespace {

/// A virtual column does not change into a plain one, none between virtual and stored, and a plain one into neither (error 1907). A
/// stored one becomes plain with its values.
bool is_of_other_nature(const diff::Pair<Column>& changed) {
  const auto& before = changed.before.generated;
  const auto& after = changed.after.generated;
  if (!before) return after.has_value();
  return after ? before->stored != after->stored : !before->stored;
}

std::string collation_to_say(const diff::Pair<Column>& changed, const std::string& collation) {
  return collation == changed.after.collation && changed.before.collation == collation ? collation : "";
}

std::string place_behind(const std::string& column) { return column.empty() ? " FIRST" : " AFTER " + quoted(column); }

/// " AFTER `x`" where a column that stands already comes later in the table to reach; else nothing: the end.
std::string place_of(const Column& added, const diff::Pair<Table>& pair) {
  std::string before;
  bool passed = false;
  for (const Column& column : pair.after.columns) {
    if (column.name == added.name) {
      passed = true;
    } else if (!passed) {
      before = column.name;
    } else if (pair.before.find_column(column.name) != nullptr) {
      return before.empty() ? " FIRST" : " AFTER " + quoted(before);
    }
  }
  return {};
}

/// New and moved columns in their order, so that each finds the one before it in its place.
void append_places(const diff::Pair<Table>& pair, const std::set<std::string>& moved, const std::string& collation, std::vector<std::string>& clauses) {
  std::string before;
  for (const Column& column : pair.after.columns) {
    const Column* old = pair.before.find_column(column.name);
    if (old == nullptr) {
      clauses.push_back("ADD COLUMN " + column_definition(column, collation) + (moved.empty() ? place_of(column, pair) : place_behind(before)));
    } else if (moved.contains(column.name)) {
      const diff::Pair<Column> change{*old, column};
      if (is_of_other_nature(change)) clauses.push_back("DROP COLUMN " + quoted(column.name));
      clauses.push_back((is_of_other_nature(change) ? "ADD COLUMN " : "MODIFY COLUMN ") + column_definition(column, collation_to_say(change, collation)) + place_behind(before));
    }
    before = column.name;
  }
}

/// "WITH SYSTEM VERSIONING" and "PARTITION BY …" of a table's clauses.
std::pair<std::string, std::string> clauses_of(const Table& table) {
  constexpr std::string_view versioning = "WITH SYSTEM VERSIONING";
  std::string rest = table.extra;
  std::string versioned;
  if (rest.starts_with(versioning)) {
    versioned = std::string(versioning);
    rest = std::string(trim(rest.substr(versioning.size())));
  }
  return {versioned, rest};
}

bool is_ignored(const Index& index) { return (" " + index.extra + " ").find(" IGNORED ") != std::string::npos && index.extra.find("NOT IGNORED") == std::string::npos; }

std::string extra_but_for_ignored(const Index& index) {
  return std::string(trim(replace_all(replace_all(index.extra, "NOT IGNORED", ""), "IGNORED", "")));
}

/// Indexes of which only IGNORED changes: the server passes over that when it is dropped and added in one statement.
std::vector<Index> append_switched_indexes(const diff::TableDelta& delta, std::vector<std::string>& clauses) {
  std::vector<Index> switched;
  for (const Index& index : delta.indexes_created) {
    for (const Index& old : delta.indexes_dropped) {
      Index same = old;
      same.extra = index.extra;
      if (!(same == index) || is_ignored(old) == is_ignored(index) || extra_but_for_ignored(old) != extra_but_for_ignored(index)) continue;
      clauses.push_back("ALTER INDEX " + quoted(index.name.text) + (is_ignored(index) ? " IGNORED" : " NOT IGNORED"));
      switched.push_back(index);
    }
  }
  return switched;
}

/// The columns to move so that all have their places: those that are not in the longest run of columns that stand in
/// the right order already.
std::set<std::string> moved_columns(const diff::Pair<Table>& pair) {
  std::vector<std::string> wanted;
  for (const Column& column : pair.after.columns) {
    if (pair.before.find_column(column.name) != nullptr) wanted.push_back(column.name);
  }
  std::vector<std::size_t> places;  // as they stand
  for (const std::string& name : wanted) places.push_back(static_cast<std::size_t>(pair.before.find_column(name) - pair.before.columns.data()));
  std::vector<std::size_t> longest(places.size(), 1);
  std::vector<std::size_t> previous(places.size(), places.size());
  std::size_t last = 0;
  for (std::size_t i = 0; i < places.size(); ++i) {
    for (std::size_t k = 0; k < i; ++k) {
      if (places[k] >= places[i] || longest[k] < longest[i]) continue;
      longest[i] = longest[k] + 1;
      previous[i] = k;
    }
    if (longest[i] > longest[last]) last = i;
  }
  std::set<std::string> moved(wanted.begin(), wanted.end());
  for (std::size_t i = last; i < places.size(); i = previous[i]) moved.erase(wanted[i]);
  return moved;
}

void append_column_change(const diff::Pair<Table>& pair, const diff::Pair<Column>& changed, const std::string& collation,
                                 std::vector<std::string>& clauses) {
  if (!is_of_other_nature(changed)) {
    clauses.push_back("MODIFY COLUMN " + column_definition(changed.after, collation_to_say(changed, collation)));
    return;
  }
  std::string place = " FIRST";
  for (const Column& column : pair.after.columns) {
    if (column.name == changed.after.name) break;
    if (pair.before.find_column(column.name) != nullptr) place = " AFTER " + quoted(column.name);
  }
  clauses.push_back("DROP COLUMN " + quoted(changed.before.name));
  clauses.push_back("ADD COLUMN " + column_definition(changed.after, collation) + place);
}

/// Keys that stay keep the size of the blocks that the table had, and say so from then on.
bool are_keys_left_behind(const diff::Pair<Table>& pair) {
  const std::string size = option_of(pair.before, "key_block_size");
  return !size.empty() && size != option_of(pair.after, "key_block_size");
}

/// An index that stays over a column that is dropped and added with another type would keep the length of the old one (error 1089).
std::vector<diff::Pair<Index>> indexes_to_make_again(const diff::Pair<Table>& pair, const diff::TableDelta& delta) {
  const bool all = are_keys_left_behind(pair);
  const auto is_remade = [&](const IndexPart& part) {
    return std::any_of(delta.columns_altered.begin(), delta.columns_altered.end(), [&](const auto& changed) {
      return equal_ignoring_case(changed.after.name, part.column) && is_of_other_nature(changed) && !(changed.before.type == changed.after.type);
    });
  };
  const auto is_stale = [&](const Index& index) { return all || std::any_of(index.parts.begin(), index.parts.end(), is_remade); };
  std::vector<diff::Pair<Index>> stale;
  for (const Index& index : pair.after.indexes) {
    const bool stays = std::find(pair.before.indexes.begin(), pair.before.indexes.end(), index) != pair.before.indexes.end();
    if (stays && is_stale(index)) stale.push_back({index, index});
  }
  for (const auto& renamed : delta.indexes_renamed) {
    if (is_stale(renamed.after)) stale.push_back(renamed);
  }
  return stale;
}

/// What makes an option as if it had never been said (mariadb.com/kb/en/create-table/#table-options).
std::string default_of_option(std::string_view key) {
  for (const std::string_view number : {"avg_row_length", "checksum", "delay_key_write", "key_block_size", "max_rows", "min_rows", "table_checksum"}) {
    if (key == number) return "0";
  }
  return "DEFAULT";
}

void append_periods(const Options& before, const Options& after, std::vector<std::string>& clauses) {
  const auto value = [](const Options& options, const char* key) {
    const auto found = options.find(key);
    return found == options.end() ? std::string() : found->second;
  };
  const auto change = [&](const char* key, const std::string& name_before, const std::string& definition) {
    if (value(before, key) == value(after, key)) return;
    if (!value(before, key).empty()) clauses.push_back("DROP PERIOD FOR " + name_before);
    if (!value(after, key).empty()) clauses.push_back("ADD PERIOD FOR " + definition);
  };
  const std::string period = value(before, "period");
  change("period", std::string(sql::next_token(period, 0, sql::mariadb_lexis).text), value(after, "period"));
  change("system_period", "SYSTEM_TIME", "SYSTEM_TIME " + value(after, "system_period"));
}

void append_options(const diff::Pair<Table>& pair, std::vector<std::string>& clauses) {
  const auto options = [](const Table& table) {
    const auto found = table.options.find("mariadb");
    return found == table.options.end() ? Options() : found->second;
  };
  const Options before = options(pair.before);
  const Options after = options(pair.after);
  append_periods(before, after, clauses);
  for (const auto& [key, value] : after) {
    const auto old = before.find(key);
    if ((old != before.end() && old->second == value) || is_period(key)) continue;
    if (key == "charset") clauses.push_back("DEFAULT CHARACTER SET = " + value + (after.contains("collate") ? " COLLATE = " + after.at("collate") : ""));
    else if (key == "collate" && !(before.contains("charset") && after.contains("charset") && before.at("charset") != after.at("charset"))) clauses.push_back("COLLATE = " + value);
    else if (key != "collate") clauses.push_back(option_name(key, value) + " = " + value);
  }
  for (const auto& [key, value] : before) {
    if (!after.contains(key) && !is_period(key)) clauses.push_back(option_name(key, value) + " = " + default_of_option(key));
  }
  if (pair.before.comment != pair.after.comment) clauses.push_back("COMMENT = " + quoted_string(pair.after.comment));
}

}  // namespace

std::string option_of(const Table& table, std::string_view name) {
  const auto options = table.options.find("mariadb");
  if (options == table.options.end()) return {};
  const auto found = options->second.find(name);
  return found == options->second.end() ? std::string() : found->second;
}

std::string collation_of(const Table& table) { return option_of(table, "collate"); }

std::vector<std::string> alter_clauses(const diff::Pair<Table>& pair, const diff::TableDelta& delta) {
  std::vector<std::string> clauses;
  const std::string collation = collation_of(pair.after);
  if (delta.options_changed || delta.comment_changed || delta.extra_changed) append_options(pair, clauses);
  for (const Check& check : delta.checks_dropped) clauses.push_back("DROP CONSTRAINT " + quoted(check.name.text));
  const bool key_is_remade = delta.primary_key_changed || (pair.before.primary_key && are_keys_left_behind(pair));
  if (key_is_remade && pair.before.primary_key) clauses.emplace_back("DROP PRIMARY KEY");
  const std::vector<Index> switched = append_switched_indexes(delta, clauses);
  const auto is_switched = [&](const Index& index) { return std::any_of(switched.begin(), switched.end(), [&](const Index& one) { return one.name == index.name; }); };
  for (const Index& index : delta.indexes_dropped) {
    if (!is_switched(index)) clauses.push_back("DROP KEY " + quoted(index.name.text));
  }
  const std::vector<diff::Pair<Index>> stale = indexes_to_make_again(pair, delta);
  for (const auto& index : stale) clauses.push_back("DROP KEY " + quoted(index.before.name.text));
  for (const auto& renamed : delta.indexes_renamed) {
    if (std::find(stale.begin(), stale.end(), renamed) == stale.end()) clauses.push_back("RENAME KEY " + quoted(renamed.before.name.text) + " TO " + quoted(renamed.after.name.text));
  }
  const std::set<std::string> moved = delta.order_changed ? moved_columns(pair) : std::set<std::string>();
  for (const auto& changed : delta.columns_altered) {
    if (!moved.contains(changed.after.name)) append_column_change(pair, changed, collation, clauses);
  }
  append_places(pair, moved, collation, clauses);
  for (const Column& column : delta.columns_dropped) clauses.push_back("DROP COLUMN " + quoted(column.name));
  if (key_is_remade && pair.after.primary_key) clauses.push_back("ADD " + primary_key_definition(*pair.after.primary_key));
  for (const Index& index : delta.indexes_created) {
    if (!is_switched(index)) clauses.push_back("ADD " + index_definition(index));
  }
  for (const auto& index : stale) clauses.push_back("ADD " + index_definition(index.after));
  for (const Check& check : delta.checks_added) clauses.push_back("ADD " + check_definition(check));
  return clauses;
}

std::string afterthought(const diff::Pair<Table>& pair) {
  const bool leaves = equal_ignoring_case(option_of(pair.before, "engine"), "Aria") && !equal_ignoring_case(option_of(pair.after, "engine"), "Aria");
  return leaves && !option_of(pair.before, "page_checksum").empty() && option_of(pair.after, "page_checksum").empty() ? "PAGE_CHECKSUM = DEFAULT" : "";
}

void append_versioning(const diff::Pair<Table>& pair, std::vector<std::string>& clauses) {
  if (keeps_history(pair.before) && !keeps_history(pair.after)) clauses.emplace_back("DROP SYSTEM VERSIONING");
  if (!keeps_history(pair.before) && keeps_history(pair.after)) clauses.emplace_back("ADD SYSTEM VERSIONING");
}

std::string new_partitions(const diff::Pair<Table>& pair) {
  const std::string after = clauses_of(pair.after).second;
  return after == clauses_of(pair.before).second ? std::string() : after;
}

bool must_unpartition(const diff::Pair<Table>& pair) {
  const auto [versioning_before, before] = clauses_of(pair.before);
  const auto [versioning_after, after] = clauses_of(pair.after);
  if (before.empty()) return false;
  return after.empty() || (!versioning_before.empty() && versioning_after.empty() && before.starts_with("PARTITION BY SYSTEM_TIME"));
}

bool keeps_what_was_computed(const diff::Pair<Table>& pair, const diff::TableDelta& delta) {
  std::set<std::string> changed;  // in lower case
  for (const auto& change : delta.columns_altered) {
    const bool other_expression = change.after.generated && (!(change.before.generated == change.after.generated) || !(change.before.type == change.after.type));
    if (other_expression || change.before.collation != change.after.collation) changed.insert(to_lower(change.after.name));
  }
  if (changed.empty()) return false;
  const auto is_written = [&](const Column& column) {
    return column.generated->stored || std::any_of(pair.after.indexes.begin(), pair.after.indexes.end(), [&](const Index& index) {
             return std::any_of(index.parts.begin(), index.parts.end(), [&](const IndexPart& part) { return equal_ignoring_case(part.column, column.name); });
           });
  };
  const auto reads_changed = [&](const Column& column) {
    const auto tokens = sql::tokenize(column.generated->expression.common, sql::mariadb_lexis);
    return std::any_of(tokens.begin(), tokens.end(), [&](const sql::Token& token) { return is_name(token) && changed.contains(to_lower(sql::unquoted(token.text))); });
  };
  for (bool grows = true; grows;) {
    grows = false;
    for (const Column& column : pair.after.columns) {
      if (!column.generated || changed.contains(to_lower(column.name)) || !reads_changed(column)) continue;
      if (is_written(column)) return true;
      grows = changed.insert(to_lower(column.name)).second;
    }
  }
  return false;
}

}  // namespace plumb::mariadb
