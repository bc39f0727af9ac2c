// backup/create.hpp: makes a backup of a database.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "backup/manifest.hpp"
#include "db/target.hpp"
#include "dialect/dialect.hpp"

namespace plumb::backup {

/// What is being done ("compressing"), bytes or tables done, in all (0: not known). What it throws ends the work.
using Progress = std::function<void(const std::string&, std::uint64_t, std::uint64_t)>;

struct Created {
  std::string path;
  std::uint64_t file_bytes = 0;
  Manifest manifest;
};

/// Writes the backup beside `path`, reads it back, and gives it its name. Nothing stays when it fails. Throws FileError (also
/// when `path` stands already), DatabaseError, and Error when a program of the engine is missing or fails.
Created create(const db::Target& target, const Dialect& dialect, const std::string& path, const std::string& made_by, const Progress& progress);

/// Adds the parts to the archive and what is known of them to the manifest.
using Save = std::function<void(ArchiveWriter&, Manifest&)>;

/// The same for parts that somebody else makes.
Created write(const db::Target& target, const std::string& path, const std::string& made_by, const Progress& progress, const Save& save);

/// "DIR/shop-20260131T120000Z.backup.tar", a name in `folder` that is free; makes the folder.
std::string new_path(const std::string& folder, const db::Target& target);

}  // namespace plumb::backup
