// diff/foreign_key_indexes.hpp: the indexes that an engine demands for foreign keys. Pure.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "model/table.hpp"

namespace plumb::diff {

bool begins_with(const std::vector<IndexPart>& parts, const std::vector<std::string>& columns);

/// A unique key that is longer than an index may be is kept as hashes, and no foreign key can use it
/// (mariadb.com/kb/en/innodb-limitations).
using IsHashed = std::function<bool(const Table&, const Index&)>;

/// True when a key or an index of the table begins with these columns.
bool is_covered(const Table& table, const std::vector<std::string>& columns, const IsHashed& is_hashed);

/// Gives every foreign key the index that the engine demands: one that is there already where one fits, else the one
/// that the engine would make (mariadb.com/kb/en/foreign-keys: "the index will be created automatically").
void add_indexes_of_foreign_keys(Table& table, const std::vector<Index>& spare, const IsHashed& is_hashed);

}  // namespace plumb::diff
