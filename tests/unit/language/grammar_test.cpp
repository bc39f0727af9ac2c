// How the text is cut into declarations: names, line ends, comments, strings, and input that nobody meant to
// write.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "load_text.hpp"

namespace plumb::test {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::vector<std::string> column_names(const Table& table) {
  std::vector<std::string> names;
  for (const Column& column : table.columns) names.push_back(column.name);
  return names;
}

TEST(Names, NoWordIsReservedForAColumnThatHasAType) {
  const Table table = table_of(
      "index int\nunique text\ncheck bool\nprimary int\nnatural int\nforeign int\nuse int\nkeep int\noption "
      "int\n"
      "extra int\ncomment text\nwas varchar(20)\nbackfill int\nreferences int\non int\nas int\nauto "
      "int\ncollate int\n"
      "charset int\nconstraint int\ninvisible int\nunchecked int\nmatch int\nnot int\ndeferrable int\nwhere "
      "int\n"
      "fulltext varchar(10)\nspatial native(\"point\")\nkey int\nlevel int\ntable int\nview int\ndrop "
      "int\nstored int\n"
      "int int\nserial int\nref int\nnull int\ntrue int\nnow int");
  EXPECT_EQ(table.columns.size(), 40U);
  EXPECT_THAT(table.indexes, IsEmpty());
  EXPECT_THAT(table.checks, IsEmpty());
}

TEST(Names, AKeyWithAListOrANameIsAKey) {
  const Table table = table_of(
      "index int\nunique int\ncheck int\nindex (index)\nindex by_check (check)\nunique (unique)\ncheck "
      "(check > 0)\n"
      "check positive (index > 0)\nprimary key (index)");
  EXPECT_EQ(table.columns.size(), 3U);
  EXPECT_EQ(table.indexes.size(), 3U);
  EXPECT_EQ(table.checks.size(), 2U);
  ASSERT_TRUE(table.primary_key);
}

TEST(Names, AnythingStandsInBackquotes) {
  const Table table =
      table_of("`two words` int\n`we``ird` int\n`1st` int\n`was` date\n`a.b` int\nindex `int` (`a.b`)");
  EXPECT_THAT(column_names(table), ElementsAre("two words", "we`ird", "1st", "was", "a.b"));
  EXPECT_EQ(table.indexes.front().name.text, "int");
}

TEST(Names, LettersBeyondAsciiArePlain) {
  EXPECT_THAT(column_names(table_of("größe int\n名前 text\n_x int")), ElementsAre("größe", "名前", "_x"));
}

TEST(LineEnds, ADeclarationEndsAtItsLineOrASemicolon) {
  EXPECT_THAT(column_names(table_of("a int; b int;; c int;\n;d int")), ElementsAre("a", "b", "c", "d"));
  EXPECT_THAT(column_names(described("table t { a int; b int }").schema.tables.at("t")),
              ElementsAre("a", "b"));
}

TEST(LineEnds, ClausesMayStandOnLinesOfTheirOwn) {
  const Description description = described(
      "table t\n  was old_t,\n    older_t\n{\n  id serial\n  a varchar(20)\n    = \"x\"\n    was b\n    "
      "backfill\n"
      "      ('y')\n  c int\n    as (1)\n    stored\n  p ref(t)?\n    on delete set null\n    on update "
      "cascade\n"
      "  q bigint\n    unsigned\n    references t(id)\n}\n"
      "trigger x\n  before update\n    of (a)\n  on t\n  when (1)\n  (select 1)\n");
  const Table& table = description.schema.tables.at("t");
  const TableIntent& intent = description.tables.at("t");
  EXPECT_THAT(intent.was, ElementsAre("old_t", "older_t"));
  EXPECT_THAT(intent.columns.at("a").was, ElementsAre("b"));
  EXPECT_EQ(intent.columns.at("a").backfill->common, "'y'");
  EXPECT_TRUE(table.find_column("c")->generated->stored);
  EXPECT_EQ(table.foreign_keys.front().on_delete, ForeignKeyAction::SetNull);
  EXPECT_EQ(table.foreign_keys.front().on_update, ForeignKeyAction::Cascade);
  EXPECT_EQ(table.foreign_keys.at(1).columns, std::vector<std::string>{"q"});
  EXPECT_EQ(description.schema.triggers.at("x").when.common, "1");
}

TEST(LineEnds, MeanNothingInsideParentheses) {
  const Table table = table_of("a enum(\n\"x\", // first\n\n\"y\"\n)\nindex (\n  a\n  desc\n)\nb int");
  EXPECT_THAT(table.columns.front().type.members, ElementsAre("x", "y"));
  EXPECT_TRUE(table.indexes.front().parts.front().descending);
  EXPECT_EQ(table.columns.size(), 2U);
}

TEST(LineEnds, CarriageReturnsBelongToThem) {
  const std::string unix_text =
      "schema s version 1.0.0\n/// One\n/// two\ntable t {\n  a int = (1 +\n    1)\n}\n";
  std::string dos_text;
  for (const char c : unix_text) dos_text += c == '\n' ? "\r\n" : std::string(1, c);
  const Description unix_one = described(unix_text);
  const Description dos_one = described(dos_text);
  EXPECT_EQ(dos_one.schema, unix_one.schema);
  EXPECT_EQ(dos_one.schema.tables.at("t").comment, "One\ntwo");
  EXPECT_EQ(dos_one.schema.tables.at("t").columns.front().default_value->sql.common, "1 +\n    1");
}

TEST(Input, AnEmptyFileDescribesNothing) {
  EXPECT_TRUE(described("").schema.tables.empty());
  EXPECT_TRUE(described("\n  \n// only a comment").schema.tables.empty());
  EXPECT_TRUE(described("\xEF\xBB\xBF").schema.tables.empty());
}

TEST(Input, AByteOrderMarkIsPassedOver) {
  EXPECT_EQ(described("\xEF\xBB\xBFtable t { a int }").schema.tables.size(), 1U);
}

TEST(Input, BytesThatAreNoTextAreRefused) {
  EXPECT_THAT(codes_of(std::string("table t { a int }\0", 18)), ElementsAre("not-text"));
  EXPECT_THAT(codes_of("// \xC3\x28\ntable t { a int }"), ElementsAre("not-text"));
  EXPECT_THAT(codes_of("// \xC0\xAF"), ElementsAre("not-text"));
  const language::Loaded cut = loaded("// gr\xC3");
  ASSERT_EQ(cut.diagnostics.size(), 1U);
  EXPECT_EQ(cut.diagnostics.front().span.offset, 5U);
}

TEST(Input, DeepNestingNeedsNoStack) {
  const std::string open(200'000, '(');
  const std::string close(200'000, ')');
  EXPECT_EQ(table_of("a int = " + open + "1" + close).columns.front().default_value->sql.common.size(),
            399'999U);
  EXPECT_THAT(codes_of("table t { a int = " + open + "1 }"), ElementsAre("unterminated-sql", "syntax"));
  EXPECT_FALSE(loaded("table t { a " + open + " }").description);
  EXPECT_FALSE(loaded(std::string(200'000, '{')).description);
  EXPECT_FALSE(loaded(std::string(200'000, '}')).description);
  std::string packages;
  for (int i = 0; i < 100'000; ++i) packages += "package p {\n";
  EXPECT_FALSE(loaded(packages).description);
}

TEST(Input, LongLinesAndNamesAreRead) {
  const std::string name(100'000, 'n');
  const Table table = table_of(name + " varchar(20) = (" + std::string(1'000'000, ' ') + "'x'" + ")");
  EXPECT_EQ(table.columns.front().name, name);
  EXPECT_EQ(table.columns.front().default_value->sql.common, "'x'");
}

TEST(Input, ManyColumnsAreReadInReasonableTime) {
  std::string members;
  for (int i = 0; i < 50'000; ++i) members += "c" + std::to_string(i) + " int\n";
  EXPECT_EQ(table_of(members).columns.size(), 50'000U);
}

TEST(Comments, StandAnywhereBetweenTokens) {
  const Table table = table_of("// first\na int // behind\n// between\n// and again\nb int");
  EXPECT_THAT(column_names(table), ElementsAre("a", "b"));
  EXPECT_EQ(table.columns.at(1).comment, "");
}

TEST(Comments, FourSlashesDocumentNothing) {
  EXPECT_EQ(table_of("//// a ruler ////\na int").columns.front().comment, "");
}

TEST(Docs, BelongToWhatFollows) {
  const Description description = described(
      "/// The table.\n///\n///   indented\n// not this\n/// and more\nmaster table t {\n  /// The column.\n "
      " a int\n"
      "  ///The index.\n  index (a)\n}\n/// The view.\nview v (select 1)\n");
  const Table& table = description.schema.tables.at("t");
  EXPECT_EQ(table.comment, "The table.\n\n  indented\nand more");
  EXPECT_EQ(table.columns.front().comment, "The column.");
  EXPECT_EQ(table.indexes.front().comment, "The index.");
  EXPECT_EQ(description.schema.views.at("v").comment, "The view.");
}

TEST(Strings, KnowEscapes) {
  const Table table = table_of(R"(a varchar(99) = "say \"hi\"\\ \n\t\r \x41\xc3\xA4")");
  EXPECT_EQ(table.columns.front().default_value->text, "say \"hi\"\\ \n\t\r A\xC3\xA4");
}

TEST(Numbers, AreKeptAsWritten) {
  const Table table = table_of("a decimal(9,4) = -1.50\nb double = 1e-3\nc int = 007\nd double = -0.5E+10");
  EXPECT_EQ(table.columns.at(0).default_value->text, "-1.50");
  EXPECT_EQ(table.columns.at(1).default_value->text, "1e-3");
  EXPECT_EQ(table.columns.at(2).default_value->text, "007");
  EXPECT_EQ(table.columns.at(3).default_value->text, "-0.5E+10");
}

TEST(Recovery, OneRunTellsEveryIndependentMistake) {
  EXPECT_THAT(codes_of("table a {\n  x in\n  y int = = 5\n  z int = \"s\"\n}\n\ntabel b { }\n\ntable c {\n  "
                       "r ref(nobody)\n}\n"),
              testing::UnorderedElementsAre("unknown-type", "syntax", "default-mismatch", "syntax"));
}

TEST(Recovery, WhatMayBeMissingBecauseOfAMistakeIsNotReportedMissing) {
  EXPECT_THAT(codes_of("table a {\n  id serial\n  name varchar(20) nul\n  index (name)\n  unique (nme)\n}\n"),
              ElementsAre("syntax"));
  EXPECT_THAT(codes_of("tabel a {\n  id serial\n}\ntable b {\n  id serial\n  a ref(a)\n}\n"),
              ElementsAre("syntax"));
  EXPECT_THAT(
      codes_of("table b {\n  id serial\n  a ref(nobody)? = \"x\" on delete set null\n  index (a)\n}\n"),
      ElementsAre("unknown-table"));
}

}  // namespace
}  // namespace plumb::test
