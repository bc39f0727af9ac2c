// Others write into what a deployment is about to lose, at every moment of it: what they were told is written stands once it is rolled back.
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <map>
#include <thread>
#include <tuple>

#include "apply/apply.hpp"
#include "apply/history.hpp"
#include "apply/run_report.hpp"
#include "faults.hpp"
#include "planned.hpp"
#include "plan/document.hpp"
#include "plan/inverse.hpp"
#include "support/error.hpp"
#include "support/mariadb_server.hpp"

namespace plumb::test {
namespace {

/// `fax` and `v1` go, `weight` is narrowed, `size` and `k1` are filled, `total` is computed from now on. The attic has columns of such names itself.
const char* const old_table =
    "CREATE TABLE parts (id bigint NOT NULL PRIMARY KEY, fax varchar(30) NULL, v1 int NULL, weight double NULL, size varchar(10) NULL, k1 int NULL, total int NULL, name varchar(20) NULL)";
const char* const old_rows = "INSERT INTO parts VALUES (1, 'one', 1, 1.25, NULL, NULL, 1, 'a'), (2, NULL, NULL, 2, 'large', 2, NULL, 'b'), (3, 'three', 3, 3.75, NULL, 3, 3, 'c'), (4, 'four', 4, 4.5, NULL, NULL, 4, 'd'), (5, 'five', 5, NULL, 'small', NULL, 5, 'e')";

const char* const desired = R"(
schema late version 2.0.0
table parts {
  id      bigint primary key
  weight  int?
  size    varchar(20) backfill ('medium')
  k1      int backfill (id * 10)
  total   int? as (id * 2) stored
  name    varchar(40)?
  index idx_parts_name (name)
}
drop column parts.fax
drop column parts.v1
)";

/// Another client, which waits for nobody, and remembers what the server has acknowledged and then shows.
class Writer {
 public:
  explicit Writer(const FreshDatabase& database) : session_(database.connect()) {
    session_->execute("SET SESSION lock_wait_timeout = 0, SESSION innodb_lock_wait_timeout = 0");
  }

  void write_all() {
    write(1, "fax", "'ONE'");
    write(2, "fax", "'two'");
    write(3, "fax", "NULL");
    write(2, "v1", "22");
    write(3, "weight", "6.5");  // not what narrowing makes of 3.75
    write(2, "weight", "2.125");
    write(4, "size", "'tiny'");
    write(4, "k1", "44");
    write(2, "total", "222");
    write(1, "name", "'A'");
    insert(9);
  }

  /// By row and column, with the text of the value that stood when it was written.
  using Written = std::map<std::tuple<int, std::string>, std::string>;
  const Written& written() const { return written_; }

 private:
  void write(int id, const std::string& column, const std::string& value) {
    try {
      session_->execute("UPDATE parts SET " + column + " = " + value + " WHERE id = " + std::to_string(id));
      note(id, column);
    } catch (const DatabaseError&) {
      // the server has not taken it
    }
  }

  void insert(int id) {
    try {
      session_->execute("INSERT INTO parts (id, fax, v1, weight, size, k1) VALUES (" + std::to_string(id) + ", 'nine', 9, 9.75, 'huge', 9)");
      for (const char* column : {"fax", "v1", "weight", "size", "k1"}) note(id, column);
    } catch (const DatabaseError&) {
      // it is there, or may not be
    }
  }

  void note(int id, const std::string& column) {
    const auto rows = session_->query("SELECT " + column + " FROM parts WHERE id = " + std::to_string(id)).rows;
    if (!rows.empty()) written_[{id, column}] = db::as_text(rows[0][0]);
  }

