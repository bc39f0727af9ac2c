// data/undo.hpp: how a sync is undone: statements in an attic table, written while it runs. For this folder alone.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "db/connection.hpp"
#include "dialect/dialect.hpp"

namespace plumb::data {

/// Keeps statements in pieces of some hundred; the last one kept is the first one to be run.
class UndoLog {
 public:
  /// `aside` is the attic table; empty: nothing is kept.
  UndoLog(db::Connection& connection, const Dialect& dialect, std::string aside);

  bool is_kept() const { return !aside_.empty(); }
  /// add() for this table writes what was added before.
  bool is_full(const std::string& table) const;
  void add(const std::string& table, std::string statement);
  void flush();
  /// Lets go of what is not written yet, and of the numbers that a rolled-back savepoint took with it.
  void forget();

 private:
  db::Connection& connection_;
  std::string aside_;
  std::unique_ptr<db::PreparedStatement> insert_;
  std::string table_;
  std::vector<std::string> statements_;
  std::size_t bytes_ = 0;
  std::int64_t number_ = 0;
};

}  // namespace plumb::data
