// db/connection.hpp: one open session with one database. The only folder that opens one.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "sql/value.hpp"

namespace plumb::db {

/// The rows of one query, all in memory.
struct ResultSet {
  std::vector<std::string> columns;
  std::vector<sql::Row> rows;
};

/// A prepared statement that runs many times. Must not outlive its connection.
class PreparedStatement {
 public:
  virtual ~PreparedStatement() = default;
  /// Runs the statement with these parameters; gives the number of rows that it changed.
  /// Throws DatabaseError.
  virtual std::uint64_t execute(std::span<const sql::Value> parameters) = 0;
  /// Runs the statement once for each row, in as few round trips as the engine allows (MariaDB: array
  /// binding); gives the number of changed rows. Requires: a transaction around it; when a row fails, which
  /// of the others were written is not said, and only the rollback makes it known. Throws DatabaseError.
  virtual std::uint64_t execute_many(std::span<const sql::Row> rows);
  /// Makes the rows ready for start_many(), while the engine may be at work on earlier ones. They must stay where and as they
  /// are until finish().
  virtual void load_many(std::span<const sql::Row> rows);
  /// As execute_many with the rows that were loaded, but comes back while the engine may still be at work (MariaDB). Whatever
  /// else is asked of the connection waits for it and throws what went wrong.
  virtual void start_many();
  /// Waits for what was started last; gives the number of changed rows. Throws DatabaseError.
  virtual std::uint64_t finish();

 protected:
  std::uint64_t changed_ = 0;  ///< by what was started

 private:
  std::span<const sql::Row> loaded_;
};

/// One open session. Not thread-safe. Closes itself; an open transaction is rolled back then.
/// Every member that talks to the engine throws DatabaseError.
class Connection {
 public:
  virtual ~Connection() = default;

  /// "sqlite" or "mariadb".
  virtual std::string_view engine() const = 0;
  /// The engine's version, "3.40.1" or "10.11.19-MariaDB…".
  virtual std::string server_version() = 0;
  /// The target as people may see it, never with a password.
  virtual std::string display_name() const = 0;
  /// The MariaDB database's name; the file's path for SQLite.
  virtual std::string database() const = 0;

  virtual ResultSet query(std::string_view sql) = 0;
  /// As query, but each row is given away as it comes and not kept.
  virtual void for_each_row(std::string_view sql, const std::function<void(const sql::Row&)>& visit) = 0;
  /// Runs several queries with as few round trips as the engine allows; results in the order of the queries.
  virtual std::vector<ResultSet> query_all(std::span<const std::string> queries) = 0;
  /// As query_all, but each result is given away, with the number of its query, while the engine works on the
  /// next ones. When it throws, some results may have been given away already.
  virtual void for_each_result(std::span<const std::string> queries,
                               const std::function<void(std::size_t, ResultSet)>& visit);
  /// Runs one statement; gives the number of rows it changed (0 for DDL).
  virtual std::uint64_t execute(std::string_view sql) = 0;
  virtual std::unique_ptr<PreparedStatement> prepare(std::string_view sql) = 0;

  /// Prefer Transaction. SQLite begins with BEGIN IMMEDIATE, so that the lock is held from here on.
  virtual void begin() = 0;
  /// When it fails (SQLite: a reader is in the way) the transaction is still open and may be committed again.
  virtual void commit() = 0;
  virtual void rollback() = 0;

  /// Prefer Snapshot. Begins a transaction that only reads, and always the same state; rollback() ends it.
  virtual void begin_snapshot() = 0;
  /// Inside of it: other clients may change the definitions of the tables that were read so far.
  virtual void let_go_of_tables() = 0;

  /// From here on a statement that runs longer is broken off (DatabaseErrorKind::TimedOut); 0: none is.
  virtual void limit_time(std::chrono::seconds longest) = 0;

  /// The literal default values of a table's columns, up to a zero byte in them, where the engine's SQL cannot tell
  /// them (MariaDB prints characters outside of the basic plane as question marks). A column without a default may
  /// be there with its type's own. Other engines give nothing.
  virtual std::map<std::string, std::string> exact_defaults(std::string_view table);

  /// MariaDB: SHOW WARNINGS of the last execute(), one line each; SQLite: nothing.
  virtual std::vector<std::string> warnings() = 0;

  /// Called about ten times a second while a statement runs, from the thread that runs it (SQLite) or another
  /// (MariaDB); returning false interrupts the statement. Pass nothing to switch it off.
  virtual void on_progress(std::function<bool()> callback) = 0;

  /// Refuses, in the engine itself, every write to a table that is not in `writable` until lifted by nullopt.
  /// Gives false where the engine cannot (MariaDB).
  virtual bool allow_writes_only_to(const std::optional<std::vector<std::string>>& writable) = 0;
};

/// A transaction that rolls back unless it was committed.
class Transaction {
 public:
  /// Begins. SQLite: BEGIN IMMEDIATE; MariaDB: START TRANSACTION.
  explicit Transaction(Connection& connection);
  ~Transaction();
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;
  void commit();

 private:
  Connection& connection_;
  bool open_ = true;
};

/// Reads one state of the database, whatever others write meanwhile, until it ends. Changes nothing.
class Snapshot {
 public:
  explicit Snapshot(Connection& connection);
  ~Snapshot();
  Snapshot(const Snapshot&) = delete;
  Snapshot& operator=(const Snapshot&) = delete;
  /// Call between two tables, so that a long reading does not keep others from changing what it has done with.
  void let_go_of_tables() { connection_.let_go_of_tables(); }

 private:
  Connection& connection_;
};

/// The single value of the first row and column, or nothing when there are no rows.
std::optional<sql::Value> single_value(Connection& connection, std::string_view sql);
/// The same as an integer; 0 when there is no row or it is NULL.
std::int64_t single_integer(Connection& connection, std::string_view sql);
/// A value as text; NULL gives an empty string.
std::string as_text(const sql::Value& value);

/// 0 where the value is no integer.
std::int64_t as_integer(const sql::Value& value);

}  // namespace plumb::db
