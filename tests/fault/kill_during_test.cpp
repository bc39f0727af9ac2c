// A deployment with long statements that is cut off in the middle of one, whichever that is: afterwards `resume` reaches exactly the end, `rollback`
// exactly the beginning, rows and all.
//
// PLUMB_FAULT_STRIDE=1 strikes at two hundred moments; an ordinary run at a few.
#include <gtest/gtest.h>

#include <chrono>
#include <csignal>
#include <thread>

#include "apply/apply.hpp"
#include "apply/history.hpp"
#include "deployment.hpp"
#include "dialect/locks.hpp"
#include "faults.hpp"
#include "support/mariadb_server.hpp"
#include "support/scratch_folder.hpp"

namespace plumb::test {
namespace {

using std::chrono::microseconds;

constexpr std::size_t further_rows = 8000;

std::size_t moments() { return stride(25) == 1 ? 200 : 8; }

/// The server ends the statement of a client that is gone.
void wait_for_the_lock(db::Connection& session, const Dialect& dialect) {
  while (run_lock_is_held(session, dialect)) std::this_thread::sleep_for(std::chrono::milliseconds(5));
}

/// How long the deployment takes where nothing disturbs it.
microseconds whole_time(MariaDbServer& server) {
  const Dialect& dialect = dialect_for("mariadb");
  const FreshDatabase made = server.fresh_database("time");
  const auto session = made.connect();
  make_old(*session, mariadb_trigger);
  add_rows(*session, further_rows);
  const plan::Plan plan = plan_for(*session, dialect);
  const auto begin = std::chrono::steady_clock::now();
  EXPECT_EQ(apply::apply(*session, dialect, plan, {}).outcome, apply::Outcome::Done);
  return std::chrono::duration_cast<microseconds>(std::chrono::steady_clock::now() - begin);
}

/// `strike` gets the id of the process that applies.
void expect_made_whole_whenever_struck(MariaDbServer& server, const std::function<void(int)>& strike, const std::function<void()>& recover) {
  const Dialect& dialect = dialect_for("mariadb");
  const Ends ends = mariadb_ends(server, further_rows);
  const microseconds whole = whole_time(server);
  std::size_t halfway = 0;
  for (std::size_t moment = 1; moment <= moments(); ++moment) {
    const microseconds time = whole * moment / moments();
    SCOPED_TRACE(std::to_string(time.count()) + " microseconds after the beginning");
    const FreshDatabase made = server.fresh_database("during");
    plan::Plan plan;
    {
      const auto session = made.connect();
      make_old(*session, mariadb_trigger);
      add_rows(*session, further_rows);
      plan = plan_for(*session, dialect);
    }
    apply_and_strike(made.target(), dialect, plan, time, strike);
    recover();
    const auto session = made.connect();
    wait_for_the_lock(*session, dialect);
    halfway += apply::half_done(*session, dialect) ? 1 : 0;
    expect_made_whole(*session, dialect, ends, moment % 2 == 0, once_steps);
    session->execute("DROP DATABASE " + dialect.quote(made.name()));
    if (testing::Test::HasFailure()) return;
  }
  EXPECT_GT(halfway, 0U) << "a deployment that was struck on its way";
  testing::Test::RecordProperty("halfway", static_cast<int>(halfway));
}

class MariaDbFaultsDuringStatements : public MariaDbTest {};

TEST_F(MariaDbFaultsDuringStatements, KillingTheToolLosesNothing) {
  expect_made_whole_whenever_struck(server(), [](int process) { ::kill(process, SIGKILL); }, [] { count_strike("the tool killed at a moment, MariaDB"); });
}

TEST_F(MariaDbFaultsDuringStatements, KillingTheServerLosesNothing) {
  MariaDbServer own;
  expect_made_whole_whenever_struck(own, [&](int) { own.kill9(); }, [&] {
    count_strike("the server killed at a moment, MariaDB");
    own.start();
  });
}

}  // namespace
}  // namespace plumb::test
