#include "policy/judge.hpp"

#include <algorithm>
#include <iterator>
#include <set>

#include "plan/largest_rebuild.hpp"
#include "support/bytes.hpp"
#include "support/text.hpp"
#include "support/version.hpp"

namespace plumb::policy {
namespace {

/// A risk that the rows have shown to be none is none here either.
bool is_harmless(const Step& step, const Risk& risk) {
  if (risk.kind != RiskKind::Narrow || risk.decided_by < 0) return false;
  const auto& answer = step.questions.at(static_cast<std::size_t>(risk.decided_by)).answer;
  return answer && *answer == 0;
}

/// The kinds that a step has, `destructive` beside each that is.
Kinds kinds_of(const Step& step, bool is_rebuild) {
  Kinds found;
  for (const Risk& risk : step.risks) {
    if (is_harmless(step, risk)) continue;
    found.emplace(plan::risk_word(risk.kind));
    found.emplace("destructive");
  }
  if (is_rebuild) found.emplace("rebuild");
  if (step.cost.lock == "writes" || step.cost.lock == "all") found.emplace("blocking");
  if (step.back.kind == BackKind::None || step.back.kind == BackKind::Loses) found.emplace("irreversible");
  if (!step.compatibility.old_application) found.emplace("breaks-application");
  return found;
}

std::vector<std::string> shared(const Kinds& wanted, const Kinds& found) {
  std::vector<std::string> both;
  std::set_intersection(wanted.begin(), wanted.end(), found.begin(), found.end(), std::back_inserter(both));
  if (both.size() > 1) std::erase(both, "destructive");  // the narrower word says more
  return both;
}

bool is_rehearsed(const plan::Plan& plan) { return plan.rehearsal.outcome == plan::Rehearsal::Outcome::Passed || plan.rehearsal.outcome == plan::Rehearsal::Outcome::UpOnly; }

Origin origin_of(const Step& step) {
  for (const Risk& risk : step.risks) {
    if (!risk.origin.file.empty()) return risk.origin;
  }
  return {};
}

/// Why a rebuild is larger than the policy lets it be; empty when it is not. What is not known counts as too large, unless
/// a limit in rows has decided.
std::string too_large(const Step& step, const Policy& policy) {
  if (policy.largest_rebuild_rows) {
    if (!step.rows) return "writes a table anew whose rows were not counted";
    if (*step.rows > *policy.largest_rebuild_rows) return "writes " + counted(*step.rows, "row") + " anew, and " + grouped(*policy.largest_rebuild_rows) + " are the limit";
  }
  if (policy.largest_rebuild_bytes) {
    if (step.rows && *step.rows == 0) return {};
    if (!step.cost.bytes) return policy.largest_rebuild_rows ? std::string() : std::string("writes a table anew whose size is not known; a limit in rows (`largest-rebuild = \"1000000 rows\"`) can decide");
    if (*step.cost.bytes > *policy.largest_rebuild_bytes) return "writes " + bytes_in_words(*step.cost.bytes) + " anew, and " + bytes_in_words(*policy.largest_rebuild_bytes) + " are the limit";
  }
  return {};
}

class Judge {
 public:
  Judge(const plan::Plan& plan, const Policy& policy) : plan_(plan), policy_(policy) {}

  Judgement run() {
    for (const Step& step : plan_.steps) {
      ++number_;
      check(step);
    }
    if (const std::string why = out_of_sequence(); !why.empty()) refuse(why, {});
    const bool unrehearsed = !plan_.steps.empty() && !is_rehearsed(plan_);
    if (unrehearsed && policy_.refuse.contains("unrehearsed")) refuse("the plan has not been rehearsed", {});
    if (unrehearsed && policy_.require_approval.contains("unrehearsed")) out_.reasons.emplace_back("the plan has not been rehearsed");
    constexpr std::string_view no_way_back = "the way back did not lead back when it was rehearsed";
    const bool is_one_way = plan_.rehearsal.outcome == plan::Rehearsal::Outcome::UpOnly;
    if (is_one_way && policy_.refuse.contains("irreversible")) refuse(std::string(no_way_back), {});
    if (is_one_way && policy_.require_approval.contains("irreversible")) out_.reasons.emplace_back(no_way_back);
    if (!out_.reasons.empty()) out_.approvals = std::max<std::uint32_t>(policy_.approvals, 1);
    return std::move(out_);
  }

