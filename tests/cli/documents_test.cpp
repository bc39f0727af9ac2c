// The machine-readable documents of plans, as other programs take them: JSON by its published schema, SARIF by its standard.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "cli/plumb_program.hpp"
#include "support/file.hpp"
#include "support/text.hpp"
#include "support/validate_json.hpp"

namespace plumb::test {
namespace {

using Json = nlohmann::json;

constexpr const char* before = R"(schema app version 1.0.0
table people {
  id     serial
  name   varchar(40)?
  size   int
  fax    varchar(20)?
}
table old {
  id  serial
}
)";

/// A rename, a drop, a loss, rows in the way, a new table and a reference.
constexpr const char* after = R"(schema app version 2.0.0
table towns {
  id  serial
}
table people {
  id       serial
  title    varchar(40) was name
  size     smallint
  town_id  ref(towns)?
  check grown (size > 0)
}
drop column people.fax
drop table old
)";

class Documents : public OnBothEngines {
 protected:
  void SetUp() override {
    OnBothEngines::SetUp();
    place().bring_to(before);
    place().sql("INSERT INTO people (id, name, size, fax) VALUES (1, 'Ada', 3, '555'), (2, 'Grace', 4, NULL)");
    place().sql("INSERT INTO old (id) VALUES (1)");
    place().write("app.plumb", after);
    place().write("plan.schema.json", place().plumb({"plan", "--json-schema"}).out);
  }
  RunResult plan(const std::string& file, std::vector<std::string> further = {}) {
    std::vector<std::string> words{"plan", "--to", "app.plumb", "-o", file};
    words.insert(words.end(), further.begin(), further.end());
    return place().plumb_on_db(words);
  }
  testing::AssertionResult fits(const std::string& file) { return fit_schema(place().path("plan.schema.json"), {place().path(file)}); }
};
PLUMB_ON_BOTH_ENGINES(Documents);

TEST_P(Documents, OfPlansFitThePublishedSchema) {
  EXPECT_EQ(place().read("plan.schema.json"), read_file(std::string(PLUMB_SOURCE_DIR) + "/docs/schemas/plan-2.schema.json"));
  ASSERT_TRUE(ended_with(0, plan("whole.json")));
  EXPECT_TRUE(fits("whole.json"));
  ASSERT_TRUE(ended_with(0, plan("expand.json", {"--phase", "expand", "--no-probe", "--no-rehearsal", "--no-attic"})));
  EXPECT_TRUE(fits("expand.json"));
  place().write("plumb.toml", "[policy]\nrequire-approval = [\"destructive\"]\n");
  ASSERT_TRUE(ended_with(0, plan("approved.json")));
  ASSERT_TRUE(ended_with(0, place().plumb({"approve", "approved.json", "--by", "Ada", "--note", "seen"})));
  EXPECT_TRUE(fits("approved.json"));
  place().sql("INSERT INTO people (id, name, size) VALUES (3, NULL, 1), (4, 'Alan', 100000)");
  ASSERT_TRUE(ended_with(3, plan("blocked.json")));
  EXPECT_TRUE(fits("blocked.json"));
  EXPECT_TRUE(contains(place().read("blocked.json"), "id=3"));
  place().sql("DELETE FROM people WHERE id > 2");
  ASSERT_TRUE(ended_with(0, place().plumb_on_db({"apply", "approved.json"})));
  place().write("history.json", place().plumb_on_db({"history", "show", "2", "--format", "json"}).out);
  EXPECT_TRUE(fits("history.json"));
  ASSERT_TRUE(ended_with(0, plan("empty.json")));
  EXPECT_TRUE(fits("empty.json"));
}

/// SARIF 2.1.0 (docs.oasis-open.org/sarif/sarif/v2.1.0): what it requires of a log, and what code scanning needs besides.
TEST_P(Documents, OfFindingsAreSarif) {
  place().sql("INSERT INTO people (id, name, size) VALUES (3, NULL, 1)");
  ASSERT_TRUE(ended_with(3, plan("plan.sarif")));
  EXPECT_TRUE(fit_schema(std::string(PLUMB_SOURCE_DIR) + "/tests/cli/sarif-required.schema.json", {place().path("plan.sarif")}));
  const Json run = Json::parse(place().read("plan.sarif")).at("runs").at(0);
  const auto lines = split_lines(after);
  std::map<std::string, std::string> named;  // a rule, and the line of the description that its finding points at
  for (const Json& result : run.at("results")) {
    EXPECT_EQ(run.at("tool").at("driver").at("rules").at(result.at("ruleIndex").get<std::size_t>()).at("id"), result.at("ruleId"));
    const Json& place_of_it = result.at("locations").at(0).at("physicalLocation");
    EXPECT_EQ(place_of_it.at("artifactLocation").at("uri"), "app.plumb");
    named[result.at("ruleId")] = lines.at(place_of_it.at("region").at("startLine").get<std::size_t>() - 1);
  }
  EXPECT_EQ(named["drop-table"], "drop table old");
  EXPECT_EQ(named["drop-column"], "drop column people.fax");
  EXPECT_TRUE(contains(named["data-in-the-way"], "title    varchar(40)"));
  EXPECT_TRUE(contains(named["hint-used"], "was name"));
}

}  // namespace
}  // namespace plumb::test
