// Master data from outside: packages, plans with a data part, and both back together.
#include <gtest/gtest.h>

#include <filesystem>

#include "cli/plumb_program.hpp"
#include "support/validate_json.hpp"
#include "support/file.hpp"
#include "support/text.hpp"

namespace plumb::test {
namespace {

constexpr const char* first = R"(schema shop version 1.0.0
master table countries {
  id    serial
  code  varchar(2)
  name  varchar(50)
  natural key (code)
}
table customers {
  id       serial
  country  ref(countries)
}
)";

constexpr const char* second = R"(schema shop version 1.1.0
master table countries {
  id        serial
  code      varchar(2)
  title     varchar(50) was name
  shipping  int = 5
  natural key (code)
  sync mirror
}
master table zones {
  id       serial
  name     varchar(20)
  country  ref(countries)
  natural key (name)
}
table customers {
  id       serial
  country  ref(countries)
}
)";

class MasterDataParts : public OnBothEngines {
 protected:
  void SetUp() override {
    OnBothEngines::SetUp();
    if (IsSkipped()) return;
    place().bring_to(first);
    place().sql("INSERT INTO countries (id, code, name) VALUES (7, 'AT', 'Oesterreich'), (8, 'DE', 'Deutschland'), (9, 'XX', 'Nirgends');\n"
                "INSERT INTO customers (id, country) VALUES (1, 8);");
    place().write("shop.plumb", second);
    write_package("Austria");
  }
  void write_package(const std::string& austria) {
    make_folders(place().path("master"));
    place().write("master/metadata.json", R"({"format": 2, "schema": "shop", "version": "1.1.0"})");
    place().write("master/countries.json", R"([{"code": "AT", "title": ")" + austria + R"(", "shipping": 3}, {"code": "DE", "title": "Deutschland", "shipping": 5}, {"code": "FR", "title": "France", "shipping": 9}])");
    place().write("master/zones.json", R"([{"name": "far", "country": {"code": "FR"}}])");
  }
  RunResult plan() { return place().plumb_on_db({"plan", "--to", "shop.plumb", "--data", "master", "-o", "plan.md"}); }
  RunResult apply() { return place().plumb_on_db({"apply", "plan.md", "--to", "shop.plumb", "--data", "master"}); }
  /// The rows of every table; the next automatic number, which a way back does not lower, is left out.
  std::string rows(const std::string& name_column) {
    const auto all = [&](const std::string& columns, const std::string& from) {
      return join(place().list("SELECT " + (place().is_sqlite() ? replace_all(columns, ", ", " || '|' || ") : "concat_ws('|', " + columns + ")") + " FROM " + from + " ORDER BY id"), " ") + "\n";
    };
    return all("id, code, " + name_column, "countries") + all("id, country", "customers");
  }
  std::string countries() { return join(place().list(place().is_sqlite() ? "SELECT id || code || title || shipping FROM countries ORDER BY code" : "SELECT concat(id, code, title, shipping) FROM countries ORDER BY code"), " "); }
};
PLUMB_ON_BOTH_ENGINES(MasterDataParts);

// MariaDB: the table for what is kept aside commits by itself, and goes again.
TEST_P(MasterDataParts, LeaveNothingHalfDoneWhenASyncFails) {
  place().write("named.plumb", replace_all(first, "natural key (code)\n}\ntable customers", "natural key (code)\n  unique (name)\n}\ntable customers"));
  ASSERT_TRUE(ended_with(0, place().plumb_on_db({"apply", "--yes", "--to", "named.plumb"})));
  const std::string before = rows("name");
  std::filesystem::remove(place().path("master/zones.json"));
  const auto tables = [&] { return place().plumb_on_db({"inspect", "--format", "json"}).out; };
  const std::string schema = tables();
  place().write("master/metadata.json", R"({"format": 2, "schema": "shop", "version": "1.0.0"})");
  place().write("master/countries.json", R"([{"code": "IT", "name": "Italia"}, {"code": "FR", "name": "Italia"}])");
  const RunResult failed = place().plumb_on_db({"data", "sync", "master", "--yes", "--to", "named.plumb"});
  EXPECT_TRUE(ended_with(3, failed));
  EXPECT_TRUE(contains(failed.err, R"(row 2 {"code":"FR"})"));
  EXPECT_FALSE(contains(failed.err, "plumb resume"));
  EXPECT_EQ(rows("name"), before);
  EXPECT_EQ(tables(), schema);
  EXPECT_FALSE(contains(place().plumb_on_db({"status", "--to", "named.plumb"}).out, "half done"));
  place().write("master/countries.json", R"([{"code": "IT", "name": "Italia"}, {"code": "FR", "name": "France"}])");
  EXPECT_TRUE(ended_with(0, place().plumb_on_db({"data", "sync", "master", "--yes", "--to", "named.plumb"})));
  EXPECT_TRUE(ended_with(0, place().plumb_on_db({"rollback", "--yes"})));
  EXPECT_EQ(rows("name"), before);
}

