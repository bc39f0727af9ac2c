// plan/inverse.hpp: the plan that undoes another one. Pure.
#pragma once

#include <map>
#include <string>

#include "model/once_run.hpp"
#include "plan/plan.hpp"

namespace plumb::plan {

/// The ways back of the first `steps` steps of `plan`, the last one first. It begins at `plan.to`, or, when `steps` is not
/// all of them, at a state whose fingerprint the caller fills in. A step without a way back blocks it.
/// `runs`: the data steps that the database has run; an optional one that failed there has nothing to undo.
Plan inverse(const Plan& plan, std::size_t steps, const std::map<std::string, OnceRun>& runs = {});

}  // namespace plumb::plan
