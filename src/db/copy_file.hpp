// db/copy_file.hpp: a database that lives in a file, copied as it is of one moment, whoever uses it meanwhile.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "db/connection.hpp"
#include "db/target.hpp"

namespace plumb::db {

/// Bytes done and bytes in all.
using CopyProgress = std::function<void(std::uint64_t, std::uint64_t)>;

/// A database in a file as it is at one moment, until this goes. Writers wait for that where the database is not in WAL mode.
class FileSnapshot {
 public:
  /// Throws DatabaseError (Locked after the busy timeout).
  explicit FileSnapshot(const Target& from);
  ~FileSnapshot();
  FileSnapshot(const FileSnapshot&) = delete;
  FileSnapshot& operator=(const FileSnapshot&) = delete;

  /// Reads that moment.
  Connection& connection();

  /// Gives the bytes of the file away, piece by piece. In WAL mode a part of the database stands in another file: it is first
  /// copied to `aside`, which is the caller's to remove, byte for byte but for two counters of the header. What `progress` or
  /// `sink` throws ends it. Throws DatabaseError, FileError. Source: https://www.sqlite.org/backup.html
  void read(const std::string& aside, const std::function<void(std::string_view)>& sink, const CopyProgress& progress);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// Puts the content of the database file `path` in the place of what the database of `into` holds, in one transaction: other
/// clients see the old content or the new one, and a kill leaves the old one. Throws DatabaseError.
void copy_over(const std::string& path, const Target& into, const CopyProgress& progress);

}  // namespace plumb::db
