#include <gtest/gtest.h>

#include <chrono>

#include "unit/sqlite/stored_text.hpp"

namespace plumb::sqlite {
namespace {

TEST(SqliteProblem, SaysWhatStandsWhereAndWhatIsExpected) {
  const ParseProblem name = problem_of("CREATE TABLE t(a int, 1)");
  EXPECT_EQ(name.offset, 22U);
  EXPECT_EQ(name.reason, "`1` stands where a name is expected");
  const ParseProblem key = problem_of("CREATE TABLE t(a int PRIMARY, b)");
  EXPECT_EQ(key.offset, 28U);
  EXPECT_EQ(key.reason, "`,` stands where `key` is expected");
  const ParseProblem many = problem_of("CREATE TABLE t(a int foo(1) bar)");
  EXPECT_EQ(many.offset, 28U);
  EXPECT_EQ(many.reason, "`bar` stands where it cannot");
  const ParseProblem end = problem_of("CREATE TABLE t(a int NOT");
  EXPECT_EQ(end.offset, 24U);
  EXPECT_EQ(end.reason, "the text ends where `null` or `deferrable` is expected");
}

TEST(SqliteProblem, IsEverythingThatTheEngineWouldNotStore) {
  for (const char* text : {"",
                           ";",
                           "CREATE",
                           "CREATE TABLE",
                           "CREATE TABLE t",
                           "CREATE TABLE t(",
                           "CREATE TABLE t()",
                           "CREATE TABLE t(a",
                           "CREATE TABLE t(a,)",
                           "CREATE TABLE t(a) b",
                           "CREATE TABLE t(a) STRICT,",
                           "CREATE TABLE t(a) WITHOUT",
                           "CREATE TABLE t(a) WITHOUT ROWIDS",
                           "CREATE TABLE t(a) STRICT STRICT",
                           "CREATE TABLE t(a) x",
                           "CREATE TABLE t(a CHECK)",
                           "CREATE TABLE t(a CHECK ()",
                           "CREATE TABLE t(a CHECK ())",
                           "CREATE TABLE t(a CHECK (a)",
                           "CREATE TABLE t(a DEFAULT)",
                           "CREATE TABLE t(a DEFAULT -abc)",
                           "CREATE TABLE t(a DEFAULT -\"x\")",
                           "CREATE TABLE t(a DEFAULT -(1))",
                           "CREATE TABLE t(a DEFAULT 1 + 1)",
                           "CREATE TABLE t(a varchar(x))",
                           "CREATE TABLE t(a varchar(1,2,3))",
                           "CREATE TABLE t(a PRIMARY KEY, PRIMARY KEY(a))",
                           "CREATE TABLE t(a, PRIMARY KEY(b))",
                           "CREATE TABLE t(a, UNIQUE(a + 1))",
                           "CREATE TABLE t(a, UNIQUE())",
                           "CREATE TABLE t(a, CHECK(a), b)",
                           "CREATE TABLE t(a UNIQUE(a))",
                           "CREATE TABLE t(a REFERENCES)",
                           "CREATE TABLE t(a REFERENCES p ON DELETE)",
                           "CREATE TABLE t(a REFERENCES p())",
                           "CREATE TABLE t(a AS (1) foo)",
                           "CREATE TABLE t(a COLLATE)",
                           "CREATE TABLE t(\"a)",
                           "CREATE TABLE t('a)",
                           "CREATE TABLE t([a)",
                           "CREATE TABLE t(a DEFAULT x'01)",
                           "CREATE TABLE t(a) ; b",
                           "CREATE TABLE t AS SELECT 1",
                           "CREATE TABLE t(a int \\ b)",
                           "CREATE INDEX i ON t",
                           "CREATE INDEX i ON t()",
                           "CREATE INDEX i ON t(a",
                           "CREATE INDEX i t(a)",
                           "CREATE INDEX i ON t(a b)",
                           "CREATE INDEX i ON t(a) WHERE",
                           "CREATE INDEX i ON t(a) WHERE (b",
                           "CREATE INDEX i ON t(a) x",
                           "CREATE VIEW v",
                           "CREATE VIEW v AS",
                           "CREATE VIEW v AS SELECT (1",
                           "CREATE VIEW v AS SELECT 'x",
                           "CREATE VIEW v() AS SELECT 1",
                           "CREATE TRIGGER r",
                           "CREATE TRIGGER r AFTER INSERT ON t",
                           "CREATE TRIGGER r AFTER INSERT ON t BEGIN END",
                           "CREATE TRIGGER r AFTER INSERT ON t BEGIN SELECT 1 END",
                           "CREATE TRIGGER r AFTER INSERT ON t BEGIN SELECT 1;",
                           "CREATE TRIGGER r AFTER INSERT ON t WHEN a",
                           "CREATE TRIGGER r AFTER INSERT ON t BEGIN SELECT CASE 1 WHEN 1 THEN 2 END;",
                           "CREATE VIRTUAL TABLE v",
                           "CREATE VIRTUAL TABLE v USING fts5(x",
                           "DROP TABLE t",
                           "SELECT 1"}) {
    const ParseProblem problem = problem_of(text);
    EXPECT_FALSE(problem.reason.empty()) << text;
    EXPECT_LE(problem.offset, std::string_view(text).size()) << text;
  }
}

TEST(SqliteProblem, IsFoundInEveryTextThatIsCutOff) {
  const std::string whole =
      "CREATE TABLE t(a INTEGER CONSTRAINT x PRIMARY KEY AUTOINCREMENT, b varchar(10, 2) NOT NULL DEFAULT "
      "('x' || 1) COLLATE nocase, "
      "c REFERENCES p(x, y) ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED, d GENERATED ALWAYS AS (a + 1) "
      "STORED, "
      "CONSTRAINT k UNIQUE (b COLLATE rtrim DESC, c) ON CONFLICT FAIL, FOREIGN KEY (b, c) REFERENCES p, "
      "CHECK (a))";
  ASSERT_TRUE(std::holds_alternative<Table>(parse_stored_create(whole)));
  for (std::size_t size = 0; size < whole.size(); ++size) {
    const std::string cut = whole.substr(0, size);
    EXPECT_TRUE(std::holds_alternative<ParseProblem>(parse_stored_create(cut))) << cut;
  }
}

TEST(SqliteProblem, AVirtualTableIsNoneButOpaque) {
  const auto object = parse_stored_create("CREATE VIRTUAL TABLE \"v 1\" USING fts5(a, b, content='x)')");
  const auto& opaque = std::get<Opaque>(object);
  EXPECT_EQ(opaque.kind, "virtual table");
  EXPECT_EQ(opaque.name, "v 1");
  EXPECT_NE(opaque.reason.find("fts5"), std::string::npos);
  EXPECT_EQ(opaque.definition, "CREATE VIRTUAL TABLE \"v 1\" USING fts5(a, b, content='x)')");
  EXPECT_EQ(virtual_table_module(opaque.definition), "fts5");
}

std::string repeated(std::string_view text, std::size_t count) {
  std::string out;
  for (std::size_t i = 0; i < count; ++i) out.append(text);
  return out;
}

// The bounds are far above what a linear parse takes and far below what a quadratic one would.
TEST(SqliteProblem, NestingAndLengthOfAnySizeTakeLinearTimeAndNoStack) {
  constexpr std::size_t count = 200'000;
  const std::string open = repeated("(", count);
  const std::string close = repeated(")", count);
  const auto begin = std::chrono::steady_clock::now();
  for (const std::string& text :
       {"CREATE TABLE t(a CHECK " + open + "a" + close + ")", "CREATE TABLE t(a CHECK " + open,
        "CREATE TABLE t(a DEFAULT " + open + close + ")", "CREATE INDEX i ON t(" + open + "a" + close + ")",
        "CREATE INDEX i ON t(" + repeated("-", 1) + repeated("+ ", count) + "a)",
        "CREATE INDEX i ON t(a" + repeated(" COLLATE x", count) + ")",
        "CREATE INDEX i ON t(" + repeated("CASE ", count) + ")",
        "CREATE VIEW v AS SELECT " + open + "1" + close,
        "CREATE TRIGGER r AFTER INSERT ON t WHEN " + open + "1" + close + " BEGIN SELECT 1; END",
        "CREATE TRIGGER r AFTER INSERT ON t WHEN " + repeated("begin ", count),
        "CREATE TRIGGER r AFTER INSERT ON t BEGIN " + repeated("SELECT 1;", count) + " END",
        "CREATE TABLE t(a" + repeated(", CHECK(1)", count) + ")",
        "CREATE TABLE t(a" + repeated(" CONSTRAINT x", count) + ")",
        "CREATE TABLE t(a " + repeated("x ", count) + ")",
        "CREATE TABLE t(a " + repeated("/* */", count) + ")",
        "CREATE TABLE t(a" + repeated(" NOT NULL", count) + ")",
        "CREATE TABLE t(" + repeated("\"", count) + ")"}) {
    (void)parse_stored_create(text);
  }
  const auto seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  EXPECT_LT(seconds, 20.0);
}

}  // namespace
}  // namespace plumb::sqlite
