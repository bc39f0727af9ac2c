// The laws of a way in two parts, on a live SQLite and a live MariaDB: an application made for the old state goes on after the first
// part, and both parts lead to where the whole way leads.
//
// PLUMB_LAW_SEEDS and PLUMB_LAW_FIRST as in live_laws_test.cpp.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <memory>

#include "apply/apply.hpp"
#include "db/target.hpp"
#include "diff/fingerprint.hpp"
#include "laws/random_description.hpp"
#include "laws/rows.hpp"
#include "plan/document.hpp"
#include "probe/make_plan.hpp"
#include "support/mariadb_server.hpp"
#include "support/text.hpp"

namespace plumb::test {
namespace {

std::uint64_t setting(const char* name, std::uint64_t otherwise) {
  const char* value = std::getenv(name);
  return value == nullptr ? otherwise : std::stoull(value);
}

plan::Draft planned(db::Connection& connection, const Dialect& dialect, const Description& description, plan::Phase phase) {
  PlanOptions options;
  options.always_fingerprint = true;
  options.phase = phase;
  return make_plan(connection, dialect, description, options);
}

void expect_applies(db::Connection& connection, const Dialect& dialect, const Description& description, plan::Phase phase, const std::string& what) {
  const plan::Draft draft = planned(connection, dialect, description, phase);
  ASSERT_TRUE(draft.plan.blocked.empty()) << what << ": " << draft.plan.blocked.front().text << "\n" << plan::to_sql(draft.plan);
  if (phase == plan::Phase::Expand) {
    for (const Step& step : draft.plan.steps) EXPECT_TRUE(step.compatibility.old_application) << what << ": " << step.what << ": " << step.compatibility.reason;
  }
  const apply::Result result = apply::apply(connection, dialect, draft.plan, {});
  ASSERT_EQ(result.outcome, apply::Outcome::Done) << what << ": " << result.message << "\n" << plan::to_sql(draft.plan) << "\n--- promised ---\n"
      << diff::dump(draft.match.target(), dialect.match_rules().lexis) << "\n--- found ---\n" << diff::dump(dialect.canonicalise(dialect.read(connection)).schema(), dialect.match_rules().lexis);
  const plan::Draft again = planned(connection, dialect, description, phase == plan::Phase::Contract ? plan::Phase::Whole : phase);
  EXPECT_TRUE(again.plan.steps.empty()) << what << ": planning again gives\n" << plan::to_sql(again.plan) << "\nafter\n" << plan::to_sql(draft.plan);
}

/// Writes what it wrote before, and reads every column that it knows.
void expect_the_old_application_works(db::Connection& connection, const Dialect& dialect, const Schema& schema, Chance& chance) {
  for (const auto& [name, table] : schema.tables) {
    EXPECT_NO_THROW(insert_rows(connection, dialect, table, 1, chance)) << name;
    std::vector<std::string> columns;
    for (const Column& column : table.columns) columns.push_back(dialect.quote(column.name));
    EXPECT_NO_THROW(connection.query("SELECT " + join(columns, ", ") + " FROM " + dialect.quote(name))) << name;
  }
  for (const auto& [name, view] : schema.views) EXPECT_NO_THROW(connection.query("SELECT * FROM " + dialect.quote(name))) << name;
}

/// Columns, indexes and checks in another order are no difference.
std::string state_of(db::Connection& connection, const Dialect& dialect) {
  Schema schema = dialect.canonicalise(dialect.read(connection)).schema();
  const auto by_name = [](const auto& a, const auto& b) { return a.name < b.name; };
  for (auto& [name, table] : schema.tables) {
    std::sort(table.columns.begin(), table.columns.end(), by_name);
    const auto by_text = [](const auto& a, const auto& b) { return a.name.text < b.name.text; };
    std::sort(table.indexes.begin(), table.indexes.end(), by_text);
    std::sort(table.foreign_keys.begin(), table.foreign_keys.end(), by_text);
    std::sort(table.checks.begin(), table.checks.end(), [](const Check& a, const Check& b) { return std::pair(a.name.text, a.expression.common) < std::pair(b.name.text, b.expression.common); });
  }
  return diff::dump(schema, dialect.match_rules().lexis);
}

void try_two_parts(db::Connection& connection, db::Connection& whole, const Dialect& dialect, std::uint64_t seed) {
  SCOPED_TRACE("seed " + std::to_string(seed));
  Chance chance(seed);
  const Description first = random_description(chance);
  for (db::Connection* each : {&connection, &whole}) expect_applies(*each, dialect, first, plan::Phase::Whole, "creating");
  if (testing::Test::HasFatalFailure()) return;
  insert_rows(connection, dialect, first.schema, chance);
  const Description second = random_edit(first, chance).description;
  expect_applies(whole, dialect, second, plan::Phase::Whole, "all at once");
  if (testing::Test::HasFatalFailure()) return;
  expect_applies(connection, dialect, second, plan::Phase::Expand, "expand");
  if (testing::Test::HasFatalFailure()) return;
  expect_the_old_application_works(connection, dialect, first.schema, chance);
  expect_applies(connection, dialect, second, plan::Phase::Contract, "contract");
  if (testing::Test::HasFatalFailure()) return;
  EXPECT_EQ(state_of(connection, dialect), state_of(whole, dialect));
}

constexpr std::uint64_t sqlite_pairs = 120;
constexpr std::uint64_t mariadb_pairs = 20;

TEST(PhaseLaws, TwoPartsMakeTheWholeOnSqlite) {
  const std::uint64_t first = setting("PLUMB_LAW_FIRST", 1);
  const auto fresh = [] { return db::open(db::parse_target("sqlite::memory:"), db::OpenMode::CreateIfMissing); };
  for (std::uint64_t seed = first; seed < first + setting("PLUMB_LAW_SEEDS", sqlite_pairs); ++seed) {
    try_two_parts(*fresh(), *fresh(), dialect_for("sqlite"), seed);
    if (HasFatalFailure() || HasNonfatalFailure()) return;
  }
}

using MariaDbPhaseLaws = MariaDbTest;

TEST_F(MariaDbPhaseLaws, TwoPartsMakeTheWholeOnMariaDb) {
  const std::uint64_t first = setting("PLUMB_LAW_FIRST", 1);
  for (std::uint64_t seed = first; seed < first + setting("PLUMB_LAW_SEEDS", mariadb_pairs); ++seed) {
    const FreshDatabase database = server().fresh_database("phase");
    const FreshDatabase other = server().fresh_database("phase");
    try_two_parts(*database.connect(), *other.connect(), dialect_for("mariadb"), seed);
    if (HasFatalFailure() || HasNonfatalFailure()) return;
  }
}

}  // namespace
}  // namespace plumb::test
