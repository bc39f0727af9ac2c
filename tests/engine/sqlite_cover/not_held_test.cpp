// What a stored text says and a description cannot: it is shown, it stays where it can, and is lost only by permission.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "cli/plumb_program.hpp"
#include "db/target.hpp"
#include "dialect/dialect.hpp"
#include "engine/sqlite_cover/file_facts.hpp"
#include "language/load.hpp"
#include "plan/build.hpp"

namespace plumb::test {
namespace {

using testing::HasSubstr;
using testing::Not;

class NotHeld : public testing::Test {
 protected:
  void SetUp() override {
    run_in_file(file(), "CREATE TABLE t(a int CONSTRAINT never_null NOT NULL, -- the amount\n  b text /* why */ DEFAULT 'x');"
                        "INSERT INTO t VALUES (1, 'y')");
  }
  std::string file() const { return place_.path("file.db"); }
  std::string text() const { return facts_of_file(file()).tables.at("t"); }

  RunResult run(std::vector<std::string> words, const std::string& description) const {
    place_.write("to.plumb", description);
    words.insert(words.end(), {"--db", "sqlite:file.db", "--to", "to.plumb"});
    return place_.plumb(words);
  }

  Workplace place_{"sqlite"};
};

constexpr const char* as_it_is = "schema s version 1.0.0\ntable t {\n  a  int\n  b  text? = \"x\"\n}\n";
constexpr const char* other_type = "schema s version 1.0.0\ntable t {\n  a  bigint\n  b  text? = \"x\"\n}\n";
constexpr const char* other_default = "schema s version 1.0.0\ntable t {\n  a  native(\"int\")\n  b  text? = \"z\"\n}\n";

TEST_F(NotHeld, IsShownByInspectAndValidate) {
  const RunResult inspected = place_.plumb({"inspect", "--db", "sqlite:file.db"});
  EXPECT_EQ(inspected.exit_code, 0);
  EXPECT_THAT(inspected.out, HasSubstr("// left alone: part of table t (its text in the database also says `never_null`)"));
  EXPECT_THAT(inspected.err, HasSubstr("`never_null`"));
  const RunResult validated = run({"validate"}, as_it_is);
  EXPECT_THAT(validated.out + validated.err, HasSubstr("`never_null`"));
}

TEST_F(NotHeld, IsLostOnlyByPermission) {
  const RunResult refused = run({"apply", "--yes"}, other_type);
  EXPECT_EQ(refused.exit_code, 3) << refused.out << refused.err;
  EXPECT_THAT(refused.out + refused.err, HasSubstr("--allow rebuild-opaque"));
  EXPECT_THAT(text(), HasSubstr("CONSTRAINT never_null"));

  const RunResult applied = run({"apply", "--yes", "--allow", "rebuild-opaque"}, other_type);
  EXPECT_EQ(applied.exit_code, 0) << applied.out << applied.err;
  EXPECT_THAT(text(), Not(HasSubstr("never_null")));
  EXPECT_EQ(facts_of_file(file()).rows.at("t"), std::vector<std::string>{"1 | integer 1 | text 'y'"});
}

TEST_F(NotHeld, StaysWithTheColumnThatARebuildLeavesAlone) {
  const RunResult applied = run({"apply", "--yes"}, other_default);
  EXPECT_EQ(applied.exit_code, 0) << applied.out << applied.err;
  EXPECT_THAT(text(), HasSubstr("a int CONSTRAINT never_null NOT NULL, -- the amount\n"));
  EXPECT_THAT(text(), HasSubstr("DEFAULT 'z'"));
}

TEST_F(NotHeld, CommentsThatGoAreNamed) {
  const RunResult plan = run({"plan"}, other_default);
  EXPECT_THAT(plan.out, HasSubstr("1 comment"));
  EXPECT_THAT(plan.out, HasSubstr("/* why */"));
  EXPECT_THAT(plan.out, Not(HasSubstr("goes with what changes: -- the amount")));
}

TEST_F(NotHeld, ATriggerThatIsNotUnderstoodIsNotTakenOffWithoutPermission) {
  // no SQLite of today stores one: it is put into what was read
  const Dialect& dialect = dialect_for("sqlite");
  const auto connection = db::open(db::parse_target("sqlite:" + file()), db::OpenMode::ReadOnly);
  Schema actual = dialect.read(*connection);
  const std::string stored = "CREATE TRIGGER r AFTER TRUNCATE ON t BEGIN SELECT 1; END";
  actual.opaque["r"] = {"trigger", "r", "its stored text is not understood", stored, "t"};
  const auto loaded = language::load({SourceText("to.plumb", other_default)});
  ASSERT_TRUE(loaded.description.has_value());
  const auto plan_with = [&](const plan::Allowed& allowed) {
    plan::Plan plan = plan::build(dialect.canonicalise(actual), dialect.canonicalise(loaded.description->schema), *loaded.description, dialect, allowed).plan;
    plan::assess(plan);
    return plan;
  };
  const plan::Plan refused = plan_with({});
  ASSERT_EQ(refused.blocked.size(), 1U);
  EXPECT_EQ(refused.blocked[0].code, "opaque-object");
  EXPECT_THAT(refused.blocked[0].text, HasSubstr("trigger `r`"));
  const plan::Plan permitted = plan_with({"rebuild-opaque"});
  EXPECT_TRUE(permitted.blocked.empty());
  const auto& commands = permitted.steps.at(0).commands;
  EXPECT_TRUE(std::any_of(commands.begin(), commands.end(), [&](const Command& command) { return command.sql == stored; }));
}

}  // namespace
}  // namespace plumb::test
