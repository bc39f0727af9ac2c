// The published JSON Schema of plans fits every plan, and nothing that is none.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "language/load.hpp"
#include "plan/build.hpp"
#include "plan/document.hpp"
#include "plan/json_schema.hpp"
#include "support/file.hpp"
#include "support/scratch_folder.hpp"
#include "support/validate_json.hpp"
#include "unit/language/case_file.hpp"

namespace plumb::test {
namespace {

using Json = nlohmann::json;

std::string schema_file() { return std::string(PLUMB_SOURCE_DIR) + "/docs/schemas/plan-2.schema.json"; }

Description loaded(const std::string& name, const std::string& text) {
  std::vector<SourceText> sources;
  sources.emplace_back(name, text);
  return language::load(std::move(sources)).description.value_or(Description{});
}

plan::Plan planned(const Case& one, const Dialect& dialect) {
  const Description actual = loaded("actual.plumb", one.section("actual"));
  const Description desired = loaded("desired.plumb", one.section("desired"));
  plan::Draft draft = plan::build(dialect.canonicalise(actual.schema), dialect.canonicalise(desired.schema), desired, dialect, {});
  plan::tell_suggestions(draft);
  plan::assess(draft.plan);
  return draft.plan;
}

/// Every word of every list of words, and everything that may stand in a plan.
plan::Plan plan_with_everything() {
  plan::Plan plan;
  plan.schema = "shop";
  plan.engine = "mariadb";
  plan.engine_version = "10.11";
  plan.version_from = "1.0.0";
  plan.version_to = "1.1.0";
  plan.version_after = "1.0.0";
  plan.from = plan.to = plan.description = std::string(64, 'a');
  for (const std::string& word : plan::allow_words()) plan.allowed.insert(word);
  plan.rehearsal.outcome = plan::Rehearsal::Outcome::Passed;
  Step step;
  step.what = "table `t`";
  step.how = "alter";
  step.table = "t";
  step.table_before = "s";
  step.rows = 7;
  step.cost = {"inplace", "writes", 4096, 2};
  step.compatibility = {false, true, "the old one: it names `t.c`"};
  step.commands = {{CommandKind::Guard, "SELECT 0", "{n} in the way", "SELECT 1"}, {CommandKind::Session, "SET x = 1", {}}, {CommandKind::Fill, "UPDATE t SET a = 1", {}}};
  Command run_by_a_program{CommandKind::Statement, "ALTER TABLE t FORCE", {}};
  run_by_a_program.program = {"tool", "--alter", "FORCE", ""};
  step.commands.push_back(run_by_a_program);
  Command in_batches{CommandKind::Fill, "UPDATE t SET a = 1 WHERE id BETWEEN 1 AND 2", {}};
  in_batches.batches = Batches{"t", "id"};
  step.commands.push_back(in_batches);
  step.touched = {{"t"}, {"v"}, {"r"}, {"plumb_attic_1"}, std::string(64, 'b'), std::string(64, 'c')};
  step.aside = "plumb_attic_1";
  for (const auto kind : {RiskKind::DropTable, RiskKind::DropColumn, RiskKind::DropView, RiskKind::Narrow, RiskKind::RebuildOpaque}) step.risks.push_back({kind, "loses it", false, 0, Origin{"a.plumb", 3}});
  for (const auto kind : {QuestionKind::RowsIn, QuestionKind::NullsIn, QuestionKind::Violates, QuestionKind::Duplicates, QuestionKind::OrphansOf, QuestionKind::Answers}) {
    Question question;
    question.kind = kind;
    question.table = "t";
    question.columns = {"c"};
    question.seen_as = {{"c", "1"}};
    question.text = "rows of `t`";
    question.answer = 3;
    question.examples = {"id=1"};
    question.finds = "SELECT 1";
    if (kind == QuestionKind::OrphansOf) question.parent = "p";
    if (kind == QuestionKind::OrphansOf) question.parent_seen_as = {{"id", "2"}};
    step.questions.push_back(question);
  }
  step.questions.back().answer.reset();
  step.questions.back().examples.clear();
  step.questions.back().unanswered = "not answered within 1 second";
  step.remarks = {"a remark"};
  step.once = Once{"fill_names", "1.1.0", std::string(64, 'f'), true, false};
  for (const auto symbol : {StepSymbol::Create, StepSymbol::Change, StepSymbol::Rename, StepSymbol::Drop, StepSymbol::Data}) {
    for (const auto back : {BackKind::Nothing, BackKind::Exact, BackKind::Loses, BackKind::None}) {
      step.symbol = symbol;
      step.back = {back, {{CommandKind::Statement, "DROP TABLE t", {}}}, "all of it"};
      plan.steps.push_back(step);
    }
  }
  using diff::NoticeKind;
  for (const auto kind : {NoticeKind::HintUsed, NoticeKind::HintApplied, NoticeKind::HintUnused, NoticeKind::DidYouMean, NoticeKind::Undeclared, NoticeKind::Opaque, NoticeKind::NotCarriedOut}) plan.notices.push_back({kind, "a notice", {}});
  plan.assertions = {{"nobody is without a name", "SELECT 1", Origin{"a.plumb", 9}}};
  plan.blocked = {{"data-in-the-way", "rows", Origin{"a.plumb", 1}}};
  plan.policy = {"prod", std::string(64, 'd'), 2, {"step 1 is `narrow`"}};
  plan.approvals = {{"Ada", "", "2026-11-21T10:31:05Z", std::string(64, 'e')}};
  return plan;
}

class PlanSchema : public testing::Test {
 protected:
  std::string write(const std::string& name, const std::string& text) {
    write_file(folder_ / name, text);
    return folder_ / name;
  }
  /// Each is a plan with one thing wrong; all are held against the schema in one go.
  void expect_misfits(const std::vector<std::pair<std::string, Json>>& changed) {
    std::vector<std::string> files;
    for (const auto& [what, json] : changed) files.push_back(write("changed" + std::to_string(files.size()) + ".json", json.dump()));
    const std::string told = fit_schema(schema_file(), files).message();
    for (std::size_t i = 0; i < files.size(); ++i) EXPECT_NE(told.find(files[i] + ": "), std::string::npos) << changed[i].first;
  }

