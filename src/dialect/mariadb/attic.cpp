// dialect/mariadb/attic.cpp: what a plan keeps aside on MariaDB. A dropped table is renamed and keeps its rows in place.
#include "dialect/mariadb/mariadb_dialect.hpp"
#include "dialect/mariadb/render.hpp"
#include "support/text.hpp"

namespace plumb::mariadb {

KeepingForms MariaDbDialect::keeping_forms() const {
  return {[](std::string_view name) { return quoted(name); }, "<=>"};
}

std::vector<Command> MariaDbDialect::keep_values(const KeptValues& values) const {
  std::vector<std::string> definitions;
  for (std::size_t i = 0; i < values.columns.size() && !values.key.empty(); ++i) {
    if (!values.columns[i].new_type.empty()) definitions.push_back("w" + std::to_string(i + 1) + " " + values.columns[i].new_type + " NULL");
  }
  std::vector<std::string> key;
  for (std::size_t i = 0; i < values.key.size(); ++i) key.push_back("k" + std::to_string(i + 1));
  if (!key.empty()) definitions.push_back("PRIMARY KEY (" + join(key, ", ") + ")");
  const std::string selection = selection_to_keep(values, keeping_forms());
  // a column that is selected directly brings its ON UPDATE along, and the note of what the change made would touch the value that is kept
  const std::string bare_values = key.empty() ? selection : "SELECT * FROM (" + selection + ") AS kept";
  return {{CommandKind::Statement, "CREATE TABLE " + quoted(values.aside) + (definitions.empty() ? std::string() : " (" + join(definitions, ", ") + ")") + " ENGINE=InnoDB AS " + bare_values, {}}};
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
