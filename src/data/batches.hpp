// data/batches.hpp: rows of one statement, written many at a time. For this folder alone.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "data/rows.hpp"
#include "db/connection.hpp"

namespace plumb::data {

/// Which row a statement writes, for messages.
struct WrittenRow {
  std::size_t table = 0;
  const MasterRow* row = nullptr;  ///< must live until its batch is written; null: only its place in the file is known
  std::size_t number = 0;          ///< then from 1
};

/// Rows that wait to be written by one statement. The places for their values are used again and again.
class Batch {
 public:
  /// Where the next row's values go; whatever stands there is of an earlier row.
  sql::Row& next(const WrittenRow& written);
  bool is_full() const;

 private:
  friend class Batches;
  std::string sql_;
  std::vector<sql::Row> rows_;
  std::vector<WrittenRow> written_;
  std::vector<sql::Row> sent_rows_;  ///< the engine is at work on them
  std::vector<WrittenRow> sent_;
  std::unique_ptr<db::PreparedStatement> statement_;
};

/// Writes rows together; when that fails, one by one, to tell which row it was. The next batch is made while the engine
/// writes one.
class Batches {
 public:
  using Place = std::function<std::string(const WrittenRow&)>;
  Batches(db::Connection& connection, Place place) : connection_(connection), place_(std::move(place)) {}

  Batch& of(const std::string& sql);
  void add(const std::string& sql, sql::Row values, const WrittenRow& written);
  /// Begins to write the batch. Throws DatabaseError that names the row, also one of the batch before.
  void send(Batch& batch);
  /// Waits for the batch that was sent. Throws DatabaseError that names the row.
  void settle();
  /// Writes all that waits. Throws DatabaseError that names the row.
  void flush();

 private:
  template <class Work>
  void naming_the_row(Batch& batch, Work work);
  void find_the_row(Batch& batch);

  db::Connection& connection_;
  Place place_;
  std::map<std::string, Batch> batches_;
  Batch* under_way_ = nullptr;
};

}  // namespace plumb::data
