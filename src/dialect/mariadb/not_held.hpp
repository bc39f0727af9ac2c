// dialect/mariadb/not_held.hpp: what SHOW CREATE TABLE prints that the model has no place for.
#pragma once

#include <string>
#include <vector>

#include "model/table.hpp"

namespace plumb::mariadb {

/// The table is written from the model and compared with what the server printed, word by word; white space, quotes,
/// comments, the order of clauses, words that change nothing and the counter of AUTO_INCREMENT do not count. Gives the words
/// that are missing then, sorted. Empty for a table that was not read from a server.
std::vector<std::string> not_held(const Table& table);

}  // namespace plumb::mariadb
