// dialect/sqlite/cross_check.hpp: a schema as it was read, held against what the engine itself says of it.
#pragma once

#include <string>
#include <vector>

#include "db/connection.hpp"
#include "model/schema.hpp"

namespace plumb::sqlite {

/// Compares the tables of `schema`, which read_schema gave for this connection, with the engine's pragmas:
/// columns with type, NOT NULL, default, place in the key and kind of generation; STRICT and WITHOUT ROWID;
/// indexes with their parts, order and collation; foreign keys with their actions. One sentence for each
/// difference; none when the stored texts were understood as the engine understands them. A few milliseconds
/// for 100 tables. Throws DatabaseError. Source: https://www.sqlite.org/pragma.html
std::vector<std::string> cross_check(db::Connection& connection, const Schema& schema);

}  // namespace plumb::sqlite
