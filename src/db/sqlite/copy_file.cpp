#include "db/copy_file.hpp"

#include <SQLiteCpp/SQLiteCpp.h>
#include <fmt/format.h>
#include <sqlite3.h>

#include <algorithm>
#include <chrono>
#include <fstream>
#include <optional>
#include <thread>
#include <vector>

#include "db/sqlite/errors.hpp"
#include "db/sqlite/open.hpp"
#include "support/error.hpp"

namespace plumb::db {
namespace {

using Clock = std::chrono::steady_clock;

constexpr int pages_a_step = 4000;
constexpr int default_busy_timeout_ms = 5000;
constexpr std::chrono::milliseconds pause_when_busy{10};
constexpr std::uint64_t bytes_a_read = 1U << 20U;

int busy_timeout_ms(const Target& target) {
  const auto found = target.parameters.find("busy-timeout");
  return found == target.parameters.end() ? default_busy_timeout_ms : std::stoi(found->second);
}

[[noreturn]] void fail(int code, const char* reason, const std::string& path) {
  throw DatabaseError(sqlite::error_kind(code, 0), "sqlite", code, fmt::format("database file `{}`: {} (sqlite error {})", path, reason, code));
}

[[noreturn]] void fail(const SQLite::Exception& error, const std::string& path) { fail(error.getExtendedErrorCode(), error.what(), path); }

/// Runs the copy to its end; a lock in its way is waited for as long as `patience` says.
void run(sqlite3_backup* backup, std::uint64_t page_size, int patience, const std::string& path, const CopyProgress& progress) {
  Clock::time_point waiting_since = Clock::now();
  for (;;) {
    const int code = sqlite3_backup_step(backup, pages_a_step);
    const auto total = static_cast<std::uint64_t>(sqlite3_backup_pagecount(backup));
    if (progress) progress((total - static_cast<std::uint64_t>(sqlite3_backup_remaining(backup))) * page_size, total * page_size);
    if (code == SQLITE_DONE) return;
    if (code == SQLITE_OK) {
      waiting_since = Clock::now();
      continue;
    }
    if (code != SQLITE_BUSY && code != SQLITE_LOCKED) fail(code, sqlite3_errstr(code), path);
    if (Clock::now() - waiting_since > std::chrono::milliseconds(patience)) {
      throw DatabaseError(DatabaseErrorKind::Locked, "sqlite", code, fmt::format("database file `{}` is locked: another process is using the database", path));
    }
    std::this_thread::sleep_for(pause_when_busy);
  }
}

/// A copy that is under way.
class Backup {
 public:
  /// Throws SQLite::Exception.
  Backup(SQLite::Database& into, sqlite3* from) : backup_(sqlite3_backup_init(into.getHandle(), "main", from, "main")) {
    if (backup_ == nullptr) throw SQLite::Exception(into.getHandle());
  }
  ~Backup() { sqlite3_backup_finish(backup_); }
  Backup(const Backup&) = delete;
  Backup& operator=(const Backup&) = delete;
  sqlite3_backup* handle() { return backup_; }

 private:
  sqlite3_backup* backup_;
};

std::uint64_t page_size_of(SQLite::Database& database) { return static_cast<std::uint64_t>(database.execAndGet("PRAGMA page_size").getInt64()); }

/// A file that no connection has open.
void read_copy(const std::string& path, const std::function<void(std::string_view)>& sink, const CopyProgress& progress) {
  std::ifstream file(path, std::ios::binary | std::ios::ate);
  const auto all = static_cast<std::uint64_t>(file.tellg());
  file.seekg(0);
  std::vector<char> buffer(bytes_a_read);
  std::uint64_t done = 0;
  while (done < all && file.read(buffer.data(), static_cast<std::streamsize>(std::min(all - done, bytes_a_read)))) {
    const auto count = static_cast<std::uint64_t>(file.gcount());
    sink({buffer.data(), count});
    done += count;
    if (progress) progress(done, all);
  }
  if (!file) throw FileError(path, "cannot be read");
}

}  // namespace

struct FileSnapshot::State {
  Target target;
  std::unique_ptr<Connection> connection;
  std::optional<Snapshot> moment;

