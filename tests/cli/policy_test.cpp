// Policies of an environment and people's approvals, from outside: what runs, what does not, and what is said.
#include <gtest/gtest.h>

#include <array>
#include <ctime>

#include <nlohmann/json.hpp>

#include "cli/plumb_program.hpp"
#include "support/file.hpp"
#include "support/text.hpp"

namespace plumb::test {
namespace {

using Json = nlohmann::json;

constexpr const char* before = "schema app version 1.0.0\ntable old {\n  id  serial\n}\ntable kept {\n  id  serial\n}\n";
constexpr const char* after = "schema app version 1.1.0\ntable kept {\n  id  serial\n}\n\ndrop table old\n";

/// "sat 02:00-03:00" of the hour that begins `hours` from now, in UTC.
std::string window_in(int hours) {
  const std::time_t then = std::time(nullptr) + hours * 3600;
  std::tm parts{};
  gmtime_r(&then, &parts);
  constexpr std::array<const char*, 7> days{"sun", "mon", "tue", "wed", "thu", "fri", "sat"};
  const auto two_digits = [](int number) { return (number < 10 ? "0" : "") + std::to_string(number); };
  return std::string(days.at(static_cast<std::size_t>(parts.tm_wday))) + " " + two_digits(parts.tm_hour) + ":00-" + two_digits((parts.tm_hour + 2) % 24) + ":00";
}

class Policies : public OnBothEngines {
 protected:
  void SetUp() override {
    OnBothEngines::SetUp();
    place().bring_to(before);
    place().write("app.plumb", after);
    place().sql("INSERT INTO old DEFAULT VALUES", "INSERT INTO old () VALUES ()");
  }
  void set_policy(const std::string& lines) { place().write("plumb.toml", "[env.prod.policy]\n" + lines); }
  RunResult plan(std::vector<std::string> further = {"--env", "prod"}) { return run({"plan", "--to", "app.plumb", "-o", "plan.md"}, std::move(further)); }
  RunResult apply(std::vector<std::string> further = {"--env", "prod"}) { return run({"apply", "plan.md"}, std::move(further)); }
  RunResult approve(const std::string& by, std::vector<std::string> further = {}) {
    std::vector<std::string> words{"approve", "plan.md", "--by", by};
    words.insert(words.end(), further.begin(), further.end());
    return place().plumb(words);
  }
  void expect_untouched() { EXPECT_TRUE(contains(join(place().list(place().is_sqlite() ? "SELECT name FROM sqlite_master" : "SHOW TABLES"), " "), "old")); }
  void expect_applied() { EXPECT_TRUE(lacks(join(place().list(place().is_sqlite() ? "SELECT name FROM sqlite_master" : "SHOW TABLES"), " "), "old")); }

