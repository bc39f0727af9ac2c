// Parts of a description on real engines: planned, applied, validated, exported and synced without the others, which are left alone.
#include <gtest/gtest.h>

#include <filesystem>
#include <nlohmann/json.hpp>

#include "cli/plumb_program.hpp"
#include "support/file.hpp"

namespace plumb::test {
namespace {

namespace fs = std::filesystem;

/// `base` belongs to no package; `core` comes after `setup`, `extra` after `core`.
std::string description(const std::string& version, const std::string& more_of_setup = {}, const std::string& more_of_core = {}) {
  return "schema shop version " + version +
         "\n"
         "user table base {\n  id    serial\n  name  varchar(50)\n}\n"
         "package setup {\n"
         "  master table countries {\n    id    serial\n    code  char(2)\n    name  varchar(80)\n" +
         more_of_setup +
         "\n    natural key (code)\n  }\n"
         "}\n"
         "package core after setup {\n"
         "  master table cities {\n    id          serial\n    name        varchar(80)\n    country_id  ref(countries)\n" +
         more_of_core +
         "\n    natural key (name)\n  }\n"
         "  user table customers {\n    id       serial\n    city_id  ref(cities)?\n    base_id  ref(base)?\n  }\n"
         "  once greet {\n    up (insert into base (name) values ('greeted'))\n  }\n"
         "  assert \"a city has a name\" (select count(*) = 0 from cities where name = '')\n"
         "}\n"
         "package extra after core {\n"
         "  user table gifts was presents {\n    id           serial\n    customer_id  ref(customers)\n  }\n"
         "  view all_gifts (\n    select id from gifts\n  )\n"
         "}\n";
}

class Packages : public OnBothEngines {
 protected:
  void SetUp() override {
    OnBothEngines::SetUp();
    if (IsSkipped()) return;
    place().write("shop.plumb", description("1.0.0"));
  }

  RunResult on(const std::string& range, std::vector<std::string> words) {
    words.insert(words.end(), {"--to", "shop.plumb", "--packages", range});
    return place().plumb_on_db(std::move(words));
  }
  RunResult apply(const std::string& range) { return on(range, {"apply", "--yes"}); }

