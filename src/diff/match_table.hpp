// diff/match_table.hpp: one declared table and its actual counterpart, merged into the table to reach. Pure.
#pragma once

#include <vector>

#include "diff/match.hpp"
#include "diff/reading.hpp"

namespace plumb::diff {

/// What stands still open in `desired` is filled from the options of the table alone: for a table that is new.
Table complete_new_table(Table desired, const MatchRules& rules);

struct BothSchemas {
  const Schema& actual;  ///< with the renames
  const Schema& desired;
};

/// The table to reach. `actual` carries the renames already; columns and objects of `actual` that the description
/// does not declare are kept or dropped as the language says. Undeclared columns are noted in `notices`.
/// `dropped_columns`: names that a `drop column` declares.
Table merge_table(const Table& actual, Table desired, const TableIntent& intent, const BothSchemas& schemas,
                  const std::vector<std::string>& dropped_columns, const MatchRules& rules,
                  const Reading& reading, std::vector<Notice>& notices);

}  // namespace plumb::diff