  std::unique_ptr<db::Connection> session_;
  Written written_;
};

using MariaDbLateWrites = MariaDbTest;

void expect_stands(db::Connection& connection, const Writer& writer) {
  for (const auto& [place, text] : writer.written()) {
    const auto& [id, column] = place;
    const auto rows = connection.query("SELECT " + column + " FROM parts WHERE id = " + std::to_string(id)).rows;
    ASSERT_EQ(rows.size(), 1U) << "row " << id;
    EXPECT_EQ(db::as_text(rows[0][0]), text) << column << " of row " << id;
  }
}

TEST_F(MariaDbLateWrites, StandAfterARollbackWheneverTheyCame) {
  const Dialect& dialect = dialect_for("mariadb");
  bool reached_the_end = false;
  for (std::size_t call = 1; !reached_the_end && !HasFailure(); call += stride(2)) {
    SCOPED_TRACE("call " + std::to_string(call));
    const FreshDatabase made = server().fresh_database("late");
    const auto session = made.connect();
    session->execute(old_table);
    session->execute(old_rows);
    const plan::Plan plan = planned(*session, desired, {"narrow"});
    Writer writer(made);
    reached_the_end = true;
    FaultyConnection faulty(*session, {call, false}, [&] {
      writer.write_all();
      reached_the_end = false;
    });
    const apply::Result result = apply::apply(faulty, dialect, plan, {});
    ASSERT_EQ(result.outcome, apply::Outcome::Done) << result.message;
    const apply::Result back = roll_back(*session, plan);
    ASSERT_EQ(back.outcome, apply::Outcome::Done) << back.message;
    expect_stands(*session, writer);
  }
}

TEST_F(MariaDbLateWrites, OfATableWithoutAKeyStandInItsCopy) {
  const char* const wanted = "schema late version 2.0.0\ntable notes {\n said varchar(20)? backfill ('nothing')\n}\ndrop column notes.extra\n";
  bool reached_the_end = false;
  for (std::size_t call = 1; !reached_the_end && !HasFailure(); call += stride(2)) {
    SCOPED_TRACE("call " + std::to_string(call));
    const FreshDatabase made = server().fresh_database("late");
    const auto session = made.connect();
    session->execute("CREATE TABLE notes (said varchar(20) NULL, extra int NULL)");
    session->execute("INSERT INTO notes VALUES ('a', 1), ('a', 1), (NULL, 3)");
    const plan::Plan plan = planned(*session, wanted, {"narrow"});
    const auto other = made.connect();
    other->execute("SET SESSION lock_wait_timeout = 0, SESSION innodb_lock_wait_timeout = 0");
    reached_the_end = true;
    bool is_written = false;
    FaultyConnection faulty(*session, {call, false}, [&] {
      reached_the_end = false;
      try {
        is_written = other->execute("UPDATE notes SET extra = 100 WHERE extra = 3") == 1;
      } catch (const DatabaseError&) {
        // the server has not taken it
      }
    });
    const apply::Result result = apply::apply(faulty, dialect_for("mariadb"), plan, {});
    ASSERT_EQ(result.outcome, apply::Outcome::Done) << result.message;
    const auto step = std::find_if(plan.steps.rbegin(), plan.steps.rend(), [](const Step& one) { return one.how == "keep aside"; });
    EXPECT_EQ(db::single_integer(*session, "SELECT sum(extra) FROM " + step->aside), is_written ? 102 : 5);
  }
}

TEST_F(MariaDbLateWrites, OfALargeTableStand) {
  connection().execute(old_table);
  connection().execute("INSERT INTO parts SELECT seq, 'as it was', seq, seq + 0.25, IF(seq % 2, NULL, 'given'), IF(seq % 3, NULL, seq), seq, 'name' FROM seq_1_to_100000");
  const plan::Plan plan = planned(connection(), desired, {"narrow"});
  std::atomic<bool> stopped{false};
  std::map<std::tuple<int, std::string>, std::string> written;
  std::chrono::milliseconds longest{};
  std::thread writer([&] {
    const auto session = database().connect();
    for (int turn = 1; !stopped; ++turn) {
      const int id = 1 + turn * 7919 % 100000;
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
      for (const char* column : {"fax", "weight", "size", "v1"}) {
        const auto begin = std::chrono::steady_clock::now();
        try {
          if (session->execute("UPDATE parts SET " + std::string(column) + " = " + std::to_string(turn) + " WHERE id = " + std::to_string(id)) == 1) written[{id, column}] = std::to_string(turn);
        } catch (const DatabaseError&) {
          // the server has not taken it
        }
        longest = std::max(longest, std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - begin));
      }
    }
  });
  apply::Options patient;
  patient.lock_timeout = std::chrono::seconds(60);
  const apply::Result result = apply::apply(connection(), dialect_for("mariadb"), plan, patient);
  patient.undoes = 1;
  const apply::Result back = apply::apply(connection(), dialect_for("mariadb"), plan::inverse(plan, plan.steps.size()), patient);
  stopped = true;
  writer.join();
  ASSERT_EQ(result.outcome, apply::Outcome::Done) << result.message;
  ASSERT_EQ(back.outcome, apply::Outcome::Done) << back.message;
  const apply::RunReport report;
  const auto reported = std::max(apply::longest_wait(report, plan, result), apply::longest_wait(report, plan::inverse(plan, plan.steps.size()), back));
  EXPECT_LE(longest.count(), reported.count() + 500) << "a writer waited longer than the report says";
  std::map<std::tuple<int, std::string>, std::string> found;
  for (const std::string column : {"fax", "weight", "size", "v1"}) {
    connection().for_each_row("SELECT id, " + column + " FROM parts", [&](const sql::Row& row) { found[{std::stoi(db::as_text(row[0])), column}] = db::as_text(row[1]); });
  }
  std::size_t lost = 0;
  for (const auto& [place, value] : written) lost += found[place] == value ? 0 : 1;
  EXPECT_EQ(lost, 0U) << "of " << written.size();
  EXPECT_GT(written.size(), 100U);
  EXPECT_EQ(db::single_integer(connection(), "SELECT count(*) FROM parts WHERE fax IS NULL OR weight IS NULL OR v1 IS NULL"), 0);
}

