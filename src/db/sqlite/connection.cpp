// The SQLite session: SQLiteCpp opens and closes it, statements run on its handle.
#include <SQLiteCpp/SQLiteCpp.h>
#include <fmt/format.h>
#include <sqlite3.h>

#include <chrono>
#include <exception>
#include <filesystem>
#include <utility>

#include "db/sqlite/errors.hpp"
#include "db/sqlite/open.hpp"
#include "db/sqlite/statement.hpp"
#include "db/sqlite/write_guard.hpp"
#include "support/text.hpp"

namespace plumb::db::sqlite {
namespace {

using Clock = std::chrono::steady_clock;

constexpr int default_busy_timeout_ms = 5000;
/// Steps of SQLite's machine between two looks at the clock: well below a millisecond.
constexpr int steps_between_looks = 4000;
constexpr std::chrono::milliseconds progress_interval{100};

/// Calls a function about ten times a second from SQLite's progress handler.
class Progress {
 public:
  explicit Progress(sqlite3* handle) : handle_(handle) {}
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  void set(std::function<bool()> callback) {
    callback_ = std::move(callback);
    last_ = Clock::now();
    install();
  }

  void limit(std::chrono::seconds longest) {
    longest_ = longest;
    install();
  }

  void statement_begins() {
    timed_out_ = false;
    if (longest_.count() != 0) begin_ = Clock::now();
  }

  /// Whether the statement was broken off because it took too long.
  bool timed_out() const { return timed_out_; }

  /// What the callback threw goes on here, outside of SQLite's C code.
  void rethrow() {
    if (thrown_) std::rethrow_exception(std::exchange(thrown_, nullptr));
  }

 private:
  static int look(void* self) { return static_cast<Progress*>(self)->go_on() ? 0 : 1; }

  void install() {
    if (callback_ || longest_.count() != 0) {
      sqlite3_progress_handler(handle_, steps_between_looks, &Progress::look, this);
    } else {
      sqlite3_progress_handler(handle_, 0, nullptr, nullptr);
    }
  }

  bool go_on() noexcept {
    const Clock::time_point now = Clock::now();
    if (longest_.count() != 0 && now - begin_ > longest_) {
      timed_out_ = true;
      return false;
    }
    if (!callback_ || now - last_ < progress_interval) return true;
    last_ = now;
    try {
      return callback_();
    } catch (...) {
      thrown_ = std::current_exception();
      return false;
    }
  }

  sqlite3* handle_;
  std::function<bool()> callback_;
  std::exception_ptr thrown_;
  Clock::time_point last_;
  std::chrono::seconds longest_{0};
  Clock::time_point begin_;  ///< of the running statement
  bool timed_out_ = false;
};

class SqliteConnection;

class SqlitePrepared final : public PreparedStatement {
 public:
  SqlitePrepared(SqliteConnection& connection, std::string_view sql);
  std::uint64_t execute(std::span<const sql::Value> parameters) override;
  std::uint64_t execute_many(std::span<const sql::Row> rows) override;

 private:
  SqliteConnection& connection_;
  Statement statement_;
};

class SqliteConnection final : public Connection {
 public:
  /// `file` is the target's path, or a URI of it.
  SqliteConnection(const Target& target, const std::string& file, int flags, int busy_timeout_ms)
      : database_(file, flags, busy_timeout_ms),
        path_(target.path),
        display_name_(target.display_name()),
        guard_(handle()),
        progress_(handle()) {
    sqlite3_extended_result_codes(handle(), 1);
  }

  std::string_view engine() const override { return "sqlite"; }
  std::string server_version() override { return sqlite3_libversion(); }
  std::string display_name() const override { return display_name_; }
  std::string database() const override { return path_; }

  ResultSet query(std::string_view sql) override {
    return guarded([&] {
      Statement statement(handle(), sql, false);
      ResultSet result;
      result.columns = statement.columns();
      while (statement.step()) result.rows.push_back(statement.row());
      return result;
    });
  }

  void for_each_row(std::string_view sql, const std::function<void(const sql::Row&)>& visit) override {
    guarded([&] {
      Statement statement(handle(), sql, false);
      sql::Row row;
      while (statement.step()) {
        statement.read_row(row);
        visit(row);
      }
    });
  }

