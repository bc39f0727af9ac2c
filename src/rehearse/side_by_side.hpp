// rehearse/side_by_side.hpp: which steps of a plan may run at once, so that they wait for the disk together. Pure.
#pragma once

#include <string>
#include <vector>

#include "dialect/dialect.hpp"
#include "plan/plan.hpp"

namespace plumb::rehearse {

enum class Direction { Up, Down };

/// For each step the name of its group: steps of one group follow one another, groups that stand next to each other may run at
/// once. Empty: the step runs by itself, after everything before it and before everything behind it. A step has a group when it
/// concerns one table and nothing else, and the engine commits every statement by itself.
std::vector<std::string> groups_of(const plan::Plan& plan, const Dialect& dialect, Direction direction);

}  // namespace plumb::rehearse
