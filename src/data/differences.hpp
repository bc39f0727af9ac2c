// data/differences.hpp: a package held against a database. For this folder alone.
//
// Rows that are the same on both sides are told by their hashes and not held.
#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "data/memory.hpp"
#include "data/package.hpp"
#include "data/row_index.hpp"
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

/// Rows that are new, whole, and that no sync has brought before: whatever the mode, they are inserted. There may be millions:
/// they are not held but read from their file again.
struct FreshRows {
  std::vector<bool> is_fresh;      ///< by their numbers in the file, from 1; those of details go on from one owner to the next
  std::uint64_t count = 0;
  std::uint64_t sum = 0;           ///< of their hashes
  std::vector<std::string> keys;   ///< of the first 10,000
  std::vector<std::uint64_t> forms;  ///< hashes of their keys' coarse forms (coarse_keys.hpp)
  bool all_plain = true;           ///< each of them has such a form
};

struct TableDifference {
  FreshRows fresh;
  std::vector<MasterRow> inserted;  ///< the others that are new
  std::vector<RowDifference> updated;
  std::vector<StandingRow> only_target;     ///< in full, where they may be taken away
  std::vector<std::string> only_target_keys;  ///< else their keys, at most 10,000
  std::uint64_t only_target_count = 0;
  std::uint64_t unchanged = 0;
  std::uint64_t standing = 0;               ///< rows of the database
  RowIndex wanted;                          ///< every whole row of the package
  std::unordered_set<std::uint64_t> partial;  ///< keys of rows that leave fields out
  std::unordered_map<std::uint64_t, std::uint64_t> fields;  ///< of these: hash_of_fields()
  std::unordered_set<std::uint64_t> owners;   ///< details: keys of the owners whose lists the package holds
  bool in_package = false;
  std::chrono::nanoseconds duration{};        ///< of comparing
  bool brought_before = false;                ///< a sync has brought this table …
  std::unordered_map<std::uint64_t, std::uint64_t> last;  ///< … and these of the rows that differ: the hash by the key's
};

struct Differences {
  std::vector<TableDifference> tables;  ///< in the order of MasterTables::tables
  std::string database;                 ///< hash of the rows that stand
  std::uint64_t raw = 0;                ///< the same of everything that was read, ids too
};

/// Which tables' rows that only the database has are wanted in full.
using InFull = std::vector<bool>;

/// Finds them, and whatever is wrong with both sides. A field that a row of the package leaves out differs from nothing, and
/// neither does a column that is `local` in a row that stands. Without a memory nothing counts as brought before. Throws
/// DatabaseError, FileError.
Differences differences(const Package& package, const MasterTables& tables, const DatabaseRows& rows, const Handles& handles, const InFull& in_full,
                        const Memory* memory, Problems& problems);

/// The hash of the rows that stand: Differences::raw.
std::uint64_t raw_state(const DatabaseRows& rows, std::size_t tables);

/// Adds a problem for every row that would be new, but whose natural key the database takes for that of
/// another row: `Ä` and `a` under utf8mb4_unicode_ci. The engine itself is asked. Lets go of FreshRows::forms. Throws
/// DatabaseError.
void find_equal_keys(db::Connection& connection, const Dialect& dialect, const Package& package, const MasterTables& tables, const DatabaseRows& rows,
                     const Handles& handles, Differences& found, Problems& problems);

/// Given a row that was read at a look; false: it is wanted whole.
using TakeQuick = std::function<bool(QuickRow& row, const RowText& text)>;

/// Reads the rows again that are fresh: at a look, where `quick` is given and that suffices. Throws FileError when the file is not
/// what it was.
void for_each_fresh(const Package& package, const MasterTables& tables, std::size_t table, const FreshRows& fresh,
                    const std::function<void(MasterRow)>& visit, const TakeQuick& quick);

/// A row's part in the sum of the hashes of all rows, which their order does not change.
std::uint64_t part_of_sum(std::uint64_t hash, std::size_t table);

/// The hash of the key that a reference names.
std::uint64_t key_hash(const Json& reference);

}  // namespace plumb::data
