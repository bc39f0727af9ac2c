// What a plan says about its costs, what it does about large tables, and the way in two parts.
#include <sys/stat.h>

#include <nlohmann/json.hpp>

#include "cli/plumb_program.hpp"

namespace plumb::test {
namespace {

using Json = nlohmann::json;

class Costs : public OnBothEngines {
 protected:
  Json plan_of(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), {"plan", "--json"});
    const RunResult result = place().plumb_on_db(arguments);
    EXPECT_FALSE(result.out.empty()) << result.err;
    return Json::parse(result.out);
  }
};

constexpr const char* items = "schema items version 1.0.0\ntable items {\n  id    serial\n  name  varchar(50)\n  size  int\n}\n";
constexpr const char* longer_names = "schema items version 1.1.0\ntable items {\n  id    serial\n  name  varchar(50)\n  size  int?\n  note  text?\n  check few (size < 1000)\n}\n";

TEST_P(Costs, AreSaidForEachStep) {
  place().bring_to(items);
  place().sql("INSERT INTO items (name, size) VALUES ('a', 1), ('b', 2)");
  place().write("next.plumb", longer_names);
  const Json plan = plan_of({"--to", "next.plumb"});
  const Json& cost = plan.at("steps").at(0).at("cost");
  if (place().is_sqlite()) {
    EXPECT_EQ(cost.at("algorithm"), "");
    EXPECT_EQ(cost.at("lock"), "all");
    EXPECT_GE(cost.at("bytes").get<std::uint64_t>(), 4096U);
    EXPECT_EQ(cost.at("bytes").get<std::uint64_t>() % 4096, 0U);
  } else {
    EXPECT_EQ(cost.at("algorithm"), "copy");  // a check is put on by a copy
    EXPECT_EQ(cost.at("lock"), "writes");
    EXPECT_GE(cost.at("bytes").get<std::uint64_t>(), 65536U);
    EXPECT_TRUE(contains(plan.at("steps").at(0).at("commands").back().at("sql").get<std::string>(), "ALGORITHM=COPY, LOCK=SHARED"));
  }
  EXPECT_EQ(plan_of({"--to", "next.plumb"}), plan);
}

TEST_P(Costs, ALargeTableIsWrittenAnewOnlyByPermission) {
  place().bring_to(items);
  place().sql("INSERT INTO items (name, size) VALUES ('a', 1), ('b', 2), ('c', 3)");
  place().write("next.plumb", longer_names);
  const RunResult refused = place().plumb_on_db({"plan", "--to", "next.plumb", "--largest-rebuild", "2 rows"});
  EXPECT_TRUE(ended_with(3, refused));
  EXPECT_TRUE(contains(refused.out, "is larger than largest-rebuild permits"));
  EXPECT_TRUE(ended_with(3, place().plumb_on_db({"plan", "--to", "next.plumb", "--largest-rebuild", "1k"})));
  EXPECT_TRUE(ended_with(0, place().plumb_on_db({"plan", "--to", "next.plumb", "--largest-rebuild", "3 rows"})));
  EXPECT_TRUE(ended_with(0, place().plumb_on_db({"plan", "--to", "next.plumb", "--largest-rebuild", "1GB"})));
  EXPECT_TRUE(ended_with(0, place().plumb_on_db({"plan", "--to", "next.plumb", "--largest-rebuild", "2", "--allow", "slow"})));
  EXPECT_TRUE(ended_with(64, place().plumb_on_db({"plan", "--to", "next.plumb", "--largest-rebuild", "many"})));
  place().write("plumb.toml", "schema = \"next.plumb\"\nlargest-rebuild = \"2 rows\"\n");
  EXPECT_TRUE(ended_with(3, place().plumb_on_db({"plan"})));
}

