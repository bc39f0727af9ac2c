// A database that somebody else holds: exit code 5, one clear sentence, nothing changed.
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <thread>

#include "cli/plumb_program.hpp"

namespace plumb::test {
namespace {

constexpr const char* version_1 =
    "schema app version 1.0.0\nuser table people {\n  id serial\n  name varchar(100)?\n}\n";
constexpr const char* version_2 =
    "schema app version 2.0.0\nuser table people {\n  id serial\n  name varchar(200)?\n  born int?\n}\n";

class Locked : public OnBothEngines {
 protected:
  void SetUp() override {
    OnBothEngines::SetUp();
    if (IsSkipped()) return;
    place().bring_to(version_1);
    place().sql("INSERT INTO people (id, name) VALUES (1, 'Ada');");
    place().write("v2.plumb", version_2);
    ASSERT_TRUE(ended_with(0, place().plumb_on_db({"plan", "--to", "v2.plumb", "-o", "plan.md"})));
  }

  /// Both ways to apply end with 5 while the lock is held, and with 0 afterwards.
  void expect_locked(const std::function<void()>& release) {
    const std::string before = place().content();
    for (const std::vector<std::string>& how :
         {std::vector<std::string>{"apply", "plan.md"},
          std::vector<std::string>{"apply", "--to", "v2.plumb", "--yes"}}) {
      auto arguments = how;
      arguments.insert(arguments.end(), {"--lock-timeout", "1s"});
      const auto result = place().plumb_on_db(arguments);
      EXPECT_TRUE(ended_with(5, result));
      EXPECT_TRUE(contains(result.err, "lock"));
      EXPECT_TRUE(lacks(result.out, "applied"));
    }
    release();
    EXPECT_EQ(place().content(), before);
    EXPECT_TRUE(ended_with(0, place().plumb_on_db({"apply", "plan.md"})));
  }
};
PLUMB_ON_BOTH_ENGINES(Locked);

TEST_P(Locked, ByAnotherClientThatWrites) {
  auto other = place().connect();
  other->begin();
  other->execute("UPDATE people SET name = 'Eve' WHERE id = 1");
  expect_locked([&] { other->rollback(); });
}

// What is locked must be found before the first statement, because each one commits by itself.
TEST_P(Locked, ByAnotherClientBeforeALaterStepChangesNothing) {
  if (place().is_sqlite()) GTEST_SKIP() << "SQLite rolls everything back";
  place().write("v2.plumb", std::string(version_2) + "user table later {\n  id serial\n}\n");
  ASSERT_TRUE(ended_with(0, place().plumb_on_db({"plan", "--to", "v2.plumb", "-o", "plan.md"})));
  auto other = place().connect();
  other->begin();
  other->execute("UPDATE people SET name = 'Eve' WHERE id = 1");
  expect_locked([&] { other->rollback(); });
}

TEST_P(Locked, ByAnotherClientThatReadsInATransaction) {
  if (place().is_sqlite()) GTEST_SKIP() << "readers of SQLite do not hold up a writer before it commits";
  auto other = place().connect();
  other->begin();
  other->query("SELECT * FROM people");
  expect_locked([&] { other->rollback(); });
}

TEST_P(Locked, NamesTheConnectionThatIsInTheWay) {
  if (place().is_sqlite()) GTEST_SKIP() << "SQLite does not know who";
  auto other = place().connect();
  const auto id = db::single_integer(*other, "SELECT CONNECTION_ID()");
  other->begin();
  other->query("SELECT * FROM people");
  const auto result = place().plumb_on_db({"apply", "plan.md", "--lock-timeout", "2s"});
  EXPECT_TRUE(ended_with(5, result));
  EXPECT_TRUE(contains(result.err, "open transactions: connection " + std::to_string(id) + " (root@localhost, sleeping in a transaction for "));
}

// A waiting ALTER holds up everybody who comes after it, so that plumb lets go and tries again.
TEST_P(Locked, GoesOnWhenTheOtherClientLetsGo) {
  if (place().is_sqlite()) GTEST_SKIP() << "MariaDB's own";
  auto other = place().connect();
  other->begin();
  other->query("SELECT * FROM people");
  std::thread later([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(2500));
    other->rollback();
  });
  const auto result = place().plumb_on_db({"apply", "plan.md", "--lock-timeout", "20s"});
  later.join();
  EXPECT_TRUE(ended_with(0, result));
}

TEST_P(Locked, IsFreedByUnlockAfterItShowedWhoHoldsIt) {
  if (place().is_sqlite()) {
    const auto result = place().plumb_on_db({"unlock", "--yes"});
    EXPECT_TRUE(ended_with(0, result));
    EXPECT_TRUE(contains(result.out, "no run holds the lock"));
    return;
  }
  auto other = place().connect();
  other->query("SELECT GET_LOCK(concat('plumb:', database()), 0)");
  const auto shown = place().plumb_on_db({"unlock", "--dry-run"});
  EXPECT_TRUE(ended_with(5, shown));
  EXPECT_TRUE(contains(shown.out, "held by connection "));
  EXPECT_TRUE(ended_with(0, place().plumb_on_db({"unlock", "--yes"})));
  EXPECT_TRUE(ended_with(0, place().plumb_on_db({"apply", "plan.md"})));
}

// Whoever comes second is locked out, or finds the database changed or as it should be; the steps run once.
TEST_P(Locked, TwoRunsAtOnceNeverInterleave) {
  std::vector<int> codes(2, -1);
  std::vector<std::thread> runs;
  for (std::size_t i = 0; i < codes.size(); ++i) {
    runs.emplace_back([&, i] { codes[i] = place().plumb_on_db({"apply", "plan.md", "--lock-timeout", "1s", "--quiet"}).exit_code; });
  }
  for (auto& run : runs) run.join();
  std::sort(codes.begin(), codes.end());
  EXPECT_EQ(codes[0], 0);
  EXPECT_TRUE(codes[1] == 4 || codes[1] == 5) << codes[1];
  EXPECT_EQ(place().list("SELECT count(*) FROM plumb_history WHERE outcome = 'done'").front(), "2") << "version 1 and version 2, each once";
}

TEST_P(Locked, ByAReaderThatKeepsTheWriterFromItsCommit) {
  if (!place().is_sqlite()) GTEST_SKIP() << "SQLite's own";
  auto other = place().connect(db::OpenMode::ReadOnly);
  other->query("BEGIN");
  other->query("SELECT * FROM people");
  const std::string before = place().content();
  const auto result = place().plumb_on_db({"apply", "plan.md", "--lock-timeout", "1s"});
  EXPECT_TRUE(ended_with(5, result));
  EXPECT_TRUE(contains(result.err, "lock"));
  other->query("ROLLBACK");
  EXPECT_EQ(place().content(), before);
  EXPECT_TRUE(ended_with(0, place().plumb_on_db({"apply", "plan.md"})));
}

TEST_P(Locked, ByATableLockOfAnotherClient) {
  if (place().is_sqlite()) GTEST_SKIP() << "MariaDB's own";
  auto other = place().connect();
  other->query("LOCK TABLES people WRITE");
  const auto result = place().plumb_on_db({"apply", "plan.md", "--lock-timeout", "1s"});
  EXPECT_TRUE(ended_with(5, result));
  other->query("UNLOCK TABLES");
  EXPECT_TRUE(ended_with(0, place().plumb_on_db({"apply", "plan.md"})));
}

TEST_P(Locked, ByAnotherRunOfPlumb) {
  if (place().is_sqlite()) GTEST_SKIP() << "on SQLite the transaction itself is the lock";
  auto other = place().connect();
  // every name that plumb could take is asked of the server: the run itself must say that somebody holds it
  const auto held = other->query(
      "SELECT get_lock(concat('plumb:', database()), 0), get_lock(concat('plumb.', database()), 0), "
      "get_lock(concat('plumb_', database()), 0), get_lock('plumb', 0)");
  const auto result = place().plumb_on_db({"apply", "plan.md", "--lock-timeout", "1s"});
  EXPECT_TRUE(ended_with(5, result));
  EXPECT_TRUE(contains(result.err, "another run"));
  other.reset();
  EXPECT_TRUE(ended_with(0, place().plumb_on_db({"apply", "plan.md"})));
}

TEST_P(Locked, OrNotAPlanIsMadeWhileAnotherClientWrites) {
  auto other = place().connect();
  other->begin();
  other->execute("UPDATE people SET name = 'Eve' WHERE id = 1");
  const auto result = place().plumb_on_db({"plan", "--to", "v2.plumb", "--lock-timeout", "1s"});
  EXPECT_TRUE(ended_with(0, result)) << "a plan only reads";
  other->rollback();
}

}  // namespace
}  // namespace plumb::test
