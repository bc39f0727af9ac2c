// db/mariadb/handle.hpp: Connector/C's handles, owned, and the way to get a connected one.
#pragma once

#include <mysql.h>

#include <memory>

#include "db/target.hpp"

namespace plumb::db::mariadb {

struct CloseHandle {
  void operator()(MYSQL* handle) const { mysql_close(handle); }
};
using Handle = std::unique_ptr<MYSQL, CloseHandle>;

struct FreeResult {
  void operator()(MYSQL_RES* result) const { mysql_free_result(result); }
};
using Result = std::unique_ptr<MYSQL_RES, FreeResult>;

struct CloseStatement {
  void operator()(MYSQL_STMT* statement) const { mysql_stmt_close(statement); }
};
using StatementHandle = std::unique_ptr<MYSQL_STMT, CloseStatement>;

/// A connection as the target says, with TLS wherever the target or its option file asks for it; the
/// session's settings are the server's. Throws DatabaseError, FileError (the option file).
Handle connect(const Target& target);

/// Gives the session the settings that plumb relies on, whatever the server's defaults are. Throws
/// DatabaseError.
void pin_session(MYSQL* handle, const Target& target, OpenMode mode);

}  // namespace plumb::db::mariadb
