// data/work.hpp: what a sync will write, and what it will report. For this folder alone.
#pragma once

#include "data/differences.hpp"
#include "data/memory.hpp"

namespace plumb::data {

struct TableWork {
  std::vector<MasterRow> inserted;
  std::vector<RowDifference> updated;   ///< also rows that are retired
  std::vector<StandingRow> deleted;
  std::unordered_set<std::string> left;  ///< keys of rows that differ and stay as they are
};

struct Work {
  std::vector<TableWork> tables;  ///< in the order of MasterTables::tables
  Comparison comparison;
  std::vector<std::vector<RowHash>> brought;  ///< for the memory; empty: the table is not in the package
  std::vector<bool> in_package;
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
