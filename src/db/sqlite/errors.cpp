#include "db/sqlite/errors.hpp"

#include <fmt/format.h>

#include <cerrno>

namespace plumb::db::sqlite {
namespace {

/// What the engine's own words leave out; empty where they say enough.
std::string_view hint(DatabaseErrorKind kind, int extended_code) {
  switch (kind) {
    case DatabaseErrorKind::Locked:
      return (extended_code & 0xFF) == SQLITE_LOCKED ? "another statement of this connection still uses it"
                                                     : "another process is using the database";
    case DatabaseErrorKind::ReadOnly:
      return "the database file and its folder must both be writable";
    case DatabaseErrorKind::Full:
      return "no space is left for the database, its journal or a temporary file";
    case DatabaseErrorKind::Corrupt:
      return (extended_code & 0xFF) == SQLITE_NOTADB ? "the file is encrypted or no SQLite database"
                                                     : "the file is damaged; restore it from a backup";
    case DatabaseErrorKind::Other:
    case DatabaseErrorKind::Connection:
    case DatabaseErrorKind::AccessDenied:
    case DatabaseErrorKind::Constraint:
    case DatabaseErrorKind::MissingExtension:
    case DatabaseErrorKind::TimedOut:
      return {};
  }
  return {};
}

/// The engine has no code of its own for these, only SQLITE_ERROR and words.
bool misses_an_extension(int extended_code, std::string_view message) {
  if ((extended_code & 0xFF) != SQLITE_ERROR) return false;
  return message.starts_with("no such function: ") || message.starts_with("no such collation sequence: ") || message.starts_with("no such module: ");
}

}  // namespace

DatabaseErrorKind error_kind(int extended_code, int system_error) {
  switch (extended_code & 0xFF) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return DatabaseErrorKind::Locked;
    case SQLITE_READONLY:
      return DatabaseErrorKind::ReadOnly;
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
      // After a successful open it is the journal that cannot be made.
      return system_error == ENOSPC ? DatabaseErrorKind::Full : DatabaseErrorKind::ReadOnly;
    case SQLITE_FULL:
      return DatabaseErrorKind::Full;
    case SQLITE_IOERR:
      return system_error == ENOSPC || system_error == EDQUOT ? DatabaseErrorKind::Full
                                                              : DatabaseErrorKind::Other;
    case SQLITE_NOTADB:
    case SQLITE_CORRUPT:
      return DatabaseErrorKind::Corrupt;
    case SQLITE_CONSTRAINT:
      return DatabaseErrorKind::Constraint;
    case SQLITE_AUTH:
      return DatabaseErrorKind::AccessDenied;
    default:
      return DatabaseErrorKind::Other;
  }
}

DatabaseError last_error(sqlite3* handle, std::string_view sql) {
  const int code = sqlite3_extended_errcode(handle);
  const DatabaseErrorKind kind = misses_an_extension(code, sqlite3_errmsg(handle)) ? DatabaseErrorKind::MissingExtension : error_kind(code, sqlite3_system_errno(handle));
  const std::string_view more = hint(kind, code);
  const std::string message =
      fmt::format("{} (sqlite error {}){}{}", sqlite3_errmsg(handle), code, more.empty() ? "" : ": ", more);
  return {kind, "sqlite", code, message, std::string(sql)};
}

}  // namespace plumb::db::sqlite
