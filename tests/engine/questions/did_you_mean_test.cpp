// A rename that nobody said: asked about with what the rows say, and in the way only of a loss.
#include <gtest/gtest.h>

#include "cli/plumb_program.hpp"

namespace plumb::test {
namespace {

class DidYouMean : public OnBothEngines {
 protected:
  void SetUp() override {
    OnBothEngines::SetUp();
    if (IsSkipped()) return;
    place().bring_to("schema app version 1.0.0\nuser table customer {\n  id serial\n  mail varchar(190)?\n  name varchar(100)\n}\n");
    place().sql("INSERT INTO customer (id, mail, name) VALUES (1, 'ada@example.org', 'Ada'), (2, 'a very long address', 'Bob'), (3, NULL, 'Cid');");
  }

  RunResult plan(const std::string& tables, std::vector<std::string> further = {}) {
    place().write("desired.plumb", "schema app version 2.0.0\n" + tables);
    std::vector<std::string> arguments = {"plan", "--to", "desired.plumb", "-o", "plan.md"};
    arguments.insert(arguments.end(), further.begin(), further.end());
    return place().plumb_on_db(arguments);
  }
};
PLUMB_ON_BOTH_ENGINES(DidYouMean);

TEST_P(DidYouMean, IsAskedOfAColumnWithTheValuesThatItHolds) {
  ASSERT_TRUE(ended_with(0, plan("user table customer {\n  id serial\n  email varchar(190)?\n  name varchar(100)\n}\n")));
  const std::string document = place().read("plan.md");
  EXPECT_TRUE(contains(document, "Did you mean `email … was mail` in table `customer`"));
  EXPECT_TRUE(contains(document, "it holds 2 values, which all fit"));
  EXPECT_TRUE(ended_with(0, place().plumb_on_db({"apply", "plan.md"}))) << "it is in nobody's way: the old column stays";
  EXPECT_EQ(place().number("SELECT count(mail) FROM customer"), 2);
}

TEST_P(DidYouMean, SaysHowManyValuesWouldFit) {
  if (place().is_sqlite()) GTEST_SKIP() << "SQLite keeps a text of any length";
  ASSERT_TRUE(ended_with(0, plan("user table customer {\n  id serial\n  email varchar(16)?\n  name varchar(100)\n}\n")));
  EXPECT_TRUE(contains(place().read("plan.md"), "it holds 2 values, 1 of which fit"));
}

TEST_P(DidYouMean, IsAskedOfATable) {
  ASSERT_TRUE(ended_with(0, plan("user table clients {\n  id serial\n  mail varchar(190)?\n  name varchar(100)\n}\n")));
  EXPECT_TRUE(contains(place().read("plan.md"), "Did you mean `table clients was customer`"));
  EXPECT_TRUE(contains(place().read("plan.md"), "it holds 3 rows"));
}

TEST_P(DidYouMean, StandsInTheWayOfADropThatNobodyDeclared) {
  const std::string renamed = "user table customer {\n  id serial\n  email varchar(190)?\n  name varchar(100)\n}\n";
  const auto planned = plan(renamed, {"--allow", "drop-column"});
  EXPECT_TRUE(ended_with(3, planned));
  EXPECT_TRUE(contains(planned.err, "did you mean"));
  EXPECT_TRUE(contains(planned.err, "drop column customer.mail"));
  EXPECT_TRUE(ended_with(0, plan(renamed + "drop column customer.mail\n"))) << "said, so meant";
  place().sql("UPDATE customer SET mail = NULL;");
  EXPECT_TRUE(ended_with(0, plan(renamed, {"--allow", "drop-column"}))) << "nothing is lost";
}

TEST_P(DidYouMean, IsSilentOnceTheHintIsThere) {
  ASSERT_TRUE(ended_with(0, plan("user table customer {\n  id serial\n  email varchar(190)? was mail\n  name varchar(100)\n}\n")));
  EXPECT_TRUE(lacks(place().read("plan.md"), "Did you mean"));
  ASSERT_TRUE(ended_with(0, place().plumb_on_db({"apply", "plan.md"})));
  ASSERT_TRUE(ended_with(0, plan("user table customer {\n  id serial\n  email varchar(190)? was mail\n  name varchar(100)\n  fax varchar(20)? was telex\n}\n")));
  EXPECT_TRUE(contains(place().read("plan.md"), "Applied already: `was mail` on column `customer.email`"));
  EXPECT_TRUE(contains(place().read("plan.md"), "Never found, under the old name or the new one: `was telex` on column `customer.fax`"));
}

}  // namespace
}  // namespace plumb::test
