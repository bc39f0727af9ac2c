// plan/largest_rebuild.hpp: large tables are not written anew by the way: that wants a permission, or a tool for it. Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "dialect/dialect.hpp"
#include "plan/plan.hpp"

namespace plumb::plan {

/// The largest table that a plan may write anew without further ado. Nothing set: any.
struct LargestRebuild {
  std::optional<std::uint64_t> rows;
  std::optional<std::uint64_t> bytes;
  bool is_set() const { return rows || bytes; }
};

/// "1000000" or "1000000 rows"; "500MB", "20GiB" (powers of 1024 either way). Nothing for another text.
std::optional<LargestRebuild> parse_largest_rebuild(std::string_view text);

/// True for a step that writes a table anew, or may: where it is not known how the engine runs an ALTER, it may be by a copy.
bool may_rebuild(const Step& step);

/// True for a step all of whose statements an `alter-wrapper` carries out.
bool is_left_to_a_program(const Step& step);

/// Statements that write a larger table anew are run through `wrapper`, a program and its arguments with `{table}` and `{alter}` in
/// them; where there is no wrapper, or it cannot run the statement, the plan is blocked unless `--allow slow` permits it.
/// Requires: rows are counted and costs found.
void limit_rebuilds(Plan& plan, const LargestRebuild& largest, const std::vector<std::string>& wrapper, const Dialect& dialect);

}  // namespace plumb::plan