 private:
  RunResult run(std::vector<std::string> words, std::vector<std::string> further) {
    words.insert(words.end(), further.begin(), further.end());
    return place().plumb_on_db(words);
  }
};

TEST_P(Policies, RefuseWhatTheDescriptionDeclaresAndTheCallAllows) {
  set_policy("refuse = [\"drop-table\"]\n");
  const auto planned = plan({"--env", "prod", "--allow", "destructive"});
  EXPECT_TRUE(ended_with(3, planned));
  EXPECT_TRUE(contains(place().read("plan.md"), "the policy `prod` refuses it: step 1 is `drop-table`"));
  EXPECT_TRUE(ended_with(3, apply()));
  expect_untouched();
}

TEST_P(Policies, HoldAPlanThatWasMadeWithoutThem) {
  set_policy("refuse = [\"drop-table\"]\n");
  EXPECT_TRUE(ended_with(0, plan({})));
  const auto refused = apply();
  EXPECT_TRUE(ended_with(3, refused));
  EXPECT_TRUE(contains(refused.err, "the policy `prod` refuses it: step 1 is `drop-table`; nothing was run"));
  expect_untouched();
  EXPECT_TRUE(ended_with(0, apply({})));
  expect_applied();
}

TEST_P(Policies, WantPeopleWhoApproveExactlyThatPlan) {
  set_policy("require-approval = [\"destructive\"]\napprovals = 2\n");
  EXPECT_TRUE(ended_with(0, plan()));
  EXPECT_TRUE(contains(place().read("plan.md"), "Made under the policy `prod`"));
  const auto none = apply();
  EXPECT_TRUE(ended_with(3, none));
  EXPECT_TRUE(contains(none.err, "it needs the approval of 2 people and has none; `plumb approve FILE --by NAME`"));
  EXPECT_TRUE(ended_with(3, apply({}))) << "the plan says it itself";
  const auto first = approve("Ada Lovelace", {"--note", "seen with Grace"});
  EXPECT_TRUE(ended_with(0, first));
  EXPECT_TRUE(contains(first.out, place().is_sqlite() ? "DROP TABLE" : "RENAME TABLE"));
  EXPECT_TRUE(contains(first.err, "Ada Lovelace has approved `plan.md`: 1 of 2"));
  EXPECT_TRUE(contains(place().read("plan.md"), "- **Ada Lovelace**, 2"));
  EXPECT_TRUE(ended_with(3, approve("ada lovelace"))) << "one person is one person";
  EXPECT_TRUE(ended_with(3, apply()));
  expect_untouched();
  EXPECT_TRUE(ended_with(0, approve("Grace", {"--env", "prod"})));
  EXPECT_TRUE(ended_with(0, apply()));
  expect_applied();
}

TEST_P(Policies, CountNoApprovalOfAnotherPlan) {
  set_policy("require-approval = [\"drop-table\"]\n");
  EXPECT_TRUE(ended_with(0, plan()));
  EXPECT_TRUE(ended_with(0, approve("Ada")));
  const std::string approved = place().read("plan.md");
  place().write("plan.md", replace_all(approved, "**Ada**", "**Eve**"));
  EXPECT_TRUE(ended_with(4, apply()));
  EXPECT_TRUE(ended_with(4, approve("Grace")));
  place().write("plan.md", replace_all(approved, place().is_sqlite() ? "DROP TABLE" : "RENAME TABLE", "drop table"));
  EXPECT_TRUE(ended_with(4, apply()));
  expect_untouched();
  EXPECT_TRUE(ended_with(0, plan())) << "a new plan has no approvals";
  EXPECT_TRUE(ended_with(3, apply()));
}

TEST_P(Policies, ApproveNoPlanThatMustNotRun) {
  place().write("app.plumb", "schema app version 1.1.0\ntable kept {\n  id  serial\n}\n\ndrop table old\n");
  set_policy("refuse = [\"drop-table\"]\n");
  EXPECT_TRUE(ended_with(3, plan()));
  const auto blocked = approve("Ada");
  EXPECT_TRUE(ended_with(3, blocked));
  EXPECT_TRUE(contains(blocked.err, "is not approved: the plan is blocked"));
  EXPECT_TRUE(ended_with(0, plan({})));
  EXPECT_TRUE(ended_with(3, approve("Ada", {"--env", "prod"})));
  EXPECT_TRUE(ended_with(64, approve("")));
  EXPECT_TRUE(ended_with(64, approve("two\nlines")));
}

TEST_P(Policies, LetThingsRunOnlyInTheirWindows) {
  set_policy("windows = [\"" + window_in(3) + "\"]\n");
  EXPECT_TRUE(ended_with(0, plan()));
  const auto refused = apply();
  EXPECT_TRUE(ended_with(3, refused));
  EXPECT_TRUE(contains(refused.err, "(UTC), outside of the windows of the policy `prod`; the next one begins "));
  EXPECT_TRUE(ended_with(3, place().plumb_on_db({"apply", "--to", "app.plumb", "--yes", "--env", "prod"})));
  expect_untouched();
  EXPECT_TRUE(ended_with(0, apply({"--env", "prod", "--dry-run"}))) << "looking is free";
  set_policy("windows = [\"" + window_in(0) + "\"]\n");
  EXPECT_TRUE(ended_with(0, apply()));
  expect_applied();
}

TEST_P(Policies, WantPlansInFilesWhereTheySaySo) {
  set_policy("review = true\n");
  const auto refused = place().plumb_on_db({"apply", "--to", "app.plumb", "--yes", "--env", "prod"});
  EXPECT_TRUE(ended_with(3, refused));
  EXPECT_TRUE(contains(refused.err, "plumb plan -o FILE"));
  expect_untouched();
  EXPECT_TRUE(ended_with(0, plan()));
  EXPECT_TRUE(ended_with(0, apply()));
  expect_applied();
}

TEST_P(Policies, HoldApplyWithoutAFileToo) {
  set_policy("require-approval = [\"drop-table\"]\n");
  const auto refused = place().plumb_on_db({"apply", "--to", "app.plumb", "--yes", "--env", "prod"});
  EXPECT_TRUE(ended_with(3, refused));
  EXPECT_TRUE(contains(refused.err, "it needs the approval of 1 person"));
  expect_untouched();
}

TEST_P(Policies, StandInTheirOwnFileOrForAllEnvironments) {
  place().write("rules/strict.toml", "refuse = [\"drop-table\"]\n");
  place().write("plumb.toml", "[policy]\nreview = true\n\n[env.prod]\npolicy = \"rules/strict.toml\"\n\n[env.dev]\n");
  EXPECT_TRUE(ended_with(3, plan()));
  EXPECT_TRUE(contains(place().read("plan.md"), "the policy `strict` refuses it"));
  EXPECT_TRUE(ended_with(0, plan({"--env", "dev"})));
  EXPECT_TRUE(contains(place().read("plan.md"), "Made under the policy `default`"));
  const auto note = apply({"--env", "prod"});
  EXPECT_TRUE(ended_with(3, note));
  EXPECT_TRUE(contains(note.err, "note: the plan was made under the policy `default`; here it is held to `strict`, which is another one"));
}

TEST_P(Policies, AreRefusedWhenTheyAreMisspelled) {
  const auto told = [&](const std::string& lines, const std::string& part) {
    set_policy(lines);
    const auto result = plan();
    EXPECT_TRUE(ended_with(64, result)) << lines;
    EXPECT_TRUE(contains(result.err, part)) << lines;
  };
  told("refused = [\"drop-table\"]\n", "did you mean `refuse`?");
  told("refuse = [\"drop-tables\"]\n", "did you mean `drop-table`?");
  told("approvals = 0\n", "must be a number of people");
  told("windows = []\n", "nothing could ever run");
  told("windows = [\"saturday\"]\n", "is no window");
  told("largest-rebuild = \"big\"\n", "is no size");
  told("review = \"yes\"\n", "must be true or false");
  set_policy("windows = [\"" + window_in(0) + "\"]\ntimezone = \"Europe/Nowhere\"\n");
  EXPECT_TRUE(ended_with(0, plan()));
  EXPECT_TRUE(ended_with(64, apply()));
  expect_untouched();
}

TEST_P(Policies, AreAPartOfTheSameBytesEveryTime) {
  set_policy("require-approval = [\"drop-table\"]\n");
  EXPECT_TRUE(ended_with(0, plan()));
  const std::string first = place().read("plan.md");
  EXPECT_TRUE(ended_with(0, plan()));
  EXPECT_EQ(first, place().read("plan.md"));
}

TEST_P(Policies, OfAPlanStandInItsSarif) {
  set_policy("refuse = [\"drop-table\"]\n");
  const auto result = place().plumb_on_db({"plan", "--to", "app.plumb", "--format", "sarif", "--env", "prod"});
  EXPECT_TRUE(ended_with(3, result));
  const Json json = Json::parse(result.out);
  std::map<std::string, Json> found;
  for (const Json& one : json.at("runs").at(0).at("results")) found[one.at("ruleId")] = one;
  ASSERT_TRUE(found.contains("policy")) << result.out;
  ASSERT_TRUE(found.contains("drop-table")) << result.out;
  EXPECT_EQ(found["drop-table"]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"], "app.plumb");
  EXPECT_EQ(found["drop-table"]["locations"][0]["physicalLocation"]["region"]["startLine"], 6);
  EXPECT_EQ(found["policy"]["level"], "error");
  EXPECT_TRUE(ended_with(3, place().plumb_on_db({"plan", "--to", "app.plumb", "-o", "plan.sarif", "--env", "prod"})));
  EXPECT_EQ(place().read("plan.sarif"), result.out);
}

TEST_P(Policies, OfTheDocumentationAreRead) {
  const std::string text = read_file(std::string(PLUMB_SOURCE_DIR) + "/docs/policy.md");
  const std::size_t begin = text.find("```toml\n") + 8;
  place().write("plumb.toml", text.substr(begin, text.find("```\n", begin) - begin));
  EXPECT_TRUE(ended_with(3, plan())) << "it refuses to drop tables";
  EXPECT_TRUE(contains(place().read("plan.md"), "Needs the approval of 2 people: step 1 is `"));
}

PLUMB_ON_BOTH_ENGINES(Policies);

}  // namespace
}  // namespace plumb::test
