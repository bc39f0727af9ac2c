// db/mariadb/results.hpp: rows of the text protocol as values.
//
// The text protocol prints a FLOAT with six significant digits: where the exact value matters, select `f +
// 0e0` or CAST(f AS DOUBLE). DOUBLE comes back exactly.
#pragma once

#include <mysql.h>

#include <string_view>
#include <vector>

#include "db/connection.hpp"

namespace plumb::db::mariadb {

/// How the text of one column is read.
enum class Reading {
  Integer,  ///< int64; text where an unsigned number is beyond it
  Real,     ///< double
  Text,     ///< UTF-8: also DECIMAL, dates and times, ENUM, UUID
  Bytes,    ///< BINARY, BLOB, BIT, GEOMETRY
};

/// Source: https://mariadb.com/kb/en/result-set-packets/#field-types
std::vector<Reading> readings(MYSQL_RES* result);
std::vector<std::string> column_names(MYSQL_RES* result);
/// One row into `out`, whose memory is used again.
void read_row(MYSQL_ROW fields, const unsigned long* lengths, const std::vector<Reading>& readings,
              sql::Row& out);
/// All rows of a stored result.
ResultSet read_all(MYSQL_RES* result);

}  // namespace plumb::db::mariadb
