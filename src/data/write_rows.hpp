// data/write_rows.hpp: writes what a comparison found. For this folder alone.
#pragma once

#include "data/differences.hpp"

namespace plumb::data {

/// Updates and inserts, many rows a round trip; ids are the database's choice, and `standing` learns them. A
/// row whose references do not stand yet waits; in a circle a nullable reference is left open and set
/// afterwards. Requires: an open transaction. Throws DatabaseError that names the row, and Error when a
/// circle cannot be broken.
void write_rows(db::Connection& connection, const Dialect& dialect, const std::string& folder,
                const MasterTables& tables, Rows& standing, const Package& package, const Differences& found);

/// Keeps every table but the master tables from being written while it lives. Where the engine cannot do that
/// itself, a trigger or a foreign key's action that could reach another table is refused before anything is
/// written.
class WriteGuard {
 public:
  /// Throws Error that names the trigger or the foreign key; DatabaseError.
  WriteGuard(db::Connection& connection, const Dialect& dialect, const MasterTables& tables,
             const Differences& found);
  ~WriteGuard();
  WriteGuard(const WriteGuard&) = delete;
  WriteGuard& operator=(const WriteGuard&) = delete;

 private:
  db::Connection& connection_;
};

}  // namespace plumb::data