  bool stands(const std::string& table) {
    const std::string names = place().is_sqlite() ? "SELECT count(*) FROM sqlite_master WHERE name = '" + table + "'" : "SELECT count(*) FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name = '" + table + "'";
    return place().number(names) == 1;
  }
};
PLUMB_ON_BOTH_ENGINES(Packages);

TEST_P(Packages, GoOneAfterTheOther) {
  EXPECT_TRUE(ended_with(0, apply("setup")));
  EXPECT_TRUE(stands("base"));
  EXPECT_TRUE(stands("countries"));
  EXPECT_FALSE(stands("cities"));
  EXPECT_TRUE(ended_with(0, on("setup", {"validate", "--strict"})));
  EXPECT_TRUE(ended_with(2, on("..core", {"validate"})));
  EXPECT_TRUE(ended_with(0, apply("core")));
  EXPECT_TRUE(stands("customers"));
  EXPECT_FALSE(stands("gifts"));
  EXPECT_EQ(place().number("SELECT count(*) FROM base WHERE name = 'greeted'"), 1);
  EXPECT_TRUE(ended_with(0, on("setup..core", {"validate", "--strict"})));
  EXPECT_TRUE(ended_with(0, on("core..", {"apply", "--yes"})));
  EXPECT_TRUE(stands("all_gifts"));
  EXPECT_TRUE(ended_with(0, place().plumb_on_db({"validate", "--strict", "--to", "shop.plumb"})));
  const auto nothing = place().plumb_on_db({"plan", "--to", "shop.plumb", "--exit-code"});
  EXPECT_TRUE(ended_with(0, nothing));
}

TEST_P(Packages, OfOthersAreNeitherDroppedNorReported) {
  ASSERT_TRUE(ended_with(0, place().plumb_on_db({"apply", "--yes", "--to", "shop.plumb"})));
  place().sql("ALTER TABLE gifts RENAME TO presents;");  // the former name of another package's table
  place().sql("DROP VIEW all_gifts; CREATE VIEW all_gifts AS SELECT id FROM presents;");
  place().write("shop.plumb", description("1.1.0", "", "    people      int = 0\n"));
  const auto planned = on("core", {"plan", "--allow", "destructive"});
  EXPECT_TRUE(ended_with(0, planned));
  EXPECT_TRUE(contains(planned.out, "cities"));
  EXPECT_TRUE(contains(planned.out, "package setup, which --packages leaves out"));
  EXPECT_TRUE(lacks(planned.out, "countries;"));
  EXPECT_TRUE(lacks(planned.out, "DROP"));
  EXPECT_TRUE(lacks(planned.out, "presents"));
  EXPECT_TRUE(lacks(planned.out, "CREATE VIEW"));
  EXPECT_TRUE(lacks(planned.out, "ndeclared"));
  const auto applied = on("core", {"apply", "--yes", "--allow", "destructive"});
  EXPECT_TRUE(ended_with(0, applied));
  EXPECT_TRUE(stands("presents"));
  EXPECT_TRUE(stands("countries"));
  place().sql("CREATE TABLE of_nobody (id int);");
  const auto strict = on("core", {"validate", "--strict"});
  EXPECT_TRUE(ended_with(2, strict));
  EXPECT_TRUE(contains(strict.out, "of_nobody"));
  EXPECT_TRUE(lacks(strict.out, "presents"));
  place().sql("DROP TABLE of_nobody;");
  EXPECT_TRUE(ended_with(0, place().plumb_on_db({"rollback", "--yes"})));
  EXPECT_TRUE(stands("countries"));
}

TEST_P(Packages, WhatTheyNeedOfOthersMustBeThere) {
  const auto early = apply("core");
  EXPECT_TRUE(ended_with(1, early));
  EXPECT_TRUE(contains(early.err, "table `cities` of package `core` needs table `countries` of package `setup`, which --packages leaves out and the database does not have"));
  EXPECT_FALSE(stands("base"));
  const auto unknown = apply("kore");
  EXPECT_TRUE(ended_with(64, unknown));
  EXPECT_TRUE(contains(unknown.err, "did you mean `core`?"));
  EXPECT_TRUE(ended_with(64, apply("core..setup")));
  EXPECT_TRUE(ended_with(64, apply("..")));
  place().write("plain.plumb", "schema plain version 1.0.0\nuser table t {\n  id serial\n}\n");
  EXPECT_TRUE(ended_with(64, place().plumb_on_db({"plan", "--to", "plain.plumb", "--packages", "core"})));
}

TEST_P(Packages, TheRangeMayComeByTheEnvironment) {
  RunOptions options;
  options.environment = {{"PLUMB_PACKAGES", "..setup"}};
  EXPECT_TRUE(ended_with(0, place().plumb_on_db({"apply", "--yes", "--to", "shop.plumb"}, options)));
  EXPECT_TRUE(stands("countries"));
  EXPECT_FALSE(stands("cities"));
  EXPECT_TRUE(ended_with(0, place().plumb({"check", "shop.plumb"}, options)));
}

TEST_P(Packages, MasterDataGoesByItself) {
  ASSERT_TRUE(ended_with(0, place().plumb_on_db({"apply", "--yes", "--to", "shop.plumb"})));
  place().sql("INSERT INTO countries (id, code, name) VALUES (7, 'DE', 'Germany'); INSERT INTO cities (id, name, country_id) VALUES (3, 'Bonn', 7);");
  ASSERT_TRUE(ended_with(0, on("core", {"data", "export", "-o", "core"})));
  EXPECT_TRUE(fs::exists(place().path("core/cities.json")));
  EXPECT_FALSE(fs::exists(place().path("core/countries.json")));
  EXPECT_TRUE(contains(read_file(place().path("core/cities.json")), "\"DE\""));
  EXPECT_TRUE(ended_with(0, place().plumb({"data", "verify", "core", "--to", "shop.plumb", "--packages", "core"})));
  ASSERT_TRUE(ended_with(0, place().plumb_on_db({"data", "export", "-o", "all", "--to", "shop.plumb"})));

  place().sql("UPDATE countries SET name = 'changed here'; DELETE FROM cities;");
  const auto synced = on("core", {"data", "sync", "all", "--yes"});
  EXPECT_TRUE(ended_with(0, synced));
  EXPECT_EQ(place().text("SELECT countries.name FROM cities JOIN countries ON countries.id = cities.country_id WHERE cities.name = 'Bonn'"), "changed here");
  EXPECT_TRUE(ended_with(0, on("core", {"data", "diff", "all"})));
  EXPECT_TRUE(ended_with(2, on("setup", {"data", "diff", "all"})));
  const auto planned = on("setup", {"apply", "--yes", "--data", "all"});
  EXPECT_TRUE(ended_with(0, planned));
  EXPECT_EQ(place().text("SELECT name FROM countries"), "Germany");
}

TEST_P(Packages, ADeploymentPackageBringsItsPart) {
  ASSERT_TRUE(ended_with(0, place().plumb_on_db({"apply", "--yes", "--to", "shop.plumb"})));
  place().sql("INSERT INTO countries (id, code, name) VALUES (7, 'DE', 'Germany'); INSERT INTO cities (id, name, country_id) VALUES (3, 'Bonn', 7);");
  place().write("shop.plumb", description("1.1.0", "    area  int?\n", "    people  int = 0\n"));
  ASSERT_TRUE(ended_with(0, apply("setup")));
  ASSERT_TRUE(ended_with(0, on("setup", {"package"})));
  const auto shown = place().plumb({"package", "show", "shop_1.1.0.tar.zst"});
  EXPECT_TRUE(contains(shown.out, "setup"));
  EXPECT_TRUE(ended_with(0, place().plumb({"package", "verify", "shop_1.1.0.tar.zst"})));
  ASSERT_TRUE(ended_with(0, place().plumb_on_db({"rollback", "--yes"})));
  place().sql("DELETE FROM cities; DELETE FROM countries;");
  const auto deployed = place().plumb_on_db({"deploy", "shop_1.1.0.tar.zst", "--yes"});
  EXPECT_TRUE(ended_with(0, deployed));
  EXPECT_EQ(place().text("SELECT name FROM countries"), "Germany");
  EXPECT_EQ(place().number("SELECT count(*) FROM cities"), 0);
  EXPECT_TRUE(ended_with(0, place().plumb_on_db({"validate", "--to", "shop_1.1.0.tar.zst"})));
  EXPECT_TRUE(ended_with(2, place().plumb_on_db({"validate", "--to", "shop.plumb"})));
}

}  // namespace
}  // namespace plumb::test
