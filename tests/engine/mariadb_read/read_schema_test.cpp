#include "dialect/read_schema.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "read_table_fixture.hpp"
#include "support/error.hpp"

namespace plumb::test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

using ReadSchemas = ReadTables;

std::vector<std::string> keys(const auto& by_name) {
  std::vector<std::string> out;
  for (const auto& [name, unused] : by_name) out.push_back(name);
  return out;
}

TEST_F(ReadSchemas, AnEmptyDatabaseIsAnEmptySchemaWithItsDefaults) {
  const Schema schema = read();
  EXPECT_TRUE(schema.tables.empty());
  EXPECT_TRUE(schema.views.empty());
  EXPECT_TRUE(schema.opaque.empty());
  EXPECT_EQ(schema.options.at("mariadb"),
            (Options{{"charset", "utf8mb4"}, {"collate", "utf8mb4_general_ci"}}));
  run("ALTER DATABASE CHARACTER SET latin1 COLLATE latin1_bin");
  EXPECT_EQ(read().options.at("mariadb"), (Options{{"charset", "latin1"}, {"collate", "latin1_bin"}}));
}

TEST_F(ReadSchemas, TablesOfPlumbItselfAreLeftOut) {
  run("CREATE TABLE plumb_history (a INT)");
  run("CREATE TABLE plumber (a INT)");
  run("CREATE TRIGGER tr BEFORE INSERT ON plumb_history FOR EACH ROW SET NEW.a = 1");
  const Schema schema = read();
  EXPECT_THAT(keys(schema.tables), ElementsAre("plumber"));
  EXPECT_TRUE(schema.triggers.empty());
}

TEST_F(ReadSchemas, TableNamesMayHoldAnything) {
  run("CREATE TABLE `größe, ``(x)` (a INT)");
  run("CREATE TABLE `Select` (a INT)");
  EXPECT_THAT(keys(read().tables), ElementsAre("Select", "größe, `(x)"));
}

TEST_F(ReadSchemas, ViewsAreReadWithTheirHeader) {
  run("CREATE TABLE par (id INT, p2 INT)");
  run("CREATE VIEW v AS SELECT * FROM par WHERE id > 0 WITH CHECK OPTION");
  run("CREATE ALGORITHM=MERGE SQL SECURITY INVOKER VIEW `w x` (q, r) AS SELECT id, '🐉 AS ' FROM par");
  const Schema schema = read();
  EXPECT_THAT(keys(schema.views), ElementsAre("v", "w x"));
  const View& v = schema.views.at("v");
  EXPECT_EQ(v.query.common,
            "select `par`.`id` AS `id`,`par`.`p2` AS `p2` from `par` where `par`.`id` > 0 WITH CASCADED "
            "CHECK OPTION");
  EXPECT_EQ(v.header, "ALGORITHM=UNDEFINED DEFINER=`root`@`localhost` SQL SECURITY DEFINER");
  EXPECT_THAT(v.written.text, HasSubstr("CREATE ALGORITHM=UNDEFINED"));
  const View& w = schema.views.at("w x");
  EXPECT_EQ(w.header, "ALGORITHM=MERGE DEFINER=`root`@`localhost` SQL SECURITY INVOKER");
  EXPECT_EQ(w.query.common, "select `par`.`id` AS `q`,'🐉 AS ' AS `r` from `par`");
}

TEST_F(ReadSchemas, ABrokenViewIsStillRead) {
  run("CREATE TABLE par (id INT)");
  run("CREATE VIEW v AS SELECT id FROM par");
  run("DROP TABLE par");
  EXPECT_THAT(keys(read().views), ElementsAre("v"));
}

