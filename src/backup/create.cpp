#include "backup/create.hpp"

#include <chrono>
#include <cstdio>
#include <ctime>

#include "backup/store.hpp"
#include "desired/load_database.hpp"
#include "support/error.hpp"
#include "support/file.hpp"

namespace plumb::backup {
namespace {

std::string utc_now(const char* form) {
  const std::time_t now = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
  std::tm parts{};
  ::gmtime_r(&now, &parts);
  char text[32];
  return {text, std::strftime(text, sizeof text, form, &parts)};
}

/// To the millisecond, so that two backups in one second have their order.
std::string moment_now() {
  const auto since_epoch = std::chrono::system_clock::now().time_since_epoch();
  const auto millisecond = std::chrono::duration_cast<std::chrono::milliseconds>(since_epoch).count() % 1000;
  char text[8];
  const int length = std::snprintf(text, sizeof text, ".%03dZ", static_cast<int>(millisecond));
  return utc_now("%Y-%m-%dT%H:%M:%S") + std::string(text, static_cast<std::size_t>(length));
}

}  // namespace

Created create(const db::Target& target, const Dialect& dialect, const std::string& path, const std::string& made_by, const Progress& progress) {
  return write(target, path, made_by, progress, [&](ArchiveWriter& archive, Manifest& manifest) { store_for(dialect)->save(target, archive, manifest, progress); });
}

Created write(const db::Target& target, const std::string& path, const std::string& made_by, const Progress& progress, const Save& save) {
  if (file_exists(path)) throw FileError(path, "stands already, and a backup never takes the place of another file");
  Created created{path, 0, {}};
  Manifest& manifest = created.manifest;
  manifest.made_by = made_by;
  manifest.created_at = moment_now();
  manifest.engine = target.engine;
  manifest.database = target.display_name();
  manifest.name = desired::schema_name(*db::open(target, db::OpenMode::ReadOnly));
  ArchiveWriter archive(path);
  save(archive, manifest);
  archive.close(to_json(manifest));
  const ArchiveReader written(archive.beside());
  read_through(written, manifest, "reading back", progress);
  created.file_bytes = written.file_bytes();
  archive.publish();
  return created;
}

std::string new_path(const std::string& folder, const db::Target& target) {
  make_folders(folder);
  const std::string begin = folder + "/" + desired::schema_name(*db::open(target, db::OpenMode::ReadOnly)) + "-" + utc_now("%Y%m%dT%H%M%SZ");
  std::string path = begin + std::string(ending);
  for (int number = 2; file_exists(path); ++number) path = begin + "-" + std::to_string(number) + std::string(ending);
  return path;
}

}  // namespace plumb::backup
