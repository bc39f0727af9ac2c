// Rolling back a database that people went on working with.
#include <gtest/gtest.h>

#include "apply/apply.hpp"
#include "apply/history.hpp"
#include "cli/run_plan.hpp"
#include "planned.hpp"
#include "support/mariadb_server.hpp"

namespace plumb::test {
namespace {

const char* const desired = R"(
schema work version 2.0.0
table people {
  id    bigint primary key
  name  varchar(20) backfill ('nobody')
}
table notes {
  said  varchar(20)?
}
drop column people.rank
drop column people.fax
drop column notes.extra
drop table old
)";

class Deployed {
 public:
  Deployed(db::Connection& connection, const std::string& engine) : connection_(connection), dialect_(dialect_for(engine)) {
    for (const char* sql : {"CREATE TABLE people (id bigint NOT NULL PRIMARY KEY, name varchar(20) NULL, rank int NOT NULL, fax varchar(20) NULL)",
                            "CREATE TABLE notes (said varchar(20) NULL, extra int NULL)", "CREATE TABLE old (id bigint NOT NULL PRIMARY KEY, word varchar(20) NOT NULL)",
                            "INSERT INTO people VALUES (1, NULL, 10, '555-1'), (2, NULL, 20, NULL), (3, 'Grace', 30, '555-3')", "INSERT INTO notes VALUES ('a', 1), ('a', 2)",
                            "INSERT INTO old VALUES (1, 'one')"}) {
      connection.execute(sql);
    }
    plan_ = planned(connection, desired);
    const apply::Result result = apply::apply(connection, dialect_, plan_, {});
    EXPECT_EQ(result.outcome, apply::Outcome::Done) << result.message;
  }

  apply::Result roll_back() { return test::roll_back(connection_, plan_); }

  std::string list(const std::string& sql) {
    std::string text;
    for (const auto& row : connection_.query(sql).rows) {
      for (const auto& value : row) text += db::as_text(value) + ",";
      text += " ";
    }
    return text;
  }

  /// Where values of the column are kept, or all rows of the table.
  std::string aside_of(const std::string& table, const std::string& column = {}) const {
    for (const Step& step : plan_.steps) {
      if (step.how == "keep aside" && step.table == table && step.what.find(column) != std::string::npos) return step.aside;
    }
    return {};
  }

  db::Connection& connection() { return connection_; }

