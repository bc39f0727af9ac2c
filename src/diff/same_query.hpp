// diff/same_query.hpp: whether two texts are the same query, as far as that shows without an engine. Pure.
#pragma once

#include <string_view>

#include "sql/tokens.hpp"

namespace plumb::diff {

/// True when the two differ only in what says nothing: how names are quoted, the table's name before the columns of the
/// only table, `AS x` behind a column `x`, INNER, OUTER and ASC, brackets around joins and their conditions, count(0) for
/// count(*). False says nothing: an engine may still print the two alike.
bool same_query(std::string_view a, const sql::Lexis& lexis_of_a, std::string_view b, const sql::Lexis& lexis_of_b);

}  // namespace plumb::diff
