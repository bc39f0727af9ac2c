#include <unistd.h>

#include <filesystem>

#include "backup/facts.hpp"
#include "backup/temporary_file.hpp"
#include "desired/scratch_database.hpp"
#include "dialect/backup_sql.hpp"
#include "introspect/live_state.hpp"
#include "portable/load.hpp"
#include "portable/portable.hpp"
#include "support/error.hpp"

namespace plumb::portable {
namespace {

class Restoring {
 public:
  Restoring(const std::string& path, const backup::Progress& progress) : archive_(path), manifest_(backup::manifest_from_json(archive_.manifest())), progress_(progress) {}

  const backup::Manifest& manifest() const { return manifest_; }

  void into_file(const db::Target& target) {
    const backup::TemporaryFile file(target.path + std::string(backup::unfinished_mark) + std::to_string(::getpid()));
    load_file(target.engine, file);
    backup::put_in_place(file, target, progress_);
  }

  void try_file() { load_file(manifest_.engine, backup::TemporaryFile((std::filesystem::temp_directory_path() / ("plumb-trial-" + std::to_string(::getpid()))).string())); }

  void into_server(const db::Target& target) {
    const auto administrator = administrator_of(target);
    const BackupSql& sql = backup_sql_for(target.engine);
    const bool stands = db::single_integer(*administrator, sql.database_query(target.database)) == 1;
    const bool is_empty = !stands || backup::objects_in(target) == 0;
    const Options defaults = defaults_for(target, stands);
    if (!is_empty) try_server(target, defaults);
    if (!stands) run(*administrator, sql.create_database(target.database, defaults));
    else if (!is_empty) run(*administrator, sql.empty_database(target.database, defaults));
    try {
      load_server(target);
    } catch (...) {
      const auto again = administrator_of(target);
      run(*again, stands ? sql.empty_database(target.database, defaults) : std::vector<std::string>{"DROP DATABASE " + dialect_for(target.engine).quote(target.database)});
      throw;
    }
  }

  void try_server(const db::Target& server, const Options& defaults) {
    const auto scratch = desired::ScratchDatabase::on_mariadb(server, nullptr);
    db::Target target = server;
    target.database = scratch->name();
    run(*administrator_of(target), backup_sql_for(target.engine).empty_database(target.database, defaults));
    std::vector<std::string> notes;
    notes.swap(notes_);
    load_server(target);
    notes.swap(notes_);
  }

  std::vector<std::string> take_notes() { return std::move(notes_); }

 private:
  static std::unique_ptr<db::Connection> administrator_of(db::Target target) {
    target.database.clear();
    return db::open(target, db::OpenMode::ReadWrite);
  }

  static void run(db::Connection& connection, const std::vector<std::string>& statements) {
    for (const auto& statement : statements) connection.execute(statement);
  }

  /// Those of the database that was saved; else those that stand; else such that texts are compared by their bytes.
  Options defaults_for(const db::Target& target, bool stands) const {
    if (manifest_.engine == target.engine) return manifest_.defaults;
    if (!stands) return backup_sql_for(target.engine).plain_defaults();
    const auto connection = db::open(target, db::OpenMode::ReadOnly);
    const Dialect& dialect = dialect_for(target.engine);
    backup::Manifest now;
    backup::note_schema(*connection, dialect, introspect(*connection, dialect), now);
    return now.defaults;
  }

  void load_file(const std::string& engine, const backup::TemporaryFile& file) {
    db::Target target;
    target.engine = engine;
    target.path = file.path();
    const auto connection = db::open(target, db::OpenMode::CreateIfMissing);
    load(archive_, manifest_, *connection, dialect_for(engine), progress_, notes_);
  }

  void load_server(const db::Target& target) {
    const auto connection = db::open(target, db::OpenMode::ReadWrite);
    load(archive_, manifest_, *connection, dialect_for(target.engine), progress_, notes_);
  }

  backup::ArchiveReader archive_;
  backup::Manifest manifest_;
  const backup::Progress& progress_;
  std::vector<std::string> notes_;
};

bool lives_on_a_server(const std::string& engine) { return dialect_for(engine).capabilities().needs_server; }

}  // namespace

backup::Verdict verify(const std::string& path, const db::Target* server, const backup::Progress& progress) {
  backup::Verdict verdict = backup::check_bytes(path, progress);
  if (!verdict.problems.empty()) return verdict;
  Restoring restoring(path, progress);
  const backup::Manifest& manifest = restoring.manifest();
  if (lives_on_a_server(manifest.engine) && server == nullptr) throw UsageError("a backup of " + manifest.engine + " is tried out on a server: say --scratch URL or --db URL");
  try {
    if (lives_on_a_server(manifest.engine)) restoring.try_server(*server, manifest.defaults);
    else restoring.try_file();
  } catch (const Error& error) {
    verdict.problems.emplace_back(error.what());
  }
  return verdict;
}

std::vector<std::string> restore(const std::string& path, const db::Target& target, const backup::Progress& progress) {
  const backup::Verdict verdict = backup::check_bytes(path, progress);
  if (!verdict.problems.empty()) throw Error(verdict.problems.front());
  Restoring restoring(path, progress);
  if (lives_on_a_server(target.engine)) restoring.into_server(target);
  else restoring.into_file(target);
  return restoring.take_notes();
}

}  // namespace plumb::portable
