// db/mariadb/errors.hpp: MariaDB's error numbers as DatabaseError.
#pragma once

#include <mysql.h>

#include <string_view>

#include "support/error.hpp"

namespace plumb::db::mariadb {

/// What an error number of the server (1000…) or of Connector/C (2000…) means to callers; `message` settles
/// the few numbers that carry the operating system's error in their text. Source:
/// https://mariadb.com/kb/en/mariadb-error-codes/
DatabaseErrorKind error_kind(unsigned code, std::string_view message);

/// The server's own words and number. The last error of the handle, or of the statement.
DatabaseError last_error(MYSQL* handle, std::string_view sql);
DatabaseError last_error(MYSQL_STMT* statement, std::string_view sql);

/// Why no connection came about: names the target and what to look at.
DatabaseError connect_error(MYSQL* handle, std::string_view target_name);

}  // namespace plumb::db::mariadb
