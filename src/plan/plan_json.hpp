// plan/plan_json.hpp: the way back from JSON, for this folder alone; others use read_plan.
#pragma once

#include <string_view>

#include "plan/plan.hpp"

namespace plumb::plan {

/// Throws Error with a sentence when the text is no plan.
Plan plan_from_json(std::string_view text);

}  // namespace plumb::plan
