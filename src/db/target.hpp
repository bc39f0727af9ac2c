// db/target.hpp: the URL of a database, taken apart.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>

namespace plumb::db {

class Connection;

/// `sqlite:path`, `sqlite::memory:`, `mariadb://user@host:3306/name?socket=/run/mysqld/mysqld.sock`.
struct Target {
  std::string engine;  ///< "sqlite" or "mariadb"
  std::string path;    ///< SQLite: the file, or ":memory:"
  std::string user;
  std::string password;  ///< from ?password-file=, PLUMB_PASSWORD or the URL; never printed
  std::string host;
  std::uint16_t port = 0;  ///< 0: the default
  std::string database;
  /// MariaDB: ssl-ca, ssl-cert, ssl-key, ssl-verify (true, false; any of these four requires TLS),
  /// defaults-file, connect-timeout and lock-wait-timeout (seconds, both 10 when not said), socket,
  /// password-file. SQLite: busy-timeout (milliseconds, 5000 when not said).
  std::map<std::string, std::string, std::less<>> parameters;
  /// Names of parameters that were set by the program and not by the URL; display_name leaves them out.
  std::set<std::string, std::less<>> unspoken;

  /// The URL without a password.
  std::string display_name() const;
};

/// True when the text begins with an engine's scheme (or "mysql:", which parse_target then refuses with a
/// hint).
bool is_target_url(std::string_view text);

/// Takes a URL apart; percent escapes are undone. A password is taken from ?password-file= (its first line),
/// else from the environment variable PLUMB_PASSWORD, else from the URL; without any the option file may hold
/// one. Throws UsageError that names the wrong part, never with a piece of a password; FileError for the
/// password file.
Target parse_target(std::string_view url);

enum class OpenMode {
  ReadOnly,        ///< the target must exist; the engine refuses every write of the session
  ReadWrite,       ///< the target must exist
  CreateIfMissing  ///< SQLite: an empty file is made; MariaDB: as ReadWrite
};

/// Opens a session. Throws DatabaseError (Connection, AccessDenied, Corrupt …) that names the target.
std::unique_ptr<Connection> open(const Target& target, OpenMode mode);

}  // namespace plumb::db
