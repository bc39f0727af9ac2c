// A deployment that makes and drops sequences or virtual tables is cut off: these are told before from after like tables.
#include <gtest/gtest.h>

#include "apply/apply.hpp"
#include "faults.hpp"
#include "faulty_connection.hpp"
#include "planned.hpp"
#include "probe/make_plan.hpp"
#include "support/mariadb_server.hpp"
#include "support/scratch_folder.hpp"

namespace plumb::test {
namespace {

/// A plan that makes what `wanted` has and drops what it has not.
plan::Plan plan_for(db::Connection& connection, const Schema& wanted, const Dialect& dialect) {
  Description described;
  described.schema = wanted;
  described.is_complete = true;
  PlanOptions options;
  options.allowed = {"drop-table"};
  const plan::Draft draft = make_plan(connection, dialect, described, options);
  return read_again(draft);
}

void run(db::Connection& session, const std::vector<const char*>& statements) {
  for (const char* sql : statements) session.execute(sql);
}

using MariaDbSequences = MariaDbTest;

TEST_F(MariaDbSequences, KillingTheToolAtASequenceLosesNothing) {
  const Dialect& dialect = dialect_for("mariadb");
  const std::vector<const char*> old_ones{"CREATE SEQUENCE leaving START WITH 7 INCREMENT BY 3", "CREATE SEQUENCE staying", "CREATE SEQUENCE changing MAXVALUE 500"};
  const FreshDatabase wanted = server().fresh_database("wanted");
  run(*wanted.connect(), {"CREATE SEQUENCE coming", "CREATE SEQUENCE staying", "CREATE SEQUENCE changing MAXVALUE 900 CYCLE COMMENT='now'", "CREATE TABLE t (id bigint NOT NULL DEFAULT nextval(coming) PRIMARY KEY)"});
  const Schema to_reach = dialect.read(*wanted.connect());
  Ends ends;
  {
    const FreshDatabase whole = server().fresh_database("whole");
    const auto session = whole.connect();
    run(*session, old_ones);
    ends.old = state_of(*session, dialect);
    const plan::Plan plan = plan_for(*session, to_reach, dialect);
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
      if (!apply_until_killed(made.target(), dialect, plan_for(*session, to_reach, dialect), {call, after})) {
        reached_the_end = true;
        break;
      }
      expect_made_whole(*session, dialect, ends, (call / 2 + after) % 2 == 0);
      if (HasFailure()) return;
    }
  }
}

TEST(SqliteVirtualTables, KillingTheToolAtOneLeavesTheOldOrTheNewDatabase) {
  const Dialect& dialect = dialect_for("sqlite");
  const ScratchFolder folder;
  const auto made = [&](const std::string& name, const std::vector<const char*>& statements) {
    const db::Target target = db::parse_target("sqlite:" + (folder / name));
    run(*db::open(target, db::OpenMode::CreateIfMissing), statements);
    return target;
  };
  const auto state = [&](const db::Target& target) { return state_of(*db::open(target, db::OpenMode::ReadWrite), dialect); };
  const auto found = [&](const db::Target& target) {  // what the tables hold is read through them
    const auto session = db::open(target, db::OpenMode::ReadWrite);
    const bool stands = db::single_integer(*session, "SELECT count(*) FROM sqlite_schema WHERE name = 'leaving'") == 1;
    return stands ? db::single_integer(*session, "SELECT count(*) FROM leaving WHERE leaving MATCH 'word'") : -1;
  };
  const std::vector<const char*> old_ones{"CREATE TABLE t (id integer NOT NULL PRIMARY KEY, name varchar(20) NULL)", "INSERT INTO t VALUES (1, 'one')", "CREATE VIRTUAL TABLE leaving USING fts5(text)", "INSERT INTO leaving VALUES ('a word'), ('another')"};
  const db::Target wanted = made("wanted.db", {"CREATE TABLE t (id integer NOT NULL PRIMARY KEY, name varchar(20) NOT NULL DEFAULT 'x')", "CREATE VIRTUAL TABLE coming USING fts5(title, body)"});
  const Schema to_reach = dialect.read(*db::open(wanted, db::OpenMode::ReadWrite));
  const db::Target whole = made("whole.db", old_ones);
  const State old = state(whole);
  const auto plan_of = [&](const db::Target& target) { return plan_for(*db::open(target, db::OpenMode::ReadWrite), to_reach, dialect); };
  const plan::Plan plan = plan_of(whole);
  EXPECT_GE(plan.steps.size(), 3U);
  ASSERT_EQ(apply::apply(*db::open(whole, db::OpenMode::ReadWrite), dialect, plan, {}).outcome, apply::Outcome::Done);
  const State done = state(whole);
  EXPECT_FALSE(old == done);
  bool reached_the_end = false;
  for (std::size_t call = 1; !reached_the_end && !HasFailure(); call += stride(2)) {
    SCOPED_TRACE("call " + std::to_string(call));
    const db::Target target = made(std::to_string(call) + ".db", old_ones);
    reached_the_end = !apply_until_killed(target, dialect, plan_of(target), {call, false});
    const State reached = state(target);
    EXPECT_TRUE(reached == old || reached == done);
    EXPECT_EQ(found(target), reached == old ? 1 : -1);
  }
}

}  // namespace
}  // namespace plumb::test
