// Each change that rows can stand in the way of, on each engine: the plan names them and is blocked; without them it is
// applied; a row that comes after the plan was made stops the run, and the database is as it was.
#include <gtest/gtest.h>

#include "cli/plumb_program.hpp"
#include "engine/questions/changes.hpp"

namespace plumb::test {
namespace {

struct Run {
  DataDependentChange change;
  std::string engine;
};

std::vector<Run> runs() {
  std::vector<Run> all;
  for (const auto& change : data_dependent_changes()) {
    if (change.engine != On::MariaDb) all.push_back({change, "sqlite"});
    if (change.engine != On::SQLite) all.push_back({change, "mariadb"});
  }
  return all;
}

std::string name_of_run(const testing::TestParamInfo<Run>& info) { return info.param.change.name + "_" + info.param.engine; }

void PrintTo(const Run& run, std::ostream* out) { *out << run.change.name << " on " << run.engine; }

class RowsInTheWay : public testing::TestWithParam<Run> {
 protected:
  void SetUp() override {
    if (GetParam().engine == "mariadb" && !mariadb_is_wanted()) GTEST_SKIP();
    place_.emplace(GetParam().engine);
    place().bring_to("schema app version 1.0.0\n" + change().before);
    if (!change().rows.empty()) place().sql(change().rows);
    place().write("desired.plumb", "schema app version 2.0.0\n" + change().after);
  }

  Workplace& place() { return *place_; }
  const DataDependentChange& change() const { return GetParam().change; }
  RunResult plan() { return place().plumb_on_db({"plan", "--to", "desired.plumb", "-o", "plan.md"}); }

  void expect_blocked_and_told() {
    const std::string before = place().content();
    const RunResult planned = plan();
    EXPECT_TRUE(ended_with(3, planned));
    for (const auto& part : change().told) EXPECT_TRUE(contains(planned.err, part));
    EXPECT_TRUE(contains(planned.err, "SELECT")) << "and how to find all of them";
    EXPECT_TRUE(ended_with(3, place().plumb_on_db({"apply", "plan.md"})));
    EXPECT_EQ(place().content(), before);
  }

  std::optional<Workplace> place_;
};

TEST_P(RowsInTheWay, AreNamedThenGoneThenComeLate) {
  if (!change().told.empty()) expect_blocked_and_told();
  if (!change().repair.empty()) place().sql(change().repair);
  ASSERT_TRUE(ended_with(0, plan()));
  if (!change().late.empty()) {
    place().sql(change().late);
    const std::string before = place().content();
    const RunResult applied = place().plumb_on_db({"apply", "plan.md"});
    EXPECT_TRUE(ended_with(3, applied));
    EXPECT_TRUE(contains(applied.err, change().key));
    EXPECT_EQ(place().content(), before);
    place().sql("DELETE FROM t WHERE id IN (9" + std::string(change().key == "id='y'" ? ", 'y'" : "") + ");");
  }
  EXPECT_TRUE(ended_with(0, place().plumb_on_db({"apply", "plan.md"})));
  EXPECT_TRUE(ended_with(0, place().plumb_on_db({"plan", "--to", "desired.plumb", "--exit-code"}))) << "and planning again gives nothing";
}

INSTANTIATE_TEST_SUITE_P(, RowsInTheWay, testing::ValuesIn(runs()), name_of_run);

}  // namespace
}  // namespace plumb::test
