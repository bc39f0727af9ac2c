// A deployment that makes and drops sequences is cut off: these are told before from after like tables.
#include <gtest/gtest.h>

#include "apply/apply.hpp"
#include "faults.hpp"
#include "faulty_connection.hpp"
#include "plan/document.hpp"
#include "probe/make_plan.hpp"
#include "support/error.hpp"
#include "support/mariadb_server.hpp"

namespace plumb::test {
namespace {

/// A plan that makes one sequence, with a table that asks it, and drops another one: known by the names alone.
plan::Plan plan_for_sequences(db::Connection& connection, const Schema& wanted, const Dialect& dialect) {
  Description described;
  described.schema = wanted;
  described.is_complete = true;
  PlanOptions options;
  options.allowed = {"drop-table"};
  const plan::Draft draft = make_plan(connection, dialect, described, options);
  if (!draft.plan.blocked.empty()) throw Error(draft.plan.blocked.front().text);
  return std::get<plan::Plan>(plan::read_plan(plan::to_json(draft.plan)));
}

using MariaDbSequences = MariaDbTest;

TEST_F(MariaDbSequences, KillingTheToolAtASequenceLosesNothing) {
  const Dialect& dialect = dialect_for("mariadb");
  const auto run = [](db::Connection& session, const std::vector<const char*>& statements) {
    for (const char* sql : statements) session.execute(sql);
  };
  const std::vector<const char*> old_ones{"CREATE SEQUENCE leaving START WITH 7 INCREMENT BY 3", "CREATE SEQUENCE staying"};
  const FreshDatabase wanted = server().fresh_database("wanted");
  run(*wanted.connect(), {"CREATE SEQUENCE coming", "CREATE SEQUENCE staying", "CREATE TABLE t (id bigint NOT NULL DEFAULT nextval(coming) PRIMARY KEY)"});
  const Schema to_reach = dialect.read(*wanted.connect());
  Ends ends;
  {
    const FreshDatabase whole = server().fresh_database("whole");
    const auto session = whole.connect();
    run(*session, old_ones);
    ends.old = state_of(*session, dialect);
    const plan::Plan plan = plan_for_sequences(*session, to_reach, dialect);
    for (const Step& step : plan.steps) EXPECT_NE(step.touched.before, step.touched.after) << step.what;
    ASSERT_EQ(apply::apply(*session, dialect, plan, {}).outcome, apply::Outcome::Done);
    ends.done = state_of(*session, dialect);
  }
  bool reached_the_end = false;
  for (std::size_t call = 1; !reached_the_end; call += stride(2)) {
    for (const bool after : {false, true}) {
      SCOPED_TRACE("call " + std::to_string(call) + (after ? ", after" : ", before"));
      const FreshDatabase made = server().fresh_database("kill");
      const auto session = made.connect();
      run(*session, old_ones);
      if (!apply_until_killed(made.target(), dialect, plan_for_sequences(*session, to_reach, dialect), {call, after})) {
        reached_the_end = true;
        break;
      }
      expect_made_whole(*session, dialect, ends, (call / 2 + after) % 2 == 0);
      if (HasFailure()) return;
    }
  }
}

}  // namespace
}  // namespace plumb::test
