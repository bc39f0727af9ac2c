// plan/way_back.hpp: how each step of a plan is undone. Pure.
#pragma once

#include <vector>

#include "dialect/dialect.hpp"
#include "dialect/step.hpp"

namespace plumb::plan {

/// Fills `back` of every step that has none yet: the statements that lead from the state after the step to the one before it, as the
/// dialect would plan them. Undoing a plan is running them from the last step to the first.
void add_ways_back(std::vector<Step>& steps, const Schema& actual, const Description& description, const Dialect& dialect);

}  // namespace plumb::plan
