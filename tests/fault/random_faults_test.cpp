// Deployments made by chance, cut off at calls chosen by chance: `resume` reaches exactly the end, `rollback` exactly the beginning, rows and all.
//
// PLUMB_FAULT_PAIRS=n makes so many deployments instead of the few of an ordinary run, PLUMB_FAULT_FIRST=n begins at seed n.
#include <gtest/gtest.h>

#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <filesystem>

#include "apply/apply.hpp"
#include "apply/history.hpp"
#include "faults.hpp"
#include "laws/random_description.hpp"
#include "laws/rows.hpp"
#include "plan/inverse.hpp"
#include "planned.hpp"
#include "support/error.hpp"
#include "support/mariadb_server.hpp"
#include "support/scratch_folder.hpp"

namespace plumb::test {
namespace {

std::uint64_t setting(const char* name, std::uint64_t otherwise) {
  const char* value = std::getenv(name);
  return value == nullptr ? otherwise : std::stoull(value);
}

/// What a description asks for; nothing where the rows are in the way.
std::optional<plan::Plan> plan_for(db::Connection& connection, const Description& description) {
  const plan::Draft draft = draft_for(connection, description);
  return draft.plan.blocked.empty() ? std::optional(read_again(draft)) : std::nullopt;
}

/// A database in the state before the deployment, again and again.
class Place {
 public:
  virtual ~Place() = default;
  virtual const db::Target& make() = 0;
};

/// The description before and the one after, and rows.
class Pair {
 public:
  Pair(const Dialect& dialect, std::uint64_t seed) : dialect_(dialect), seed_(seed), chance_(seed), first_(random_description(chance_)), edited_(random_edit(first_, chance_)) {}

  void make_old(db::Connection& connection) const {
    const auto plan = plan_for(connection, first_);
    if (!plan) throw Error("the first state cannot be made");
    const apply::Result result = apply::apply(connection, dialect_, *plan, {});
    if (result.outcome != apply::Outcome::Done) throw Error(result.message);
    Chance chance(seed_ + 1);
    insert_rows(connection, dialect_, first_.schema, chance);
  }

  std::optional<plan::Plan> change(db::Connection& connection) const { return plan_for(connection, edited_.description); }

 private:
  const Dialect& dialect_;
  std::uint64_t seed_;
  Chance chance_;
  Description first_;
  Edited edited_;
};

/// Counts the calls of a run that nothing disturbs.
std::size_t calls_of(const std::function<void(db::Connection&)>& run, const db::Target& target) {
  const auto session = db::open(target, db::OpenMode::ReadWrite);
  FaultyConnection counting(*session, {0, false}, [] {});
  run(counting);
  return counting.calls();
}

bool killed_in(const db::Target& target, FaultPoint point, const std::function<void(db::Connection&)>& run) {
  const pid_t child = ::fork();
  if (child == 0) {
    const auto session = db::open(target, db::OpenMode::ReadWrite);
    FaultyConnection faulty(*session, point, [] { std::raise(SIGKILL); });
    run(faulty);
    ::_exit(0);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  return WIFSIGNALED(status);
}

void roll_back(db::Connection& connection, const Dialect& dialect, const plan::Plan& plan, std::int64_t number) {
  apply::Options undoing;
  undoing.undoes = number;
  apply::apply(connection, dialect, plan::inverse(plan, plan.steps.size()), undoing);
}

/// Cuts one deployment off `faults` times, and its rollback half as often.
void try_pair(Place& place, const Dialect& dialect, std::uint64_t seed, std::size_t faults) {
  SCOPED_TRACE("seed " + std::to_string(seed));
  const Pair pair(dialect, seed);
  Chance chance(seed + 2);
  Ends ends;
  std::optional<plan::Plan> plan;
  std::int64_t number = 0;
  std::size_t calls = 0;
  std::size_t calls_back = 0;
  {
    const db::Target& target = place.make();
    const auto session = db::open(target, db::OpenMode::ReadWrite);
    pair.make_old(*session);
    ends.old = state_of(*session, dialect);
    plan = pair.change(*session);
    if (!plan || plan->steps.empty()) return;
    calls = calls_of([&](db::Connection& connection) { apply::apply(connection, dialect, *plan, {}); }, target);
    ends.done = state_of(*session, dialect);
    number = apply::deployments(*session, dialect).front().number;
    calls_back = calls_of([&](db::Connection& connection) { roll_back(connection, dialect, *plan, number); }, target);
    ASSERT_TRUE(state_of(*session, dialect) == ends.old) << "without any fault";
  }
  for (std::size_t fault = 0; fault < faults; ++fault) {
    const bool back = chance.one_in(3);
    const FaultPoint point{1 + chance.below(back ? calls_back : calls), chance.one_in(2)};
    SCOPED_TRACE(std::string(back ? "rollback, call " : "call ") + std::to_string(point.call) + (point.after ? ", after" : ", before"));
    const db::Target& target = place.make();
    const auto session = db::open(target, db::OpenMode::ReadWrite);
    pair.make_old(*session);
    const auto again = pair.change(*session);
    ASSERT_TRUE(again);
    if (back) {
      ASSERT_EQ(apply::apply(*session, dialect, *again, {}).outcome, apply::Outcome::Done);
    }
    const bool struck = killed_in(target, point, [&](db::Connection& connection) {
      if (back) roll_back(connection, dialect, *again, number);
      else apply::apply(connection, dialect, *again, {});
    });
    if (struck) count_strike(std::string(back ? "a rollback" : "a deployment") + " made by chance and killed, " + (dialect.name() == "sqlite" ? "SQLite" : "MariaDB"));
    expect_made_whole(*session, dialect, back ? Ends{ends.done, ends.old} : ends, !back && chance.one_in(2));
    if (testing::Test::HasFailure()) return;
  }
}

class SqlitePlace : public Place {
 public:
  const db::Target& make() override {
    folder_ = std::make_unique<ScratchFolder>(std::filesystem::exists("/dev/shm") ? "/dev/shm" : "/tmp", "chance");
    target_ = db::parse_target("sqlite:" + (*folder_ / "chance.db"));
    db::open(target_, db::OpenMode::CreateIfMissing);
    return target_;
  }

 private:
  std::unique_ptr<ScratchFolder> folder_;
  db::Target target_;
};

class MariaDbPlace : public Place {
 public:
  explicit MariaDbPlace(MariaDbServer& server) : server_(server) {}
  const db::Target& make() override {
    database_.emplace(server_.fresh_database("chance"));
    return database_->target();
  }

 private:
  MariaDbServer& server_;
  std::optional<FreshDatabase> database_;
};

void try_pairs(Place& place, const Dialect& dialect, std::uint64_t ordinary) {
  const std::uint64_t first = setting("PLUMB_FAULT_FIRST", 1);
  for (std::uint64_t seed = first; seed < first + setting("PLUMB_FAULT_PAIRS", ordinary) && !testing::Test::HasFailure(); ++seed) try_pair(place, dialect, seed, 10);
}

TEST(SqliteRandomFaults, LoseNothing) {
  SqlitePlace place;
  try_pairs(place, dialect_for("sqlite"), 10);
}

using MariaDbRandomFaults = MariaDbTest;

TEST_F(MariaDbRandomFaults, LoseNothing) {
  MariaDbPlace place(server());
  try_pairs(place, dialect_for("mariadb"), 5);
}

}  // namespace
}  // namespace plumb::test
