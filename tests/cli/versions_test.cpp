// Versions from outside: their order, what a health check asks, and what a policy says about skipping one.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "cli/plumb_program.hpp"

namespace plumb::test {
namespace {

using Json = nlohmann::json;

class Versions : public OnBothEngines {
 protected:
  static std::string description(const std::string& versions, const std::string& column = {}) { return "schema app version " + versions + "\ntable t {\n  id  serial\n" + column + "}\n"; }
  RunResult require(const std::string& version, std::vector<std::string> further = {}) {
    std::vector<std::string> words{"status", "--require", version};
    words.insert(words.end(), further.begin(), further.end());
    return place().plumb_on_db(words);
  }
  RunResult plan(const std::string& text, std::vector<std::string> further = {}) {
    place().write("app.plumb", text);
    std::vector<std::string> words{"plan", "--to", "app.plumb", "-o", "plan.md"};
    words.insert(words.end(), further.begin(), further.end());
    return place().plumb_on_db(words);
  }
};
PLUMB_ON_BOTH_ENGINES(Versions);

TEST_P(Versions, AreAskedForByHealthChecks) {
  const auto none = require(">=0.1");
  EXPECT_TRUE(ended_with(2, none));
  EXPECT_TRUE(contains(none.out, "the database has no recorded version; >=0.1 is required"));
  place().bring_to(description("0.5.0"));
  for (const char* good : {"0.5.0", ">=0.4,<0.6", "^0.5", "~0.5.0"}) EXPECT_TRUE(ended_with(0, require(good))) << good;
  for (const char* bad : {"0.5.1", ">=0.6", "^0.4", "<0.5"}) EXPECT_TRUE(ended_with(2, require(bad))) << bad;
  EXPECT_TRUE(contains(require("^0.6").out, "the database has version 0.5.0; ^0.6 is required"));
  const auto unclear = require("0.5");
  EXPECT_TRUE(ended_with(64, unclear));
  EXPECT_TRUE(contains(unclear.err, "`0.5` is no version to ask for"));
  const auto json = require("^0.6", {"--json"});
  EXPECT_TRUE(ended_with(2, json));
  EXPECT_FALSE(Json::parse(json.out).at("required").at("met").get<bool>());
}

TEST_P(Versions, TenComesAfterNine) {
  place().bring_to(description("0.9.0"));
  EXPECT_TRUE(ended_with(0, plan(description("0.10.0"))));
  ASSERT_TRUE(ended_with(0, place().plumb_on_db({"apply", "plan.md"})));
  EXPECT_TRUE(ended_with(0, require(">=0.9.1")));
}

TEST_P(Versions, OfAnOlderDescriptionAreRefused) {
  place().bring_to(description("0.10.0", "  name  varchar(10)?\n"));
  const std::string before = place().content();
  const auto planned = plan(description("0.9.0"));
  EXPECT_TRUE(ended_with(3, planned));
  EXPECT_TRUE(contains(planned.err, "the database is newer: 0.10.0 > 0.9.0; `plumb rollback --to-version 0.9.0` goes back"));
  EXPECT_TRUE(ended_with(3, place().plumb_on_db({"apply", "--to", "app.plumb", "--yes"})));
  EXPECT_TRUE(ended_with(3, place().plumb_on_db({"apply", "plan.md"})));
  EXPECT_EQ(place().content(), before);
  EXPECT_TRUE(contains(place().plumb_on_db({"status", "--to", "app.plumb"}).out, "the database is newer"));
  EXPECT_TRUE(ended_with(2, place().plumb_on_db({"validate", "--to", "app.plumb"})));
}

TEST_P(Versions, APreReleaseComesBeforeItsRelease) {
  place().bring_to(description("1.0.0-rc.1"));
  EXPECT_TRUE(ended_with(3, plan(description("0.9.0"))));
  EXPECT_TRUE(ended_with(0, plan(description("1.0.0"))));
  ASSERT_TRUE(ended_with(0, place().plumb_on_db({"apply", "plan.md"})));
  EXPECT_TRUE(ended_with(3, plan(description("1.0.0-rc.2"))));
}

TEST_P(Versions, ThatTheDatabaseHasGoneBeyondMakeAPlanStale) {
  place().bring_to(description("0.1.0"));
  ASSERT_TRUE(ended_with(0, plan(description("0.2.0"))));
  place().bring_to(description("0.3.0"));
  const auto applied = place().plumb_on_db({"apply", "plan.md"});
  EXPECT_TRUE(ended_with(4, applied));
  EXPECT_TRUE(contains(applied.err, "the database is newer: 0.3.0 > 0.2.0"));
}

TEST_P(Versions, AreNotSkippedWhereThePolicySaysSo) {
  place().bring_to(description("0.4.0"));
  place().write("plumb.toml", "[env.prod.policy]\nversions.step = \"sequential\"\n");
  const std::vector<std::string> prod{"--env", "prod"};
  const auto skipping = plan(description("0.6.0 after 0.5.0"), prod);
  EXPECT_TRUE(ended_with(3, skipping));
  EXPECT_TRUE(contains(skipping.err, "the database has version 0.4.0, and 0.6.0 comes after 0.5.0"));
  const auto silent = plan(description("0.5.0"), prod);
  EXPECT_TRUE(ended_with(3, silent));
  EXPECT_TRUE(contains(silent.err, "does not say after which version 0.5.0 comes"));
  ASSERT_TRUE(ended_with(0, plan(description("0.6.0 after 0.5.0"))));
  EXPECT_TRUE(ended_with(3, place().plumb_on_db({"apply", "plan.md", "--env", "prod"}))) << "a plan that was made without the policy is held to it";
  ASSERT_TRUE(ended_with(0, plan(description("0.5.0 after 0.4.0"), prod)));
  ASSERT_TRUE(ended_with(0, place().plumb_on_db({"apply", "plan.md", "--env", "prod"})));
  EXPECT_TRUE(ended_with(0, plan(description("0.6.0 after 0.5.0"), prod)));
  EXPECT_TRUE(ended_with(0, plan(description("0.5.0 after 0.4.0", "  name  varchar(10)?\n"), prod))) << "within a version";
}

TEST_P(Versions, OfANewDatabaseBeginAnywhere) {
  place().write("plumb.toml", "[policy]\nversions.step = \"sequential\"\n");
  EXPECT_TRUE(ended_with(0, plan(description("0.6.0 after 0.5.0"))));
}

TEST_P(Versions, AreRecordedWithWhatCanBeChecked) {
  place().bring_to(description("0.1.0"));
  place().bring_to(description("0.2.0", "  name  varchar(10)?\n"));
  EXPECT_TRUE(lacks(place().plumb_on_db({"history"}).out, "changed since"));
  place().sql("UPDATE plumb_history SET statements = 'ALTER TABLE t DROP COLUMN name' WHERE number = 2;");
  EXPECT_TRUE(contains(place().plumb_on_db({"history"}).out, "what was recorded of it has been changed since"));
  EXPECT_TRUE(contains(place().plumb_on_db({"status"}).out, "deployment #2: what was recorded of it has been changed since"));
  const Json status = Json::parse(place().plumb_on_db({"status", "--json"}).out);
  EXPECT_EQ(status.at("changed_records"), Json::array({2}));
  place().sql("UPDATE plumb_history SET plan = replace(plan, '0.1.0', '0.1.1') WHERE number = 1;");
  const Json history = Json::parse(place().plumb_on_db({"history", "--json"}).out);
  EXPECT_FALSE(history.at(1).at("unchanged").get<bool>());
  EXPECT_TRUE(ended_with(1, place().plumb_on_db({"history", "show", "1"})));
}

// Of two runs at once the second may see the schema of after and the version of before.
TEST_P(Versions, AreRecordedOnce) {
  place().bring_to(description("0.1.0"));
  ASSERT_TRUE(ended_with(0, plan(description("0.2.0"))));
  ASSERT_TRUE(ended_with(0, place().plumb_on_db({"apply", "plan.md"})));
  const auto again = place().plumb_on_db({"apply", "plan.md"});
  EXPECT_TRUE(ended_with(4, again));
  EXPECT_TRUE(contains(again.err, "the database has version 0.2.0 already; make a new plan"));
  EXPECT_EQ(place().number("SELECT count(*) FROM plumb_history"), 2);
}

}  // namespace
}  // namespace plumb::test
