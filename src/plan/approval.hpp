// plan/approval.hpp: people's consent to exactly one plan.
#pragma once

#include <string>

#include "plan/plan.hpp"

namespace plumb::plan {

/// The checksum of the plan's JSON without any approvals: what an approval is for.
std::string approved_checksum(const Plan& plan);

/// Adds an approval. `at` is a time in UTC, "2026-11-21T10:31:05Z". Requires: nobody of that name has approved it.
void approve(Plan& plan, const std::string& by, const std::string& note, const std::string& at);

/// Why the approvals in the plan are none of it; empty when all are.
std::string broken_approval(const Plan& plan);

}  // namespace plumb::plan
