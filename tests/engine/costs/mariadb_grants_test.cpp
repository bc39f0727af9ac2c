// How MariaDB runs each kind of change: what the server grants on an empty table stands in the statement, and the real table is
// changed in that way.
#include <gtest/gtest.h>

#include <memory>

#include "apply/apply.hpp"
#include "desired/scratch_database.hpp"
#include "language/load.hpp"
#include "plan/document.hpp"
#include "probe/make_plan.hpp"
#include "support/mariadb_server.hpp"
#include "support/text.hpp"

namespace plumb::test {
namespace {

Description described(const std::string& text) {
  std::vector<SourceText> sources;
  sources.emplace_back("test.plumb", text);
  language::Loaded loaded = language::load(std::move(sources));
  EXPECT_TRUE(loaded.description) << render(loaded.diagnostics, loaded.sources, false);
  return loaded.description.value_or(Description{});
}

class Grants : public MariaDbTest {
 protected:
  /// `further`: several tables may be tried at once.
  plan::Plan planned(const std::string& text, const db::Target& as, bool further = false) {
    PlanOptions options;
    options.find_costs = true;
    std::shared_ptr<desired::ScratchDatabase> scratch;
    options.open_scratch = [&] {
      scratch = desired::ScratchDatabase::on_mariadb(as, nullptr);
      return scratch->connect();
    };
    if (further) options.open_further_scratch = [&] { return scratch->connect(); };
    const auto session = db::open(as, db::OpenMode::ReadOnly);
    return make_plan(*session, dialect_for("mariadb"), described(text), options).plan;
  }
  plan::Plan planned(const std::string& text) { return planned(text, database().target()); }

  apply::Result run(const plan::Plan& plan) { return apply::apply(connection(), dialect_for("mariadb"), plan, {}); }

  void bring_to(const std::string& text) {
    const apply::Result result = run(planned(text));
    ASSERT_EQ(result.outcome, apply::Outcome::Done) << result.message;
  }

