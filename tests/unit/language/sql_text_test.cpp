// Where SQL in parentheses ends, and which engine it is for.
#include "language/sql_text.hpp"

#include <gtest/gtest.h>

#include "load_text.hpp"

namespace plumb::test {
namespace {

using language::split_engines;

/// What a check captures when more text follows it.
std::string captured(const std::string& sql) {
  const Table table = table_of("a text\ncheck (" + sql + ")\nb text = \"it's\"\ncheck other ((')') <> a)");
  return table.checks.empty() ? "nothing" : table.checks.front().expression.common;
}

TEST(CapturedSql, GoesToTheParenthesisThatCloses) {
  for (const char* sql :
       {"a > (1 + (2))", "a <> ')'", "a <> '(' and 1", "a <> 'it''s (x'", "\"a)\" = `b(`", "a = 1 /* ) */",
        "a -- )\n > 1", "a # )\n > 1", "a || '|' || '\"'", "a = '' or a = ''''"}) {
    EXPECT_EQ(captured(sql), sql);
  }
}

TEST(CapturedSql, IsNotLedAstrayByABackslash) {
  for (const char* sql :
       {"a = 'it\\'s'", "a = 'it\\'s ) x'", "a like '%\\%' escape '\\'", "a = 'C:\\'", "a = '\\\\'",
        "a = 'x\\'' and a <> 'y'", "a <> \"say \\\"hi\\\" )\"", "regexp_like(a, '^\\(\\d+\\)$')"}) {
    EXPECT_EQ(captured(sql), sql);
  }
}

TEST(CapturedSql, IsTrimmedAndKeepsItsLines) {
  EXPECT_EQ(captured("\n  a >\n    1\n  "), "a >\n    1");
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

TEST(PrintedSql, IsReadBackAsItWas) {
  for (const char* text :
       {"a > 0", "a = 'it\\'s )'", "a = 1 -- last )", "a like '\\' escape '\\'", "x = 'a\\'' || ')'"}) {
    const std::string printed = language::printed_engine_sql(text);
    EXPECT_EQ(split_engines(printed).text_for("mariadb"), text);
  }
}

}  // namespace
}  // namespace plumb::test
