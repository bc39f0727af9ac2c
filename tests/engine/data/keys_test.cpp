// Natural keys as the engine compares them, references, circles.
#include "data_test.hpp"
#include "support/error.hpp"
#include "support/text.hpp"

namespace plumb::test {
namespace {

const std::string family = R"(
schema family version 1.0.0
option mariadb (engine=InnoDB, charset=utf8mb4, collate=utf8mb4_unicode_ci)

master table kinds {
  id      serial
  code    varchar(20)
  parent  ref(kinds)?
  best    ref(things)?
  natural key (code)
}
master table things {
  id    serial
  kind  ref(kinds)
  name  varchar(50)
  nr    int = 0
  natural key (kind, name)
}
master table pairs {
  id     serial
  a      ref(things)
  b      ref(things)?
  level  int
  note   varchar(50)?
  natural key (a, level)
}
user table notes {
  id     serial
  thing  ref(things)? on delete set null
  text   varchar(100)
}
)";

class Keys : public DataTest {
 protected:
  void SetUp() override {
    DataTest::SetUp();
    if (IsSkipped()) return;
    description_ = described(family);
    database().create(description_);
  }
  data::Comparison sync() { return database().sync(description_, folder_.path()); }
  data::Comparison compare() { return database().compare(description_, folder_.path()); }
  std::string refusal() {
    try {
      const data::Comparison done = sync();
      return problems(done);
    } catch (const Error& error) {
      return error.what();
    }
  }
  Description description_;
  DataFolder folder_{"family", "1.0.0"};
};
PLUMB_ON_BOTH_ENGINES(Keys);

TEST_P(Keys, MadeOfReferencesNestAndAreSortedFieldByField) {
  folder_.write("kinds", R"([{"code": "b"}, {"code": "a"}, {"code": "a b"}])");
  folder_.write(
      "things",
      R"([{"kind": {"code": "b"}, "name": "x"}, {"kind": {"code": "a"}, "name": "y"}, {"kind": {"code": "a b"}, "name": "x"}, {"kind": {"code": "a"}, "name": "Z"}])");
  folder_.write(
      "pairs",
      R"([{"a": {"kind": {"code": "b"}, "name": "x"}, "b": null, "level": 10}, {"level": 9, "b": {"name": "y", "kind": {"code": "a"}}, "a": {"name": "x", "kind": {"code": "b"}}},
    {"a": {"kind": {"code": "a"}, "name": "y"}, "level": -1}])");
  ASSERT_EQ(problems(sync()), "");
  database().export_to(description_, scratch() / "out");
  const auto files = files_of(scratch() / "out");
  const auto file = [&](const std::string& name) {
    for (const auto& text : files) {
      if (text.starts_with(name + ".json: "))
        return replace_all(replace_all(text.substr(name.size() + 7), "\n", ""), "  ", "");
    }
    return std::string();
  };
  EXPECT_EQ(
      file("things"),
      R"([{"kind": {"code": "a"},"name": "Z","nr": 0},{"kind": {"code": "a"},"name": "y","nr": 0},{"kind": {"code": "a b"},"name": "x","nr": 0},{"kind": {"code": "b"},"name": "x","nr": 0}])");
  EXPECT_EQ(
      file("pairs"),
      R"([{"a": {"kind": {"code": "a"},"name": "y"},"b": null,"level": -1,"note": null},)"
      R"({"a": {"kind": {"code": "b"},"name": "x"},"b": {"kind": {"code": "a"},"name": "y"},"level": 9,"note": null},)"
      R"({"a": {"kind": {"code": "b"},"name": "x"},"b": null,"level": 10,"note": null}])");
}

TEST_P(Keys, InCirclesAreResolvedWhereAReferenceMayBeOpenMeanwhile) {
  folder_.write(
      "kinds",
      R"([{"code": "leaf", "parent": {"code": "root"}, "best": {"kind": {"code": "leaf"}, "name": "oak"}},
    {"code": "root", "parent": {"code": "root"}, "best": {"kind": {"code": "leaf"}, "name": "oak"}}])");
  folder_.write("things", R"([{"kind": {"code": "leaf"}, "name": "oak"}])");
  ASSERT_EQ(problems(sync()), "");
  EXPECT_EQ(database().rows("select k.code, p.code, t.name from kinds k join kinds p on p.id = k.parent join "
                            "things t on t.id = k.best order by k.code"),
            "leaf|root|oak\nroot|root|oak\n");
  EXPECT_EQ(compare().changes(), 0U);
}