  std::vector<ResultSet> query_all(std::span<const std::string> queries) override {
    std::vector<ResultSet> results;
    results.reserve(queries.size());
    for (const auto& sql : queries) results.push_back(query(sql));
    return results;
  }

  std::uint64_t execute(std::string_view sql) override {
    return guarded([&] {
      Statement statement(handle(), sql, false);
      return run(statement);
    });
  }

  std::unique_ptr<PreparedStatement> prepare(std::string_view sql) override {
    return guarded([&] { return std::make_unique<SqlitePrepared>(*this, sql); });
  }

  void begin() override { execute("BEGIN IMMEDIATE"); }
  /// The first read takes the snapshot (sqlite.org/lang_transaction.html).
  void begin_snapshot() override { execute("BEGIN DEFERRED"); }
  void let_go_of_tables() override {}  // a reader is in nobody's way but at a writer's commit
  void limit_time(std::chrono::seconds longest) override { progress_.limit(longest); }
  void commit() override { execute("COMMIT"); }
  void rollback() override {
    // SQLite has rolled back by itself after some errors (disk full, out of memory).
    if (sqlite3_get_autocommit(handle()) == 0) execute("ROLLBACK");
  }

  std::vector<std::string> warnings() override { return {}; }

  void on_progress(std::function<bool()> callback) override { progress_.set(std::move(callback)); }

  bool allow_writes_only_to(const std::optional<std::vector<std::string>>& writable) override {
    if (writable) {
      guard_.arm(*writable);
    } else {
      guard_.disarm();
    }
    return true;
  }

  sqlite3* handle() { return database_.getHandle(); }

  /// Runs the statement to its end; the number of rows that it changed itself (without those of triggers and
  /// foreign keys). DDL leaves sqlite3_changes() as it was, hence the look at the total.
  std::uint64_t run(Statement& statement) {
    const sqlite3_int64 before = sqlite3_total_changes64(handle());
    while (statement.step()) {
    }
    if (sqlite3_total_changes64(handle()) == before) return 0;
    return static_cast<std::uint64_t>(sqlite3_changes64(handle()));
  }

  /// Runs the work; a refusal by the guard and an exception of the progress callback take the place of
  /// SQLite's "not authorized" and "interrupted".
  template <class Work>
  auto guarded(Work work) -> decltype(work()) {
    progress_.statement_begins();
    try {
      return work();
    } catch (const DatabaseError& error) {
      progress_.rethrow();
      if (progress_.timed_out()) throw DatabaseError(DatabaseErrorKind::TimedOut, "sqlite", error.code(), "the statement took too long", error.sql());
      const std::string refusal = guard_.take_refusal();
      if (refusal.empty() || (error.code() & 0xFF) != SQLITE_AUTH) throw;
      throw DatabaseError(DatabaseErrorKind::AccessDenied, "sqlite", error.code(), refusal, error.sql());
    }
  }

