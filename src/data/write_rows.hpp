// data/write_rows.hpp: writes what was judged. For this folder alone.
#pragma once

#include <chrono>
#include <vector>

#include "data/undo.hpp"
#include "data/work.hpp"

namespace plumb::data {

/// Updates, deletes and inserts, many rows a round trip; ids are the database's choice, and `handles` learns them. A
/// row whose references do not stand yet waits; in a circle a nullable reference is left open and set afterwards. A unique
/// value may move from one row to another. Requires: an open transaction. Throws DatabaseError that names the row, and Error
/// when a circle cannot be broken. Gives how long each table took.
std::vector<std::chrono::nanoseconds> write_rows(db::Connection& connection, const Dialect& dialect, const Package& package, const MasterTables& tables, const DatabaseRows& rows,
                Handles& handles, const Work& work, UndoLog& undo);

}  // namespace plumb::data