TEST_P(Keys, InALongChainAreResolvedWithoutARoundForEachLink) {
  std::string rows;
  for (int i = 300; i > 0; --i) {
    rows += (rows.empty() ? "[" : ",") + std::string(R"({"code": "k)") + std::to_string(i) +
            R"(", "parent": )" + (i == 1 ? "null" : R"({"code": "k)" + std::to_string(i - 1) + "\"}") + "}";
  }
  folder_.write("kinds", rows + "]");
  ASSERT_EQ(problems(sync()), "");
  EXPECT_EQ(database().rows(
                "with recursive up(id, n) as (select id, 1 from kinds where code = 'k300' union all select "
                "k.parent, n + 1 from up join kinds k on k.id = up.id where k.parent is not null) "
                "select max(n) from up"),
            "300\n");
}

TEST_P(Keys, ThatNeedEachOtherWithoutAWayOutAreRefused) {
  const Description closed = described(R"(
schema closed version 1.0.0
master table a {
  id   serial
  c    varchar(5)
  b    ref(b)
  natural key (c)
}
master table b {
  id   serial
  c    varchar(5)
  a    ref(a)
  natural key (c)
}
)");
  DataDatabase fresh(GetParam());
  fresh.create(closed);
  DataFolder folder("closed", "1.0.0");
  folder.write("a", R"([{"c": "1", "b": {"c": "2"}}])").write("b", R"([{"c": "2", "a": {"c": "1"}}])");
  try {
    fresh.sync(closed, folder.path());
    FAIL() << "nothing can be written first";
  } catch (const Error& error) {
    EXPECT_NE(std::string(error.what()).find("needs rows that need it"), std::string::npos) << error.what();
  }
  EXPECT_EQ(fresh.rows("select count(*) from a") + fresh.rows("select count(*) from b"), "0\n0\n");
}

TEST_P(Keys, OfRowsThatAreWrittenInTheWrongOrderOfTheirTablesAreFound) {
  // `b` refers to `a` without a way out and `a` to `b` with one: b cannot come first, whatever the names say
  const Description half_open = described(R"(
schema half version 1.0.0
master table b {
  id   serial
  c    varchar(5)
  a    ref(a)?
  natural key (c)
}
master table a {
  id   serial
  c    varchar(5)
  b    ref(b)
  natural key (c)
}
)");
  DataDatabase fresh(GetParam());
  fresh.create(half_open);
  DataFolder folder("half", "1.0.0");
  folder.write("a", R"([{"c": "1", "b": {"c": "2"}}])").write("b", R"([{"c": "2", "a": {"c": "1"}}])");
  ASSERT_EQ(problems(fresh.sync(half_open, folder.path())), "");
  EXPECT_EQ(fresh.rows("select a.c, b.c from a join b on b.id = a.b and a.id = b.a"), "1|2\n");
}

TEST_P(Keys, ThatTheCollationTakesForEqualAreToldAndNothingIsWritten) {
  database().execute("insert into kinds (code) values ('bar'), ('Straße')");
  for (const std::string code : {"Bär", "BAR", "bar ", "strasse"}) {
    folder_.write("kinds", R"([{"code": "new"}, {"code": ")" + code + "\"}]");
    const std::string told = refusal();
    if (is_mariadb()) {
      EXPECT_NE(told.find("kinds.json: row 2 {\"code\":\"" + code +
                          "\"}: the database takes this natural key for that of the database's row"),
                std::string::npos)
          << code << ": " << told;
      EXPECT_EQ(problems(compare()), told) << "a comparison tells the same";
      EXPECT_EQ(database().rows("select count(*) from kinds"), "2\n");
    } else {
      EXPECT_EQ(told, "") << "SQLite compares by bytes";
    }
  }
}

