// tests/engine/history/kept_rows.hpp: the rows of a database before a migration, held against those after it.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "db/connection.hpp"

namespace plumb::test {

/// What a description says of names and values that change; everything else has to stay as it is.
struct ExpectedChanges {
  std::map<std::string, std::string> tables;   ///< old name -> new name
  std::map<std::string, std::string> columns;  ///< "column" or "new_table.column" -> new name
  std::set<std::string> dropped_tables;        ///< old names
  std::set<std::string> dropped_columns;       ///< "new_table.column"
  /// "column" or "new_table.column" -> what a NULL becomes; the row (old column names) may be asked.
  std::map<std::string, std::function<std::string(const std::map<std::string, std::string>&)>> backfilled;
};

/// One table: its columns and all its rows.
struct TableRows {
  std::vector<std::string> columns;
  std::vector<sql::Row> rows;
};

/// Every base table with its rows; without plumb's own.
std::map<std::string, TableRows> all_rows(db::Connection& connection);

/// Everything that is not as it was, one line each; empty when every row is kept value by value.
std::vector<std::string> lost_values(const std::map<std::string, TableRows>& before,
                                     const std::map<std::string, TableRows>& after,
                                     const ExpectedChanges& expected);

}  // namespace plumb::test