  bool has_write_ahead_log() const { return as_text(*single_value(*connection, "PRAGMA journal_mode")) == "wal"; }
  std::uint64_t page_size() const { return static_cast<std::uint64_t>(single_integer(*connection, "PRAGMA page_size")); }

  /// Through the engine's own file: when another descriptor of it is closed, POSIX takes all locks of this process away.
  void read_file(const std::function<void(std::string_view)>& sink, const CopyProgress& progress) const {
    sqlite3_file* file = nullptr;
    const int found = sqlite3_file_control(sqlite::handle_of(*connection), "main", SQLITE_FCNTL_FILE_POINTER, static_cast<void*>(&file));
    if (found != SQLITE_OK || file->pMethods == nullptr) fail(found, "the file is not open", target.path);
    const std::uint64_t all = page_size() * static_cast<std::uint64_t>(single_integer(*connection, "PRAGMA page_count"));
    std::vector<char> buffer(bytes_a_read);
    for (std::uint64_t done = 0; done < all;) {
      const std::uint64_t count = std::min(all - done, bytes_a_read);
      const int code = file->pMethods->xRead(file, buffer.data(), static_cast<int>(count), static_cast<sqlite3_int64>(done));
      if (code != SQLITE_OK) fail(code, sqlite3_errstr(code), target.path);
      sink({buffer.data(), count});
      done += count;
      if (progress) progress(done, all);
    }
  }

  void copy(const std::string& path, const CopyProgress& progress) const {
    try {
      SQLite::Database into(path, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
      // nobody reads the file before it is whole
      into.exec("PRAGMA synchronous = OFF");
      into.exec("PRAGMA journal_mode = OFF");
      Backup backup(into, sqlite::handle_of(*connection));
      run(backup.handle(), page_size(), busy_timeout_ms(target), target.path, progress);
    } catch (const SQLite::Exception& error) {
      fail(error, path);
    }
  }
};

FileSnapshot::FileSnapshot(const Target& from) : state_(std::make_unique<State>()) {
  state_->target = from;
  state_->connection = open(from, OpenMode::ReadOnly);
  state_->moment.emplace(*state_->connection);
  state_->connection->query("SELECT count(*) FROM sqlite_schema");  // the first read begins it
}

FileSnapshot::~FileSnapshot() = default;

Connection& FileSnapshot::connection() { return *state_->connection; }

void FileSnapshot::read(const std::string& aside, const std::function<void(std::string_view)>& sink, const CopyProgress& progress) {
  if (!state_->has_write_ahead_log()) return state_->read_file(sink, progress);
  state_->copy(aside, [&](std::uint64_t, std::uint64_t all) {
    if (progress) progress(0, all);
  });
  read_copy(aside, sink, progress);
}

void copy_over(const std::string& path, const Target& into, const CopyProgress& progress) {
  try {
    SQLite::Database source(path, SQLite::OPEN_READONLY);
    SQLite::Database target(into.path, SQLite::OPEN_READWRITE, busy_timeout_ms(into));
    const std::uint64_t page_size = page_size_of(source);
    // a file in WAL mode cannot take another page size; with the same one it stays in that mode
    if (page_size_of(target) != page_size) {
      const std::string mode = target.execAndGet("PRAGMA journal_mode = DELETE").getString();
      if (mode != "delete") throw DatabaseError(DatabaseErrorKind::Locked, "sqlite", SQLITE_BUSY, fmt::format("database file `{}` is locked: another process is using the database", into.path));
    }
    Backup backup(target, source.getHandle());
    run(backup.handle(), page_size, busy_timeout_ms(into), into.path, progress);
  } catch (const SQLite::Exception& error) {
    fail(error, into.path);
  }
}

}  // namespace plumb::db
