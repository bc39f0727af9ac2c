// diff/match_table.hpp: one declared table and its actual counterpart, merged into the table to reach. Pure.
#pragma once

#include <vector>

#include "diff/match.hpp"

namespace plumb::diff {

/// How a declared table is to be read (see Description).
struct Reading {
  bool is_complete = false;
  bool column_order_counts = false;
};

/// What stands still open in `desired` is filled from the options of the table alone: for a table that is new.
Table complete_new_table(Table desired, const MatchRules& rules);

/// The table to reach. `actual` carries the renames already; columns and objects of `actual` that the description
/// does not declare are kept or dropped as the language says. Undeclared columns are noted in `notices`.
/// `dropped_columns`: names that a `drop column` declares.
Table merge_table(const Table& actual, Table desired, const TableIntent& intent, const Schema& actual_schema,
                  const std::vector<std::string>& dropped_columns, const MatchRules& rules,
                  const Reading& reading, std::vector<Notice>& notices);

/// True when merging would give `actual` back: the quick answer for the many tables that did not change. False says
/// nothing.
bool is_as_declared(const Table& actual, const Table& desired, const MatchRules& rules, const Reading& reading);

/// The columns of a period: "`p` (`from`, `to`)".
std::vector<std::string> columns_of_period(std::string_view period, const sql::Lexis& lexis);

/// True when both keys say the same but for their names; an omitted list of referenced columns means the primary key.
/// `is_complete`: clauses that `b` does not say are not open.
bool same_foreign_key(const ForeignKey& a, const ForeignKey& b, const Schema& schema, bool is_complete = false);

}  // namespace plumb::diff
