#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "db/connection.hpp"
#include "db/target.hpp"
#include "support/error.hpp"

namespace plumb::db {
namespace {

using testing::HasSubstr;

class SqliteWriteGuard : public testing::Test {
 protected:
  void SetUp() override {
    connection_ = open(parse_target("sqlite::memory:"), OpenMode::CreateIfMissing);
    for (const char* sql : {
             "PRAGMA foreign_keys = ON",
             "CREATE TABLE spells (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT UNIQUE)",
             "CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT)",
             "CREATE TABLE known (spell INTEGER REFERENCES spells (id) ON DELETE CASCADE)",
             "CREATE TABLE audited (id INTEGER)",
             "CREATE TABLE log (text TEXT)",
             "CREATE TRIGGER keep_log AFTER INSERT ON audited BEGIN INSERT INTO log VALUES ('new'); END",
         }) {
      connection_->execute(sql);
    }
  }

  void guard(const std::vector<std::string>& writable) {
    EXPECT_TRUE(connection_->allow_writes_only_to(writable));
  }

  /// The message of the refusal.
  std::string refusal(std::string_view sql) {
    try {
      connection_->execute(sql);
    } catch (const DatabaseError& error) {
      EXPECT_EQ(error.kind(), DatabaseErrorKind::AccessDenied) << error.what();
      return error.what();
    }
    return "not refused";
  }

  std::unique_ptr<Connection> connection_;
};

TEST_F(SqliteWriteGuard, LetsTheNamedTablesBeWritten) {
  guard({"SPELLS", "audited", "log"});
  EXPECT_EQ(connection_->execute("INSERT INTO spells (name) VALUES ('Bannen')"),
            1U);  // writes sqlite_sequence, too
  EXPECT_EQ(connection_->execute("UPDATE spells SET name = 'Feuer'"), 1U);
  EXPECT_EQ(connection_->execute("INSERT INTO audited VALUES (1)"), 1U);
}

TEST_F(SqliteWriteGuard, NamesTheTableThatItProtects) {
  guard({"spells"});
  EXPECT_THAT(refusal("INSERT INTO users VALUES (1, 'a')"),
              HasSubstr("writing to table `users` is not allowed"));
  EXPECT_THAT(refusal("UPDATE users SET name = ''"), HasSubstr("`users`"));
  EXPECT_THAT(refusal("DELETE FROM users"), HasSubstr("`users`"));
  EXPECT_EQ(single_integer(*connection_, "SELECT count(*) FROM users"), 0);
}

TEST_F(SqliteWriteGuard, HoldsAgainstATrigger) {
  guard({"audited"});
  EXPECT_THAT(refusal("INSERT INTO audited VALUES (1)"), HasSubstr("table `log` (by trigger `keep_log`)"));
}

TEST_F(SqliteWriteGuard, HoldsAgainstAForeignKeysCascade) {
  guard({"spells"});
  EXPECT_THAT(refusal("DELETE FROM spells"), HasSubstr("`known`"));
  EXPECT_THAT(refusal("REPLACE INTO spells VALUES (1, 'x')"), HasSubstr("`known`"));
}

TEST_F(SqliteWriteGuard, HoldsAgainstAlteringAndDropping) {
  guard({"spells"});
  EXPECT_THAT(refusal("ALTER TABLE users ADD COLUMN x"), HasSubstr("altering table `users`"));
  EXPECT_THAT(refusal("ALTER TABLE users DROP COLUMN name"), HasSubstr("`users`"));
  EXPECT_THAT(refusal("ALTER TABLE users RENAME TO x"), HasSubstr("`users`"));
  EXPECT_THAT(refusal("ALTER TABLE users RENAME COLUMN name TO x"), HasSubstr("`users`"));
  EXPECT_THAT(refusal("DROP TABLE users"), HasSubstr("`users`"));
}

TEST_F(SqliteWriteGuard, HoldsAgainstWritingTheSchemaTable) {
  guard({"spells"});
  EXPECT_THAT(refusal("PRAGMA writable_schema = 1"), HasSubstr("sqlite_schema"));
}

TEST_F(SqliteWriteGuard, HoldsAgainstAnAttachedDatabase) {
  connection_->execute("ATTACH ':memory:' AS other");
  connection_->execute("CREATE TABLE other.spells (id)");
  guard({"spells"});
  EXPECT_THAT(refusal("INSERT INTO other.spells VALUES (1)"), HasSubstr("`spells`"));
}

TEST_F(SqliteWriteGuard, HoldsAgainstAStatementThatWasPreparedBefore) {
  const auto insert = connection_->prepare("INSERT INTO users VALUES (?, ?)");
  const sql::Row row = {sql::Value(std::int64_t{1}), sql::Value(std::string("a"))};
  EXPECT_EQ(insert->execute(row), 1U);
  guard({"spells"});
  EXPECT_THROW(insert->execute(row), DatabaseError);
  EXPECT_THROW(connection_->prepare("DELETE FROM users"), DatabaseError);
}

TEST_F(SqliteWriteGuard, LeavesReadingAndTemporaryTablesAlone) {
  guard({});
  EXPECT_EQ(single_integer(*connection_, "SELECT count(*) FROM users"), 0);
  connection_->execute("CREATE TEMP TABLE incoming (a)");
  EXPECT_EQ(connection_->execute("INSERT INTO incoming VALUES (1)"), 1U);
}

TEST_F(SqliteWriteGuard, IsGoneWhenItIsLifted) {
  guard({});
  EXPECT_THROW(connection_->execute("DELETE FROM users"), DatabaseError);
  EXPECT_TRUE(connection_->allow_writes_only_to(std::nullopt));
  EXPECT_EQ(connection_->execute("INSERT INTO users VALUES (1, 'a')"), 1U);
}

}  // namespace
}  // namespace plumb::db
