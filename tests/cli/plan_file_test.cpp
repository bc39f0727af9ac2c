// The plan as a file: what was read is what runs, and the same inputs give the same bytes.
#include <gtest/gtest.h>

#include <filesystem>
#include <nlohmann/json.hpp>

#include "cli/plumb_program.hpp"
#include "support/text.hpp"

namespace plumb::test {
namespace {

constexpr const char* version_1 =
    "schema app version 1.0.0\nuser table people {\n  id serial\n  name varchar(100)?\n}\n";
constexpr const char* version_2 =
    "schema app version 2.0.0\nuser table people {\n  id serial\n  name varchar(100)?\n  nick varchar(50) = "
    "\"Zoë | `x`\"\n  index (name)\n}\nuser table pets {\n  id serial\n  owner ref(people)\n}\n";

class PlanFile : public OnBothEngines {
 protected:
  void SetUp() override {
    OnBothEngines::SetUp();
    if (IsSkipped()) return;
    place().bring_to(version_1);
    place().sql("INSERT INTO people (id, name) VALUES (1, 'Ada');");
    place().write("v2.plumb", version_2);
  }

  void plan(const std::string& file) {
    ASSERT_TRUE(ended_with(0, place().plumb_on_db({"plan", "--to", "v2.plumb", "-o", file})));
  }
};
PLUMB_ON_BOTH_ENGINES(PlanFile);

TEST_P(PlanFile, RunsExactlyAsItWasReviewed) {
  plan("plan.md");
  ASSERT_TRUE(ended_with(0, place().plumb_on_db({"apply", "plan.md"})));
  EXPECT_TRUE(ended_with(0, place().plumb_on_db({"validate", "--to", "v2.plumb"})));
}

TEST_P(PlanFile, InJsonRunsToo) {
  plan("plan.json");
  ASSERT_TRUE(ended_with(0, place().plumb_on_db({"apply", "plan.json"})));
  EXPECT_TRUE(ended_with(0, place().plumb_on_db({"validate", "--to", "v2.plumb"})));
}

TEST_P(PlanFile, NeedsNoDescriptionAnyMore) {
  plan("plan.md");
  std::filesystem::remove(place().path("v2.plumb"));
  EXPECT_TRUE(ended_with(0, place().plumb_on_db({"apply", "plan.md"})));
}

TEST_P(PlanFile, IsStaleTheSecondTime) {
  plan("plan.md");
  ASSERT_TRUE(ended_with(0, place().plumb_on_db({"apply", "plan.md"})));
  const std::string before = place().content();
  const auto again = place().plumb_on_db({"apply", "plan.md"});
  EXPECT_TRUE(ended_with(4, again));
  EXPECT_TRUE(contains(again.err, "new plan"));
  EXPECT_EQ(place().content(), before);
}

TEST_P(PlanFile, IsStaleWhenTheSchemaHasChangedSince) {
  plan("plan.md");
  place().sql("ALTER TABLE people ADD COLUMN surplus int;");
  const std::string before = place().content();
  EXPECT_TRUE(ended_with(4, place().plumb_on_db({"apply", "plan.md"})));
  EXPECT_EQ(place().content(), before);
}

TEST_P(PlanFile, IsNotStaleWhenOnlyRowsHaveChanged) {
  plan("plan.md");
  place().sql("INSERT INTO people (id, name) VALUES (2, 'Bob');");
  EXPECT_TRUE(ended_with(0, place().plumb_on_db({"apply", "plan.md"})));
}

TEST_P(PlanFile, ForTheOtherEngineIsRefused) {
  plan("plan.md");
  Workplace other(place().is_sqlite() ? "mariadb" : "sqlite");
  const auto result = place().plumb({"apply", "plan.md", "--db", other.url()});
  EXPECT_TRUE(ended_with(4, result));
  EXPECT_TRUE(contains(result.err, place().engine()));
  EXPECT_EQ(other.content(), Workplace(other.engine()).content());
}

TEST_P(PlanFile, WithAChangedByteAnywhereIsRefusedInMarkdown) {
  plan("plan.md");
  const std::string good = place().read("plan.md");
  const std::string before = place().content();
  const std::size_t step = std::max<std::size_t>(1, good.size() / 60);
  for (std::size_t place_of_flip = 0; place_of_flip < good.size(); place_of_flip += step) {
    std::string bad = good;
    bad[place_of_flip] = static_cast<char>(bad[place_of_flip] ^ 1);
    place().write("bad.md", bad);
    const auto result = place().plumb_on_db({"apply", "bad.md"});
    EXPECT_TRUE(ended_with(4, result))
        << "byte " << place_of_flip << " in `" << good.substr(place_of_flip, 30) << "`";
    ASSERT_EQ(place().content(), before) << "byte " << place_of_flip;
  }
}

TEST_P(PlanFile, WithAChangedByteAnywhereIsRefusedInJson) {
  plan("plan.json");
  const std::string good = place().read("plan.json");
  const std::string before = place().content();
  const std::size_t step = std::max<std::size_t>(1, good.size() / 60);
  for (std::size_t place_of_flip = 0; place_of_flip < good.size(); place_of_flip += step) {
    std::string bad = good;
    bad[place_of_flip] = static_cast<char>(bad[place_of_flip] ^ 1);
    place().write("bad.json", bad);
    const auto result = place().plumb_on_db({"apply", "bad.json"});
    EXPECT_TRUE(ended_with(4, result))
        << "byte " << place_of_flip << " in `" << good.substr(place_of_flip, 30) << "`";
    ASSERT_EQ(place().content(), before) << "byte " << place_of_flip;
  }
}

TEST_P(PlanFile, WithAnotherStatementInItsMachinePartIsRefused) {
  for (const char* file : {"plan.md", "plan.json"}) {
    plan(file);
    place().write(file, replace_all(place().read(file), "(50)", "(60)"));
    EXPECT_TRUE(ended_with(4, place().plumb_on_db({"apply", file}))) << file;
    EXPECT_TRUE(ended_with(4, place().plumb({"show", file}))) << file;
  }
}

TEST_P(PlanFile, ThatWasCutOffIsRefused) {
  plan("plan.md");
  const std::string good = place().read("plan.md");
  for (const std::size_t length : {good.size() - 1, good.size() / 2, std::size_t{20}}) {
    place().write("cut.md", good.substr(0, length));
    EXPECT_TRUE(ended_with(4, place().plumb_on_db({"apply", "cut.md"}))) << length;
  }
}

TEST_P(PlanFile, ThatIsNoPlanIsAnError) {
  place().write("readme.md", "# Read me\n");
  place().write("other.json", "{\"name\": \"x\"}\n");
  place().write("empty.md", "");
  for (const char* file : {"readme.md", "other.json", "empty.md"}) {
    const auto result = place().plumb_on_db({"apply", file});
    EXPECT_TRUE(ended_with(1, result));
    EXPECT_TRUE(contains(result.err, file));
  }
}

TEST_P(PlanFile, IsShownAgainInEveryFormat) {
  plan("plan.md");
  plan("plan.json");
  EXPECT_EQ(place().plumb({"show", "plan.md", "--format", "markdown"}).out, place().read("plan.md"));
  EXPECT_EQ(place().plumb({"show", "plan.md", "--format", "json"}).out, place().read("plan.json"));
  EXPECT_EQ(place().plumb({"show", "plan.json", "--format", "markdown"}).out, place().read("plan.md"));
  const auto sql = place().plumb({"show", "plan.md", "--format", "sql"});
  EXPECT_TRUE(contains(sql.out, "CREATE TABLE"));
  EXPECT_EQ(sql.out, place().plumb_on_db({"plan", "--to", "v2.plumb", "--format", "sql"}).out);
  EXPECT_TRUE(contains(place().plumb({"show", "plan.md"}).out, "pets"));
}

TEST_P(PlanFile, InSqlDoesTheSameWhenTheEnginesOwnClientRunsIt) {
  const auto sql = place().plumb_on_db({"plan", "--to", "v2.plumb", "--format", "sql"});
  place().sql(sql.out);
  const auto validated = place().plumb_on_db({"validate", "--to", "v2.plumb", "--json"});
  EXPECT_TRUE(lacks(validated.out, "drift"));
  EXPECT_TRUE(lacks(validated.out, "missing"));
}

// --- the same bytes

TEST_P(PlanFile, HasTheSameBytesTheSecondTime) {
  plan("plan.md");
  plan("again.md");
  EXPECT_EQ(place().read("again.md"), place().read("plan.md"));
}

TEST_P(PlanFile, HasTheSameBytesUnderAnotherLocaleAndTimeZone) {
  plan("plan.md");
  for (const char* locale : {"C", "C.UTF-8", "de_DE.UTF-8"}) {
    RunOptions options;
    options.environment = {{"LC_ALL", locale}, {"LANG", locale}, {"TZ", "Asia/Kathmandu"}};
    ASSERT_TRUE(ended_with(0, place().plumb_on_db({"plan", "--to", "v2.plumb", "-o", "again.md"}, options)));
    EXPECT_EQ(place().read("again.md"), place().read("plan.md")) << locale;
  }
}

TEST_P(PlanFile, HasTheSameBytesInAnotherFolder) {
  plan("plan.md");
  place().write("elsewhere/v2.plumb", version_2);
  RunOptions options;
  options.folder = place().path("elsewhere");
  ASSERT_TRUE(ended_with(0, place().plumb_on_db({"plan", "--to", "v2.plumb", "-o", "plan.md"}, options)));
  EXPECT_EQ(place().read("elsewhere/plan.md"), place().read("plan.md"));
}

TEST_P(PlanFile, HasTheSameStatementsWhereverItsTablesAreWritten) {
  place().write("one/a.plumb",
                "schema app version 2.0.0\nuser table people {\n  id serial\n  name varchar(100)?\n}\nuser "
                "table pets {\n  id serial\n  owner ref(people)\n}\n");
  place().write("two/a.plumb", "user table pets {\n  id serial\n  owner ref(people)\n}\n");
  place().write("two/b.plumb",
                "schema app version 2.0.0\nuser table people {\n  id serial\n  name varchar(100)?\n}\n");
  const auto one = place().plumb_on_db({"plan", "--to", "one", "--format", "sql"});
  const auto two = place().plumb_on_db({"plan", "--to", "two", "--format", "sql"});
  ASSERT_TRUE(ended_with(0, one));
  EXPECT_EQ(one.out, two.out);
}

TEST_P(PlanFile, NamesNeitherTheDatabaseNorTheTime) {
  plan("plan.md");
  const std::string text = place().read("plan.md");
  EXPECT_TRUE(lacks(text, place().folder()));
  EXPECT_TRUE(lacks(text, place().is_sqlite() ? "data.db" : place().target().database));
  EXPECT_TRUE(lacks(text, "2026-"));
}

TEST_P(PlanFile, ForADatabaseThatDoesNotExistYetMakesIt) {
  if (!place().is_sqlite()) GTEST_SKIP() << "a MariaDB database is made by its server";
  const auto planned = place().plumb({"plan", "--db", "sqlite:new.db", "--to", "v2.plumb", "-o", "plan.md"});
  ASSERT_TRUE(ended_with(0, planned));
  EXPECT_FALSE(std::filesystem::exists(place().path("new.db"))) << "a plan makes no file";
  ASSERT_TRUE(ended_with(0, place().plumb({"apply", "plan.md", "--db", "sqlite:new.db"})));
  EXPECT_TRUE(ended_with(0, place().plumb({"validate", "--db", "sqlite:new.db", "--to", "v2.plumb"})));
}

TEST_P(PlanFile, ThatIsStaleLeavesNoNewDatabaseBehind) {
  if (!place().is_sqlite()) GTEST_SKIP() << "a MariaDB database is made by its server";
  plan("plan.md");
  EXPECT_TRUE(ended_with(4, place().plumb({"apply", "plan.md", "--db", "sqlite:mistyped.db"})));
  EXPECT_FALSE(std::filesystem::exists(place().path("mistyped.db")));
}

}  // namespace
}  // namespace plumb::test
