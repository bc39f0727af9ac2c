// dialect/examples.hpp: rows in the way as people read them. Pure.
#pragma once

#include <string>
#include <vector>

#include "db/connection.hpp"

namespace plumb {

/// How many rows a plan or an error names.
inline constexpr unsigned most_examples = 5;

/// A query of Dialect::spell_rows, for as many rows as are named.
std::string examples_query(const std::string& rows_query);

/// Each row of such a query: "id=7, name='Ada'", "name='Ada' (3 rows)". Long values are cut, bytes are hexadecimal.
std::vector<std::string> examples_of(const db::ResultSet& rows);

}  // namespace plumb