 private:
  SQLite::Database database_;
  std::string path_;
  std::string display_name_;
  WriteGuard guard_;
  Progress progress_;
};

SqlitePrepared::SqlitePrepared(SqliteConnection& connection, std::string_view sql)
    : connection_(connection), statement_(connection.handle(), sql, true) {}

/// Also after a failure: the bound values belong to the caller, and a failed statement holds a lock.
struct ResetAtEnd {
  Statement& statement;
  ~ResetAtEnd() { statement.reset(); }
};

std::uint64_t SqlitePrepared::execute(std::span<const sql::Value> parameters) {
  return connection_.guarded([&] {
    const ResetAtEnd reset{statement_};
    statement_.bind(parameters);
    return connection_.run(statement_);
  });
}

std::uint64_t SqlitePrepared::execute_many(std::span<const sql::Row> rows) {
  return connection_.guarded([&] {
    const ResetAtEnd reset{statement_};
    std::uint64_t changed = 0;
    for (const sql::Row& row : rows) {
      statement_.bind(row);
      changed += connection_.run(statement_);
      statement_.rewind();
    }
    return changed;
  });
}

DatabaseError open_error(DatabaseErrorKind kind, int code, const std::string& path,
                         std::string_view problem) {
  return {kind, "sqlite", code, fmt::format("database file `{}`: {}", path, problem)};
}

int open_flags(OpenMode mode) {
  switch (mode) {
    case OpenMode::ReadOnly:
      return SQLite::OPEN_READONLY;
    case OpenMode::ReadWrite:
      return SQLite::OPEN_READWRITE;
    case OpenMode::CreateIfMissing:
      return SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE;
  }
  return SQLite::OPEN_READONLY;
}

int busy_timeout_ms(const Target& target) {
  const auto found = target.parameters.find("busy-timeout");
  return found == target.parameters.end() ? default_busy_timeout_ms : std::stoi(found->second);
}

void check_file(const std::string& path, OpenMode mode) {
  std::error_code problem;
  const auto status = std::filesystem::status(path, problem);
  if (std::filesystem::is_directory(status)) {
    throw open_error(DatabaseErrorKind::Connection, SQLITE_CANTOPEN, path,
                     "this is a folder, not a database file");
  }
  if (mode != OpenMode::CreateIfMissing && status.type() == std::filesystem::file_type::not_found) {
    throw open_error(DatabaseErrorKind::Connection, SQLITE_CANTOPEN, path, "no such file");
  }
}

std::unique_ptr<SqliteConnection> open_file(const Target& target, OpenMode mode, const std::string& uri = {}) {
  const bool in_memory = target.path == ":memory:";
  if (!in_memory) check_file(target.path, mode);
  const int way = in_memory ? SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE : open_flags(mode) | (uri.empty() ? 0 : SQLite::OPEN_URI);
  const int flags = way | SQLite::OPEN_NOMUTEX;  // one thread at a time has a session
  try {
    return std::make_unique<SqliteConnection>(target, uri.empty() ? target.path : uri, flags, busy_timeout_ms(target));
  } catch (const SQLite::Exception& error) {
    throw open_error(DatabaseErrorKind::Connection, error.getExtendedErrorCode(), target.path,
                     fmt::format("{} (sqlite error {})", error.what(), error.getExtendedErrorCode()));
  }
}

/// Opening reads nothing; the first look at the schema is what finds a file that is no database.
void check_readable(SqliteConnection& connection) {
  try {
    connection.query("SELECT 1 FROM sqlite_schema LIMIT 1");
  } catch (const DatabaseError& error) {
    throw open_error(error.kind(), error.code(), connection.database(), error.what());
  }
}

/// A file in WAL mode, closed in order, in a folder where SQLite cannot make the two files beside it: nobody who could write
/// it from here has it open. Source: https://www.sqlite.org/wal.html#read_only_databases
bool is_at_rest(const DatabaseError& error, const Target& target, OpenMode mode) {
  const int code = error.code() & 0xff;
  if (mode != OpenMode::ReadOnly || target.path == ":memory:" || (code != SQLITE_CANTOPEN && code != SQLITE_READONLY)) return false;
  std::error_code problem;
  const auto size = std::filesystem::file_size(target.path + "-wal", problem);
  return problem ? problem == std::errc::no_such_file_or_directory : size == 0;
}

std::unique_ptr<SqliteConnection> open_readable(const Target& target, OpenMode mode) {
  try {
    auto connection = open_file(target, mode);
    check_readable(*connection);
    return connection;
  } catch (const DatabaseError& error) {
    if (!is_at_rest(error, target, mode)) throw;
  }
  const std::string path = replace_all(replace_all(replace_all(target.path, "%", "%25"), "?", "%3f"), "#", "%23");
  auto connection = open_file(target, mode, "file:" + path + "?immutable=1");
  check_readable(*connection);
  return connection;
}

}  // namespace

sqlite3* handle_of(Connection& connection) { return dynamic_cast<SqliteConnection&>(connection).handle(); }

std::unique_ptr<Connection> open(const Target& target, OpenMode mode) {
  auto connection = open_readable(target, mode);
  if (mode == OpenMode::ReadOnly) {
    connection->execute("PRAGMA query_only = 1");
  } else if (sqlite3_db_readonly(connection->handle(), "main") == 1) {
    // SQLite opens a file that it may not write for reading, without a word.
    throw open_error(DatabaseErrorKind::ReadOnly, SQLITE_READONLY, target.path, "the file cannot be written");
  }
  return connection;
}

}  // namespace plumb::db::sqlite
