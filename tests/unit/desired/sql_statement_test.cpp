// What may run in a scratch database, and what must never leave it.
#include "desired/sql_statement.hpp"

#include <gtest/gtest.h>

namespace plumb::desired {
namespace {

StatementMeaning of(std::string_view sql) { return mariadb_meaning(sql, "shop", "scratch"); }

TEST(MariaDbStatement, NamesOfOtherDatabasesAreRefused) {
  for (const char* sql : {"CREATE TABLE other.t (a int)", "DROP TABLE t, other.t", "ALTER TABLE `other`.`t` ADD x int", "RENAME TABLE t TO other.t", "ALTER TABLE t RENAME TO other.t",
                          "CREATE OR REPLACE VIEW other.v AS SELECT 1", "DROP VIEW IF EXISTS other.v", "CREATE INDEX i ON other.t (a)", "DROP INDEX i ON other.t",
                          "CREATE TRIGGER x BEFORE INSERT ON other.t FOR EACH ROW SET NEW.a = 1", "CREATE TRIGGER other.x BEFORE INSERT ON t FOR EACH ROW SET NEW.a = 1",
                          "CREATE TABLE t (a int, FOREIGN KEY (a) REFERENCES other.p (id))", "CREATE TABLE t LIKE other.t", "CREATE TABLE t (a int DEFAULT nextval(`other`.`s`))", "CREATE TABLE t (a int DEFAULT (NEXT VALUE FOR other.s))", "CREATE TABLE t AS SELECT * FROM other.t",
                          "CREATE DATABASE other", "ALTER DATABASE other CHARACTER SET latin1", "/*!50001 CREATE TABLE other.t (a int) */", "CREATE FUNCTION other.f() RETURNS int RETURN 1"}) {
    const auto meaning = of(sql);
    EXPECT_EQ(meaning.use, StatementUse::Refuse) << sql;
    EXPECT_NE(meaning.reason.find("`other`"), std::string::npos) << sql << ": " << meaning.reason;
  }
}

TEST(MariaDbStatement, WhatReachesOutsideIsRefusedOrPassedOver) {
  for (const char* sql : {"CALL p()", "PREPARE s FROM 'x'", "EXECUTE s", "KILL 3", "SHUTDOWN", "INSTALL SONAME 'x'", "CREATE FUNCTION f RETURNS STRING SONAME 'x.so'", "SET STATEMENT x = 1 FOR DROP TABLE t",
                          "CREATE SERVER s FOREIGN DATA WRAPPER mysql", "PURGE BINARY LOGS TO 'x'", "CHANGE MASTER TO x = 1"}) {
    EXPECT_EQ(of(sql).use, StatementUse::Refuse) << sql;
  }
  for (const char* sql : {"GRANT ALL ON *.* TO a", "CREATE USER a", "DROP USER a", "SET GLOBAL x = 1", "SET @@GLOBAL.x = 1", "SET a = 1, GLOBAL b = 2", "SET PASSWORD = 'x'", "CREATE EVENT e ON SCHEDULE EVERY 1 DAY DO DELETE FROM other.t"}) {
    EXPECT_EQ(of(sql).use, StatementUse::PassAloud) << sql;
  }
  for (const char* sql : {"INSERT INTO other.t VALUES (1)", "DELETE FROM other.t", "TRUNCATE TABLE other.t", "LOAD DATA INFILE 'x' INTO TABLE t", "SELECT 1 INTO OUTFILE 'x'", "DROP DATABASE shop",
                          "DROP DATABASE other", "USE other", "LOCK TABLES t WRITE", "REPLACE INTO t VALUES (1)"}) {
    EXPECT_EQ(of(sql).use, StatementUse::Pass) << sql;
  }
}

TEST(MariaDbStatement, ItsOwnDatabaseIsTheScratchDatabase) {
  EXPECT_EQ(of("CREATE TABLE `shop`.`t` (a int, FOREIGN KEY (a) REFERENCES shop.p (id))").sql, "CREATE TABLE `t` (a int, FOREIGN KEY (a) REFERENCES p (id))");
  EXPECT_EQ(of("CREATE TABLE t (a int DEFAULT nextval(`shop`.`s`), b int DEFAULT (NEXT VALUE FOR shop.s))").sql, "CREATE TABLE t (a int DEFAULT nextval(`s`), b int DEFAULT (NEXT VALUE FOR s))");
  EXPECT_EQ(of("RENAME TABLE shop.a TO shop.b").sql, "RENAME TABLE a TO b");
  EXPECT_EQ(of("CREATE VIEW v AS SELECT shop.t.a FROM shop.t JOIN other.u ON u.a = t.a").sql, "CREATE VIEW v AS SELECT t.a FROM t JOIN other.u ON u.a = t.a");
  EXPECT_EQ(of("CREATE DATABASE /*!32312 IF NOT EXISTS*/ `shop` /*!40100 DEFAULT CHARACTER SET latin1 */").sql, "ALTER DATABASE `scratch` /*!40100 DEFAULT CHARACTER SET latin1 */");
  EXPECT_EQ(of("CREATE DATABASE shop").use, StatementUse::Pass);
}

TEST(MariaDbStatement, TheDefinerIsTakenOffAndKept) {
  const auto view = of("/*!50001 CREATE ALGORITHM=UNDEFINED */\n/*!50013 DEFINER=`a`@`%` SQL SECURITY DEFINER */\n/*!50001 VIEW `v` AS select 1 */");
  EXPECT_EQ(view.sql, "/*!50001 CREATE ALGORITHM=UNDEFINED */\n/*!50013  SQL SECURITY DEFINER */\n/*!50001 VIEW `v` AS select 1 */");
  EXPECT_EQ(view.definer, "`a`@`%`");
  EXPECT_EQ(view.creates, ObjectKind::View);
  EXPECT_EQ(view.name, "v");
  EXPECT_EQ(of("CREATE DEFINER=CURRENT_USER() TRIGGER x BEFORE INSERT ON t FOR EACH ROW SET NEW.a = 1").definer, "");
}

TEST(MariaDbStatement, AMisspelledVerbGetsTheNearestOne) { EXPECT_NE(of("CRAETE TABLE t (a int)").reason.find("`CREATE`"), std::string::npos); }

TEST(MariaDbStatement, NamesItsDatabase) {
  EXPECT_EQ(named_database("USE `shop`"), "shop");
  EXPECT_EQ(named_database("CREATE DATABASE /*!32312 IF NOT EXISTS*/ `shop`"), "shop");
  EXPECT_EQ(named_database("CREATE TABLE shop (a int)"), "");
}

TEST(SqliteStatement, OtherFilesAreRefused) {
  EXPECT_EQ(sqlite_meaning("ATTACH 'x.db' AS x").use, StatementUse::Refuse);
  EXPECT_EQ(sqlite_meaning("CREATE TABLE x.t (a)").use, StatementUse::Refuse);
  EXPECT_EQ(sqlite_meaning("CREATE TABLE main.t (a)").use, StatementUse::Run);
  EXPECT_EQ(sqlite_meaning("VACUUM INTO 'x.db'").use, StatementUse::Pass);
}

TEST(SqliteStatement, WhatADumpHoldsBesideTheSchemaIsPassedOver) {
  for (const char* sql : {"PRAGMA foreign_keys=OFF", "BEGIN TRANSACTION", "INSERT INTO t VALUES(1)", "CREATE TABLE sqlite_sequence(name,seq)", "DELETE FROM sqlite_sequence", "ANALYZE sqlite_schema", "COMMIT"}) {
    EXPECT_EQ(sqlite_meaning(sql).use, StatementUse::Pass) << sql;
  }
}

TEST(SqliteStatement, WhatIsTemporaryIsMadeAndDescribesNothing) {
  const StatementMeaning made = sqlite_meaning("CREATE TEMP TABLE t (a)");
  EXPECT_EQ(made.use, StatementUse::Run);
  EXPECT_EQ(made.creates, ObjectKind::None);
  EXPECT_EQ(made.sql, "CREATE TEMP TABLE t (a)");
}

TEST(SqliteStatement, NamesOfPlumbsOwnTablesAreRefusedUnlessTheyAreThose) {
  EXPECT_EQ(sqlite_meaning("CREATE TABLE plumb_lines (a)").use, StatementUse::Refuse);
  EXPECT_EQ(sqlite_meaning("CREATE VIEW Plumb_v AS SELECT 1").use, StatementUse::Refuse);
  EXPECT_EQ(sqlite_meaning("CREATE INDEX plumb_ix ON t (a)").use, StatementUse::Run);
  EXPECT_EQ(sqlite_meaning("CREATE TABLE plumb_history (a)").use, StatementUse::Run);
  EXPECT_EQ(sqlite_meaning("CREATE TABLE plumb_attic_0a1b2c3d_1 (a)").use, StatementUse::Run);
}

TEST(SqliteStatement, AVirtualTableOfADumpIsCreated) {
  EXPECT_EQ(sqlite_meaning("INSERT INTO sqlite_schema(type,name,tbl_name,rootpage,sql)VALUES('table','f','f',0,'CREATE VIRTUAL TABLE f using fts5(a, b=''x'')')").sql, "CREATE VIRTUAL TABLE f using fts5(a, b='x')");
  EXPECT_EQ(sqlite_meaning("INSERT INTO sqlite_schema VALUES('table','f','f',2,'CREATE TABLE f (a)')").use, StatementUse::Refuse);
}

}  // namespace
}  // namespace plumb::desired
