// A column takes another type and goes back: every value that nobody has written since is what it was, and what somebody has written is never cut.
#include <gtest/gtest.h>

#include <map>
#include <set>

#include "apply/apply.hpp"
#include "faults.hpp"
#include "planned.hpp"
#include "plan/document.hpp"
#include "plan/inverse.hpp"
#include "support/error.hpp"
#include "support/mariadb_server.hpp"

namespace plumb::test {
namespace {

struct Kind {
  const char* type;
  std::vector<const char*> values;
};

const std::vector<Kind> kinds{
    {"int(11)", {"7", "-20241231", "2024"}},
    {"bigint(20) unsigned", {"0", "18446744073709551615"}},
    {"decimal(9,3)", {"1.250", "202412.000"}},
    {"float", {"0.1", "1e30"}},
    {"double", {"0.1", "1e300", "123456.789"}},
    {"varchar(5)", {"'1e9'", "'abc  '", "'0.50'", "'2024'", "''"}},
    {"varchar(30)", {"'2024-01-02'", "'2024-01-02 03:04:05.125'", "'12:30'", "'007'", "'ä'", "'a'"}},
    {"char(4)", {"'a'", "'12'"}},
    {"binary(4)", {"'a'", "x'00ff0080'", "'2024'"}},
    {"varbinary(6)", {"'a'", "'a '", "x'00ff0080'"}},
    {"text", {"'long enough'", "'1.5'", "'[1]'"}},
    {"blob", {"'bytes'", "x'ff'"}},
    {"enum('a','b','12')", {"'a'", "'12'"}},
    {"set('a','b')", {"'a,b'", "''"}},
    {"date", {"'2024-01-02'", "'0001-01-01'"}},
    {"datetime(3)", {"'2024-01-02 03:04:05.125'", "'9999-12-31 23:59:59.999'"}},
    {"time", {"'12:30:00'", "'-838:59:59'"}},
    {"year(4)", {"2024", "1901"}},
    {"bit(10)", {"5", "1000"}},
    {"uuid", {"'123e4567-e89b-12d3-a456-426614174000'"}},
    {"inet6", {"'::1'", "'::ffff:1.2.3.4'"}},
};

class MariaDbTypesBack : public MariaDbTest, public testing::WithParamInterface<Kind> {
 protected:
  static std::string said(const std::string& table, const char* type) { return "table " + table + " {\n  id int primary key\n  c native(\"" + std::string(type) + "\")\n}\n"; }

