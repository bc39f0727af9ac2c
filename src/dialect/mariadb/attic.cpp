// dialect/mariadb/attic.cpp: what a plan keeps aside on MariaDB. A dropped table is renamed and keeps its rows in place.
#include "dialect/mariadb/attic.hpp"

#include <algorithm>
#include <functional>
#include <utility>

#include "dialect/mariadb/batches.hpp"
#include "dialect/mariadb/mariadb_dialect.hpp"
#include "dialect/mariadb/render.hpp"
#include "model/period.hpp"
#include "support/text.hpp"

namespace plumb::mariadb {
namespace {

/// `aside` is what stands before the attic's columns, as the statement calls them.
std::string same_row(const KeptValues& values, const std::string& aside) {
  const std::vector<std::string> key = key_aside(values);
  std::vector<std::string> pairs;
  for (std::size_t i = 0; i < key.size(); ++i) pairs.push_back(aside + key[i] + " = " + quoted(values.table) + "." + quoted(values.key[i]));
  return join(pairs, " AND ");
}

/// Letter by letter, whatever the collation; and as moments and numbers, whatever their spelling.
std::string identical(const std::string& a, const std::string& b) { return a + " <=> " + b + " AND BINARY " + a + " <=> BINARY " + b; }

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
  for (const auto& [column, source_column] : columns_aside(values, MariaDbDialect().keeping_forms())) {
    const std::string source = quoted(values.table) + "." + quoted(source_column);
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

/// `text` for each narrowed column, by its number and its value in the table.
std::vector<std::string> for_each_narrowed(const KeptValues& values, const std::function<std::string(const std::string& number, const std::string& present)>& text) {
  std::vector<std::string> texts;
  for (std::size_t i = 0; i < values.columns.size(); ++i) {
    if (values.columns[i].narrowed) texts.push_back(text(std::to_string(i + 1), quoted(values.table) + "." + quoted(values.columns[i].column)));
  }
  return texts;
}

/// What somebody has written since, in the old type: strict mode refuses what does not fit.
std::vector<std::string> converted_strictly(const KeptValues& values) {
  const KeepingForms forms = MariaDbDialect().keeping_forms();
  const std::string table = quoted(values.table);
  const std::vector<std::string> key = key_aside(values);
  std::vector<std::string> found_by;
  for (const std::string& column : values.key) found_by.push_back(table + "." + quoted(column));
  std::vector<std::string> statements;
  for (std::size_t i = 0; i < values.columns.size(); ++i) {
    if (!values.columns[i].whole) continue;
    const std::string present = table + "." + quoted(values.columns[i].column);
    const std::string converted = "w" + std::to_string(i + 1);
    statements.push_back("INSERT INTO " + quoted(values.aside) + " (" + join(key, ", ") + ", " + converted + ") SELECT " + join(found_by, ", ") + ", " + present + " FROM " + table + " WHERE " + present +
                         " IS NOT NULL AND NOT " + still_stands(values, i, forms) + " ON DUPLICATE KEY UPDATE " + converted + " = VALUES(" + converted + ")");
  }
  return statements;
}

/// A narrowed value is converted twice, in the attic and in the table, and it is the table's that counts.
std::vector<std::string> true_conversions(const KeptValues& values) {
  const std::string aside = quoted(values.aside);
  const auto settings = for_each_narrowed(values, [&](const std::string& number, const std::string& present) { return aside + ".n" + number + " = " + present; });
  const auto others = for_each_narrowed(values, [&](const std::string& number, const std::string& present) { return "NOT (" + identical(aside + ".n" + number, present) + ")"; });
  if (settings.empty()) return {};
  return {"UPDATE " + aside + " JOIN " + quoted(values.table) + " ON " + same_row(values, aside + ".") + " SET " + join(settings, ", ") + " WHERE " + join(others, " OR ")};
}

void lock(Company& company, const KeptValues& values) {
  const std::string aside = quoted(values.aside);
  company.lock = "LOCK TABLES " + quoted(values.table) + " WRITE, " + aside + " WRITE" + (values.key.empty() ? "" : ", " + aside + " AS aside READ");
  company.unlock = "UNLOCK TABLES";
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
    const std::string number = std::to_string(i + 1);
    if (!column.narrowed && !column.new_type.empty()) definitions.push_back("w" + number + " " + column.new_type + " NULL");
    // without NOT NULL: on the way back rows are added that came since
    if (column.dropped && is_narrowed(values)) definitions.push_back("v" + number + " " + column.old_type + " NULL");
    if (!column.narrowed) continue;
    if (!column.new_type.empty()) definitions.push_back("v" + number + " " + column.old_type + " NULL, w" + number + " " + column.old_type + " NULL, n" + number + " " + column.new_type + " NULL");
    definitions.push_back("u" + number + " boolean NULL");
  }
  const std::vector<std::string> key = key_aside(values);
  if (!key.empty()) definitions.push_back("PRIMARY KEY (" + join(key, ", ") + ")");
  const std::string selection = selection_to_keep(values, keeping_forms());
  // a column that is selected directly brings its ON UPDATE along, and the note of what the change made would touch the value that is kept
  const std::string bare_values = key.empty() ? selection : "SELECT * FROM (" + selection + ") AS kept";
  const std::string create = "CREATE TABLE " + quoted(values.aside) + (definitions.empty() ? std::string() : " (" + join(definitions, ", ") + ")") + " ENGINE=InnoDB AS " + bare_values + (comes_later(values) ? " LIMIT 0" : "");
  return {{CommandKind::Statement, is_narrowed(values) ? cut_to_fit(create) : create, {}}};  // ALTER converts otherwise than INSERT, and has the last word
}

Company kept_with_the_fill(const KeptValues& values, const std::optional<std::string>& batch_column) {
  const std::string table = quoted(values.table);
  const std::string aside = quoted(values.aside);
  const KeepingForms forms = MariaDbDialect().keeping_forms();
  Company company;
  if (values.key.empty()) {
    company.before = {insertion_to_keep(values, forms) + " FOR UPDATE"};
    return company;
  }
  const std::string among = batch_column ? within_bounds(table + "." + quoted(*batch_column)) : std::string();
  const std::string note = "UPDATE " + aside + " JOIN " + table + " ON " + same_row(values, aside + ".") + " SET " + aside + ".w1 = " + table + "." + quoted(values.columns.front().column);
  company.before = {insertion_to_keep(values, forms, among) + " FOR UPDATE"};
  company.after = {note + (among.empty() ? "" : " WHERE " + among)};
  return company;
}

bool can_be_changed_behind_a_lock(const Table& table) {
  return std::none_of(table.columns.begin(), table.columns.end(), [](const Column& column) {
    const std::string text = column.default_value ? to_lower(column.default_value->sql.common) : std::string();
    return text.find("nextval(") != std::string::npos || text.find("lastval(") != std::string::npos || text.find("next value for") != std::string::npos;
  });
}

Company kept_until_the_loss(const KeptValues& values, bool behind_a_lock) {
  const std::string aside = quoted(values.aside);
  Company company;
  if (values.key.empty()) {
    company.before = {"DELETE FROM " + aside, insertion_to_keep(values, MariaDbDialect().keeping_forms())};
  } else {
    company.before = {is_narrowed(values) ? cut_to_fit(late_values(values)) : late_values(values)};
    company.after = true_conversions(values);
  }
  if (behind_a_lock) lock(company, values);
  return company;
}

Company told_apart_on_the_way_back(const KeptValues& values, std::vector<Command> guards, bool behind_a_lock, const std::function<std::string(const std::string& column)>& further) {
  const std::string aside = quoted(values.aside);
  const std::string table = quoted(values.table);
  const std::string joined = " JOIN " + table + " ON " + same_row(values, aside + ".") + " SET ";
  const std::string stands = table + "." + quoted(values.key.front()) + " IS NOT NULL AND ";
  const auto marks = for_each_narrowed(values, [&](const std::string& number, const std::string& present) {
    const std::string untouched = stands + identical(aside + ".n" + number, present);
    const std::string converted = aside + ".w" + number;
    return aside + ".u" + number + " = (" + untouched + "), " + converted + " = IF(" + untouched + ", " + aside + ".n" + number + ", " + converted + ")";
  });
  Company company;
  company.guards = std::move(guards);
  company.before = converted_strictly(values);
  company.before.push_back(cut_to_fit("UPDATE " + aside + " LEFT" + joined + join(marks, ", ")));
  for (std::size_t i = 0; i < values.columns.size(); ++i) {
    const KeptColumn& column = values.columns[i];
    if (!column.narrowed) continue;
    const std::string number = std::to_string(i + 1);
    const std::string present = table + "." + quoted(column.column);
    const std::string written_since = column.whole ? "IFNULL(" + aside + ".w" + number + ", " + present + ")" : present;
    const std::string wanted = "IF(" + aside + ".u" + number + ", " + aside + ".v" + number + ", " + written_since + ")";
    company.after.push_back("UPDATE " + aside + joined + present + " = " + wanted + further(column.column) + " WHERE NOT (" + identical(wanted, present) + ")");
  }
  company.after.push_back("UPDATE " + aside + " SET " + join(for_each_narrowed(values, [](const std::string& number, const std::string&) { return "u" + number + " = FALSE"; }), ", "));
  if (behind_a_lock) lock(company, values);
  return company;
}

std::string cut_to_fit(const std::string& statement) { return "SET STATEMENT sql_mode = 'NO_ENGINE_SUBSTITUTION', max_error_count = 0 FOR " + statement; }

std::vector<Command> MariaDbDialect::drop_aside(const std::string& aside) const { return {{CommandKind::Statement, "DROP TABLE " + quoted(aside), {}}}; }

std::vector<Command> MariaDbDialect::bring_table_back(const Table& table, const std::string& aside) const {
  return {{CommandKind::Statement, "RENAME TABLE " + quoted(aside) + " TO " + quoted(table.name), {}}};
}

std::vector<std::string> MariaDbDialect::row_key(const diff::Pair<Table>& pair) const { return lasting_key(pair); }

std::string MariaDbDialect::attic_query() const {
  return "SELECT TABLE_NAME FROM information_schema.TABLES WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME LIKE 'plumb\\_attic\\_%' ORDER BY TABLE_NAME";
}

namespace {

/// The columns that an INSERT with its history can fill, and what to call them aside: a period without columns of its own has names all the same.
struct HistoryColumns {
  std::vector<std::string> in_table;
  std::vector<std::string> aside;
};

HistoryColumns history_columns(const Table& table) {
  HistoryColumns columns;
  for (const Column& column : table.columns) {
    if (column.generated) continue;
    columns.in_table.push_back(quoted(column.name));
    columns.aside.push_back(quoted(column.name));
  }
  if (std::any_of(table.columns.begin(), table.columns.end(), holds_row_end)) return columns;
  columns.in_table.insert(columns.in_table.end(), {"ROW_START", "ROW_END"});
  columns.aside.insert(columns.aside.end(), {"plumb_row_start", "plumb_row_end"});
  return columns;
}

}  // namespace

std::vector<Command> keep_mark(const Table& table, const std::string& aside) {
  return {{CommandKind::Statement, "CREATE TABLE " + quoted(aside) + " AS SELECT auto_increment AS mark FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name = " + quoted_string(table.name), {}}};
}

std::vector<Command> restore_mark(const Table& table, const std::string& aside) {
  const std::string alter = quoted_string("ALTER TABLE " + quoted(table.name) + " AUTO_INCREMENT = ");
  return {{CommandKind::Statement, "BEGIN NOT ATOMIC DECLARE altered text DEFAULT (SELECT concat(" + alter + ", coalesce(max(mark), 1)) FROM " + quoted(aside) + "); EXECUTE IMMEDIATE altered; END", {}},
          {CommandKind::Statement, "DROP TABLE " + quoted(aside), {}}};
}

std::string is_of_the_past(const Table& table) {
  const auto column = std::find_if(table.columns.begin(), table.columns.end(), holds_row_end);
  return (column == table.columns.end() ? std::string("ROW_END") : quoted(column->name)) + " <= CURRENT_TIMESTAMP(6)";
}

std::vector<Command> keep_history(const Table& table, const std::string& aside) {
  const HistoryColumns columns = history_columns(table);
  std::vector<std::string> selected;
  for (std::size_t i = 0; i < columns.aside.size(); ++i) selected.push_back(columns.in_table[i] + (columns.in_table[i] == columns.aside[i] ? "" : " AS " + columns.aside[i]));
  return {{CommandKind::Statement, "CREATE TABLE " + quoted(aside) + " AS SELECT " + join(selected, ", ") + " FROM " + quoted(table.name) + " FOR SYSTEM_TIME ALL WHERE " + is_of_the_past(table), {}}};
}

std::vector<Command> restore_history(const Table& table, const std::string& aside) {
  const HistoryColumns columns = history_columns(table);
  return {{CommandKind::Session, "SET SESSION system_versioning_insert_history = 1", {}},
          {CommandKind::Fill, "INSERT INTO " + quoted(table.name) + " (" + join(columns.in_table, ", ") + ") SELECT " + join(columns.aside, ", ") + " FROM " + quoted(aside), {}},
          {CommandKind::Session, "SET SESSION system_versioning_insert_history = 0", {}},
          {CommandKind::Statement, "DROP TABLE " + quoted(aside), {}}};
}

}  // namespace plumb::mariadb