TEST_P(Keys, ThatTheCollationTakesForEqualWithinTheFolderAreToldToo) {
  folder_.write("kinds", R"([{"code": "new"}, {"code": "Äpfel"}, {"code": "apfel"}])");
  const std::string told = refusal();
  if (!is_mariadb()) {
    EXPECT_EQ(told, "");
    return;
  }
  EXPECT_NE(
      told.find(
          R"(kinds.json: row 3 {"code":"apfel"}: the database takes this natural key for that of row 2 {"code":"Äpfel"})"),
      std::string::npos)
      << told;
}

TEST_P(Keys, ThatDifferInAnotherPartAreNotMistaken) {
  folder_.write("kinds", R"([{"code": "x"}, {"code": "y"}])");
  folder_.write("things",
                R"([{"kind": {"code": "x"}, "name": "Bär"}, {"kind": {"code": "y"}, "name": "bar"}])");
  EXPECT_EQ(refusal(), "");
}

TEST_P(Keys, ComparedByNocaseInSqliteAreToldAsWell) {
  if (is_mariadb()) GTEST_SKIP() << "NOCASE is SQLite's";
  database().execute("drop index uq_kinds_code");
  database().execute("create unique index uq_kinds_code on kinds (code collate nocase)");
  database().execute("insert into kinds (code) values ('bar')");
  folder_.write("kinds", R"([{"code": "BAR"}])");
  EXPECT_NE(
      refusal().find("the database takes this natural key for that of the database's row {\"code\":\"bar\"}"),
      std::string::npos)
      << refusal();
  folder_.write("kinds", R"([{"code": "BÄR"}, {"code": "Bär"}])");
  EXPECT_EQ(refusal(), "") << "NOCASE knows ASCII only";
}

TEST_P(Keys, ThatStandTwiceInTheDatabaseAreTold) {
  database().execute(is_mariadb() ? "alter table kinds drop index uq_kinds_code"
                                  : "drop index uq_kinds_code");
  database().execute("insert into kinds (code) values ('twice'), ('twice')");
  folder_.write("kinds", R"([{"code": "new"}])");
  EXPECT_EQ(refusal(), R"(table `kinds` has several rows with the natural key {"code":"twice"})");
  EXPECT_THROW(database().export_to(description_, scratch() / "out"), Error);
}

TEST_P(Keys, ThatLeadNowhereAreToldBeforeAnythingIsWritten) {
  folder_.write("kinds", R"([{"code": "new"}])");
  folder_.write("things",
                R"([{"kind": {"code": "new"}, "name": "n"}, {"kind": {"code": "gone"}, "name": "n"}])");
  EXPECT_NE(
      refusal().find(
          R"(things.json: row 2 {"kind":{"code":"gone"},"name":"n"}: `kind` refers to {"code":"gone"}, which is neither in the folder nor in the database's `kinds`)"),
      std::string::npos)
      << refusal();
  EXPECT_EQ(database().rows("select count(*) from kinds"), "0\n");
}

TEST_P(Keys, OfRowsThatOnlyTheDatabaseHasMayBeReferredTo) {
  database().execute("insert into kinds (id, code) values (55, 'old')");
  folder_.write("things", R"([{"kind": {"code": "old"}, "name": "n"}])");
  ASSERT_EQ(refusal(), "");
  EXPECT_EQ(database().rows("select kind, name from things"), "55|n\n");
}

TEST_P(Keys, AndValuesMaySwapBetweenRowsAsFarAsNoUniqueIndexForbidsIt) {
  folder_.write("kinds", R"([{"code": "a"}, {"code": "b"}])");
  folder_.write(
      "things",
      R"([{"kind": {"code": "a"}, "name": "x", "nr": 1}, {"kind": {"code": "b"}, "name": "x", "nr": 2}])");
  ASSERT_EQ(refusal(), "");
  folder_.write(
      "things",
      R"([{"kind": {"code": "a"}, "name": "x", "nr": 2}, {"kind": {"code": "b"}, "name": "x", "nr": 1}])");
  ASSERT_EQ(refusal(), "");
  EXPECT_EQ(database().rows("select nr from things order by id"), "2\n1\n");
}

const std::string regions = R"(
schema regions version 1.0.0
option mariadb (engine=InnoDB, charset=utf8mb4, collate=utf8mb4_unicode_ci)

