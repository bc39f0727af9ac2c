// What each verb ends with, on both engines; results on stdout, the rest on stderr.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "cli/plumb_program.hpp"
#include "support/text.hpp"

namespace plumb::test {
namespace {

using Json = nlohmann::json;

constexpr const char* version_1 = R"(schema app version 1.0.0

user table people {
  id    serial
  name  varchar(100)
}
)";

constexpr const char* version_2 = R"(schema app version 2.0.0

user table people {
  id     serial
  name   varchar(100)
  email  varchar(190)?

  index (email)
}

user table pets {
  id     serial
  owner  ref(people) on delete cascade

  index (owner)
}

assert "nobody has a hundred pets" (select count(*) < 100 from pets)
)";

class ExitCodes : public OnBothEngines {
 protected:
  void SetUp() override {
    OnBothEngines::SetUp();
    if (IsSkipped()) return;
    place().write("v1.plumb", version_1);
    place().write("v2.plumb", version_2);
  }
};
PLUMB_ON_BOTH_ENGINES(ExitCodes);

TEST_P(ExitCodes, APlanEndsWithZeroWhateverThereIsToDo) {
  const auto result = place().plumb_on_db({"plan", "--to", "v1.plumb"});
  EXPECT_TRUE(ended_with(0, result));
  EXPECT_TRUE(contains(result.out, "people"));
}

TEST_P(ExitCodes, APlanEndsWithTwoForDifferencesOnlyWhenAsked) {
  EXPECT_TRUE(ended_with(2, place().plumb_on_db({"plan", "--to", "v1.plumb", "--exit-code"})));
  place().bring_to(version_1);
  EXPECT_TRUE(ended_with(0, place().plumb_on_db({"plan", "--to", "v1.plumb", "--exit-code"})));
}

TEST_P(ExitCodes, APlanChangesNothing) {
  place().bring_to(version_1);
  const std::string before = place().content();
  ASSERT_TRUE(ended_with(0, place().plumb_on_db({"plan", "--to", "v2.plumb"})));
  EXPECT_EQ(place().content(), before);
}

TEST_P(ExitCodes, ApplyConvergesAndThenHasNothingToDo) {
  ASSERT_TRUE(ended_with(0, place().plumb_on_db({"apply", "--to", "v1.plumb", "--yes"})));
  ASSERT_TRUE(ended_with(0, place().plumb_on_db({"apply", "--to", "v2.plumb", "--yes"})));
  const auto runs = place().number("SELECT count(*) FROM plumb_history");
  const auto again = place().plumb_on_db({"apply", "--to", "v2.plumb", "--yes"});
  EXPECT_TRUE(ended_with(0, again));
  EXPECT_TRUE(contains(again.out, "nothing to do"));
  EXPECT_EQ(place().number("SELECT count(*) FROM plumb_history"), runs)
      << "a run that has nothing to do records nothing";
}

TEST_P(ExitCodes, ApplyWithDryRunShowsAndChangesNothing) {
  place().bring_to(version_1);
  const std::string before = place().content();
  const auto result = place().plumb_on_db({"apply", "--to", "v2.plumb", "--dry-run"});
  EXPECT_TRUE(ended_with(0, result));
  EXPECT_TRUE(contains(result.out, "pets"));
  EXPECT_EQ(place().content(), before);
}

TEST_P(ExitCodes, ValidateEndsWithTwoWhenSomethingIsMissing) {
  place().bring_to(version_1);
  const auto result = place().plumb_on_db({"validate", "--to", "v2.plumb"});
  EXPECT_TRUE(ended_with(2, result));
  EXPECT_TRUE(contains(result.out, "table `pets` is missing"));
  EXPECT_TRUE(contains(result.out, "people.email"));
}

TEST_P(ExitCodes, ValidateEndsWithZeroAfterApply) {
  place().bring_to(version_2);
  EXPECT_TRUE(ended_with(0, place().plumb_on_db({"validate", "--to", "v2.plumb"})));
}

TEST_P(ExitCodes, ValidateEndsWithTwoWhenAnAssertionDoesNotHold) {
  place().bring_to(version_2);
  place().write("v2.plumb", std::string(version_2) +
                                "\nassert \"somebody lives here\" (select count(*) > 0 from people)\n");
  const auto result = place().plumb_on_db({"validate", "--to", "v2.plumb"});
  EXPECT_TRUE(ended_with(2, result));
  EXPECT_TRUE(contains(result.out, "somebody lives here"));
}

