// A plan is tried out before anybody reads it: what does not do as it promises is caught.
#include "rehearse/rehearse.hpp"

#include <gtest/gtest.h>

#include "language/load.hpp"
#include "probe/make_plan.hpp"
#include "support/error.hpp"
#include "support/mariadb_server.hpp"
#include "support/scratch_folder.hpp"
#include "support/text.hpp"

namespace plumb::test {
namespace {

using Outcome = plan::Rehearsal::Outcome;

const char* const desired = R"(
schema stage version 1.0.0
table people {
  id    bigint primary key
  name  varchar(40)
  mail  varchar(80)?
  index idx_people_name (name)
}
)";

struct Made {
  plan::Plan plan;
  Schema actual;
};

Made made_plan(db::Connection& connection, const Dialect& dialect) {
  connection.execute("CREATE TABLE people (id bigint NOT NULL PRIMARY KEY, name varchar(20) NOT NULL)");
  connection.execute("INSERT INTO people VALUES (1, 'Ada')");
  std::vector<SourceText> sources;
  sources.emplace_back("stage.plumb", desired);
  const auto loaded = language::load(std::move(sources));
  const LiveState live = introspect(connection, dialect);
  plan::Draft draft = make_plan(connection, dialect, live, *loaded.description, {});
  return {std::move(draft.plan), live.schema.schema()};
}

/// Replaces words in every command of the way up, as a renderer that has a mistake would.
void break_commands(std::vector<Command>& commands, const std::string& from, const std::string& to) {
  for (Command& command : commands) {
    command.sql = replace_all(command.sql, from, to);
    if (!command.company) continue;
    for (std::string& sql : command.company->before) sql = replace_all(sql, from, to);
  }
}

void expect_catches(const Made& made, const Dialect& dialect, const rehearse::Options& options) {
  plan::Plan whole = made.plan;
  rehearse::rehearse(whole, made.actual, dialect, options);
  EXPECT_EQ(whole.rehearsal.outcome, Outcome::Passed) << whole.rehearsal.text;
  EXPECT_TRUE(whole.blocked.empty());

  plan::Plan other_type = made.plan;
  for (Step& step : other_type.steps) break_commands(step.commands, "varchar(40)", "varchar(41)");
  rehearse::rehearse(other_type, made.actual, dialect, options);
  EXPECT_EQ(other_type.rehearsal.outcome, Outcome::Failed);
  EXPECT_NE(other_type.rehearsal.text.find("people"), std::string::npos) << other_type.rehearsal.text;
  EXPECT_NE(other_type.rehearsal.text.find("varchar(41)"), std::string::npos) << other_type.rehearsal.text;
  ASSERT_EQ(other_type.blocked.size(), 1U);
  EXPECT_EQ(other_type.blocked.front().code, "rehearsal-failed");

  plan::Plan bad_sql = made.plan;
  for (Step& step : bad_sql.steps) break_commands(step.commands, "varchar(40)", "varchar(40");
  rehearse::rehearse(bad_sql, made.actual, dialect, options);
  EXPECT_EQ(bad_sql.rehearsal.outcome, Outcome::Failed);
  EXPECT_TRUE(bad_sql.rehearsal.text.starts_with("step 1 (table people")) << bad_sql.rehearsal.text;

  plan::Plan no_way_back = made.plan;
  for (Step& step : no_way_back.steps) step.back.commands.clear();
  rehearse::rehearse(no_way_back, made.actual, dialect, options);
  EXPECT_EQ(no_way_back.rehearsal.outcome, Outcome::UpOnly);
  EXPECT_NE(no_way_back.rehearsal.text.find("idx_people_name"), std::string::npos) << no_way_back.rehearsal.text;
}

TEST(Rehearsal, CatchesAStepThatDoesAnotherThingOnSqlite) {
  const Dialect& dialect = dialect_for("sqlite");
  const auto connection = db::open(db::parse_target("sqlite::memory:"), db::OpenMode::CreateIfMissing);
  expect_catches(made_plan(*connection, dialect), dialect, {[] { return desired::ScratchDatabase::in_memory(); }});
  EXPECT_EQ(db::single_integer(*connection, "SELECT count(*) FROM people"), 1) << "the database itself was touched";
}

using MariaDbRehearsal = MariaDbTest;

TEST_F(MariaDbRehearsal, CatchesAStepThatDoesAnotherThing) {
  const Dialect& dialect = dialect_for("mariadb");
  const auto databases = [&] { return db::single_integer(connection(), "SELECT count(*) FROM information_schema.SCHEMATA WHERE SCHEMA_NAME LIKE 'plumb%'"); };
  expect_catches(made_plan(connection(), dialect), dialect, {[&] { return desired::ScratchDatabase::on_mariadb(database().target(), &connection()); }});
  EXPECT_EQ(databases(), 0) << "a scratch database is left";
  EXPECT_EQ(db::single_integer(connection(), "SELECT count(*) FROM people"), 1);
}

/// Many tables are rehearsed over several sessions; a mistake in one of them is told as ever, at its step.
TEST_F(MariaDbRehearsal, OfManyTablesCatchesTheOneThatDoesAnotherThing) {
  const Dialect& dialect = dialect_for("mariadb");
  std::string text = "schema stage version 1.0.0\n";
  for (int i = 0; i < 12; ++i) {
    const std::string name = "people" + std::to_string(i);
    connection().execute("CREATE TABLE " + name + " (id bigint NOT NULL PRIMARY KEY, name varchar(20) NOT NULL, fax varchar(9) NULL)");
    text += "table " + name + " {\n  id    bigint primary key\n  name  varchar(40)\n  next  bigint?\n}\ndrop column " + name + ".fax\n";
  }
  std::vector<SourceText> sources;
  sources.emplace_back("stage.plumb", text);
  const auto loaded = language::load(std::move(sources));
  ASSERT_TRUE(loaded.description) << render(loaded.diagnostics, loaded.sources, false);
  const LiveState live = introspect(connection(), dialect);
  PlanOptions planning;
  planning.keep_aside = true;
  const Made made{make_plan(connection(), dialect, live, *loaded.description, planning).plan, live.schema.schema()};
  ASSERT_GE(made.plan.steps.size(), 12U);
  const rehearse::Options options{[&] { return desired::ScratchDatabase::on_mariadb(database().target(), &connection()); }};

  plan::Plan whole = made.plan;
  rehearse::rehearse(whole, made.actual, dialect, options);
  EXPECT_EQ(whole.rehearsal.outcome, Outcome::Passed) << whole.rehearsal.text;

  plan::Plan broken = made.plan;
  for (Step& step : broken.steps) {
    if (step.table == "people7") break_commands(step.commands, "varchar(40)", "varchar(40");
  }
  rehearse::rehearse(broken, made.actual, dialect, options);
  EXPECT_EQ(broken.rehearsal.outcome, Outcome::Failed);
  EXPECT_NE(broken.rehearsal.text.find("(table people7"), std::string::npos) << broken.rehearsal.text;
  ASSERT_EQ(broken.blocked.size(), 1U);

  plan::Plan one_way = made.plan;
  for (Step& step : one_way.steps) {
    if (step.table == "people3") step.back.commands.clear();
  }
  rehearse::rehearse(one_way, made.actual, dialect, options);
  EXPECT_EQ(one_way.rehearsal.outcome, Outcome::UpOnly);
  EXPECT_NE(one_way.rehearsal.text.find("people3"), std::string::npos) << one_way.rehearsal.text;
  EXPECT_EQ(db::single_integer(connection(), "SELECT count(*) FROM information_schema.SCHEMATA WHERE SCHEMA_NAME LIKE 'plumb%'"), 0);
}

TEST_F(MariaDbRehearsal, WithoutTheRightToMakeADatabaseSaysSo) {
  const Dialect& dialect = dialect_for("mariadb");
  Made made = made_plan(connection(), dialect);
  const db::Target user = make_user({"GRANT ALL ON `" + database().name() + "`.*"});
  const auto session = db::open(user, db::OpenMode::ReadWrite);
  rehearse::rehearse(made.plan, made.actual, dialect, {[&] { return desired::ScratchDatabase::on_mariadb(user, session.get()); }});
  EXPECT_EQ(made.plan.rehearsal.outcome, Outcome::NotDone);
  EXPECT_NE(made.plan.rehearsal.text.find("GRANT ALL ON `plumb\\_scratch\\_%`"), std::string::npos) << made.plan.rehearsal.text;
  EXPECT_TRUE(made.plan.blocked.empty()) << "a plan that could not be rehearsed says so, and may run";
}

/// With its rows: dropped and filled values go and come back, and a row that no way back explains is found.
void expect_rehearses_rows(db::Connection& connection, const db::Target& target, const Dialect& dialect, rehearse::Options options) {
  connection.execute("CREATE TABLE people (id bigint NOT NULL PRIMARY KEY, name varchar(20) NULL, fax varchar(20) NULL)");
  connection.execute("INSERT INTO people VALUES (1, 'Ada', '555-1'), (2, NULL, NULL), (3, 'Grace', '555-3')");
  std::vector<SourceText> sources;
  sources.emplace_back("stage.plumb", "schema stage version 1.0.0\ntable people {\n  id bigint primary key\n  name varchar(20) backfill ('nobody')\n}\ndrop column people.fax\n");
  const auto loaded = language::load(std::move(sources));
  const LiveState live = introspect(connection, dialect);
  PlanOptions planning;
  planning.keep_aside = true;
  plan::Draft draft = make_plan(connection, dialect, live, *loaded.description, planning);
  std::vector<rehearse::StepTime> times;
  options.rows_of = target;
  options.times = &times;

  plan::Plan whole = draft.plan;
  rehearse::rehearse(whole, live.schema.schema(), dialect, options);
  EXPECT_EQ(whole.rehearsal.outcome, Outcome::Passed) << whole.rehearsal.text;
  EXPECT_EQ(whole.rehearsal.text, "with all rows");
  EXPECT_EQ(times.size(), whole.steps.size());

  plan::Plan forgets = draft.plan;
  for (Step& step : forgets.steps) break_commands(step.commands, "IS NOT NULL", "= '555-1'");
  rehearse::rehearse(forgets, live.schema.schema(), dialect, options);
  EXPECT_EQ(forgets.rehearsal.outcome, Outcome::UpOnly);
  EXPECT_NE(forgets.rehearsal.text.find("table `people` has other rows after the way back"), std::string::npos) << forgets.rehearsal.text;
  EXPECT_EQ(db::single_integer(connection, "SELECT count(*) FROM people WHERE fax IS NOT NULL"), 2) << "the database itself was touched";
}

TEST(Rehearsal, WithAllRowsOnSqlite) {
  const ScratchFolder folder;
  const db::Target target = db::parse_target("sqlite:" + folder.path() + "/rows.db");
  const auto connection = db::open(target, db::OpenMode::CreateIfMissing);
  expect_rehearses_rows(*connection, target, dialect_for("sqlite"), {[] { return desired::ScratchDatabase::in_a_file(); }});
}

TEST_F(MariaDbRehearsal, WithAllRows) {
  expect_rehearses_rows(connection(), database().target(), dialect_for("mariadb"), {[&] { return desired::ScratchDatabase::on_mariadb(database().target(), &connection()); }});
}

}  // namespace
}  // namespace plumb::test
