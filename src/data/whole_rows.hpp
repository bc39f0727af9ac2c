// data/whole_rows.hpp: all rows of a table with their ids, out of one database and into another, as JSON Lines (docs/backup.md).
// Rows are never all in memory.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "db/connection.hpp"
#include "dialect/dialect.hpp"
#include "model/table.hpp"

namespace plumb::data {

/// What tells whether two tables hold the same rows, whatever the engine and the order.
struct RowsFacts {
  std::uint64_t rows = 0;
  std::string checksum;
  std::vector<std::string> beyond;  ///< columns with values that their type does not hold: longer texts, larger numbers (SQLite)
};

/// Gives every column that is not computed away, a row a line, in the order of the primary key, which is the same on every
/// engine. Throws DatabaseError, and what `sink` throws.
RowsFacts write_whole_rows(db::Connection& connection, const Dialect& dialect, const Table& table, const std::function<void(std::string_view)>& sink);

/// The facts alone.
RowsFacts facts_of_whole_rows(db::Connection& connection, const Dialect& dialect, const Table& table);

/// Inserts what write_whole_rows gave. Requires: a transaction around it; no triggers; references are not checked.
class RowLoader {
 public:
  /// `table` has the columns that the rows were written with. `same_engine`: values are taken as they are, else by the column's type.
  RowLoader(db::Connection& connection, const Dialect& dialect, const Table& table, bool same_engine);
  ~RowLoader();
  RowLoader(const RowLoader&) = delete;
  RowLoader& operator=(const RowLoader&) = delete;

  /// Lines, cut anywhere. Throws Error that names table, row and column for a value that cannot be taken, and DatabaseError.
  void take(std::string_view bytes);
  /// After the last line. Gives the facts that the table must have now.
  RowsFacts finish();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace plumb::data