TEST_P(ExitCodes, ValidateFindsRowsThatReferToNothing) {
  place().bring_to(version_2);
  place().sql("PRAGMA foreign_keys = OFF; INSERT INTO pets (id, owner) VALUES (1, 77);",
              "SET foreign_key_checks = 0; INSERT INTO pets (id, owner) VALUES (1, 77);");
  const auto result = place().plumb_on_db({"validate", "--to", "v2.plumb"});
  EXPECT_TRUE(ended_with(2, result));
  EXPECT_TRUE(contains(result.out, "pets"));
  EXPECT_TRUE(contains(result.out, "broken-reference"));
}

TEST_P(ExitCodes, ValidateCountsUndeclaredTablesAsDifferencesOnlyWhenStrict) {
  place().bring_to(version_1);
  place().sql("CREATE TABLE surplus (id integer primary key);");
  EXPECT_TRUE(ended_with(0, place().plumb_on_db({"validate", "--to", "v1.plumb"})));
  EXPECT_TRUE(ended_with(2, place().plumb_on_db({"validate", "--to", "v1.plumb", "--strict"})));
}

TEST_P(ExitCodes, ValidateFindsAnotherVersion) {
  place().bring_to(version_1);
  place().write("v1b.plumb", replace_all(version_1, "1.0.0", "1.1.0"));
  const auto result = place().plumb_on_db({"validate", "--to", "v1b.plumb"});
  EXPECT_TRUE(ended_with(2, result));
  EXPECT_TRUE(contains(result.out, "1.1.0"));
}

TEST_P(ExitCodes, AnUndeclaredTableIsKeptAndReported) {
  place().bring_to(version_2);
  place().sql("INSERT INTO people (id, name) VALUES (1, 'Ada'); INSERT INTO pets (id, owner) VALUES (5, 1);");
  place().write("v3.plumb", replace_all(version_1, "1.0.0", "3.0.0"));
  const auto result = place().plumb_on_db({"plan", "--to", "v3.plumb"});
  EXPECT_TRUE(ended_with(0, result));
  EXPECT_TRUE(contains(result.out, "pets"));
  ASSERT_TRUE(ended_with(0, place().plumb_on_db({"apply", "--to", "v3.plumb", "--yes"})));
  EXPECT_EQ(place().number("SELECT count(*) FROM pets"), 1);
}

TEST_P(ExitCodes, ATableIsDroppedWhereTheDescriptionSaysSo) {
  place().bring_to(version_2);
  place().write("v3.plumb", replace_all(version_1, "1.0.0", "3.0.0") + "\ndrop table pets\n");
  ASSERT_TRUE(ended_with(0, place().plumb_on_db({"apply", "--to", "v3.plumb", "--yes"})));
  EXPECT_TRUE(ended_with(0, place().plumb_on_db({"plan", "--to", "v3.plumb", "--exit-code"})))
      << "a drop of what is gone is nothing to do";
  EXPECT_TRUE(lacks(place().content(), "pets"));
}

TEST_P(ExitCodes, ATableIsDroppedWhereTheCommandLineAllowsIt) {
  place().bring_to(version_2);
  place().write("v3.plumb", replace_all(version_1, "1.0.0", "3.0.0"));
  ASSERT_TRUE(
      ended_with(0, place().plumb_on_db({"apply", "--to", "v3.plumb", "--yes", "--allow", "drop-table"})));
  EXPECT_TRUE(lacks(place().content(), "pets"));
}

TEST_P(ExitCodes, AnUndeclaredColumnIsKeptUntilItsDropIsDeclared) {
  place().bring_to(version_2);
  place().sql("INSERT INTO people (id, name, email) VALUES (1, 'Ada', 'ada@example.org');");
  place().write("v3.plumb", replace_all(version_1, "1.0.0", "3.0.0"));
  ASSERT_TRUE(ended_with(0, place().plumb_on_db({"apply", "--to", "v3.plumb", "--yes"})));
  EXPECT_EQ(place().text("SELECT email FROM people"), "ada@example.org");
  place().write("v3.plumb", replace_all(version_1, "1.0.0", "3.0.0") + "\ndrop column people.email\n");
  ASSERT_TRUE(ended_with(0, place().plumb_on_db({"apply", "--to", "v3.plumb", "--yes"})));
  EXPECT_TRUE(lacks(place().content(), "email"));
  EXPECT_EQ(place().text("SELECT name FROM people"), "Ada");
}