TEST_P(MasterDataParts, ArePlannedReviewedAppliedAndRolledBackWithTheSchema) {
  const std::string before = rows("name");
  ASSERT_TRUE(ended_with(0, plan()));
  const std::string text = place().read("plan.md");
  for (const std::string part : {"`countries`: 1 insert, 1 update, 1 delete, 1 unchanged.", "`countries` + `{\"code\":\"FR\"}`", "title `\"Oesterreich\"` → `\"Austria\"`", "shipping `5` → `3`", "`countries` - `{\"code\":\"XX\"}`",
                                 "`zones`: 1 insert"}) {
    EXPECT_TRUE(contains(text, part));
  }
  place().write("plan.json", place().plumb({"show", "plan.md", "--format", "json"}).out);
  EXPECT_TRUE(fit_schema(std::string(PLUMB_SOURCE_DIR) + "/docs/schemas/plan-2.schema.json", {place().path("plan.json")}));
  const RunResult applied = apply();
  ASSERT_TRUE(ended_with(0, applied));
  EXPECT_TRUE(contains(applied.out, "verified"));
  EXPECT_EQ(place().text("SELECT title FROM countries WHERE id = 7"), "Austria");
  EXPECT_EQ(place().number("SELECT count(*) FROM countries WHERE code IN ('AT', 'DE', 'FR')"), 3);
  EXPECT_EQ(place().number("SELECT count(*) FROM zones z JOIN countries c ON c.id = z.country WHERE c.code = 'FR'"), 1);
  EXPECT_EQ(place().number("SELECT country FROM customers"), 8);
  EXPECT_TRUE(ended_with(0, place().plumb_on_db({"data", "diff", "master", "--to", "shop.plumb"})));
  ASSERT_TRUE(ended_with(0, place().plumb_on_db({"rollback", "--yes"})));
  EXPECT_EQ(rows("name"), before);
  EXPECT_EQ(place().number(place().is_sqlite() ? "SELECT count(*) FROM sqlite_schema WHERE name = 'zones'" : "SELECT count(*) FROM information_schema.TABLES WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME = 'zones'"), 0);
}

TEST_P(MasterDataParts, AreStaleWhenMasterRowsOrThePackageHaveChanged) {
  ASSERT_TRUE(ended_with(0, plan()));
  place().sql("UPDATE countries SET name = 'Germany' WHERE code = 'DE';");
  const RunResult stale = apply();
  EXPECT_TRUE(ended_with(4, stale));
  EXPECT_TRUE(contains(stale.err, "its master rows have changed since"));
  place().sql("UPDATE countries SET name = 'Deutschland' WHERE code = 'DE';");
  write_package("Felix Austria");
  const RunResult other = apply();
  EXPECT_TRUE(ended_with(4, other));
  EXPECT_TRUE(contains(other.err, "the package is not the one that this plan was made for"));
  const RunResult without = place().plumb_on_db({"apply", "plan.md"});
  EXPECT_TRUE(ended_with(3, without));
  EXPECT_TRUE(contains(without.err, "--data PACKAGE"));
  EXPECT_EQ(place().number("SELECT count(*) FROM countries WHERE name IS NOT NULL"), 3) << "nothing was run";
  write_package("Austria");
  EXPECT_TRUE(ended_with(0, apply()));
}