  ScratchFolder folder_;
};

TEST_F(PlanSchema, IsTheOneThatTheProgramPrints) { EXPECT_EQ(plan::json_schema(), read_file(schema_file())); }

TEST_F(PlanSchema, FitsTheGoldenPlans) {
  std::vector<std::string> documents;
  for (const Case& one : read_cases("plan")) {
    for (const auto& engine : dialect_names()) {
      documents.push_back(write(std::to_string(documents.size()) + ".json", plan::to_json(planned(one, dialect_for(engine)))));
    }
  }
  ASSERT_GT(documents.size(), 40U);
  EXPECT_TRUE(fit_schema(schema_file(), documents));
}

TEST_F(PlanSchema, KnowsEveryWord) {
  std::vector<std::string> documents;
  plan::Plan plan = plan_with_everything();
  using Outcome = plan::Rehearsal::Outcome;
  for (const auto outcome : {Outcome::NotDone, Outcome::Passed, Outcome::UpOnly, Outcome::Failed}) {
    plan.rehearsal.outcome = outcome;
    documents.push_back(write("o" + std::to_string(documents.size()) + ".json", plan::to_json(plan)));
  }
  for (const auto phase : {plan::Phase::Whole, plan::Phase::Expand, plan::Phase::Contract}) {
    plan.phase = phase;
    documents.push_back(write("p" + std::to_string(documents.size()) + ".json", plan::to_json(plan)));
  }
  plan::Plan empty;
  empty.schema = "x";
  empty.engine = "sqlite";
  documents.push_back(write("empty.json", plan::to_json(empty)));
  EXPECT_TRUE(fit_schema(schema_file(), documents));
}

TEST_F(PlanSchema, RefusesWhatIsNoPlan) {
  const Json whole = Json::parse(plan::to_json(plan_with_everything()));
  ASSERT_TRUE(fit_schema(schema_file(), {write("whole.json", whole.dump())}));
  const std::vector<std::pair<std::string, Json>> changes{
      {"/plan", 1}, {"/engine", "oracle"}, {"/phase", "half"}, {"/checksum", "abc"}, {"/steps", nullptr}, {"/further", 1}, {"/allowed/0", "anything"},
      {"/steps/0/symbol", "make"}, {"/steps/0/how", "magic"}, {"/steps/0/rows", -1}, {"/steps/0/rows", "7"}, {"/steps/0/further", true}, {"/steps/0/cost/lock", "some"}, {"/steps/0/cost/seconds", 1.5},
      {"/steps/0/commands/0/kind", "run"}, {"/steps/0/commands/1/finds", "SELECT 1"}, {"/steps/0/commands/1/program", Json::array({"tool"})}, {"/steps/0/back/kind", "maybe"}, {"/steps/0/touches/before", "xyz"},
      {"/steps/0/questions/0/kind", "guess"}, {"/steps/0/questions/0/parent", Json{{"table", "p"}, {"columns", Json::array()}}}, {"/steps/0/questions/0/examples", Json::array({"1", "2", "3", "4", "5", "6"})},
      {"/steps/0/questions/0/unanswered", "but it has an answer"}, {"/steps/0/risks/0/kind", "burn"}, {"/steps/0/risks/0/origin", Json{{"file", "a.plumb"}}}, {"/notices/0/kind", "rumour"}, {"/policy/approvals", -1},
      {"/approvals/0/at", "yesterday"}, {"/rehearsal/outcome", "fine"}};
  std::vector<std::pair<std::string, Json>> changed;
  for (const auto& [place, value] : changes) {
    changed.emplace_back(place + " = " + value.dump(), whole);
    changed.back().second[Json::json_pointer(place)] = value;
  }
  for (const auto& [field, value] : whole.items()) {
    if (field == "assertions") continue;  // most plans have none
    changed.emplace_back("without " + field, whole);
    changed.back().second.erase(field);
  }
  expect_misfits(changed);
}

}  // namespace
}  // namespace plumb::test
