// Where statements end, as the engines' own clients see it.
#include "desired/sql_script.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace plumb::desired {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::vector<std::string> statements(std::string_view text, const sql::Lexis& lexis) {
  std::vector<std::string> out;
  for (const SqlStatement& statement : split(text, lexis).statements) out.emplace_back(statement.text);
  return out;
}

std::vector<std::string> mariadb(std::string_view text) { return statements(text, sql::mariadb_lexis); }
std::vector<std::string> sqlite(std::string_view text) { return statements(text, sql::sqlite_lexis); }

std::vector<std::string> problems(std::string_view text, const sql::Lexis& lexis) {
  std::vector<std::string> out;
  for (const ScriptProblem& problem : split(text, lexis).problems) out.push_back(problem.message);
  return out;
}

TEST(SqlScript, EndsAtSemicolonsThatAreNotQuoted) {
  EXPECT_THAT(sqlite("a ';' ; b \";\" ; c [;];d `;`"), ElementsAre("a ';'", "b \";\"", "c [;]", "d `;`"));
  EXPECT_THAT(mariadb("a '\\';' ; b \";\" ; # ;\nc /* ; */ d;-- ;\n"), ElementsAre("a '\\';'", "b \";\"", "c /* ; */ d"));
}

TEST(SqlScript, EmptyStatementsAndCommentsAreNone) { EXPECT_THAT(sqlite(" ;; -- a\n /* b */ ;"), IsEmpty()); }

TEST(SqlScript, TheLastNeedsNoSemicolon) { EXPECT_THAT(sqlite("a; b -- c"), ElementsAre("a", "b -- c")); }

TEST(SqlScript, AByteOrderMarkIsPassedOver) {
  EXPECT_THAT(sqlite("\xEF\xBB\xBF" "a;"), ElementsAre("a"));
  EXPECT_THAT(problems("\xFF\xFE" "a", sql::sqlite_lexis), ElementsAre(testing::HasSubstr("UTF-16")));
}

TEST(SqlScript, FollowsDelimiter) {
  EXPECT_THAT(mariadb("a;\nDELIMITER ;;\nb; c;;\ndelimiter //\nd; e//\nDELIMITER ;\nf;"), ElementsAre("a", "b; c", "d; e", "f"));
  EXPECT_THAT(mariadb("DELIMITER $$\nbegin a; end$$\nDELIMITER ;\nb;"), ElementsAre("begin a; end", "b"));
}

TEST(SqlScript, ADelimiterWithoutOneIsAProblem) { EXPECT_THAT(problems("DELIMITER\na;", sql::mariadb_lexis), testing::SizeIs(1)); }

TEST(SqlScript, AVersionCommentIsAStatement) {
  EXPECT_THAT(mariadb("/*M!999999\\- enable the sandbox mode */ \n/*!40101 SET NAMES utf8mb4 */;\n/*!50001 select '*/;' */;"),
              ElementsAre("/*!40101 SET NAMES utf8mb4 */", "/*!50001 select '*/;' */"));
}

TEST(SqlScript, UseNeedsNoDelimiter) { EXPECT_THAT(mariadb("USE shop\na;\nuse `other`;b"), ElementsAre("USE shop", "a", "use `other`", "b")); }

TEST(SqlScript, AProgramWithoutDelimiterEndsWhereItsBlocksEnd) {
  const std::string trigger =
      "CREATE TRIGGER t BEFORE INSERT ON a FOR EACH ROW BEGIN IF x THEN SET y = CASE WHEN 1 THEN 2 END; ELSE SET y = IF(a, b, c); END IF; WHILE x DO SET x = 0; END WHILE; CASE x WHEN 1 THEN "
      "SELECT 1; END CASE; END";
  EXPECT_THAT(mariadb(trigger + ";\nb;"), ElementsAre(trigger, "b"));
  const std::string bare = "CREATE TRIGGER IF NOT EXISTS t BEFORE INSERT ON a FOR EACH ROW IF x THEN SET y = 1; END IF";
  EXPECT_THAT(mariadb(bare + "; b"), ElementsAre(bare, "b"));
  const std::string plain = "CREATE TRIGGER t BEFORE INSERT ON a FOR EACH ROW SET NEW.x = 1";
  EXPECT_THAT(mariadb(plain + "; b"), ElementsAre(plain, "b"));
}

TEST(SqlScript, ATriggerOfSqliteEndsBehindItsEnd) {
  const std::string trigger = "CREATE TEMP TRIGGER t AFTER INSERT ON a BEGIN UPDATE a SET b = CASE WHEN 1 THEN 2 END; DELETE FROM c; END";
  EXPECT_THAT(sqlite(trigger + ";\nCREATE TABLE d (e);"), ElementsAre(trigger, "CREATE TABLE d (e)"));
}

TEST(SqlScript, WhatIsNeverClosedIsAProblemAtItsBeginning) {
  const auto script = split("a; b 'c; d", sql::sqlite_lexis);
  ASSERT_EQ(script.problems.size(), 1U);
  EXPECT_EQ(script.problems[0].offset, 5U);
}

TEST(SqlScript, WordsToTheProgramAboutItsOutputArePassedOver) {
  EXPECT_THAT(sqlite(".bail on\nCREATE TABLE t (a);\n.headers off\n.mode list\nCREATE TABLE u (a);"), ElementsAre("CREATE TABLE t (a)", "CREATE TABLE u (a)"));
  EXPECT_THAT(problems(".read other.sql\n", sql::sqlite_lexis), testing::SizeIs(1));
}

TEST(SqlScript, SeveralStatementsMayStandBeforeOneDelimiter) {
  EXPECT_THAT(mariadb("DELIMITER //\nDROP TRIGGER g;\nCREATE TABLE t (a int);\nCREATE TRIGGER g BEFORE INSERT ON t FOR EACH ROW BEGIN SET NEW.a = 1; SET NEW.a = 2; END//"),
              ElementsAre("DROP TRIGGER g", "CREATE TABLE t (a int)", "CREATE TRIGGER g BEFORE INSERT ON t FOR EACH ROW BEGIN SET NEW.a = 1; SET NEW.a = 2; END"));
}

TEST(SqlScript, CommandsOfTheClientsAreProblems) {
  EXPECT_THAT(problems(".read a.sql\na;", sql::sqlite_lexis), ElementsAre(testing::HasSubstr("`.read a.sql`")));
  EXPECT_THAT(problems("source a.sql\na;", sql::mariadb_lexis), ElementsAre(testing::HasSubstr("`source a.sql`")));
}

}  // namespace
}  // namespace plumb::desired
