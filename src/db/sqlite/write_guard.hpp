// db/sqlite/write_guard.hpp: the authorizer that lets a session write to named tables only.
#pragma once

#include <sqlite3.h>

#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace plumb::db::sqlite {

/// While it is armed the engine refuses, when a statement is prepared, to write to any other table: directly,
/// by a trigger, by a foreign key's action, by ALTER or DROP. SQLite's own tables and temporary tables stay
/// writable. Source: https://www.sqlite.org/c3ref/set_authorizer.html
class WriteGuard {
 public:
  /// Borrows the handle.
  explicit WriteGuard(sqlite3* handle) : handle_(handle) {}
  WriteGuard(const WriteGuard&) = delete;
  WriteGuard& operator=(const WriteGuard&) = delete;
  void arm(const std::vector<std::string>& writable);
  void disarm();
  /// What was refused since the last call, as a sentence; empty: nothing.
  std::string take_refusal();

 private:
  static int authorize(void* self, int action, const char* first, const char* second, const char* database,
                       const char* trigger);
  int decide(int action, std::string_view first, std::string_view second, std::string_view database,
             std::string_view trigger);
  bool may_write(std::string_view table, std::string_view database) const;
  int refuse(std::string_view what, std::string_view table, std::string_view trigger);

  sqlite3* handle_;
  std::set<std::string, std::less<>> writable_;  ///< in lower case, as SQLite compares names
  std::string refusal_;
};

}  // namespace plumb::db::sqlite
