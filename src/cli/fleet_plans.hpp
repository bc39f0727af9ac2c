// cli/fleet_plans.hpp: the plans of a fleet: which of them may suit other databases, and those that were reviewed.
#pragma once

#include <string>
#include <vector>

#include "plan/plan.hpp"

namespace plumb::cli {

/// True when the plan is blocked by nothing but what another database in the same state need not have.
bool is_blocked_by_rows_alone(const plan::Plan& plan);

struct ReviewedPlan {
  std::string file;
  plan::Plan plan;
};

/// The plans of files and folders. Throws FileError, Error for one that may not run, UsageError where there is none.
std::vector<ReviewedPlan> reviewed_plans(const std::vector<std::string>& paths);

}  // namespace plumb::cli
