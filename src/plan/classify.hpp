// plan/classify.hpp: which steps can lose something or fail on rows that stand, and what to ask the rows. Pure.
#pragma once

#include <string_view>

#include "dialect/dialect.hpp"
#include "dialect/step.hpp"
#include "diff/match.hpp"

namespace plumb::plan {

/// Ends the text of a risk whose loss an earlier step of the plan keeps aside, so that the way back has it again.
inline constexpr std::string_view kept_aside = "is kept aside";

/// Adds risks and questions to a step. Names in questions are translated to those of the database as it is now.
void classify(Step& step, const PlanInput& input, const Dialect& dialect);

}  // namespace plumb::plan
