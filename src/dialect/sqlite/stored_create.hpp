// dialect/sqlite/stored_create.hpp: one text of sqlite_schema.sql as the model's noun for it.
//
// What no pragma tells (CHECK, names of constraints, COLLATE, AUTOINCREMENT, expressions, ON CONFLICT,
// DEFERRABLE …) stands only there. The grammar understands a text completely or says where and why it does
// not; it never guesses.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <variant>

#include "model/schema.hpp"

namespace plumb::sqlite {

/// Where a stored text stopped making sense.
struct ParseProblem {
  std::size_t offset = 0;  ///< bytes from the beginning of the text
  std::string reason;      ///< "`foo` stands where `,` or `)` is expected"
};

/// A CREATE INDEX, not yet put to its table.
struct StoredIndex {
  std::string table;  ///< as written
  Index index;
};

/// A virtual table comes as Opaque.
using StoredObject = std::variant<Table, StoredIndex, View, Trigger, Opaque, ParseProblem>;

/// Takes a text of sqlite_schema.sql apart. Names come without quotes; expressions, queries and bodies as
/// written, comments included, an index's expressions without brackets around all of them. Any length and
/// depth of nesting; linear in time, no recursion.
///
/// A table: types are native, in lower case. The columns of a WITHOUT ROWID or STRICT table's primary key and
/// a rowid alias (a lone INTEGER PRIMARY KEY that is not DESC) are not nullable. A generated column that is NOT NULL has
/// these words in `extra`. Defaults are Expressions
/// that can stand behind DEFAULT; DEFAULT NULL is none. UNIQUE, PRIMARY KEY and REFERENCES of a column stand
/// where those of the table do; CHECKs stay with their column. An unnamed constraint has an empty generated
/// name; a name belongs to the constraint right behind it. ON CONFLICT ABORT, COLLATE BINARY, MATCH SIMPLE
/// and whatever does not defer a foreign key are the same as nothing. Source:
/// https://www.sqlite.org/lang_createtable.html and the engine's behaviour.
StoredObject parse_stored_create(std::string_view text);

/// The module of a CREATE VIRTUAL TABLE text; empty for any other.
std::string virtual_table_module(std::string_view text);

/// Puts an index to the columns that the table really has: their own spelling, no collation that the column
/// has itself, and what is no column (SQLite takes "missing" for a string) becomes an expression.
void settle_index(Index& index, const Table& table);

}  // namespace plumb::sqlite
