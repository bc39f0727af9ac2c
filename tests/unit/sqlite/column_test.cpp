#include <gtest/gtest.h>

#include "unit/sqlite/stored_text.hpp"

namespace plumb::sqlite {
namespace {

std::string default_of(std::string_view definition) {
  const Column column = column_of(definition);
  return column.default_value ? column.default_value->sql.common : "none";
}

TEST(SqliteColumn, IsNullableUnlessNotNullIsWritten) {
  EXPECT_TRUE(column_of("a int").nullable);
  EXPECT_TRUE(column_of("a int NULL").nullable);
  EXPECT_TRUE(column_of("a int NULL ON CONFLICT FAIL").nullable);
  EXPECT_FALSE(column_of("a int not null").nullable);
  EXPECT_FALSE(column_of("a int NOT /* really */ NULL").nullable);
  EXPECT_FALSE(column_of("a int NOT NULL NULL").nullable);
}

TEST(SqliteColumn, OfARowidAliasIsNeverNull) {
  EXPECT_FALSE(column_of("a INTEGER PRIMARY KEY").nullable);
  EXPECT_FALSE(column_of("a integer, PRIMARY KEY(a)").nullable);
  EXPECT_FALSE(column_of("a integer, PRIMARY KEY(A DESC)").nullable);
  EXPECT_FALSE(column_of("a integer primary key asc").nullable);
}

TEST(SqliteColumn, OfAnotherPrimaryKeyCanBeNullInATableWithRowids) {
  EXPECT_TRUE(column_of("a INT PRIMARY KEY").nullable);
  EXPECT_TRUE(column_of("a integer PRIMARY KEY DESC").nullable);
  EXPECT_TRUE(column_of("a integer, b, PRIMARY KEY(a, b)").nullable);
  EXPECT_TRUE(column_of("a text primary key").nullable);
}

TEST(SqliteColumn, OfAPrimaryKeyIsNotNullWithoutRowidAndInStrictTables) {
  const Table without = table_of("CREATE TABLE t(a text, b, c, PRIMARY KEY(B, a)) WITHOUT ROWID");
  EXPECT_FALSE(without.columns[0].nullable);
  EXPECT_FALSE(without.columns[1].nullable);
  EXPECT_TRUE(without.columns[2].nullable);
  const Table strict = table_of("CREATE TABLE t(a text PRIMARY KEY, b int) STRICT");
  EXPECT_FALSE(strict.columns[0].nullable);
  EXPECT_TRUE(strict.columns[1].nullable);
  EXPECT_FALSE(table_of("CREATE TABLE t(a integer PRIMARY KEY DESC) WITHOUT ROWID").columns[0].nullable);
}

TEST(SqliteColumn, KeepsTheConflictClauseOfNotNullInOneSpelling) {
  EXPECT_EQ(column_of("a int not null on conflict ignore").extra, "NOT NULL ON CONFLICT IGNORE");
  EXPECT_EQ(column_of("a int NOT NULL ON\nCONFLICT Replace").extra, "NOT NULL ON CONFLICT REPLACE");
  EXPECT_EQ(column_of("a int NOT NULL ON CONFLICT ROLLBACK").extra, "NOT NULL ON CONFLICT ROLLBACK");
  EXPECT_EQ(column_of("a int NOT NULL ON CONFLICT FAIL").extra, "NOT NULL ON CONFLICT FAIL");
  EXPECT_EQ(column_of("a int NOT NULL").extra, "");
}

TEST(SqliteColumn, TreatsOnConflictAbortAsNothing) {
  EXPECT_EQ(column_of("a int NOT NULL ON CONFLICT ABORT").extra, "");
  EXPECT_EQ(table_of("CREATE TABLE t(a PRIMARY KEY ON CONFLICT ABORT)").primary_key->extra, "");
}

TEST(SqliteColumn, HasNoDefaultWhenNoneOrNullIsWritten) {
  EXPECT_EQ(default_of("a int"), "none");
  EXPECT_EQ(default_of("a int DEFAULT NULL"), "none");
  EXPECT_EQ(default_of("a int DEFAULT null NOT NULL"), "none");
  EXPECT_EQ(default_of("a int DEFAULT 5 DEFAULT NULL"), "none");
  EXPECT_EQ(default_of("a int DEFAULT -NULL"), "none");
  EXPECT_EQ(default_of("a int DEFAULT + NULL"), "none");
}

TEST(SqliteColumn, HasADefaultThatCanBeWrittenAgain) {
  EXPECT_EQ(default_of("a DEFAULT 'x'"), "'x'");
  EXPECT_EQ(default_of("a DEFAULT 'it''s'"), "'it''s'");
  EXPECT_EQ(default_of("a DEFAULT ''"), "''");
  EXPECT_EQ(default_of("a DEFAULT 5"), "5");
  EXPECT_EQ(default_of("a DEFAULT -5"), "-5");
  EXPECT_EQ(default_of("a DEFAULT - /* below */ 5"), "-5");
  EXPECT_EQ(default_of("a DEFAULT +5"), "5");
  EXPECT_EQ(default_of("a DEFAULT 1.5"), "1.5");
  EXPECT_EQ(default_of("a DEFAULT .5"), ".5");
  EXPECT_EQ(default_of("a DEFAULT 1E3"), "1e3");
  EXPECT_EQ(default_of("a DEFAULT 1.e-3"), "1.e-3");
  EXPECT_EQ(default_of("a DEFAULT 0x1F"), "0x1f");
  EXPECT_EQ(default_of("a DEFAULT X'0A'"), "x'0a'");
  EXPECT_EQ(default_of("a DEFAULT -'5'"), "-'5'");
  EXPECT_EQ(default_of("a DEFAULT current_timestamp"), "CURRENT_TIMESTAMP");
  EXPECT_EQ(default_of("a DEFAULT Current_Date"), "CURRENT_DATE");
  EXPECT_EQ(default_of("a DEFAULT CURRENT_TIME"), "CURRENT_TIME");
  EXPECT_EQ(default_of("a DEFAULT TRUE"), "true");
  EXPECT_EQ(default_of("a DEFAULT false"), "false");
}

TEST(SqliteColumn, EndsAHexadecimalDefaultWhereItsDigitsEnd) {
  const Table table = table_of("CREATE TABLE t(a int DEFAULT 0x1FNOT NULL, b int DEFAULT 0x1FUNIQUE)");
  EXPECT_EQ(table.columns[0].default_value->sql.common, "0x1f");
  EXPECT_FALSE(table.columns[0].nullable);
  EXPECT_EQ(table.columns[1].default_value->sql.common, "0x1f");
  EXPECT_EQ(table.indexes.size(), 1U);
}

TEST(SqliteColumn, HasABareWordOrQuotedNameAsAStringDefault) {
  EXPECT_EQ(default_of("a DEFAULT abc"), "'abc'");
  EXPECT_EQ(default_of("a DEFAULT Cascade"), "'Cascade'");
  EXPECT_EQ(default_of("a DEFAULT \"dq\""), "'dq'");
  EXPECT_EQ(default_of("a DEFAULT \"true\""), "'true'");
  EXPECT_EQ(default_of("a DEFAULT \"it's \"\"so\"\"\""), "'it''s \"so\"'");
  EXPECT_EQ(default_of("a DEFAULT [x y]"), "'x y'");
  EXPECT_EQ(default_of("a DEFAULT `b`"), "'b'");
}

TEST(SqliteColumn, KeepsAnExpressionAsDefaultWithItsBracketsAsWritten) {
  EXPECT_EQ(default_of("a DEFAULT (1+2)"), "(1+2)");
  EXPECT_EQ(default_of("a DEFAULT (NULL)"), "(NULL)");
  EXPECT_EQ(default_of("a DEFAULT ( datetime('now') /* ) */ ) NOT NULL"), "( datetime('now') /* ) */ )");
  EXPECT_EQ(default_of("a DEFAULT (')' || '(')"), "(')' || '(')");
}

TEST(SqliteColumn, TakesTheLastOfTwoDefaults) {
  EXPECT_EQ(default_of("a DEFAULT 1 NOT NULL DEFAULT 2"), "2");
}

TEST(SqliteColumn, HasACollationInUpperCaseAndNoneForBinary) {
  EXPECT_EQ(column_of("a text COLLATE nocase").collation, "NOCASE");
  EXPECT_EQ(column_of("a text COLLATE \"RTrim\"").collation, "RTRIM");
  EXPECT_EQ(column_of("a text COLLATE 'nocase'").collation, "NOCASE");
  EXPECT_EQ(column_of("a text COLLATE Binary").collation, "");
  EXPECT_EQ(column_of("a text COLLATE NOCASE COLLATE BINARY").collation, "");
  EXPECT_EQ(column_of("a text").collation, "");
}

TEST(SqliteColumn, IsAutomaticWithAutoincrementOnly) {
  EXPECT_TRUE(column_of("a INTEGER PRIMARY KEY AUTOINCREMENT").auto_increment);
  EXPECT_TRUE(column_of("a INTEGER, PRIMARY KEY(a AUTOINCREMENT)").auto_increment);
  EXPECT_FALSE(column_of("a INTEGER PRIMARY KEY").auto_increment);
}

TEST(SqliteColumn, HasItsGeneratedExpressionWithoutBrackets) {
  const Column virtual_column = column_of("a int AS (b * 2), b");
  ASSERT_TRUE(virtual_column.generated);
  EXPECT_EQ(virtual_column.generated->expression.common, "b * 2");
  EXPECT_FALSE(virtual_column.generated->stored);
  const Column stored_column =
      column_of("a int GENERATED ALWAYS AS ( (b) + /* one */ 1 ) STORED NOT NULL, b");
  ASSERT_TRUE(stored_column.generated);
  EXPECT_EQ(stored_column.generated->expression.common, "(b) + /* one */ 1");
  EXPECT_TRUE(stored_column.generated->stored);
  EXPECT_FALSE(stored_column.nullable);
  EXPECT_FALSE(column_of("a varchar(3) GENERATED ALWAYS AS (1) virtual, b").generated->stored);
}

TEST(SqliteColumn, KeepsItsChecksInOrderWithTheirNames) {
  const Column column = column_of("a int CHECK (a > 0) NOT NULL CONSTRAINT small CHECK ( a < 10 /* ten */ )");
  ASSERT_EQ(column.checks.size(), 2U);
  EXPECT_EQ(column.checks[0].name.text, "");
  EXPECT_TRUE(column.checks[0].name.generated);
  EXPECT_EQ(column.checks[0].expression.common, "a > 0");
  EXPECT_EQ(column.checks[1].name.text, "small");
  EXPECT_FALSE(column.checks[1].name.generated);
  EXPECT_EQ(column.checks[1].expression.common, "a < 10 /* ten */");
}

TEST(SqliteColumn, ClosesALineCommentAtTheEndOfAnExpression) {
  EXPECT_EQ(column_of("a CHECK (a > 0 -- positive\n)").checks[0].expression.common, "a > 0 -- positive\n");
}

TEST(SqliteColumn, GivesANameToTheConstraintRightBehindIt) {
  const Column column =
      column_of("a int CONSTRAINT here NOT NULL CHECK (a > 0) CONSTRAINT x CONSTRAINT y CHECK (a < 9)");
  ASSERT_EQ(column.checks.size(), 2U);
  EXPECT_EQ(column.checks[0].name.text, "");
  EXPECT_EQ(column.checks[1].name.text, "y");
}

TEST(SqliteColumn, TakesANameWithNoConstraintBehindIt) {
  const Table table = table_of("CREATE TABLE t(a int CONSTRAINT alone, b CONSTRAINT other, UNIQUE(a))");
  ASSERT_EQ(table.indexes.size(), 1U);
  EXPECT_EQ(table.indexes[0].name.text, "");
}

TEST(SqliteColumn, IsKeptAsWrittenFromItsNameToTheComma) {
  const Table table =
      table_of("CREATE TABLE t( /* first */ a  INT /* one */ NOT  NULL -- two\n , -- three\n \"b\" text )");
  EXPECT_EQ(table.columns[0].written.text, "a  INT /* one */ NOT  NULL -- two\n");
  EXPECT_EQ(table.columns[1].written.text, "\"b\" text");
}

TEST(SqliteColumn, TakesEveryConstraintInAnyOrderAndWithAName) {
  const Table table = table_of(
      "CREATE TABLE p(x PRIMARY KEY);"
      "CREATE TABLE t(a INTEGER CONSTRAINT c1 CHECK (a > 1) CONSTRAINT c2 DEFAULT 7 CONSTRAINT c3 COLLATE "
      "nocase"
      " CONSTRAINT c4 REFERENCES p(x) CONSTRAINT c5 UNIQUE ON CONFLICT FAIL CONSTRAINT c6 NOT NULL ON "
      "CONFLICT IGNORE"
      " CONSTRAINT c7 PRIMARY KEY ASC ON CONFLICT ROLLBACK AUTOINCREMENT CONSTRAINT c8 NULL CONSTRAINT c9"
      " DEFERRABLE INITIALLY DEFERRED)");
  const Column& column = table.columns.at(0);
  EXPECT_EQ(column.checks.at(0).name.text, "c1");
  EXPECT_EQ(column.default_value->sql.common, "7");
  EXPECT_EQ(column.collation, "NOCASE");
  EXPECT_EQ(column.extra, "NOT NULL ON CONFLICT IGNORE");
  EXPECT_TRUE(column.auto_increment);
  EXPECT_EQ(table.foreign_keys.at(0).name.text, "c4");
  EXPECT_EQ(table.foreign_keys.at(0).extra, "DEFERRABLE INITIALLY DEFERRED");
  EXPECT_EQ(table.indexes.at(0).name.text, "c5");
  EXPECT_EQ(table.indexes.at(0).extra, "ON CONFLICT FAIL");
  EXPECT_EQ(table.primary_key->name.text, "c7");
  EXPECT_EQ(table.primary_key->extra, "ON CONFLICT ROLLBACK");
}

}  // namespace
}  // namespace plumb::sqlite
