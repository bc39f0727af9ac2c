// dialect/sqlite/unqualified.hpp: expressions of a table without the table's name before its columns.
#pragma once

#include <string>
#include <string_view>

namespace plumb::sqlite {

/// A text of CREATE TABLE, a CHECK or the WHERE of a partial index without `table.` before the columns: there is one table that it can mean
/// (no subqueries: sqlite.org/lang_createtable.html#ckconst, sqlite.org/partialindex.html), and a copy of the table is called otherwise.
/// All else stays letter by letter. Computed columns and parts of an index cannot have it.
std::string unqualified(std::string_view sql);

}  // namespace plumb::sqlite
