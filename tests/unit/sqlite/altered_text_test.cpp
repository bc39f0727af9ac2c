#include <gtest/gtest.h>

#include "unit/sqlite/stored_text.hpp"

namespace plumb::sqlite {
namespace {

TEST(SqliteAlteredText, OfAddColumnHasTheColumnBeforeTheConstraints) {
  const Table table = table_of(
      "CREATE TABLE t(a int, -- the first\n  UNIQUE(a) -- once\n);"
      "ALTER TABLE t ADD COLUMN b text NOT NULL DEFAULT 'x' /* new */;"
      "ALTER TABLE t ADD c int CHECK (c > 0) REFERENCES t(a)");
  ASSERT_EQ(table.columns.size(), 3U);
  EXPECT_EQ(table.columns[1].default_value->sql.common, "'x'");
  EXPECT_EQ(table.columns[2].checks.at(0).expression.common, "c > 0");
  EXPECT_EQ(table.indexes.size(), 1U);
  EXPECT_EQ(table.foreign_keys.at(0).columns, std::vector<std::string>{"c"});
}

TEST(SqliteAlteredText, OfAddColumnBehindALineCommentIsRead) {
  const Table table = table_of("CREATE TABLE t(a int -- the first\n); ALTER TABLE t ADD COLUMN b int");
  ASSERT_EQ(table.columns.size(), 2U);
  EXPECT_EQ(table.columns[0].written.text, "a int -- the first\n");
}

TEST(SqliteAlteredText, OfRenameHasTheNewNamesEverywhere) {
  constexpr std::string_view script =
      "CREATE TABLE old(id INTEGER PRIMARY KEY, par int REFERENCES old(id), x int CHECK (x > 0), UNIQUE(x), "
      "CHECK(x < 9));"
      "CREATE INDEX i ON old(x) WHERE x > 1;"
      "CREATE TRIGGER r AFTER UPDATE OF x ON old WHEN new.x > 1 BEGIN UPDATE old SET x = 1; END;"
      "CREATE VIEW v AS SELECT x FROM old;"
      "ALTER TABLE old RENAME TO \"new one\";"
      "ALTER TABLE \"new one\" RENAME COLUMN x TO \"y z\"";
  const Table table = table_of(script, "new one");
  EXPECT_EQ(table.name, "new one");
  EXPECT_EQ(table.foreign_keys.at(0).table, "new one");
  EXPECT_EQ(table.columns[2].name, "y z");
  EXPECT_EQ(table.columns[2].checks.at(0).expression.common, "\"y z\" > 0");
  EXPECT_EQ(table.indexes.at(0).parts.at(0).column, "y z");
  EXPECT_EQ(table.checks.at(0).expression.common, "\"y z\" < 9");
  const Index index = index_of(script);
  EXPECT_EQ(index.parts.at(0).column, "y z");
  EXPECT_EQ(index.where->common, "\"y z\" > 1");
  const Trigger trigger = trigger_of(script);
  EXPECT_EQ(trigger.table, "new one");
  EXPECT_EQ(trigger.update_of, std::vector<std::string>{"y z"});
  EXPECT_EQ(view_of(script).query.common, "SELECT \"y z\" FROM \"new one\"");
}

TEST(SqliteAlteredText, OfDropColumnIsRead) {
  const Table table = table_of(
      "CREATE TABLE t(/* 1 */ a int /* 2 */, /* 3 */ b text DEFAULT 'x,y' /* 4 */, /* 5 */ c int NOT NULL /* "
      "6 */, CHECK (a) -- 7\n);"
      "ALTER TABLE t DROP COLUMN b; ALTER TABLE t ADD COLUMN d; ALTER TABLE t DROP COLUMN c");
  ASSERT_EQ(table.columns.size(), 2U);
  EXPECT_EQ(table.columns[0].name, "a");
  EXPECT_EQ(table.columns[1].name, "d");
  EXPECT_EQ(table.checks.size(), 1U);
}

}  // namespace
}  // namespace plumb::sqlite
