// db/sqlite/open.hpp: the entry to the SQLite connection.
#pragma once

#include <memory>

#include "db/connection.hpp"
#include "db/target.hpp"

struct sqlite3;

namespace plumb::db::sqlite {
/// Opens the file of the target and reads its schema, so that a file that is no database is found here.
/// Throws DatabaseError.
std::unique_ptr<Connection> open(const Target& target, OpenMode mode);

/// The session's own handle. Requires: it is one of SQLite.
sqlite3* handle_of(Connection& connection);
}  // namespace plumb::db::sqlite
