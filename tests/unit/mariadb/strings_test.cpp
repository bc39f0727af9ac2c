#include <gtest/gtest.h>

#include "dialect/mariadb/show_create.hpp"

namespace plumb::mariadb {
namespace {

TEST(StringLiterals, AreUndone) {
  EXPECT_EQ(string_value("'plain'"), "plain");
  EXPECT_EQ(string_value("''"), "");
  EXPECT_EQ(string_value("'it''s'"), "it's");
  EXPECT_EQ(string_value("'it\\'s'"), "it's");
  EXPECT_EQ(string_value("'a\\nb\\rc\\td\\\\e'"), "a\nb\rc\td\\e");
  EXPECT_EQ(string_value("'a\\0b'"), std::string("a\0b", 3));
  EXPECT_EQ(string_value("'\\Z\\b'"), "\x1A\b");
  EXPECT_EQ(string_value("'50\\% a\\_b'"), "50\\% a\\_b");
  EXPECT_EQ(string_value("'\\q'"), "q");
  EXPECT_EQ(string_value("'\"'"), "\"");
  EXPECT_EQ(string_value("'a\\\\'"), "a\\");
}

TEST(StringLiterals, ComeBackFromWhatTheyStandFor) {
  for (const std::string& value :
       {std::string(), std::string("it's"), std::string("\\"), std::string("a\nb\r\\n"),
        std::string("\0x", 2), std::string("ü 🐉 \" `")}) {
    EXPECT_EQ(string_value(string_literal(value)), value);
  }
}

TEST(LossyPrint, IsToldFromAnotherText) {
  EXPECT_TRUE(is_lossy_print("a ? b", "a 🐉 b"));
  EXPECT_TRUE(is_lossy_print("a ? b", "a ? b"));
  EXPECT_TRUE(is_lossy_print("??ü", "🐉?ü"));
  EXPECT_TRUE(is_lossy_print("", ""));
  EXPECT_TRUE(is_lossy_print("a ???? b", "a 🐉 b"));
  EXPECT_TRUE(is_lossy_print("a ???? ? b", "a 🐉 🐉 b"));
  EXPECT_TRUE(is_lossy_print("????", "🐉???"));
  EXPECT_TRUE(is_lossy_print("???????", "🐉???"));
  EXPECT_FALSE(is_lossy_print("??", "🐉"));
  EXPECT_FALSE(is_lossy_print("a ? b", "a x b"));
  EXPECT_FALSE(is_lossy_print("?", "ü"));
  EXPECT_FALSE(is_lossy_print("?", "🐉x"));
  EXPECT_FALSE(is_lossy_print("?x", "🐉"));
  EXPECT_FALSE(is_lossy_print("?", "\xF0"));
}

}  // namespace
}  // namespace plumb::mariadb
