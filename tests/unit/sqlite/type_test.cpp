#include <gtest/gtest.h>

#include "dialect/sqlite/stored_create_type.hpp"
#include "unit/sqlite/stored_text.hpp"

namespace plumb::sqlite {
namespace {

std::string type_of(std::string_view definition) {
  return column_of(definition).type.native.common;
}

TEST(SqliteType, IsTheDeclaredTextInLowerCaseWithSingleSpaces) {
  EXPECT_EQ(type_of("a INTEGER"), "integer");
  EXPECT_EQ(type_of("a UNSIGNED   BIG\n\tINT"), "unsigned big int");
  EXPECT_EQ(type_of("a double precision"), "double precision");
  EXPECT_EQ(type_of("a VARCHAR(20)"), "varchar(20)");
  EXPECT_EQ(type_of("a VARCHAR ( 20 )"), "varchar(20)");
  EXPECT_EQ(type_of("a DECIMAL(10 , 2)"), "decimal(10,2)");
  EXPECT_EQ(type_of("a odd(-1,+2.5)"), "odd(-1,+2.5)");
  EXPECT_EQ(type_of("a native character varying (70)"), "native character varying(70)");
}

TEST(SqliteType, MayBeMissing) {
  EXPECT_EQ(type_of("a"), "");
  EXPECT_EQ(type_of("a NOT NULL"), "");
  EXPECT_EQ(type_of("a /* int */"), "");
  EXPECT_EQ(type_of("a UNIQUE"), "");
}

TEST(SqliteType, MayConsistOfKeywordsThatAreNames) {
  EXPECT_EQ(type_of("a key"), "key");
  EXPECT_EQ(type_of("a current_timestamp"), "current_timestamp");
  EXPECT_EQ(type_of("a begin end"), "begin end");
  EXPECT_EQ(type_of("a without row"), "without row");
}

TEST(SqliteType, InQuotesIsWhatStandsInThem) {
  EXPECT_EQ(type_of("a \"INTEGER\" PRIMARY KEY"), "integer");
  EXPECT_EQ(type_of("a [my Type]"), "my type");
  EXPECT_EQ(type_of("a 'varchar(20)'"), "varchar(20)");
}

TEST(SqliteType, InQuotesEndsWithThemAsForTheEngine) {
  EXPECT_EQ(type_of("a \"varchar\"(20)"), "varchar");
  EXPECT_EQ(type_of("a 'int' foo(3)"), "int");
}

TEST(SqliteType, InBracketsWithMoreBehindThemLosesItsFirstAndLastCharacterAsForTheEngine) {
  EXPECT_EQ(type_of("a [my type] odd"), "\"my type] od\"");
  EXPECT_EQ(type_of("a [x] /**/ generated always AS (1), b"), "\"x] /**\"");
}

TEST(SqliteType, StaysInQuotesWhereItCouldNotBeWrittenWithoutThem) {
  EXPECT_EQ(type_of("a \"weird-type\""), "\"weird-type\"");
  EXPECT_EQ(type_of("a [check]"), "\"check\"");
  EXPECT_EQ(type_of("a \"\""), "\"\"");
  EXPECT_EQ(type_of("a ' int'"), "\" int\"");
  EXPECT_EQ(type_of("a [x generated always]"), "\"x generated always\"");
  EXPECT_EQ(type_of("a [a\"b]"), "\"a\"\"b\"");
}

TEST(SqliteType, QuotesBehindTheFirstWordBelongToIt) {
  EXPECT_EQ(type_of("a foo \"Bar\""), "foo \"bar\"");
}

TEST(SqliteType, ThatOnlyLooksLikeIntegerIsKeptApartFromIt) {
  const Table table = table_of("CREATE TABLE t(a 'integer' 'x' PRIMARY KEY)");
  EXPECT_EQ(table.columns[0].type.native.common, "'integer' 'x'");
  EXPECT_TRUE(table.columns[0].nullable);
  EXPECT_EQ(type_of("a 'integer' -- of its own\n generated always PRIMARY KEY"), "'integer' ''");
}

TEST(SqliteType, LosesItsCommentsWhereTheyMeanNothing) {
  EXPECT_EQ(type_of("a VARCHAR /* some text */ (20)"), "varchar(20)");
  EXPECT_EQ(type_of("a double -- as in C\n precision"), "double precision");
}

// The engine looks for INT in the whole text of the type.
TEST(SqliteType, KeepsACommentThatMakesTheAffinity) {
  EXPECT_EQ(type_of("a varchar /* int */ (20)"), "varchar /* int */ (20)");
  EXPECT_EQ(type_of("a odd /* int */ always"), "\"odd /* int */\"");
}

// https://www.sqlite.org/gencol.html; the parser of the engine reads GENERATED ALWAYS as a part of the type
// and cuts it off later, by a rule of thumb that is met here exactly.
TEST(SqliteType, EndsBeforeGeneratedAlways) {
  EXPECT_EQ(type_of("a GENERATED ALWAYS AS (1), b"), "");
  EXPECT_EQ(type_of("a int generated   always AS (1), b"), "int");
  EXPECT_EQ(type_of("a int(5) GENERATED ALWAYS AS (1), b"), "int(5)");
  EXPECT_EQ(type_of("a text generated always"), "text");
  EXPECT_EQ(type_of("a integer foo always AS (1), b"), "integer foo");
  EXPECT_EQ(type_of("a int foo always AS (1), b"), "int foo always");
  EXPECT_EQ(type_of("a generated AS (1), b"), "generated");
  EXPECT_EQ(type_of("a integer odd UNIQUEalways"), "\"integer odd unique\"");
}

TEST(SqliteType, IsUnderstoodTheSameWhenWrittenAgain) {
  for (const std::string written : {"",
                                    "INT",
                                    "[a] b",
                                    "[int]eger",
                                    "[integer] ",
                                    "[integer] always generated always",
                                    "integer foo always always",
                                    "integer odd DEFERRABLEalways",
                                    "[]",
                                    "[a]",
                                    "unsigned  big int",
                                    "varchar /* int */ (20)",
                                    "\"varchar\"(20)",
                                    "[my type]",
                                    "foo \"bar\"",
                                    "\"weird-type\"",
                                    "[check]",
                                    "\"\"",
                                    "' int'",
                                    "'integer' 'x'",
                                    "[x generated always]",
                                    "int generated always",
                                    "integer foo always",
                                    "generated /*x*/ always",
                                    "odd /* int */ always",
                                    "'integer' /* of its own */ generated always",
                                    "odd /* 'int' \" */ generated always",
                                    "text generated"}) {
    const std::string again = stored::type_to_write(written);
    EXPECT_EQ(stored::normal_type(stored::kept_type(again)), stored::normal_type(stored::kept_type(written)))
        << written;
    EXPECT_EQ(stored::type_to_write(again), again) << written;
  }
}

}  // namespace
}  // namespace plumb::sqlite
