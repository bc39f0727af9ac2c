// plumb check: levels, formats and exit codes of what lint finds.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "cli/plumb_program.hpp"

namespace plumb::test {
namespace {

using Json = nlohmann::json;

constexpr const char* clean = "schema app version 1.0.0\n\ntable notes {\n  id  serial\n  n   int\n}\n";
constexpr const char* with_warning = "schema app version 1.0.0\n\ntable logs {\n  n  int\n}\n";
constexpr const char* with_error = "option mariadb (charset=utf8mb4)\n\ntable pages {\n  title  varchar(1000)\n\n  primary key (title)\n}\n";

class Check : public testing::Test {
 protected:
  Workplace& place() { return place_; }
  RunResult check(const std::string& text, std::vector<std::string> further = {}) {
    place_.write("app.plumb", text);
    std::vector<std::string> words{"check", "app.plumb"};
    words.insert(words.end(), further.begin(), further.end());
    return place_.plumb(words);
  }

 private:
  Workplace place_{"sqlite"};
};

TEST_F(Check, OfACleanDescriptionSaysSoAndEndsWithZero) {
  const auto result = check(clean, {"--strict"});
  EXPECT_TRUE(ended_with(0, result));
  EXPECT_EQ(result.err, "");
  EXPECT_EQ(result.out, "app 1.0.0: 1 table, 0 views, 0 triggers, 0 assertions; no errors\n");
}

TEST_F(Check, WarnsWithThePlaceAndFailsOnlyWhenStrict) {
  const auto result = check(with_warning);
  EXPECT_TRUE(ended_with(0, result));
  EXPECT_TRUE(contains(result.err, "app.plumb:3:7: warning: table `logs` has no primary key"));
  EXPECT_TRUE(contains(result.err, "[missing-primary-key]\n  table logs {\n        ^~~~\n"));
  EXPECT_TRUE(contains(result.out, "no errors, 1 warning"));
  EXPECT_TRUE(ended_with(1, check(with_warning, {"--strict"})));
  EXPECT_TRUE(lacks(check(with_warning, {"--quiet"}).err, "logs"));
}

TEST_F(Check, FailsForErrorsOfAnEngineUnlessTheOtherOneIsMeant) {
  EXPECT_TRUE(ended_with(1, check(with_error)));
  EXPECT_TRUE(ended_with(1, check(with_error, {"--engine", "mariadb"})));
  EXPECT_TRUE(ended_with(0, check(with_error, {"--engine", "sqlite"})));
}

TEST_F(Check, TakesLevelsFromTheSettingsAndTheCallInThatOrder) {
  place().write("plumb.toml", "[lint]\nmissing-primary-key = \"error\"\n");
  EXPECT_TRUE(ended_with(1, check(with_warning)));
  EXPECT_TRUE(ended_with(0, check(with_warning, {"--lint", "missing-primary-key=off"})));
  EXPECT_TRUE(ended_with(64, check(with_warning, {"--lint", "missing-primary-key"})));
  const auto unknown = check(with_warning, {"--lint", "missing-primary-kee=off"});
  EXPECT_TRUE(ended_with(64, unknown));
  EXPECT_TRUE(contains(unknown.err, "did you mean `missing-primary-key`?"));
  place().write("plumb.toml", "[lint]\nno-such-rule = \"off\"\n");
  EXPECT_TRUE(ended_with(64, check(with_warning)));
  place().write("plumb.toml", "lint = 1\n");
  EXPECT_TRUE(ended_with(64, check(with_warning)));
}

TEST_F(Check, AsJsonIsOneDocument) {
  const auto result = check(with_warning, {"--json"});
  EXPECT_TRUE(ended_with(0, result));
  const Json json = Json::parse(result.out);
  EXPECT_EQ(json.at("schema"), "app");
  ASSERT_EQ(json.at("findings").size(), 1U);
  const Json& finding = json.at("findings").at(0);
  EXPECT_EQ(finding.at("rule"), "missing-primary-key");
  EXPECT_EQ(finding.at("level"), "warning");
  EXPECT_EQ(finding.at("line"), 3);
  EXPECT_EQ(finding.at("column"), 7);
  const auto broken = check("table {", {"--json"});
  EXPECT_TRUE(ended_with(1, broken));
  EXPECT_TRUE(Json::parse(broken.out).at("schema").is_null());
  EXPECT_EQ(Json::parse(broken.out).at("findings").at(0).at("level"), "error");
}

TEST_F(Check, AsSarifNamesRulesAndPlaces) {
  const auto result = check(with_warning, {"--format", "sarif"});
  EXPECT_TRUE(ended_with(0, result));
  const Json json = Json::parse(result.out);
  EXPECT_EQ(json.at("version"), "2.1.0");
  const Json& run = json.at("runs").at(0);
  EXPECT_EQ(run.at("tool").at("driver").at("name"), "plumb");
  const Json& rules = run.at("tool").at("driver").at("rules");
  ASSERT_EQ(run.at("results").size(), 1U);
  const Json& one = run.at("results").at(0);
  const Json& rule = rules.at(one.at("ruleIndex").get<std::size_t>());
  EXPECT_EQ(rule.at("id"), "missing-primary-key");
  EXPECT_FALSE(rule.at("help").at("text").get<std::string>().empty());
  const Json& physical = one.at("locations").at(0).at("physicalLocation");
  EXPECT_EQ(physical.at("artifactLocation").at("uri"), "app.plumb");
  EXPECT_EQ(physical.at("region"), (Json{{"startLine", 3}, {"startColumn", 7}, {"endColumn", 11}}));
  EXPECT_EQ(result.out, check(with_warning, {"--format", "sarif"}).out);
}

TEST_F(Check, WritesSarifIntoAFileByItsEnding) {
  place().write("two words/ä.plumb", with_warning);
  EXPECT_TRUE(ended_with(0, place().plumb({"check", "two words", "-o", "out.sarif"})));
  const Json json = Json::parse(place().read("out.sarif"));
  EXPECT_EQ(json["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"], "two%20words/%C3%A4.plumb");
  EXPECT_TRUE(ended_with(64, check(clean, {"--format", "xml"})));
}

TEST_F(Check, LooksAtSqlAndDatabasesToo) {
  place().write("app.sql", "CREATE TABLE logs (n INTEGER);\n");
  const auto sql = place().plumb({"check", "app.sql", "--engine", "sqlite"});
  EXPECT_TRUE(ended_with(0, sql));
  EXPECT_TRUE(contains(sql.err, "[missing-primary-key]"));
  place().sql("CREATE TABLE logs (n INTEGER)");
  const auto live = place().plumb({"check", place().url()});
  EXPECT_TRUE(ended_with(0, live));
  EXPECT_TRUE(contains(live.err, "table `logs` has no primary key"));
}

}  // namespace
}  // namespace plumb::test
