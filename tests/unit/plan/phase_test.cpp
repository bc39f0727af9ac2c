// The two parts of a way, for every golden case: nobody notices the first, and both together are the whole.
#include <gtest/gtest.h>

#include <algorithm>

#include "diff/fingerprint.hpp"
#include "language/load.hpp"
#include "plan/build.hpp"
#include "plan/document.hpp"
#include "unit/language/case_file.hpp"

namespace plumb::test {
namespace {

Description loaded(const std::string& name, const std::string& text) {
  std::vector<SourceText> sources;
  sources.emplace_back(name, text);
  return language::load(std::move(sources)).description.value_or(Description{});
}

plan::Allowed allowed_in(const Case& one) {
  plan::Allowed allowed;
  if (const std::string words = one.section("allow"); !words.empty()) allowed.insert(words.substr(0, words.find('\n')));
  return allowed;
}

/// Columns in another order are no difference; a collation that is left open is the table's own.
std::string without_column_order(Schema schema, const Dialect& dialect) {
  for (auto& [name, table] : schema.tables) {
    std::sort(table.columns.begin(), table.columns.end(), [](const Column& a, const Column& b) { return a.name < b.name; });
    for (Column& column : table.columns) {
      if (column.collation == diff::inherited) column.collation.clear();
      if (column.charset == diff::inherited) column.charset.clear();
    }
  }
  return diff::dump(schema, dialect.match_rules().lexis);
}

void expect_two_parts_make_the_whole(const Case& one, const Dialect& dialect) {
  const CanonicalSchema actual = dialect.canonicalise(loaded("actual", one.section("actual")).schema);
  const Description description = loaded("desired", one.section("desired"));
  const CanonicalSchema desired = dialect.canonicalise(description.schema);
  const auto allowed = allowed_in(one);
  const plan::Draft whole = plan::build(actual, desired, description, dialect, allowed);
  const plan::Draft first = plan::build(actual, desired, description, dialect, allowed, {}, plan::Phase::Expand);
  for (const Step& step : first.plan.steps) EXPECT_TRUE(step.compatibility.old_application) << step.what << ": " << step.compatibility.reason;
  const CanonicalSchema between = dialect.canonicalise(first.match.target());
  const plan::Draft again = plan::build(between, desired, description, dialect, allowed, {}, plan::Phase::Expand);
  EXPECT_TRUE(again.plan.steps.empty()) << "the first part is not whole:\n" << plan::to_sql(again.plan);
  const plan::Draft second = plan::build(between, desired, description, dialect, allowed, {}, plan::Phase::Contract);
  EXPECT_EQ(second.plan.blocked.size(), whole.plan.blocked.size());
  EXPECT_EQ(without_column_order(second.match.target(), dialect), without_column_order(whole.match.target(), dialect)) << plan::to_sql(first.plan);
}

TEST(Phases, TwoPartsMakeTheWhole) {
  for (const Case& one : read_cases("plan")) {
    for (const auto& engine : dialect_names()) {
      SCOPED_TRACE(one.path + " on " + engine);
      expect_two_parts_make_the_whole(one, dialect_for(engine));
    }
  }
}

TEST(Phases, TheRestWaitsForTheFirstPart) {
  const Dialect& dialect = dialect_for("sqlite");
  const CanonicalSchema actual = dialect.canonicalise(loaded("actual", "table t {\n  id serial\n  a int\n}\n").schema);
  const Description description = loaded("desired", "table t {\n  id serial\n  b int?\n}\ndrop column t.a\n");
  const plan::Draft draft = plan::build(actual, dialect.canonicalise(description.schema), description, dialect, {}, {}, plan::Phase::Contract);
  ASSERT_EQ(draft.plan.blocked.size(), 1U);
  EXPECT_EQ(draft.plan.blocked.front().code, "expand-first");
}

}  // namespace
}  // namespace plumb::test
