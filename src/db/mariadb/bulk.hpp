// db/mariadb/bulk.hpp: the parameters of many rows, laid out column by column for array binding.
#pragma once

#include <mysql.h>

#include <span>
#include <vector>

#include "sql/value.hpp"

namespace plumb::db::mariadb {

/// Takes rows from the front as long as each column keeps one type (NULL fits any) and the packet stays
/// bounded. Borrows the rows. Source: https://mariadb.com/kb/en/bulk-insert-column-wise-binding/
class BulkParameters {
 public:
  /// Requires: at least one row, each with `column_count` values.
  BulkParameters(std::span<const sql::Row> rows, std::size_t column_count);
  BulkParameters(const BulkParameters&) = delete;  // the bindings point into the columns
  BulkParameters& operator=(const BulkParameters&) = delete;
  BulkParameters(BulkParameters&&) = default;
  BulkParameters& operator=(BulkParameters&&) = default;
  ~BulkParameters() = default;
  std::size_t row_count() const { return row_count_; }
  MYSQL_BIND* binds() { return binds_.data(); }

 private:
  struct ColumnArrays {
    std::size_t kind = 0;  ///< index of the alternative of sql::Value; 0 while only NULLs were seen
    std::vector<std::int64_t> integers;
    std::vector<double> reals;
    std::vector<const char*> pointers;
    std::vector<unsigned long> lengths;
    std::vector<char> indicators;
    void reserve(std::size_t rows);
  };
  std::size_t countable_rows(std::span<const sql::Row> rows);
  void fill(ColumnArrays& arrays, std::span<const sql::Row> rows, std::size_t column) const;
  static MYSQL_BIND bind_of(ColumnArrays& arrays);

  std::vector<ColumnArrays> columns_;
  std::vector<MYSQL_BIND> binds_;
  std::size_t row_count_ = 0;
};

}  // namespace plumb::db::mariadb