// MariaDB 10.11 goes down over an ALTER by COPY of such a table behind LOCK TABLES.
TEST_F(MariaDbLateWrites, AreNotLockedOutOfATableThatAsksASequence) {
  connection().execute("CREATE SEQUENCE numbers");
  connection().execute("CREATE TABLE asks (id bigint NOT NULL DEFAULT nextval(numbers) PRIMARY KEY, fax varchar(20) NULL, weight double NULL)");
  connection().execute("INSERT INTO asks (fax, weight) VALUES ('one', 1.25), (NULL, 2)");
  const State old = state_of(connection(), dialect_for("mariadb"));
  const plan::Plan plan = planned(connection(), "schema late version 2.0.0\ntable asks {\n id bigint primary key = (nextval(numbers))\n weight int?\n}\ndrop column asks.fax\n", {"narrow"});
  const apply::Result result = apply::apply(connection(), dialect_for("mariadb"), plan, {});
  ASSERT_EQ(result.outcome, apply::Outcome::Done) << result.message;
  EXPECT_NE(plan::to_text(plan, false).find("whose default asks a sequence"), std::string::npos);
  ASSERT_EQ(roll_back(connection(), plan).outcome, apply::Outcome::Done);
  EXPECT_TRUE(state_of(connection(), dialect_for("mariadb")) == old);
}

TEST_F(MariaDbLateWrites, WantTheRightToLockTables) {
  connection().execute(old_table);
  const plan::Plan plan = planned(connection(), desired, {"narrow"});
  const auto session = db::open(make_user({"GRANT SELECT, INSERT, UPDATE, DELETE, CREATE, DROP, ALTER, INDEX, REFERENCES, TRIGGER, CREATE VIEW, SHOW VIEW ON `" + database().name() + "`.*"}), db::OpenMode::ReadWrite);
  const apply::Result result = apply::apply(*session, dialect_for("mariadb"), plan, {});
  EXPECT_EQ(result.outcome, apply::Outcome::Refused);
  EXPECT_TRUE(result.statements_run.empty());
  EXPECT_NE(result.message.find("takes the right LOCK TABLES"), std::string::npos) << result.message;
}

TEST_F(MariaDbLateWrites, StandAlsoWhereTheRunIsCutOffAndResumed) {
  const Dialect& dialect = dialect_for("mariadb");
  bool reached_the_end = false;
  for (std::size_t call = 2; !reached_the_end && !HasFailure(); call += stride(3)) {
    for (const bool after : {false, true}) {
      SCOPED_TRACE("call " + std::to_string(call) + (after ? ", after" : ", before"));
      const FreshDatabase made = server().fresh_database("late");
      const auto session = made.connect();
      session->execute(old_table);
      session->execute(old_rows);
      const plan::Plan plan = planned(*session, desired, {"narrow"});
      reached_the_end = !apply_until_killed(made.target(), dialect, plan, {call, after});
      Writer writer(made);
      while (!reached_the_end && db::single_integer(*session, "SELECT count(*) FROM information_schema.PROCESSLIST WHERE DB = DATABASE() AND ID <> CONNECTION_ID()") > 1) continue;
      writer.write_all();
      const auto open = apply::half_done(*session, dialect);
      if (open) {
        const apply::Result result = apply::resume(*session, dialect, plan, open->number, {});
        ASSERT_EQ(result.outcome, apply::Outcome::Done) << result.message;
      }
      if (apply::deployments(*session, dialect).empty()) continue;  // it had not begun
      const apply::Result back = roll_back(*session, plan);
      ASSERT_EQ(back.outcome, apply::Outcome::Done) << back.message;
      expect_stands(*session, writer);
    }
  }
}

}  // namespace
}  // namespace plumb::test
