// dialect/mariadb/attic.cpp: what a plan keeps aside on MariaDB. A dropped table is renamed and keeps its rows in place.
#include "dialect/mariadb/attic.hpp"

#include <algorithm>
#include <utility>

#include "dialect/mariadb/batches.hpp"
#include "dialect/mariadb/mariadb_dialect.hpp"
#include "dialect/mariadb/render.hpp"
#include "support/text.hpp"

namespace plumb::mariadb {
namespace {

std::string key_aside(std::size_t number) { return "k" + std::to_string(number + 1); }
std::string numbered(char letter, std::size_t number) { return letter + std::to_string(number + 1); }

/// `aside` is what stands before the attic's columns, as the statement calls them.
std::string same_row(const KeptValues& values, const std::string& aside) {
  std::vector<std::string> pairs;
  for (std::size_t i = 0; i < values.key.size(); ++i) pairs.push_back(aside + key_aside(i) + " = " + quoted(values.table) + "." + quoted(values.key[i]));
  return join(pairs, " AND ");
}

/// Letter by letter, whatever the collation; and as moments and numbers, whatever their spelling.
std::string identical(const std::string& a, const std::string& b) { return a + " <=> " + b + " AND BINARY " + a + " <=> BINARY " + b; }

/// Each column of the attic, and the one of the table that it is filled from.
std::vector<std::pair<std::string, std::string>> sources(const KeptValues& values) {
  std::vector<std::pair<std::string, std::string>> sources;
  const auto add = [&](char letter, std::size_t number, const std::string& column) { sources.emplace_back(numbered(letter, number), quoted(values.table) + "." + quoted(column)); };
  for (std::size_t i = 0; i < values.key.size(); ++i) add('k', i, values.key[i]);
  for (std::size_t i = 0; i < values.columns.size(); ++i) {
    const KeptColumn& column = values.columns[i];
    add('v', i, column.column);
    if (!column.dropped) add('w', i, column.column);
    if (column.narrowed) add('n', i, column.column);
  }
  return sources;
}

/// What others have written since the copy was made: values that are new, and values that are others now. The attic's columns get names that
/// none of the table has.
std::string late_values(const KeptValues& values) {
  const std::string mark = "plumb_kept_";
  std::vector<std::string> kept;
  std::vector<std::string> columns;
  std::vector<std::string> selected;
  std::vector<std::string> settings;
  std::vector<std::string> conditions;
  std::vector<std::string> unchanged;
  for (const auto& [column, source] : sources(values)) {
    columns.push_back(column);
    selected.push_back(source);
    if (column.front() == 'k' || column.front() == 'v') kept.push_back("aside." + column + " AS " + mark + column);
    if (column.front() != 'k') settings.push_back(quoted(values.aside) + "." + column + " = VALUES(" + column + ")");
    if (column.front() == 'v') unchanged.push_back(identical("kept." + mark + column, source));
  }
  for (const KeptColumn& column : values.columns) conditions.push_back("(" + column.condition + ")");
  return "INSERT INTO " + quoted(values.aside) + " (" + join(columns, ", ") + ") SELECT " + join(selected, ", ") + " FROM " + quoted(values.table) + " LEFT JOIN (SELECT " + join(kept, ", ") + " FROM " + quoted(values.aside) +
         " AS aside) AS kept ON " + same_row(values, "kept." + mark) + " WHERE (kept." + mark + "k1 IS NULL AND (" + join(conditions, " OR ") + ")) OR (kept." + mark + "k1 IS NOT NULL AND NOT (" + join(unchanged, " AND ") + ")) ON DUPLICATE KEY UPDATE " + join(settings, ", ");
}

/// A narrowed value is converted twice, in the attic and in the table, and it is the table's that counts.
std::vector<std::string> true_conversions(const KeptValues& values) {
  const std::string aside = quoted(values.aside);
  std::vector<std::string> settings;
  std::vector<std::string> others;
  for (std::size_t i = 0; i < values.columns.size(); ++i) {
    if (!values.columns[i].narrowed) continue;
    const std::string present = quoted(values.table) + "." + quoted(values.columns[i].column);
    settings.push_back(aside + "." + numbered('n', i) + " = " + present);
    others.push_back("NOT (" + identical(aside + "." + numbered('n', i), present) + ")");
  }
  if (settings.empty()) return {};
  return {"UPDATE " + aside + " JOIN " + quoted(values.table) + " ON " + same_row(values, aside + ".") + " SET " + join(settings, ", ") + " WHERE " + join(others, " OR ")};
}

}  // namespace

KeepingForms MariaDbDialect::keeping_forms() const {
  return {[](std::string_view name) { return quoted(name); }, "<=>", identical, true};
}

/// Tables whose rows come later: with the fill, or while nobody else writes.
bool comes_later(const KeptValues& values) {
  return values.key.empty() || std::all_of(values.columns.begin(), values.columns.end(), [](const KeptColumn& column) { return column.filled; });
}

std::vector<Command> MariaDbDialect::keep_values(const KeptValues& values) const {
  std::vector<std::string> definitions;
  for (std::size_t i = 0; i < values.columns.size() && !values.key.empty(); ++i) {
    const KeptColumn& column = values.columns[i];
    if (!column.new_type.empty()) definitions.push_back((column.narrowed ? "n" : "w") + std::to_string(i + 1) + " " + column.new_type + " NULL");
  }
  std::vector<std::string> key;
  for (std::size_t i = 0; i < values.key.size(); ++i) key.push_back(key_aside(i));
  if (!key.empty()) definitions.push_back("PRIMARY KEY (" + join(key, ", ") + ")");
  const std::string selection = selection_to_keep(values, keeping_forms());
  // a column that is selected directly brings its ON UPDATE along, and the note of what the change made would touch the value that is kept
  const std::string bare_values = key.empty() ? selection : "SELECT * FROM (" + selection + ") AS kept";
  return {{CommandKind::Statement, "CREATE TABLE " + quoted(values.aside) + (definitions.empty() ? std::string() : " (" + join(definitions, ", ") + ")") + " ENGINE=InnoDB AS " + bare_values + (comes_later(values) ? " LIMIT 0" : ""), {}}};
}

Company kept_with_the_fill(const KeptValues& values, const std::optional<std::string>& batch_column) {
  const std::string table = quoted(values.table);
  const std::string aside = quoted(values.aside);
  const KeepingForms forms = MariaDbDialect().keeping_forms();
  if (values.key.empty()) return {{"INSERT INTO " + aside + " SELECT " + whole_rows(values, forms) + " FROM " + table + " FOR UPDATE"}, {}, {}, {}};
  const std::string among = batch_column ? within_bounds(table + "." + quoted(*batch_column)) : std::string();
  const std::string note = "UPDATE " + aside + " JOIN " + table + " ON " + same_row(values, aside + ".") + " SET " + aside + ".w1 = " + table + "." + quoted(values.columns.front().column);
  return {{"INSERT INTO " + aside + " (" + join(columns_aside(values, forms), ", ") + ") " + selection_to_keep(values, forms, among) + " FOR UPDATE"}, {note + (among.empty() ? "" : " WHERE " + among)}, {}, {}};
}

bool can_be_changed_behind_a_lock(const Table& table) {
  return std::none_of(table.columns.begin(), table.columns.end(), [](const Column& column) {
    const std::string text = column.default_value ? to_lower(column.default_value->sql.common) : std::string();
    return text.find("nextval(") != std::string::npos || text.find("lastval(") != std::string::npos || text.find("next value for") != std::string::npos;
  });
}

Company kept_until_the_loss(const KeptValues& values, bool behind_a_lock) {
  const std::string table = quoted(values.table);
  const std::string aside = quoted(values.aside);
  Company company;
  if (values.key.empty()) company.before = {"DELETE FROM " + aside, "INSERT INTO " + aside + " " + selection_to_keep(values, MariaDbDialect().keeping_forms())};
  else company = {{late_values(values)}, true_conversions(values), {}, {}};
  if (!behind_a_lock) return company;
  company.lock = "LOCK TABLES " + table + " WRITE, " + aside + " WRITE" + (values.key.empty() ? "" : ", " + aside + " AS aside READ");
  company.unlock = "UNLOCK TABLES";
  return company;
}

std::vector<Command> MariaDbDialect::drop_aside(const std::string& aside) const { return {{CommandKind::Statement, "DROP TABLE " + quoted(aside), {}}}; }

std::vector<Command> MariaDbDialect::bring_table_back(const Table& table, const std::string& aside) const {
  return {{CommandKind::Statement, "RENAME TABLE " + quoted(aside) + " TO " + quoted(table.name), {}}};
}

std::vector<std::string> MariaDbDialect::row_key(const diff::Pair<Table>& pair) const { return lasting_key(pair); }

std::string MariaDbDialect::attic_query() const {
  return "SELECT TABLE_NAME FROM information_schema.TABLES WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME LIKE 'plumb\\_attic\\_%' ORDER BY TABLE_NAME";
}

}  // namespace plumb::mariadb
