#include "dialect/dialect.hpp"

#include "dialect/mariadb/mariadb_dialect.hpp"
#include "dialect/sqlite/sqlite_dialect.hpp"
#include "support/error.hpp"

namespace plumb {

const Dialect& dialect_for(std::string_view engine) {
  static const sqlite::SqliteDialect sqlite;
  static const mariadb::MariaDbDialect mariadb;
  if (engine == sqlite.name()) return sqlite;
  if (engine == mariadb.name()) return mariadb;
  throw UsageError("there is no engine `" + std::string(engine) + "`; plumb knows `sqlite` and `mariadb`");
}

std::vector<std::string> Dialect::expanded_from_nothing(const Schema& schema) const {
  diff::Match match;
  Schema nothing;
  nothing.options = schema.options;
  match.changes = diff::diff(nothing, schema);
  match.start = std::make_shared<const Schema>(nothing);
  const Description nothing_said;
  std::vector<std::string> statements;
  for (const Step& step : expand({nothing, match, match.changes, nothing_said})) {
    for (const Command& command : step.commands) {
      if (command.kind != CommandKind::Guard) statements.push_back(command.sql);
    }
  }
  return statements;
}

std::vector<std::string> dialect_names() { return {"mariadb", "sqlite"}; }

}  // namespace plumb
