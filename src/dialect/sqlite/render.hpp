// dialect/sqlite/render.hpp: objects of a canonical state as SQLite's SQL.
#pragma once

#include <string>
#include <string_view>

#include "model/schema.hpp"

namespace plumb::sqlite {

std::string quoted(std::string_view name);

/// One column as it stands in CREATE TABLE and after ADD COLUMN. `key` says that it is the table's only key column
/// and must carry PRIMARY KEY itself (AUTOINCREMENT is possible only there).
std::string column_definition(const Column& column, const PrimaryKey* key);

/// CREATE TABLE under another name, or its own when `name` is empty.
std::string create_table(const Table& table, std::string_view name = {});
std::string create_index(const Index& index, const std::string& table);
std::string create_view(const View& view);
std::string create_trigger(const Trigger& trigger);

}  // namespace plumb::sqlite
