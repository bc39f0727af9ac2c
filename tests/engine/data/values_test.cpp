// Every kind of value out of a database, into a file, into a database of either engine, and out again.
#include "data_test.hpp"
#include "support/error.hpp"
#include "support/text.hpp"

namespace plumb::test {
namespace {

const std::string kinds = R"(
schema kinds version 1.0.0
option mariadb (engine=InnoDB, charset=utf8mb4, collate=utf8mb4_unicode_ci)

master table things {
  id      serial
  code    varchar(20)
  yes     bool?
  small   tinyint?
  large   bigint unsigned?
  price   decimal(20,2)?
  f       float?
  d       double?
  c       char(5)?
  t       text?
  j       json?
  day     date?
  clock   time(1)?
  moment  datetime(3)?
  stamp   timestamp?
  y       year?
  u       uuid?
  ip      inet6?
  e       enum("offen", "zu")?
  s       set("a", "b", "c")?
  raw     blob?
  fixed   binary(4)?
  made    datetime = now
  natural key (code)
}
)";

const std::string all_values = R"([
  {
    "code": "A",
    "yes": true,
    "small": -128,
    "large": 9223372036854775807,
    "price": "-123456789012.50",
    "f": 0.1,
    "d": 0.1,
    "c": "ab",
    "t": "Bär 'x' \\ \"q\" 😀\n\t„Z“ %_;--",
    "j": "{ \"b\":1,  \"a\": [2] }",
    "day": "2024-02-29",
    "clock": "-12:30:00.5",
    "moment": "2026-01-31 12:00:00.125",
    "stamp": "2026-03-29 01:30:00",
    "y": 2026,
    "u": "123e4567-e89b-12d3-a456-426614174000",
    "ip": "2001:db8::1",
    "e": "zu",
    "s": "a,c",
    "raw": {
      "base64": "AP9cJyIK"
    },
    "fixed": {
      "base64": "AQIAAA=="
    }
  },
  {
    "code": "B",
    "yes": null,
    "small": null,
    "large": null,
    "price": null,
    "f": null,
    "d": null,
    "c": null,
    "t": null,
    "j": null,
    "day": null,
    "clock": null,
    "moment": null,
    "stamp": null,
    "y": null,
    "u": null,
    "ip": null,
    "e": null,
    "s": null,
    "raw": null,
    "fixed": null
  },
  {
    "code": "C",
    "yes": false,
    "small": 127,
    "large": 0,
    "price": "0.00",
    "f": 16777216.0,
    "d": 1.7976931348623157e+308,
    "c": "",
    "t": "",
    "j": "[]",
    "day": "1999-12-31",
    "clock": "00:00:00.0",
    "moment": "2026-01-31 00:00:00.000",
    "stamp": "2026-10-25 01:30:00",
    "y": 1901,
    "u": "ffffffff-ffff-ffff-ffff-ffffffffffff",
    "ip": "::",
    "e": "offen",
    "s": "",
    "raw": {
      "base64": ""
    },
    "fixed": {
      "base64": "AAAAAA=="
    }
  }
]
)";

class Values : public DataTest {
 protected:
  void SetUp() override {
    DataTest::SetUp();
    if (IsSkipped()) return;
    description_ = described(kinds);
    database().create(description_);
  }
  std::string exported() {
    database().export_to(description_, scratch() / "out");
    std::string file;
    for (const auto& text : files_of(scratch() / "out")) {
      if (text.starts_with("things.json: ")) file = text.substr(13);
    }
    return file;
  }
  std::string problems_of(const std::string& row) {
    DataFolder folder("kinds", "1.0.0");
    folder.write("things", "[" + row + "]");
    return problems(database().compare(description_, folder.path()));
  }
  Description description_;
};
PLUMB_ON_BOTH_ENGINES(Values);

TEST_P(Values, OfEveryKindComeBackByteForByte) {
  DataFolder folder("kinds", "1.0.0");
  folder.write("things", all_values);
  EXPECT_EQ(problems(database().sync(description_, folder.path())), "");
  EXPECT_EQ(exported(), all_values);
  EXPECT_EQ(database().compare(description_, folder.path()).changes(), 0U);
}

