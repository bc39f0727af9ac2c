// --rename: what may be written, and what it does to a description.
#include "desired/renames.hpp"

#include <gtest/gtest.h>

#include "support/error.hpp"

namespace plumb::desired {
namespace {

Description people() {
  Description description;
  Table table;
  table.name = "people";
  for (const char* name : {"id", "mail"}) {
    Column column;
    column.name = name;
    table.columns.push_back(column);
  }
  description.schema.tables.emplace("people", table);
  return description;
}

std::string refusal(const std::string& rename) {
  Description description = people();
  try {
    add_renames(parse_renames({rename}), description);
  } catch (const UsageError& error) {
    return error.what();
  }
  return {};
}

TEST(Renames, BecomeHints) {
  Description description = people();
  add_renames(parse_renames({"users=people", "people.email=mail", "people.`e.mail`=mail"}), description);
  EXPECT_EQ(description.tables["people"].was, std::vector<std::string>{"users"});
  EXPECT_EQ(description.tables["people"].columns["mail"].was, (std::vector<std::string>{"e.mail", "email"}));
}

TEST(Renames, UnknownNamesGetTheNearestOne) {
  EXPECT_NE(refusal("users=peple").find("`people`"), std::string::npos);
  EXPECT_NE(refusal("poeple.email=mail").find("`people`"), std::string::npos);
  EXPECT_NE(refusal("people.email=mial").find("`mail`"), std::string::npos);
  EXPECT_NE(refusal("people.id=mail").find("still has"), std::string::npos);
  EXPECT_NE(refusal("people=people").find("still has"), std::string::npos);
}

TEST(Renames, OtherWordsAreRefused) {
  for (const char* text : {"", "a", "a=", "=b", "a.b", "a.=b"}) EXPECT_THROW(parse_renames({text}), UsageError) << text;
}

TEST(Renames, TheDatabaseMustHaveOneOfTheNames) {
  const Description description = people();
  EXPECT_NO_THROW(check_renames(parse_renames({"users=people"}), description, description.schema));
  EXPECT_THROW(check_renames(parse_renames({"users=people"}), description, Schema()), UsageError);
  EXPECT_THROW(check_renames(parse_renames({"people.email=nick"}), description, description.schema), UsageError);
}

}  // namespace
}  // namespace plumb::desired
