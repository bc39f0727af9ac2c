// Rows that a change could fail on or lose: asked before, blocked with counts, let through once they are
// repaired.
#include <gtest/gtest.h>

#include "cli/plumb_program.hpp"
#include "support/text.hpp"

namespace plumb::test {
namespace {

class DataInTheWay : public OnBothEngines {
 protected:
  /// What the engine stores for a table `t` with these columns, and rows.
  void start(const std::string& members, const std::string& rows) {
    place().bring_to("schema app version 1.0.0\n" + members);
    place().sql(rows);
  }

  std::string write_desired(const std::string& members) {
    return place().write("desired.plumb", "schema app version 2.0.0\n" + members);
  }

  void expect_blocked(const std::string& members, const std::vector<std::string>& words) {
    write_desired(members);
    const std::string before = place().content();
    const auto planned = place().plumb_on_db({"plan", "--to", "desired.plumb", "-o", "plan.md"});
    EXPECT_TRUE(ended_with(3, planned));
    for (const auto& word : words) EXPECT_TRUE(contains(planned.err, word));
    const auto applied_file = place().plumb_on_db({"apply", "plan.md"});
    EXPECT_TRUE(ended_with(3, applied_file));
    const auto applied = place().plumb_on_db({"apply", "--to", "desired.plumb", "--yes"});
    EXPECT_TRUE(ended_with(3, applied));
    for (const auto& word : words) EXPECT_TRUE(contains(applied.out, word));
    EXPECT_EQ(place().content(), before);
  }

