// A deployment that is cut off at every call to the engine: afterwards `resume` reaches exactly the end, `rollback` exactly
// the beginning, rows and all.
//
// PLUMB_FAULT_STRIDE=1 looks at every call; an ordinary run looks at every few.
#include <gtest/gtest.h>

#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <map>
#include <set>
#include <thread>

#include "apply/apply.hpp"
#include "apply/history.hpp"
#include "deployment.hpp"
#include "faults.hpp"
#include "plan/inverse.hpp"
#include "support/error.hpp"
#include "support/mariadb_server.hpp"
#include "support/scratch_folder.hpp"

namespace plumb::test {
namespace {

class MariaDbFaults : public MariaDbTest {
 protected:
  const Dialect& dialect() const { return dialect_for("mariadb"); }
};

TEST_F(MariaDbFaults, ThePlanHoldsEveryKindOfStep) {
  make_old(connection(), mariadb_trigger);
  const plan::Plan plan = plan_for(connection(), dialect());
  std::set<std::string> kinds;
  for (const Step& step : plan.steps) kinds.insert(step.how);
  EXPECT_EQ(kinds, (std::set<std::string>{"alter", "check", "create", "drop", "keep aside", "once", "rename", "update"}));
  for (const Step& step : plan.steps) {
    EXPECT_TRUE(step.back.kind != BackKind::Loses && step.back.kind != BackKind::None) << step.what << ": " << step.back.text;
  }
}

TEST_F(MariaDbFaults, KillingTheToolAtAnyCallLosesNothing) {
  const Ends ends = mariadb_ends(server());
  std::size_t kills = 0;
  bool reached_the_end = false;
  for (std::size_t call = 1; !reached_the_end; call += stride(3)) {
    for (const bool after : {false, true}) {
      SCOPED_TRACE("call " + std::to_string(call) + (after ? ", after" : ", before"));
      const FreshDatabase made = server().fresh_database("kill");
      const auto session = made.connect();
      make_old(*session, mariadb_trigger);
      const plan::Plan plan = plan_for(*session, dialect());
      if (!apply_until_killed(made.target(), dialect(), plan, {call, after})) {
        reached_the_end = true;
        break;
      }
      ++kills;
      expect_made_whole(*session, dialect(), ends, (call + after) % 2 == 0, once_steps);
      if (HasFailure()) return;
    }
  }
  EXPECT_GT(kills, 20U);
  RecordProperty("kills", static_cast<int>(kills));
}

TEST_F(MariaDbFaults, ARollbackThatIsKilledGoesOn) {
  const Ends ends = mariadb_ends(server());
  bool reached_the_end = false;
  for (std::size_t call = 5; !reached_the_end; call += stride(9)) {
    SCOPED_TRACE("call " + std::to_string(call));
    const FreshDatabase made = server().fresh_database("kill");
    const auto session = made.connect();
    make_old(*session, mariadb_trigger);
    const plan::Plan plan = plan_for(*session, dialect());
    ASSERT_EQ(apply::apply(*session, dialect(), plan, {}).outcome, apply::Outcome::Done);
    const plan::Plan back = plan::inverse(plan, plan.steps.size());
    const pid_t child = ::fork();
    if (child == 0) {
      const auto own = made.connect();
      FaultyConnection faulty(*own, {call, false}, [] { std::raise(SIGKILL); });
      apply::Options options;
      options.undoes = 1;
      apply::apply(faulty, dialect(), back, options);
      ::_exit(0);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    reached_the_end = !WIFSIGNALED(status);
    if (!reached_the_end) count_strike("a rollback killed at a call, MariaDB");
    if (const auto open = apply::half_done(*session, dialect())) {
      apply::Options options;
      options.undoes = open->undoes;
      const apply::Result result = apply::resume(*session, dialect(), back, open->number, options);
      ASSERT_EQ(result.outcome, apply::Outcome::Done) << result.message;
      EXPECT_EQ(state_of(*session, dialect()).contents, ends.old.contents);
      EXPECT_EQ(state_of(*session, dialect()).fingerprint, ends.old.fingerprint);
    }
    if (HasFailure()) return;
  }
}

TEST_F(MariaDbFaults, CuttingTheConnectionAtAnyCallLosesNothing) {
  const Ends ends = mariadb_ends(server());
  bool reached_the_end = false;
  for (std::size_t call = 4; !reached_the_end; call += stride(11)) {
    SCOPED_TRACE("call " + std::to_string(call));
    const FreshDatabase made = server().fresh_database("cut");
    const auto session = made.connect();
    make_old(*session, mariadb_trigger);
    const plan::Plan plan = plan_for(*session, dialect());
    bool cut = false;
    {
      const auto own = made.connect();
      const auto id = db::single_integer(*own, "SELECT CONNECTION_ID()");
      FaultyConnection faulty(*own, {call, false}, [&] {
        cut = true;
        session->execute("KILL " + std::to_string(id));
      });
      try {
        apply::apply(faulty, dialect(), plan, {});
      } catch (const DatabaseError&) {
        // the connection is gone before anything was run
      }
    }
    reached_the_end = !cut;
    if (cut) count_strike("the connection cut at a call, MariaDB");
    expect_made_whole(*session, dialect(), ends, call % 2 == 0, once_steps);
    if (HasFailure()) return;
  }
}

TEST_F(MariaDbFaults, KillingTheServerLosesNothing) {
  MariaDbServer own;
  const Ends ends = mariadb_ends(own);
  bool reached_the_end = false;
  for (std::size_t call = 9; !reached_the_end; call += stride(29)) {
    SCOPED_TRACE("call " + std::to_string(call));
    const FreshDatabase made = own.fresh_database("power");
    bool killed = false;
    {
      const auto session = made.connect();
      make_old(*session, mariadb_trigger);
      const plan::Plan plan = plan_for(*session, dialect());
      FaultyConnection faulty(*session, {call, true}, [&] {
        killed = true;
        own.kill9();
      });
      try {
        apply::apply(faulty, dialect(), plan, {});
      } catch (const DatabaseError&) {
        // gone before anything was run
      }
    }
    if (killed) {
      count_strike("the server killed at a call, MariaDB");
      own.start();
    }
    reached_the_end = !killed;
    const auto session = made.connect();
    expect_made_whole(*session, dialect(), ends, call % 2 == 0, once_steps);
    if (HasFailure()) return;
  }
}

TEST(SqliteFaults, KillingTheToolAtAnyCallLeavesTheOldOrTheNewDatabase) {
  const Dialect& dialect = dialect_for("sqlite");
  const ScratchFolder folder;
  const auto made = [&](const std::string& name) {
    const db::Target target = db::parse_target("sqlite:" + folder.path() + "/" + name);
    const auto session = db::open(target, db::OpenMode::CreateIfMissing);
    make_old(*session, sqlite_trigger);
    return target;
  };
  Ends ends;
  {
    const auto session = db::open(made("whole.db"), db::OpenMode::ReadWrite);
    ends.old = state_of(*session, dialect);
    ASSERT_EQ(apply::apply(*session, dialect, plan_for(*session, dialect), {}).outcome, apply::Outcome::Done);
    ends.done = state_of(*session, dialect);
  }
  bool reached_the_end = false;
  for (std::size_t call = 1; !reached_the_end; call += stride(2)) {
    SCOPED_TRACE("call " + std::to_string(call));
    const db::Target target = made(std::to_string(call) + ".db");
    const plan::Plan plan = plan_for(*db::open(target, db::OpenMode::ReadWrite), dialect);
    reached_the_end = !apply_until_killed(target, dialect, plan, {call, false});
    const auto session = db::open(target, db::OpenMode::ReadWrite);
    const State state = state_of(*session, dialect);
    EXPECT_TRUE(state == ends.old || state == ends.done);
    EXPECT_FALSE(apply::half_done(*session, dialect));
    if (HasFailure()) return;
  }
}

}  // namespace
}  // namespace plumb::test