 private:
  db::Connection& connection_;
  const Dialect& dialect_;
  plan::Plan plan_;
};

void expect_goes_back(db::Connection& connection, const std::string& engine) {
  Deployed deployed(connection, engine);
  connection.execute("UPDATE people SET name = 'Ada' WHERE id = 1");
  connection.execute("INSERT INTO people (id, name) VALUES (4, 'Edsger')");
  connection.execute("DELETE FROM people WHERE id = 3");

  const apply::Result stopped = deployed.roll_back();
  EXPECT_EQ(stopped.outcome, apply::Outcome::Refused) << stopped.message;
  EXPECT_NE(stopped.message.find("1 row of table `people` came since and have no value for `rank`; give each a row in `" + deployed.aside_of("people", "`rank`") + "`"), std::string::npos) << stopped.message;
  EXPECT_TRUE(stopped.statements_run.empty()) << "nothing is undone before the rows are asked";

  connection.execute("INSERT INTO " + deployed.aside_of("people", "`rank`") + " (k1, v1) VALUES (4, 40)");
  const apply::Result done = deployed.roll_back();
  EXPECT_EQ(done.outcome, apply::Outcome::Done) << done.message;
  EXPECT_EQ(deployed.list("SELECT id, name, rank, fax FROM people ORDER BY id"), "1,Ada,10,555-1, 2,,20,, 4,Edsger,40,, ")
      << "what was written since stays, what was filled is empty again, what was dropped is back";
  EXPECT_EQ(deployed.list("SELECT * FROM old"), "1,one, ");
}

TEST(Rollback, KeepsWhatWasWrittenSinceOnSqlite) {
  const auto connection = db::open(db::parse_target("sqlite::memory:"), db::OpenMode::CreateIfMissing);
  expect_goes_back(*connection, "sqlite");
  std::string extra;
  for (const auto& row : connection->query("SELECT extra FROM notes ORDER BY rowid").rows) extra += db::as_text(row[0]) + " ";
  EXPECT_EQ(extra, "1 2 ") << "SQLite finds rows without a key by their number";
}

/// The stored CREATE TABLE behind the name.
std::string stored_text(db::Connection& connection, const std::string& table) {
  const std::string text = db::as_text(*db::single_value(connection, "SELECT sql FROM sqlite_schema WHERE name = '" + table + "'"));
  return text.substr(text.find('('));
}

struct Renaming {
  const char* description;
  const char* table;
};

class StoredText : public testing::TestWithParam<Renaming> {};

// SQLite keeps what was typed. A way back gives it back, also where the table or a column had another name in between.
TEST_P(StoredText, ComesBackAsItWas) {
  const auto connection = db::open(db::parse_target("sqlite::memory:"), db::OpenMode::CreateIfMissing);
  connection->execute(
      "CREATE TABLE people (\n  id bigint NOT NULL PRIMARY KEY, -- the number\n  name VARCHAR(20) NOT NULL, /* how they are called */\n  boss bigint, -- who people answer to\n  FOREIGN KEY (boss) REFERENCES people(id)\n)");
  connection->execute("INSERT INTO people VALUES (1, 'Ada', NULL), (2, 'Grace', 1)");
  const std::string before = stored_text(*connection, "people");
  const Dialect& dialect = dialect_for("sqlite");
  const plan::Plan plan = planned(*connection, GetParam().description);
  ASSERT_EQ(apply::apply(*connection, dialect, plan, {}).outcome, apply::Outcome::Done);
  EXPECT_NE(stored_text(*connection, GetParam().table).find("-- the number"), std::string::npos) << stored_text(*connection, GetParam().table);
  const apply::Result back = roll_back(*connection, plan);
  ASSERT_EQ(back.outcome, apply::Outcome::Done) << back.message;
  const auto without_quotes = [](std::string text) {
    std::erase(text, '"');
    return text;
  };
  EXPECT_EQ(without_quotes(stored_text(*connection, "people")), before);
}

INSTANTIATE_TEST_SUITE_P(, StoredText,
                         testing::Values(Renaming{"schema s version 2.0.0\ntable people {\n id bigint primary key\n name varchar(30)\n boss bigint? references people(id)\n}\n", "people"},
                                         Renaming{"schema s version 2.0.0\ntable persons was people {\n id bigint primary key\n name varchar(30)\n boss bigint? references persons(id)\n}\n", "persons"},
                                         Renaming{"schema s version 2.0.0\ntable people {\n id bigint primary key\n label varchar(30) was name\n boss bigint? references people(id)\n}\n", "people"},
                                         Renaming{"schema s version 2.0.0\ntable persons was people {\n id bigint primary key\n label varchar(30) was name\n boss bigint? references persons(id)\n}\n", "persons"}));

using MariaDbRollback = MariaDbTest;

TEST_F(MariaDbRollback, KeepsWhatWasWrittenSince) { expect_goes_back(connection(), "mariadb"); }

TEST_F(MariaDbRollback, LeavesTheCopyOfATableWithoutAKey) {
  Deployed deployed(connection(), "mariadb");
  EXPECT_EQ(deployed.roll_back().outcome, apply::Outcome::Done);
  EXPECT_EQ(deployed.list("SELECT extra FROM " + deployed.aside_of("notes") + " ORDER BY 1"), "1, 2, ");
}

TEST_F(MariaDbRollback, LeavesInvisibleColumnsInTheCopyOfATableWithoutAKey) {
  const Dialect& dialect = dialect_for("mariadb");
  connection().execute("CREATE TABLE visits (seen int NULL, secret int INVISIBLE, gone int NULL)");
  connection().execute("INSERT INTO visits (seen, secret, gone) VALUES (1, 7, 8)");
  const plan::Plan plan = planned(connection(), "schema work\ntable visits {\n  seen int?\n}\ndrop column visits.gone\ndrop column visits.secret\n");
  const apply::Result result = apply::apply(connection(), dialect, plan, {});
  ASSERT_EQ(result.outcome, apply::Outcome::Done) << result.message;
  const auto aside = db::single_value(connection(), "SELECT TABLE_NAME FROM information_schema.TABLES WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME LIKE 'plumb\\_attic%'");
  ASSERT_TRUE(aside);
  EXPECT_EQ(db::single_integer(connection(), "SELECT count(*) FROM " + db::as_text(*aside) + " WHERE seen = 1 AND secret = 7 AND gone = 8"), 1);
}

// The attic's columns must not take ON UPDATE over: the note of what the change made would be an update of theirs.
TEST_F(MariaDbRollback, BringsBackATimeThatUpdatesItself) {
  const Dialect& dialect = dialect_for("mariadb");
  connection().execute("CREATE TABLE visits (id bigint NOT NULL PRIMARY KEY, seen datetime NULL DEFAULT NULL ON UPDATE current_timestamp())");
  connection().execute("INSERT INTO visits VALUES (1, NULL), (2, '2020-01-02 03:04:05')");
  const plan::Plan plan = planned(connection(), "schema work\ntable visits {\n  id bigint primary key\n  seen datetime on update now backfill ('2026-02-03 04:05:06')\n}\n");
  ASSERT_EQ(apply::apply(connection(), dialect, plan, {}).outcome, apply::Outcome::Done);
  const apply::Result back = roll_back(connection(), plan);
  ASSERT_EQ(back.outcome, apply::Outcome::Done) << back.message;
  EXPECT_EQ(db::single_integer(connection(), "SELECT count(*) FROM visits WHERE (id = 1 AND seen IS NULL) OR (id = 2 AND seen = '2020-01-02 03:04:05')"), 2);
}

// Another run came in between and was cut off: its deployment is not this plan's.
TEST_F(MariaDbRollback, LeavesADeploymentAloneThatIsNotItsOwn) {
  const Dialect& dialect = dialect_for("mariadb");
  const FreshDatabase made = server().fresh_database("own");
  const auto session = made.connect();
  session->execute("CREATE TABLE marks (id int NOT NULL PRIMARY KEY, n varchar(5) NULL)");
  session->execute("INSERT INTO marks VALUES (1, 'a')");
  const plan::Plan mine = planned(*session, "schema marks\ntable marks {\n  id int primary key\n  n varchar(5)?\n  m int?\n}\n");
  plan::Plan others = planned(*session, "schema marks\ntable fresh {\n  id int primary key\n}\ntable marks {\n  id int primary key\n  n varchar(9)?\n}\n");
  others.steps.back().commands.back().sql = "ALTER TABLE marks MODIFY COLUMN n nonsense";
  ASSERT_EQ(apply::apply(*session, dialect, others, {}).outcome, apply::Outcome::Failed);
  ASSERT_TRUE(apply::half_done(*session, dialect));
  cli::Arguments arguments;
  arguments.db = made.target().display_name();
  EXPECT_FALSE(cli::undo_deployment(arguments, mine, 0));
  EXPECT_FALSE(cli::undo_deployment(arguments, mine, 99));
  EXPECT_TRUE(apply::half_done(*session, dialect));
  EXPECT_EQ(db::single_integer(*session, "SELECT count(*) FROM information_schema.TABLES WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME = 'fresh'"), 1);
}

}  // namespace
}  // namespace plumb::test
