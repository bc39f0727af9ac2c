#include <gtest/gtest.h>

#include "unit/sqlite/stored_text.hpp"

namespace plumb::sqlite {
namespace {

constexpr std::string_view table_text = "CREATE TABLE t(a text COLLATE nocase, b, \"my col\", desc)";

/// The index as a part of its table.
Index settled(std::string_view index_text) {
  const std::string script = std::string(table_text) + ";" + std::string(index_text);
  Index index = index_of(script);
  settle_index(index, table_of(script));
  return index;
}

IndexPart part_of(std::string_view part) {
  return settled("CREATE INDEX i ON t(" + std::string(part) + ")").parts.at(0);
}

TEST(SqliteIndexText, HasNameKindAndTable) {
  const std::string text =
      stored_text(std::string(table_text) + "; create unique index if not exists main.\"i\" on T(a)", "i");
  const auto object = parse_stored_create(text);
  const auto& stored = std::get<StoredIndex>(object);
  EXPECT_EQ(stored.table, "T");
  EXPECT_EQ(stored.index.name.text, "i");
  EXPECT_FALSE(stored.index.name.generated);
  EXPECT_EQ(stored.index.kind, IndexKind::Unique);
  EXPECT_FALSE(stored.index.constraint);
  EXPECT_EQ(stored.index.written.text, text);
  EXPECT_EQ(settled("CREATE INDEX i ON t(a)").kind, IndexKind::Plain);
}

TEST(SqliteIndexText, PartsAreColumnsInTheTablesSpelling) {
  const Index index = settled("CREATE INDEX i ON t(A, \"MY COL\" desc, `b` ASC, [desc], 'a' DESC)");
  ASSERT_EQ(index.parts.size(), 5U);
  EXPECT_EQ(index.parts[0].column, "a");
  EXPECT_EQ(index.parts[1].column, "my col");
  EXPECT_TRUE(index.parts[1].descending);
  EXPECT_EQ(index.parts[2].column, "b");
  EXPECT_FALSE(index.parts[2].descending);
  EXPECT_EQ(index.parts[3].column, "desc");
  EXPECT_EQ(index.parts[4].column, "a");
}

TEST(SqliteIndexText, PartsKeepACollationThatIsNotTheColumnsOwn) {
  EXPECT_EQ(part_of("a COLLATE nocase").collation, "");
  EXPECT_EQ(part_of("a COLLATE binary").collation, "BINARY");
  EXPECT_EQ(part_of("b COLLATE binary").collation, "");
  EXPECT_EQ(part_of("b COLLATE rtrim DESC").collation, "RTRIM");
  EXPECT_EQ(part_of("lower(b) COLLATE binary").collation, "");
  EXPECT_EQ(part_of("lower(b) COLLATE nocase").collation, "NOCASE");
}

TEST(SqliteIndexText, PartsMayBeExpressions) {
  const IndexPart part = part_of("a || 'x)' /* comma, */ DESC");
  ASSERT_TRUE(part.expression);
  EXPECT_EQ(part.expression->common, "a || 'x)'");
  EXPECT_TRUE(part.column.empty());
  EXPECT_TRUE(part.descending);
}

TEST(SqliteIndexText, AnExpressionStandsWithoutTheBracketsAroundAllOfIt) {
  EXPECT_EQ(part_of("((lower(a)))").expression->common, "lower(a)");
  EXPECT_EQ(part_of("(lower(a) COLLATE rtrim) DESC").expression->common, "lower(a)");
  EXPECT_EQ(part_of("(a) || (b)").expression->common, "(a) || (b)");
}

TEST(SqliteIndexText, AQuotedWordThatIsNoColumnIsAString) {
  const IndexPart part = part_of("\"missing\"");
  ASSERT_TRUE(part.expression);
  EXPECT_EQ(part.expression->common, "\"missing\"");
  EXPECT_EQ(part_of("true").expression->common, "true");
  EXPECT_EQ(part_of("((true))").expression->common, "true");
}

TEST(SqliteIndexText, HasItsConditionAsWritten) {
  const Index index = settled("CREATE INDEX i ON t(a) WHERE b > 0 AND a <> 'x;' -- most of them\n");
  ASSERT_TRUE(index.where);
  EXPECT_EQ(index.where->common, "b > 0 AND a <> 'x;' -- most of them\n");
  EXPECT_FALSE(settled("CREATE INDEX i ON t(a)").where);
  EXPECT_EQ(settled("CREATE INDEX i ON t(a) WHERE(b)").where->common, "(b)");
}

TEST(SqliteIndexText, MayHaveCommentsAnywhere) {
  const Index index =
      settled("CREATE INDEX i/*1*/ON--2\nt/*3*/(--4\na/*5*/DESC/*6*/,/*7*/b/*8*/)/*9*/WHERE/*10*/b/*11*/");
  EXPECT_EQ(index.parts.size(), 2U);
  EXPECT_TRUE(index.parts[0].descending);
  EXPECT_EQ(index.where->common, "b/*11*/");
}

}  // namespace
}  // namespace plumb::sqlite
