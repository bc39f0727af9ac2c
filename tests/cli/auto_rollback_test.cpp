// What an apply does after its last step: assertions, the health command, and undoing itself. The journal beside the database.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "cli/plumb_program.hpp"
#include "support/file.hpp"
#include "support/text.hpp"

namespace plumb::test {
namespace {

using Json = nlohmann::json;

constexpr const char* before = "schema app version 1.0.0\ntable people {\n  id    int primary key\n  name  varchar(100)?\n  fax   varchar(10)?\n}\n";
constexpr const char* after =
    "schema app version 1.1.0\ntable people {\n  id    int primary key\n  name  varchar(100) backfill ('?')\n}\ntable pets {\n  id  int primary key\n}\ndrop column people.fax\n";

class AfterTheLastStep : public OnBothEngines {
 protected:
  void SetUp() override {
    OnBothEngines::SetUp();
    if (IsSkipped()) return;
    place().bring_to(before);
    place().sql("INSERT INTO people (id, name, fax) VALUES (1, NULL, '555'), (2, 'Ada', NULL);");
    place().write("app.plumb", after);
    content_ = place().content();
  }
  RunResult apply(std::vector<std::string> further) {
    std::vector<std::string> words{"apply", "--to", "app.plumb", "--yes"};
    words.insert(words.end(), further.begin(), further.end());
    return place().plumb_on_db(words);
  }
  void expect_as_before() {
    EXPECT_EQ(place().content(), content_);
    EXPECT_TRUE(ended_with(0, place().plumb_on_db({"status"})));
  }
  void expect_done() { EXPECT_TRUE(ended_with(0, place().plumb_on_db({"plan", "--to", "app.plumb", "--exit-code"}))); }

  std::string content_;
};
PLUMB_ON_BOTH_ENGINES(AfterTheLastStep);

TEST_P(AfterTheLastStep, AnAssertionIsAskedWhereTheCommandSaysSo) {
  place().write("app.plumb", std::string(after) + "assert \"Ada has a pet\" (select count(*) > 0 from pets)\n");
  const auto result = apply({"--assert"});
  EXPECT_TRUE(ended_with(1, result));
  EXPECT_TRUE(contains(result.err, "\"Ada has a pet\" does not hold (the query gives 0)"));
  if (place().is_sqlite()) return expect_as_before();
  EXPECT_TRUE(ended_with(6, place().plumb_on_db({"status"})));
  EXPECT_TRUE(ended_with(0, place().plumb_on_db({"rollback", "--yes"})));
  expect_as_before();
}

TEST_P(AfterTheLastStep, AFailedAssertionUndoesTheDeployment) {
  place().write("app.plumb", std::string(after) + "assert \"Ada has a pet\" (select count(*) > 0 from pets)\n");
  ASSERT_TRUE(ended_with(0, place().plumb_on_db({"plan", "--to", "app.plumb", "-o", "plan.md"})));
  EXPECT_TRUE(contains(read_file(place().path("plan.md")), "## Must hold afterwards\n\n- Ada has a pet (app.plumb:"));
  const auto result = place().plumb_on_db({"apply", "plan.md", "--yes", "--auto-rollback"});
  EXPECT_TRUE(ended_with(1, result));
  EXPECT_FALSE(contains(result.err, "plumb resume")) << "it goes back by itself: " << result.err;
  expect_as_before();
  EXPECT_TRUE(contains(result.err, place().is_sqlite() ? "everything was rolled back: the database is as it was" : "rolled back: the database is as it was"));
}

TEST_P(AfterTheLastStep, AnAssertionThatHoldsIsNothingToSay) {
  place().write("app.plumb", std::string(after) + "assert \"Ada is there\" (select count(*) = 1 from people where name = 'Ada')\n");
  EXPECT_TRUE(ended_with(0, apply({"--auto-rollback"})));
  expect_done();
}

TEST_P(AfterTheLastStep, AStepThatFailsUndoesTheDeployment) {
  place().write("app.plumb", std::string(after) + "once broken {\n  up   (insert into people (id, name) values (1, 'again'))\n  down (select 1)\n}\n");
  EXPECT_TRUE(ended_with(3, apply({"--auto-rollback"})));
  expect_as_before();
}

TEST_P(AfterTheLastStep, AHealthCommandThatFailsUndoesTheDeployment) {
  const auto result = apply({"--auto-rollback", "--json", "--health", "sh -c 'test \"$PLUMB_VERSION\" = 1.0.0'"});
  EXPECT_TRUE(ended_with(1, result));
  const Json json = Json::parse(result.out);
  EXPECT_EQ(json.at("outcome"), "done");
  EXPECT_TRUE(contains(json.at("unhealthy").get<std::string>(), "ended with 1"));
  EXPECT_EQ(json.at("rolled_back").at("outcome"), "done");
  expect_as_before();
  EXPECT_TRUE(contains(place().plumb_on_db({"history"}).out, "undone"));
}

TEST_P(AfterTheLastStep, AHealthCommandAloneLeavesTheDeployment) {
  const auto result = apply({"--health", "false"});
  EXPECT_TRUE(ended_with(1, result));
  EXPECT_TRUE(contains(result.err, "the deployment stands, `plumb rollback` undoes it"));
  expect_done();
  place().write("plumb.toml", "health = \"sh -c 'test \\\"$PLUMB_VERSION\\\" = 1.2.0'\"\nauto-rollback = true\n");
  place().write("app.plumb", replace_all(after, "1.1.0", "1.2.0") + "table more {\n  id  int primary key\n}\n");
  EXPECT_TRUE(ended_with(0, apply({})));
}

TEST_P(AfterTheLastStep, AHealthCommandThatIsNotThereIsAFailure) {
  const auto result = apply({"--auto-rollback", "--health", "no-such-program-anywhere"});
  EXPECT_TRUE(ended_with(1, result));
  expect_as_before();
}

TEST_P(AfterTheLastStep, TheJournalStandsBesideTheDatabaseToo) {
  ASSERT_TRUE(ended_with(0, apply({"--journal", "journal.jsonl"})));
  ASSERT_TRUE(ended_with(0, place().plumb_on_db({"rollback", "--yes", "--journal", "journal.jsonl"})));
  std::vector<Json> lines;
  const std::string text = read_file(place().path("journal.jsonl"));
  for (const auto line : split_lines(text)) {
    if (!line.empty()) lines.push_back(Json::parse(line));
  }
  std::size_t runs = 0;
  std::size_t begun = 0;
  std::size_t ended = 0;
  std::string last;
  for (const Json& line : lines) {
    const std::string event = line.at("event");
    if (event == "run") ++runs;
    if (event == "begin") ++begun;
    if (event == "end") {
      ++ended;
      EXPECT_EQ(last, "begin") << "intent before outcome";
    }
    last = event;
  }
  EXPECT_EQ(runs, 2U);
  EXPECT_GT(begun, 6U);
  EXPECT_EQ(begun, ended);
  EXPECT_EQ(lines.front().at("verb"), "apply");
  EXPECT_TRUE(contains(lines.front().at("plan").get<std::string>(), "CREATE TABLE"));
  EXPECT_EQ(lines.back().at("event"), "ended");
  EXPECT_EQ(lines.back().at("outcome"), "done");
  EXPECT_TRUE(ended_with(1, apply({"--journal", "no/such/folder/journal"})));
  expect_as_before();
}

}  // namespace
}  // namespace plumb::test
