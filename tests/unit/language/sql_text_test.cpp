// Where SQL in parentheses ends, and which engine it is for.
#include "language/sql_text.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "load_text.hpp"
#include "support/text.hpp"

namespace plumb::test {
namespace {

using ::testing::HasSubstr;

using language::split_engines;

/// What a check captures when more text follows it.
std::string captured(const std::string& sql) {
  const Table table = table_of("a text\ncheck (" + sql + ")\nb text = \"it's\"\ncheck other ((')') <> a)");
  return table.checks.empty() ? "nothing" : table.checks.front().expression.common;
}

std::string variant(const std::string& engine, const std::string& sql) {
  const Table table = table_of("a text\ncheck (" + engine + ": " + sql + ")\nb text = \"it's\"\ncheck other ((')') <> a)");
  return table.checks.empty() ? "nothing" : table.checks.front().expression.text_for(engine);
}

TEST(CapturedSql, GoesToTheParenthesisThatCloses) {
  for (const char* sql :
       {"a > (1 + (2))", "a <> ')'", "a <> '(' and 1", "a <> 'it''s (x'", "\"a)\" = `b(`", "a = 1 /* ) */",
        "a -- )\n > 1", "a # )\n > 1", "a || '|' || '\"'", "a = '' or a = ''''"}) {
    EXPECT_EQ(captured(sql), sql);
  }
}

TEST(CapturedSql, MayHoldBackslashesThatBothEnginesReadAlike) {
  for (const char* sql : {"a = '\\\\'", "a like '%\\%' escape '!'", "regexp_like(a, '^\\(\\d+\\)$')", "a = 5-- 3\n", "[a b] = 1"}) {
    EXPECT_EQ(captured(sql), std::string(trim(sql)));
  }
}

TEST(CapturedSql, IsNotLedAstrayByABackslashWhereItIsForOneEngine) {
  for (const char* sql : {"a = 'it\\'s'", "a = 'it\\'s ) x'", "a = 'x\\'' and a <> 'y'", "a <> \"say \\\"hi\\\" )\"", "a = 5--3", "a = '\\\\'"}) {
    EXPECT_EQ(variant("mariadb", sql), sql);
  }
  for (const char* sql : {"a like '%\\%' escape '\\'", "a = 'C:\\'", "[a)] = 1", "[a'] = 1", "a = 5--3)\n"}) {
    EXPECT_EQ(variant("sqlite", sql), std::string(trim(sql)));
  }
}

// What the one engine takes for the end stands within a string for the other, or the other way round. No such text can
// be right for both, and which end is meant would depend on what else stands in the file.
TEST(CapturedSql, IsRefusedWhereTheEnginesFindDifferentEnds) {
  for (const char* sql : {"a = 'it\\'s'", "a = 'it\\'s ) x'", "a like '%\\%' escape '\\'", "a = 'C:\\'", "a = 'x\\'' and a <> 'y'", "a = 5--3", "[a)] = 1",
                          "[a'] = 1", "a = '\\' | sqlite: '' = a"}) {
    const auto diagnostics = loaded("table t {\n  a text\n  check (" + std::string(sql) + ")\n  b text = \"it's\"\n}").diagnostics;
    ASSERT_FALSE(diagnostics.empty()) << sql;
    EXPECT_EQ(diagnostics.front().code, "ambiguous-sql") << sql;
  }
}

TEST(CapturedSql, NamesTheFirstPlaceThatTheEnginesSeeDifferently) {
  const std::string text = "table t {\n  a text\n  check (a = 'b\\\\' and a = 'it\\'s')\n}";
  const auto diagnostics = loaded(text).diagnostics;
  ASSERT_EQ(diagnostics.size(), 1U);
  EXPECT_EQ(text.substr(diagnostics[0].span.offset, diagnostics[0].span.length), "'it\\'");
  EXPECT_THAT(diagnostics[0].message, HasSubstr("a backslash before a quote"));
}

TEST(CapturedSql, IsTrimmedAndKeepsItsLines) {
  EXPECT_EQ(captured("\n  a >\n    1\n  "), "a >\n    1");
}

TEST(CapturedSql, HasLineFeedsHoweverManyCarriageReturnsStandBeforeThem) {
  EXPECT_EQ(captured("a >\r\r\n 1"), "a >\n 1");
}

TEST(EngineSql, IsSplitBeforeAnEngineAndAColonOnly) {
  const sql::EngineSql both = split_engines("sqlite: strftime('%s','now') | mariadb: unix_timestamp()");
  EXPECT_EQ(both.text_for("sqlite"), "strftime('%s','now')");
  EXPECT_EQ(both.text_for("mariadb"), "unix_timestamp()");
  EXPECT_EQ(both.common, "");
  for (const char* one : {"a | b", "a || sqlite || b", "a | sqlite", "x = '| sqlite: y'", "(a | sqlite: b)",
                          "a | mysql: b", "a | sqlite::b", "a | sqlite := b", "begin_label: loop end loop"}) {
    EXPECT_EQ(split_engines(one), sql::EngineSql(one)) << one;
  }
}

TEST(EngineSql, MayHaveOneTextForAllButOneEngine) {
  const sql::EngineSql sql = split_engines("now()\n| sqlite : datetime('now')");
  EXPECT_EQ(sql.text_for("mariadb"), "now()");
  EXPECT_EQ(sql.text_for("sqlite"), "datetime('now')");
}

TEST(EngineSql, ReadsEachEnginesStringsItsOwnWay) {
  const sql::EngineSql sql =
      split_engines("sqlite: [a ' | mariadb: b] = '\\' | mariadb: a = 'it\\'s | sqlite: x'");
  EXPECT_EQ(sql.text_for("sqlite"), "[a ' | mariadb: b] = '\\'");
  EXPECT_EQ(sql.text_for("mariadb"), "a = 'it\\'s | sqlite: x'");
}

// Printed for the engine that it is for, whatever comes behind it in the file.
TEST(PrintedSql, IsSaidToBeForOneEngineWhereTheOtherFindsAnotherEnd) {
  EXPECT_EQ(language::printed_engine_sql("a = 'it\\'s'"), "mariadb: a = 'it\\'s'");
  EXPECT_EQ(language::printed_engine_sql("a like '%\\%' escape '\\'"), "sqlite: a like '%\\%' escape '\\'");
  EXPECT_EQ(language::printed_engine_sql("a = '\\\\'"), "a = '\\\\'");
}

TEST(PrintedSql, HasTheLineEndsOfADescription) {
  EXPECT_EQ(language::printed_engine_sql("begin\r\n  set @a = 'it\\'s';\r\nend "), "mariadb: begin\n  set @a = 'it\\'s';\nend");
}

TEST(PrintedSql, IsNotThereForWhatItsEngineReadsByOtherRules) {
  EXPECT_FALSE(language::is_printable("set new.a = '\\'", "mariadb"));
  EXPECT_TRUE(language::is_printable("set new.a = '\\'", "sqlite"));
  EXPECT_TRUE(language::is_printable("set new.a = 'it\\'s'", "mariadb"));
  EXPECT_FALSE(language::is_printable("a > (1", "sqlite"));
  EXPECT_TRUE(language::is_printable("a > 1\r\n -- of many", "mariadb"));
}

TEST(PrintedSql, SaysWhereMariaDbReadsItsStringsWithoutBackslashes) {
  const sql::EngineSql sql = language::said_for("set new.a = '\\', new.b = '| sqlite: '", "mariadb");
  const std::string text = "mariadb no_backslash_escapes: set new.a = '\\', new.b = '| sqlite: '";
  EXPECT_EQ(language::printed_engine_sql(sql), text);
  EXPECT_EQ(split_engines(text), sql);
  EXPECT_EQ(split_engines("sqlite: 1 | mariadb NO_BACKSLASH_ESCAPES : '\\' | 2").text_for("mariadb"), "'\\' | 2");
  EXPECT_EQ(language::said_for("set new.a = 'it\\'s'", "mariadb"), sql::EngineSql("set new.a = 'it\\'s'"));
}

TEST(PrintedSql, IsReadBackAsItWas) {
  for (const char* text : {"a > 0", "a = 'it\\'s )'", "a = 1 -- last )", "x = 'a\\'' || ')'"}) {
    EXPECT_EQ(split_engines(language::printed_engine_sql(text)).text_for("mariadb"), text);
  }
  EXPECT_EQ(split_engines(language::printed_engine_sql("a like '\\' escape '\\'")).text_for("sqlite"), "a like '\\' escape '\\'");
}

}  // namespace
}  // namespace plumb::test
