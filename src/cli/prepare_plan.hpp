// cli/prepare_plan.hpp: plans that are to be run: made with everything that belongs into them, and held to the policy.
#pragma once

#include <string>

#include "cli/arguments.hpp"
#include "cli/session.hpp"
#include "plan/build.hpp"

namespace plumb::cli {

/// Makes the plan, tries it out, adds the master data of --data and puts it under the policy.
plan::Draft prepare_plan(const Arguments& arguments, const Session& session, const LiveState& live, const Description& description);

/// The master data is blocked, and the plan has data steps (`once`) that may change what blocks it: it can be compared when they have run.
bool data_waits_for_steps(const plan::Plan& plan);

/// A plan of the schema alone whose data steps a package's master data waits for: `deploy` brings it after them.
bool leaves_data_for_later(const plan::Plan& plan);

/// Why the policy here, or the one in the plan, does not let it run; empty when they do.
std::string held_back(const Arguments& arguments, const plan::Plan& plan);

/// A note on stderr where the plan was made under another policy than the one here.
void say_under_which_policy(const Arguments& arguments, const plan::Plan& plan);

}  // namespace plumb::cli
