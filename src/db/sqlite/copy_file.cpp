#include "db/copy_file.hpp"

#include <SQLiteCpp/Backup.h>
#include <SQLiteCpp/SQLiteCpp.h>
#include <fmt/format.h>
#include <sqlite3.h>

#include <chrono>
#include <thread>

#include "db/sqlite/errors.hpp"

namespace plumb::db {
namespace {

using Clock = std::chrono::steady_clock;

constexpr int pages_a_step = 4000;
constexpr int default_busy_timeout_ms = 5000;
constexpr std::chrono::milliseconds pause_when_busy{10};

int busy_timeout_ms(const Target& target) {
  const auto found = target.parameters.find("busy-timeout");
  return found == target.parameters.end() ? default_busy_timeout_ms : std::stoi(found->second);
}

[[noreturn]] void fail(const SQLite::Exception& error, const std::string& path) {
  const int code = error.getExtendedErrorCode();
  throw DatabaseError(sqlite::error_kind(code, 0), "sqlite", code, fmt::format("database file `{}`: {} (sqlite error {})", path, error.what(), code));
}

/// Runs the copy to its end; a lock in its way is waited for as long as `patience` says.
void run(SQLite::Backup& backup, std::uint64_t page_size, int patience, const std::string& path, const CopyProgress& progress) {
  Clock::time_point waiting_since = Clock::now();
  for (;;) {
    const int code = backup.executeStep(pages_a_step);
    const auto total = static_cast<std::uint64_t>(backup.getTotalPageCount());
    if (progress) progress((total - static_cast<std::uint64_t>(backup.getRemainingPageCount())) * page_size, total * page_size);
    if (code == SQLITE_DONE) return;
    if (code == SQLITE_OK) {
      waiting_since = Clock::now();
      continue;
    }
    if (Clock::now() - waiting_since > std::chrono::milliseconds(patience)) {
      throw DatabaseError(DatabaseErrorKind::Locked, "sqlite", code, fmt::format("database file `{}` is locked: another process is using the database", path));
    }
    std::this_thread::sleep_for(pause_when_busy);
  }
}

std::uint64_t page_size_of(SQLite::Database& database) { return static_cast<std::uint64_t>(database.execAndGet("PRAGMA page_size").getInt64()); }

}  // namespace

void copy_to_new_file(const Target& from, const std::string& path, const CopyProgress& progress) {
  std::string at_fault = from.path;
  try {
    SQLite::Database source(from.path, SQLite::OPEN_READONLY, busy_timeout_ms(from));
    // one read transaction around all steps: otherwise every write of others begins the copy anew
    source.exec("BEGIN");
    source.execAndGet("SELECT count(*) FROM sqlite_schema");
    const std::uint64_t page_size = page_size_of(source);
    at_fault = path;
    SQLite::Database copy(path, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
    // nobody reads the file before it is whole
    copy.exec("PRAGMA synchronous = OFF");
    copy.exec("PRAGMA journal_mode = OFF");
    SQLite::Backup backup(copy, source);
    run(backup, page_size, busy_timeout_ms(from), from.path, progress);
  } catch (const SQLite::Exception& error) {
    fail(error, at_fault);
  }
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
    SQLite::Backup backup(target, source);
    run(backup, page_size, busy_timeout_ms(into), into.path, progress);
  } catch (const SQLite::Exception& error) {
    fail(error, into.path);
  }
}

}  // namespace plumb::db