TEST_P(Costs, TheFirstPartLetsTheOldApplicationGoOn) {
  place().bring_to("schema people version 1.0.0\ntable people {\n  id    serial\n  name  varchar(50)\n  fax   varchar(20)?\n}\n");
  place().sql("INSERT INTO people (name, fax) VALUES ('Ada', '1')");
  place().write("next.plumb", "schema people version 2.0.0\ntable people {\n  id     serial\n  title  varchar(50) was name\n  email  varchar(100) backfill (concat('ada', '@example.org'))\n  index by_email (email)\n}\ndrop column people.fax\n");
  if (place().is_sqlite()) place().write("next.plumb", "schema people version 2.0.0\ntable people {\n  id     serial\n  title  varchar(50) was name\n  email  varchar(100) backfill ('ada@example.org')\n  index by_email (email)\n}\ndrop column people.fax\n");
  EXPECT_TRUE(ended_with(3, place().plumb_on_db({"plan", "--to", "next.plumb", "--phase", "contract"})));
  ASSERT_TRUE(ended_with(0, place().plumb_on_db({"plan", "--to", "next.plumb", "--phase", "expand", "-o", "expand.md"})));
  EXPECT_TRUE(contains(place().read("expand.md"), "(expand)"));
  ASSERT_TRUE(ended_with(0, place().plumb_on_db({"apply", "expand.md"})));
  place().sql("INSERT INTO people (name, fax) VALUES ('Grace', NULL)");
  EXPECT_EQ(place().text("SELECT email FROM people WHERE name = 'Ada'"), "ada@example.org");
  EXPECT_TRUE(contains(place().plumb_on_db({"status"}).out, "1.0.0"));
  EXPECT_TRUE(ended_with(0, place().plumb_on_db({"plan", "--to", "next.plumb", "--phase", "expand", "--exit-code"})));
  ASSERT_TRUE(ended_with(0, place().plumb_on_db({"apply", "--to", "next.plumb", "--phase", "contract", "--yes", "--allow", "drop-column"})));
  EXPECT_EQ(place().number("SELECT count(*) FROM people WHERE email = 'ada@example.org' AND title IN ('Ada', 'Grace')"), 2);
  EXPECT_TRUE(ended_with(0, place().plumb_on_db({"plan", "--to", "next.plumb", "--exit-code"})));
  EXPECT_TRUE(contains(place().plumb_on_db({"status"}).out, "2.0.0"));
  EXPECT_TRUE(ended_with(64, place().plumb_on_db({"plan", "--to", "next.plumb", "--phase", "both"})));
}

PLUMB_ON_BOTH_ENGINES(Costs);

/// A program that carries an ALTER out through the server's own client and notes that it did.
class AlterWrapper : public testing::Test {
 protected:
  void SetUp() override {
    if (!mariadb_is_wanted()) GTEST_SKIP();
    place_.emplace("mariadb");
    place().bring_to(items);
    place().sql("INSERT INTO items (name, size) VALUES ('a', 1), ('b', 2)");
    place().write("next.plumb", longer_names);
    write_tool("exec mariadb --no-defaults --user=\"$4\" --socket=\"$3\" \"$5\" -e \"ALTER TABLE \\`$1\\` $2\"\n");
    wrapper_ = place().path("tool") + " {table} {alter} {socket} {user} {database} ''";
  }
  void write_tool(const std::string& command) {
    place().write("tool", "#!/bin/sh\nprintf '%s\\n' \"$1\" \"$2\" >> " + place().path("noted") + "\n" + command);
    chmod(place().path("tool").c_str(), 0755);
  }
  Workplace& place() { return *place_; }
  RunResult plan() { return place().plumb_on_db({"plan", "--to", "next.plumb", "-o", "plan.md", "--largest-rebuild", "1 row", "--alter-wrapper", wrapper_}); }

  std::optional<Workplace> place_;
  std::string wrapper_;
};

TEST_F(AlterWrapper, CarriesOutWhatIsTooLarge) {
  ASSERT_TRUE(ended_with(0, plan()));
  EXPECT_TRUE(contains(place().read("plan.md"), "-- carried out by: " + place().path("tool") + " items 'MODIFY COLUMN"));
  EXPECT_TRUE(contains(place().read("plan.md"), "{socket} {user} {database}"));
  ASSERT_TRUE(ended_with(0, place().plumb_on_db({"apply", "plan.md", "--alter-wrapper", wrapper_})));
  const std::string noted = place().read("noted");
  EXPECT_TRUE(contains(noted, "items\nMODIFY COLUMN `size`"));
  EXPECT_TRUE(lacks(noted, "ALGORITHM"));
  EXPECT_TRUE(ended_with(0, place().plumb_on_db({"plan", "--to", "next.plumb", "--exit-code"})));
}

