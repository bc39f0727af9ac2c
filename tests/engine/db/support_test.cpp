// The test support itself: what other tests rely on.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/error.hpp"
#include "support/file.hpp"
#include "support/mariadb_server.hpp"
#include "support/run.hpp"

namespace plumb::test {
namespace {

TEST(RunningAProgram, GivesItsOutputsAndItsExitCode) {
  const RunResult result = run({"sh", "-c", "echo out; echo err >&2; cat; exit 3"}, {.input = "in"});
  EXPECT_EQ(result.exit_code, 3);
  EXPECT_EQ(result.out, "out\nin");
  EXPECT_EQ(result.err, "err\n");
  EXPECT_FALSE(result.timed_out);
}

TEST(RunningAProgram, SetsFolderAndVariables) {
  EXPECT_EQ(run({"sh", "-c", "pwd; echo $WHO"}, {.folder = "/", .environment = {{"WHO", "me"}}}).out,
            "/\nme\n");
}

TEST(RunningAProgram, MovesLargeAmountsBothWays) {
  const std::string large(3000000, 'x');
  EXPECT_EQ(run({"cat"}, {.input = large}).out, large);
}

TEST(RunningAProgram, SaysThatItCouldNotBeStartedOrWasEnded) {
  EXPECT_EQ(run({"no-such-program"}).exit_code, 127);
  EXPECT_EQ(run({"sh", "-c", "kill -9 $$"}).exit_code, 128 + 9);
  const RunResult slow = run({"sleep", "60"}, {.timeout = std::chrono::seconds(1)});
  EXPECT_TRUE(slow.timed_out);
}

TEST(AScratchFolder, IsGoneAtTheEnd) {
  std::string path;
  {
    const ScratchFolder folder;
    path = folder.path();
    write_file(folder / "a", "b");
    EXPECT_TRUE(is_folder(path));
  }
  EXPECT_FALSE(is_folder(path));
}

TEST(AMariaDbServer, KeepsCommittedRowsWhenItIsKilled) {
  if (!mariadb_is_wanted()) GTEST_SKIP();
  MariaDbServer server;
  const FreshDatabase database = server.fresh_database();
  database.connect()->execute("CREATE TABLE t AS SELECT 1 AS a");
  server.kill9();
  EXPECT_THROW(database.connect(), DatabaseError);
  server.start();
  EXPECT_EQ(db::single_integer(*database.connect(), "SELECT a FROM t"), 1);
  server.restart();
  EXPECT_EQ(db::single_integer(*database.connect(), "SELECT a FROM t"), 1);
}

TEST(AMariaDbServer, GivesEachDatabaseAnotherName) {
  if (!mariadb_is_wanted()) GTEST_SKIP();
  const FreshDatabase first = MariaDbServer::shared().fresh_database();
  const FreshDatabase second = MariaDbServer::shared().fresh_database();
  EXPECT_NE(first.name(), second.name());
}

}  // namespace
}  // namespace plumb::test
