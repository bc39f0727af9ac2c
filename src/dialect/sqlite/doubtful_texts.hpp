// dialect/sqlite/doubtful_texts.hpp: texts that SQLite itself reads, or writes anew, whenever a column is renamed or dropped.
#pragma once

#include <set>
#include <string>
#include <string_view>

#include "model/schema.hpp"

namespace plumb::sqlite {

/// Everything in a schema that a word may be the name of, in lower case.
std::set<std::string, std::less<>> all_names(const Schema& schema);

/// A string in double quotes, which SQLite takes for one where no name fits (sqlite.org/quirks.html#dblquote): RENAME COLUMN and DROP
/// COLUMN write it with single quotes in every text of the schema.
bool has_double_quoted_string(std::string_view text, const std::set<std::string, std::less<>>& names);

/// CREATE TABLE and CREATE INDEX of the table.
bool has_double_quoted_string(const Table& table, const std::set<std::string, std::less<>>& names);

/// True where a string stands in double quotes somewhere, or a view or trigger is broken, which makes DROP COLUMN fail at any table: a
/// database in memory tells. The same input gives the same answer; a string too many does no harm.
bool has_doubtful_texts(const Schema& schema);

}  // namespace plumb::sqlite
