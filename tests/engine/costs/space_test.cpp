// A rebuild that cannot fit on the disk is not begun.
#include <gtest/gtest.h>

#include "apply/apply.hpp"
#include "db/target.hpp"
#include "desired/scratch_database.hpp"
#include "dialect/cost_rates.hpp"
#include "language/load.hpp"
#include "plan/largest_rebuild.hpp"
#include "probe/make_plan.hpp"
#include "support/error.hpp"
#include "support/bytes.hpp"
#include "support/mariadb_server.hpp"
#include "support/program.hpp"
#include "support/scratch_folder.hpp"

namespace plumb::test {
namespace {

Description described(const std::string& text) {
  std::vector<SourceText> sources;
  sources.emplace_back("test.plumb", text);
  return language::load(std::move(sources)).description.value_or(Description{});
}

plan::Plan planned(db::Connection& connection, const std::string& text) {
  PlanOptions options;
  options.find_costs = true;
  return make_plan(connection, dialect_for("sqlite"), described(text), options).plan;
}

TEST(Space, ARebuildThatCannotFitIsNotBegun) {
  const ScratchFolder folder;
  const auto connection = db::open(db::parse_target("sqlite:" + (folder / "a.db")), db::OpenMode::CreateIfMissing);
  connection->execute("CREATE TABLE t (id INTEGER PRIMARY KEY, a INTEGER)");
  connection->execute("INSERT INTO t (a) VALUES (1)");
  plan::Plan plan = planned(*connection, "table t {\n  id  int\n  a  text?\n  primary key (id)\n  check (id > 0)\n}\n");
  ASSERT_EQ(plan.steps.at(0).how, "rebuild");
  ASSERT_TRUE(plan.steps[0].cost.bytes.has_value());
  plan.blocked.clear();
  plan.steps[0].cost.bytes = std::uint64_t{1} << 60;
  const apply::Result result = apply::apply(*connection, dialect_for("sqlite"), plan, {});
  EXPECT_EQ(result.outcome, apply::Outcome::Refused);
  EXPECT_NE(result.message.find("at least 512 PiB anew"), std::string::npos) << result.message;
  EXPECT_NE(result.message.find(" free; make room"), std::string::npos) << result.message;
  EXPECT_EQ(db::single_integer(*connection, "SELECT count(*) FROM sqlite_schema"), 1);
}

TEST(Space, WithAWriteAheadLogReadersGoOn) {
  const ScratchFolder folder;
  const auto connection = db::open(db::parse_target("sqlite:" + (folder / "a.db")), db::OpenMode::CreateIfMissing);
  connection->query("PRAGMA journal_mode = WAL");
  connection->execute("CREATE TABLE t (id INTEGER PRIMARY KEY, a INTEGER)");
  EXPECT_EQ(planned(*connection, "table t {\n  id  int\n  a  int?\n  primary key (id)\n  index (a)\n}\n").steps.at(0).cost.lock, "moment");
  connection->execute("INSERT INTO t (a) VALUES (1)");
  EXPECT_EQ(planned(*connection, "table t {\n  id  int\n  a  int?\n  primary key (id)\n  index (a)\n}\n").steps.at(0).cost.lock, "writes");
}

TEST(Space, IsSaidInUnitsThatFit) {
  EXPECT_EQ(bytes_in_words(0), "0 bytes");
  EXPECT_EQ(bytes_in_words(1023), "1023 bytes");
  EXPECT_EQ(bytes_in_words(12'288), "12 KiB");
  EXPECT_EQ(bytes_in_words(12'289), "13 KiB");
  EXPECT_EQ(bytes_in_words(12'289, Rounding::Down), "12 KiB");
  EXPECT_EQ(bytes_in_words(std::uint64_t{3} << 30), "3 GiB");
  EXPECT_EQ(bytes_in_words((std::uint64_t{3} << 30) - 1, Rounding::Down), "2 GiB");
  EXPECT_EQ(bytes_in_words(std::uint64_t{1} << 60), "1 EiB");
}

/// The need of a table's copy is told; whether the disk has room is asked where the server can tell.
class SpaceOnServer : public testing::Test {
 protected:
  void SetUp() override {
    if (!mariadb_is_wanted()) GTEST_SKIP();
  }
  static plan::Plan plan_of_a_copy(MariaDbServer& server, const FreshDatabase& database) {
    const auto connection = database.connect();
    connection->execute("CREATE TABLE t (id int NOT NULL PRIMARY KEY, a int NOT NULL, filler varchar(2000) NOT NULL)");
    connection->execute("INSERT INTO t SELECT seq, seq, REPEAT('x', 1900) FROM seq_1_to_6000");
    PlanOptions options;
    options.find_costs = true;
    std::shared_ptr<desired::ScratchDatabase> scratch;
    options.open_scratch = [&] {
      scratch = desired::ScratchDatabase::on_mariadb(server.root_target(), nullptr);
      return scratch->connect();
    };
    return make_plan(*connection, dialect_for("mariadb"), described("table t {\n  id      int\n  a       bigint\n  filler  varchar(2000)\n  primary key (id)\n}\n"), options).plan;
  }
};

TEST_F(SpaceOnServer, IsNotKnownWithoutThePlugin) {
  MariaDbServer& server = MariaDbServer::shared();
  const FreshDatabase database = server.fresh_database();
  const plan::Plan plan = plan_of_a_copy(server, database);
  ASSERT_EQ(plan.steps.size(), 1U);
  EXPECT_EQ(plan.steps[0].cost.algorithm, "copy");
  ASSERT_EQ(plan.steps[0].remarks.size(), 1U);
  EXPECT_TRUE(plan.steps[0].remarks[0].starts_with("Needs up to " + bytes_in_words(plan.steps[0].cost.bytes.value_or(0)) + " free on the server's disk while it runs; whether they are there is not known")) << plan.steps[0].remarks[0];
  EXPECT_EQ(dialect_for("mariadb").lack_of_space(*database.connect(), plan.steps), std::nullopt);
}

TEST_F(SpaceOnServer, IsAskedOfThePlugin) {
  MariaDbServer server;
  const FreshDatabase database = server.fresh_database();
  database.connect()->execute("INSTALL SONAME 'disks'");
  plan::Plan plan = plan_of_a_copy(server, database);
  ASSERT_EQ(plan.steps.size(), 1U);
  ASSERT_EQ(plan.steps[0].remarks.size(), 1U);
  EXPECT_TRUE(plan.steps[0].remarks[0].ends_with(" free on the server's disk while it runs; `apply` looks first whether they are there.")) << plan.steps[0].remarks[0];
  const auto connection = database.connect();
  EXPECT_EQ(dialect_for("mariadb").lack_of_space(*connection, plan.steps), std::nullopt);
  plan.steps[0].cost.bytes = std::uint64_t{1} << 60;
  const apply::Result result = apply::apply(*connection, dialect_for("mariadb"), plan, {});
  EXPECT_EQ(result.outcome, apply::Outcome::Refused);
  EXPECT_TRUE(result.message.starts_with("the largest copy takes at least 256 PiB, and the server's disk has ")) << result.message;
  EXPECT_EQ(db::as_text(*db::single_value(*connection, "SELECT DATA_TYPE FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = DATABASE() AND COLUMN_NAME = 'a'")), "int");
}

TEST(Rates, GiveWholeSecondsOrNothing) {
  const WritingRate rate{1000, 1'000'000};
  EXPECT_EQ(seconds_to_write(999, std::nullopt, rate), std::nullopt);
  EXPECT_EQ(seconds_to_write(5000, 2'000'000, rate), 5U);
  EXPECT_EQ(seconds_to_write(5000, 9'000'000, rate), 9U);
  EXPECT_EQ(rounded_size(1), 1024U);
  EXPECT_EQ(rounded_size(65536), 65536U);
  EXPECT_EQ(rounded_size(65537), 131072U);
}

TEST(LargestRebuild, IsReadInRowsAndBytes) {
  EXPECT_EQ(plan::parse_largest_rebuild("1000")->rows, 1000U);
  EXPECT_EQ(plan::parse_largest_rebuild("1000 rows")->rows, 1000U);
  EXPECT_EQ(plan::parse_largest_rebuild("2k")->bytes, 2048U);
  EXPECT_EQ(plan::parse_largest_rebuild("500MB")->bytes, 500U * 1024 * 1024);
  EXPECT_EQ(plan::parse_largest_rebuild("1 GiB")->bytes, 1024U * 1024 * 1024);
  for (const char* wrong : {"", "x", "10 parsecs", "MB", "-1", "5GBs", "99999999999999999999"}) EXPECT_FALSE(plan::parse_largest_rebuild(wrong)) << wrong;
}

TEST(Words, ArePartedBySpacesOutsideOfQuotes) {
  EXPECT_EQ(split_words("pt  --alter {alter} 'a b' x\"y z\"w"), (std::vector<std::string>{"pt", "--alter", "{alter}", "a b", "xy zw"}));
  EXPECT_EQ(split_words("''"), std::vector<std::string>{""});
  EXPECT_TRUE(split_words(" ").empty());
  EXPECT_THROW(split_words("a 'b"), UsageError);
}

TEST(Programs, EndWithTheirStatus) {
  EXPECT_EQ(run_program({"true"}, {}), 0);
  EXPECT_EQ(run_program({"sh", "-c", "exit $STATUS"}, {{"STATUS", "7"}}), 7);
  EXPECT_EQ(run_program({"sh", "-c", "kill -9 $$"}, {}), 137);
  EXPECT_THROW(run_program({"no-such-program-here"}, {}), Error);
}

}  // namespace
}  // namespace plumb::test
