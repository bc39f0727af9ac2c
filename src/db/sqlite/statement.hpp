// db/sqlite/statement.hpp: one prepared statement of SQLite. SQLiteCpp hides the end of the parsed text,
// without which a second statement in one call would silently not run.
#pragma once

#include <sqlite3.h>

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "sql/value.hpp"

namespace plumb::db::sqlite {

/// Borrows the handle, owns the statement. Text of nothing but white space and comments is a statement that
/// does nothing. Every member throws DatabaseError.
class Statement {
 public:
  /// Throws also when the text holds more than one statement.
  Statement(sqlite3* handle, std::string_view sql, bool runs_often);
  std::vector<std::string> columns() const;
  /// One parameter for each `?`. The values must live until the statement was stepped to its end or reset.
  void bind(std::span<const sql::Value> parameters);
  /// True when there is a row.
  bool step();
  sql::Row row() const;
  /// The row into `out`, whose memory is used again.
  void read_row(sql::Row& out) const;
  void reset();
  /// To its beginning; what was bound stays bound, and must live until it is bound anew or reset.
  void rewind();
  const std::string& sql() const { return sql_; }

 private:
  struct Finalize {
    void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
  };
  void bind_one(int index, const sql::Value& value);

  sqlite3* handle_;
  std::string sql_;
  std::unique_ptr<sqlite3_stmt, Finalize> statement_;
};

}  // namespace plumb::db::sqlite