  /// The server itself refuses the value as the other type.
  bool is_refused(const std::string& type, const std::string& value, const std::string& other) {
    connection().execute("CREATE OR REPLACE TABLE tried (c " + type + " NOT NULL)");
    connection().execute("INSERT INTO tried VALUES (" + value + ")");
    try {
      connection().execute("ALTER TABLE tried MODIFY c " + other + " NOT NULL");
      return false;
    } catch (const DatabaseError&) {
      return true;
    }
  }
};

TEST_P(MariaDbTypesBack, GiveEveryValueAgain) {
  const auto& [type, values] = GetParam();
  std::map<std::string, const char*> wanted;
  for (const Kind& other : kinds) {
    for (const char* value : values) {
      if (std::string(other.type) == type || is_refused(type, value, other.type)) continue;
      const std::string table = "t" + std::to_string(wanted.size());
      connection().execute("CREATE TABLE " + table + " (id int NOT NULL PRIMARY KEY, c " + type + " NOT NULL)");
      connection().execute("INSERT INTO " + table + " VALUES (1, " + value + ")");
      wanted.emplace(table, other.type);
    }
  }
  connection().execute("DROP TABLE tried");
  const auto text = [&] {
    std::string said_all = "schema types\n";
    for (const auto& [table, other] : wanted) said_all += said(table, other);
    return said_all;
  };
  std::set<std::string> refused;  // more cautiously than the server
  for (const auto& blocked : draft_for(connection(), description_of(text()), {"narrow"}).plan.blocked) {
    for (const auto& [table, other] : wanted) {
      if (blocked.text.find("`" + table + ".") != std::string::npos || blocked.text.find("`" + table + "`") != std::string::npos) refused.insert(table);
    }
  }
  for (const auto& table : refused) {
    connection().execute("DROP TABLE " + table);
    wanted.erase(table);
  }
  EXPECT_GT(wanted.size(), 1U);
  RecordProperty("changes", static_cast<int>(wanted.size()));
  const State old = state_of(connection(), dialect_for("mariadb"));
  const plan::Plan plan = planned(connection(), text(), {"narrow"});
  const apply::Result result = apply::apply(connection(), dialect_for("mariadb"), plan, {});
  ASSERT_EQ(result.outcome, apply::Outcome::Done) << result.message;
  const apply::Result back = roll_back(connection(), plan);
  ASSERT_EQ(back.outcome, apply::Outcome::Done) << back.message;
  for (const auto& report : back.steps) EXPECT_TRUE(report.warnings.empty()) << report.what << ": " << report.warnings.front();
  const State now = state_of(connection(), dialect_for("mariadb"));
  EXPECT_EQ(now.fingerprint, old.fingerprint);
  for (const auto& [table, rows] : old.contents) EXPECT_EQ(now.contents.at(table), rows) << type << " to " << wanted.at(table) << " and back";
}

INSTANTIATE_TEST_SUITE_P(, MariaDbTypesBack, testing::ValuesIn(kinds), [](const auto& kind) {
  std::string name;
  for (const char c : std::string(kind.param.type)) {
    if (std::isalnum(static_cast<unsigned char>(c)) != 0) name += c;
  }
  return name;
});

TEST(SqliteTypesBack, GiveEveryValueAgain) {
  const std::vector<Kind> of_sqlite{{"integer", {"7", "9223372036854775807", "'word'", "2.5", "x'00'"}}, {"varchar(20)", {"'007'", "'1e9'", "'2.0'", "'5'", "' 5'", "'abc'", "x'31'", "'9007199254740993'"}},
                                    {"double", {"0.1", "1e300", "2", "0.30000000000000004", "'word'"}}, {"numeric", {"'1.10'", "0.1", "12"}}, {"blob", {"'5'", "5", "0.1", "x'35'"}}};
  const auto connection = db::open(db::parse_target("sqlite::memory:"), db::OpenMode::CreateIfMissing);
  std::string said = "schema types\n";
  int number = 0;
  for (const Kind& from : of_sqlite) {
    for (const Kind& to : of_sqlite) {
      if (from.type == to.type) continue;
      const std::string table = "t" + std::to_string(++number);
      connection->execute("CREATE TABLE " + table + " (id bigint NOT NULL PRIMARY KEY, c " + from.type + " NOT NULL)");
      int id = 0;
      for (const char* value : from.values) connection->execute("INSERT INTO " + table + " VALUES (" + std::to_string(++id) + ", " + value + ")");
      said += "table " + table + " {\n  id bigint primary key\n  c native(\"" + to.type + "\")\n}\n";
    }
  }
  const State old = state_of(*connection, dialect_for("sqlite"));
  const plan::Plan plan = planned(*connection, said, {"narrow"});
  const apply::Result result = apply::apply(*connection, dialect_for("sqlite"), plan, {});
  ASSERT_EQ(result.outcome, apply::Outcome::Done) << result.message;
  const apply::Result back = roll_back(*connection, plan);
  ASSERT_EQ(back.outcome, apply::Outcome::Done) << back.message;
  const State now = state_of(*connection, dialect_for("sqlite"));
  EXPECT_EQ(now.fingerprint, old.fingerprint);
  for (const auto& [table, rows] : old.contents) EXPECT_EQ(now.contents.at(table), rows) << table;
}

using MariaDbWrittenSince = MariaDbTest;

constexpr const char* marks_as_datetime = "schema types\ntable marks {\n  id int primary key\n  c datetime\n}\n";

void make_marks(db::Connection& connection) {
  connection.execute("CREATE TABLE marks (id int NOT NULL PRIMARY KEY, c varchar(12) NOT NULL)");
  connection.execute("INSERT INTO marks VALUES (1, '2024-01-02'), (2, '20240102'), (3, '2024-1-2')");
}

std::string list(db::Connection& connection, const std::string& sql) {
  std::string text;
  for (const auto& row : connection.query(sql).rows) {
    for (const auto& value : row) text += db::as_text(value) + ",";
    text += " ";
  }
  return text;
}

TEST_F(MariaDbWrittenSince, AValueThatDoesNotFitTheOldTypeIsInTheWayBeforeAnythingIsUndone) {
  make_marks(connection());
  const plan::Plan plan = planned(connection(), marks_as_datetime, {"narrow"});
  ASSERT_EQ(apply::apply(connection(), dialect_for("mariadb"), plan, {}).outcome, apply::Outcome::Done);
  connection().execute("UPDATE marks SET c = '2025-05-06 07:08:09' WHERE id = 2");
  connection().execute("INSERT INTO marks VALUES (4, '2026-05-06 07:08:09')");
  const apply::Result stopped = roll_back(connection(), plan);
  EXPECT_EQ(stopped.outcome, apply::Outcome::Refused) << stopped.message;
  EXPECT_TRUE(stopped.statements_run.empty());
  EXPECT_NE(stopped.message.find("2 rows of table `marks` came since and do not fit `c` as `varchar(12)`"), std::string::npos) << stopped.message;
  connection().execute("DELETE FROM marks WHERE id IN (2, 4)");
  const apply::Result back = roll_back(connection(), plan);
  ASSERT_EQ(back.outcome, apply::Outcome::Done) << back.message;
  EXPECT_EQ(list(connection(), "SELECT * FROM marks ORDER BY id"), "1,2024-01-02, 3,2024-1-2, ");
}

// A row that came since is converted in the attic, beside a column that had no NULLs there.
TEST_F(MariaDbWrittenSince, ARowGoesBackBesideAColumnThatWasDropped) {
  connection().execute("CREATE TABLE codes (id int NOT NULL PRIMARY KEY, c varchar(20) NOT NULL, gone int NOT NULL DEFAULT 5)");
  connection().execute("INSERT INTO codes VALUES (1, '007', 1)");
  const plan::Plan plan = planned(connection(), "schema types\ntable codes {\n  id int primary key\n  c int\n}\ndrop column codes.gone\n", {"narrow"});
  ASSERT_EQ(apply::apply(connection(), dialect_for("mariadb"), plan, {}).outcome, apply::Outcome::Done);
  connection().execute("INSERT INTO codes VALUES (2, 34)");
  const apply::Result back = roll_back(connection(), plan);
  ASSERT_EQ(back.outcome, apply::Outcome::Done) << back.message;
  EXPECT_EQ(list(connection(), "SELECT * FROM codes ORDER BY id"), "1,007,1, 2,34,5, ");
}

// The server runs the triggers whatever plumb does: the plan says so, and only rows that get another value are touched.
TEST_F(MariaDbWrittenSince, TriggersRunOnceForARowThatGetsItsEarlierValue) {
  connection().execute("CREATE TABLE codes (id int NOT NULL PRIMARY KEY, c varchar(20) NOT NULL, d int NULL)");
  connection().execute("CREATE TABLE seen (n int)");
  connection().execute("CREATE TRIGGER watch AFTER UPDATE ON codes FOR EACH ROW INSERT INTO seen VALUES (NEW.id)");
  connection().execute("INSERT INTO codes VALUES (1, '007', NULL), (2, '8', 3)");
  const plan::Plan plan = planned(connection(), "schema types\ntable codes {\n  id int primary key\n  c int\n  d int backfill (4)\n}\ntable seen {\n  n int?\n}\ntrigger watch after update on codes (insert into seen values (new.id))\n", {"narrow"});
  const std::string text = plan::to_text(plan, false);
  EXPECT_NE(text.find("Trigger watch runs for each row that is filled."), std::string::npos) << text;
  EXPECT_NE(text.find("Trigger watch runs on the way back, for each row that gets its earlier value."), std::string::npos) << text;
  ASSERT_EQ(apply::apply(connection(), dialect_for("mariadb"), plan, {}).outcome, apply::Outcome::Done);
  EXPECT_EQ(list(connection(), "SELECT n FROM seen"), "1, ");
  const apply::Result back = roll_back(connection(), plan);
  ASSERT_EQ(back.outcome, apply::Outcome::Done) << back.message;
  EXPECT_EQ(list(connection(), "SELECT * FROM codes ORDER BY id"), "1,007,, 2,8,3, ");
  EXPECT_EQ(list(connection(), "SELECT n FROM seen"), "1, 1, 1, ") << "the fill, the value and the fill undone";
}

// Between the question and the lock; behind the lock, and after it.
TEST_F(MariaDbWrittenSince, AValueThatComesDuringTheWayBackIsNeverCut) {
  const Dialect& dialect = dialect_for("mariadb");
  bool reached_the_end = false;
  std::size_t refused = 0;
  for (std::size_t call = 1; !reached_the_end && !HasFailure(); ++call) {
    SCOPED_TRACE("call " + std::to_string(call));
    const FreshDatabase made = server().fresh_database("since");
    const auto session = made.connect();
    make_marks(*session);
    const plan::Plan plan = planned(*session, marks_as_datetime, {"narrow"});
    ASSERT_EQ(apply::apply(*session, dialect, plan, {}).outcome, apply::Outcome::Done);
    const auto writer = made.connect();
    writer->execute("SET SESSION lock_wait_timeout = 0, SESSION innodb_lock_wait_timeout = 0");
    bool is_written = false;
    reached_the_end = true;
    FaultyConnection faulty(*session, {call, false}, [&] {
      reached_the_end = false;
      try {
        is_written = writer->execute("UPDATE marks SET c = '2025-05-06 07:08:09' WHERE id = 2") == 1;
      } catch (const DatabaseError&) {
        // the server has not taken it
      }
    });
    apply::Options undoing;
    undoing.undoes = 1;
    const apply::Result back = apply::apply(faulty, dialect, plan::inverse(plan, plan.steps.size()), undoing);
    if (is_written) {
      EXPECT_EQ(back.outcome, apply::Outcome::Refused) << back.message;
      EXPECT_EQ(list(*session, "SELECT c FROM marks WHERE id = 2"), "2025-05-06 07:08:09, ");
      ++refused;
      continue;
    }
    ASSERT_EQ(back.outcome, apply::Outcome::Done) << back.message;
    EXPECT_EQ(list(*session, "SELECT c FROM marks ORDER BY id"), "2024-01-02, 20240102, 2024-1-2, ");
  }
  EXPECT_GT(refused, 2U);
}

void expect_wider_values_in_the_way(db::Connection& connection, const std::string& engine, const char* create, const char* said, const char* written) {
  connection.execute(create);
  connection.execute("INSERT INTO codes VALUES (1, 12)");
  const plan::Plan plan = planned(connection, said, {"narrow"});
  ASSERT_EQ(apply::apply(connection, dialect_for(engine), plan, {}).outcome, apply::Outcome::Done);
  connection.execute("INSERT INTO codes VALUES (2, " + std::string(written) + ")");
  const apply::Result stopped = roll_back(connection, plan);
  EXPECT_EQ(stopped.outcome, apply::Outcome::Refused) << stopped.message;
  EXPECT_NE(stopped.message.find("1 row of table `codes` came since and "), std::string::npos) << stopped.message;
  EXPECT_NE(stopped.message.find("id=2"), std::string::npos) << stopped.message;
  EXPECT_TRUE(stopped.statements_run.empty());
  connection.execute("UPDATE codes SET c = 34 WHERE id = 2");
  const apply::Result back = roll_back(connection, plan);
  ASSERT_EQ(back.outcome, apply::Outcome::Done) << back.message;
  EXPECT_EQ(list(connection, "SELECT * FROM codes ORDER BY id"), "1,12, 2,34, ");
}

// A number would lose the zeros without a word; a shorter text would stop the way back halfway.
TEST(SqliteWrittenSince, AValueOfAWiderTypeIsInTheWay) {
  const auto connection = db::open(db::parse_target("sqlite::memory:"), db::OpenMode::CreateIfMissing);
  expect_wider_values_in_the_way(*connection, "sqlite", "CREATE TABLE codes (id bigint NOT NULL PRIMARY KEY, c int NOT NULL)", "schema types\ntable codes {\n  id bigint primary key\n  c varchar(20)\n}\n", "'007'");
}

TEST_F(MariaDbWrittenSince, AValueOfAWiderTypeIsInTheWay) {
  expect_wider_values_in_the_way(connection(), "mariadb", "CREATE TABLE codes (id bigint NOT NULL PRIMARY KEY, c int NOT NULL)", "schema types\ntable codes {\n  id bigint primary key\n  c double\n}\n", "0.5");
}

}  // namespace
}  // namespace plumb::test
