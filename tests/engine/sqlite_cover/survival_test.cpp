// Changes under which SQLite databases are known to lose things: each must leave everything else as it was.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cli/plumb_program.hpp"
#include "engine/sqlite_cover/file_facts.hpp"

namespace plumb::test {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

class Survival : public testing::Test {
 protected:
  std::string file() const { return place_.path("file.db"); }
  FileFacts facts() const { return facts_of_file(file()); }
  void given(const std::string& script) const { run_in_file(file(), script); }

  RunResult run(std::vector<std::string> words, const std::string& description) const {
    place_.write("to.plumb", "schema s version 1.0.0\n" + description);
    words.insert(words.end(), {"--db", "sqlite:file.db", "--to", "to.plumb"});
    return place_.plumb(words);
  }
  void applies(const std::string& description) const {
    const RunResult result = run({"apply", "--yes"}, description);
    ASSERT_EQ(result.exit_code, 0) << result.out << result.err;
    plans_nothing(description);
  }
  void plans_nothing(const std::string& description) const {
    const RunResult plan = run({"plan"}, description);
    EXPECT_EQ(plan.exit_code, 0) << plan.out << plan.err;
    EXPECT_THAT(plan.out, Not(HasSubstr("1 step"))) << plan.out;
    EXPECT_THAT(plan.out, Not(HasSubstr("steps:"))) << plan.out;
  }

