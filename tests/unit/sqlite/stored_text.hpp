// stored_text.hpp: what SQLite stores of a script, so that the grammar is tested on the engine's own texts.
#pragma once

#include <string>
#include <string_view>

#include "dialect/sqlite/stored_create.hpp"

namespace plumb::sqlite {

/// Runs `script` in an empty database and gives the stored text of the object `name`. A script that the
/// engine refuses fails the test with the engine's message.
std::string stored_text(std::string_view script, std::string_view name = "t");

/// The object `name` of the script, read by the grammar; a text that is not understood fails the test.
Table table_of(std::string_view script, std::string_view name = "t");
Index index_of(std::string_view script, std::string_view name = "i");
View view_of(std::string_view script, std::string_view name = "v");
Trigger trigger_of(std::string_view script, std::string_view name = "r");

/// The first column of `CREATE TABLE t(<definition>)`, which the engine must accept.
Column column_of(std::string_view definition);

/// What a hand-written text is refused for; fails the test when it is not.
ParseProblem problem_of(std::string_view text);

}  // namespace plumb::sqlite
