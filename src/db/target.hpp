// db/target.hpp: the URL of a database, taken apart.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
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
  /// ssl-ca, ssl-cert, ssl-key, ssl-verify, defaults-file, connect-timeout (seconds), socket, password-file
  std::map<std::string, std::string, std::less<>> parameters;

  /// The URL without a password.
  std::string display_name() const;
};

/// True when the text begins with an engine's scheme.
bool is_target_url(std::string_view text);

/// Takes a URL apart; percent escapes are undone. Throws UsageError that names the wrong part.
Target parse_target(std::string_view url);

enum class OpenMode {
  ReadOnly,        ///< the target must exist
  ReadWrite,       ///< the target must exist
  CreateIfMissing  ///< SQLite: an empty file is made; MariaDB: as ReadWrite
};

/// Opens a session. Throws DatabaseError (Connection, AccessDenied, Corrupt …) that names the target.
std::unique_ptr<Connection> open(const Target& target, OpenMode mode);

}  // namespace plumb::db
