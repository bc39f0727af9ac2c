// diff/merge_checks.hpp: declared checks and those that stand. Pure.
#pragma once

#include <vector>

#include "diff/match.hpp"

namespace plumb::diff {

/// The declared checks, each with the actual one's name and spelling where both mean the same. `actual` loses those used.
std::vector<Check> merge_checks(const std::vector<Check>& desired, std::vector<Check>& actual, const MatchRules& rules);

/// A check may stand on a column's line or in the table: where the same one stands elsewhere in the actual table, the
/// target has it there too.
void move_checks_to_where_they_are(Table& desired, const Table& actual, const MatchRules& rules);

}  // namespace plumb::diff