  Workplace place_{"sqlite"};
};

constexpr const char* family =
    "CREATE TABLE parents(id integer PRIMARY KEY AUTOINCREMENT, name text DEFAULT 'old');"
    "CREATE TABLE children(id integer PRIMARY KEY, parent integer NOT NULL REFERENCES parents(id) ON DELETE CASCADE);"
    "CREATE TABLE grandchildren(child integer REFERENCES children(id) ON DELETE SET NULL);"
    "CREATE TABLE log(what text);"
    "CREATE VIEW named AS SELECT p.name, count(c.id) AS n FROM parents p JOIN children c ON c.parent = p.id GROUP BY p.id;"
    "CREATE TRIGGER parent_gone AFTER DELETE ON parents BEGIN INSERT INTO log VALUES ('parent'); END;"
    "CREATE TRIGGER child_gone AFTER DELETE ON children BEGIN INSERT INTO log VALUES ('child'); END;"
    "INSERT INTO parents(name) VALUES ('a'), ('b'), ('c'); DELETE FROM parents WHERE name = 'c'; DELETE FROM log;"
    "INSERT INTO children VALUES (1, 1), (2, 1), (3, 2); INSERT INTO grandchildren VALUES (1), (3);";

constexpr const char* family_described =
    "table parents {\n  id  serial\n  name  text? = \"new\"\n}\n"
    "table children {\n  id  native(\"integer\") primary key\n  parent  ref(parents) on delete cascade\n}\n"
    "table grandchildren {\n  child  native(\"integer\")?\n  foreign key (child) references children(id) on delete set null\n}\n";

TEST_F(Survival, OfTheChildrenWhenAParentGetsAnotherDefault) {
  given(family);
  const FileFacts before = facts();
  applies(family_described);
  EXPECT_EQ(facts().rows, before.rows);
  EXPECT_EQ(facts().texts, before.texts);
  EXPECT_THAT(facts().tables.at("parents"), HasSubstr("DEFAULT 'new'"));
}

TEST_F(Survival, WithForeignKeysOnInTheConnectionThatComesNext) {
  given(family);
  applies(family_described);
  given("PRAGMA foreign_keys = ON; DELETE FROM parents WHERE name = 'a'");
  EXPECT_EQ(facts().rows.at("children").size(), 1U);
  EXPECT_EQ(facts().rows.at("log").size(), 3U) << "one parent and its two children";
}

TEST_F(Survival, OfEveryRowWhenANullableReferenceIsAdded) {
  given("CREATE TABLE p(id integer PRIMARY KEY); CREATE TABLE c(id integer PRIMARY KEY, a text COLLATE nocase);"
        "INSERT INTO p VALUES (1); INSERT INTO c VALUES (1, 'x'), (2, 'y')");
  applies("table p {\n  id  native(\"integer\") primary key\n}\ntable c {\n  id  native(\"integer\") primary key\n  a  text?\n  p  native(\"integer\")? references p(id)\n}\n");
  EXPECT_EQ(facts().rows.at("c").size(), 2U);
  EXPECT_THAT(facts().tables.at("c"), HasSubstr("COLLATE nocase"));
}

TEST_F(Survival, OfReferencesToTheTableItself) {
  given("CREATE TABLE t(id integer PRIMARY KEY, up integer REFERENCES t(id) ON DELETE CASCADE, a text DEFAULT 'x');"
        "INSERT INTO t VALUES (1, NULL, 'a'), (2, 1, 'b')");
  applies("table t {\n  id  native(\"integer\") primary key\n  up  native(\"integer\")? references t(id) on delete cascade\n  a  text? = \"y\"\n}\n");
  EXPECT_THAT(facts().tables.at("t"), Not(HasSubstr("plumb_new")));
  given("PRAGMA foreign_keys = ON; DELETE FROM t WHERE id = 1");
  EXPECT_THAT(facts().rows.at("t"), IsEmpty());
}

TEST_F(Survival, OfEverythingWhenTheCopyFails) {
  given("CREATE TABLE p(id integer PRIMARY KEY); CREATE TABLE t(id integer PRIMARY KEY, a text, p int);"
        "CREATE VIEW v AS SELECT a FROM t; CREATE INDEX i ON t(a); INSERT INTO t VALUES (1, 'x', 7), (2, NULL, NULL)");
  const FileFacts before = facts();
  for (const char* wish : {"  a  text\n  p  native(\"int\")?\n", "  a  text?\n  p  native(\"int\")? references p(id)\n", "  a  text?\n  p  native(\"int\")? check (p < 5)\n"}) {
    const RunResult refused = run({"apply", "--yes"}, std::string("table p {\n  id  native(\"integer\") primary key\n}\ntable t {\n  id  native(\"integer\") primary key\n") + wish + "\n  index i (a)\n}\n");
    EXPECT_EQ(refused.exit_code, 3) << refused.out << refused.err;
    EXPECT_EQ(facts().rows, before.rows);
    EXPECT_EQ(facts().tables, before.tables);
    EXPECT_EQ(facts().texts, before.texts);
  }
}

TEST_F(Survival, OfRowsThatWouldHaveNoValueInANewColumn) {
  given("CREATE TABLE t(a text); INSERT INTO t VALUES ('x'), ('y')");
  const RunResult refused = run({"apply", "--yes"}, "table t {\n  a  text?\n  b  text\n}\n");
  EXPECT_EQ(refused.exit_code, 3) << refused.out << refused.err;
  EXPECT_EQ(facts().rows.at("t").size(), 2U);
  EXPECT_EQ(facts().tables.at("t"), "CREATE TABLE t(a text)");
}

TEST_F(Survival, OfWhatNamesARenamedColumn) {
  given("CREATE TABLE t(a int CHECK (a > 0), b int AS (a + 1), CHECK (a < 100)); CREATE INDEX i ON t(a) WHERE a > 5; CREATE INDEX j ON t(a * 2);"
        "CREATE TABLE log(x); CREATE TRIGGER r AFTER UPDATE OF a ON t BEGIN INSERT INTO log VALUES (new.a); END;"
        "CREATE VIEW v AS SELECT a AS shown FROM t; INSERT INTO t(a) VALUES (7)");
  applies("table t {\n  amount  native(\"int\")? check (amount > 0)  was a\n  b  native(\"int\")? as (amount + 1)\n\n  index i (amount) where (amount > 5)\n  index j ((amount * 2))\n  check (amount < 100)\n}\n");
  given("UPDATE t SET amount = 8");
  EXPECT_EQ(facts().rows.at("log"), std::vector<std::string>{"1 | integer 8"});
  EXPECT_THAT(facts().tables.at("t"), HasSubstr("AS (\"amount\" + 1)"));
  EXPECT_THAT(facts().texts.at("view v"), HasSubstr("AS shown"));
}

TEST_F(Survival, OfViewsTriggersAndKeysOfARenamedTable) {
  given("CREATE TABLE old(id integer PRIMARY KEY AUTOINCREMENT, a text); CREATE INDEX i ON old(a); CREATE TABLE c(o integer REFERENCES old(id));"
        "CREATE VIEW v AS SELECT a FROM old; CREATE TRIGGER r AFTER INSERT ON c BEGIN UPDATE old SET a = 'seen' WHERE id = new.o; END;"
        "INSERT INTO old(a) VALUES ('x'), ('y'); DELETE FROM old WHERE a = 'y'; ANALYZE");
  applies("table new was old {\n  id  serial\n  a  text?\n\n  index i (a)\n}\ntable c {\n  o  native(\"integer\")? references new(id)\n}\n");
  given("PRAGMA foreign_keys = ON; INSERT INTO c VALUES (1); INSERT INTO new(a) VALUES ('z')");
  EXPECT_EQ(facts().rows.at("new"), (std::vector<std::string>{"1 | integer 1 | text 'seen'", "3 | integer 3 | text 'z'"}));
  EXPECT_EQ(facts().rows.at("sqlite_stat1"), std::vector<std::string>{"text 'new' | text 'i' | text '1 1'"});
}

TEST_F(Survival, OfParentsUntilTheirChildrenAreGone) {
  given("CREATE TABLE a_parent(id integer PRIMARY KEY); CREATE TABLE z_child(p integer NOT NULL REFERENCES a_parent(id) ON DELETE RESTRICT);"
        "CREATE TABLE kept(x int); INSERT INTO a_parent VALUES (1); INSERT INTO z_child VALUES (1); INSERT INTO kept VALUES (5)");
  applies("table kept {\n  x  native(\"int\")?\n}\ndrop table a_parent, z_child\n");
  EXPECT_EQ(facts().rows.at("kept").size(), 1U);
  EXPECT_FALSE(facts().tables.contains("a_parent"));
  EXPECT_FALSE(facts().tables.contains("z_child"));
}

TEST_F(Survival, OfATableThatIsSpeltDifferently) {
  given("CREATE TABLE t (a INT UNIQUE CHECK( a>0 ), b text check (b IS NOT NULL or a = 1) , c Varchar( 20 ) DEFAULT( 'x' ))");
  const FileFacts before = facts();
  plans_nothing("table t {\n  a  native(\"int\")? check (a > 0)\n  b  text? check (b is not null or a = 1)\n  c  varchar(20)? = (('x'))\n\n  unique (a)\n}\n");
  EXPECT_EQ(facts().tables, before.tables);
}

TEST_F(Survival, OfTheOrderOfTheColumns) {
  given("CREATE TABLE t(a int, b text, c real); INSERT INTO t VALUES (1, 'x', 1.5)");
  plans_nothing("table t {\n  c  native(\"real\")?\n  a  native(\"int\")?\n  b  text?\n}\n");
}

TEST_F(Survival, OfAPrimaryKeysCollation) {
  given("CREATE TABLE t(a text, b text, PRIMARY KEY (a COLLATE nocase)) WITHOUT ROWID; INSERT INTO t VALUES ('x', 'y')");
  const std::string head = "table t {\n  a  text\n  b  text?\n\n";
  plans_nothing(head + "  primary key (a collate nocase)\n  option sqlite (without rowid)\n}\n");
  applies(head + "  primary key (a collate rtrim)\n  option sqlite (without rowid)\n}\n");
  EXPECT_THAT(facts().tables.at("t"), HasSubstr("COLLATE RTRIM"));
}

TEST_F(Survival, OfAViewThatWasBrokenBefore) {
  given("CREATE TABLE t(a int, b text DEFAULT 'x'); CREATE VIEW broken AS SELECT missing FROM t; CREATE VIEW good AS SELECT a FROM t");
  const RunResult plan = run({"plan"}, "table t {\n  a  native(\"int\")?\n  b  text? = \"y\"\n}\n");
  EXPECT_THAT(plan.out, HasSubstr("view broken"));
  EXPECT_THAT(plan.out, HasSubstr("\"good\""));
  applies("table t {\n  a  native(\"int\")?\n  b  text? = \"y\"\n}\n");
  EXPECT_TRUE(facts().texts.contains("view broken"));
}

TEST_F(Survival, OfReferencesWhereAnotherKeyRefersToNoKey) {
  given("CREATE TABLE p(id integer PRIMARY KEY, x int); CREATE TABLE bad(x int REFERENCES p(x)); CREATE TABLE c(p integer REFERENCES p(id), a text DEFAULT 'x');"
        "INSERT INTO p VALUES (1, 1); INSERT INTO bad VALUES (1); INSERT INTO c VALUES (1, 'a')");
  const FileFacts before = facts();
  applies("table c {\n  p  native(\"integer\")? references p(id) unchecked\n  a  text? = \"y\"\n}\n");
  EXPECT_EQ(facts().rows, before.rows);
}

}  // namespace
}  // namespace plumb::test
