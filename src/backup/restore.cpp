#include "backup/restore.hpp"

#include "backup/facts.hpp"
#include "backup/store.hpp"
#include "support/error.hpp"

namespace plumb::backup {
namespace {

std::vector<std::string> try_out(const ArchiveReader& archive, const Manifest& manifest, const db::Target* server, const Progress& progress) {
  const Dialect& dialect = dialect_for(manifest.engine);
  const auto trial = store_for(dialect)->try_out(archive, manifest, server, progress);
  const auto connection = db::open(trial->target(), db::OpenMode::ReadWrite);
  progress("comparing", 0, 0);
  return differences(*connection, dialect, manifest);
}

}  // namespace

Manifest manifest_of(const std::string& path) { return manifest_from_json(ArchiveReader(path).manifest()); }

Verdict check_bytes(const std::string& path, const Progress& progress) {
  Verdict verdict;
  try {
    const ArchiveReader archive(path);
    verdict.manifest = manifest_from_json(archive.manifest());
    read_through(archive, verdict.manifest, "checking the bytes", progress);
  } catch (const FileError& error) {
    verdict.problems.emplace_back(error.what());
  }
  return verdict;
}

Verdict verify(const std::string& path, const db::Target* server, const Progress& progress) {
  Verdict verdict = check_bytes(path, progress);
  if (!verdict.problems.empty()) return verdict;
  verdict.problems = try_out(ArchiveReader(path), verdict.manifest, server, progress);
  return verdict;
}

std::uint64_t objects_in(const db::Target& target) {
  std::uint64_t objects = 0;
  store_for(dialect_for(target.engine))->exists(target, objects);
  return objects;
}

void restore(const std::string& path, const db::Target& target, const Progress& progress) {
  const ArchiveReader archive(path);
  const Manifest manifest = manifest_from_json(archive.manifest());
  if (manifest.engine != target.engine) throw Error("the backup is of " + manifest.engine + ", and the target is " + target.engine + "; nothing was changed");
  read_through(archive, manifest, "checking the bytes", progress);
  const Dialect& dialect = dialect_for(manifest.engine);
  if (dialect.capabilities().needs_server && objects_in(target) > 0) {
    const auto wrong = try_out(archive, manifest, &target, progress);
    if (!wrong.empty()) throw Error("tried out in a scratch database, the backup gives something else than what was saved (" + wrong.front() + "); nothing was changed");
  }
  store_for(dialect)->restore(archive, manifest, target, progress);
}

}  // namespace plumb::backup