TEST_P(ExitCodes, TheOldAndTheNewNameTogetherAreRefused) {
  place().sql("CREATE TABLE persons (id integer primary key); CREATE TABLE people (id integer primary key);");
  place().write("v1.plumb", replace_all(version_1, "table people", "table people was persons"));
  const std::string before = place().content();
  const auto planned = place().plumb_on_db({"plan", "--to", "v1.plumb"});
  EXPECT_TRUE(ended_with(3, planned));
  EXPECT_TRUE(contains(planned.out, "persons"));
  EXPECT_TRUE(ended_with(3, place().plumb_on_db({"apply", "--to", "v1.plumb", "--yes"})));
  EXPECT_EQ(place().content(), before);
}

TEST_P(ExitCodes, ARenameKeepsTheRowsAndTheIds) {
  place().bring_to(version_1);
  place().sql("INSERT INTO people (id, name) VALUES (3, 'Ada'), (70, 'Bob');");
  place().write("v2.plumb",
                "schema app version 2.0.0\nuser table persons was people {\n  id serial\n  full_name "
                "varchar(100) was name\n}\n");
  ASSERT_TRUE(ended_with(0, place().plumb_on_db({"apply", "--to", "v2.plumb", "--yes"})));
  EXPECT_EQ(place().text("SELECT full_name FROM persons WHERE id = 70"), "Bob");
  EXPECT_EQ(place().number("SELECT count(*) FROM persons"), 2);
}

// MariaDB drops the table and leaves a view that answers no more; the plan says nothing of it.
TEST_P(ExitCodes, ATableThatAnUndeclaredViewReadsIsNotDropped) {
  place().bring_to(version_2);
  place().sql("CREATE VIEW pet_list AS SELECT id FROM pets;");
  place().write("v3.plumb", replace_all(version_1, "1.0.0", "3.0.0") + "\ndrop table pets\n");
  EXPECT_TRUE(ended_with(3, place().plumb_on_db({"plan", "--to", "v3.plumb"})));
  EXPECT_NE(place().plumb_on_db({"apply", "--to", "v3.plumb", "--yes"}).exit_code, 0);
  EXPECT_EQ(place().number("SELECT count(*) FROM pet_list"), 0);
}

// On MariaDB the server's spelling of a view is learnt from one in a scratch database.
TEST_P(ExitCodes, APlanForAViewLeavesNothingBehind) {
  place().bring_to(version_1);
  place().write("v3.plumb",
                std::string(version_1) + "\nview names (select name from people where name <> '')\n");
  const std::string before = place().content();
  ASSERT_TRUE(ended_with(0, place().plumb_on_db({"plan", "--to", "v3.plumb"})));
  EXPECT_EQ(place().content(), before);
  if (place().is_sqlite()) return;
  EXPECT_EQ(place().number("SELECT count(*) FROM information_schema.tables WHERE table_name LIKE 'plumb_respell%'"), 0);
}

// --- what stands where

TEST_P(ExitCodes, ResultsStandOnStandardOutputAndTheRestOnStandardError) {
  const auto planned = place().plumb_on_db({"plan", "--to", "v1.plumb", "--format", "sql"});
  EXPECT_TRUE(contains(planned.out, "CREATE TABLE"));
  EXPECT_EQ(planned.err, "");
  const auto to_file = place().plumb_on_db({"plan", "--to", "v1.plumb", "-o", "plan.md"});
  EXPECT_EQ(to_file.out, "");
  EXPECT_TRUE(contains(to_file.err, "plan.md"));
  const auto applied = place().plumb_on_db({"apply", "plan.md", "--quiet"});
  EXPECT_TRUE(ended_with(0, applied));
  EXPECT_EQ(applied.out, "");
  EXPECT_EQ(applied.err, "");
}

TEST_P(ExitCodes, JsonOfAPlanHoldsItsSteps) {
  const auto result = place().plumb_on_db({"plan", "--to", "v1.plumb", "--json"});
  ASSERT_TRUE(ended_with(0, result));
  const Json json = Json::parse(result.out);
  EXPECT_EQ(json.at("plan"), 2);
  EXPECT_EQ(json.at("schema"), "app");
  EXPECT_EQ(json.at("engine"), place().engine());
  EXPECT_EQ(json.at("version").at("to"), "1.0.0");
  EXPECT_EQ(json.at("fingerprint").at("from").get<std::string>().size(), 64U);
  ASSERT_EQ(json.at("steps").size(), 1U);
  EXPECT_EQ(json.at("steps")[0].at("symbol"), "create");
  EXPECT_FALSE(json.at("steps")[0].at("commands").empty());
  EXPECT_TRUE(json.at("blocked").empty());
}

