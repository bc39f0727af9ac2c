#include "db/mariadb/errors.hpp"

#include <errmsg.h>
#include <fmt/format.h>
#include <mysqld_error.h>

#include <string>

namespace plumb::db::mariadb {
namespace {

constexpr unsigned disk_full_of_mysys = 20;  // EE_DISK_FULL
constexpr unsigned lock_nowait = 3572;       // MySQL's number, sent by proxies

bool says_no_space(std::string_view message) {
  return message.find("No space left") != std::string_view::npos ||
         message.find("rror 28 ") != std::string_view::npos ||
         message.find("rror: 28 ") != std::string_view::npos ||
         message.find("rrcode: 28 ") != std::string_view::npos;
}

DatabaseErrorKind kind_of_code(unsigned code) {
  switch (code) {
    case ER_CON_COUNT_ERROR:
    case ER_BAD_DB_ERROR:
    case ER_SERVER_SHUTDOWN:
    case ER_HOST_IS_BLOCKED:
    case ER_TOO_MANY_USER_CONNECTIONS:
    case ER_CONNECTION_KILLED:
      return DatabaseErrorKind::Connection;
    case ER_ACCESS_DENIED_ERROR:
    case ER_DBACCESS_DENIED_ERROR:
    case ER_TABLEACCESS_DENIED_ERROR:
    case ER_COLUMNACCESS_DENIED_ERROR:
    case ER_SPECIFIC_ACCESS_DENIED_ERROR:
    case ER_PROCACCESS_DENIED_ERROR:
    case ER_ACCESS_DENIED_NO_PASSWORD_ERROR:
    case ER_HOST_NOT_PRIVILEGED:
    case ER_BINLOG_CREATE_ROUTINE_NEED_SUPER:
      return DatabaseErrorKind::AccessDenied;
    case ER_LOCK_WAIT_TIMEOUT:
    case ER_LOCK_DEADLOCK:
    case lock_nowait:
      return DatabaseErrorKind::Locked;
    case ER_STATEMENT_TIMEOUT:
      return DatabaseErrorKind::TimedOut;
    case ER_OPTION_PREVENTS_STATEMENT:
    case ER_OPEN_AS_READONLY:
    case ER_CANT_EXECUTE_IN_READ_ONLY_TRANSACTION:
    case ER_READ_ONLY_MODE:
      return DatabaseErrorKind::ReadOnly;
    case ER_RECORD_FILE_FULL:
    case ER_DISK_FULL:
    case disk_full_of_mysys:
      return DatabaseErrorKind::Full;
    case ER_NOT_KEYFILE:
    case ER_OLD_KEYFILE:
    case ER_CRASHED_ON_USAGE:
    case ER_CRASHED_ON_REPAIR:
    case ER_NO_SUCH_TABLE_IN_ENGINE:
    case ER_TABLE_CORRUPT:
      return DatabaseErrorKind::Corrupt;
    case ER_BAD_NULL_ERROR:
    case ER_CANT_CREATE_GEOMETRY_OBJECT:
    case ER_DUP_ENTRY:
    case ER_DUP_ENTRY_WITH_KEY_NAME:
    case ER_INVALID_USE_OF_NULL:
    case ER_NO_REFERENCED_ROW:
    case ER_NO_REFERENCED_ROW_2:
    case ER_ROW_IS_REFERENCED:
    case ER_ROW_IS_REFERENCED_2:
    case ER_WARN_DATA_OUT_OF_RANGE:
    case ER_DATA_OUT_OF_RANGE:
    case WARN_DATA_TRUNCATED:
    case ER_DATA_TOO_LONG:
    case ER_TRUNCATED_WRONG_VALUE:
    case ER_TRUNCATED_WRONG_VALUE_FOR_FIELD:
    case ER_NO_DEFAULT_FOR_FIELD:
    case ER_DIVISION_BY_ZERO:
    case ER_CONSTRAINT_FAILED:
      return DatabaseErrorKind::Constraint;
    case CR_SOCKET_CREATE_ERROR:
    case CR_CONNECTION_ERROR:
    case CR_CONN_HOST_ERROR:
    case CR_IPSOCK_ERROR:
    case CR_UNKNOWN_HOST:
    case CR_SERVER_GONE_ERROR:
    case CR_SERVER_HANDSHAKE_ERR:
    case CR_SERVER_LOST:
    case CR_SERVER_LOST_EXTENDED:
    case CR_SSL_CONNECTION_ERROR:
      return DatabaseErrorKind::Connection;
    default:
      return DatabaseErrorKind::Other;
  }
}

std::string_view connect_hint(unsigned code) {
  switch (code) {
    case ER_ACCESS_DENIED_ERROR:
    case ER_ACCESS_DENIED_NO_PASSWORD_ERROR:
      return "check the user name, and the password in `?password-file=`, PLUMB_PASSWORD or the option file";
    case ER_DBACCESS_DENIED_ERROR:
      return "grant the user its privileges on this database";
    case ER_BAD_DB_ERROR:
      return "create the database first, or correct the name";
    case CR_CONNECTION_ERROR:
    case CR_CONN_HOST_ERROR:
      return "is the server running, and are host, port and socket right?";
    case CR_UNKNOWN_HOST:
      return "check the host's name";
    case CR_SSL_CONNECTION_ERROR:
      return "check `ssl-ca` against the server's certificate, and that the host's name stands in it";
    default:
      return {};
  }
}

/// What to do about an error of a statement.
std::string_view statement_hint(unsigned code) {
  switch (code) {
    case ER_ALTER_OPERATION_NOT_SUPPORTED:
    case ER_ALTER_OPERATION_NOT_SUPPORTED_REASON:
      return "; the table is not as it was when this was planned: make a new plan, or one with --no-algorithm, which leaves the way to the server";
    default:
      return {};
  }
}

DatabaseError error_of(unsigned code, const char* message, std::string_view sql) {
  return {error_kind(code, message), "mariadb", static_cast<int>(code),
          fmt::format("{} (mariadb error {}){}", message, code, statement_hint(code)), std::string(sql)};
}

}  // namespace

DatabaseErrorKind error_kind(unsigned code, std::string_view message) {
  const DatabaseErrorKind kind = kind_of_code(code);
  // 3 (write), 1005 (create table), 1026 (write), 1030 (from the storage engine) name the system's error in
  // words.
  if (kind == DatabaseErrorKind::Other && says_no_space(message)) return DatabaseErrorKind::Full;
  return kind;
}

DatabaseError last_error(MYSQL* handle, std::string_view sql) {
  return error_of(mysql_errno(handle), mysql_error(handle), sql);
}

DatabaseError last_error(MYSQL_STMT* statement, std::string_view sql) {
  return error_of(mysql_stmt_errno(statement), mysql_stmt_error(statement), sql);
}

DatabaseError connect_error(MYSQL* handle, std::string_view target_name) {
  const unsigned code = mysql_errno(handle);
  const std::string_view hint = connect_hint(code);
  return {error_kind(code, mysql_error(handle)), "mariadb", static_cast<int>(code),
          fmt::format("cannot connect to `{}`: {} (mariadb error {}){}{}", target_name, mysql_error(handle),
                      code, hint.empty() ? "" : "; ", hint)};
}

}  // namespace plumb::db::mariadb
