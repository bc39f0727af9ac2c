// dialect/sqlite/attic.cpp: what a plan keeps aside on SQLite. A dropped table is copied: renamed, it would take its foreign
// keys along, and go on guarding what it refers to.
#include <algorithm>

#include "dialect/add_step.hpp"
#include "dialect/sqlite/rebuild.hpp"
#include "dialect/sqlite/render.hpp"
#include "dialect/sqlite/sqlite_dialect.hpp"
#include "dialect/sqlite/stored_create_scan.hpp"
#include "sql/quote.hpp"
#include "support/text.hpp"

namespace plumb::sqlite {
namespace {

std::vector<std::string> stored_columns(const Table& table) {
  std::vector<std::string> columns;
  for (const Column& column : table.columns) {
    if (!column.generated) columns.push_back(quoted(column.name));
  }
  return columns;
}

/// The name by which rows without a key are numbered; empty where the table has none to spare.
std::string spare_rowid(const Table& table) { return has_rowid_alias(table) || is_without_rowid(table) ? std::string() : rowid_name(table, table); }

/// What keeps the row number aside: no name of a column.
std::string row_column(const Table& table) {
  std::string name = "plumb_row";
  while (table.find_column(name) != nullptr) name += '_';
  return name;
}

Command move_sequence(const std::string& from, const std::string& to) {
  return statement("UPDATE sqlite_sequence SET name = " + sql::quote_string(to, false) + " WHERE name = " + sql::quote_string(from, false));
}

}  // namespace

std::vector<Command> keep_mark(const std::string& table, const std::string& aside) {
  return {statement("CREATE TABLE " + quoted(aside) + " AS SELECT seq FROM sqlite_sequence WHERE name = " + sql::quote_string(table, false))};
}

std::vector<Command> restore_mark(const std::string& table, const std::string& aside) {
  const std::string name = sql::quote_string(table, false);
  const std::string highest = "(SELECT max(seq) FROM " + quoted(aside) + ")";
  return {statement("INSERT INTO sqlite_sequence (name, seq) SELECT " + name + ", seq FROM " + quoted(aside) + " WHERE NOT EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = " + name + ")"),
          statement("UPDATE sqlite_sequence SET seq = " + highest + " WHERE name = " + name + " AND seq < " + highest), statement("DROP TABLE " + quoted(aside))};
}

KeepingForms SqliteDialect::keeping_forms() const {
  return {[](std::string_view name) { return quoted(name); }, "IS", [](const std::string& kept, const std::string& present) { return kept + " IS " + present; }};
}

std::vector<Command> SqliteDialect::keep_values(const KeptValues& values) const {
  std::vector<Command> commands{statement("CREATE TABLE " + quoted(values.aside) + " AS " + selection_to_keep(values, keeping_forms()))};
  const std::vector<std::string> key = key_aside(values);
  if (!key.empty()) commands.push_back(statement("CREATE INDEX " + quoted(values.aside + "_key") + " ON " + quoted(values.aside) + " (" + join(key, ", ") + ")"));
  return commands;
}

std::vector<Command> SqliteDialect::drop_aside(const std::string& aside) const { return {statement("DROP TABLE " + quoted(aside))}; }

std::vector<Command> keep_table(const Table& table, const std::string& aside) {
  std::vector<std::string> columns = stored_columns(table);
  if (const std::string rowid = spare_rowid(table); !rowid.empty()) columns.insert(columns.begin(), rowid + " AS " + row_column(table));
  std::vector<Command> commands{statement("CREATE TABLE " + quoted(aside) + " AS SELECT " + join(columns, ", ") + " FROM " + quoted(table.name))};
  if (is_automatic(table)) commands.push_back(move_sequence(table.name, aside));
  commands.push_back(statement("DROP TABLE " + quoted(table.name)));
  return commands;
}

std::vector<Command> SqliteDialect::bring_table_back(const Table& table, const std::string& aside) const {
  std::vector<std::string> columns = stored_columns(table);
  std::vector<std::string> values = columns;
  if (const std::string rowid = spare_rowid(table); !rowid.empty()) {
    columns.insert(columns.begin(), rowid);
    values.insert(values.begin(), row_column(table));
  }
  std::vector<Command> commands{statement(table.written.text.empty() ? create_table(table) : stored::verbatim(table.written.text))};
  const bool has_checks = !table.checks.empty() || std::any_of(table.columns.begin(), table.columns.end(), [](const Column& column) { return !column.checks.empty(); });
  if (has_checks) commands.push_back({CommandKind::Session, check_switch().off, {}});  // they come as they stood
  commands.push_back({CommandKind::Fill, "INSERT INTO " + quoted(table.name) + " (" + join(columns, ", ") + ") SELECT " + join(values, ", ") + " FROM " + quoted(aside), {}});
  if (has_checks) commands.push_back({CommandKind::Session, check_switch().on, {}});
  if (is_automatic(table)) {
    commands.push_back(statement("DELETE FROM sqlite_sequence WHERE name = " + sql::quote_string(table.name, false)));
    commands.push_back(move_sequence(aside, table.name));
  }
  for (const Index& index : table.indexes) {
    if (!index.constraint) commands.push_back(statement(index.written.text.empty() ? create_index(index, table.name) : stored::verbatim(index.written.text)));
  }
  commands.push_back(statement("DROP TABLE " + quoted(aside)));
  return commands;
}

std::vector<std::string> SqliteDialect::row_key(const diff::Pair<Table>& pair) const {
  auto key = lasting_key(pair);
  const auto may_be_null = [&](const std::string& name) {  // sqlite.org/lang_createtable.html#primkeyconst
    const Column* column = pair.before.find_column(name);
    return column == nullptr || (column->nullable && !has_rowid_alias(pair.before));
  };
  if (!key.empty() && std::none_of(key.begin(), key.end(), may_be_null)) return key;
  const Column* alias = rowid_alias(pair.after);
  if (alias != nullptr && !has_rowid_alias(pair.before) && is_left_alone(pair, alias->name)) return {alias->name};  // NULLs and numbers that come twice stop the step
  const bool is_numbered_alike = alias == nullptr || (!has_rowid_alias(pair.before) && pair.before.find_column(alias->name) == nullptr);  // a new one takes the row's number
  const bool stays = is_numbered_alike && !is_without_rowid(pair.before) && !is_without_rowid(pair.after);
  const std::string rowid = stays ? rowid_name(pair.before, pair.after) : std::string();
  return rowid.empty() ? std::vector<std::string>() : std::vector<std::string>{rowid};
}

std::string SqliteDialect::attic_query() const { return "SELECT name FROM sqlite_schema WHERE type = 'table' AND name GLOB 'plumb_attic_*' ORDER BY name"; }

}  // namespace plumb::sqlite