  /// The ways that stand in the plan's statements, in their order.
  static std::string ways_in(const plan::Plan& plan) {
    std::string ways;
    for (const Step& step : plan.steps) {
      for (const Command& command : step.commands) {
        const std::size_t at = command.sql.find("ALGORITHM=");
        if (at == std::string::npos) continue;
        const std::size_t end = command.sql.find_first_of(" \n", command.sql.find("LOCK=", at));
        ways += (ways.empty() ? "" : "; ") + command.sql.substr(at, end == std::string::npos ? end : end - at);
      }
    }
    return ways;
  }
};

std::string table_with(const std::string& lines, const std::string& behind = {}) { return "table t {\n  id  serial\n" + lines + "}\n" + behind; }

TEST_F(Grants, AreThoseOfEveryKindOfChange) {
  struct Change {
    std::string before;
    std::string after;
    std::string ways;
  };
  const std::string instant = "ALGORITHM=INSTANT, LOCK=NONE";
  const std::string nocopy = "ALGORITHM=NOCOPY, LOCK=NONE";
  const std::string inplace = "ALGORITHM=INPLACE, LOCK=NONE";
  const std::string copy = "ALGORITHM=COPY, LOCK=SHARED";
  const std::string base = table_with("  a  int\n  b  varchar(20)\n  c  text?\n");
  const std::vector<Change> changes{
      {base, table_with("  a  int\n  b  varchar(20)\n  c  text?\n  d  int?\n"), instant},
      {base, table_with("  b  varchar(20)\n  c  text?\n", "drop column t.a\n"), instant},
      {base, table_with("  x  int was a\n  b  varchar(20)\n  c  text?\n"), instant},
      {base, table_with("  a  int\n  b  varchar(20) = \"x\"\n  c  text?\n"), instant},
      {base, table_with("  a  int\n  b  varchar(25)\n  c  text?\n"), instant},
      {base, table_with("  a  int\n  b  varchar(20)\n  c  text?\n  index (b)\n"), nocopy},
      {base, table_with("  a  int\n  b  varchar(20)\n  c  text?\n  unique (b)\n"), nocopy},
      {base, table_with("  a  int?\n  b  varchar(20)\n  c  text?\n"), inplace},
      {base, table_with("  a  int\n  b  varchar(20)\n  c  text?\n  fulltext (c)\n"), "ALGORITHM=INPLACE, LOCK=SHARED"},
      {table_with("  a  text\n  c  text?\n  fulltext (a)\n"), table_with("  a  text\n  c  text?\n  fulltext (a)\n  fulltext (c)\n"), "ALGORITHM=NOCOPY, LOCK=SHARED"},
      {base, table_with("  a  bigint\n  b  varchar(20)\n  c  text?\n"), copy},
      {base, table_with("  a  int\n  b  varchar(10)\n  c  text?\n"), copy},
      {base, table_with("  a  int\n  b  varchar(20)\n  c  text?\n  check (a > 0)\n"), copy},
      {base, table_with("  a  int\n  b  varchar(20)\n  c  text?\n  option mariadb (engine=Aria)\n"), copy},
      {base, table_with("  a  int\n  b  varchar(20)\n  c  text?\n  d  ref(t)?\n"), inplace + "; " + copy},
      {base, "table u was t {\n  id  serial\n  a  bigint\n  b  varchar(20)\n  c  text?\n}\n", copy},
  };
  for (const Change& change : changes) {
    SCOPED_TRACE(change.after);
    connection().execute("DROP TABLE IF EXISTS t, u");
    bring_to(change.before);
    connection().execute(change.before == base ? "INSERT INTO t (a, b, c) VALUES (1, 'one', 'text')" : "INSERT INTO t (a, c) VALUES ('one', 'text')");
    const plan::Plan plan = planned(change.after);
    EXPECT_EQ(ways_in(plan), change.ways) << plan::to_sql(plan);
    const apply::Result result = run(plan);
    EXPECT_EQ(result.outcome, apply::Outcome::Done) << result.message;
    EXPECT_TRUE(planned(change.after).steps.empty());
  }
}

/// Tables that refer to each other, in a ring, with a change of every price; one is renamed, one is new.
TEST_F(Grants, AreTheSameForOneTableAtATimeAndForSeveral) {
  std::string before;
  std::string after;
  for (int i = 0; i < 14; ++i) {
    const std::string name = "t" + std::to_string(i);
    const std::string next = "t" + std::to_string((i + 1) % 14);
    const auto columns = [&](const std::string& a, const std::string& further) { return " {\n  id  serial\n  " + a + "\n  b  varchar(20)\n  next_id  ref(" + next + ")?\n" + further + "}\n"; };
    before += "table " + name + columns("a  int", "");
    const int kind = i % 5;
    const std::string a = kind == 0 ? "a  bigint" : kind == 1 ? "a  int?" : "a  int";
    const std::string further = kind == 2 ? "  index (b)\n" : kind == 3 ? "  c  text?\n" : kind == 4 ? "  other_id  ref(t0)?\n" : "";
    after += "table " + name + columns(a, further);
  }
  bring_to(before);
  after += "table fresh {\n  id  serial\n  t_id  ref(t3)?\n}\n";
  const plan::Plan one = planned(after, database().target());
  const plan::Plan several = planned(after, database().target(), true);
  EXPECT_EQ(plan::to_json(one), plan::to_json(several));
  const std::string ways = ways_in(several);
  for (const std::string_view way : {"INSTANT", "NOCOPY", "INPLACE", "COPY"}) EXPECT_NE(ways.find(way), std::string::npos) << ways;
  EXPECT_EQ(run(several).outcome, apply::Outcome::Done);
}

TEST_F(Grants, FollowThePlanFromStepToStep) {
  bring_to("table parents {\n  id  serial\n  code  varchar(10)\n}\ntable t {\n  id  serial\n  parent_id  ref(parents)\n  name  varchar(10)?\n}\n");
  connection().execute("INSERT INTO parents (code) VALUES ('a')");
  connection().execute("INSERT INTO t (parent_id) VALUES (1)");
  const std::string next = "table elders was parents {\n  id  serial\n  code  varchar(10)\n}\ntable things was t {\n  id  serial\n  elder_id  ref(elders)? was parent_id\n  label  varchar(10) was name backfill ('x')\n  more  int backfill (1)\n}\n";
  const plan::Plan plan = planned(next);
  for (const Step& step : plan.steps) {
    if (step.how != "alter") continue;
    EXPECT_FALSE(step.cost.algorithm.empty()) << step.what;
  }
  const apply::Result result = run(plan);
  EXPECT_EQ(result.outcome, apply::Outcome::Done) << result.message;
}

TEST_F(Grants, AreKnownOfAChildWhoseParentStays) {
  bring_to("table parents {\n  id  serial\n}\ntable t {\n  id  serial\n  parent_id  ref(parents)\n  a  int\n}\n");
  const plan::Plan plan = planned("table parents {\n  id  serial\n}\ntable t {\n  id  serial\n  parent_id  ref(parents)\n  a  bigint\n}\n");
  EXPECT_EQ(ways_in(plan), "ALGORITHM=COPY, LOCK=SHARED") << plan::to_text(plan, false);
  EXPECT_EQ(run(plan).outcome, apply::Outcome::Done);
}

TEST_F(Grants, AreKnownWhereAForeignKeyHasMadeItsIndexByItself) {
  connection().execute("CREATE TABLE parents (id bigint PRIMARY KEY AUTO_INCREMENT)");
  connection().execute("CREATE TABLE t (id bigint PRIMARY KEY AUTO_INCREMENT, parent_id bigint NOT NULL, a int NOT NULL, FOREIGN KEY (parent_id) REFERENCES parents (id))");
  connection().execute("INSERT INTO parents VALUES (1)");
  connection().execute("INSERT INTO t VALUES (1, 1, 1)");
  const plan::Plan plan = planned("table parents {\n  id  bigint auto\n\n  primary key (id)\n}\ntable t {\n  id  bigint auto\n  parent_id  bigint\n  a  int\n\n  primary key (id)\n  index (parent_id, a)\n  foreign key (parent_id) references parents(id)\n}\n");
  const std::string text = plan::to_text(plan, false);
  EXPECT_NE(text.find("DROP KEY `parent_id`"), std::string::npos) << text;
  for (const Step& step : plan.steps) EXPECT_FALSE(step.how == "alter" && step.cost.algorithm.empty()) << text;
  EXPECT_EQ(run(plan).outcome, apply::Outcome::Done);
}

TEST_F(Grants, AreNotKnownWithoutTheRightToAScratchDatabase) {
  bring_to(table_with("  a  int\n"));
  connection().execute("INSERT INTO t (a) VALUES (1)");
  const db::Target user = make_user({"GRANT ALL ON `" + database().name() + "`.*"});
  const plan::Plan plan = planned(table_with("  a  bigint\n"), user);
  ASSERT_EQ(plan.steps.size(), 1U);
  EXPECT_EQ(ways_in(plan), "");
  EXPECT_EQ(plan.steps[0].cost.algorithm, "");
  ASSERT_FALSE(plan.steps[0].remarks.empty());
  EXPECT_NE(plan.steps[0].remarks.back().find("no right to make a scratch database"), std::string::npos);
}

TEST_F(Grants, ThatTheServerTakesBackStopTheRunWithAdvice) {
  bring_to(table_with("  a  int\n"));
  plan::Plan plan = planned(table_with("  a  bigint\n"));
  std::string& sql = plan.steps.at(0).commands.back().sql;
  sql = replace_all(sql, "ALGORITHM=COPY, LOCK=SHARED", "ALGORITHM=INSTANT, LOCK=NONE");
  const apply::Result result = run(plan);
  EXPECT_EQ(result.outcome, apply::Outcome::Failed);
  EXPECT_NE(result.message.find("make a new plan"), std::string::npos) << result.message;
  EXPECT_TRUE(result.statements_run.empty());
}

TEST_F(Grants, LeaveNoScratchDatabaseBehind) {
  bring_to(table_with("  a  int\n"));
  planned(table_with("  a  bigint\n"));
  EXPECT_EQ(db::single_integer(connection(), "SELECT count(*) FROM information_schema.schemata WHERE schema_name LIKE 'plumb\\_scratch\\_%'"), 0);
}

}  // namespace
}  // namespace plumb::test