TEST_F(AlterWrapper, SatisfiesThePolicyOfLargeTables) {
  place().write("plumb.toml", "[policy]\nlargest-rebuild = \"1 rows\"\n");
  EXPECT_TRUE(ended_with(3, place().plumb_on_db({"plan", "--to", "next.plumb", "-o", "plan.md"})));
  EXPECT_TRUE(contains(place().read("plan.md"), "writes 2 rows anew, and 1 are the limit"));
  ASSERT_TRUE(ended_with(0, plan()));
  ASSERT_TRUE(ended_with(0, place().plumb_on_db({"apply", "plan.md", "--alter-wrapper", wrapper_, "--largest-rebuild", "1 row"})));
}

/// NULL to NOT NULL is rebuilt in place: as large as a copy.
TEST_F(AlterWrapper, IsWantedForARebuildInPlaceToo) {
  place().write("next.plumb", "schema items version 1.1.0\ntable items {\n  id    serial\n  name  varchar(50)\n  size  int?\n}\n");
  place().write("plumb.toml", "[policy]\nlargest-rebuild = \"1 rows\"\n");
  EXPECT_TRUE(ended_with(3, place().plumb_on_db({"plan", "--to", "next.plumb", "-o", "plan.md"})));
  EXPECT_TRUE(contains(place().read("plan.md"), "ALGORITHM=INPLACE"));
  place().write("plumb.toml", "[policy]\nlargest-rebuild = \"2 rows\"\n");
  EXPECT_TRUE(ended_with(0, place().plumb_on_db({"plan", "--to", "next.plumb"})));
}

TEST_F(AlterWrapper, ThatFailsStopsTheRun) {
  write_tool("exit 7\n");
  ASSERT_TRUE(ended_with(0, plan()));
  const RunResult result = place().plumb_on_db({"apply", "plan.md", "--alter-wrapper", wrapper_});
  EXPECT_TRUE(ended_with(1, result));
  EXPECT_TRUE(contains(result.err, "ended with 7"));
}

/// The program is where the test can write a row while the plan runs: after the questions before the first statement, before
/// the step that the row stands in the way of.
TEST_F(AlterWrapper, ARowThatComesWhileThePlanRunsStopsItThereAndItGoesOnOnceItIsGone) {
  place().bring_to("schema items version 1.0.1\ntable items {\n  id    serial\n  name  varchar(50)\n  size  int\n}\ntable people {\n  id    serial\n  name  varchar(50)?\n}\n");
  place().sql("INSERT INTO people (id, name) VALUES (1, 'Ada')");
  place().write("next.plumb", std::string(longer_names) + "table people {\n  id    serial\n  name  varchar(50)\n}\n");
  write_tool("mariadb --no-defaults --user=\"$4\" --socket=\"$3\" \"$5\" -e \"ALTER TABLE \\`$1\\` $2; INSERT INTO people (id) VALUES (9)\"\n");
  ASSERT_TRUE(ended_with(0, plan()));
  const RunResult stopped = place().plumb_on_db({"apply", "plan.md", "--alter-wrapper", wrapper_});
  EXPECT_TRUE(ended_with(3, stopped));
  EXPECT_TRUE(contains(stopped.err, "id=9"));
  EXPECT_EQ(place().text("SELECT IS_NULLABLE FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME = 'people' AND COLUMN_NAME = 'name'"), "YES");
  EXPECT_TRUE(ended_with(6, place().plumb_on_db({"plan", "--to", "next.plumb"}))) << "half done";
  place().sql("DELETE FROM people WHERE id = 9");
  EXPECT_TRUE(ended_with(0, place().plumb_on_db({"resume"}, {.environment = {{"PLUMB_ALTER_WRAPPER", wrapper_}, {"PLUMB_LARGEST_REBUILD", "1 row"}}})));
  EXPECT_TRUE(ended_with(0, place().plumb_on_db({"plan", "--to", "next.plumb", "--exit-code"})));
}

TEST_F(AlterWrapper, MustBeNamedWhereThePlanRuns) {
  ASSERT_TRUE(ended_with(0, plan()));
  const RunResult result = place().plumb_on_db({"apply", "plan.md"});
  EXPECT_TRUE(ended_with(3, result));
  EXPECT_TRUE(contains(result.err, "`alter-wrapper` does not name here; nothing was run"));
  EXPECT_TRUE(ended_with(64, place().plumb_on_db({"plan", "--to", "next.plumb", "--alter-wrapper", "tool {table}", "--largest-rebuild", "1"})));
  EXPECT_TRUE(ended_with(64, place().plumb_on_db({"plan", "--to", "next.plumb", "--alter-wrapper", wrapper_})));
}

}  // namespace
}  // namespace plumb::test
