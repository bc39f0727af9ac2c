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

std::vector<std::string> dialect_names() { return {"mariadb", "sqlite"}; }

}  // namespace plumb