 private:
  /// Why the plan skips a version; empty when it does not. A database without a version begins anywhere.
  std::string out_of_sequence() const {
    if (!policy_.versions_in_sequence || plan_.version_from.empty()) return {};
    const bool stays = plan_.version_from == plan_.version_to && !is_older(plan_.version_from, plan_.version_after);  // an expand plan stays, and may skip a version all the same
    if (stays) return {};
    if (plan_.version_after.empty()) return "the description does not say after which version " + plan_.version_to + " comes (`schema … version " + plan_.version_to + " after " + plan_.version_from + "`)";
    if (plan_.version_after == plan_.version_from) return {};
    return "the database has version " + plan_.version_from + ", and " + (plan_.version_to == plan_.version_from ? std::string("the described one") : plan_.version_to) + " comes after " + plan_.version_after;
  }

  void check(const Step& step) {
    const bool is_rebuild = plan::may_rebuild(step) && !made_here_.contains(step.table);
    if (step.how == "create") made_here_.insert(step.touched.tables.begin(), step.touched.tables.end());
    const Kinds found = kinds_of(step, is_rebuild);
    const std::string where = "step " + std::to_string(number_);
    for (const std::string& kind : shared(policy_.refuse, found)) refuse(where + " is `" + kind + "`", origin_of(step));
    for (const std::string& kind : shared(policy_.require_approval, found)) out_.reasons.push_back(where + " is `" + kind + "`");
    if (!is_rebuild || plan::is_left_to_a_program(step)) return;
    if (const std::string why = too_large(step, policy_); !why.empty()) refuse(where + " " + why, origin_of(step));
  }

  void refuse(const std::string& why, const Origin& origin) {
    out_.refused.push_back({"policy", "the policy `" + policy_.name + "` refuses it: " + why, origin});
  }

  const plan::Plan& plan_;
  const Policy& policy_;
  std::size_t number_ = 0;
  std::set<std::string, std::less<>> made_here_;  ///< tables that the plan makes, which are empty
  Judgement out_;
};

}  // namespace

Judgement judge(const plan::Plan& plan, const Policy& policy) { return Judge(plan, policy).run(); }

void put_under(plan::Plan& plan, const Policy& policy) {
  Judgement judgement = judge(plan, policy);
  for (diff::Refusal& refusal : judgement.refused) plan.blocked.push_back(std::move(refusal));
  plan.policy = {policy.name, fingerprint(policy), judgement.approvals, std::move(judgement.reasons)};
}

std::string missing_approvals(const plan::Plan& plan, std::uint32_t needed) {
  if (plan.approvals.size() >= needed) return {};
  std::vector<std::string> names;
  for (const plan::Approval& approval : plan.approvals) names.push_back(approval.by);
  return "it needs the approval of " + counted(needed, "person", "people") + " and has " + (names.empty() ? std::string("none") : std::to_string(names.size()) + " (" + join(names, ", ") + ")");
}

std::string closed(const Policy& policy, std::uint32_t minute) {
  const auto wait = wait_for_open(policy.windows, minute);
  if (!wait || *wait == 0) return {};
  return "it is " + minute_in_words(minute) + " (" + policy.timezone + "), outside of the windows of the policy `" + policy.name + "`; the next one begins " + minute_in_words(minute + *wait) + ", in " + duration_in_words(*wait);
}

}  // namespace plumb::policy
