// db/sqlite/errors.hpp: SQLite's result codes as DatabaseError.
#pragma once

#include <sqlite3.h>

#include <string>
#include <string_view>

#include "support/error.hpp"

namespace plumb::db::sqlite {

/// What an extended result code means to callers. `system_error` is sqlite3_system_errno(), 0 when not known.
/// Source: https://www.sqlite.org/rescode.html
DatabaseErrorKind error_kind(int extended_code, int system_error);

/// The last error of the handle as an exception; `code()` is the extended result code.
DatabaseError last_error(sqlite3* handle, std::string_view sql);

}  // namespace plumb::db::sqlite
