#include "dialect/mariadb/free_disk.hpp"

#include <string>

#include "support/error.hpp"

namespace plumb::mariadb {

/// The data lies on the file system with the longest path that it begins with.
std::optional<std::uint64_t> free_disk(db::Connection& connection) {
  const std::string folder = "CONCAT(TRIM(TRAILING '/' FROM Path), '/')";
  try {
    const auto found = connection.query("SELECT Available * 1024 FROM information_schema.DISKS WHERE LEFT(@@datadir, CHAR_LENGTH(" + folder + ")) = " + folder + " ORDER BY CHAR_LENGTH(Path) DESC LIMIT 1");
    if (found.rows.empty()) return std::nullopt;
    return std::stoull(db::as_text(found.rows[0].at(0)));
  } catch (const DatabaseError& error) {
    if (error.kind() == DatabaseErrorKind::Connection) throw;
    return std::nullopt;
  }
}

}  // namespace plumb::mariadb
