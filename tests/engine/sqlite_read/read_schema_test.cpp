#include "dialect/read_schema.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/sqlite_read/database.hpp"

namespace plumb::sqlite {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

std::vector<std::string> keys(const auto& map) {
  std::vector<std::string> names;
  for (const auto& [name, value] : map) names.push_back(name);
  return names;
}

using Names = std::vector<std::string>;

TEST(ReadSqliteSchema, OfAnEmptyDatabaseIsEmpty) {
  Database database;
  EXPECT_EQ(database.read(), Schema());
}

TEST(ReadSqliteSchema, HasTablesViewsAndTriggersUnderTheirNames) {
  Database database;
  database.run(
      "CREATE TABLE b(x); CREATE TABLE \"A b\"(y); CREATE VIEW v AS SELECT * FROM b;"
      "CREATE TRIGGER r AFTER INSERT ON b BEGIN SELECT 1; END;"
      "CREATE TRIGGER on_view INSTEAD OF INSERT ON v BEGIN SELECT 1; END");
  const Schema schema = database.read();
  EXPECT_EQ(keys(schema.tables), (Names{"A b", "b"}));
  EXPECT_EQ(keys(schema.views), (Names{"v"}));
  EXPECT_EQ(keys(schema.triggers), (Names{"on_view", "r"}));
  EXPECT_EQ(schema.triggers.at("on_view").table, "v");
  EXPECT_THAT(schema.opaque, IsEmpty());
}

TEST(ReadSqliteSchema, PutsIndexesToTheirTablesInTheOrderOfTheirCreation) {
  Database database;
  database.run(
      "CREATE TABLE t(a text COLLATE nocase UNIQUE, b); CREATE TABLE u(a);"
      "CREATE INDEX z ON T(B DESC, a COLLATE nocase) WHERE b > 0; CREATE INDEX y ON u(a); CREATE UNIQUE "
      "INDEX a ON t(lower(a))");
  const Schema schema = database.read();
  const Table& table = schema.tables.at("t");
  ASSERT_EQ(table.indexes.size(), 3U);
  EXPECT_TRUE(table.indexes[0].constraint);
  EXPECT_EQ(table.indexes[1].name.text, "z");
  EXPECT_EQ(table.indexes[1].parts.at(0).column, "b");
  EXPECT_EQ(table.indexes[1].parts.at(1).collation, "");
  EXPECT_EQ(table.indexes[1].where->common, "b > 0");
  EXPECT_EQ(table.indexes[2].name.text, "a");
  EXPECT_EQ(table.indexes[2].kind, IndexKind::Unique);
  EXPECT_EQ(schema.tables.at("u").indexes.size(), 1U);
}

TEST(ReadSqliteSchema, LeavesOutTheTablesOfTheEngineAndOfPlumbWithAllThatIsTheirs) {
  Database database;
  database.run(
      "CREATE TABLE t(id INTEGER PRIMARY KEY AUTOINCREMENT); INSERT INTO t DEFAULT VALUES; ANALYZE;"
      "CREATE TABLE plumb_history(a); CREATE INDEX i ON plumb_history(a);"
      "CREATE TRIGGER r AFTER INSERT ON plumb_history BEGIN SELECT 1; END;"
      "CREATE TABLE Plumb_Other(a); CREATE TABLE plumber(a)");
  const Schema schema = database.read();
  EXPECT_EQ(keys(schema.tables), (Names{"plumber", "t"}));
  EXPECT_THAT(schema.triggers, IsEmpty());
  EXPECT_THAT(schema.opaque, IsEmpty());
}

TEST(ReadSqliteSchema, SpellsReferencesAsTheThingsAreCalled) {
  Database database;
  database.run(
      "CREATE TABLE Parent(Id INTEGER PRIMARY KEY, Code UNIQUE);"
      "CREATE TABLE child(P_Id REFERENCES PARENT(ID), q, missing REFERENCES Nowhere(X), FOREIGN KEY(Q) "
      "REFERENCES parent(CODE));"
      "CREATE TRIGGER r AFTER UPDATE OF p_id ON CHILD BEGIN SELECT 1; END");
  const Schema schema = database.read();
  const Table& child = schema.tables.at("child");
  EXPECT_EQ(child.foreign_keys.at(0).table, "Parent");
  EXPECT_EQ(child.foreign_keys[0].referenced, Names{"Id"});
  EXPECT_EQ(child.foreign_keys.at(1).table, "Nowhere");
  EXPECT_EQ(child.foreign_keys[1].referenced, Names{"X"});
  EXPECT_EQ(child.foreign_keys.at(2).columns, Names{"q"});
  EXPECT_EQ(child.foreign_keys[2].referenced, Names{"Code"});
  EXPECT_EQ(schema.triggers.at("r").table, "child");
  EXPECT_EQ(schema.triggers.at("r").update_of, Names{"P_Id"});
}

TEST(ReadSqliteSchema, HasVirtualTablesAndTheirShadowTablesAsOpaque) {
  Database database;
  database.run(
      "CREATE VIRTUAL TABLE f USING fts5(title, body); CREATE VIRTUAL TABLE r USING rtree(id, x0, x1); "
      "CREATE TABLE f_notes(a)");
  const Schema schema = database.read();
  EXPECT_EQ(keys(schema.tables), (Names{"f_notes"}));
  EXPECT_EQ(keys(schema.opaque), (Names{"f", "f_config", "f_content", "f_data", "f_docsize", "f_idx", "r",
                                        "r_node", "r_parent", "r_rowid"}));
  EXPECT_EQ(schema.opaque.at("f").kind, "virtual table");
  EXPECT_EQ(schema.opaque.at("f").definition, "CREATE VIRTUAL TABLE f USING fts5(title, body)");
  EXPECT_EQ(schema.opaque.at("f_data").kind, "shadow table");
  EXPECT_THAT(schema.opaque.at("f_data").definition, HasSubstr("CREATE TABLE 'f_data'"));
}

/// Writes a row of sqlite_schema as no statement would.
void forge(Database& database, const std::string& sql) {
  database.run("PRAGMA writable_schema = ON; " + sql + "; PRAGMA writable_schema = OFF");
}

TEST(ReadSqliteSchema, KeepsAwayFromTablesNamedLikeThoseOfAnUnknownModule) {
  Database database;
  database.run("CREATE TABLE g_data(a); CREATE TABLE other(a)");
  forge(database,
        "INSERT INTO sqlite_schema(type, name, tbl_name, rootpage, sql) "
        "VALUES('table', 'g', 'g', 0, 'CREATE VIRTUAL TABLE g USING no_such_module(x)')");
  const Schema schema = database.read();
  EXPECT_EQ(keys(schema.tables), (Names{"other"}));
  EXPECT_EQ(schema.opaque.at("g_data").kind, "shadow table");
  EXPECT_THAT(schema.opaque.at("g_data").reason, HasSubstr("`g`"));
}

TEST(ReadSqliteSchema, HasATableThatIsNotUnderstoodAsOpaqueWithAllThatIsItsOwn) {
  Database database;
  database.run(
      "CREATE TABLE t(a int,\n b int); CREATE INDEX i ON t(a); CREATE TRIGGER r AFTER INSERT ON t BEGIN "
      "SELECT 1; END;"
      "CREATE TABLE u(a)");
  database.connection();  // whoever opens the file now cannot
  const Schema before = database.read();
  EXPECT_EQ(before.tables.size(), 2U);
  forge(database,
        "UPDATE sqlite_schema SET sql = replace(sql, 'b int', 'b int CHECK SYNTAX') WHERE name = 't'");
  const Schema schema = database.read();
  EXPECT_EQ(keys(schema.tables), (Names{"u"}));
  const Opaque& opaque = schema.opaque.at("t");
  EXPECT_EQ(opaque.kind, "table");
  EXPECT_THAT(opaque.reason,
              HasSubstr("not understood at line 2, column 14: `SYNTAX` stands where `(` is expected"));
  EXPECT_THAT(opaque.reason, HasSubstr("to it belong index `i`, trigger `r`"));
  EXPECT_EQ(opaque.definition, "CREATE TABLE t(a int,\n b int CHECK SYNTAX)");
  EXPECT_TRUE(schema.triggers.contains("r"));
}

TEST(ReadSqliteSchema, LosesNothingThatIsStoredInAnUnknownWay) {
  Database database;
  database.run(
      "CREATE TABLE t(a); CREATE INDEX i ON t(a); CREATE VIEW v AS SELECT 1; CREATE TRIGGER t AFTER INSERT "
      "ON t BEGIN SELECT 1; END;");
  (void)database.read();
  forge(database,
        "UPDATE sqlite_schema SET sql = 'CREATE INDEX j ON t(a)' WHERE name = 'i';"
        "UPDATE sqlite_schema SET sql = 'CREATE TABLE v(a)' WHERE name = 'v';"
        "UPDATE sqlite_schema SET sql = 'nonsense' WHERE type = 'trigger';"
        "INSERT INTO sqlite_schema(type, name, tbl_name, rootpage, sql) VALUES('sequence', 't', 't', 0, "
        "'CREATE SEQUENCE t'),"
        " ('index', 'lost', 'gone', 0, 'CREATE INDEX lost ON gone(a)')");
  const Schema schema = database.read();
  EXPECT_EQ(keys(schema.tables), (Names{"t"}));
  EXPECT_EQ(schema.opaque.size(), 5U);
  EXPECT_THAT(schema.opaque.at("i").reason, HasSubstr("that of `j`"));
  EXPECT_THAT(schema.opaque.at("v").reason, HasSubstr("no view"));
  EXPECT_THAT(schema.opaque.at("t").kind, "trigger");
  EXPECT_THAT(schema.opaque.at("unknown object t").definition, "CREATE SEQUENCE t");
  EXPECT_THAT(schema.opaque.at("lost").reason, HasSubstr("`gone`"));
}

TEST(ReadSqliteSchema, SeesWhatOpenTransactionsOfItsOwnSessionChanged) {
  Database database;
  database.connection().execute("BEGIN");
  database.connection().execute("CREATE TABLE t(a)");
  EXPECT_EQ(keys(database.read().tables), Names{"t"});
  database.connection().execute("ROLLBACK");
  EXPECT_THAT(database.read().tables, IsEmpty());
}

}  // namespace
}  // namespace plumb::sqlite
