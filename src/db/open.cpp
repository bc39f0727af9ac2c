#include "db/mariadb/open.hpp"

#include "db/sqlite/open.hpp"
#include "db/target.hpp"
#include "support/error.hpp"

namespace plumb::db {

std::unique_ptr<Connection> open(const Target& target, OpenMode mode) {
  if (target.engine == "sqlite") return sqlite::open(target, mode);
  if (target.engine == "mariadb") return mariadb::open(target, mode);
  throw UsageError("no engine is called `" + target.engine + "`; there are `sqlite` and `mariadb`");
}

}  // namespace plumb::db
