#include "cli/prepare_plan.hpp"

#include <algorithm>
#include <iostream>

#include "cli/clock.hpp"
#include "cli/data_part.hpp"
#include "policy/judge.hpp"
#include "probe/make_plan.hpp"

namespace plumb::cli {

plan::Draft prepare_plan(const Arguments& arguments, const Session& session, const LiveState& live, const Description& description) {
  plan::Draft draft = make_plan(*session.connection, *session.dialect, live, description, plan_options(arguments));
  rehearse_plan(arguments, session, live, draft.plan);
  if (!arguments.data.empty()) add_data_part(arguments, session, live.schema.schema(), description, draft);
  if (arguments.policy) policy::put_under(draft.plan, *arguments.policy);
  return draft;
}

namespace {

bool has_data_steps(const plan::Plan& plan) {
  return std::any_of(plan.steps.begin(), plan.steps.end(), [](const Step& step) { return step.once.has_value(); });
}

}  // namespace

bool data_waits_for_steps(const plan::Plan& plan) {
  return has_data_steps(plan) && std::any_of(plan.blocked.begin(), plan.blocked.end(), [](const auto& refusal) { return refusal.code == "master-data"; });
}

bool leaves_data_for_later(const plan::Plan& plan) {
  const auto brings_data = [](const Step& step) { return std::any_of(step.commands.begin(), step.commands.end(), [](const Command& command) { return command.kind == CommandKind::Sync; }); };
  return has_data_steps(plan) && std::none_of(plan.steps.begin(), plan.steps.end(), brings_data);
}

std::string held_back(const Arguments& arguments, const plan::Plan& plan) {
  if (arguments.policy) {
    const auto judgement = policy::judge(plan, *arguments.policy);
    if (!judgement.refused.empty()) return judgement.refused.front().text;
  }
  std::string missing = policy::missing_approvals(plan, needed_approvals(arguments, plan));
  if (!missing.empty()) return missing + "; `plumb approve FILE --by NAME` writes one into a saved plan";
  return arguments.policy && !arguments.policy->windows.empty() ? policy::closed(*arguments.policy, minute_of_week(arguments.policy->timezone)) : std::string();
}

void say_under_which_policy(const Arguments& arguments, const plan::Plan& plan) {
  if (arguments.quiet || plan.policy.name.empty()) return;
  if (arguments.policy && policy::fingerprint(*arguments.policy) == plan.policy.fingerprint) return;
  std::cerr << "note: the plan was made under the policy `" << plan.policy.name << "`; here it is held to " << (arguments.policy ? "`" + arguments.policy->name + "`, which is another one" : std::string("what that asked")) << "\n";
}

}  // namespace plumb::cli
