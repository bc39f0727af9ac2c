// db/mariadb/open.hpp: the entry to the MariaDB connection.
#pragma once

#include <memory>

#include "db/connection.hpp"
#include "db/target.hpp"

namespace plumb::db::mariadb {
/// Connects and pins the session's settings. ReadOnly makes the session's transactions read-only.
/// Throws DatabaseError.
std::unique_ptr<Connection> open(const Target& target, OpenMode mode);
}  // namespace plumb::db::mariadb