TEST_P(MasterDataParts, AreBlockedByWhatIsWrongWithThem) {
  place().write("master/zones.json", R"([{"name": "far", "country": {"code": "ZZ"}}])");
  const RunResult planned = plan();
  EXPECT_TRUE(ended_with(3, planned));
  EXPECT_TRUE(contains(planned.err, "zones.json: row 1 {\"name\":\"far\"}: `country` refers to {\"code\":\"ZZ\"}"));
}

TEST_P(MasterDataParts, AreSyncedByThemselvesAndStandInTheHistory) {
  ASSERT_TRUE(ended_with(0, place().plumb_on_db({"apply", "--to", "shop.plumb", "--yes"})));
  const std::string before = rows("title");
  const RunResult synced = place().plumb_on_db({"data", "sync", "master", "--to", "shop.plumb", "--yes"});
  ASSERT_TRUE(ended_with(0, synced));
  EXPECT_TRUE(contains(synced.out, "synced and compared again: nothing differs"));
  const std::string history = place().plumb_on_db({"history", "show", "3"}).out;
  EXPECT_TRUE(contains(history, "countries (mirror): 3 compared, 1 inserted, 1 updated, 1 deleted, 0 retired, 1 unchanged, 0 kept, 0 conflicts, 0 only here, "));
  EXPECT_TRUE(contains(history, "zones (upsert): 1 compared, 1 inserted, "));
  EXPECT_TRUE(contains(place().plumb_on_db({"history", "--json"}).out, "\"synced\": ["));
  place().write("shown.json", place().plumb_on_db({"history", "show", "3", "--format", "json"}).out);
  EXPECT_TRUE(fit_schema(std::string(PLUMB_SOURCE_DIR) + "/docs/schemas/plan-2.schema.json", {place().path("shown.json")}));
  EXPECT_TRUE(contains(place().plumb_on_db({"data", "sync", "master", "--to", "shop.plumb", "--yes"}).out, "nothing to do"));
  ASSERT_TRUE(ended_with(0, place().plumb_on_db({"rollback", "--yes"})));
  EXPECT_EQ(rows("title"), before);
}

/// What was brought is forgotten with the rows: they are new again, and nobody has deleted or changed them here.
TEST_P(MasterDataParts, AreBroughtAgainAfterTheyWereRolledBack) {
  ASSERT_TRUE(ended_with(0, place().plumb_on_db({"apply", "--to", "shop.plumb", "--yes"})));
  const std::vector<std::string> sync{"data", "sync", "master", "--to", "shop.plumb", "--yes"};
  const std::string before = rows("title");
  ASSERT_TRUE(ended_with(0, place().plumb_on_db(sync)));
  const std::string first_sync = place().text("SELECT count(*) FROM countries WHERE title IN ('Austria', 'France')");
  EXPECT_EQ(first_sync, "2");
  ASSERT_TRUE(ended_with(0, place().plumb_on_db({"rollback", "--yes"})));
  EXPECT_EQ(rows("title"), before);
  ASSERT_TRUE(ended_with(0, place().plumb_on_db(sync)));
  EXPECT_EQ(place().text("SELECT count(*) FROM countries WHERE title IN ('Austria', 'France')"), "2");
  // of a later sync what was brought before it is known again
  write_package("Osterreich");
  ASSERT_TRUE(ended_with(0, place().plumb_on_db(sync)));
  ASSERT_TRUE(ended_with(0, place().plumb_on_db({"rollback", "--yes"})));
  EXPECT_EQ(place().text("SELECT title FROM countries WHERE code = 'AT'"), "Austria");
  const RunResult again = place().plumb_on_db(sync);
  EXPECT_TRUE(ended_with(0, again));
  EXPECT_EQ(place().text("SELECT title FROM countries WHERE code = 'AT'"), "Osterreich") << again.out;
}

