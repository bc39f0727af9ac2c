// A plan written down, read back, tampered with.
#include "plan/document.hpp"

#include <gtest/gtest.h>

#include "plan/build.hpp"

namespace plumb::plan {
namespace {

Plan sample() {
  Plan plan;
  plan.schema = "shop";
  plan.engine = "sqlite";
  plan.engine_version = "3.40";
  plan.version_from = "0.4.0";
  plan.version_to = "0.5.0";
  plan.from = std::string(64, 'a');
  plan.to = std::string(64, 'b');
  plan.description = std::string(64, 'c');
  plan.allowed = {"narrow"};
  Step step;
  step.symbol = StepSymbol::Change;
  step.what = "table `a|b`: `+ größe`";
  step.how = "rebuild";
  step.table = "a|b";
  step.rows = 18230;
  step.commands = {{CommandKind::Guard, "SELECT 0", "{n} are in the way", "SELECT 1"}, {CommandKind::Statement, "CREATE TABLE \"t\" (x text DEFAULT '```')", {}}};
  Question question;
  question.kind = QuestionKind::OrphansOf;
  question.table = "a|b";
  question.columns = {"c"};
  question.parent = "d";
  question.parent_columns = {"e"};
  question.seen_as = {{"c", "coalesce(\"c\", 0)"}};
  question.parent_seen_as = {{"e", "\"e\" COLLATE NOCASE"}};
  question.text = "rows without `c`";
  question.blocks = true;
  question.advice = "say `backfill (…)`";
  question.answer = 3;
  question.examples = {"id=7, c='`'"};
  question.finds = "SELECT \"c\"\nFROM \"a|b\"";
  Question open = question;
  open.answer.reset();
  open.unanswered = "not answered within 1 second";
  step.questions = {question, open};
  step.risks = {Risk{RiskKind::Narrow, "may change values", false, -1, Origin{"s.plumb", 7}}};
  step.remarks = {"a remark"};
  step.back = {BackKind::Loses, {{CommandKind::Statement, "DROP TABLE \"t\"", {}}, {CommandKind::Statement, "CREATE TABLE \"u\" (x)", {}}, {CommandKind::Statement, "CREATE TABLE \"v\" (x)", {}}}, "the values of `x` do not come back"};
  step.cost = {"copy", "writes", 11'000'000, 2};
  step.compatibility = {false, true, "the old application still writes `x`"};
  plan.steps.push_back(step);
  plan.rehearsal = {Rehearsal::Outcome::UpOnly, "the way back loses a row"};
  plan.notices = {{diff::NoticeKind::Undeclared, "table `x`", {}}};
  return plan;
}

TEST(PlanDocument, ComesBackFromMarkdownAsTheSameBytes) {
  const std::string text = to_markdown(sample());
  const auto read = read_plan(text);
  ASSERT_TRUE(std::holds_alternative<Plan>(read)) << std::get<NotAPlan>(read).reason;
  EXPECT_EQ(to_markdown(std::get<Plan>(read)), text);
  EXPECT_EQ(to_json(std::get<Plan>(read)), to_json(sample()));
}

TEST(PlanDocument, ComesBackFromJsonAsTheSameBytes) {
  const std::string text = to_json(sample());
  const auto read = read_plan(text);
  ASSERT_TRUE(std::holds_alternative<Plan>(read)) << std::get<NotAPlan>(read).reason;
  EXPECT_EQ(to_json(std::get<Plan>(read)), text);
}

TEST(PlanDocument, WithAnyByteChangedIsRefused) {
  for (const std::string& text : {to_markdown(sample()), to_json(sample())}) {
    for (std::size_t at = 0; at < text.size(); ++at) {
      std::string changed = text;
      changed[at] = static_cast<char>(changed[at] == 'x' ? 'y' : 'x');
      EXPECT_TRUE(std::holds_alternative<NotAPlan>(read_plan(changed))) << "byte " << at << " of\n" << text.substr(at > 20 ? at - 20 : 0, 40);
    }
  }
}

TEST(PlanDocument, CutOffAnywhereIsRefused) {
  const std::string text = to_markdown(sample());
  for (std::size_t length = 0; length < text.size(); length += 7) {
    EXPECT_TRUE(std::holds_alternative<NotAPlan>(read_plan(text.substr(0, length)))) << length;
  }
}

TEST(PlanDocument, KeepsTableCellsWhole) {
  const std::string text = to_markdown(sample());
  EXPECT_NE(text.find("| table `a\\|b`: `+ größe` |"), std::string::npos) << text;
  EXPECT_NE(text.find("| 18,230 |"), std::string::npos);
}

TEST(PlanDocument, TellsCostApplicationsAndTheWayBack) {
  const std::string text = to_markdown(sample());
  for (const std::string_view part : {"rebuild, copy | 18,230 | writes wait | **no** | yes |", "- **Cost:** 11 MiB written anew, about 2 seconds.\n", "- **Applications:** the old application still writes `x`.\n",
                                      "- **Back:** the schema comes back; the values of `x` do not come back.\n  <details><summary>3 statements</summary>\n\n  ```sql\n  DROP TABLE",
                                      "Rehearsed up: equal; not down: the way back loses a row.", "**3**, for example `` id=7, c='`' ``. Must be 0."}) {
    EXPECT_NE(text.find(part), std::string::npos) << part << "\nin\n" << text;
  }
}

TEST(PlanDocument, KeepsTheQuotesOfSqlOnTheTerminal) {
  Plan plan = sample();
  plan.blocked = {{"data-in-the-way", "rows in `a|b`: **3**; they are found by `` SELECT `key` FROM `order` WHERE x ** 2 > 1 ``", {}}};
  const std::string text = to_text(plan, false);
  EXPECT_NE(text.find("rows in a|b: 3; they are found by SELECT `key` FROM `order` WHERE x ** 2 > 1\n"), std::string::npos) << text;
}

TEST(PlanDocument, FencesStatementsThatHoldFences) {
  EXPECT_NE(to_markdown(sample()).find("````sql\n"), std::string::npos);
}

TEST(Assess, BlocksWhatTheRowsForbid) {
  Plan plan = sample();
  assess(plan);
  ASSERT_EQ(plan.blocked.size(), 1U);
  EXPECT_EQ(plan.blocked[0].text, "step 1: rows without `c`: 3, for example `` id=7, c='`' ``; say `backfill (…)`; they are found by `SELECT \"c\" FROM \"a|b\"`");
}

TEST(Assess, BlocksALossThatNobodyPermits) {
  Plan plan = sample();
  plan.allowed.clear();
  plan.steps[0].questions[0].answer = 0;
  assess(plan);
  ASSERT_EQ(plan.blocked.size(), 1U);
  EXPECT_EQ(plan.blocked[0].code, "needs-permission");
}

TEST(Assess, LetsALossPassThatTheDescriptionDeclares) {
  Plan plan = sample();
  plan.allowed.clear();
  plan.steps[0].questions[0].answer = 0;
  plan.steps[0].risks[0].declared = true;
  assess(plan);
  EXPECT_TRUE(plan.blocked.empty());
}

}  // namespace
}  // namespace plumb::plan
