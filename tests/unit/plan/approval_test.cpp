// Approvals are a part of a plan's bytes, and each is of that plan alone.
#include "plan/approval.hpp"

#include <gtest/gtest.h>

#include "plan/document.hpp"

namespace plumb::plan {
namespace {

Plan sample() {
  Plan plan;
  plan.schema = "shop";
  plan.engine = "sqlite";
  plan.engine_version = "3.40";
  plan.from = std::string(64, 'a');
  plan.to = std::string(64, 'b');
  Step step;
  step.what = "table `t`";
  step.how = "drop";
  step.commands = {{CommandKind::Statement, "DROP TABLE t", {}}};
  Question question;
  question.text = "rows of `t`, all lost";
  question.answer = 3;
  step.questions.push_back(question);
  step.risks = {Risk{RiskKind::DropTable, "loses the rows of `t`", true, 0, Origin{"s.plumb", 7}}};
  plan.steps.push_back(step);
  plan.policy = {"prod", std::string(64, 'd'), 2, {"step 1 is `drop-table`"}};
  return plan;
}

Plan approved() {
  Plan plan = sample();
  approve(plan, "Ada *Lovelace*", "seen | with <Grace>", "2026-11-21T10:31:05Z");
  return plan;
}

TEST(Approval, ComesBackFromBothForms) {
  for (const std::string& text : {to_markdown(approved()), to_json(approved())}) {
    const auto read = read_plan(text);
    ASSERT_TRUE(std::holds_alternative<Plan>(read)) << std::get<NotAPlan>(read).reason;
    const Plan& plan = std::get<Plan>(read);
    ASSERT_EQ(plan.approvals.size(), 1U);
    EXPECT_EQ(plan.approvals[0].by, "Ada *Lovelace*");
    EXPECT_EQ(plan.policy.approvals, 2U);
    EXPECT_EQ(plan.policy.reasons, std::vector<std::string>{"step 1 is `drop-table`"});
  }
}

TEST(Approval, StandsInTheDocumentAsPlainText) {
  const std::string text = to_markdown(approved());
  for (const std::string_view part : {"## Approvals\n\nMade under the policy `prod` (`dddddddddddd`). Needs the approval of 2 people: step 1 is `drop-table`.\n\n",
                                      "- **Ada \\*Lovelace\\***, 2026-11-21 10:31 UTC: seen \\| with \\<Grace\\>\n"}) {
    EXPECT_NE(text.find(part), std::string::npos) << part << "\nin\n" << text;
  }
}

TEST(Approval, IsOfThePlanWithoutApprovals) {
  Plan plan = approved();
  const std::string checksum = approved_checksum(sample());
  EXPECT_EQ(plan.approvals[0].checksum, checksum);
  approve(plan, "Grace", "", "2026-11-21T10:35:00Z");
  EXPECT_EQ(plan.approvals[1].checksum, checksum);
  EXPECT_EQ(broken_approval(plan), "");
}

TEST(Approval, OfAnotherPlanMakesAFileUnreadable) {
  Plan other = sample();
  other.steps[0].commands[0].sql = "DROP TABLE everything";
  other.approvals = approved().approvals;
  for (const std::string& text : {to_markdown(other), to_json(other)}) {
    const auto read = read_plan(text);
    ASSERT_TRUE(std::holds_alternative<NotAPlan>(read));
    EXPECT_TRUE(std::get<NotAPlan>(read).changed);
    EXPECT_EQ(std::get<NotAPlan>(read).reason, "the approval by Ada *Lovelace* is one of another plan");
  }
}

TEST(Approval, OfOnePersonCountsOnce) {
  Plan plan = sample();
  approve(plan, "Ada", "", "2026-11-21T10:31:05Z");
  approve(plan, "ADA", "again", "2026-11-21T10:32:05Z");
  EXPECT_TRUE(std::holds_alternative<NotAPlan>(read_plan(to_json(plan))));
}

TEST(Approval, WithAnyByteChangedIsRefused) {
  const std::string text = to_json(approved());
  for (std::size_t at = text.find("\"approvals\""); at < text.size(); ++at) {
    std::string changed = text;
    changed[at] = static_cast<char>(changed[at] == 'x' ? 'y' : 'x');
    EXPECT_TRUE(std::holds_alternative<NotAPlan>(read_plan(changed))) << "byte " << at;
  }
}

TEST(PlanSarif, PutsRisksAtTheLinesOfTheDescription) {
  Plan plan = sample();
  plan.notices = {{diff::NoticeKind::Undeclared, "table `x`", {}}};
  plan.blocked = {{"data-in-the-way", "step 1: rows", Origin{"s.plumb", 9}}, {"never-heard-of", "something else", {}}};
  const sarif::Log log = to_sarif(plan, "fallback.plumb");
  ASSERT_EQ(log.results.size(), 4U);
  EXPECT_EQ(log.results[0].rule, "data-in-the-way");
  EXPECT_EQ(log.results[0].level, Severity::Error);
  EXPECT_EQ(log.results[0].place->line, 9U);
  EXPECT_EQ(log.results[1].place->file, "fallback.plumb");
  EXPECT_EQ(log.results[1].place->line, 1U);
  EXPECT_EQ(log.results[2].rule, "drop-table");
  EXPECT_EQ(log.results[2].message, "step 1 loses the rows of `t` (3)");
  EXPECT_EQ(log.results[2].place->line, 7U);
  EXPECT_EQ(log.results[3].level, Severity::Note);
  for (const sarif::Result& result : log.results) {
    EXPECT_TRUE(std::any_of(log.rules.begin(), log.rules.end(), [&](const sarif::Rule& rule) { return rule.id == result.rule; })) << result.rule;
  }
}

TEST(PlanSarif, LeavesOutWhatTheRowsHaveShownToBeNone) {
  Plan plan = sample();
  plan.steps[0].questions[0].answer = 0;
  EXPECT_TRUE(to_sarif(plan, "f").results.empty());
}

}  // namespace
}  // namespace plumb::plan
