// dialect/sqlite/stored_create_type.hpp: the declared type of a column as the engine understands it.
#pragma once

#include <string>
#include <string_view>

namespace plumb::sqlite::stored {

/// The end of the type that begins at `at`: names and strings, then perhaps one or two numbers in brackets;
/// blanks behind it are left. `at` itself: no type; nullptr: brackets that hold something else.
const char* type_end(const char* at, const char* end);

/// The text that SQLite keeps for a type written as `written`, which is what PRAGMA table_xinfo tells,
/// spelling and spaces unchanged: a GENERATED ALWAYS at the end belongs to the next clause, and of a quoted
/// type only what stands between the first pair of quotes counts.
std::string kept_type(std::string_view written);

/// A type for comparing: in lower case, one space between words and none around brackets and commas, no
/// comments.
std::string normal_type(std::string_view type);

/// The type to write in a CREATE TABLE so that the engine understands what it understood by `written`: the
/// normal type wherever that can be. A comment stays only where the engine, which looks for INT, CHAR, BLOB …
/// anywhere in the text, would see another type without it.
std::string type_to_write(std::string_view written);

}  // namespace plumb::sqlite::stored
