// dialect/sqlite/not_held.hpp: what a stored CREATE TABLE text says that the model has no place for.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "model/table.hpp"

namespace plumb::sqlite {

/// The text is written again from the model and both are compared word by word; white space, quotes, brackets, comments,
/// the case of letters, the order of clauses and words that change nothing (NULL, ASC, ON CONFLICT ABORT …) do not count.
/// Gives the words that are missing then, sorted: names of constraints that have none in the model, clauses that a later
/// one overrides. Empty for a table that was not read from a database.
std::vector<std::string> not_held(const Table& table);

/// The comments of a stored text as written, in their order.
std::vector<std::string> comments_of(std::string_view text);

}  // namespace plumb::sqlite