TEST_P(Values, AreTheSameWhateverTheSessionsTimeZone) {
  DataFolder folder("kinds", "1.0.0");
  folder.write("things", all_values);
  if (is_mariadb()) database().execute("set session time_zone = '+05:30'");
  database().sync(description_, folder.path());
  if (is_mariadb()) {
    EXPECT_EQ(database().rows("select @@session.time_zone"), "+05:30\n")
        << "the session's own time zone is given back";
    database().execute("set session time_zone = '-08:00'");
  }
  EXPECT_EQ(exported(), all_values);
}

TEST_P(Values, ThatStandInAnotherSpellingAreNoDifference) {
  DataFolder folder("kinds", "1.0.0");
  folder.write("things", all_values);
  database().sync(description_, folder.path());
  DataFolder other("kinds", "1.0.0");
  other.write(
      "things",
      R"([{"code": "A", "yes": 1, "price": "-123456789012.5", "c": "ab  ", "moment": "2026-01-31T12:00:00.125Z", "s": "c,a", "clock": "-12:30:00.50",
    "u": "123E4567E89B12D3A456426614174000", "ip": "2001:0db8:0::0001", "fixed": {"base64": "AQI="}, "f": 0.10000000149011612}, {"code": "C", "d": 1.7976931348623157e308, "f": 16777216, "price": 0}])");
  const auto found = database().compare(description_, other.path());
  EXPECT_EQ(problems(found), "");
  EXPECT_EQ(found.changes(), 0U) << data::to_text(found, true);
}

TEST_P(Values, ThatDifferOnlyInCaseOrAccentAreADifference) {
  DataFolder folder("kinds", "1.0.0");
  folder.write("things", R"([{"code": "A", "t": "Bär"}, {"code": "B", "t": "x "}])");
  database().sync(description_, folder.path());
  folder.write("things", R"([{"code": "A", "t": "bar"}, {"code": "B", "t": "x"}])");
  EXPECT_EQ(database().compare(description_, folder.path()).changes(), 2U);
  EXPECT_EQ(problems(database().sync(description_, folder.path())), "");
  EXPECT_EQ(database().rows("select t from things order by code"), "bar\nx\n");
}

TEST_P(Values, ThatAFieldLeavesOutAreDefaultsInNewRowsAndStayInOldOnes) {
  database().execute("insert into things (id, code, t, small) values (77, 'A', 'stays', 5)");
  DataFolder folder("kinds", "1.0.0");
  folder.write("things", R"([{"code": "A", "small": 6}, {"code": "N"}])");
  database().sync(description_, folder.path());
  EXPECT_EQ(database().rows("select id, code, t, small from things where code = 'A'"), "77|A|stays|6\n");
  EXPECT_EQ(database().rows("select code, t, small from things where code = 'N'"), "N|-|-\n");
}

TEST_P(Values, ThatTheTypeCannotHoldAreRefusedOnBothEnginesAlike) {
  const std::vector<std::pair<std::string, std::string>> wrong{
      {R"("yes": "true")", "`yes` must be true or false, not \"true\""},
      {R"("yes": 2)", "`yes` must be true or false, not 2"},
      {R"("small": 128)", "`small` must be a whole number from -128 to 127, not 128"},
      {R"("small": 1.0)", "`small` must be a whole number"},
      {R"("small": true)", "`small` must be a whole number"},
      {R"("large": -1)", "`large` must be a whole number from 0 to 18446744073709551615, not -1"},
      {R"("price": "1.005")", "`price` must be a decimal number"},
      {R"("price": true)", "`price` must be a decimal number"},
      {R"("d": "1.5")", "`d` must be a number, not \"1.5\""},
      {R"("f": 1e39)", "`f` must be a finite number"},
      {R"("c": "abcdef")", "`c` must be a text of at most 5 characters"},
      {R"("t": 5)", "`t` must be a text, not 5"},
      {R"("day": "2025-02-29")", "`day` must be a date like"},
      {R"("moment": "2026-01-31 12:00:00.1234")", "`moment` must be a time like \"2026-01-31 12:00:00.000\""},
      {R"("clock": "noon")", "`clock` must be a time like \"12:00:00.0\""},
      {R"("u": "x")", "`u` must be a UUID"},
      {R"("ip": "x")", "`ip` must be an IPv6 address"},
      {R"("e": "Offen")", "`e` must be one of \"offen\", \"zu\", not \"Offen\""},
      {R"("e": 1)", "`e` must be a text"},
      {R"("s": "a,d")", "`s` must be members of"},
      {R"("raw": "AP8=")", "`raw` must be an object {\"base64\": \"…\"}"},
      {R"("raw": {"base64": "AP8"})", "`raw` must be an object {\"base64\": \"…\"}"},
      {R"("fixed": {"base64": "AQIDBAU="})", "`fixed` must be at most 4 bytes"},
      {R"("made": "2026-01-31 12:00:00")", "`made` is filled by the database itself"},
      {R"("id": 4)", "`id` is filled by the database itself"},
      {R"("smal": 4)", "`smal` is no column of `things`; did you mean `small`?"},
  };
  for (const auto& [field, expected] : wrong) {
    const std::string found = problems_of(R"({"code": "X", )" + field + "}");
    EXPECT_NE(found.find(expected), std::string::npos) << field << " gave " << found;
    EXPECT_NE(found.find(R"(things.json: row 1 {"code":"X"}: )"), std::string::npos) << found;
  }
  EXPECT_NE(problems_of(R"({"code": null})").find("`code` may not be null"), std::string::npos);
  EXPECT_NE(problems_of(R"({"code": "123456789012345678901"})").find("at most 20 characters"),
            std::string::npos);
  EXPECT_EQ(problems_of(R"({"code": "12345678901234567890"})"), "");
  EXPECT_EQ(problems_of(R"({"code": "ääääääääääääääääääää"})"), "") << "counted in characters, not in bytes";
}

