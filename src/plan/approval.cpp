#include "plan/approval.hpp"

#include <algorithm>

#include "plan/document.hpp"
#include "support/fingerprint.hpp"
#include "support/text.hpp"

namespace plumb::plan {

std::string approved_checksum(const Plan& plan) {
  Plan bare = plan;
  bare.approvals.clear();
  return sha256_hex(to_json(bare));
}

void approve(Plan& plan, const std::string& by, const std::string& note, const std::string& at) {
  plan.approvals.push_back({by, note, at, approved_checksum(plan)});
}

std::string broken_approval(const Plan& plan) {
  if (plan.approvals.empty()) return {};
  const std::string checksum = approved_checksum(plan);
  for (auto approval = plan.approvals.begin(); approval != plan.approvals.end(); ++approval) {
    if (approval->checksum != checksum) return "the approval by " + approval->by + " is one of another plan";
    const bool is_second = std::any_of(plan.approvals.begin(), approval, [&](const Approval& other) { return equal_ignoring_case(other.by, approval->by); });
    if (is_second) return approval->by + " has approved it twice";
  }
  return {};
}

}  // namespace plumb::plan
