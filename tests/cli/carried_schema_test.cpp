// The schema of a SQLite database as the description of a MariaDB database. SQLite holds no value to its column's type, so
// the types that are made must hold what stands in the file, whatever the words of its types mean elsewhere.
#include <gtest/gtest.h>

#include "plumb_program.hpp"

namespace plumb::test {
namespace {

class CarriedSchema : public testing::Test {
 protected:
  void SetUp() override {
    if (!mariadb_is_wanted()) GTEST_SKIP();
    to_.emplace("mariadb");
  }

  const Workplace& from() const { return from_; }
  const Workplace& to() const { return *to_; }

  RunResult carry() { return to().plumb_on_db({"apply", "--yes", "--to", from().url()}); }
  std::string type_of(const std::string& table, const std::string& column) const {
    return to().text("SELECT column_type FROM information_schema.columns WHERE table_schema = database() AND table_name = '" + table + "' AND column_name = '" + column + "'");
  }
  /// What `query` finds there is written here and read again.
  std::string brought(const std::string& value, const std::string& column) const {
    const std::string stands = from().text("SELECT " + value);
    to().sql("DELETE FROM p; INSERT INTO p (id, " + column + ") VALUES (1, " + stands + ")");
    return to().number("SELECT count(*) FROM p WHERE " + column + " = " + stands) == 1 ? stands : to().text("SELECT " + column + " FROM p");
  }

 private:
  const Workplace from_{"sqlite"};
  std::optional<Workplace> to_;
};

TEST_F(CarriedSchema, HoldsNumbersAsSqliteDoes) {
  from().sql("CREATE TABLE p (id INTEGER NOT NULL PRIMARY KEY, whole INTEGER, short_word INT, price NUMERIC, spent DECIMAL, exact DECIMAL(8, 2), ratio FLOAT, half REAL, flag SMALLINT)");
  const RunResult carried = carry();
  EXPECT_TRUE(ended_with(0, carried));
  EXPECT_TRUE(contains(carried.err, "the type `numeric` of column `p.price` names no digits; decimal(65,30) is taken for it"));
  EXPECT_EQ(type_of("p", "whole"), "bigint(20)");
  EXPECT_EQ(type_of("p", "short_word"), "bigint(20)");
  EXPECT_EQ(type_of("p", "spent"), "decimal(65,30)");
  EXPECT_EQ(type_of("p", "exact"), "decimal(8,2)");
  EXPECT_EQ(type_of("p", "ratio"), "double");
  EXPECT_EQ(type_of("p", "half"), "double");
  EXPECT_EQ(type_of("p", "flag"), "smallint(6)");
  for (const std::string column : {"whole", "short_word", "price", "spent"}) {
    for (const std::string value : {"9223372036854775807", "-9223372036854775808", "2147483648"}) EXPECT_EQ(brought(value, column), value) << column;
  }
  for (const std::string value : {"0.1", "12345678901.25", "0.333333333333333"}) {
    EXPECT_EQ(brought(value, "price"), value);
    EXPECT_EQ(brought(value, "ratio"), value);
  }
}

TEST_F(CarriedSchema, IsThereWhenItWasCarried) {
  from().sql("CREATE TABLE p (id INTEGER PRIMARY KEY AUTOINCREMENT, whole INTEGER NOT NULL DEFAULT 7, price NUMERIC DEFAULT 1.5, ratio FLOAT)");
  EXPECT_TRUE(ended_with(0, carry()));
  EXPECT_TRUE(ended_with(0, to().plumb_on_db({"plan", "--exit-code", "--to", from().url()})));
  EXPECT_TRUE(ended_with(0, to().plumb({"diff", from().url(), to().url()})));
  EXPECT_TRUE(ended_with(0, to().plumb({"diff", "--engine", "mariadb", to().url(), from().url()})));
  to().sql("ALTER TABLE p MODIFY whole varchar(20) NOT NULL DEFAULT '7'");
  EXPECT_TRUE(ended_with(2, to().plumb({"diff", from().url(), to().url()})));
}

// InnoDB wants the same type at both ends of a foreign key; SQLite asks for nothing.
TEST_F(CarriedSchema, HasTheSameNumbersAtBothEndsOfAForeignKey) {
  from().sql("CREATE TABLE p (id INTEGER PRIMARY KEY AUTOINCREMENT); CREATE TABLE c (id INT NOT NULL PRIMARY KEY REFERENCES p (id), up SMALLINT REFERENCES c (id));"
             "CREATE TABLE d (c_id MEDIUMINT REFERENCES c)");
  EXPECT_TRUE(ended_with(0, carry()));
  EXPECT_EQ(type_of("c", "id"), "bigint(20) unsigned");
  EXPECT_EQ(type_of("c", "up"), "bigint(20) unsigned");
  EXPECT_EQ(type_of("d", "c_id"), "bigint(20) unsigned");
  EXPECT_TRUE(ended_with(0, to().plumb_on_db({"plan", "--exit-code", "--to", from().url()})));
}

// The same description made on both: what its `int` became on each is no difference.
TEST_F(CarriedSchema, OfOneDescriptionIsTheSameOnBothEngines) {
  to().write("both.plumb", "schema s\ntable p {\n  id  serial\n  a   int\n  b   bigint\n  c   float\n  d   double\n  e   decimal(10,2)\n  f   smallint\n}\n");
  EXPECT_TRUE(ended_with(0, to().plumb_on_db({"apply", "--yes", "--to", "both.plumb"})));
  EXPECT_TRUE(ended_with(0, to().plumb({"apply", "--yes", "--db", from().url(), "--to", "both.plumb"})));
  EXPECT_TRUE(ended_with(0, to().plumb({"diff", from().url(), to().url()})));
  EXPECT_TRUE(ended_with(0, to().plumb({"diff", "--engine", "mariadb", from().url(), to().url()})));
}

}  // namespace
}  // namespace plumb::test
