// data/differences.hpp: the rows of a folder held against the rows of a database. For this folder alone.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "data/master_data.hpp"
#include "data/package.hpp"

namespace plumb::data {

/// A row that both have, and the columns in which they differ.
struct RowDifference {
  const MasterRow* wanted = nullptr;
  const MasterRow* standing = nullptr;
  std::vector<std::size_t> columns;
};

struct TableDifference {
  std::vector<const MasterRow*> inserted;
  std::vector<RowDifference> updated;
  std::vector<const MasterRow*> only_target;
  std::uint64_t unchanged = 0;
};

/// Borrows the rows that it was made of.
struct Differences {
  std::vector<TableDifference> tables;  ///< in the order of MasterTables::tables
  std::vector<std::string> problems;

  bool empty() const;
};

/// Pure. A field that a row of the folder leaves out differs from nothing.
Differences differences(const std::string& folder, const MasterTables& tables, const Rows& standing,
                        const Package& package);

/// Adds a problem for every row that would be new, but whose natural key the database takes for that of
/// another row: `Ä` and `a` under utf8mb4_unicode_ci. The engine itself is asked. Throws DatabaseError.
void find_equal_keys(db::Connection& connection, const Dialect& dialect, const std::string& folder,
                     const MasterTables& tables, const Rows& standing, Differences& found);

/// The form in which it is shown.
Comparison comparison_of(const MasterTables& tables, const Differences& found);

}  // namespace plumb::data
