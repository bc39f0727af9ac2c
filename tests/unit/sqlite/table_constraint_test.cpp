#include <gtest/gtest.h>

#include "unit/sqlite/stored_text.hpp"

namespace plumb::sqlite {
namespace {

std::string with_parent(std::string_view table) {
  return "CREATE TABLE p(x, y, PRIMARY KEY(x, y), UNIQUE(x)); CREATE TABLE t(" + std::string(table) + ")";
}

ForeignKey foreign_key_of(std::string_view table) {
  return table_of(with_parent(table)).foreign_keys.at(0);
}

TEST(SqliteTable, OptionsAreFlags) {
  const Table both = table_of("CREATE TABLE t(a int PRIMARY KEY) STRICT, WITHOUT ROWID");
  EXPECT_EQ(both.options.at("sqlite"), (Options{{"strict", ""}, {"without rowid", ""}}));
  EXPECT_EQ(table_of("CREATE TABLE t(a int PRIMARY KEY), STRICT, WITHOUT ROWID").options, both.options);
  EXPECT_EQ(table_of("CREATE TABLE t(a int PRIMARY KEY) without /* a */ rowid , strict").options,
            both.options);
  EXPECT_TRUE(table_of("CREATE TABLE t(a)").options.empty());
}

TEST(SqliteTable, IsKeptAsStored) {
  const std::string text = "CREATE TABLE t( a /* x */,\r\n b )";
  EXPECT_EQ(table_of(text).written.text, text);
}

TEST(SqliteTable, ReadsTheTextThatCreateTableAsLeaves) {
  const Table table =
      table_of("CREATE TABLE s(x INTEGER, y TEXT); CREATE TABLE t AS SELECT x, y, 1 + 1 AS z FROM s");
  ASSERT_EQ(table.columns.size(), 3U);
  EXPECT_EQ(table.columns[0].type.native.common, "int");
  EXPECT_EQ(table.columns[1].type.native.common, "text");
  EXPECT_EQ(table.columns[2].type.native.common, "");
}

TEST(SqlitePrimaryKey, OfAColumnAndOfTheTableAreTheSame) {
  EXPECT_EQ(table_of("CREATE TABLE t(a int PRIMARY KEY, b)"),
            table_of("CREATE TABLE t(a int, b, PRIMARY KEY(a))"));
  EXPECT_EQ(table_of("CREATE TABLE t(a INTEGER CONSTRAINT k PRIMARY KEY AUTOINCREMENT)"),
            table_of("CREATE TABLE t(a INTEGER, CONSTRAINT k PRIMARY KEY(a AUTOINCREMENT))"));
}

TEST(SqlitePrimaryKey, HasPartsWithOrderAndCollation) {
  const auto key =
      table_of(
          "CREATE TABLE t(a, b text COLLATE nocase, CONSTRAINT k PRIMARY KEY(b COLLATE rtrim DESC, \"A\" ASC)"
          " ON CONFLICT replace)")
          .primary_key;
  ASSERT_TRUE(key);
  EXPECT_EQ(key->name.text, "k");
  EXPECT_EQ(key->extra, "ON CONFLICT REPLACE");
  ASSERT_EQ(key->parts.size(), 2U);
  EXPECT_EQ(key->parts[0].column, "b");
  EXPECT_EQ(key->parts[0].collation, "RTRIM");
  EXPECT_TRUE(key->parts[0].descending);
  EXPECT_EQ(key->parts[1].column, "a");
  EXPECT_FALSE(key->parts[1].descending);
}

// https://www.sqlite.org/lang_createtable.html#rowid: INTEGER PRIMARY KEY DESC is no alias, but PRIMARY KEY(a
// DESC) is
TEST(SqlitePrimaryKey, DescendsOnlyWhereThatMakesADifference) {
  EXPECT_TRUE(table_of("CREATE TABLE t(a INTEGER PRIMARY KEY DESC)").primary_key->parts[0].descending);
  EXPECT_FALSE(table_of("CREATE TABLE t(a INTEGER, PRIMARY KEY(a DESC))").primary_key->parts[0].descending);
  EXPECT_TRUE(table_of("CREATE TABLE t(a INT, PRIMARY KEY(a DESC))").primary_key->parts[0].descending);
  EXPECT_TRUE(table_of("CREATE TABLE t(a INTEGER, PRIMARY KEY(a DESC)) WITHOUT ROWID")
                  .primary_key->parts[0]
                  .descending);
}

TEST(SqliteUnique, OfAColumnAndOfTheTableAreTheSame) {
  const Table column = table_of("CREATE TABLE t(a int CONSTRAINT u UNIQUE ON CONFLICT FAIL, b)");
  const Table table = table_of("CREATE TABLE t(a int, b, CONSTRAINT u UNIQUE(a) ON CONFLICT FAIL)");
  EXPECT_EQ(column, table);
  ASSERT_EQ(column.indexes.size(), 1U);
  const Index& index = column.indexes[0];
  EXPECT_TRUE(index.constraint);
  EXPECT_EQ(index.kind, IndexKind::Unique);
  EXPECT_EQ(index.name.text, "u");
  EXPECT_EQ(index.extra, "ON CONFLICT FAIL");
  EXPECT_EQ(index.parts.at(0).column, "a");
}

TEST(SqliteUnique, WithoutANameHasAnEmptyGeneratedOne) {
  const Index index = table_of("CREATE TABLE t(a UNIQUE)").indexes.at(0);
  EXPECT_TRUE(index.name.empty());
  EXPECT_TRUE(index.name.generated);
}

TEST(SqliteUnique, KeepsACollationOnlyWhereItDiffersFromTheColumns) {
  const Table table = table_of(
      "CREATE TABLE t(a text COLLATE nocase, b, UNIQUE(a COLLATE NoCase, b COLLATE binary),"
      " UNIQUE(a COLLATE binary, 'b' COLLATE rtrim))");
  EXPECT_EQ(table.indexes[0].parts[0].collation, "");
  EXPECT_EQ(table.indexes[0].parts[1].collation, "");
  EXPECT_EQ(table.indexes[1].parts[0].collation, "BINARY");
  EXPECT_EQ(table.indexes[1].parts[1].collation, "RTRIM");
  EXPECT_EQ(table.indexes[1].parts[1].column, "b");
}

TEST(SqliteUnique, ConstraintsStandInWrittenOrder) {
  const Table table =
      table_of("CREATE TABLE t(a UNIQUE, b CONSTRAINT ub UNIQUE, UNIQUE(b, a), CONSTRAINT z UNIQUE(a))");
  ASSERT_EQ(table.indexes.size(), 4U);
  EXPECT_EQ(table.indexes[1].name.text, "ub");
  EXPECT_EQ(table.indexes[2].parts.size(), 2U);
  EXPECT_EQ(table.indexes[3].name.text, "z");
}

TEST(SqliteCheck, OfTheTableIsKeptThere) {
  const Table table = table_of(
      "CREATE TABLE t(a, b, CHECK (a < b), CONSTRAINT \"my check\" CHECK ((a) <> (b)) ON CONFLICT FAIL)");
  ASSERT_EQ(table.checks.size(), 2U);
  EXPECT_TRUE(table.checks[0].name.empty());
  EXPECT_TRUE(table.checks[0].name.generated);
  EXPECT_EQ(table.checks[0].expression.common, "a < b");
  EXPECT_EQ(table.checks[1].name.text, "my check");
  EXPECT_EQ(table.checks[1].expression.common, "(a) <> (b)");
  EXPECT_TRUE(table.columns[1].checks.empty());
}

TEST(SqliteForeignKey, OfAColumnAndOfTheTableAreTheSame) {
  EXPECT_EQ(table_of(with_parent(
                "a CONSTRAINT f REFERENCES p(x) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED, b")),
            table_of(with_parent("a, b, CONSTRAINT f FOREIGN KEY(a) REFERENCES p(x) ON DELETE CASCADE"
                                 " DEFERRABLE INITIALLY DEFERRED")));
}

TEST(SqliteForeignKey, HasColumnsTableAndReferencedColumns) {
  const ForeignKey key = foreign_key_of("a, [b c], FOREIGN KEY(\"A\", 'b c') REFERENCES \"p\"(x, `y`)");
  EXPECT_EQ(key.columns, (std::vector<std::string>{"a", "b c"}));
  EXPECT_EQ(key.table, "p");
  EXPECT_EQ(key.referenced, (std::vector<std::string>{"x", "y"}));
  EXPECT_TRUE(key.name.empty());
  EXPECT_TRUE(key.name.generated);
}

TEST(SqliteForeignKey, MayLeaveOutTheReferencedColumns) {
  EXPECT_TRUE(foreign_key_of("a REFERENCES p").referenced.empty());
  EXPECT_TRUE(foreign_key_of("a, b, FOREIGN KEY(a, b) REFERENCES p").referenced.empty());
}

TEST(SqliteForeignKey, HasItsActions) {
  const ForeignKey key =
      foreign_key_of("a REFERENCES p(x) ON UPDATE SET DEFAULT ON DELETE set null ON INSERT CASCADE");
  EXPECT_EQ(key.on_update, ForeignKeyAction::SetDefault);
  EXPECT_EQ(key.on_delete, ForeignKeyAction::SetNull);
  EXPECT_EQ(foreign_key_of("a REFERENCES p ON DELETE RESTRICT").on_delete, ForeignKeyAction::Restrict);
  EXPECT_EQ(foreign_key_of("a REFERENCES p ON DELETE CASCADE").on_delete, ForeignKeyAction::Cascade);
  EXPECT_EQ(foreign_key_of("a REFERENCES p ON DELETE CASCADE ON DELETE NO ACTION").on_delete,
            ForeignKeyAction::NoAction);
  EXPECT_EQ(foreign_key_of("a REFERENCES p").on_delete, ForeignKeyAction::NoAction);
}

TEST(SqliteForeignKey, KeepsMatchAndDeferralInOneSpelling) {
  EXPECT_EQ(foreign_key_of("a REFERENCES p MATCH full").extra, "MATCH FULL");
  EXPECT_EQ(foreign_key_of("a REFERENCES p MATCH \"full\"").extra, "MATCH FULL");
  EXPECT_EQ(foreign_key_of("a REFERENCES p MATCH [f:ull]").extra, "MATCH \"F:ULL\"");
  EXPECT_EQ(foreign_key_of("a REFERENCES p MATCH full DEFERRABLE INITIALLY deferred").extra,
            "MATCH FULL DEFERRABLE INITIALLY DEFERRED");
  EXPECT_EQ(foreign_key_of("a, FOREIGN KEY(a) REFERENCES p(x) deferrable initially deferred").extra,
            "DEFERRABLE INITIALLY DEFERRED");
}

TEST(SqliteForeignKey, HasNoExtraWhereTheEngineDoesWhatItDoesAnyway) {
  for (const char* clause :
       {"NOT DEFERRABLE", "DEFERRABLE", "DEFERRABLE INITIALLY IMMEDIATE", "NOT DEFERRABLE INITIALLY DEFERRED",
        "NOT DEFERRABLE INITIALLY IMMEDIATE", "MATCH SIMPLE"}) {
    EXPECT_EQ(foreign_key_of("a REFERENCES p " + std::string(clause)).extra, "") << clause;
    EXPECT_EQ(foreign_key_of("a, FOREIGN KEY(a) REFERENCES p " + std::string(clause)).extra, "") << clause;
  }
}

// The engine applies a column's DEFERRABLE to the last foreign key that it has read, whatever stands between.
TEST(SqliteForeignKey, IsDeferredByAClauseOfALaterColumn) {
  EXPECT_EQ(foreign_key_of("a REFERENCES p NOT NULL, b int DEFERRABLE INITIALLY DEFERRED").extra,
            "DEFERRABLE INITIALLY DEFERRED");
  EXPECT_EQ(foreign_key_of("a REFERENCES p DEFERRABLE INITIALLY DEFERRED, b NOT DEFERRABLE").extra, "");
  EXPECT_TRUE(table_of("CREATE TABLE t(a DEFERRABLE INITIALLY DEFERRED)").foreign_keys.empty());
}

TEST(SqliteTableConstraints, NeedNoCommasBetweenThem) {
  const Table table =
      table_of(with_parent("a, b, CONSTRAINT u UNIQUE(a) CHECK(a) CONSTRAINT f FOREIGN KEY(b) REFERENCES p(x)"
                           " CHECK(b), PRIMARY KEY(b) CONSTRAINT over"));
  EXPECT_EQ(table.indexes.at(0).name.text, "u");
  ASSERT_EQ(table.checks.size(), 2U);
  EXPECT_TRUE(table.checks[0].name.empty());
  EXPECT_EQ(table.foreign_keys.at(0).name.text, "f");
  EXPECT_TRUE(table.checks[1].name.empty());
  EXPECT_TRUE(table.primary_key->name.empty());
}

TEST(SqliteTableConstraints, ANameEndsAtTheComma) {
  EXPECT_EQ(table_of("CREATE TABLE t(a, CONSTRAINT lost, UNIQUE(a))").indexes.at(0).name.text, "");
  EXPECT_EQ(table_of("CREATE TABLE t(a, CONSTRAINT x CONSTRAINT y UNIQUE(a))").indexes.at(0).name.text, "y");
}

TEST(SqliteTableConstraints, MayHaveCommentsAndLineEndsAnywhere) {
  const Table table = table_of(
      "CREATE TABLE "
      "t/*1*/(/*2*/a/*3*/int/*4*/,/*5*/CONSTRAINT/*6*/u/*7*/UNIQUE/*8*/(/*9*/a/*10*/DESC/*11*/)/*12*/ON/*13*/"
      "CONFLICT/*14*/FAIL/*15*/,--16\r\nCHECK--17\r\n(--18\r\na--19\r\n)--20\r\n)/*21*/STRICT--22\n");
  EXPECT_EQ(table.indexes.at(0).name.text, "u");
  EXPECT_TRUE(table.indexes[0].parts.at(0).descending);
  EXPECT_EQ(table.checks.at(0).expression.common, "--18\r\na--19\n");
  EXPECT_TRUE(table.options.at("sqlite").contains("strict"));
}

}  // namespace
}  // namespace plumb::sqlite