TEST_P(ExitCodes, JsonOfAnApplyHoldsTheOutcomeAndTheStatements) {
  const auto result = place().plumb_on_db({"apply", "--to", "v1.plumb", "--yes", "--json"});
  ASSERT_TRUE(ended_with(0, result));
  const Json json = Json::parse(result.out);
  EXPECT_EQ(json.at("outcome"), "done");
  EXPECT_EQ(json.at("version"), "1.0.0");
  EXPECT_EQ(json.at("steps").size(), 1U);
  EXPECT_FALSE(json.at("statements").empty());
  const Json nothing = Json::parse(place().plumb_on_db({"apply", "--to", "v1.plumb", "--yes", "--json"}).out);
  EXPECT_EQ(nothing.at("outcome"), "done");
  EXPECT_TRUE(nothing.at("steps").empty());
}

TEST_P(ExitCodes, JsonOfAValidationHoldsItsFindings) {
  place().bring_to(version_1);
  const auto result = place().plumb_on_db({"validate", "--to", "v2.plumb", "--json"});
  ASSERT_TRUE(ended_with(2, result));
  const Json json = Json::parse(result.out);
  EXPECT_EQ(json.at("valid"), false);
  EXPECT_EQ(json.at("version").at("recorded"), "1.0.0");
  EXPECT_EQ(json.at("version").at("declared"), "2.0.0");
  bool found = false;
  for (const Json& finding : json.at("findings")) found = found || finding.at("code") == "missing-table";
  EXPECT_TRUE(found);
}

TEST_P(ExitCodes, JsonOfStatusAndHistoryTellWhatWasDone) {
  place().bring_to(version_1);
  const Json status = Json::parse(place().plumb_on_db({"status", "--to", "v2.plumb", "--json"}).out);
  EXPECT_EQ(status.at("engine"), place().engine());
  EXPECT_EQ(status.at("version"), "1.0.0");
  EXPECT_EQ(status.at("declared_version"), "2.0.0");
  EXPECT_GE(status.at("pending").size(), 2U);
  EXPECT_EQ(status.at("last_deployment").at("outcome"), "done");
  place().bring_to(version_2);
  const Json history = Json::parse(place().plumb_on_db({"history", "--json"}).out);
  ASSERT_EQ(history.size(), 2U);
  EXPECT_EQ(history[0].at("version"), "2.0.0");
  EXPECT_EQ(history[1].at("version"), "1.0.0");
  EXPECT_EQ(Json::parse(place().plumb_on_db({"history", "--json", "--limit", "1"}).out).size(), 1U);
}

TEST_P(ExitCodes, StatusOfADatabaseThatPlumbHasNeverSeenSaysSo) {
  const auto status = place().plumb_on_db({"status", "--json"});
  ASSERT_TRUE(ended_with(0, status));
  EXPECT_TRUE(Json::parse(status.out).at("version").is_null());
  EXPECT_TRUE(contains(place().plumb_on_db({"history"}).out, "nothing here yet"));
}

TEST_P(ExitCodes, WhatInspectWritesPlansToNothing) {
  place().bring_to(version_2);
  ASSERT_TRUE(ended_with(0, place().plumb_on_db({"inspect", "-o", "live.plumb"})));
  EXPECT_TRUE(ended_with(0, place().plumb_on_db({"plan", "--to", "live.plumb", "--exit-code"})));
}

TEST_P(ExitCodes, WhatInspectWritesOfADatabaseThatPlumbNeverChangedPlansToNothing) {
  place().sql("CREATE TABLE cats (id INTEGER PRIMARY KEY, name VARCHAR(20) NOT NULL);");
  ASSERT_TRUE(ended_with(0, place().plumb_on_db({"inspect", "-o", "live.plumb"})));
  EXPECT_TRUE(ended_with(0, place().plumb_on_db({"plan", "--to", "live.plumb", "--exit-code"})));
}

}  // namespace
}  // namespace plumb::test
