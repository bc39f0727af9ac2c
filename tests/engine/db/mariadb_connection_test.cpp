#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <cmath>
#include <limits>

#include "db/connection.hpp"
#include "support/error.hpp"
#include "support/mariadb_server.hpp"

namespace plumb::db {
namespace {

using sql::Blob;
using sql::Row;
using sql::Value;
using testing::Each;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::StartsWith;

using MariaDbConnections = test::MariaDbTest;

Value integer(std::int64_t number) {
  return number;
}
Value text(std::string value) {
  return value;
}

TEST_F(MariaDbConnections, SayWhatTheyAre) {
  EXPECT_EQ(connection().engine(), "mariadb");
  EXPECT_THAT(connection().server_version(), HasSubstr("MariaDB"));
  EXPECT_EQ(connection().database(), database().name());
  EXPECT_THAT(connection().display_name(), StartsWith("mariadb://root@localhost/" + database().name()));
}

TEST_F(MariaDbConnections, PinTheSessionWhateverTheServersDefaultsAre) {
  const Row row = connection()
                      .query(
                          "SELECT @@sql_mode, @@sql_quote_show_create, @@lock_wait_timeout, @@autocommit,"
                          " @@character_set_client, @@character_set_results, @@collation_connection,"
                          " @@foreign_key_checks, @@explicit_defaults_for_timestamp")
                      .rows[0];
  EXPECT_EQ(as_text(row[0]),
            "NO_AUTO_VALUE_ON_ZERO,STRICT_ALL_TABLES,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION");
  EXPECT_EQ(row[1], integer(1));
  EXPECT_EQ(row[2], integer(10));
  EXPECT_EQ(row[3], integer(1));
  EXPECT_EQ(row[4], text("utf8mb4"));
  EXPECT_EQ(row[5], text("utf8mb4"));
  EXPECT_EQ(row[6], text("utf8mb4_general_ci"));
  EXPECT_EQ(row[7], integer(1));
  EXPECT_EQ(row[8], integer(1));
}

TEST_F(MariaDbConnections, TakeTheLockTimeoutFromTheTarget) {
  Target target = database().target();
  target.parameters["lock-wait-timeout"] = "3";
  EXPECT_EQ(single_integer(*open(target, OpenMode::ReadOnly), "SELECT @@lock_wait_timeout"), 3);
}

TEST_F(MariaDbConnections, GiveEachColumnTypeItsKindOfValue) {
  connection().execute(
      "CREATE TABLE t (a BIGINT, b BIGINT UNSIGNED, c DOUBLE, d DECIMAL(20,4), e DATETIME(3), f VARCHAR(20),"
      " g VARBINARY(20), h BLOB, i TEXT, j BIT(4), k YEAR, l INT(5) ZEROFILL, m ENUM('x','y'), n UUID, o "
      "JSON,"
      " p POINT, q DATE, r TIME, s INET6, u CHAR(3) CHARACTER SET latin1)");
  connection().execute(
      "INSERT INTO t VALUES (-9223372036854775808, 18446744073709551615, 0.1, 1234567890123456.7891,"
      " '2020-02-03 04:05:06.789', 'Grüße 🐉', x'00FF', x'FE00', 'lang', b'101', 2024, 7, 'y',"
      " '123e4567-e89b-12d3-a456-426614174000', '{\"a\":1}', POINT(1,2), '0000-00-00', '-12:34:56', '::1', "
      "'äöü')");
  const Row row = connection().query("SELECT * FROM t").rows[0];
  const Row expected = {integer(std::numeric_limits<std::int64_t>::min()),
                        text("18446744073709551615"),
                        Value(0.1),
                        text("1234567890123456.7891"),
                        text("2020-02-03 04:05:06.789"),
                        text("Grüße 🐉"),
                        Value(Blob{std::string("\0\xFF", 2)}),
                        Value(Blob{std::string("\xFE\0", 2)}),
                        text("lang"),
                        Value(Blob{"\x05"}),
                        integer(2024),
                        integer(7),
                        text("y"),
                        text("123e4567-e89b-12d3-a456-426614174000"),
                        text("{\"a\":1}")};
  for (std::size_t i = 0; i < expected.size(); ++i) EXPECT_EQ(row[i], expected[i]) << "column " << i;
  EXPECT_TRUE(std::holds_alternative<Blob>(row[15]));
  EXPECT_EQ(row[16], text("0000-00-00"));
  EXPECT_EQ(row[17], text("-12:34:56"));
  EXPECT_EQ(row[18], text("::1"));
  EXPECT_EQ(row[19], text("äöü"));
  EXPECT_EQ(connection().query("SELECT NULL, a + NULL FROM t").rows[0], (Row{Value(), Value()}));
}

TEST_F(MariaDbConnections, ReadADoubleExactlyAndAFloatWhenItIsWidened) {
  connection().execute("CREATE TABLE t (d DOUBLE, f FLOAT)");
  const double largest = std::numeric_limits<double>::max();
  connection().prepare("INSERT INTO t VALUES (?, ?)")->execute(Row{Value(largest), Value(16777216.0)});
  EXPECT_EQ(connection().query("SELECT d, f, f + 0e0 FROM t").rows[0],
            (Row{Value(largest), Value(16777200.0), Value(16777216.0)}));
}

TEST_F(MariaDbConnections, BindEveryKindOfValueExactly) {
  connection().execute("CREATE TABLE t (a BIGINT, b DOUBLE, c TEXT, d BLOB, e INT, f TEXT, g BLOB)");
  const Row row = {integer(std::numeric_limits<std::int64_t>::min()),
                   Value(-0.1),
                   text("It's \"quoted\" \\ `x` 🐉 \n"),
                   Value(Blob{std::string("\0\xFF'\\", 4)}),
                   Value(),
                   text(""),
                   Value(Blob{})};
  const auto insert = connection().prepare("INSERT INTO t VALUES (?, ?, ?, ?, ?, ?, ?)");
  EXPECT_EQ(insert->execute(row), 1U);
  EXPECT_EQ(connection().query("SELECT * FROM t").rows[0], row);
  // The same statement again with other types.
  const Row other = {text("-5"), integer(3), Value(), Value(Blob{"x"}), integer(9), text("y"), Value()};
  EXPECT_EQ(insert->execute(other), 1U);
  EXPECT_EQ(connection().query("SELECT * FROM t WHERE e = 9").rows[0],
            (Row{integer(-5), Value(3.0), Value(), Value(Blob{"x"}), integer(9), text("y"), Value()}));
  EXPECT_THROW(insert->execute(Row{Value()}), DatabaseError);
}

TEST_F(MariaDbConnections, CountTheRowsThatAStatementChangedAndNoneForDefinitions) {
  EXPECT_EQ(connection().execute("CREATE TABLE t (a INT)"), 0U);
  EXPECT_EQ(connection().execute("INSERT INTO t VALUES (1), (2), (3)"), 3U);
  EXPECT_EQ(connection().execute("UPDATE t SET a = 5 WHERE a >= 2"), 2U);
  EXPECT_EQ(connection().execute("UPDATE t SET a = 5 WHERE a = 5"), 0U);
  EXPECT_EQ(connection().execute("ALTER TABLE t MODIFY a BIGINT, ALGORITHM=COPY"), 0U);
  EXPECT_EQ(connection().execute("/* copies */ CREATE TABLE u AS SELECT * FROM t"), 0U);
  EXPECT_EQ(connection().execute("SELECT * FROM t"), 0U);
  EXPECT_EQ(connection().execute("DELETE FROM t"), 3U);
}

TEST_F(MariaDbConnections, KeepTheWarningsOfTheLastExecute) {
  connection().execute("DROP TABLE IF EXISTS never_was");
  connection().query("SELECT 1");
  EXPECT_THAT(connection().warnings(),
              ElementsAre("Note 1051: Unknown table '" + database().name() + ".never_was'"));
  connection().execute("DO 0");
  EXPECT_TRUE(connection().warnings().empty());
}

TEST_F(MariaDbConnections, RunOneStatementACallAndNoSecondOne) {
  connection().execute("CREATE TABLE t (a INT)");
  EXPECT_THROW(connection().execute("INSERT INTO t VALUES (1); INSERT INTO t VALUES (2)"), DatabaseError);
  const std::vector<std::string> queries = {"SELECT 1"};
  connection().query_all(queries);
  EXPECT_THROW(connection().query("SELECT 1; SELECT 2"), DatabaseError);
  EXPECT_EQ(single_integer(connection(), "SELECT count(*) FROM t"), 0);
}

TEST_F(MariaDbConnections, ReadAllResultsOfACall) {
  connection().execute("CREATE PROCEDURE p() BEGIN SELECT 1 AS a; SELECT 2 AS b; END");
  EXPECT_EQ(connection().query("CALL p()").rows, (std::vector<Row>{{integer(1)}}));
  connection().execute("CALL p()");
  connection().prepare("CALL p()")->execute({});
  EXPECT_EQ(single_integer(connection(), "SELECT 3"), 3);
}

TEST_F(MariaDbConnections, RunManyQueriesInOrder) {
  std::vector<std::string> queries;
  for (int i = 0; i < 1001; ++i) queries.push_back("SELECT " + std::to_string(i) + " AS n");
  const auto results = connection().query_all(queries);
  ASSERT_EQ(results.size(), queries.size());
  for (int i = 0; i < 1001; ++i) {
    EXPECT_EQ(results[static_cast<std::size_t>(i)].rows, (std::vector<Row>{{integer(i)}}));
  }
  EXPECT_TRUE(connection().query_all({}).empty());
}

TEST_F(MariaDbConnections, SplitABatchOfLargeQueries) {
  const std::vector<std::string> queries(5, "SELECT '" + std::string(600000, 'x') + "'");
  const auto results = connection().query_all(queries);
  ASSERT_EQ(results.size(), 5U);
  for (const auto& result : results) EXPECT_EQ(as_text(result.rows[0][0]).size(), 600000U);
}

TEST_F(MariaDbConnections, RunABatchWhoseQueriesEndInCommentsOrSemicolons) {
  const std::vector<std::string> queries = {"SELECT 1 -- one", "SELECT 2 ; ", "DO 0", "SELECT 3"};
  const auto results = connection().query_all(queries);
  ASSERT_EQ(results.size(), 4U);
  EXPECT_EQ(results[1].rows[0][0], integer(2));
  EXPECT_TRUE(results[2].columns.empty());
  EXPECT_EQ(results[3].rows[0][0], integer(3));
}

TEST_F(MariaDbConnections, NameTheQueryOfABatchThatFailedAndGoOnAfterwards) {
  const std::vector<std::string> queries = {"SELECT 1", "SELECT nope", "SELECT 3"};
  try {
    connection().query_all(queries);
    FAIL() << "the unknown column was not noticed";
  } catch (const DatabaseError& error) {
    EXPECT_EQ(error.sql(), "SELECT nope");
    EXPECT_EQ(error.code(), 1054);
  }
  EXPECT_EQ(single_integer(connection(), "SELECT 4"), 4);
}

TEST_F(MariaDbConnections, GiveTheResultsOfABatchAwayOneByOne) {
  std::vector<std::string> queries;
  for (int i = 0; i < 450; ++i) queries.push_back("SELECT " + std::to_string(i));
  std::size_t seen = 0;
  connection().for_each_result(queries, [&](std::size_t number, const ResultSet& result) {
    EXPECT_EQ(number, seen++);
    EXPECT_EQ(result.rows.at(0).at(0), integer(static_cast<std::int64_t>(number)));
  });
  EXPECT_EQ(seen, 450U);
}

TEST_F(MariaDbConnections, LetTheVisitorStopABatch) {
  const std::vector<std::string> queries(300, "SELECT 1");
  const auto stop = [](std::size_t number, const ResultSet&) {
    if (number == 3) throw std::runtime_error("enough");
  };
  EXPECT_THROW(connection().for_each_result(queries, stop), std::runtime_error);
  EXPECT_EQ(single_integer(connection(), "SELECT 4"), 4);
  EXPECT_THROW(connection().query("SELECT 1; SELECT 2"), DatabaseError);
}

TEST_F(MariaDbConnections, TellDefaultsThatTheServerCannotPrint) {
  connection().execute(
      "CREATE TABLE t (a INT NOT NULL, b VARCHAR(9) NOT NULL DEFAULT '🐉?', c INT DEFAULT 5)");
  const auto defaults = connection().exact_defaults("t");
  EXPECT_EQ(defaults.at("b"), "🐉?");
  EXPECT_EQ(defaults.at("c"), "5");
  EXPECT_THROW(connection().exact_defaults("never_was"), DatabaseError);
}

TEST_F(MariaDbConnections, RefuseABatchWhoseQueryIsTwo) {
  const std::vector<std::string> queries = {"SELECT 1; SELECT 2", "SELECT 3"};
  EXPECT_THROW(connection().query_all(queries), DatabaseError);
  EXPECT_EQ(single_integer(connection(), "SELECT 4"), 4);
}

TEST_F(MariaDbConnections, StreamRowsAndLetTheVisitorStopThem) {
  std::int64_t sum = 0;
  connection().for_each_row("SELECT seq FROM seq_1_to_1000",
                            [&](const Row& row) { sum += std::get<std::int64_t>(row[0]); });
  EXPECT_EQ(sum, 500500);
  EXPECT_THROW(connection().for_each_row("SELECT seq FROM seq_1_to_100000",
                                         [](const Row&) { throw std::runtime_error("enough"); }),
               std::runtime_error);
  EXPECT_EQ(single_integer(connection(), "SELECT 7"), 7);
}

TEST_F(MariaDbConnections, NoticeAFailureInTheMiddleOfAStream) {
  int rows = 0;
  const auto count = [&](const Row&) { ++rows; };
  EXPECT_THROW(
      connection().for_each_row(
          "SELECT IF(seq < 90000, seq, (SELECT 1 UNION ALL SELECT 2 FROM seq_1_to_2)) FROM seq_1_to_100000",
          count),
      DatabaseError);
  EXPECT_GT(rows, 0);
  EXPECT_EQ(single_integer(connection(), "SELECT 7"), 7);
}

TEST_F(MariaDbConnections, RollBackATransactionThatWasNotCommitted) {
  connection().execute("CREATE TABLE t (a INT)");
  {
    const Transaction transaction(connection());
    connection().execute("INSERT INTO t VALUES (1)");
  }
  EXPECT_EQ(single_integer(connection(), "SELECT count(*) FROM t"), 0);
  {
    Transaction transaction(connection());
    connection().execute("INSERT INTO t VALUES (1)");
    transaction.commit();
  }
  EXPECT_EQ(single_integer(connection(), "SELECT count(*) FROM t"), 1);
}

TEST_F(MariaDbConnections, OpenedForReadingRefuseToWrite) {
  connection().execute("CREATE TABLE t (a INT)");
  const auto reader = database().connect(OpenMode::ReadOnly);
  for (const char* sql :
       {"INSERT INTO t VALUES (1)", "CREATE TABLE u (a INT)", "ALTER TABLE t ADD b INT", "DROP TABLE t"}) {
    try {
      reader->execute(sql);
      ADD_FAILURE() << sql << " was not refused";
    } catch (const DatabaseError& error) {
      EXPECT_EQ(error.kind(), DatabaseErrorKind::ReadOnly) << error.what();
    }
  }
  EXPECT_EQ(single_integer(*reader, "SELECT GET_LOCK('x', 0)"), 1);
}

TEST_F(MariaDbConnections, CannotGuardTheWritesOfASession) {
  EXPECT_FALSE(connection().allow_writes_only_to(std::vector<std::string>{"t"}));
}

// ---- many rows ----

std::vector<Row> mixed_rows(std::int64_t count) {
  std::vector<Row> rows;
  for (std::int64_t i = 0; i < count; ++i) {
    rows.push_back({integer(i), i % 3 == 0 ? Value() : text("größer " + std::to_string(i)),
                    i % 5 == 0 ? Value() : Value(static_cast<double>(i) / 8),
                    Value(Blob{std::string(1, '\0') + "x"}), Value()});
  }
  return rows;
}

TEST_F(MariaDbConnections, InsertManyRowsByArrayBinding) {
  connection().execute(
      "CREATE TABLE t (a BIGINT PRIMARY KEY, b VARCHAR(50), c DOUBLE, d VARBINARY(10), e INT)");
  const std::vector<Row> rows = mixed_rows(3501);
  Transaction transaction(connection());
  EXPECT_EQ(connection().prepare("INSERT INTO t VALUES (?, ?, ?, ?, ?)")->execute_many(rows), rows.size());
  transaction.commit();
  EXPECT_EQ(connection().query("SELECT * FROM t ORDER BY a").rows, rows);
}

TEST_F(MariaDbConnections, InsertManyRowsWhoseTypesChange) {
  connection().execute("CREATE TABLE t (a INT PRIMARY KEY AUTO_INCREMENT, b VARCHAR(50))");
  const std::vector<Row> rows = {{integer(1)}, {text("two")}, {Value()}, {Value(2.5)}, {integer(5)}};
  const auto insert = connection().prepare("INSERT INTO t (b) VALUES (?)");
  EXPECT_EQ(insert->execute_many(rows), 5U);
  EXPECT_EQ(insert->execute(rows[1]), 1U);
  EXPECT_EQ(insert->execute_many(std::span(rows).first(1)), 1U);
  EXPECT_EQ(insert->execute_many({}), 0U);
  std::vector<std::string> values;
  const ResultSet stored = connection().query("SELECT b FROM t ORDER BY a");
  for (const auto& row : stored.rows) values.push_back(as_text(row[0]));
  EXPECT_THAT(values, ElementsAre("1", "two", "", "2.5", "5", "two", "1"));
}

TEST_F(MariaDbConnections, UpdateAndDeleteManyRows) {
  connection().execute("CREATE TABLE t (a INT PRIMARY KEY, b INT)");
  connection().execute("INSERT INTO t SELECT seq, 0 FROM seq_1_to_100");
  std::vector<Row> updates;
  std::vector<Row> keys;
  for (std::int64_t i = 1; i <= 100; ++i) {
    updates.push_back({integer(i * 2), integer(i)});
    if (i > 50) keys.push_back({integer(i)});
  }
  Transaction transaction(connection());
  EXPECT_EQ(connection().prepare("UPDATE t SET b = ? WHERE a = ?")->execute_many(updates), 100U);
  EXPECT_EQ(connection().prepare("DELETE FROM t WHERE a = ?")->execute_many(keys), 50U);
  transaction.commit();
  EXPECT_EQ(single_integer(connection(), "SELECT sum(b) FROM t"), 2550);
}

TEST_F(MariaDbConnections, LeaveNothingOfAFailedBatchAfterTheRollback) {
  connection().execute("CREATE TABLE t (a INT PRIMARY KEY)");
  const std::vector<Row> rows = {{integer(1)}, {integer(2)}, {integer(1)}};
  try {
    const Transaction transaction(connection());
    connection().prepare("INSERT INTO t VALUES (?)")->execute_many(rows);
    ADD_FAILURE() << "the duplicate was not noticed";
  } catch (const DatabaseError& error) {
    EXPECT_EQ(error.kind(), DatabaseErrorKind::Constraint);
    EXPECT_THAT(error.what(), HasSubstr("Duplicate entry '1'"));
  }
  EXPECT_EQ(single_integer(connection(), "SELECT count(*) FROM t"), 0);
}

TEST_F(MariaDbConnections, WriteManyRowsBehindTheCallersBack) {
  connection().execute("CREATE TABLE t (a BIGINT PRIMARY KEY, b VARCHAR(50), c DOUBLE, d VARBINARY(10), e INT)");
  const std::vector<Row> rows = mixed_rows(9001);
  const auto insert = connection().prepare("INSERT INTO t VALUES (?, ?, ?, ?, ?)");
  Transaction transaction(connection());
  insert->load_many(std::span(rows).first(5000));
  insert->start_many();
  insert->load_many(std::span(rows).subspan(5000));  // does not wait
  EXPECT_EQ(single_integer(connection(), "SELECT count(*) FROM t"), 5000);  // waits
  EXPECT_EQ(insert->finish(), 5000U);
  EXPECT_EQ(insert->finish(), 0U);
  insert->start_many();
  transaction.commit();
  EXPECT_EQ(connection().query("SELECT * FROM t ORDER BY a").rows, rows);
}

TEST_F(MariaDbConnections, RunNothingAfterAFailureBehindTheCallersBack) {
  connection().execute("CREATE TABLE t (a INT PRIMARY KEY)");
  const std::vector<Row> rows = {{integer(1)}, {integer(2)}, {integer(1)}};
  const auto insert = connection().prepare("INSERT INTO t VALUES (?)");
  {
    Transaction transaction(connection());
    insert->load_many(rows);
    insert->start_many();
    EXPECT_THROW(connection().execute("INSERT INTO t VALUES (7)"), DatabaseError);
    EXPECT_THROW(connection().query("SELECT 1"), DatabaseError);
    try {
      insert->finish();
      ADD_FAILURE() << "the duplicate was not noticed";
    } catch (const DatabaseError& error) {
      EXPECT_EQ(error.kind(), DatabaseErrorKind::Constraint);
      EXPECT_THAT(error.what(), HasSubstr("Duplicate entry '1'"));
    }
    connection().execute("INSERT INTO t VALUES (7)");  // the failure has been told
  }
  EXPECT_EQ(single_integer(connection(), "SELECT count(*) FROM t"), 0);
  {
    Transaction transaction(connection());
    insert->load_many(rows);
    insert->start_many();
    EXPECT_THROW(transaction.commit(), DatabaseError);
  }
  {
    const Transaction transaction(connection());
    insert->load_many(rows);
    insert->start_many();
  }
  EXPECT_EQ(single_integer(connection(), "SELECT count(*) FROM t"), 0);
}

// ---- progress ----

TEST_F(MariaDbConnections, AskAboutTenTimesASecondWhetherToGoOn) {
  std::atomic<int> calls{0};
  connection().on_progress([&] { return ++calls < 4; });
  const auto begin = std::chrono::steady_clock::now();
  try {
    connection().query("SELECT count(*) FROM seq_1_to_1000000000 a, seq_1_to_1000000000 b");
    FAIL() << "the statement was not interrupted";
  } catch (const DatabaseError& error) {
    EXPECT_EQ(error.code(), 1317) << error.what();
  }
  const auto took = std::chrono::steady_clock::now() - begin;
  EXPECT_EQ(calls, 4);
  EXPECT_GE(took, std::chrono::milliseconds(390));
  EXPECT_LT(took, std::chrono::seconds(10));
}

TEST_F(MariaDbConnections, GoOnWithTheNextStatementAfterAnInterruption) {
  for (int round = 0; round < 20; ++round) {
    connection().on_progress([] { return false; });
    // Ends at about the moment at which the KILL comes.
    try {
      connection().query("SELECT SLEEP(0.1)");
    } catch (const DatabaseError& error) {
      EXPECT_EQ(error.code(), 1317);
    }
    connection().on_progress(nullptr);
    EXPECT_EQ(single_integer(connection(), "SELECT 5"), 5);
  }
}

TEST_F(MariaDbConnections, PassOnWhatTheProgressCallbackThrows) {
  connection().on_progress([]() -> bool { throw std::logic_error("stop it"); });
  EXPECT_THROW(connection().query("SELECT count(*) FROM seq_1_to_1000000000 a, seq_1_to_1000000000 b"),
               std::logic_error);
  connection().on_progress(nullptr);
  EXPECT_EQ(single_integer(connection(), "SELECT 5"), 5);
}

TEST_F(MariaDbConnections, LetAStatementRunAsLongAsTheCallbackWants) {
  std::atomic<int> calls{0};
  connection().on_progress([&] {
    ++calls;
    return true;
  });
  connection().query("SELECT SLEEP(0.35)");
  EXPECT_GE(calls, 2);
  const int before = calls;
  connection().query("SELECT 1");
  EXPECT_EQ(calls, before);
}

}  // namespace
}  // namespace plumb::db