TEST_F(ReadSchemas, TriggersAreReadToTheLastCharacter) {
  run("CREATE TABLE par (id INT, p2 INT)");
  run("CREATE TRIGGER t1 BEFORE INSERT ON par FOR EACH ROW BEGIN -- comment 🐉 ?\n SET NEW.p2 = 1; /* it's */ "
      "SET @x = '🐉;'; END");
  run("CREATE TRIGGER T2 BEFORE INSERT ON par FOR EACH ROW FOLLOWS t1 SET NEW.id = '?'");
  run("CREATE TRIGGER t0 BEFORE INSERT ON par\nFOR  EACH ROW PRECEDES t1 \n SET NEW.id = 1");
  run("SET sql_mode = 'ANSI'");
  run("CREATE TRIGGER d AFTER DELETE ON par FOR EACH ROW SET @y = 'a'||'b'");
  run("CREATE TRIGGER u AFTER UPDATE ON par FOR EACH ROW SET @y = OLD.id");
  const Schema schema = read();
  EXPECT_THAT(keys(schema.triggers), ElementsAre("T2", "d", "t0", "t1", "u"));
  const Trigger& t1 = schema.triggers.at("t1");
  EXPECT_EQ(t1.body.common, "BEGIN -- comment 🐉 ?\n SET NEW.p2 = 1; /* it's */ SET @x = '🐉;'; END");
  EXPECT_EQ(t1.table, "par");
  EXPECT_EQ(t1.timing, TriggerTiming::Before);
  EXPECT_EQ(t1.event, TriggerEvent::Insert);
  EXPECT_EQ(t1.context.definer, "root@localhost");
  EXPECT_EQ(t1.context.order, 2U);
  EXPECT_THAT(t1.written.text, HasSubstr("CREATE DEFINER=`root`@`localhost` TRIGGER t1 BEFORE INSERT"));
  EXPECT_EQ(schema.triggers.at("T2").body.common, "SET NEW.id = '?'");
  EXPECT_EQ(schema.triggers.at("T2").context.order, 3U);
  EXPECT_EQ(schema.triggers.at("t0").body.common, "SET NEW.id = 1");
  EXPECT_EQ(schema.triggers.at("t0").context.order, 1U);
  const Trigger& d = schema.triggers.at("d");
  EXPECT_EQ(d.event, TriggerEvent::Delete);
  EXPECT_EQ(d.timing, TriggerTiming::After);
  EXPECT_THAT(d.context.sql_mode, HasSubstr("ANSI"));
  EXPECT_EQ(schema.triggers.at("u").event, TriggerEvent::Update);
}

TEST_F(ReadSchemas, WhatTheModelHasNoNounForIsOpaqueWithAReason) {
  run("CREATE SEQUENCE sq START WITH 5");
  run("CREATE TABLE app (id INT, d1 DATE, d2 DATE, PERIOD FOR p (d1, d2), PRIMARY KEY (id, p WITHOUT "
      "OVERLAPS))");
  run("CREATE TABLE sys (a INT, s TIMESTAMP(6) GENERATED ALWAYS AS ROW START, e TIMESTAMP(6) GENERATED "
      "ALWAYS AS ROW END,"
      " PERIOD FOR SYSTEM_TIME (s, e)) WITH SYSTEM VERSIONING");
  run("CREATE TABLE plain (a INT)");
  run("CREATE PROCEDURE plain() SELECT 1");
  run("CREATE EVENT e ON SCHEDULE EVERY 1 DAY DO SELECT 1");
  const Schema schema = read();
  EXPECT_THAT(keys(schema.tables), ElementsAre("app", "plain", "sys"));
  EXPECT_THAT(keys(schema.opaque), ElementsAre("e (event)", "plain (procedure)", "sq"));
  EXPECT_EQ(schema.opaque.at("sq").kind, "sequence");
  EXPECT_THAT(schema.opaque.at("sq").definition, HasSubstr("CREATE SEQUENCE `sq` start with 5"));
  EXPECT_EQ(schema.opaque.at("plain (procedure)").name, "plain");
  EXPECT_THAT(schema.opaque.at("plain (procedure)").definition, HasSubstr("PROCEDURE `plain`()"));
  EXPECT_EQ(schema.opaque.at("e (event)").kind, "event");
  EXPECT_EQ(schema.tables.at("app").options.at("mariadb").at("period"), "`p` (`d1`, `d2`)");
  EXPECT_EQ(schema.tables.at("app").primary_key->parts.at(1).expression->common, "`p` WITHOUT OVERLAPS");
  EXPECT_EQ(schema.tables.at("sys").options.at("mariadb").at("system_period"), "(`s`, `e`)");
}

TEST_F(ReadSchemas, ATableThatTheServerCannotShowIsOpaque) {
  MariaDbServer private_server;
  const FreshDatabase own = private_server.fresh_database();
  own.connect()->execute("CREATE TABLE good (a INT)");
  own.connect()->execute("CREATE TABLE bad (a INT) ENGINE=MyISAM");
  private_server.stop();
  const std::string data =
      private_server.socket().substr(0, private_server.socket().rfind('/')) + "/data/" + own.name();
  ASSERT_EQ(std::remove((data + "/bad.MYI").c_str()), 0);
  private_server.start();
  const Schema schema = mariadb::read_schema(*own.connect());
  EXPECT_THAT(keys(schema.tables), ElementsAre("good"));
  ASSERT_THAT(keys(schema.opaque), ElementsAre("bad"));
  EXPECT_THAT(schema.opaque.at("bad").reason, HasSubstr("bad"));
}

TEST_F(ReadSchemas, ReadingTheCurrentDatabaseIsWhatUseSays) {
  const FreshDatabase other = server().fresh_database();
  other.connect()->execute("CREATE TABLE elsewhere (a INT)");
  run("CREATE TABLE here (a INT)");
  run("USE `" + other.name() + "`");
  EXPECT_THAT(keys(mariadb::read_schema(connection()).tables), ElementsAre("elsewhere"));
}

