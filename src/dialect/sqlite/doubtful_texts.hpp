// dialect/sqlite/doubtful_texts.hpp: texts that SQLite itself reads, or writes anew, whenever a column is renamed or dropped.
#pragma once

#include <set>
#include <string>
#include <string_view>

#include "model/schema.hpp"

namespace plumb::sqlite {

/// In lower case.
using Names = std::set<std::string, std::less<>>;

/// As SQLite has it, or would have it.
std::string stored_text(const View& view);
std::string stored_text(const Trigger& trigger);

/// Every word of a text that is no string: all that it can name, and more.
Names words_of(const std::string& text);

/// Everything in a schema that a word may be the name of.
Names all_names(const Schema& schema);

/// A string in double quotes, which SQLite takes for one where no name fits (sqlite.org/quirks.html#dblquote): RENAME COLUMN and DROP
/// COLUMN write it with single quotes in every text of the schema.
bool has_double_quoted_string(std::string_view text, const Names& names);

/// CREATE TABLE and CREATE INDEX of the table.
bool has_double_quoted_string(const Table& table, const Names& names);

/// True where a string stands in double quotes somewhere, or a view or trigger is broken, which makes DROP COLUMN fail at any table: a
/// database in memory tells. The same input gives the same answer; a string too many does no harm.
bool has_doubtful_texts(const Schema& schema);

}  // namespace plumb::sqlite
