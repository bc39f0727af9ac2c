#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <cmath>
#include <limits>

#include "db/connection.hpp"
#include "db/target.hpp"
#include "support/error.hpp"
#include "support/file.hpp"
#include "support/scratch_folder.hpp"

namespace plumb::db {
namespace {

using sql::Blob;
using sql::Row;
using sql::Value;
using testing::ElementsAre;
using testing::HasSubstr;

class SqliteConnections : public testing::Test {
 protected:
  std::string file(const std::string& name = "a.db") const { return folder_ / name; }
  std::unique_ptr<Connection> connect(OpenMode mode = OpenMode::CreateIfMissing,
                                      const std::string& more = {}) const {
    return open(parse_target("sqlite:" + file() + more), mode);
  }
  test::ScratchFolder folder_;
};

template <class Work>
DatabaseError failure(Work work) {
  try {
    work();
  } catch (const DatabaseError& error) {
    return error;
  }
  return {DatabaseErrorKind::Other, "none", 0, "nothing failed"};
}

/// Takes on the rights of the user nobody: root may write whatever the permissions say.
class AsNobody {
 public:
  AsNobody() {
    if (geteuid() == 0 && seteuid(65534) != 0) throw std::runtime_error("seteuid failed");
  }
  ~AsNobody() {
    if (getuid() == 0 && seteuid(0) != 0) std::abort();
  }
  AsNobody(const AsNobody&) = delete;
  AsNobody& operator=(const AsNobody&) = delete;
};

TEST_F(SqliteConnections, SayWhatTheyAre) {
  const auto connection = connect();
  EXPECT_EQ(connection->engine(), "sqlite");
  EXPECT_EQ(connection->server_version(), sqlite3_libversion());
  EXPECT_EQ(connection->database(), file());
  EXPECT_EQ(connection->display_name(), "sqlite:" + file());
  EXPECT_TRUE(connection->warnings().empty());
}

TEST_F(SqliteConnections, GiveEveryKindOfValueBackExactly) {
  const auto connection = connect();
  connection->execute("CREATE TABLE t (a, b, c, d, e)");
  const Row row = {Value(std::numeric_limits<std::int64_t>::min()), Value(0.1),
                   Value(std::string("Grüße 🐉 'x'")), Value(Blob{std::string("\0\xFF\x01", 3)}), Value()};
  const auto insert = connection->prepare("INSERT INTO t VALUES (?, ?, ?, ?, ?)");
  EXPECT_EQ(insert->execute(row), 1U);
  const ResultSet result = connection->query("SELECT * FROM t");
  EXPECT_THAT(result.columns, ElementsAre("a", "b", "c", "d", "e"));
  ASSERT_EQ(result.rows.size(), 1U);
  EXPECT_EQ(result.rows[0], row);
  EXPECT_EQ(as_text(*single_value(*connection,
                                  "SELECT typeof(a)||typeof(b)||typeof(c)||typeof(d)||typeof(e) FROM t")),
            "integerrealtextblobnull");
}

TEST_F(SqliteConnections, KeepEmptyTextAndEmptyBytesApartFromNull) {
  const auto connection = connect();
  connection->execute("CREATE TABLE t (a, b, c)");
  const Row row = {Value(std::string()), Value(Blob{}), Value(std::string("a\0b", 3))};
  connection->prepare("INSERT INTO t VALUES (?, ?, ?)")->execute(row);
  EXPECT_EQ(connection->query("SELECT * FROM t").rows[0], row);
}

TEST_F(SqliteConnections, CountTheRowsThatAStatementChangedAndNoneForDefinitions) {
  const auto connection = connect();
  EXPECT_EQ(connection->execute("CREATE TABLE t (a)"), 0U);
  EXPECT_EQ(connection->execute("INSERT INTO t VALUES (1), (2), (3)"), 3U);
  EXPECT_EQ(connection->execute("CREATE TABLE u (a)"), 0U);
  EXPECT_EQ(connection->execute("UPDATE t SET a = a + 1 WHERE a > 1"), 2U);
  EXPECT_EQ(connection->execute("ALTER TABLE t ADD COLUMN b"), 0U);
  EXPECT_EQ(connection->execute("UPDATE t SET a = 9 WHERE a > 100"), 0U);
  EXPECT_EQ(connection->execute("DELETE FROM t"), 3U);
  EXPECT_EQ(connection->execute("DROP TABLE t"), 0U);
}

TEST_F(SqliteConnections, CountNoRowsThatTriggersChanged) {
  const auto connection = connect();
  connection->execute("CREATE TABLE t (a)");
  connection->execute("CREATE TABLE log (a)");
  connection->execute(
      "CREATE TRIGGER tr AFTER INSERT ON t BEGIN INSERT INTO log VALUES (1); INSERT INTO log VALUES (2); "
      "END");
  EXPECT_EQ(connection->execute("INSERT INTO t VALUES (1)"), 1U);
  EXPECT_EQ(single_integer(*connection, "SELECT count(*) FROM log"), 2);
}

TEST_F(SqliteConnections, RefuseASecondStatementInOneCall) {
  const auto connection = connect();
  connection->execute("CREATE TABLE t (a); -- a comment may follow");
  const DatabaseError error =
      failure([&] { connection->execute("INSERT INTO t VALUES (1); DELETE FROM t"); });
  EXPECT_THAT(error.what(), HasSubstr("more than one statement"));
  EXPECT_EQ(single_integer(*connection, "SELECT count(*) FROM t"), 0);
}

TEST_F(SqliteConnections, RefuseAZeroByteInAStatement) {
  const auto connection = connect();
  EXPECT_THAT(failure([&] { connection->execute(std::string_view("CREATE TABLE t (a)\0 x", 21)); }).what(),
              HasSubstr("zero byte"));
  EXPECT_EQ(single_integer(*connection, "SELECT count(*) FROM sqlite_schema"), 0);
}

TEST_F(SqliteConnections, DoNothingForAnEmptyStatement) {
  const auto connection = connect();
  EXPECT_EQ(connection->execute(" -- nothing\n"), 0U);
  EXPECT_TRUE(connection->query("").rows.empty());
  EXPECT_EQ(connection->prepare("/* nothing */")->execute({}), 0U);
}

TEST_F(SqliteConnections, RefuseTheWrongNumberOfParameters) {
  const auto connection = connect();
  const auto statement = connection->prepare("SELECT ?");
  EXPECT_THAT(failure([&] { statement->execute({}); }).what(), HasSubstr("has 1 parameters, 0 were given"));
}

TEST_F(SqliteConnections, RunQueriesInOrder) {
  const auto connection = connect();
  const std::vector<std::string> queries = {"SELECT 1 AS one", "SELECT 'b' UNION ALL SELECT 'c'"};
  const auto results = connection->query_all(queries);
  ASSERT_EQ(results.size(), 2U);
  EXPECT_EQ(results[0].rows, (std::vector<Row>{{Value(std::int64_t{1})}}));
  EXPECT_EQ(results[1].rows.size(), 2U);
  std::vector<std::size_t> numbers;
  connection->for_each_result(queries,
                              [&](std::size_t number, const ResultSet&) { numbers.push_back(number); });
  EXPECT_THAT(numbers, ElementsAre(0U, 1U));
  EXPECT_TRUE(connection->exact_defaults("t").empty());
  const std::vector<std::string> broken = {"SELECT 1", "SELECT nope"};
  EXPECT_EQ(failure([&] { connection->query_all(broken); }).sql(), "SELECT nope");
}

TEST_F(SqliteConnections, StreamRowsAndLetTheVisitorStopThem) {
  const auto connection = connect();
  const std::string numbers =
      "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n WHERE i < 1000) SELECT i FROM n";
  std::int64_t sum = 0;
  connection->for_each_row(numbers, [&](const Row& row) { sum += std::get<std::int64_t>(row[0]); });
  EXPECT_EQ(sum, 500500);
  EXPECT_THROW(connection->for_each_row(numbers, [](const Row&) { throw std::runtime_error("enough"); }),
               std::runtime_error);
  EXPECT_EQ(single_integer(*connection, "SELECT 7"), 7);
}

TEST_F(SqliteConnections, TellAMissingFileFromAnEmptyDatabase) {
  const DatabaseError error = failure([&] { connect(OpenMode::ReadWrite); });
  EXPECT_EQ(error.kind(), DatabaseErrorKind::Connection);
  EXPECT_THAT(error.what(), HasSubstr("`" + file() + "`: no such file"));
  EXPECT_EQ(failure([&] { connect(OpenMode::ReadOnly); }).kind(), DatabaseErrorKind::Connection);
  EXPECT_FALSE(file_exists(file()));
  connect(OpenMode::CreateIfMissing);
  EXPECT_TRUE(connect(OpenMode::ReadWrite)->query("SELECT * FROM sqlite_schema").rows.empty());
}

TEST_F(SqliteConnections, RefuseAFolderAndAFileInAMissingFolder) {
  const auto target = [](const std::string& path) { return parse_target("sqlite:" + path); };
  EXPECT_THAT(failure([&] { open(target(folder_.path()), OpenMode::CreateIfMissing); }).what(),
              HasSubstr("folder"));
  EXPECT_EQ(failure([&] { open(target(folder_ / "no/such/a.db"), OpenMode::CreateIfMissing); }).kind(),
            DatabaseErrorKind::Connection);
}

TEST_F(SqliteConnections, RefuseAFileThatIsNoDatabase) {
  write_file(file(), std::string(5000, 'x'));
  const DatabaseError error = failure([&] { connect(OpenMode::ReadWrite); });
  EXPECT_EQ(error.kind(), DatabaseErrorKind::Corrupt);
  EXPECT_THAT(error.what(), HasSubstr("`" + file() + "`: file is not a database"));
}

TEST_F(SqliteConnections, RefuseADatabaseWhoseSchemaIsDamaged) {
  connect()->execute("CREATE TABLE something_long_enough (a)");
  std::string bytes = read_file(file());
  const std::size_t at = bytes.rfind("CREATE TABLE");
  bytes.replace(at, 12, "CREATE TABEL");
  write_file(file(), bytes);
  const DatabaseError error = failure([&] { connect(OpenMode::ReadOnly); });
  EXPECT_EQ(error.kind(), DatabaseErrorKind::Corrupt);
  EXPECT_THAT(error.what(), HasSubstr("malformed"));
}

TEST_F(SqliteConnections, OpenedForReadingRefuseToWrite) {
  connect()->execute("CREATE TABLE t (a)");
  const auto connection = connect(OpenMode::ReadOnly);
  EXPECT_EQ(failure([&] { connection->execute("INSERT INTO t VALUES (1)"); }).kind(),
            DatabaseErrorKind::ReadOnly);
  const auto memory = open(parse_target("sqlite::memory:"), OpenMode::ReadOnly);
  EXPECT_EQ(failure([&] { memory->execute("CREATE TABLE t (a)"); }).kind(), DatabaseErrorKind::ReadOnly);
}

TEST_F(SqliteConnections, SayAtOnceThatAFileCannotBeWritten) {
  connect()->execute("CREATE TABLE t (a)");
  chmod(file().c_str(), 0444);
  chmod(folder_.path().c_str(), 0755);
  const AsNobody nobody;
  const DatabaseError error = failure([&] { connect(OpenMode::ReadWrite); });
  EXPECT_EQ(error.kind(), DatabaseErrorKind::ReadOnly);
  EXPECT_THAT(error.what(), HasSubstr("cannot be written"));
  EXPECT_NO_THROW(connect(OpenMode::ReadOnly)->query("SELECT * FROM t"));
}

TEST_F(SqliteConnections, SayThatAFolderCannotBeWritten) {
  connect()->execute("CREATE TABLE t (a)");
  chmod(file().c_str(), 0666);
  chmod(folder_.path().c_str(), 0555);
  const AsNobody nobody;
  const auto connection = connect(OpenMode::ReadWrite);
  const DatabaseError error = failure([&] { connection->execute("INSERT INTO t VALUES (1)"); });
  EXPECT_EQ(error.kind(), DatabaseErrorKind::ReadOnly);
  EXPECT_THAT(error.what(), HasSubstr("folder"));
}

TEST_F(SqliteConnections, WaitForABusyDatabaseAndThenSaySo) {
  const auto holder = connect();
  holder->execute("CREATE TABLE t (a)");
  const Transaction transaction(*holder);
  const auto other = connect(OpenMode::ReadWrite, "?busy-timeout=50");
  const auto begin = std::chrono::steady_clock::now();
  const DatabaseError error = failure([&] { other->execute("INSERT INTO t VALUES (1)"); });
  EXPECT_GE(std::chrono::steady_clock::now() - begin, std::chrono::milliseconds(45));
  EXPECT_EQ(error.kind(), DatabaseErrorKind::Locked);
  EXPECT_EQ(error.code() & 0xFF, SQLITE_BUSY);
  EXPECT_THAT(error.what(), HasSubstr("another process is using the database"));
}

TEST_F(SqliteConnections, SayWhichConstraintFailed) {
  const auto connection = connect();
  connection->execute("CREATE TABLE t (a UNIQUE, b CHECK (b > 0))");
  connection->execute("INSERT INTO t VALUES (1, 1)");
  const DatabaseError error = failure([&] { connection->execute("INSERT INTO t VALUES (1, 1)"); });
  EXPECT_EQ(error.kind(), DatabaseErrorKind::Constraint);
  EXPECT_EQ(error.code(), SQLITE_CONSTRAINT_UNIQUE);
  EXPECT_THAT(error.what(), HasSubstr("t.a"));
  EXPECT_EQ(error.sql(), "INSERT INTO t VALUES (1, 1)");
}

TEST_F(SqliteConnections, SayThatNoSpaceIsLeft) {
  const auto connection = connect();
  connection->execute("CREATE TABLE t (a)");
  connection->query("PRAGMA max_page_count = 3");
  EXPECT_EQ(failure([&] { connection->execute("INSERT INTO t VALUES (randomblob(100000))"); }).kind(),
            DatabaseErrorKind::Full);
}

TEST_F(SqliteConnections, RollBackATransactionThatWasNotCommitted) {
  const auto connection = connect();
  connection->execute("CREATE TABLE t (a)");
  {
    const Transaction transaction(*connection);
    connection->execute("INSERT INTO t VALUES (1)");
    connection->execute("CREATE TABLE u (a)");
  }
  EXPECT_EQ(single_integer(*connection, "SELECT count(*) FROM t"), 0);
  EXPECT_EQ(single_integer(*connection, "SELECT count(*) FROM sqlite_schema WHERE name = 'u'"), 0);
  {
    Transaction transaction(*connection);
    connection->execute("INSERT INTO t VALUES (1)");
    transaction.commit();
  }
  EXPECT_EQ(single_integer(*connection, "SELECT count(*) FROM t"), 1);
}

TEST_F(SqliteConnections, HoldTheWriteLockFromTheBeginOfATransaction) {
  const auto first = connect();
  const auto second = connect(OpenMode::ReadWrite, "?busy-timeout=0");
  const Transaction transaction(*first);
  EXPECT_EQ(failure([&] { const Transaction other(*second); }).kind(), DatabaseErrorKind::Locked);
}

TEST_F(SqliteConnections, KeepATransactionOpenWhoseCommitMetAReader) {
  const auto writer = connect(OpenMode::CreateIfMissing, "?busy-timeout=0");
  writer->execute("CREATE TABLE t (a)");
  writer->execute("INSERT INTO t VALUES (0)");
  const auto reader = connect(OpenMode::ReadOnly);
  Transaction transaction(*writer);
  writer->execute("INSERT INTO t VALUES (1)");
  reader->for_each_row("SELECT * FROM t", [&](const Row&) {
    EXPECT_EQ(failure([&] { transaction.commit(); }).kind(), DatabaseErrorKind::Locked);
  });
  transaction.commit();
  EXPECT_EQ(single_integer(*reader, "SELECT count(*) FROM t"), 2);
}

constexpr const char* endless =
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n) SELECT count(*) FROM n";

TEST_F(SqliteConnections, AskAboutTenTimesASecondWhetherToGoOn) {
  const auto connection = connect();
  int calls = 0;
  connection->on_progress([&] { return ++calls < 4; });
  const auto begin = std::chrono::steady_clock::now();
  const DatabaseError error = failure([&] { connection->query(endless); });
  const auto took = std::chrono::steady_clock::now() - begin;
  EXPECT_EQ(error.code() & 0xFF, SQLITE_INTERRUPT);
  EXPECT_EQ(calls, 4);
  EXPECT_GE(took, std::chrono::milliseconds(390));
  EXPECT_LT(took, std::chrono::seconds(5));
  connection->on_progress(nullptr);
  EXPECT_EQ(single_integer(*connection, "SELECT 1"), 1);
}

TEST_F(SqliteConnections, PassOnWhatTheProgressCallbackThrows) {
  const auto connection = connect();
  connection->on_progress([]() -> bool { throw std::logic_error("stop it"); });
  EXPECT_THROW(connection->query(endless), std::logic_error);
}

TEST_F(SqliteConnections, RunAStatementForManyRows) {
  const auto connection = connect();
  connection->execute("CREATE TABLE t (a, b)");
  std::vector<Row> rows;
  for (std::int64_t i = 0; i < 5000; ++i)
    rows.push_back({Value(i), i % 3 == 0 ? Value() : Value(std::to_string(i))});
  Transaction transaction(*connection);
  EXPECT_EQ(connection->prepare("INSERT INTO t VALUES (?, ?)")->execute_many(rows), 5000U);
  transaction.commit();
  EXPECT_EQ(connection->query("SELECT a, b FROM t ORDER BY a").rows, rows);
}

TEST_F(SqliteConnections, APreparedStatementWorksAgainAfterAFailure) {
  const auto connection = connect();
  connection->execute("CREATE TABLE t (a UNIQUE)");
  const auto insert = connection->prepare("INSERT INTO t VALUES (?)");
  EXPECT_EQ(insert->execute(Row{Value(std::int64_t{1})}), 1U);
  EXPECT_EQ(failure([&] { insert->execute(Row{Value(std::int64_t{1})}); }).kind(),
            DatabaseErrorKind::Constraint);
  EXPECT_EQ(insert->execute(Row{Value(std::int64_t{2})}), 1U);
  connection->execute("DROP TABLE t");
}

TEST_F(SqliteConnections, GiveOneValueAsIntegerAndAsText) {
  const auto connection = connect();
  EXPECT_EQ(single_integer(*connection, "SELECT '42'"), 42);
  EXPECT_EQ(single_integer(*connection, "SELECT NULL"), 0);
  EXPECT_EQ(single_integer(*connection, "SELECT 1 WHERE 0"), 0);
  EXPECT_EQ(single_value(*connection, "SELECT 1 WHERE 0"), std::nullopt);
  EXPECT_EQ(as_text(Value(0.1)), "0.1");
  EXPECT_EQ(as_text(Value(std::int64_t{-3})), "-3");
  EXPECT_EQ(as_text(Value()), "");
  EXPECT_THROW(single_integer(*connection, "SELECT 'many'"), DatabaseError);
}

}  // namespace
}  // namespace plumb::db
