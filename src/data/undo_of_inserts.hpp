// data/undo_of_inserts.hpp: the way back of new rows: many of them by one DELETE. For this folder alone.
#pragma once

#include <string>
#include <vector>

#include "data/batches.hpp"
#include "data/undo.hpp"
#include "data/work.hpp"

namespace plumb::data {

/// Rows that one DELETE takes away must not refer to each other: some engines look at each row by itself.
class UndoOfInserts {
 public:
  UndoOfInserts(const Dialect& dialect, const MasterTables& tables, UndoLog& log, Batches& batches) : dialect_(dialect), tables_(tables), log_(log), batches_(batches) {}

  /// A new row, found by its natural key; `columns` says which ones `values` are of.
  void add(std::size_t table, const std::vector<std::size_t>& columns, const sql::Row& values);
  /// Call before a row comes that may refer to one that was added.
  void flush();

 private:
  std::string condition(const MasterTable& table, const std::vector<std::size_t>& columns, const sql::Row& values) const;

  const Dialect& dialect_;
  const MasterTables& tables_;
  UndoLog& log_;
  Batches& batches_;
  std::size_t table_ = 0;
  std::vector<std::string> rows_;  ///< what finds each
};

}  // namespace plumb::data
