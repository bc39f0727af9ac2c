// Rows that stand inside of their owner's rows.
#include <algorithm>

#include "data_test.hpp"
#include "support/file.hpp"

namespace plumb::test {
namespace {

const std::string skills = R"(
schema skills version 1.0.0
master table levels {
  id    serial
  name  varchar(20)
  natural key (name)
}
master table skills {
  id    serial
  code  varchar(20)
  natural key (code)
}
master table costs {
  id     serial
  skill  ref(skills)
  level  ref(levels)
  cost   int = 1
  natural key (skill, level)
  nested in skills as costs
}
master table notes {
  id    serial
  cost  ref(costs)
  n     int
  text  varchar(50)?
  natural key (cost, n)
  nested in costs as notes
}
user table learned {
  id    serial
  cost  ref(costs)
}
)";

class Details : public DataTest {
 protected:
  void SetUp() override {
    DataTest::SetUp();
    if (IsSkipped()) return;
    description_ = described(skills);
    database().create(description_);
    folder_.write("levels", R"([{"name": "easy"}, {"name": "hard"}])");
  }
  data::Comparison sync() { return database().sync(description_, folder_.path()); }
  std::string costs() {
    return database().rows("select s.code, l.name, c.cost from costs c join skills s on s.id = c.skill join levels l on l.id = c.level order by s.code, l.name");
  }
  Description description_;
  DataFolder folder_{"skills", "1.0.0"};
};
PLUMB_ON_BOTH_ENGINES(Details);

const std::string two = R"([{"code": "a", "costs": [{"level": {"name": "easy"}, "cost": 1, "notes": [{"n": 1, "text": "x"}]}, {"level": {"name": "hard"}, "cost": 2, "notes": []}]},
  {"code": "b", "costs": []}])";

TEST_P(Details, AreBroughtWithTheirOwnersAndComeBackTheSame) {
  folder_.write("skills", two);
  ASSERT_EQ(problems(sync()), "");
  EXPECT_EQ(costs(), "a|easy|1\na|hard|2\n");
  database().export_to(description_, scratch() / "out");
  EXPECT_FALSE(file_exists(scratch() / "out/costs.json"));
  const std::string text = read_file(scratch() / "out/skills.json");
  EXPECT_NE(text.find("\"costs\": [\n      {\n        \"level\": {"), std::string::npos) << text;
  EXPECT_EQ(text.find("\"skill\""), std::string::npos) << text;
  EXPECT_EQ(database().compare(description_, scratch() / "out").changes(), 0U);
  DataDatabase fresh(GetParam());
  fresh.create(description_);
  ASSERT_EQ(problems(fresh.sync(description_, scratch() / "out")), "");
  fresh.export_to(description_, scratch() / "again");
  EXPECT_EQ(files_of(scratch() / "again"), files_of(scratch() / "out"));
}

TEST_P(Details, GoWhenTheirOwnersListDoesNotHoldThem) {
  folder_.write("skills", two);
  ASSERT_EQ(problems(sync()), "");
  folder_.write("skills", R"([{"code": "a", "costs": [{"level": {"name": "hard"}, "cost": 3}]}, {"code": "b"}])");
  const data::Comparison done = sync();
  ASSERT_EQ(problems(done), "");
  EXPECT_EQ(costs(), "a|hard|3\n");
  EXPECT_EQ(database().rows("select count(*) from notes"), "0\n");
}

TEST_P(Details, StayWhenTheOwnersRowLeavesTheListOutOrAUserRefersToThem) {
  folder_.write("skills", two);
  ASSERT_EQ(problems(sync()), "");
  folder_.write("skills", R"([{"code": "a"}])");
  ASSERT_EQ(problems(sync()), "");
  EXPECT_EQ(costs(), "a|easy|1\na|hard|2\n");
  database().execute("insert into learned (cost) select id from costs where cost = 2");
  folder_.write("skills", R"([{"code": "a", "costs": [{"level": {"name": "easy"}, "cost": 1}]}])");
  ASSERT_EQ(problems(sync()), "");
  EXPECT_EQ(costs(), "a|easy|1\na|hard|2\n");
}

TEST_P(Details, AreNamedByTheirPlaceWhenTheyAreWrong) {
  folder_.write("skills", R"([{"code": "a", "costs": [{"level": {"name": "easy"}}, {"level": {"name": "gone"}, "cost": "x"}, {"skill": {"code": "a"}, "level": {"name": "hard"}}]}, {"code": "b", "costs": 1}])");
  folder_.write("costs", "[]");
  const std::string told = problems(sync());
  for (const std::string part : {"skills.json: row 1, `costs` 2 {\"skill\":{\"code\":\"a\"},\"level\":{\"name\":\"gone\"}}: `cost` must be a whole number", "`costs` 3", "`skill` is the row that it stands in",
                                 "skills.json: row 2 {\"code\":\"b\"}: `costs` must be a list of rows, not 1", "costs.json: the rows of `costs` stand in those of `skills`"}) {
    EXPECT_NE(told.find(part), std::string::npos) << part << " in\n" << told;
  }
  EXPECT_EQ(database().rows("select count(*) from levels"), "0\n");
}

}  // namespace
}  // namespace plumb::test
