// dialect/sqlite/render.hpp: objects of a canonical state as SQLite's SQL.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "model/schema.hpp"

namespace plumb::sqlite {

std::string quoted(std::string_view name);

/// One column as it stands in CREATE TABLE and after ADD COLUMN. `key` says that it is the table's only key column
/// and must carry PRIMARY KEY itself (AUTOINCREMENT is possible only there).
std::string column_definition(const Column& column, const PrimaryKey* key);
/// The table's primary key where it must stand on this column's own line: only there AUTOINCREMENT can be written, and only
/// there DESC keeps an INTEGER PRIMARY KEY from being the rowid (sqlite.org/lang_createtable.html#rowid). Else nullptr.
const PrimaryKey* key_of_column(const Table& table, const Column& column);
/// The primary key, UNIQUE, CHECK and FOREIGN KEY clauses of a table.
std::vector<std::string> constraint_lines(const Table& table);
/// " STRICT, WITHOUT ROWID", or nothing.
std::string options_text(const Table& table);

/// CREATE TABLE under another name, or its own when `name` is empty.
std::string create_table(const Table& table, std::string_view name = {});
std::string create_index(const Index& index, const std::string& table);
std::string create_view(const View& view);
std::string create_trigger(const Trigger& trigger);
/// One, or two where the name changes its case alone, which SQLite refuses to do at once.
std::vector<std::string> rename_table(const std::string& from, const std::string& to);
std::string rename_column(const std::string& table, const std::string& from, const std::string& to);

}  // namespace plumb::sqlite