TEST_F(ReadSchemas, AMissingPrivilegeIsAnErrorAndNotAnEmptyList) {
  run("CREATE TABLE par (id INT)");
  run("CREATE TRIGGER tr BEFORE INSERT ON par FOR EACH ROW SET NEW.id = 1");
  const std::string here = " ON `" + database().name() + "`.*";
  try {
    mariadb::read_schema(*db::open(make_user({"GRANT SELECT, SHOW VIEW" + here}), db::OpenMode::ReadOnly));
    FAIL() << "the missing privilege was not noticed";
  } catch (const DatabaseError& error) {
    EXPECT_EQ(error.kind(), DatabaseErrorKind::AccessDenied);
    EXPECT_THAT(error.what(), HasSubstr("TRIGGER on database `" + database().name() + "`"));
    EXPECT_THAT(error.what(), HasSubstr(user_name() + "@localhost"));
  }
  const db::Target target = make_user({"GRANT SELECT, SHOW VIEW, TRIGGER" + here});
  EXPECT_THAT(keys(mariadb::read_schema(*db::open(target, db::OpenMode::ReadOnly)).triggers),
              ElementsAre("tr"));
}

TEST_F(ReadSchemas, APrivilegeThroughARoleCounts) {
  run("CREATE TABLE par (id INT)");
  run("CREATE ROLE `" + role_name() + "`");
  run("GRANT SELECT, TRIGGER ON `" + database().name() + "`.* TO `" + role_name() + "`");
  const db::Target target = make_user({"GRANT `" + role_name() + "`"});
  run("SET DEFAULT ROLE `" + role_name() + "` FOR `" + user_name() + "`@localhost");
  EXPECT_THAT(keys(mariadb::read_schema(*db::open(target, db::OpenMode::ReadOnly)).tables),
              ElementsAre("par"));
}

TEST_F(ReadSchemas, ReadingGoesOnWhileOthersCreateAndDropTables) {
  for (int i = 0; i < 50; ++i) run("CREATE TABLE stays" + std::to_string(100 + i) + " (a INT)");
  std::atomic<bool> stop{false};
  std::jthread other([&] {
    const auto session = database().connect();
    for (int i = 0; !stop; ++i) {
      session->execute("CREATE TABLE passing (a INT)");
      session->execute("CREATE VIEW passing_view AS SELECT 1");
      session->execute("DROP TABLE passing");
      session->execute("DROP VIEW passing_view");
    }
  });
  const auto session = database().connect(db::OpenMode::ReadOnly);
  int passing = 0;
  for (int round = 0; round < 40; ++round) {
    const Schema schema = mariadb::read_schema(*session);
    passing += schema.tables.count("passing") != 0 ? 1 : 0;
    EXPECT_EQ(schema.tables.size() - schema.tables.count("passing"), 50U);
    EXPECT_TRUE(schema.opaque.empty()) << schema.opaque.begin()->second.reason;
  }
  stop = true;
  RecordProperty("rounds_that_saw_the_passing_table", passing);
}

TEST_F(ReadSchemas, ManyTablesAreReadInOneGo) {
  for (int i = 0; i < 450; ++i) {
    run("CREATE TABLE t" + std::to_string(i) + " (id INT PRIMARY KEY, name VARCHAR(20)) ENGINE=MyISAM");
  }
  const Schema schema = read();
  EXPECT_EQ(schema.tables.size(), 450U);
  for (const auto& [name, table] : schema.tables) EXPECT_EQ(name, table.name);
}

TEST_F(ReadSchemas, TheSystemTablesOfTheServerAreReadToo) {
  // Real tables that nobody made for a test: Aria, MyISAM, CSV and InnoDB, with every sort of column.
  const auto session = db::open(server().root_target("mysql"), db::OpenMode::ReadOnly);
  const Schema schema = mariadb::read_schema(*session);
  EXPECT_GT(schema.tables.size(), 25U);
  for (const auto& [name, opaque] : schema.opaque) {
    if (opaque.kind != "procedure" && opaque.kind != "function") ADD_FAILURE() << name << ": " << opaque.reason;
  }
  for (const auto& [name, table] : schema.tables) {
    const std::string printed = printed_like_the_server(table);
    EXPECT_EQ(printed, table.written.text.substr(0, printed.size())) << name;
  }
}

TEST_F(ReadSchemas, ATargetWithoutADatabaseIsAnError) {
  EXPECT_THROW(mariadb::read_schema(*db::open(server().root_target(), db::OpenMode::ReadOnly)),
               DatabaseError);
}

}  // namespace
}  // namespace plumb::test