  void expect_applied(const std::string& members, std::vector<std::string> further = {}) {
    write_desired(members);
    std::vector<std::string> arguments = {"apply", "--to", "desired.plumb", "--yes"};
    arguments.insert(arguments.end(), further.begin(), further.end());
    EXPECT_TRUE(ended_with(0, place().plumb_on_db(arguments)));
    EXPECT_TRUE(ended_with(0, place().plumb_on_db({"validate", "--to", "desired.plumb"})));
    EXPECT_TRUE(ended_with(0, place().plumb_on_db({"plan", "--to", "desired.plumb", "--exit-code"})));
  }
};
PLUMB_ON_BOTH_ENGINES(DataInTheWay);

constexpr const char* nullable_name = "user table people {\n  id serial\n  name varchar(100)?\n}\n";
constexpr const char* two_nulls = "INSERT INTO people (id, name) VALUES (1, 'Ada'), (2, NULL), (3, NULL);";

TEST_P(DataInTheWay, NullsUnderAColumnThatBecomesNotNullAreCounted) {
  start(nullable_name, two_nulls);
  expect_blocked("user table people {\n  id serial\n  name varchar(100)\n}\n", {"people.name", ": 2"});
}

// '12' is above every number before the change and 12 after it.
TEST_P(DataInTheWay, ACheckSeesTheValuesThatTheNewTypeStores) {
  start("user table books {\n  id serial\n  pages varchar(20)\n}\n", "INSERT INTO books (id, pages) VALUES (1, '12');");
  expect_applied("user table books {\n  id serial\n  pages int\n  check few (pages < 100)\n}\n", {"--allow", "narrow"});
  EXPECT_EQ(place().number("SELECT pages + 1 FROM books"), 13);
}

TEST_P(DataInTheWay, ARowThatTheCheckFindsAfterTheConversionStopsTheRun) {
  start("user table books {\n  id serial\n  pages varchar(20)\n}\n", "INSERT INTO books (id, pages) VALUES (1, '120');");
  write_desired("user table books {\n  id serial\n  pages int\n  check few (pages < 100)\n}\n");
  const std::string before = place().content();
  EXPECT_NE(place().plumb_on_db({"apply", "--to", "desired.plumb", "--yes", "--allow", "narrow"}).exit_code, 0);
  EXPECT_EQ(place().content(), before);
}

TEST_P(DataInTheWay, NullsAreNoHindranceOnceTheyAreRepaired) {
  start(nullable_name, two_nulls);
  place().sql("UPDATE people SET name = 'nobody' WHERE name IS NULL;");
  expect_applied("user table people {\n  id serial\n  name varchar(100)\n}\n");
}

TEST_P(DataInTheWay, ABackfillFillsTheNullsAndNothingElse) {
  start(nullable_name, two_nulls);
  expect_applied("user table people {\n  id serial\n  name varchar(100)  backfill ('nobody')\n}\n");
  EXPECT_EQ(place().text("SELECT name FROM people WHERE id = 1"), "Ada");
  EXPECT_EQ(place().text("SELECT name FROM people WHERE id = 3"), "nobody");
}

TEST_P(DataInTheWay, ABackfillThatGivesNullIsNoBackfill) {
  start(nullable_name, two_nulls);
  expect_blocked("user table people {\n  id serial\n  name varchar(100)  backfill (nullif(name, 'x'))\n}\n",
                 {"people.name", ": 2"});
}

TEST_P(DataInTheWay, ANewColumnWithoutAValueForTheRowsThatStandIsBlocked) {
  start(nullable_name, two_nulls);
  expect_blocked("user table people {\n  id serial\n  name varchar(100)?\n  born int\n}\n",
                 {"people.born", ": 3", "backfill"});
}

TEST_P(DataInTheWay, ANewColumnIsNoHindranceInAnEmptyTable) {
  start(nullable_name, "");
  expect_applied("user table people {\n  id serial\n  name varchar(100)?\n  born int\n}\n");
}

TEST_P(DataInTheWay, ANewColumnIsFilledByItsBackfillFromOtherColumns) {
  start(nullable_name, two_nulls);
  expect_applied(
      "user table people {\n  id serial\n  name varchar(100)?\n  label varchar(120)  backfill "
      "(coalesce(name, 'nobody'))\n}\n");
  EXPECT_EQ(place().text("SELECT label FROM people WHERE id = 1"), "Ada");
  EXPECT_EQ(place().text("SELECT label FROM people WHERE id = 2"), "nobody");
}

TEST_P(DataInTheWay, ANewColumnIsFilledByItsDefault) {
  start(nullable_name, two_nulls);
  expect_applied("user table people {\n  id serial\n  name varchar(100)?\n  points int = 7\n}\n");
  EXPECT_EQ(place().number("SELECT sum(points) FROM people"), 21);
}

TEST_P(DataInTheWay, DuplicatesUnderANewUniqueAreCounted) {
  start(nullable_name,
        "INSERT INTO people (id, name) VALUES (1, 'Ada'), (2, 'Bob'), (3, 'Ada'), (4, 'Bob'), (5, NULL), (6, "
        "NULL);");
  expect_blocked("user table people {\n  id serial\n  name varchar(100)?\n  unique (name)\n}\n",
                 {"name", ": 2"});
}

TEST_P(DataInTheWay, DuplicatesAreNoHindranceOnceTheyAreRepaired) {
  start(nullable_name, "INSERT INTO people (id, name) VALUES (1, 'Ada'), (3, 'Ada'), (5, NULL), (6, NULL);");
  place().sql("DELETE FROM people WHERE id = 3;");
  expect_applied("user table people {\n  id serial\n  name varchar(100)?\n  unique (name)\n}\n");
  EXPECT_EQ(place().number("SELECT count(*) FROM people"), 3) << "NULLs do not count as duplicates";
}

constexpr const char* pets_without_key =
    "user table people {\n  id serial\n  name varchar(100)?\n}\nuser table pets {\n  id serial\n  owner "
    "bigint unsigned?\n}\n";
constexpr const char* pets_with_key =
    "user table people {\n  id serial\n  name varchar(100)?\n}\nuser table pets {\n  id serial\n  owner "
    "ref(people)?\n  index (owner)\n}\n";

TEST_P(DataInTheWay, OrphansUnderANewForeignKeyAreCounted) {
  start(pets_without_key,
        "INSERT INTO people (id) VALUES (1); INSERT INTO pets (id, owner) VALUES (1, 1), (2, 8), (3, 9), (4, "
        "NULL);");
  expect_blocked(pets_with_key, {"pets", "people", ": 2"});
}

TEST_P(DataInTheWay, OrphansAreNoHindranceOnceTheyAreRepaired) {
  start(pets_without_key,
        "INSERT INTO people (id) VALUES (1); INSERT INTO pets (id, owner) VALUES (1, 1), (2, 8), (4, NULL);");
  place().sql("UPDATE pets SET owner = NULL WHERE owner = 8;");
  expect_applied(pets_with_key);
  EXPECT_EQ(place().number("SELECT count(*) FROM pets"), 3);
}

TEST_P(DataInTheWay, RowsThatViolateANewCheckAreCounted) {
  start("user table people {\n  id serial\n  age int?\n}\n",
        "INSERT INTO people (id, age) VALUES (1, 20), (2, -1), (3, -2), (4, NULL);");
  expect_blocked("user table people {\n  id serial\n  age int?\n  check age_counts (age >= 0)\n}\n",
                 {"age_counts", ": 2"});
}

TEST_P(DataInTheWay, ACheckIsNoHindranceOnceTheRowsAreRepaired) {
  start("user table people {\n  id serial\n  age int?\n}\n",
        "INSERT INTO people (id, age) VALUES (1, 20), (2, -1), (4, NULL);");
  place().sql("UPDATE people SET age = 0 WHERE age < 0;");
  expect_applied("user table people {\n  id serial\n  age int?\n  check age_counts (age >= 0)\n}\n");
  EXPECT_EQ(place().number("SELECT count(*) FROM people"), 3) << "a check that is NULL holds";
}

TEST_P(DataInTheWay, AColumnCheckOnANewColumnIsHeldAgainstItsBackfill) {
  start("user table people {\n  id serial\n  name varchar(100)\n}\n",
        "INSERT INTO people (id, name) VALUES (1, 'Ada');");
  write_desired(
      "user table people {\n  id serial\n  name varchar(100)\n  age int backfill (-5) check (age >= 0)\n}\n");
  const auto result = place().plumb_on_db({"apply", "--to", "desired.plumb", "--yes"});
  EXPECT_NE(result.exit_code, 0);
  EXPECT_TRUE(contains(result.err + result.out, "age"));
  EXPECT_EQ(place().text("SELECT name FROM people"), "Ada");
  EXPECT_TRUE(ended_with(2, place().plumb_on_db({"validate", "--to", "desired.plumb"})));
}

TEST_P(DataInTheWay, ADefaultThatViolatesTheCheckOfItsNewColumnIsNotGivenToTheRowsThatStand) {
  start("user table people {\n  id serial\n  name varchar(100)\n}\n",
        "INSERT INTO people (id, name) VALUES (1, 'Ada');");
  write_desired(
      "user table people {\n  id serial\n  name varchar(100)\n  age int = -5 check (age >= 0)\n}\n");
  const std::string before = place().content();
  const auto result = place().plumb_on_db({"apply", "--to", "desired.plumb", "--yes"});
  EXPECT_NE(result.exit_code, 0);
  EXPECT_EQ(place().content(), before);
}

TEST_P(DataInTheWay, ANewColumnWithACheckIsGivenItsDefault) {
  start("user table people {\n  id serial\n  name varchar(100)\n}\n",
        "INSERT INTO people (id, name) VALUES (1, 'Ada');");
  expect_applied(
      "user table people {\n  id serial\n  name varchar(100)\n  age int = 5 check (age >= 0)\n  since "
      "datetime = now check (since > '2000-01-01')\n}\n");
  EXPECT_EQ(place().number("SELECT age FROM people"), 5);
}

TEST_P(DataInTheWay, ValuesThatDoNotFitANarrowerTypeAreCounted) {
  if (place().is_sqlite()) GTEST_SKIP() << "SQLite keeps a value of any length in any column";
  start("user table people {\n  id serial\n  name varchar(100)\n}\n",
        "INSERT INTO people (id, name) VALUES (1, 'Ada'), (2, 'Maximiliane');");
  expect_blocked("user table people {\n  id serial\n  name varchar(5)\n}\n", {"people.name"});
}

TEST_P(DataInTheWay, ANarrowerTypeIsNoHindranceWhereEveryValueFits) {
  start("user table people {\n  id serial\n  name varchar(100)\n}\n",
        "INSERT INTO people (id, name) VALUES (1, 'Ada'), (2, 'Zürch');");
  expect_applied("user table people {\n  id serial\n  name varchar(5)\n}\n");
  EXPECT_EQ(place().text("SELECT name FROM people WHERE id = 2"), "Zürch");
}

TEST_P(DataInTheWay, ATypeThatSqliteDoesNotEnforceLeavesTheValuesAsTheyAre) {
  if (!place().is_sqlite()) GTEST_SKIP() << "MariaDB enforces its types";
  start("user table people {\n  id serial\n  name varchar(100)\n  points int\n}\n",
        "INSERT INTO people (id, name, points) VALUES (2, 'Maximiliane', 70000);");
  expect_applied("user table people {\n  id serial\n  name varchar(5)\n  points smallint\n}\n");
  EXPECT_EQ(place().text("SELECT name FROM people"), "Maximiliane");
  EXPECT_EQ(place().number("SELECT points FROM people"), 70000);
}

TEST_P(DataInTheWay, AnIntegerThatDoesNotFitASmallerOneIsCounted) {
  if (place().is_sqlite()) GTEST_SKIP() << "SQLite keeps an integer of any size in any column";
  start("user table people {\n  id serial\n  points int\n}\n",
        "INSERT INTO people (id, points) VALUES (1, 100), (2, 70000);");
  expect_blocked("user table people {\n  id serial\n  points smallint\n}\n", {"people.points"});
  place().sql("UPDATE people SET points = 32767 WHERE id = 2;");
  expect_applied("user table people {\n  id serial\n  points smallint\n}\n");
  EXPECT_EQ(place().number("SELECT points FROM people WHERE id = 2"), 32767);
}

TEST_P(DataInTheWay, AnEnumThatLosesAWordThatRowsUseIsBlocked) {
  start("user table people {\n  id serial\n  role enum(\"a\", \"b\", \"c\")\n}\n",
        "INSERT INTO people (id, role) VALUES (1, 'a'), (2, 'c');");
  expect_blocked("user table people {\n  id serial\n  role enum(\"a\", \"b\")\n}\n", {"people.role"});
  place().sql("UPDATE people SET role = 'b' WHERE role = 'c';");
  expect_applied("user table people {\n  id serial\n  role enum(\"a\", \"b\")\n}\n");
  EXPECT_EQ(place().text("SELECT role FROM people WHERE id = 2"), "b");
}

TEST_P(DataInTheWay, AnEnumKeepsItsRowsWhenItsWordsChangePlaces) {
  start("user table people {\n  id serial\n  role enum(\"a\", \"b\", \"c\")\n}\n",
        "INSERT INTO people (id, role) VALUES (1, 'a'), (2, 'c'), (3, 'b');");
  expect_applied("user table people {\n  id serial\n  role enum(\"c\", \"z\", \"a\", \"b\")\n}\n");
  EXPECT_EQ(place().text("SELECT role FROM people WHERE id = 1"), "a");
  EXPECT_EQ(place().text("SELECT role FROM people WHERE id = 2"), "c");
  EXPECT_EQ(place().text("SELECT role FROM people WHERE id = 3"), "b");
}

TEST_P(DataInTheWay, AWordThatDiffersFromTheEnumOnlyByItsCaseIsNotTurnedIntoIt) {
  start("user table people {\n  id serial\n  role varchar(20)\n}\n",
        "INSERT INTO people (id, role) VALUES (1, 'a'), (2, 'A'), (3, 'b ');");
  expect_blocked("user table people {\n  id serial\n  role enum(\"a\", \"b\")\n}\n", {"people.role", ": 2"});
}

TEST_P(DataInTheWay, SpacesAtTheEndAreNotLostInAFixedWidth) {
  start("user table people {\n  id serial\n  code varchar(5)\n}\n",
        "INSERT INTO people (id, code) VALUES (1, 'ab '), (2, 'cd');");
  write_desired("user table people {\n  id serial\n  code char(5)\n}\n");
  EXPECT_TRUE(ended_with(place().is_sqlite() ? 0 : 3,
                         place().plumb_on_db({"apply", "--to", "desired.plumb", "--yes"})));
  EXPECT_EQ(place().text("SELECT code FROM people WHERE id = 1"), "ab ");
}

TEST_P(DataInTheWay, AWiderTypeNeedsNoPermission) {
  start("user table people {\n  id serial\n  name varchar(10)\n  points smallint\n}\n",
        "INSERT INTO people (id, name, points) VALUES (1, 'Ada', 3);");
  expect_applied("user table people {\n  id serial\n  name varchar(200)\n  points bigint\n}\n");
  EXPECT_EQ(place().text("SELECT name FROM people"), "Ada");
}

TEST_P(DataInTheWay, ANewPrimaryKeyOverDuplicatesIsBlocked) {
  start("user table seats {\n  id int\n  seat_row int\n  seat int\n  primary key (id)\n}\n",
        "INSERT INTO seats (id, seat_row, seat) VALUES (1, 1, 1), (2, 1, 1);");
  expect_blocked(
      "user table seats {\n  id int\n  seat_row int\n  seat int\n  primary key (seat_row, seat)\n}\n",
      {"seats", ": 1"});
  place().sql("UPDATE seats SET seat = 2 WHERE id = 2;");
  expect_applied(
      "user table seats {\n  id int\n  seat_row int\n  seat int\n  primary key (seat_row, seat)\n}\n");
}

// --- rows that come after the plan

TEST_P(DataInTheWay, ARowThatComesBetweenPlanAndApplyIsCaught) {
  start(nullable_name, "INSERT INTO people (id, name) VALUES (1, 'Ada');");
  write_desired("user table people {\n  id serial\n  name varchar(100)\n}\n");
  ASSERT_TRUE(ended_with(0, place().plumb_on_db({"plan", "--to", "desired.plumb", "-o", "plan.md"})));
  place().sql("INSERT INTO people (id, name) VALUES (2, NULL);");
  const std::string before = place().content();
  const auto applied = place().plumb_on_db({"apply", "plan.md"});
  EXPECT_TRUE(ended_with(3, applied));
  EXPECT_TRUE(contains(applied.err, "1 row"));
  EXPECT_TRUE(contains(applied.err, "name"));
  EXPECT_EQ(place().content(), before);
}

TEST_P(DataInTheWay, ARowThatComesBetweenPlanAndApplyIsCaughtUnderNewNamesToo) {
  start(nullable_name, "INSERT INTO people (id, name) VALUES (1, 'Ada');");
  write_desired(
      "user table persons was people {\n  id serial\n  full_name varchar(100) was name\n  unique "
      "(full_name)\n  check full_name_is_given (full_name <> '')\n}\n");
  ASSERT_TRUE(ended_with(0, place().plumb_on_db({"plan", "--to", "desired.plumb", "-o", "plan.md"})));
  place().sql("INSERT INTO people (id, name) VALUES (2, '');");
  const auto applied = place().plumb_on_db({"apply", "plan.md"});
  EXPECT_TRUE(ended_with(3, applied));
  EXPECT_TRUE(contains(applied.err, "full_name_is_given"));
}

TEST_P(DataInTheWay, ADuplicateThatComesBetweenPlanAndApplyIsCaught) {
  start(nullable_name, "INSERT INTO people (id, name) VALUES (1, 'Ada');");
  write_desired("user table people {\n  id serial\n  name varchar(100)?\n  unique (name)\n}\n");
  ASSERT_TRUE(ended_with(0, place().plumb_on_db({"plan", "--to", "desired.plumb", "-o", "plan.md"})));
  place().sql("INSERT INTO people (id, name) VALUES (2, 'Ada');");
  const std::string before = place().content();
  const auto applied = place().plumb_on_db({"apply", "plan.md"});
  EXPECT_TRUE(ended_with(3, applied));
  EXPECT_TRUE(contains(applied.err, "people"));
  EXPECT_EQ(place().content(), before);
}

TEST_P(DataInTheWay, AnOrphanThatComesBetweenPlanAndApplyIsCaught) {
  start(pets_without_key, "INSERT INTO people (id) VALUES (1); INSERT INTO pets (id, owner) VALUES (1, 1);");
  write_desired(pets_with_key);
  ASSERT_TRUE(ended_with(0, place().plumb_on_db({"plan", "--to", "desired.plumb", "-o", "plan.md"})));
  place().sql("INSERT INTO pets (id, owner) VALUES (2, 77);");
  const auto applied = place().plumb_on_db({"apply", "plan.md"});
  EXPECT_TRUE(ended_with(3, applied));
  EXPECT_TRUE(contains(applied.err, "pets"));
  EXPECT_EQ(place().number("SELECT count(*) FROM pets"), 2);
  EXPECT_TRUE(ended_with(2, place().plumb_on_db({"validate", "--to", "desired.plumb"})));
}

TEST_P(DataInTheWay, AValueTooLongThatComesBetweenPlanAndApplyIsNotCut) {
  start("user table people {\n  id serial\n  name varchar(100)\n}\n",
        "INSERT INTO people (id, name) VALUES (1, 'Ada');");
  write_desired("user table people {\n  id serial\n  name varchar(5)\n}\n");
  ASSERT_TRUE(ended_with(0, place().plumb_on_db({"plan", "--to", "desired.plumb", "-o", "plan.md"})));
  place().sql("INSERT INTO people (id, name) VALUES (2, 'Maximiliane');");
  const auto applied = place().plumb_on_db({"apply", "plan.md"});
  EXPECT_TRUE(ended_with(place().is_sqlite() ? 0 : 3, applied));
  EXPECT_EQ(place().text("SELECT name FROM people WHERE id = 2"), "Maximiliane");
}

TEST_P(DataInTheWay, AFillMayNeedTheNewTypeOfItsColumn) {
  start("user table people {\n  id int primary key\n  name varchar(10)?\n}\n", "INSERT INTO people (id, name) VALUES (1, 'Ada'), (2, NULL);");
  const std::string before = place().content();
  expect_applied("user table people {\n  id int primary key\n  name varchar(30) backfill ('Somebody without a name')\n}\n");
  EXPECT_EQ(place().text("SELECT name FROM people WHERE id = 2"), "Somebody without a name");
  EXPECT_TRUE(ended_with(0, place().plumb_on_db({"rollback", "--yes"})));
  EXPECT_EQ(place().content(), before);
}

TEST_P(DataInTheWay, ValuesAreKeptByAKeyThatBecomesWider) {
  start("user table people {\n  id int primary key\n  fax varchar(10)?\n}\n", "INSERT INTO people (id, fax) VALUES (1, '555'), (2, NULL);");
  const std::string before = place().content();
  write_desired("user table people {\n  id bigint primary key\n}\ndrop column people.fax\n");
  const auto planned = place().plumb_on_db({"plan", "--to", "desired.plumb"});
  EXPECT_TRUE(ended_with(0, planned));
  EXPECT_TRUE(contains(planned.out, "values of people: fax kept aside"));
  expect_applied("user table people {\n  id bigint primary key\n}\ndrop column people.fax\n");
  EXPECT_TRUE(ended_with(0, place().plumb_on_db({"rollback", "--yes"})));
  EXPECT_EQ(place().content(), before);
}

}  // namespace
}  // namespace plumb::test
