// db/copy_file.hpp: a database that lives in a file, copied as it is of one moment, whoever uses it meanwhile.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "db/target.hpp"

namespace plumb::db {

/// Bytes done and bytes in all.
using CopyProgress = std::function<void(std::uint64_t, std::uint64_t)>;

/// Copies the database of `from` into a new file, byte for byte but for two counters of the header. Writers wait where the
/// database is not in WAL mode. What `progress` throws ends the copy. Source: https://www.sqlite.org/backup.html
/// Throws DatabaseError (Locked after the busy timeout).
void copy_to_new_file(const Target& from, const std::string& path, const CopyProgress& progress);

/// Puts the content of the database file `path` in the place of what the database of `into` holds, in one transaction: other
/// clients see the old content or the new one, and a kill leaves the old one. Throws DatabaseError.
void copy_over(const std::string& path, const Target& into, const CopyProgress& progress);

}  // namespace plumb::db