master table regions {
  id     serial
  above  ref(regions)?
  code   varchar(20)
  size   int = 0
  natural key (above, code)
  sync mirror
}
user table houses {
  id      serial
  region  ref(regions)
}
)";

class KeysOfTheirOwnTable : public DataTest {
 protected:
  void SetUp() override {
    DataTest::SetUp();
    if (IsSkipped()) return;
    description_ = described(regions);
    database().create(description_);
  }
  std::string refusal() {
    try {
      data::SyncOptions options;
      options.most_lost = 100;
      return problems(database().sync(description_, folder_.path(), options));
    } catch (const Error& error) {
      return error.what();
    }
  }
  std::string paths() {
    return database().rows("select c.code, b.code, a.code, a.size from regions a left join regions b on b.id = a.above left join regions c on c.id = b.above order by a.code, b.code, c.code");
  }

  Description description_;
  DataFolder folder_{"regions", "1.0.0"};
  /// The same code stands below different rows; no row stands behind the one above it.
  const std::string rows_ = R"([
  {"above": {"above": {"above": null, "code": "EU"}, "code": "AT"}, "code": "north", "size": 3},
  {"above": {"above": null, "code": "EU"}, "code": "AT", "size": 2},
  {"above": {"above": {"above": null, "code": "EU"}, "code": "DE"}, "code": "north", "size": 4},
  {"above": {"above": null, "code": "EU"}, "code": "DE", "size": 2},
  {"above": null, "code": "EU", "size": 1}
])";
};
PLUMB_ON_BOTH_ENGINES(KeysOfTheirOwnTable);

TEST_P(KeysOfTheirOwnTable, AreResolvedLevelByLevel) {
  database().execute("insert into regions (id, above, code, size) values (70, null, 'EU', 9)");
  database().execute("insert into houses (id, region) values (1, 70)");
  folder_.write("regions", rows_);
  ASSERT_EQ(refusal(), "");
  EXPECT_EQ(paths(), "-|EU|AT|2\n-|EU|DE|2\n-|-|EU|1\nEU|AT|north|3\nEU|DE|north|4\n");
  EXPECT_EQ(database().rows("select id from regions where above is null"), "70\n");
  EXPECT_EQ(database().compare(description_, folder_.path()).changes(), 0U);
  database().export_to(description_, scratch() / "out");
  folder_.write("regions", R"([{"above": null, "code": "EU", "size": 1}, {"above": {"above": null, "code": "EU"}, "code": "DE", "size": 5}])");
  ASSERT_EQ(refusal(), "");
  EXPECT_EQ(paths(), "-|EU|DE|5\n-|-|EU|1\n") << "rows go before those above them";
  data::SyncOptions options;
  options.overwrite_own = true;
  EXPECT_EQ(problems(database().sync(description_, scratch() / "out", options)), "");
  EXPECT_EQ(paths(), "-|EU|AT|2\n-|EU|DE|2\n-|-|EU|1\nEU|AT|north|3\nEU|DE|north|4\n");
}

TEST_P(KeysOfTheirOwnTable, InACircleAreToldByTheirRows) {
  database().execute("insert into regions (id, above, code) values (1, null, 'a'), (2, 1, 'b'), (3, 2, 'c')");
  database().execute("update regions set above = 3 where id = 2");
  folder_.write("regions", rows_);
  const std::string told = refusal();
  EXPECT_NE(told.find("table `regions`: the natural keys of rows stand below each other in a circle: `id` = 2, `id` = 3"), std::string::npos) << told;
  EXPECT_EQ(database().rows("select count(*) from regions"), "3\n");
}

TEST_P(KeysOfTheirOwnTable, BelowARowThatIsNowhereAreToldBeforeAnythingIsWritten) {
  folder_.write("regions", R"([{"above": {"above": null, "code": "EU"}, "code": "AT", "size": 2}])");
  EXPECT_NE(refusal().find(R"(`above` refers to {"above":null,"code":"EU"}, which is neither in the folder nor in the database's `regions`)"), std::string::npos) << refusal();
}

}  // namespace
}  // namespace plumb::test
