// The parser of packages: what JSON is, and nothing else.
#include <gtest/gtest.h>

#include "data/json_text.hpp"

namespace plumb::data {
namespace {

std::string problem(const std::string& text) {
  try {
    parse_json(text);
  } catch (const JsonProblem& found) {
    return found.text;
  }
  return {};
}

TEST(JsonText, GivesWhatIsWritten) {
  EXPECT_EQ(parse_json(R"( {"a": [1, -2, 1.5, 1e3, true, false, null], "b": {"c": "x\u00e4\n\ud83d\ude00"}} )").dump(),
            "{\"a\":[1,-2,1.5,1000.0,true,false,null],\"b\":{\"c\":\"xä\\n😀\"}}");
  EXPECT_EQ(parse_json("18446744073709551615"), Json(UINT64_MAX));
  EXPECT_EQ(parse_json("-9223372036854775808"), Json(INT64_MIN));
  EXPECT_EQ(parse_json("\"\\u0000\"").get<std::string>(), std::string(1, '\0'));
}

TEST(JsonText, RefusesEverythingElse) {
  for (const std::string text : {"", " ", "{", "[", "[1,]", "{\"a\":1,}", "{a:1}", "'a'", "01", "+1", "1.", ".5", "1e", "nul", "truee", "\"", "\"\n\"", "\"\\x\"", "\"\\u12\"",
                                 "\"\\ud800\"", "\"\\udc00\"", "[1 2]", "{\"a\" 1}", "1 2", "NaN", "-", "--1", "\"\\", "[]]"}) {
    EXPECT_TRUE(problem(text).starts_with("is no valid JSON: line ")) << text << ": " << problem(text);
  }
  EXPECT_EQ(problem("[\n\"\xff\"]"), "is no valid UTF-8: line 2");
  EXPECT_EQ(problem("{\"a\": 1,\n\"a\": 2}"), "field `a` stands twice: line 2");
  EXPECT_EQ(problem("1e999"), "holds a number that is too large");
  EXPECT_EQ(problem(std::string(65, '[')), "is nested more than 64 deep: line 1");
  EXPECT_EQ(problem(std::string(64, '[') + std::string(64, ']')), "");
}

}  // namespace
}  // namespace plumb::data
