// What is planned for a difference, on each engine, as text. UPDATE_GOLDEN=1 rewrites the outputs in place.
#include <gtest/gtest.h>

#include "diff/fingerprint.hpp"
#include "language/load.hpp"
#include "plan/build.hpp"
#include "plan/document.hpp"
#include "plan/wording.hpp"
#include "unit/language/case_file.hpp"

namespace plumb::test {
namespace {

Description loaded(const std::string& name, const std::string& text) {
  std::vector<SourceText> sources;
  sources.emplace_back(name, text);
  language::Loaded result = language::load(std::move(sources));
  EXPECT_TRUE(result.description) << render(result.diagnostics, result.sources, false);
  return result.description.value_or(Description{});
}

/// The statements, and what was asked and noticed.
std::string planned(const Case& one, const std::string& engine) {
  const Dialect& dialect = dialect_for(engine);
  const Description actual = loaded("actual", one.section("actual"));
  const Description desired = loaded("desired", one.section("desired"));
  plan::Allowed allowed;
  if (const std::string words = one.section("allow"); !words.empty()) allowed.insert(words.substr(0, words.find('\n')));
  plan::Draft draft = plan::build(dialect.canonicalise(actual.schema), dialect.canonicalise(desired.schema), desired, dialect, allowed);
  plan::tell_suggestions(draft);
  std::string out = plan::to_sql(draft.plan);
  out = out.substr(out.find('\n') + 1);  // without the title
  for (const Step& step : draft.plan.steps) {
    for (const Question& question : step.questions) out += "-- asks: " + question.text + ": " + dialect.spell(question) + (question.blocks ? " (blocks)\n" : "\n");
    if (step.back.kind != BackKind::Nothing) out += "-- back from " + step.what.substr(0, step.what.find(": ")) + ": " + plan::back_in_words(step.back) + "\n";
    for (const Command& command : step.back.commands) {
      for (const std::string& statement : statements_of(command)) out += statement + ";\n";
    }
    for (const Risk& risk : step.risks) out += "-- risk: " + risk.text + (risk.declared ? " (declared)\n" : "\n");
    if (!step.compatibility.reason.empty()) out += "-- applications, " + step.what.substr(0, step.what.find(": ")) + ": " + step.compatibility.reason + "\n";
  }
  for (const auto& notice : draft.plan.notices) out += "-- notice: " + plan::notice_in_words(notice) + "\n";
  for (const auto& refusal : draft.plan.blocked) out += "-- blocked: " + refusal.text + "\n";
  return out;
}

TEST(GoldenPlans, AreAsTheCasesSay) {
  std::vector<Case> all = read_cases("plan");
  ASSERT_FALSE(all.empty());
  for (Case& one : all) {
    SCOPED_TRACE(one.path);
    for (const std::string engine : {"sqlite", "mariadb"}) {
      const std::string section = "plan " + engine;
      const std::string text = planned(one, engine);
      if (updates_golden()) {
        one.set_section(section, text);
        write_case(one);
      }
      EXPECT_EQ(text, one.section(section));
    }
  }
}

TEST(GoldenPlans, OfADescriptionAgainstItselfAreEmpty) {
  for (const Case& one : read_cases("plan")) {
    SCOPED_TRACE(one.path);
    const Description desired = loaded("desired", one.section("desired"));
    for (const auto& engine : dialect_names()) {
      const Dialect& dialect = dialect_for(engine);
      const CanonicalSchema state = dialect.canonicalise(desired.schema);
      EXPECT_TRUE(plan::build(state, state, desired, dialect, {}).plan.steps.empty()) << engine;
    }
  }
}

TEST(GoldenPlans, CanonicalFormsStayAsTheyAre) {
  for (const Case& one : read_cases("plan")) {
    const Description desired = loaded("desired", one.section("desired"));
    for (const auto& engine : dialect_names()) {
      const Dialect& dialect = dialect_for(engine);
      const CanonicalSchema once = dialect.canonicalise(desired.schema);
      EXPECT_EQ(dialect.canonicalise(once.schema()).schema(), once.schema()) << one.path << " on " << engine;
    }
  }
}

/// Knowing the state after each step is what resuming and going back rest on.
TEST(GoldenPlans, EffectsOfTheStepsLeadToTheTarget) {
  for (const Case& one : read_cases("plan")) {
    const Description actual = loaded("actual", one.section("actual"));
    const Description desired = loaded("desired", one.section("desired"));
    for (const auto& engine : dialect_names()) {
      const Dialect& dialect = dialect_for(engine);
      const CanonicalSchema start = dialect.canonicalise(actual.schema);
      const plan::Draft draft = plan::build(start, dialect.canonicalise(desired.schema), desired, dialect, {"destructive"});
      Schema state = start.schema();
      for (const Step& step : draft.plan.steps) carry_out(state, step.effect, dialect.match_rules());
      const auto lexis = dialect.match_rules().lexis;
      EXPECT_EQ(diff::dump(state, lexis), diff::dump(draft.match.target(), lexis)) << one.path << " on " << engine;
    }
  }
}

TEST(GoldenPlans, PatchOfTheChangesGivesTheTarget) {
  for (const Case& one : read_cases("plan")) {
    const Description actual = loaded("actual", one.section("actual"));
    const Description desired = loaded("desired", one.section("desired"));
    for (const auto& engine : dialect_names()) {
      const Dialect& dialect = dialect_for(engine);
      const plan::Draft draft = plan::build(dialect.canonicalise(actual.schema), dialect.canonicalise(desired.schema), desired, dialect, {});
      const Schema target = draft.match.target();
      EXPECT_EQ(diff::patch(draft.match.from(), diff::diff(draft.match.from(), target)), target) << one.path << " on " << engine;
    }
  }
}

}  // namespace
}  // namespace plumb::test
