// A rebuild that cannot fit on the disk is not begun.
#include <gtest/gtest.h>

#include "apply/apply.hpp"
#include "db/target.hpp"
#include "dialect/cost_rates.hpp"
#include "language/load.hpp"
#include "plan/largest_rebuild.hpp"
#include "probe/make_plan.hpp"
#include "support/error.hpp"
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
  EXPECT_NE(result.message.find("MiB free; make room"), std::string::npos) << result.message;
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
