#include "data/write_rows.hpp"

#include "data/writing.hpp"

namespace plumb::data {

/// Updates first: they may free a value of a unique index that a new row has. Then what goes, as far as nothing refers to
/// it, for the same reason.
std::vector<std::chrono::nanoseconds> write_rows(db::Connection& connection, const Dialect& dialect, const Package& package, const MasterTables& tables,
                                                 const DatabaseRows& rows, Handles& handles, const Work& work, UndoLog& undo) {
  Writing writing(connection, dialect, package, tables, rows, handles, work, undo);
  RowUpdates updates(writing);
  RowDeletes deletes(writing);
  RowInserts inserts(writing);
  for (const std::size_t index : tables.by_reference) updates.update(index);
  const auto waits = deletes.remove(tables.by_reference, true);
  inserts.insert();
  updates.update_the_rest();
  inserts.set_open();
  deletes.remove(waits, false);
  undo.flush();
  return std::move(writing.spent);
}

}  // namespace plumb::data
