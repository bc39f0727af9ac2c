// policy/judge.hpp: a plan held against a policy. Pure.
#pragma once

#include <string>
#include <vector>

#include "plan/plan.hpp"
#include "policy/policy.hpp"

namespace plumb::policy {

struct Judgement {
  std::vector<diff::Refusal> refused;  ///< code "policy"
  std::uint32_t approvals = 0;         ///< how many people must have approved it; 0: nobody
  std::vector<std::string> reasons;    ///< why: "step 3 is `drop-table`"
};

Judgement judge(const plan::Plan& plan, const Policy& policy);

/// Writes into the plan under which policy it is made: what refuses it, and what it needs.
void put_under(plan::Plan& plan, const Policy& policy);

/// Why the approvals in the plan are not enough for `needed` people; empty when they are.
std::string missing_approvals(const plan::Plan& plan, std::uint32_t needed);

/// Why the policy lets nothing run at this minute of the week; empty when it does.
std::string closed(const Policy& policy, std::uint32_t minute);

}  // namespace plumb::policy
