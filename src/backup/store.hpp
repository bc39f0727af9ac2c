// backup/store.hpp: how the content of a database gets into an archive and out of it: as a copy of its file, or through the
// dump program and the client of its server. For this folder alone.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "backup/archive.hpp"
#include "backup/create.hpp"
#include "backup/manifest.hpp"
#include "db/target.hpp"
#include "dialect/dialect.hpp"

namespace plumb::backup {

/// A database to which a backup was restored to look at it; gone when this goes.
class Trial {
 public:
  virtual ~Trial() = default;
  virtual db::Target target() const = 0;
};

class Store {
 public:
  virtual ~Store() = default;

  /// Adds the parts to the archive and what is known of them to the manifest: schema, rows, parts.
  virtual void save(const db::Target& from, ArchiveWriter& archive, Manifest& manifest, const Progress& progress) const = 0;

  /// Restores into a scratch database: on the server of `server`, or into a temporary file.
  virtual std::unique_ptr<Trial> try_out(const ArchiveReader& archive, const Manifest& manifest, const db::Target* server, const Progress& progress) const = 0;

  /// True when the database is there; `objects` counts what stands in it.
  virtual bool exists(const db::Target& target, std::uint64_t& objects) const = 0;

  /// Restores. What stands in the target is replaced. Requires: the archive was tried out.
  virtual void restore(const ArchiveReader& archive, const Manifest& manifest, const db::Target& target, const Progress& progress) const = 0;
};

/// Of the engine's dialect.
std::unique_ptr<Store> store_for(const Dialect& dialect);
std::unique_ptr<Store> file_store(const Dialect& dialect);
std::unique_ptr<Store> server_store(const Dialect& dialect);

/// Reads every part as a restore does; `what` is for the progress. Throws FileError when one is not what was written.
void read_through(const ArchiveReader& archive, const Manifest& manifest, const std::string& what, const Progress& progress);

}  // namespace plumb::backup
