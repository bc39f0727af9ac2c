// backup/temporary_file.hpp: a database file that is on its way to its place.
#pragma once

#include <string>

#include "backup/create.hpp"
#include "db/target.hpp"

namespace plumb::backup {

/// Goes at the end, with what the engine puts beside it.
class TemporaryFile {
 public:
  /// Removes what stands there.
  explicit TemporaryFile(std::string path) : path_(std::move(path)) { remove(); }
  ~TemporaryFile() { remove(); }
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;
  const std::string& path() const { return path_; }
  /// Requires: no connection has it open.
  void remove_what_stands_beside() const;

 private:
  void remove() const;
  std::string path_;
};

/// Makes the file, which no connection has open, the database of the target: under its name where that is free, else its content
/// takes the place of what stands there, in one transaction. Throws FileError, DatabaseError.
void put_in_place(const TemporaryFile& file, const db::Target& target, const Progress& progress);

}  // namespace plumb::backup
