// Plans held against policies: what is refused, what needs people.
#include "policy/judge.hpp"

#include <gtest/gtest.h>

#include "plan/approval.hpp"
#include "plan/document.hpp"

namespace plumb::policy {
namespace {

plan::Plan plan_with(Step step) {
  plan::Plan made;
  made.engine = "sqlite";
  made.steps.push_back(std::move(step));
  return made;
}

Step dropping(RiskKind kind, std::optional<std::uint64_t> answer) {
  Step step;
  step.symbol = StepSymbol::Drop;
  step.how = "drop";
  Question question;
  question.answer = answer;
  step.questions.push_back(question);
  step.risks.push_back(Risk{kind, "loses it", true, 0, Origin{"a.plumb", 3}});
  return step;
}

Policy refusing(const std::string& kind) {
  Policy policy;
  policy.name = "prod";
  policy.refuse.insert(kind);
  return policy;
}

Policy wanting_approval(const std::string& kind, std::uint32_t people = 1) {
  Policy policy;
  policy.name = "prod";
  policy.require_approval.insert(kind);
  policy.approvals = people;
  return policy;
}

TEST(Judge, RefusesWhatIsDeclaredAndPermitted) {
  plan::Plan plan = plan_with(dropping(RiskKind::DropTable, 5));
  plan.allowed.insert("destructive");
  const auto judgement = judge(plan, refusing("drop-table"));
  ASSERT_EQ(judgement.refused.size(), 1U);
  EXPECT_EQ(judgement.refused[0].code, "policy");
  EXPECT_EQ(judgement.refused[0].text, "the policy `prod` refuses it: step 1 is `drop-table`");
  EXPECT_EQ(judgement.refused[0].origin, (Origin{"a.plumb", 3}));
  EXPECT_EQ(judge(plan, refusing("destructive")).refused.size(), 1U);
  EXPECT_TRUE(judge(plan, refusing("drop-column")).refused.empty());
  EXPECT_TRUE(judge(plan, Policy{}).refused.empty());
}

TEST(Judge, TakesANarrowingThatFitsForNone) {
  EXPECT_TRUE(judge(plan_with(dropping(RiskKind::Narrow, 0)), refusing("narrow")).refused.empty());
  EXPECT_FALSE(judge(plan_with(dropping(RiskKind::Narrow, 1)), refusing("narrow")).refused.empty());
  EXPECT_FALSE(judge(plan_with(dropping(RiskKind::Narrow, std::nullopt)), refusing("narrow")).refused.empty()) << "nobody asked the rows";
  EXPECT_FALSE(judge(plan_with(dropping(RiskKind::DropTable, 0)), refusing("drop-table")).refused.empty()) << "an empty table goes, too";
}

TEST(Judge, KnowsTheOtherKindsOfSteps) {
  const auto is = [](const std::string& kind, const auto& change) {
    Step step;
    step.how = "alter";
    change(step);
    return !judge(plan_with(step), refusing(kind)).refused.empty();
  };
  EXPECT_TRUE(is("rebuild", [](Step& s) { s.how = "rebuild"; }));
  EXPECT_TRUE(is("rebuild", [](Step& s) { s.cost.algorithm = "copy"; }));
  EXPECT_TRUE(is("rebuild", [](Step& s) { s.cost.algorithm = "inplace"; }));
  EXPECT_TRUE(is("rebuild", [](Step&) {})) << "how the engine runs it is not known";
  EXPECT_FALSE(is("rebuild", [](Step& s) { s.cost.algorithm = "instant"; }));
  EXPECT_FALSE(is("rebuild", [](Step& s) { s.cost.algorithm = "nocopy"; }));
  EXPECT_TRUE(is("blocking", [](Step& s) { s.cost.lock = "writes"; }));
  EXPECT_FALSE(is("blocking", [](Step& s) { s.cost.lock = "moment"; }));
  EXPECT_TRUE(is("irreversible", [](Step& s) { s.back.kind = BackKind::None; }));
  EXPECT_TRUE(is("irreversible", [](Step& s) { s.back.kind = BackKind::Loses; }));
  EXPECT_FALSE(is("irreversible", [](Step& s) { s.back.kind = BackKind::Exact; }));
  EXPECT_TRUE(is("breaks-application", [](Step& s) { s.compatibility.old_application = false; }));
  EXPECT_FALSE(is("destructive", [](Step&) {}));
}

TEST(Judge, TakesAPlanThatWasNotRehearsedForOne) {
  plan::Plan plan = plan_with(Step{});
  EXPECT_FALSE(judge(plan, refusing("unrehearsed")).refused.empty());
  EXPECT_EQ(judge(plan, wanting_approval("unrehearsed")).approvals, 1U);
  plan.rehearsal.outcome = plan::Rehearsal::Outcome::Passed;
  EXPECT_TRUE(judge(plan, refusing("unrehearsed")).refused.empty());
  EXPECT_TRUE(judge(plan::Plan{}, refusing("unrehearsed")).refused.empty()) << "nothing to rehearse";
}

TEST(Judge, TakesAPlanWhoseWayBackFailedForIrreversible) {
  Step step;
  step.back.kind = BackKind::Exact;
  plan::Plan plan = plan_with(step);
  plan.rehearsal.outcome = plan::Rehearsal::Outcome::UpOnly;
  EXPECT_FALSE(judge(plan, refusing("irreversible")).refused.empty());
  EXPECT_EQ(judge(plan, wanting_approval("irreversible")).approvals, 1U);
  plan.rehearsal.outcome = plan::Rehearsal::Outcome::Passed;
  EXPECT_TRUE(judge(plan, refusing("irreversible")).refused.empty());
}

TEST(Judge, RefusesRebuildsOfLargeTables) {
  Policy policy;
  policy.name = "prod";
  policy.largest_rebuild_rows = 100;
  Step step;
  step.how = "rebuild";
  step.rows = 101;
  EXPECT_EQ(judge(plan_with(step), policy).refused.at(0).text, "the policy `prod` refuses it: step 1 writes 101 rows anew, and 100 are the limit");
  step.rows = 100;
  EXPECT_TRUE(judge(plan_with(step), policy).refused.empty());
  step.rows.reset();
  EXPECT_EQ(judge(plan_with(step), policy).refused.size(), 1U) << "what is not known may be too large";
  policy.largest_rebuild_rows.reset();
  policy.largest_rebuild_bytes = 1000;
  step.rows = 5;
  EXPECT_EQ(judge(plan_with(step), policy).refused.size(), 1U);
  policy.largest_rebuild_rows = 5;
  EXPECT_TRUE(judge(plan_with(step), policy).refused.empty()) << "the rows decide where the size is not known";
  policy.largest_rebuild_rows.reset();
  step.cost.bytes = 1000;
  EXPECT_TRUE(judge(plan_with(step), policy).refused.empty());
  step.cost.bytes = 1001;
  EXPECT_EQ(judge(plan_with(step), policy).refused.size(), 1U);
  step.how = "alter";
  EXPECT_EQ(judge(plan_with(step), policy).refused.size(), 1U) << "how the engine runs it is not known";
  step.cost.algorithm = "instant";
  EXPECT_TRUE(judge(plan_with(step), policy).refused.empty());
  step.cost.algorithm = "inplace";
  EXPECT_EQ(judge(plan_with(step), policy).refused.size(), 1U);
}

TEST(Judge, LetsAProgramWriteLargeTablesAnew) {
  Policy policy;
  policy.name = "prod";
  policy.largest_rebuild_rows = 100;
  Step step;
  step.how = "alter";
  step.cost.algorithm = "copy";
  step.rows = 101;
  Command guard;
  guard.kind = CommandKind::Guard;
  Command statement;
  statement.sql = "ALTER TABLE `t` FORCE";
  step.commands = {guard, statement};
  EXPECT_EQ(judge(plan_with(step), policy).refused.size(), 1U);
  step.commands[1].program = {"tool", "t", "FORCE"};
  EXPECT_TRUE(judge(plan_with(step), policy).refused.empty());
  step.commands.push_back(statement);
  EXPECT_EQ(judge(plan_with(step), policy).refused.size(), 1U) << "one statement is still the engine's";
}

TEST(Judge, KnowsThatATableOfThePlanIsEmpty) {
  Policy policy = refusing("rebuild");
  policy.largest_rebuild_rows = 100;
  plan::Plan plan;
  Step create;
  create.symbol = StepSymbol::Create;
  create.how = "create";
  create.touched.tables = {"t"};
  Step alter;
  alter.how = "alter";
  alter.table = "t";
  plan.steps = {create, alter};
  EXPECT_TRUE(judge(plan, policy).refused.empty());
  plan.steps.erase(plan.steps.begin());
  EXPECT_EQ(judge(plan, policy).refused.size(), 2U);
}

TEST(Judge, CountsThePeopleThatAPlanNeeds) {
  plan::Plan plan = plan_with(dropping(RiskKind::DropTable, 5));
  const Policy policy = wanting_approval("destructive", 2);
  put_under(plan, policy);
  EXPECT_EQ(plan.policy.name, "prod");
  EXPECT_EQ(plan.policy.fingerprint, fingerprint(policy));
  EXPECT_EQ(plan.policy.approvals, 2U);
  EXPECT_EQ(plan.policy.reasons, std::vector<std::string>{"step 1 is `destructive`"});
  EXPECT_TRUE(plan.blocked.empty());
  EXPECT_EQ(missing_approvals(plan, 2), "it needs the approval of 2 people and has none");
  plan::approve(plan, "Ada", "", "2026-11-21T10:00:00Z");
  EXPECT_EQ(missing_approvals(plan, 2), "it needs the approval of 2 people and has 1 (Ada)");
  plan::approve(plan, "Grace", "", "2026-11-21T10:05:00Z");
  EXPECT_EQ(missing_approvals(plan, 2), "");
  EXPECT_EQ(plan::broken_approval(plan), "");
}

TEST(Judge, BlocksAPlanThatIsMadeUnderAPolicyThatRefusesIt) {
  plan::Plan plan = plan_with(dropping(RiskKind::DropTable, 5));
  put_under(plan, refusing("drop-table"));
  ASSERT_EQ(plan.blocked.size(), 1U);
  EXPECT_EQ(plan.blocked[0].code, "policy");
  EXPECT_EQ(plan.policy.approvals, 0U);
}

TEST(Closed, SaysWhenTheNextWindowBegins) {
  Policy policy;
  policy.name = "prod";
  EXPECT_EQ(closed(policy, 0), "");
  policy.windows = read_window("sat 02:00-06:00");
  EXPECT_EQ(closed(policy, (4 * 24 + 13) * 60 + 10), "it is Fri 13:10 (UTC), outside of the windows of the policy `prod`; the next one begins Sat 02:00, in 12 hours 50 minutes");
  EXPECT_EQ(closed(policy, (5 * 24 + 3) * 60), "");
}

}  // namespace
}  // namespace plumb::policy
