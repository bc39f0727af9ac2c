// How plumb is called: verbs, words it does not know, where its settings come from.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "cli/plumb_program.hpp"

namespace plumb::test {
namespace {

constexpr const char* notes_plumb =
    "schema notes version 1.0.0\n\nuser table notes {\n  id     serial\n  title  varchar(100)\n}\n";

class Usage : public testing::Test {
 protected:
  Workplace& place() { return place_; }

 private:
  Workplace place_{"sqlite"};
};

TEST_F(Usage, WithoutAnyWordTheVerbsAreListed) {
  const auto result = place().plumb({});
  EXPECT_TRUE(ended_with(0, result));
  for (const char* verb :
       {"plan", "apply", "validate", "check", "fmt", "inspect", "status", "history", "data", "show"})
    EXPECT_TRUE(contains(result.out, verb));
}

TEST_F(Usage, HelpGoesToStandardOutputAndEndsWithZero) {
  const auto result = place().plumb({"plan", "--help"});
  EXPECT_TRUE(ended_with(0, result));
  EXPECT_TRUE(contains(result.out, "--exit-code"));
  EXPECT_EQ(result.err, "");
}

TEST_F(Usage, TheVersionIsPrinted) {
  EXPECT_TRUE(contains(place().plumb({"--version"}).out, "plumb 0."));
  EXPECT_TRUE(contains(place().plumb({"version"}).out, "plumb 0."));
}

TEST_F(Usage, AnUnknownVerbIsRefusedWithTheNearestOne) {
  const auto result = place().plumb({"aply"});
  EXPECT_TRUE(ended_with(64, result));
  EXPECT_TRUE(contains(result.err, "did you mean `plumb apply`?"));
  EXPECT_EQ(result.out, "");
}

TEST_F(Usage, AnUnknownOptionIsRefused) {
  const auto result = place().plumb({"plan", "--frobnicate"});
  EXPECT_TRUE(ended_with(64, result));
  EXPECT_TRUE(contains(result.err, "frobnicate"));
}

TEST_F(Usage, AnUnknownWordForAllowIsRefusedWithTheNearestOne) {
  place().write("notes.plumb", notes_plumb);
  const auto result = place().plumb_on_db({"plan", "--to", "notes.plumb", "--allow", "drop-tabel"});
  EXPECT_TRUE(ended_with(64, result));
  EXPECT_TRUE(contains(result.err, "did you mean `drop-table`?"));
}

TEST_F(Usage, APlanWithoutADatabaseSaysHowToNameOne) {
  place().write("notes.plumb", notes_plumb);
  const auto result = place().plumb({"plan", "--to", "notes.plumb"});
  EXPECT_TRUE(ended_with(64, result));
  EXPECT_TRUE(contains(result.err, "--db"));
}

TEST_F(Usage, APlanWithoutADescriptionSaysHowToNameOne) {
  const auto result = place().plumb_on_db({"plan"});
  EXPECT_TRUE(ended_with(64, result));
  EXPECT_TRUE(contains(result.err, "--to"));
}

TEST_F(Usage, AnUnknownSchemeOfADatabaseIsRefused) {
  place().write("notes.plumb", notes_plumb);
  const auto result = place().plumb({"plan", "--db", "oracle://x/y", "--to", "notes.plumb"});
  EXPECT_TRUE(ended_with(64, result));
  EXPECT_TRUE(contains(result.err, "sqlite"));
}

TEST_F(Usage, AnUnknownFormatOfAPlanIsRefused) {
  place().write("notes.plumb", notes_plumb);
  EXPECT_TRUE(ended_with(64, place().plumb_on_db({"plan", "--to", "notes.plumb", "--format", "yaml"})));
  EXPECT_TRUE(ended_with(64, place().plumb_on_db({"plan", "--to", "notes.plumb", "-o", "plan.txt"})));
}

TEST_F(Usage, ALockTimeoutThatIsNoTimeIsRefused) {
  place().write("notes.plumb", notes_plumb);
  const auto result = place().plumb_on_db({"plan", "--to", "notes.plumb", "--lock-timeout", "soon"});
  EXPECT_TRUE(ended_with(64, result));
  EXPECT_TRUE(contains(result.err, "soon"));
}

TEST_F(Usage, ApplyAsksNobodyWhereThereIsNoTerminal) {
  place().write("notes.plumb", notes_plumb);
  const auto result = place().plumb_on_db({"apply", "--to", "notes.plumb"});
  EXPECT_TRUE(ended_with(64, result));
  EXPECT_TRUE(contains(result.err, "--yes"));
  EXPECT_EQ(place().number("SELECT count(*) FROM sqlite_master"), 0);
}

TEST_F(Usage, ADescriptionThatDoesNotExistIsNamed) {
  const auto result = place().plumb_on_db({"plan", "--to", "nowhere.plumb"});
  EXPECT_TRUE(ended_with(1, result));
  EXPECT_TRUE(contains(result.err, "nowhere.plumb"));
}

TEST_F(Usage, AFolderWithoutDescriptionsIsNamed) {
  place().write("empty/readme.txt", "nothing here");
  const auto result = place().plumb_on_db({"plan", "--to", "empty"});
  EXPECT_TRUE(ended_with(1, result));
  EXPECT_TRUE(contains(result.err, "empty"));
}

TEST_F(Usage, AMistakeInADescriptionNamesFileLineAndColumnAndTheNearestName) {
  place().write(
      "bad.plumb",
      "schema notes version 1.0.0\n\nuser table notes {\n  id     serial\n  title  varchr(100)\n}\n");
  const auto result = place().plumb({"check", "bad.plumb"});
  EXPECT_TRUE(ended_with(1, result));
  EXPECT_TRUE(contains(result.err, "bad.plumb:5:10"));
  EXPECT_TRUE(contains(result.err, "did you mean `varchar"));
  EXPECT_EQ(result.out, "");
}

TEST_F(Usage, CheckReportsEveryIndependentMistakeInOneRun) {
  place().write("bad.plumb",
                "schema notes version 1.0.0\ntable a {\n  id serial\n  x varchr(1)\n}\ntable b {\n  id "
                "serial\n  y ref(nowhere)\n}\n");
  const auto result = place().plumb({"check", "bad.plumb"});
  EXPECT_TRUE(ended_with(1, result));
  EXPECT_TRUE(contains(result.err, "varchr"));
  EXPECT_TRUE(contains(result.err, "nowhere"));
}

TEST_F(Usage, CheckOfAGoodDescriptionEndsWithZeroAndCounts) {
  place().write("notes.plumb", notes_plumb);
  const auto result = place().plumb({"check", "notes.plumb"});
  EXPECT_TRUE(ended_with(0, result));
  EXPECT_TRUE(contains(result.out, "1 table"));
}

TEST_F(Usage, FmtLaysOutAFileAndCheckSaysWhetherItIs) {
  place().write("notes.plumb",
                "schema notes version 1.0.0\nuser table notes{ id serial; title varchar(100) }\n");
  const std::string before = place().read("notes.plumb");
  const auto checked = place().plumb({"fmt", "--check", "notes.plumb"});
  EXPECT_TRUE(ended_with(2, checked));
  EXPECT_TRUE(contains(checked.out, "notes.plumb"));
  EXPECT_EQ(place().read("notes.plumb"), before) << "--check changes nothing";
  EXPECT_TRUE(ended_with(0, place().plumb({"fmt", "notes.plumb"})));
  EXPECT_NE(place().read("notes.plumb"), before);
  EXPECT_TRUE(ended_with(0, place().plumb({"fmt", "--check", "notes.plumb"})));
}

TEST_F(Usage, FmtLeavesAFileWithMistakesAsItIs) {
  place().write("bad.plumb", "table { \n");
  EXPECT_TRUE(ended_with(1, place().plumb({"fmt", "bad.plumb"})));
  EXPECT_EQ(place().read("bad.plumb"), "table { \n");
}

TEST_F(Usage, FmtReadsStandardInput) {
  RunOptions options;
  options.input = "schema notes version 1.0.0\ntable notes{ id serial }\n";
  const auto result = place().plumb({"fmt", "-"}, options);
  EXPECT_TRUE(ended_with(0, result));
  EXPECT_TRUE(contains(result.out, "  id"));
}

// --- settings

class Settings : public Usage {
 protected:
  void SetUp() override {
    place().write("notes.plumb", notes_plumb);
    place().write("others.plumb", "schema others version 2.0.0\n\nuser table others {\n  id  serial\n}\n");
  }
};

TEST_F(Settings, ComeFromPlumbTomlOfTheWorkingFolder) {
  place().write("plumb.toml", "schema = \"notes.plumb\"\ndb = \"sqlite:data.db\"\n");
  const auto result = place().plumb({"plan"});
  EXPECT_TRUE(ended_with(0, result));
  EXPECT_TRUE(contains(result.out, "notes"));
}

TEST_F(Settings, OfAnEnvironmentComeBeforeThoseOfTheTop) {
  place().write("plumb.toml",
                "schema = \"notes.plumb\"\ndb = \"sqlite:data.db\"\n\n[env.test]\ndb = "
                "\"sqlite:test.db\"\nschema = \"others.plumb\"\n");
  EXPECT_TRUE(ended_with(0, place().plumb({"apply", "--env", "test", "--yes"})));
  EXPECT_TRUE(contains(place().plumb({"status", "--env", "test"}).out, "2.0.0"));
  EXPECT_TRUE(contains(place().plumb({"status"}).out, "none recorded"));
}

TEST_F(Settings, ByFlagWinOverAVariableAndAVariableOverTheFile) {
  place().write("plumb.toml", "schema = \"notes.plumb\"\ndb = \"sqlite:from_file.db\"\n");
  RunOptions options;
  options.environment["PLUMB_DB"] = "sqlite:from_variable.db";
  ASSERT_TRUE(ended_with(0, place().plumb({"apply", "--yes"}, options)));
  ASSERT_TRUE(ended_with(
      0, place().plumb({"apply", "--yes", "--db", "sqlite:from_flag.db", "--to", "others.plumb"}, options)));
  EXPECT_TRUE(contains(place().plumb({"status", "--db", "sqlite:from_variable.db"}).out, "1.0.0"));
  EXPECT_TRUE(contains(place().plumb({"status", "--db", "sqlite:from_flag.db"}).out, "2.0.0"));
  EXPECT_TRUE(ended_with(1, place().plumb({"status"}))) << "the file's database was never made";
}

TEST_F(Settings, WithAnUnknownKeyAreRefusedWithTheNearestOne) {
  place().write("plumb.toml", "shema = \"notes.plumb\"\n");
  const auto result = place().plumb_on_db({"plan"});
  EXPECT_TRUE(ended_with(64, result));
  EXPECT_TRUE(contains(result.err, "did you mean `schema`?"));
  EXPECT_TRUE(contains(result.err, "plumb.toml"));
}

TEST_F(Settings, ThatAreNoTomlNameTheFileAndTheLine) {
  place().write("plumb.toml", "schema = \"notes.plumb\"\ndb = = 1\n");
  const auto result = place().plumb({"plan"});
  EXPECT_TRUE(ended_with(64, result));
  EXPECT_TRUE(contains(result.err, "plumb.toml"));
  EXPECT_TRUE(contains(result.err, "2"));
}

TEST_F(Settings, OfAnUnknownEnvironmentNameTheKnownOnes) {
  place().write("plumb.toml", "[env.prod]\ndb = \"sqlite:prod.db\"\n\n[env.test]\ndb = \"sqlite:test.db\"\n");
  const auto result = place().plumb({"status", "--env", "tset"});
  EXPECT_TRUE(ended_with(64, result));
  EXPECT_TRUE(contains(result.err, "prod"));
  EXPECT_TRUE(contains(result.err, "test"));
}

TEST_F(Settings, OfAFileElsewhereNamePathsFromItsFolder) {
  place().write("project/plumb.toml", "schema = \"schema\"\ndb = \"sqlite:data/app.db\"\n");
  place().write("project/schema/notes.plumb", notes_plumb);
  place().write("project/data/keep", "");
  EXPECT_TRUE(ended_with(0, place().plumb({"apply", "--yes", "--config", "project/plumb.toml"})));
  EXPECT_TRUE(contains(place().plumb({"status", "--db", "sqlite:project/data/app.db"}).out, "1.0.0"));
}

TEST_F(Settings, AnEnvironmentWithoutASettingsFileIsRefused) {
  const auto result = place().plumb({"status", "--env", "prod"});
  EXPECT_TRUE(ended_with(64, result));
  EXPECT_TRUE(contains(result.err, "plumb.toml"));
}

TEST_F(Settings, MayAllowDestructiveSteps) {
  place().write("plumb.toml",
                "schema = \"notes.plumb\"\ndb = \"sqlite:data.db\"\nallow = [\"drop-table\"]\n");
  place().sql("CREATE TABLE surplus (id INTEGER PRIMARY KEY); INSERT INTO surplus VALUES (1);");
  EXPECT_TRUE(ended_with(0, place().plumb({"apply", "--yes"})));
  EXPECT_EQ(place().number("SELECT count(*) FROM sqlite_master WHERE name = 'surplus'"), 0);
}

TEST_F(Settings, InitWritesAProjectThatPlansAtOnce) {
  ASSERT_TRUE(ended_with(0, place().plumb({"init", "fresh"})));
  RunOptions options;
  options.folder = place().path("fresh");
  EXPECT_TRUE(ended_with(0, place().plumb({"apply", "--env", "dev", "--yes"}, options)));
  EXPECT_TRUE(ended_with(0, place().plumb({"validate", "--env", "dev"}, options)));
  EXPECT_TRUE(ended_with(1, place().plumb({"init", "fresh"}))) << "nothing is overwritten";
}

}  // namespace
}  // namespace plumb::test
