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
#include "diff/fingerprint.hpp"
#include "faults.hpp"
#include "language/load.hpp"
#include "plan/document.hpp"
#include "plan/inverse.hpp"
#include "probe/make_plan.hpp"
#include "support/error.hpp"
#include "support/mariadb_server.hpp"
#include "support/scratch_folder.hpp"
#include "support/text.hpp"

namespace plumb::test {
namespace {

/// Every kind of step on the way to `desired`.
const char* const old_tables = R"(
CREATE TABLE parents (id bigint NOT NULL PRIMARY KEY, name varchar(50) NOT NULL, note varchar(20) NULL);
CREATE TABLE children (id bigint NOT NULL PRIMARY KEY, parent_id bigint NOT NULL, qty int NOT NULL, label double NULL, size varchar(10) NULL, CONSTRAINT fk_children FOREIGN KEY (parent_id) REFERENCES parents (id));
CREATE TABLE gone (id bigint NOT NULL PRIMARY KEY, code varchar(10) NOT NULL, parent_id bigint NOT NULL, CONSTRAINT fk_gone FOREIGN KEY (parent_id) REFERENCES parents (id));
CREATE TABLE before_names (id bigint NOT NULL PRIMARY KEY, word varchar(20) NOT NULL);
CREATE VIEW sums AS SELECT parent_id, sum(qty) AS total FROM children GROUP BY parent_id;
CREATE VIEW words AS SELECT id, word FROM before_names;
INSERT INTO parents VALUES (1, 'Ada', 'first'), (2, 'Grace', NULL), (3, 'Edsger', 'third');
INSERT INTO children VALUES (1, 1, 5, 1.25, 'small'), (2, 1, 7, 30, NULL), (3, 2, 9, NULL, 'large');
INSERT INTO gone VALUES (1, 'x', 1), (2, 'y', 3);
INSERT INTO before_names VALUES (1, 'one'), (2, 'two');
)";

const char* const mariadb_trigger = "CREATE TRIGGER watch BEFORE UPDATE ON children FOR EACH ROW SET NEW.qty = NEW.qty + 0";
const char* const sqlite_trigger = "CREATE TRIGGER watch BEFORE UPDATE ON parents FOR EACH ROW BEGIN SELECT 1; END";

constexpr std::size_t once_steps = 2;  // of `desired`

const char* const desired = R"(
schema faults version 2.0.0
table parents {
  id    bigint primary key
  name  varchar(50)
  rank  int backfill (id * 10)
  index idx_parents_rank (rank)
}
table children {
  id         bigint primary key
  parent_id  bigint references parents(id)
  qty        bigint
  label      int?
  size       varchar(10) backfill ('medium')
  check qty_is_positive (qty > 0)
}
table after_names was before_names {
  id    bigint primary key
  term  varchar(20) was word
}
table fresh {
  id         bigint primary key
  parent_id  bigint references parents(id) on delete cascade
}
view sums (select parent_id, sum(qty) as total, count(*) as many from children group by parent_id)
view words (select id, term as word from after_names)
trigger watch before update on children (mariadb: set new.qty = new.qty + 1 | sqlite: select 2)
drop table gone
drop column parents.note
once grow {
  up   (update children set qty = qty + 100; insert into fresh (id, parent_id) select id, id from parents)
  down (update children set qty = qty - 100)
}
optional once fails {
  up   (update parents set name = 'changed'; insert into parents (id, name) values (1, 'again'))
  down (delete from fresh)
}
)";

Description description() {
  std::vector<SourceText> sources;
  sources.emplace_back("faults.plumb", desired);
  auto loaded = language::load(std::move(sources));
  if (!loaded.description) throw Error(render(loaded.diagnostics, loaded.sources, false));
  return *loaded.description;
}

void make_old(db::Connection& connection, const char* trigger) {
  for (const auto line : split_lines(old_tables)) {
    if (!trim(line).empty()) connection.execute(trim(line));
  }
  connection.execute(trigger);
}

plan::Plan plan_for(db::Connection& connection, const Dialect& dialect) {
  PlanOptions options;
  options.allowed = {"narrow"};
  options.keep_aside = true;
  const plan::Draft draft = make_plan(connection, dialect, description(), options);
  if (!draft.plan.blocked.empty()) throw Error(draft.plan.blocked.front().text);
  return std::get<plan::Plan>(plan::read_plan(plan::to_json(draft.plan)));
}

class MariaDbFaults : public MariaDbTest {
 protected:
  const Dialect& dialect() const { return dialect_for("mariadb"); }

  Ends ends_on(MariaDbServer& server) {
    const FreshDatabase made = server.fresh_database("whole");
    const auto session = made.connect();
    make_old(*session, mariadb_trigger);
    Ends ends{state_of(*session, dialect()), {}};
    const apply::Result result = apply::apply(*session, dialect(), plan_for(*session, dialect()), {});
    EXPECT_EQ(result.outcome, apply::Outcome::Done) << result.message;
    ends.done = state_of(*session, dialect());
    return ends;
  }
};

TEST_F(MariaDbFaults, ThePlanHoldsEveryKindOfStep) {
  make_old(connection(), mariadb_trigger);
  const plan::Plan plan = plan_for(connection(), dialect());
  std::set<std::string> kinds;
  for (const Step& step : plan.steps) kinds.insert(step.how);
  EXPECT_EQ(kinds, (std::set<std::string>{"alter", "create", "drop", "keep aside", "note", "once", "rename", "update"}));
  for (const Step& step : plan.steps) {
    EXPECT_TRUE(step.back.kind != BackKind::Loses && step.back.kind != BackKind::None) << step.what << ": " << step.back.text;
  }
}

TEST_F(MariaDbFaults, KillingTheToolAtAnyCallLosesNothing) {
  const Ends ends = ends_on(server());
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
  const Ends ends = ends_on(server());
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
  const Ends ends = ends_on(server());
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
    expect_made_whole(*session, dialect(), ends, call % 2 == 0, once_steps);
    if (HasFailure()) return;
  }
}

TEST_F(MariaDbFaults, KillingTheServerLosesNothing) {
  MariaDbServer own;
  const Ends ends = ends_on(own);
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
    if (killed) own.start();
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