TEST_P(Values, BeyondSixtyThreeBitsAreNumbersInFiles) {
  if (!is_mariadb()) GTEST_SKIP() << "SQLite's integers end at 63 bits";
  DataFolder folder("kinds", "1.0.0");
  folder.write("things", R"([{"code": "A", "large": 18446744073709551615}])");
  EXPECT_EQ(problems(database().sync(description_, folder.path())), "");
  EXPECT_EQ(database().rows("select large from things"), "18446744073709551615\n");
  EXPECT_NE(exported().find("\"large\": 18446744073709551615,"), std::string::npos);
  EXPECT_EQ(database().compare(description_, folder.path()).changes(), 0U);
}

TEST_P(Values, ThatSqliteHoldsAgainstTheDeclarationAreNamedByAnExportAndMendedByASync) {
  if (is_mariadb()) GTEST_SKIP() << "MariaDB holds what is declared";
  for (const std::string value :
       {"small = 'many'", "price = 12.345", "d = 'x'", "moment = 'soon'", "t = cast(x'ff41' as text)"}) {
    database().execute("delete from things");
    database().execute("insert into things (code) values ('A')");
    database().execute("update things set " + value);
    const std::string column = value.substr(0, value.find(' '));
    try {
      exported();
      ADD_FAILURE() << value << " was exported";
    } catch (const Error& error) {
      EXPECT_NE(
          std::string(error.what()).find("table `things`, row {\"code\":\"A\"}: `" + column + "` holds "),
          std::string::npos)
          << error.what();
    }
    DataFolder folder("kinds", "1.0.0");
    folder.write(
        "things",
        R"([{"code": "A", "small": 1, "price": "12.35", "d": 1.0, "moment": "2026-01-31 12:00:00.000", "t": "A"}])");
    EXPECT_EQ(problems(database().sync(description_, folder.path())), "") << value;
    EXPECT_EQ(database().compare(description_, folder.path()).changes(), 0U) << value;
  }
}

TEST(ValuesBetweenEngines, TravelBothWaysUnchanged) {
  if (!mariadb_is_wanted()) GTEST_SKIP() << "MariaDB is not wanted";
  const Description description = described(kinds);
  DataFolder folder("kinds", "1.0.0");
  folder.write("things", all_values);
  DataDatabase sqlite("sqlite");
  DataDatabase mariadb("mariadb");
  const ScratchFolder scratch;
  sqlite.create(description);
  mariadb.create(description);
  sqlite.sync(description, folder.path());
  sqlite.export_to(description, scratch / "from_sqlite");
  mariadb.sync(description, scratch / "from_sqlite");
  mariadb.export_to(description, scratch / "from_mariadb");
  EXPECT_EQ(files_of(scratch / "from_mariadb"), files_of(scratch / "from_sqlite"));
  EXPECT_EQ(files_of(scratch / "from_mariadb"), files_of(folder.path()));
}

}  // namespace
}  // namespace plumb::test
