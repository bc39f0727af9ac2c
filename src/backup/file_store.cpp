// Databases that live in files.
#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>

#include "backup/facts.hpp"
#include "backup/store.hpp"
#include "backup/temporary_file.hpp"
#include "db/copy_file.hpp"
#include "dialect/backup_sql.hpp"
#include "support/descriptor.hpp"
#include "support/error.hpp"
#include "support/file.hpp"

namespace plumb::backup {
namespace {

constexpr std::string_view part_name = "database.sqlite";

class TrialFile final : public Trial {
 public:
  TrialFile(std::string engine, std::string path) : engine_(std::move(engine)), file_(std::move(path)) {}
  db::Target target() const override {
    db::Target target;
    target.engine = engine_;
    target.path = file_.path();
    return target;
  }
  const TemporaryFile& file() const { return file_; }

 private:
  std::string engine_;
  TemporaryFile file_;
};

class FileStore final : public Store {
 public:
  explicit FileStore(const Dialect& dialect) : dialect_(dialect) {}

  void save(const db::Target& from, ArchiveWriter& archive, Manifest& manifest, const Progress& progress) const override {
    if (from.path == ":memory:") throw UsageError("a database in memory is gone when the program ends; there is nothing to back up");
    db::FileSnapshot snapshot(from);
    note_content(snapshot.connection(), manifest, progress);
    const TemporaryFile aside(archive.beside() + ".copy");
    archive.begin(std::string(part_name));
    snapshot.read(aside.path(), [&](std::string_view bytes) { archive.write(bytes); }, [&](std::uint64_t done, std::uint64_t all) { progress("compressing", done, all); });
    manifest.parts.push_back(archive.end());
  }

  std::unique_ptr<Trial> try_out(const ArchiveReader& archive, const Manifest& manifest, const db::Target* /*server*/, const Progress& progress) const override {
    const std::string path = (std::filesystem::temp_directory_path() / ("plumb-trial-" + std::to_string(::getpid()))).string();
    return extract(archive, manifest, path, progress);
  }

  bool exists(const db::Target& target, std::uint64_t& objects) const override {
    objects = 0;
    if (!file_exists(target.path)) return false;
    objects = static_cast<std::uint64_t>(db::single_integer(*db::open(target, db::OpenMode::ReadOnly), backup_sql_for(dialect_.name()).objects_query()));
    return true;
  }

  void restore(const ArchiveReader& archive, const Manifest& manifest, const db::Target& target, const Progress& progress) const override {
    const auto beside = extract(archive, manifest, target.path + std::string(unfinished_mark) + std::to_string(::getpid()), progress);
    if (const auto wrong = differences(*db::open(beside->target(), db::OpenMode::ReadWrite), dialect_, manifest); !wrong.empty()) throw Error("what was restored is not what was saved (" + wrong.front() + "); nothing was changed");
    put_in_place(beside->file(), target, progress);
  }

 private:
  void note_content(db::Connection& connection, Manifest& manifest, const Progress& progress) const {
    note_schema(connection, dialect_, manifest);
    const auto tables = connection.query(backup_sql_for(dialect_.name()).tables_query());
    for (const auto& row : tables.rows) {
      progress("counting rows", manifest.tables.size(), tables.rows.size());
      manifest.tables.push_back(facts_of(connection, dialect_, db::as_text(row.at(0))));
    }
  }

  /// The file of the backup at `path`, synced.
  std::unique_ptr<TrialFile> extract(const ArchiveReader& archive, const Manifest& manifest, const std::string& path, const Progress& progress) const {
    if (manifest.parts.size() != 1) throw Error("the manifest of the backup names no part or too many");
    const Part& part = manifest.parts.front();
    auto trial = std::make_unique<TrialFile>(manifest.engine, path);
    const Descriptor file(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
    if (file.value() < 0) throw FileError(path, std::string("cannot be written: ") + std::strerror(errno));
    std::uint64_t done = 0;
    archive.read(part, [&](std::string_view bytes) {
      done += bytes.size();
      progress("restoring", done, part.bytes);
      while (!bytes.empty()) {
        const ssize_t written = ::write(file.value(), bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) throw FileError(path, std::string("cannot be written: ") + std::strerror(errno));
        bytes.remove_prefix(static_cast<std::size_t>(written));
      }
    });
    if (::fsync(file.value()) != 0) throw FileError(path, std::string("cannot be written: ") + std::strerror(errno));
    return trial;
  }

  const Dialect& dialect_;
};

}  // namespace

std::unique_ptr<Store> file_store(const Dialect& dialect) { return std::make_unique<FileStore>(dialect); }

}  // namespace plumb::backup
