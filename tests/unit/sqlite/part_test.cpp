#include <gtest/gtest.h>
#include <sqlite3.h>

#include <ostream>

#include "dialect/sqlite/stored_create_part.hpp"
#include "unit/sqlite/stored_text.hpp"

namespace plumb::sqlite::stored {
namespace {

struct Expected {
  std::string_view text;
  std::string_view column;
  std::string_view expression;
  std::string_view collation;
  bool descending;
};

TEST(SqlitePart, IsTakenApartAsTheEngineDoes) {
  const Expected parts[] = {
      {"a", "a", "a", "", false},
      {"a DESC", "a", "a", "", true},
      {"a /* x */ asc -- y\n", "a", "a", "", false},
      {"'a' COLLATE nocase", "'a'", "'a'", "nocase", false},
      {"((a)) desc", "a", "((a))", "", true},
      {"(b COLLATE rtrim) COLLATE nocase", "b", "(b COLLATE rtrim)", "nocase", false},
      {"(b COLLATE \"nocase\")", "b", "b", "\"nocase\"", false},
      {"a COLLATE desc", "a", "a", "desc", false},
      {"desc", "desc", "desc", "", false},
      {"desc DESC", "desc", "desc", "", true},
      {"asc", "asc", "asc", "", false},
      {"end", "end", "end", "", false},
      {"match + 1", "", "match + 1", "", false},
      {"a + desc", "", "a + desc", "", false},
      {"a || b COLLATE nocase", "", "a || b COLLATE nocase", "", false},
      {"(a || b) COLLATE nocase", "", "(a || b)", "nocase", false},
      {"(a || b COLLATE nocase) DESC", "", "(a || b COLLATE nocase)", "", true},
      {"-a COLLATE nocase", "", "-a", "nocase", false},
      {"NOT a COLLATE nocase", "", "NOT a COLLATE nocase", "", false},
      {"lower(a) COLLATE nocase DESC", "", "lower(a)", "nocase", true},
      {"CAST(a AS int) COLLATE nocase", "", "CAST(a AS int)", "nocase", false},
      {"CASE WHEN a THEN b END COLLATE nocase", "", "CASE WHEN a THEN b END", "nocase", false},
      {"CASE a WHEN 1 THEN end ELSE b COLLATE nocase END DESC", "",
       "CASE a WHEN 1 THEN end ELSE b COLLATE nocase END", "", true},
      {"a ISNULL DESC", "", "a ISNULL", "", true},
      {"a NOT NULL DESC", "", "a NOT NULL", "", true},
      {"a IS NOT DISTINCT FROM b DESC", "", "a IS NOT DISTINCT FROM b", "", true},
      {"a NOT IN (1, 2) DESC", "", "a NOT IN (1, 2)", "", true},
      {"a LIKE b ESCAPE 'x' DESC", "", "a LIKE b ESCAPE 'x'", "", true},
      {"like(a, b) DESC", "", "like(a, b)", "", true},
      {"json(a) ->> '$.x' COLLATE nocase", "", "json(a) ->> '$.x' COLLATE nocase", "", false},
      {"x'01'", "", "x'01'", "", false},
      {"null", "", "null", "", false},
      {"current_timestamp", "", "current_timestamp", "", false},
      {"(lower(a) COLLATE nocase)", "", "lower(a)", "nocase", false},
  };
  for (const auto& expected : parts) {
    const auto part = take_part(expected.text);
    ASSERT_TRUE(part) << expected.text;
    EXPECT_EQ(part->column, expected.column) << expected.text;
    EXPECT_EQ(part->expression, expected.expression) << expected.text;
    EXPECT_EQ(part->collation, expected.collation) << expected.text;
    EXPECT_EQ(part->descending, expected.descending) << expected.text;
  }
}

TEST(SqlitePart, IsNothingWhereTheTextIsNoExpression) {
  for (const char* text : {"", "a b", "a +", "a DESC b", "(a", "a)", "CASE a", "a COLLATE", "a 'b'",
                           "'unterminated", "a NULLS FIRST"}) {
    EXPECT_FALSE(take_part(text)) << text;
  }
}

TEST(SqlitePart, MayStandInAnyNumberOfBrackets) {
  const std::string open(100'000, '(');
  const std::string close(100'000, ')');
  const std::string text = open + "a" + close;
  ASSERT_TRUE(take_part(text));
  EXPECT_EQ(take_part(text)->expression.size(), text.size());
}

}  // namespace
}  // namespace plumb::sqlite::stored
