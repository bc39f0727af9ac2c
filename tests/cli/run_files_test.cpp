// The log and the report of a run, in the folder of --log-dir.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "cli/plumb_program.hpp"
#include "support/file.hpp"

namespace plumb::test {
namespace {

using Json = nlohmann::json;

constexpr const char* before = "schema app version 1.0.0\ntable people {\n  id    int primary key\n  name  varchar(100)?\n  fax   varchar(10)?\n}\n";
constexpr const char* after =
    "schema app version 1.1.0\ntable people {\n  id    int primary key\n  name  varchar(100) backfill ('?')\n}\ntable pets {\n  id  int primary key\n}\ndrop column people.fax\n"
    "once pets {\n  up (insert into pets (id) select id from people)\n}\n";

class RunFiles : public OnBothEngines {
 protected:
  void SetUp() override {
    OnBothEngines::SetUp();
    if (IsSkipped()) return;
    place().bring_to(before);
    place().sql("INSERT INTO people (id, name, fax) VALUES (1, NULL, '555'), (2, 'Ada', NULL);");
    place().write("app.plumb", after);
  }
  RunResult apply(std::vector<std::string> further = {"--log-dir", "logs"}) {
    std::vector<std::string> words{"apply", "--to", "app.plumb", "--yes"};
    words.insert(words.end(), further.begin(), further.end());
    return place().plumb_on_db(words);
  }
  /// The only file with that ending.
  std::string file(const std::string& ending) {
    const auto files = files_below(place().path("logs"), ending);
    EXPECT_EQ(files.size(), 1U);
    return files.empty() ? std::string() : read_file(files.front());
  }
};
PLUMB_ON_BOTH_ENGINES(RunFiles);

TEST_P(RunFiles, HoldEveryStatementAndWhatCameOfIt) {
  ASSERT_TRUE(ended_with(0, apply()));
  const std::string log = file("-apply.log");
  for (const char* part : {"apply of app, version 1.0.0 to 1.1.0", "step 1 of ", "runs:\n", "CREATE TABLE", "insert into pets (id) select id from people", "done in ", "ended: done"}) EXPECT_TRUE(contains(log, part));
  EXPECT_TRUE(contains(file(".txt"), "rows of tables, before and after\n  people: 2, 2\n  pets: -, 2\n"));
  const Json report = Json::parse(file(".json"));
  EXPECT_EQ(report.at("outcome"), "done");
  EXPECT_EQ(report.at("verb"), "apply");
  EXPECT_EQ(report.at("version"), (Json{{"from", "1.0.0"}, {"to", "1.1.0"}}));
  EXPECT_EQ(report.at("tables"), Json::array({Json{{"table", "people"}, {"rows_before", 2}, {"rows_after", 2}}, Json{{"table", "pets"}, {"rows_before", nullptr}, {"rows_after", 2}}}));
  ASSERT_FALSE(report.at("kept_aside").empty());
  EXPECT_EQ(report.at("kept_aside").at(0).at("rows"), 1);
  EXPECT_GT(report.at("bytes").at("after").get<std::int64_t>(), 0);
  EXPECT_EQ(report.at("steps").size(), report.at("steps_planned").get<std::size_t>());
}

TEST_P(RunFiles, TellOfAFailureToo) {
  place().write("app.plumb", std::string(after) + "once broken {\n  up   (insert into people (id, name) values (1, 'again'))\n  down (select 1)\n}\n");
  ASSERT_TRUE(ended_with(3, apply()));
  EXPECT_TRUE(contains(file(".log"), "failed after "));
  EXPECT_TRUE(contains(file(".log"), "ended: refused"));
  const Json report = Json::parse(file(".json"));
  EXPECT_EQ(report.at("outcome"), "refused");
  EXPECT_TRUE(contains(report.at("message").get<std::string>(), "once broken"));
}

TEST_P(RunFiles, AreWrittenForRollbacks) {
  ASSERT_TRUE(ended_with(0, apply({})));
  EXPECT_FALSE(is_folder(place().path("logs"))) << "none where no folder was given";
  ASSERT_TRUE(ended_with(0, place().plumb_on_db({"rollback", "--yes", "--log-dir", "logs"})));
  EXPECT_TRUE(contains(file("-rollback.log"), "version 1.1.0 to 1.0.0"));
}

TEST_P(RunFiles, StandWhereTheSettingsSay) {
  place().write("plumb.toml", "log-dir = \"logs\"\n");
  ASSERT_TRUE(ended_with(0, apply({})));
  EXPECT_TRUE(contains(file(".log"), "ended: done"));
}

TEST_P(RunFiles, ThatCannotBeWrittenStopItBeforeAnythingIsRun) {
  place().write("logs", "a file");
  const std::string content = place().content();
  EXPECT_TRUE(ended_with(1, apply()));
  EXPECT_EQ(place().content(), content);
}

TEST_P(RunFiles, NeverHoldAPassword) {
  if (place().is_sqlite()) GTEST_SKIP() << "has none";
  place().sql("CREATE OR REPLACE USER logged@localhost IDENTIFIED BY 'hush-hush'; GRANT ALL ON *.* TO logged@localhost;");
  RunOptions options;
  options.environment["PLUMB_PASSWORD"] = "hush-hush";
  db::Target target = place().target();
  const std::string url = "mariadb://logged@localhost/" + target.database + "?socket=" + target.parameters.at("socket");
  ASSERT_TRUE(ended_with(0, place().plumb({"apply", "--to", "app.plumb", "--yes", "--log-dir", "logs", "--db", url}, options)));
  for (const auto& path : files_below(place().path("logs"), "")) EXPECT_TRUE(lacks(read_file(path), "hush-hush")) << path;
}

}  // namespace
}  // namespace plumb::test
