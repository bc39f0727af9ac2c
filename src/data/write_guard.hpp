// data/write_guard.hpp: what keeps a sync from writing anything but master rows. For this folder alone.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "data/work.hpp"
#include "db/connection.hpp"
#include "dialect/dialect.hpp"

namespace plumb::data {

/// Keeps every other table from being written while it lives, where the engine itself can do that.
class WriteGuard {
 public:
  WriteGuard(db::Connection& connection, const std::vector<std::string>& tables);
  ~WriteGuard();
  WriteGuard(const WriteGuard&) = delete;
  WriteGuard& operator=(const WriteGuard&) = delete;
  bool is_the_engines() const { return is_the_engines_; }

 private:
  db::Connection& connection_;
  bool is_the_engines_;
};

/// Where the engine cannot: throws Error that names the trigger, or the foreign key that would follow a changed column,
/// by which rows of another table could be written.
void refuse_other_writers(db::Connection& connection, const Dialect& dialect, const MasterTables& tables, const Work& work);

/// Counts and hashes the rows of the tables that a foreign key's action could reach, and compares them afterwards: where the
/// engine cannot refuse writing them, and where rows are deleted, because an engine refuses the action itself, whether it
/// would find rows or not.
class ProtectedRows {
 public:
  ProtectedRows(db::Connection& connection, const Dialect& dialect, const std::vector<std::string>& written, bool deletes);
  /// The tables that it watches.
  std::vector<std::string> tables() const;
  /// Throws Error that names the table whose rows are not what they were.
  void check() const;

 private:
  std::pair<std::uint64_t, std::uint64_t> state_of(const std::string& table) const;

  db::Connection& connection_;
  const Dialect& dialect_;
  std::map<std::string, std::pair<std::uint64_t, std::uint64_t>> before_;  ///< number of rows and sum of their hashes
};

/// Timestamps in UTC while it lives.
class UtcSession {
 public:
  UtcSession(db::Connection& connection, const Dialect& dialect);
  ~UtcSession();
  UtcSession(const UtcSession&) = delete;
  UtcSession& operator=(const UtcSession&) = delete;

 private:
  db::Connection& connection_;
  std::vector<std::string> end_;
};

}  // namespace plumb::data
