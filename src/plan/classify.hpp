// plan/classify.hpp: which steps can lose something or fail on rows that stand, and what to ask the rows. Pure.
#pragma once

#include "dialect/dialect.hpp"
#include "dialect/step.hpp"
#include "diff/match.hpp"

namespace plumb::plan {

/// Adds risks and questions to a step. Names in questions are translated to those of the database as it is now.
void classify(Step& step, const PlanInput& input, const Dialect& dialect);

}  // namespace plumb::plan
