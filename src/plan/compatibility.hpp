// plan/compatibility.hpp: whether the application made for the state before a plan, and the one made for the state after it, keep
// working while each step runs and after it. Pure. docs/phases.md says what "yes" means.
#pragma once

#include <vector>

#include "dialect/dialect.hpp"
#include "dialect/step.hpp"

namespace plumb::plan {

/// Fills `compatibility` of every step by its effect.
void judge_compatibility(std::vector<Step>& steps, const Schema& actual, const Dialect& dialect);

}  // namespace plumb::plan
