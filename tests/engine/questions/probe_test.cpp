// How the rows are asked while planning: within a time, with words for what was not answered, and with rows that are
// named so that a document holds them.
#include <gtest/gtest.h>

#include "cli/plumb_program.hpp"

namespace plumb::test {
namespace {

class Probe : public OnBothEngines {
 protected:
  void start(const std::string& members, const std::string& rows) {
    place().bring_to("schema app version 1.0.0\nuser table t {\n" + members + "}\n");
    if (!rows.empty()) place().sql(rows);
  }

  RunResult plan(const std::string& members, std::vector<std::string> further = {}) {
    place().write("desired.plumb", "schema app version 2.0.0\nuser table t {\n" + members + "}\n");
    std::vector<std::string> arguments = {"plan", "--to", "desired.plumb", "-o", "plan.md"};
    arguments.insert(arguments.end(), further.begin(), further.end());
    return place().plumb_on_db(arguments);
  }
};
PLUMB_ON_BOTH_ENGINES(Probe);

TEST_P(Probe, OfAnEmptyTableSaysThatEverythingIsSafe) {
  start("  id serial\n  c int?\n  d int?\n", "");
  ASSERT_TRUE(ended_with(0, plan("  id serial\n  c int\n  d smallint?\n  e int\n  unique (c)\n  check few (c < 5)\n")));
  EXPECT_TRUE(contains(place().read("plan.md"), "safe: no rows"));
}

TEST_P(Probe, ThatTakesTooLongIsLeftToTheGuardAndTheDocumentSaysSo) {
  start("  id serial\n  c int\n", "INSERT INTO t (id, c) VALUES (1, 1);");
  const std::string slow = place().is_sqlite() ? "(with recursive n(i) as (select 1 union all select i + 1 from n where i < 1000000000) select max(i) from n)" : "nullif(sleep(30), 7)";
  ASSERT_TRUE(ended_with(0, plan("  id serial\n  c int\n  d bigint backfill (" + slow + ")\n", {"--probe-timeout", "1"})));
  EXPECT_TRUE(contains(place().read("plan.md"), "not answered within 1 second"));
  EXPECT_TRUE(contains(place().read("plan.md"), "asked again when the step runs"));
  EXPECT_TRUE(contains(place().read("plan.md"), "not answered: asked when it runs"));
  EXPECT_TRUE(ended_with(0, place().plumb({"show", "plan.md"})));
}

TEST_P(Probe, IsLeftOutWhenNobodyWantsIt) {
  start("  id serial\n  c int?\n", "INSERT INTO t (id) VALUES (7);");
  ASSERT_TRUE(ended_with(0, plan("  id serial\n  c int\n", {"--no-probe"})));
  EXPECT_TRUE(contains(place().read("plan.md"), "not asked"));
  const auto applied = place().plumb_on_db({"apply", "plan.md"});
  EXPECT_TRUE(ended_with(3, applied));
  EXPECT_TRUE(contains(applied.err, "id=7"));
}

TEST_P(Probe, NamesAtMostFiveRowsInTheOrderOfTheirKey) {
  start("  id serial\n  c int?\n", "INSERT INTO t (id) VALUES (17), (3), (8), (5), (11), (2), (30);");
  EXPECT_TRUE(ended_with(3, plan("  id serial\n  c int\n")));
  EXPECT_TRUE(contains(place().read("plan.md"), "**7**, for example `id=2`; `id=3`; `id=5`; `id=8`; `id=11`"));
}

TEST_P(Probe, NamesNoRowsWhereThatIsNotWanted) {
  start("  id serial\n  c varchar(20)?\n  mail varchar(40)\n", "INSERT INTO t (id, c, mail) VALUES (7, NULL, 'ada@example.org'), (8, NULL, 'ada@example.org');");
  const std::string desired = "  id serial\n  c varchar(20)\n  mail varchar(40)\n  unique (mail)\n";
  const RunResult planned = plan(desired, {"--no-examples"});
  EXPECT_TRUE(ended_with(3, planned));
  const std::string document = place().read("plan.md");
  EXPECT_TRUE(contains(document, "**2**. Must be 0."));
  EXPECT_TRUE(contains(document, "they are found by `SELECT")) << "whoever may see the rows can list them";
  for (const std::string& text : {document, planned.err}) {
    EXPECT_TRUE(lacks(text, "ada@example.org"));
    EXPECT_TRUE(lacks(text, "id=7"));
    EXPECT_TRUE(lacks(text, "and names some of"));
  }
  EXPECT_TRUE(ended_with(3, place().plumb_on_db({"apply", "plan.md"}))) << "blocked, not changed";
  place().write("plumb.toml", "examples = false\n");
  EXPECT_TRUE(ended_with(3, plan(desired)));
  EXPECT_EQ(place().read("plan.md"), document) << "the setting is the flag";
}

TEST_P(Probe, NamesNoRowsThatComeLateWhereThatIsNotWanted) {
  start("  id serial\n  c varchar(20)?\n", "INSERT INTO t (id, c) VALUES (1, 'x');");
  for (const bool in_the_plan : {true, false}) {
    ASSERT_TRUE(ended_with(0, plan("  id serial\n  c varchar(20)\n", in_the_plan ? std::vector<std::string>{"--no-examples"} : std::vector<std::string>{})));
    place().sql("INSERT INTO t (id, c) VALUES (777, NULL);");
    const RunResult applied = place().plumb_on_db({"apply", "plan.md", "--no-examples"});
    EXPECT_TRUE(ended_with(3, applied));
    EXPECT_TRUE(contains(applied.err, "in the way"));
    EXPECT_TRUE(lacks(applied.err, "777"));
    place().sql("DELETE FROM t WHERE id = 777;");
    EXPECT_TRUE(ended_with(0, place().plumb({"show", "plan.md"})));
  }
  EXPECT_TRUE(ended_with(0, place().plumb_on_db({"apply", "plan.md"})));
}

TEST_P(Probe, QuotesAndCutsWhatItNamesSoThatTheDocumentIsReadAgain) {
  start("  id serial\n  c varchar(200)?\n", "INSERT INTO t (id, c) VALUES (1, 'it''s a `|` <b>'), (2, 'two\nlines'), (3, '" + std::string(90, 'x') + "');");
  EXPECT_TRUE(ended_with(3, plan("  id serial\n  c varchar(200)? check (c = 'y')\n")));
  const std::string document = place().read("plan.md");
  EXPECT_TRUE(contains(document, "`` id=1, c='it''s a `|` <b>' ``"));
  EXPECT_TRUE(contains(document, "two\\x0alines"));
  EXPECT_TRUE(lacks(document, std::string(60, 'x')));
  EXPECT_TRUE(ended_with(3, place().plumb_on_db({"apply", "plan.md"}))) << "blocked, not changed";
}

TEST_P(Probe, NamesRowsByAllPartsOfAKey) {
  start("  a int\n  b varchar(10)\n  c int?\n  primary key (a, b)\n", "INSERT INTO t (a, b) VALUES (1, 'x');");
  EXPECT_TRUE(ended_with(3, plan("  a int\n  b varchar(10)\n  c int\n  primary key (a, b)\n")));
  EXPECT_TRUE(contains(place().read("plan.md"), "`a=1, b='x'`"));
}

TEST_P(Probe, NamesRowsWithoutAPrimaryKeyByAUniqueOneElseByWhatTheEngineHas) {
  start("  code varchar(10)\n  c int?\n  unique (code)\n", "INSERT INTO t (code) VALUES ('x');");
  EXPECT_TRUE(ended_with(3, plan("  code varchar(10)\n  c int\n  unique (code)\n")));
  EXPECT_TRUE(contains(place().read("plan.md"), "`code='x'`"));
  place().sql("DROP TABLE t;");
  start("  c int?\n", "INSERT INTO t (c) VALUES (1), (NULL);");
  EXPECT_TRUE(ended_with(3, plan("  c int\n")));
  EXPECT_TRUE(contains(place().read("plan.md"), place().is_sqlite() ? "`rowid=2`" : "NULL in `t.c`, which becomes not null: **1**"));
}

/// Many questions about one table, right and wrong ones among them: each has its own answer.
TEST_P(Probe, KeepsTheAnswersOfOneScanApart) {
  start("  id serial\n  a int?\n  b int?\n  c int?\n", "INSERT INTO t (id, a, b, c) VALUES (1, NULL, 1, 5), (2, NULL, NULL, 7), (3, 1, 1, NULL);");
  const auto planned = plan("  id serial\n  a int\n  b int\n  c int? check (c < 6)\n");
  EXPECT_TRUE(ended_with(3, planned));
  EXPECT_TRUE(contains(planned.err, "`t.a`, which becomes not null: 2, for example `id=1`; `id=2`"));
  EXPECT_TRUE(contains(planned.err, "`t.b`, which becomes not null: 1, for example `id=2`"));
  EXPECT_TRUE(contains(planned.err, "the check on `t.c`: 1, for example `id=2, c=7`"));
}

}  // namespace
}  // namespace plumb::test
