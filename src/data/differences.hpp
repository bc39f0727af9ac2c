// data/differences.hpp: a package held against a database. For this folder alone.
//
// Rows that are the same on both sides are told by their hashes and not held.
#pragma once

#include <cstdint>
#include <string>
#include <unordered_set>
#include <vector>

#include "data/package.hpp"
#include "data/row_hash.hpp"
#include "data/rows.hpp"

namespace plumb::data {

/// A row of the database, with the values as the engine gave them: columns, then address.
struct StandingRow {
  MasterRow row;
  sql::Row raw;
};

/// A row that both have, and the columns in which they differ.
struct RowDifference {
  MasterRow wanted;
  StandingRow standing;
  std::vector<std::size_t> columns;
};

struct TableDifference {
  std::vector<MasterRow> inserted;
  std::vector<RowDifference> updated;
  std::vector<StandingRow> only_target;     ///< in full, where they may be taken away
  std::vector<std::string> only_target_keys;  ///< else their keys, at most 10,000
  std::uint64_t only_target_count = 0;
  std::uint64_t unchanged = 0;
  std::uint64_t standing = 0;               ///< rows of the database
  std::vector<RowHash> wanted;              ///< of every whole row of the package, by key
  std::unordered_set<std::uint64_t> partial;  ///< keys of rows that leave fields out
  std::unordered_set<std::uint64_t> owners;   ///< details: keys of the owners whose lists the package holds
  bool in_package = false;
};

struct Differences {
  std::vector<TableDifference> tables;  ///< in the order of MasterTables::tables
  std::string database;                 ///< hash of the rows that stand
};

/// Which tables' rows that only the database has are wanted in full.
using InFull = std::vector<bool>;

/// Finds them, and whatever is wrong with both sides. A field that a row of the package leaves out differs from nothing, and
/// neither does a column that is `local` in a row that stands. Throws DatabaseError, FileError.
Differences differences(const Package& package, const MasterTables& tables, const DatabaseRows& rows, const Handles& handles, const InFull& in_full,
                        Problems& problems);

/// Adds a problem for every row that would be new, but whose natural key the database takes for that of
/// another row: `Ä` and `a` under utf8mb4_unicode_ci. The engine itself is asked. Throws DatabaseError.
void find_equal_keys(db::Connection& connection, const Dialect& dialect, const Package& package, const MasterTables& tables, const DatabaseRows& rows,
                     const Handles& handles, const Differences& found, Problems& problems);

/// The hash of the key that a reference names.
std::uint64_t key_hash(const Json& reference);

}  // namespace plumb::data
