// data/work.hpp: what a sync will write, and what it will report. For this folder alone.
#pragma once

#include "data/differences.hpp"

namespace plumb::data {

struct TableWork {
  FreshRows fresh;                       ///< read from their file again
  std::vector<MasterRow> inserted;       ///< the others that are new
  std::vector<RowDifference> updated;    ///< also rows that are retired
  std::vector<StandingRow> deleted;
  std::unordered_set<std::string> left;  ///< keys of rows that differ and stay as they are
  bool is_passed_over = false;           ///< the mode leaves the whole table as it is
  RowIndex brought;                      ///< every whole row of the package, for the memory
  std::vector<RowHash> also_brought;     ///< rows that are left although they should go
  std::unordered_set<std::uint64_t> partial;  ///< keys of rows of the package that leave fields out …
  std::unordered_map<std::uint64_t, std::uint64_t> fields;  ///< … hash_of_fields() of them, for the memory …
  std::unordered_map<std::uint64_t, std::uint64_t> own;     ///< … and of those that stay as this database has them, by key: what was brought before
  bool in_package = false;               ///< and so is remembered
  std::uint64_t standing = 0;            ///< rows of the database before

  bool inserts() const { return !inserted.empty() || fresh.count > 0; }
  std::uint64_t rows_afterwards() const { return standing + inserted.size() + fresh.count - deleted.size(); }
  bool empty() const { return !inserts() && updated.empty() && deleted.empty(); }
};

struct Work {
  std::vector<TableWork> tables;  ///< in the order of MasterTables::tables
  Comparison comparison;
  bool empty() const;
};

/// The tables whose rows that only the database has may go.
InFull rows_needed(const MasterTables& tables, const SyncOptions& options);

/// Judges every difference (docs/master_data.md). Reads the schema and user tables where rows may go. Throws DatabaseError.
Work work_of(db::Connection& connection, const Dialect& dialect, const Package& package, const MasterTables& tables, const SeenTables& seen,
             Differences found, const SyncOptions& options, Problems& problems);

/// Which of these rows are referred to by rows of other than master tables: the reason, empty where none does.
std::vector<std::string> referred_by_users(db::Connection& connection, const Dialect& dialect, const MasterTables& tables, const std::string& name,
                                           std::size_t table, const std::vector<const sql::Row*>& rows);

}  // namespace plumb::data
