// Version comments of MariaDB are code, everything else between /* and */ is none.
#include "sql/tokens.hpp"

#include <gtest/gtest.h>

namespace plumb::sql {
namespace {

std::string words(std::string_view text, const Lexis& lexis = mariadb_lexis) {
  std::string out;
  for (const Token& token : tokenize(text, lexis)) out += (out.empty() ? "" : "|") + std::string(token.text);
  return out;
}

TEST(Tokens, AVersionCommentIsCode) {
  EXPECT_EQ(words("/*!50003 CREATE*/ /*!50017 DEFINER=`a`@`b`*/ /*!50003 TRIGGER t */"), "CREATE|DEFINER|=|`a`|@|`b`|TRIGGER|t");
  EXPECT_EQ(words("select /*! 1, */ 2"), "select|1|,|2");
  EXPECT_EQ(words("a /*M!100616 b */ c"), "a|b|c");
  EXPECT_EQ(words("a /*M! b */ c"), "a|b|c");
}

TEST(Tokens, AQuoteInAVersionCommentHoldsItsEnd) { EXPECT_EQ(words("/*!50001 select '*/' */ x"), "select|'*/'|x"); }

TEST(Tokens, WhatNoMariaDbRunsIsAComment) {
  EXPECT_EQ(words("/*M!999999\\- enable the sandbox mode */ a"), "a");
  EXPECT_EQ(words("a /*!80016 b */ c"), "a|c");
  EXPECT_EQ(words("a /* b */ c"), "a|c");
}

TEST(Tokens, AProductWithACommentBehindIsNoEnd) { EXPECT_EQ(words("2*/* two */3"), "2|*|3"); }

TEST(Tokens, SqliteKnowsNoVersionComments) { EXPECT_EQ(words("a /*!50003 b */ c", sqlite_lexis), "a|c"); }

TEST(Tokens, EqualWithAndWithoutAVersionComment) { EXPECT_TRUE(same_expression("/*!50001 a */ + 1", "a + 1", mariadb_lexis)); }

}  // namespace
}  // namespace plumb::sql
