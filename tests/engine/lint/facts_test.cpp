// What lint says of an engine is what the engine does: tables with errors are refused by it, all others are taken.
#include <gtest/gtest.h>

#include <set>

#include "language/load.hpp"
#include "lint/lint.hpp"
#include "support/mariadb_server.hpp"
#include "support/error.hpp"
#include "db/target.hpp"
#include "unit/language/case_file.hpp"

namespace plumb::test {
namespace {

bool is_accepted(db::Connection& connection, const std::string& sql) {
  try {
    connection.execute(sql);
    return true;
  } catch (const DatabaseError&) {
    return false;
  }
}

class LintFacts : public MariaDbTest {};

TEST_F(LintFacts, TheServerRefusesWhatIsAnErrorAndTakesTheRest) {
  const Dialect& dialect = dialect_for("mariadb");
  std::size_t refused = 0;
  std::size_t taken = 0;
  for (const Case& one : read_cases("lint")) {
    language::Places places;
    language::Loaded loaded = language::load({SourceText("app.plumb", one.section("app.plumb"))}, &places);
    ASSERT_TRUE(loaded.description.has_value()) << one.path;
    std::set<std::string> with_errors;
    for (const Concern& concern : dialect.concerns(loaded.description->schema)) {
      if (lint::find_rule(concern.rule)->level == lint::Level::Error) with_errors.insert(concern.subject.table);
    }
    connection().execute("SET SESSION foreign_key_checks = 0");
    const CanonicalSchema canonical = dialect.canonicalise(loaded.description->schema);
    for (const auto& [name, table] : canonical.schema().tables) {
      Schema alone;
      alone.tables.emplace(name, table);
      bool accepted = true;
      for (const std::string& statement : dialect.create_statements(alone)) accepted = accepted && is_accepted(connection(), statement);
      EXPECT_EQ(accepted, !with_errors.contains(name)) << one.path << ": " << name;
      ++(accepted ? taken : refused);
      if (accepted) connection().execute("DROP TABLE " + dialect.quote(name));
    }
  }
  EXPECT_GE(refused, 5U);
  EXPECT_GE(taken, 30U);
}

/// Keywords of either engine that are reserved on one, on both or on none.
const std::vector<std::string>& keywords() {
  static const std::vector<std::string> words{"accessible", "action", "all", "alter", "autoincrement", "begin", "between", "check", "comment", "date", "default", "desc", "end", "exists",
                                              "groups", "index", "interval", "join", "key", "limit", "name", "nothing", "offset", "order", "over", "plan", "query", "rank", "returning",
                                              "row", "row_number", "rows", "select", "status", "system", "table", "text", "transaction", "trigger", "type", "user", "usage", "value", "values", "view", "window", "zerofill"};
  return words;
}

TEST_F(LintFacts, MariaDbReservesTheWordsThatItRefusesUnquoted) {
  for (const std::string& word : keywords()) {
    EXPECT_EQ(is_accepted(connection(), "CREATE OR REPLACE TABLE w (" + word + " int)"), !dialect_for("mariadb").is_reserved(word)) << word;
  }
}

TEST(LintFactsOfSqlite, AreTheWordsThatItRefusesUnquoted) {
  const auto connection = db::open(db::parse_target("sqlite::memory:"), db::OpenMode::CreateIfMissing);
  for (const std::string& word : keywords()) {
    const bool as_column = is_accepted(*connection, "CREATE TABLE w (" + word + " int)");
    const bool as_table = is_accepted(*connection, "CREATE TABLE " + word + " (a int)");
    EXPECT_EQ(as_column && as_table, !dialect_for("sqlite").is_reserved(word)) << word;
    connection->execute("DROP TABLE IF EXISTS w");
  }
}

TEST_F(LintFacts, WhatIsCutShortIsCutShort) {
  connection().execute("CREATE TABLE pages (title varchar(1000) CHARACTER SET utf8mb4, slug varchar(900) CHARACTER SET utf8mb4, KEY a (title), UNIQUE KEY b (slug))");
  const auto rows = connection().query("SHOW CREATE TABLE pages").rows;
  const std::string text = db::as_text(rows.at(0).at(1));
  EXPECT_NE(text.find("(`title`(768))"), std::string::npos) << text;
  EXPECT_NE(text.find("USING HASH"), std::string::npos) << text;
}

}  // namespace
}  // namespace plumb::test