TEST_P(MasterDataParts, ChangedHereAndThereStopUntilSomebodyDecides) {
  ASSERT_TRUE(ended_with(0, place().plumb_on_db({"apply", "--to", "shop.plumb", "--yes"})));
  ASSERT_TRUE(ended_with(0, place().plumb_on_db({"data", "sync", "master", "--to", "shop.plumb", "--yes"})));
  place().sql("UPDATE countries SET title = 'Here' WHERE code = 'AT';");
  write_package("There");
  const RunResult stopped = place().plumb_on_db({"data", "sync", "master", "--to", "shop.plumb", "--yes"});
  EXPECT_TRUE(ended_with(3, stopped));
  EXPECT_TRUE(contains(stopped.out, "title: here \"Here\" | package \"There\""));
  EXPECT_TRUE(ended_with(3, plan()));
  ASSERT_TRUE(ended_with(0, place().plumb_on_db({"data", "sync", "master", "--to", "shop.plumb", "--yes", "--on-conflict", "theirs"})));
  EXPECT_EQ(place().text("SELECT title FROM countries WHERE code = 'AT'"), "There");
}

/// The names of columns that are not there must not be taken for texts, as SQLite does.
TEST_P(MasterDataParts, AreRefusedWhereTheDatabaseHasNotComeThere) {
  for (const std::vector<std::string>& verb : {std::vector<std::string>{"data", "sync", "master", "--yes"}, std::vector<std::string>{"data", "diff", "master"}, std::vector<std::string>{"data", "export", "-o", "out"}}) {
    auto arguments = verb;
    arguments.insert(arguments.end(), {"--to", "shop.plumb"});
    const RunResult refused = place().plumb_on_db(arguments);
    EXPECT_TRUE(ended_with(1, refused));
    EXPECT_TRUE(contains(refused.err, "the database has no column `countries.title`, no column `countries.shipping`, no table `zones`; `plumb plan` shows how it comes"));
  }
  EXPECT_EQ(place().number("SELECT count(*) FROM countries"), 3);
}

TEST_P(MasterDataParts, SeedsAreInsertedOnceWhereATableIsEmpty) {
  place().write("seeded.plumb", std::string(first) + "table settings {\n  name  varchar(50) primary key\n  n     int?\n}\nseed settings {\n  { name = env(\"SEED_NAME\"), n = 5 }\n  { name = \"b\" }\n}\n"
                                                     "seed countries {\n  { code = \"SE\", name = \"x\" }\n}\n");
  ASSERT_TRUE(ended_with(0, place().plumb_on_db({"apply", "--to", "seeded.plumb", "--yes"})));
  const RunResult unset = place().plumb_on_db({"data", "seed", "--to", "seeded.plumb"});
  EXPECT_TRUE(ended_with(1, unset));
  EXPECT_TRUE(contains(unset.err, "the environment variable `SEED_NAME` is not set; nothing was written"));
  EXPECT_EQ(place().number("SELECT count(*) FROM settings"), 0);
  RunOptions options;
  options.environment["SEED_NAME"] = "it's";
  const RunResult seeded = place().plumb_on_db({"data", "seed", "--to", "seeded.plumb"}, options);
  ASSERT_TRUE(ended_with(0, seeded));
  EXPECT_TRUE(contains(seeded.out, "settings: 2 rows inserted"));
  EXPECT_TRUE(contains(seeded.out, "countries: has rows, passed over"));
  EXPECT_EQ(place().text("SELECT name FROM settings WHERE n = 5"), "it's");
  EXPECT_TRUE(contains(place().plumb_on_db({"data", "seed", "--to", "seeded.plumb"}, options).out, "settings: has rows, passed over"));
}

TEST_P(MasterDataParts, TravelInOneFile) {
  ASSERT_TRUE(ended_with(0, place().plumb_on_db({"apply", "--to", "shop.plumb", "--yes"})));
  ASSERT_TRUE(ended_with(0, place().plumb_on_db({"data", "export", "--to", "shop.plumb", "-o", "out.tar.zst"})));
  EXPECT_TRUE(ended_with(0, place().plumb({"data", "verify", "out.tar.zst", "--to", "shop.plumb"})));
  EXPECT_TRUE(ended_with(0, place().plumb_on_db({"data", "diff", "out.tar.zst", "--to", "shop.plumb"})));
  place().write("cut.tar.zst", place().read("out.tar.zst").substr(0, 100));
  EXPECT_TRUE(ended_with(1, place().plumb({"data", "verify", "cut.tar.zst", "--to", "shop.plumb"})));
}

}  // namespace
}  // namespace plumb::test
