// SQL files as the description: from scratch to plan, from other tools' dumps, with hints and with mistakes.
#include <gtest/gtest.h>

#include <filesystem>

#include "cli/plumb_program.hpp"
#include "support/text.hpp"

namespace plumb::test {
namespace {

class SqlDescription : public OnBothEngines {
 protected:
  /// Applies and plans again.
  void reaches(const std::vector<std::string>& how) {
    std::vector<std::string> apply{"apply", "--yes"};
    apply.insert(apply.end(), how.begin(), how.end());
    EXPECT_TRUE(ended_with(0, place().plumb_on_db(apply)));
    std::vector<std::string> plan{"plan", "--exit-code"};
    plan.insert(plan.end(), how.begin(), how.end());
    EXPECT_TRUE(ended_with(0, place().plumb_on_db(plan)));
  }

  /// Names of scratch databases that stand; none on SQLite.
  std::vector<std::string> scratch_databases() {
    if (place().is_sqlite()) return {};
    return place().list("SELECT schema_name FROM information_schema.schemata WHERE schema_name LIKE 'plumb\\_scratch\\_%'");
  }

  void TearDown() override {
    if (IsSkipped()) return;
    EXPECT_TRUE(scratch_databases().empty());
  }
};

constexpr const char* shop =
    "-- plumb: schema shop version 1.0.0\n"
    "CREATE TABLE parents (\n  id INTEGER PRIMARY KEY,\n  name varchar(50) NOT NULL,\n  UNIQUE (name)\n);\n"
    "CREATE TABLE children (\n  id INTEGER PRIMARY KEY,\n  parent_id INTEGER,\n  note varchar(20) DEFAULT 'a;b',\n  FOREIGN KEY (parent_id) REFERENCES parents (id) ON DELETE CASCADE\n);\n"
    "CREATE INDEX by_note ON children (note);\n"
    "CREATE VIEW names AS SELECT id, name FROM parents;\n"
    "INSERT INTO parents VALUES (1, 'never run');\n";

TEST_P(SqlDescription, MakesADatabase) {
  place().write("shop.sql", shop);
  reaches({"--to", "shop.sql"});
  EXPECT_EQ(place().number("SELECT count(*) FROM parents"), 0);
  EXPECT_TRUE(ended_with(0, place().plumb_on_db({"validate", "--strict", "--to", "shop.sql"})));
  EXPECT_TRUE(contains(place().plumb_on_db({"status"}).out, "version: 1.0.0"));
}

class SqlDescriptionOfSqlite : public testing::Test {
 protected:
  Workplace place_{"sqlite"};
};

constexpr const char* searched =
    "CREATE TABLE docs (id INTEGER PRIMARY KEY, body TEXT);\n"
    "CREATE VIRTUAL TABLE docs_fts USING fts5(body, content='docs', content_rowid='id');\n"
    "CREATE TRIGGER docs_insert AFTER INSERT ON docs BEGIN INSERT INTO docs_fts (rowid, body) VALUES (new.id, new.body); END;\n";

TEST_F(SqlDescriptionOfSqlite, MakesAVirtualTable) {
  place_.write("searched.sql", searched);
  EXPECT_TRUE(ended_with(0, place_.plumb_on_db({"apply", "--yes", "--to", "searched.sql"})));
  EXPECT_TRUE(ended_with(0, place_.plumb_on_db({"plan", "--exit-code", "--to", "searched.sql"})));
  EXPECT_TRUE(ended_with(0, place_.plumb({"diff", place_.url(), "searched.sql"})));
  EXPECT_TRUE(ended_with(0, place_.plumb_on_db({"validate", "--strict", "--to", "searched.sql"})));
  place_.sql("INSERT INTO docs (body) VALUES ('a needle in it')");
  EXPECT_EQ(place_.number("SELECT count(*) FROM docs_fts WHERE docs_fts MATCH 'needle'"), 1);
}

TEST_F(SqlDescriptionOfSqlite, AVirtualTableThatDiffersIsADifference) {
  place_.sql("CREATE VIRTUAL TABLE docs_fts USING fts5(body)");
  const RunResult result = place_.plumb_on_db({"validate", "--to", place_.write("prefixed.sql", "CREATE VIRTUAL TABLE docs_fts USING fts5(body, prefix='2');\n")});
  EXPECT_TRUE(ended_with(2, result));
  EXPECT_TRUE(contains(result.out, "virtual table `docs_fts` differs: should be `CREATE VIRTUAL TABLE docs_fts USING fts5(body, prefix='2')`"));
}

TEST_F(SqlDescriptionOfSqlite, DropsAVirtualTableOnlyByPermission) {
  place_.sql(searched);
  place_.write("plain.sql", "CREATE TABLE docs (id INTEGER PRIMARY KEY, body TEXT);\n");
  place_.sql("DROP TRIGGER docs_insert");
  EXPECT_TRUE(ended_with(0, place_.plumb_on_db({"apply", "--yes", "--to", "plain.sql"})));
  EXPECT_EQ(place_.number("SELECT count(*) FROM docs_fts"), 0);
  EXPECT_TRUE(ended_with(0, place_.plumb_on_db({"apply", "--yes", "--allow", "drop-table", "--to", "plain.sql"})));
  EXPECT_EQ(place_.number("SELECT count(*) FROM sqlite_schema WHERE name LIKE 'docs_fts%'"), 0);
  EXPECT_TRUE(ended_with(0, place_.plumb({"diff", place_.url(), "plain.sql"})));
}

TEST(SqlDescriptionOfMariaDb, MakesAndDropsASequence) {
  if (!mariadb_is_wanted()) GTEST_SKIP();
  const Workplace place("mariadb");
  place.write("numbers.sql", "CREATE SEQUENCE numbers START WITH 5 INCREMENT BY 2;\nCREATE TABLE t (id int NOT NULL DEFAULT nextval(numbers) PRIMARY KEY, a int);\n");
  EXPECT_TRUE(ended_with(0, place.plumb_on_db({"apply", "--yes", "--to", "numbers.sql"})));
  EXPECT_TRUE(ended_with(0, place.plumb_on_db({"plan", "--exit-code", "--to", "numbers.sql"})));
  EXPECT_TRUE(ended_with(0, place.plumb({"diff", place.url(), "numbers.sql"})));
  place.sql("INSERT INTO t (a) VALUES (1)");
  EXPECT_EQ(place.number("SELECT id FROM t"), 5);
  place.write("plain.sql", "CREATE TABLE t (id int NOT NULL PRIMARY KEY, a int);\n");
  EXPECT_TRUE(ended_with(0, place.plumb_on_db({"apply", "--yes", "--to", "plain.sql"})));
  EXPECT_EQ(db::single_integer(*place.connect(), "SELECT nextval(numbers)"), 7);
  EXPECT_TRUE(ended_with(0, place.plumb_on_db({"apply", "--yes", "--allow", "drop-table", "--to", "plain.sql"})));
  EXPECT_TRUE(ended_with(0, place.plumb({"diff", place.url(), "plain.sql"})));
}

TEST(SqlDescriptionOfMariaDb, ASequenceThatDiffersOrIsMissingIsADifference) {
  if (!mariadb_is_wanted()) GTEST_SKIP();
  const Workplace place("mariadb");
  place.write("numbers.sql", "CREATE SEQUENCE numbers START WITH 5 INCREMENT BY 2;\n");
  EXPECT_TRUE(ended_with(0, place.plumb_on_db({"apply", "--yes", "--to", "numbers.sql"})));
  place.sql("SELECT nextval(numbers)");
  EXPECT_TRUE(ended_with(0, place.plumb_on_db({"validate", "--strict", "--to", "numbers.sql"})));
  place.sql("ALTER SEQUENCE numbers INCREMENT BY 3");
  const RunResult other = place.plumb_on_db({"validate", "--to", "numbers.sql"});
  EXPECT_TRUE(ended_with(2, other));
  EXPECT_TRUE(contains(other.out, "sequence `numbers` differs: should be `CREATE SEQUENCE numbers start with 5 "));
  place.sql("DROP SEQUENCE numbers");
  const RunResult missing = place.plumb_on_db({"validate", "--to", "numbers.sql"});
  EXPECT_TRUE(ended_with(2, missing));
  EXPECT_TRUE(contains(missing.out, "sequence `numbers` is missing"));
}

TEST(SqlDescriptionOfMariaDb, ChangesASequence) {
  if (!mariadb_is_wanted()) GTEST_SKIP();
  const Workplace place("mariadb");
  place.write("old.sql", "CREATE SEQUENCE `odd minvalue 7` MINVALUE -5 MAXVALUE 100 START WITH 5 INCREMENT BY 2 NOCACHE;\n");
  place.write("new.sql", "CREATE SEQUENCE `odd minvalue 7` MINVALUE 1 MAXVALUE 50 START WITH 5 INCREMENT BY 10 CACHE 20 CYCLE ENGINE=Aria COMMENT='it''s ENGINE=x';\n");
  EXPECT_TRUE(ended_with(0, place.plumb_on_db({"apply", "--yes", "--to", "old.sql"})));
  place.sql("SELECT nextval(`odd minvalue 7`)");
  const RunResult plan = place.plumb_on_db({"plan", "--to", "new.sql"});
  EXPECT_TRUE(contains(plan.out, "minvalue 1 instead of minvalue -5, maxvalue 50 instead of maxvalue 100, increment by 10 instead of increment by 2, cache 20 instead of nocache, cycle instead of nocycle"));
  EXPECT_TRUE(ended_with(0, place.plumb_on_db({"apply", "--yes", "--to", "new.sql"})));
  EXPECT_TRUE(ended_with(0, place.plumb_on_db({"validate", "--strict", "--to", "new.sql"})));
  EXPECT_TRUE(ended_with(0, place.plumb_on_db({"plan", "--exit-code", "--to", "new.sql"})));
  EXPECT_EQ(db::single_integer(*place.connect(), "SELECT nextval(`odd minvalue 7`)"), 7);
  EXPECT_TRUE(ended_with(0, place.plumb_on_db({"rollback", "--yes"})));
  EXPECT_TRUE(ended_with(0, place.plumb_on_db({"validate", "--strict", "--to", "old.sql"})));
  place.sql("SELECT setval(`odd minvalue 7`, 60)");
  const RunResult beyond = place.plumb_on_db({"apply", "--yes", "--to", "new.sql"});
  EXPECT_FALSE(ended_with(0, beyond));
  EXPECT_TRUE(contains(beyond.err, "the next number of sequence `odd minvalue 7` is not between 1 and 50; give it one with setval() first"));
  EXPECT_TRUE(ended_with(0, place.plumb_on_db({"validate", "--strict", "--to", "old.sql"})));
}

// Routines are no part of a description: their SQL may stand there for the views that need them.
TEST(SqlDescriptionOfMariaDb, ARoutineThatDiffersOrIsMissingIsToldAndADifferenceOnlyWhenStrict) {
  if (!mariadb_is_wanted()) GTEST_SKIP();
  const Workplace place("mariadb");
  place.write("two.sql", "CREATE FUNCTION two () RETURNS int RETURN 2;\n");
  const RunResult missing = place.plumb_on_db({"validate", "--to", "two.sql"});
  EXPECT_TRUE(ended_with(0, missing));
  EXPECT_TRUE(contains(missing.out, "function `two` is missing"));
  EXPECT_TRUE(ended_with(2, place.plumb_on_db({"validate", "--strict", "--to", "two.sql"})));
  place.sql("CREATE FUNCTION two () RETURNS int RETURN 3");
  EXPECT_TRUE(contains(place.plumb_on_db({"validate", "--to", "two.sql"}).out, "function `two` differs"));
  place.sql("DROP FUNCTION two; CREATE FUNCTION two () RETURNS int RETURN 2");
  EXPECT_TRUE(ended_with(0, place.plumb_on_db({"validate", "--strict", "--to", "two.sql"})));
}

TEST_P(SqlDescription, AFolderMayHaveItsFilesInAnyOrder) {
  place().write("schema/a_view.sql", "CREATE VIEW second AS SELECT id FROM first;\nCREATE VIEW first AS SELECT id FROM later;");
  place().write("schema/b_child.sql", "CREATE TABLE child (id INTEGER PRIMARY KEY, later_id INTEGER, FOREIGN KEY (later_id) REFERENCES later (id));");
  place().write("schema/c_index.sql", "CREATE INDEX i ON later (x);");
  place().write("schema/d_table.sql", "CREATE TABLE later (id INTEGER PRIMARY KEY, x INTEGER);");
  reaches({"--to", "schema"});
}

TEST_P(SqlDescription, HintsRenameFillAndDrop) {
  place().sql("CREATE TABLE people (id INTEGER PRIMARY KEY, mail varchar(50) NOT NULL, junk INTEGER); CREATE INDEX ix ON people (mail); CREATE TABLE old_stuff (a INTEGER);"
              "INSERT INTO people VALUES (1, 'Ada', 7);");
  place().write("new.sql",
                "-- plumb: master was people\n"
                "CREATE TABLE users (\n"
                "  id INTEGER PRIMARY KEY,\n"
                "  email varchar(50) NOT NULL, -- plumb: was mail\n"
                "  nick varchar(50) NOT NULL -- plumb: backfill (lower(email))\n"
                ");\n"
                "CREATE INDEX by_email ON users (email); -- plumb: was ix\n"
                "-- plumb: drop table old_stuff; drop column users.junk\n");
  reaches({"--to", "new.sql"});
  EXPECT_EQ(place().text("SELECT nick FROM users WHERE id = 1 AND email = 'Ada'"), "ada");
  EXPECT_TRUE(ended_with(1, place().plumb_on_db({"plan", "--to", place().write("bad.sql", "CREATE TABLE users (id INTEGER PRIMARY KEY); -- plumb: natural key (idd)\n")})));
}

TEST_P(SqlDescription, RenamesFromTheCommandLine) {
  place().sql("CREATE TABLE people (id INTEGER PRIMARY KEY, mail varchar(50)); INSERT INTO people VALUES (1, 'Ada');");
  place().write("new.sql", "CREATE TABLE users (id INTEGER PRIMARY KEY, email varchar(50));");
  const RunResult wrong = place().plumb_on_db({"plan", "--to", "new.sql", "--rename", "poeple=users"});
  EXPECT_TRUE(ended_with(64, wrong));
  EXPECT_TRUE(contains(wrong.err, "did you mean `people`?"));
  EXPECT_TRUE(ended_with(64, place().plumb_on_db({"plan", "--to", "new.sql", "--rename", "people=user"})));
  EXPECT_TRUE(ended_with(0, place().plumb_on_db({"apply", "--yes", "--to", "new.sql", "--rename", "people=users", "--rename", "users.mail=email"})));
  EXPECT_EQ(place().text("SELECT email FROM users"), "Ada");
}

TEST_P(SqlDescription, UndeclaredThingsStayUntilTheyMayGo) {
  place().sql("CREATE TABLE a (id INTEGER PRIMARY KEY, gone INTEGER); CREATE TABLE b (id INTEGER PRIMARY KEY); CREATE VIEW v AS SELECT id FROM b;",
              "CREATE TABLE a (id INTEGER PRIMARY KEY, gone INTEGER); CREATE TABLE b (id INTEGER PRIMARY KEY); CREATE VIEW v AS SELECT id FROM b;");
  place().sql("CREATE TRIGGER t AFTER INSERT ON a BEGIN SELECT 1; END;", "CREATE TRIGGER t BEFORE INSERT ON a FOR EACH ROW SET NEW.gone = 1;");
  place().write("new.sql", "CREATE TABLE a (id INTEGER PRIMARY KEY);");
  const RunResult kept = place().plumb_on_db({"plan", "--exit-code", "--to", "new.sql"});
  EXPECT_TRUE(ended_with(0, kept));
  for (const char* what : {"table b", "column a.gone", "view v", "trigger t"}) EXPECT_TRUE(contains(kept.out, std::string("Undeclared and left alone: ") + what));
  EXPECT_TRUE(ended_with(0, place().plumb_on_db({"apply", "--yes", "--to", "new.sql", "--allow", "destructive"})));
  const RunResult same = place().plumb({"diff", "new.sql", place().url()});
  EXPECT_TRUE(ended_with(0, same));
}

TEST_P(SqlDescription, ItsOwnDumpIsNothingNew) {
  place().sql(
      "CREATE TABLE p (id integer primary key autoincrement, name text default 'x;y' check(name <> ';'), b collate nocase, unique(name));"
      "CREATE TABLE c (id integer primary key, p_id integer references p(id) on delete cascade) strict; CREATE INDEX i on p(b) where b is not null;"
      "CREATE VIRTUAL TABLE ft USING fts5(title); INSERT INTO ft VALUES('a'); INSERT INTO p(name) VALUES('q'); ANALYZE;"
      "CREATE VIEW z AS SELECT * FROM p; CREATE VIEW a AS SELECT * FROM z;"
      "CREATE TRIGGER t AFTER INSERT ON p BEGIN UPDATE p SET b = CASE WHEN new.name = 'x' THEN 1 ELSE 2 END WHERE id = new.id; END;",
      "CREATE TABLE p (id int auto_increment primary key, name varchar(50) not null default 'x;y', j json, e enum('a','b;'), ts timestamp not null default current_timestamp on update current_timestamp,"
      " g int generated always as (id * 2) virtual, unique key u_name (name)) default charset=utf8mb4 comment='it''s';"
      "CREATE TABLE c (id int primary key, p_id int, d_id int, foreign key (p_id) references p (id) on delete cascade);"
      "CREATE TABLE d (id int primary key, c_id int, foreign key (c_id) references c (id)); ALTER TABLE c ADD CONSTRAINT circle FOREIGN KEY (d_id) REFERENCES d (id);"
      "CREATE VIEW z AS SELECT id, name FROM p; CREATE VIEW a AS SELECT id FROM z; INSERT INTO p (name) VALUES ('it''s;');\n"
      "DELIMITER //\nCREATE TRIGGER t1 BEFORE INSERT ON p FOR EACH ROW BEGIN SET NEW.name = concat(NEW.name, ';'); IF NEW.name = '' THEN SET NEW.name = 'q'; END IF; END//\n"
      "CREATE TRIGGER t2 BEFORE INSERT ON p FOR EACH ROW FOLLOWS t1 SET NEW.e = 'a'//\nDELIMITER ;\n");
  const auto dumped = [&](std::vector<std::string> command) {
    const RunResult result = run(command);
    EXPECT_EQ(result.exit_code, 0) << result.err;
    return result.out;
  };
  std::vector<std::string> files;
  if (place().is_sqlite()) {
    files = {place().write("schema.sql", dumped({"sqlite3", place().target().path, ".schema"})), place().write("dump.sql", dumped({"sqlite3", place().target().path, ".dump"}))};
  } else {
    const std::string socket = "--socket=" + place().target().parameters.at("socket");
    const std::string name = place().target().database;
    files = {place().write("no_data.sql", dumped({"mariadb-dump", "--no-defaults", "--user=root", socket, "--no-data", "--skip-comments", name})),
             place().write("full.sql", dumped({"mariadb-dump", "--no-defaults", "--user=root", socket, "--add-drop-database", "--routines", "--databases", name}))};
  }
  for (const std::string& file : files) {
    EXPECT_TRUE(ended_with(0, place().plumb_on_db({"plan", "--exit-code", "--to", file}))) << place().read(file);
    EXPECT_TRUE(ended_with(0, place().plumb({"diff", place().url(), file})));
  }
  EXPECT_EQ(place().number("SELECT count(*) FROM p"), 1);
}

TEST_P(SqlDescription, InspectAsSqlMakesTheSameDatabaseAgain) {
  place().write("shop.sql", shop);
  reaches({"--to", "shop.sql"});
  place().sql("CREATE TRIGGER t AFTER INSERT ON parents BEGIN UPDATE parents SET name = 'a;b'; DELETE FROM children; END;",
              "DELIMITER //\nCREATE TRIGGER t AFTER INSERT ON parents FOR EACH ROW BEGIN DELETE FROM children WHERE note = ';'; DELETE FROM children WHERE id = 2; END//\nDELIMITER ;\n");
  EXPECT_TRUE(ended_with(0, place().plumb_on_db({"inspect", "-o", "out.sql"})));
  EXPECT_TRUE(ended_with(0, place().plumb_on_db({"inspect", "-o", "folder", "--format", "sql"})));
  EXPECT_TRUE(ended_with(0, place().plumb_on_db({"inspect", "-o", "texts"})));
  for (const char* to : {"out.sql", "folder", "texts"}) {
    EXPECT_TRUE(ended_with(0, place().plumb_on_db({"plan", "--exit-code", "--to", to}))) << to;
    EXPECT_TRUE(ended_with(0, place().plumb({"diff", to, place().url()}))) << to;
  }
  EXPECT_TRUE(std::filesystem::exists(place().path("folder/tables/parents.sql")));
  EXPECT_TRUE(std::filesystem::exists(place().path("texts/tables/parents.plumb")));
  Workplace copy(place().engine());
  copy.sql(place().read("out.sql"));
  EXPECT_TRUE(ended_with(0, place().plumb({"diff", place().url(), copy.url()})));
}

TEST_P(SqlDescription, AMistakeIsToldWithItsPlaceAndChangesNothing) {
  place().write("bad.sql", "CREATE TABLE good (id INTEGER PRIMARY KEY);\n\nCREATE TABLE broken (\n  id INTEGER PRIMARY KEY,\n  name varchar(20) NOT NOT NULL\n);\nCREATE INDEX i ON broken (name);\nCRAETE TABLE x (a int);\n");
  const RunResult result = place().plumb_on_db({"plan", "--to", "bad.sql"});
  EXPECT_TRUE(ended_with(1, result));
  EXPECT_TRUE(contains(result.err, place().is_sqlite() ? "bad.sql:3:1: error: sqlite refuses `CREATE TABLE broken (`" : "bad.sql:5:3: error: mariadb refuses `CREATE TABLE broken (`"));
  EXPECT_TRUE(contains(result.err, "bad.sql:8:1: error"));
  EXPECT_TRUE(contains(result.err, "did you mean `CREATE`?"));
  EXPECT_TRUE(lacks(result.err, "bad.sql:7"));
}

TEST_P(SqlDescription, ColumnOrderCountsOnlyWhenAsked) {
  place().sql("CREATE TABLE t (id INTEGER PRIMARY KEY, a INTEGER, b INTEGER, c INTEGER); INSERT INTO t VALUES (1, 2, 3, 4);");
  place().write("new.sql", "CREATE TABLE t (c INTEGER, a INTEGER, id INTEGER PRIMARY KEY, b INTEGER);");
  EXPECT_TRUE(ended_with(0, place().plumb_on_db({"plan", "--exit-code", "--to", "new.sql"})));
  EXPECT_TRUE(ended_with(0, place().plumb_on_db({"validate", "--to", "new.sql"})));
  EXPECT_TRUE(ended_with(0, place().plumb({"diff", place().url(), "new.sql"})));
  EXPECT_TRUE(ended_with(2, place().plumb_on_db({"validate", "--to", "new.sql", "--strict-order"})));
  EXPECT_TRUE(ended_with(2, place().plumb({"diff", place().url(), "new.sql", "--strict-order"})));
  reaches({"--to", "new.sql", "--strict-order"});
  place().write("newer.sql", "CREATE TABLE t (d INTEGER, c INTEGER, e INTEGER, a INTEGER, id INTEGER PRIMARY KEY, f INTEGER, b INTEGER);");
  reaches({"--to", "newer.sql", "--strict-order"});
  const std::string columns = place().is_sqlite() ? "SELECT name FROM pragma_table_info('t') ORDER BY cid"
                                                  : "SELECT column_name FROM information_schema.columns WHERE table_schema = DATABASE() AND table_name = 't' ORDER BY ordinal_position";
  EXPECT_EQ(join(place().list(columns), " "), "d c e a id f b");
  EXPECT_EQ(place().number("SELECT count(*) FROM t WHERE id = 1 AND a = 2 AND b = 3 AND c = 4"), 1);
}

TEST_P(SqlDescription, AnotherDatabaseIsADescriptionToo) {
  place().write("shop.sql", shop);
  reaches({"--to", "shop.sql"});
  Workplace other(place().engine());
  EXPECT_TRUE(ended_with(2, place().plumb({"diff", other.url(), place().url()})));
  EXPECT_TRUE(ended_with(0, other.plumb_on_db({"apply", "--yes", "--to", place().url()})));
  EXPECT_TRUE(ended_with(0, other.plumb_on_db({"plan", "--exit-code", "--to", place().url()})));
  EXPECT_TRUE(ended_with(0, place().plumb({"diff", other.url(), place().url()})));
}

TEST_P(SqlDescription, TwoKindsAtOnceAreNoDescription) {
  place().write("a.sql", "CREATE TABLE a (id INTEGER);");
  place().write("b.plumb", "table b {\n  id serial\n}\n");
  EXPECT_TRUE(ended_with(64, place().plumb_on_db({"plan", "--to", "a.sql", "--to", "b.plumb"})));
  const RunResult folder = place().plumb_on_db({"plan", "--to", "."});  // SQL beside a description is of other use
  EXPECT_TRUE(ended_with(0, folder));
  EXPECT_TRUE(contains(folder.out, "table b"));
  EXPECT_TRUE(lacks(folder.out, "table a"));
}

PLUMB_ON_BOTH_ENGINES(SqlDescription);

class OnMariaDb : public testing::Test {
 protected:
  void SetUp() override {
    if (!mariadb_is_wanted()) GTEST_SKIP() << "PLUMB_TEST_ENGINES leaves MariaDB out";
    place_.emplace("mariadb");
  }
  Workplace& place() { return *place_; }

 private:
  std::optional<Workplace> place_;
};

TEST_F(OnMariaDb, NothingOutsideOfTheScratchDatabaseIsTouched) {
  Workplace other("mariadb");
  other.sql("CREATE TABLE t (a int); INSERT INTO t VALUES (1);");
  place().sql("CREATE TABLE t (a int); INSERT INTO t VALUES (1);");
  const std::string before = other.content() + place().content();
  const std::string name = other.target().database;
  const std::string own = place().target().database;
  place().write("evil.sql", "DROP TABLE " + name + ".t;\nDROP TABLE `" + own + "`.t;\nDELETE FROM " + name + ".t;\nDROP DATABASE " + name + ";\nUSE " + own + ";\nDROP TABLE IF EXISTS t;\nCREATE TABLE t (b int);\nTRUNCATE t;\n");
  EXPECT_TRUE(ended_with(1, place().plumb_on_db({"plan", "--to", "evil.sql"})));
  EXPECT_EQ(other.content() + place().content(), before);
}

TEST_F(OnMariaDb, WhatAKilledRunLeftIsRemovedAndALivingRunsIsNot) {
  place().write("a.sql", "CREATE TABLE a (id int);");
  const auto connection = place().connect();
  const auto scratch = [&] { return connection->query("SELECT schema_name FROM information_schema.schemata WHERE schema_name LIKE 'plumb\\_scratch\\_%' ORDER BY 1"); };
  const auto server = db::single_value(*connection, "SELECT LEFT(SHA2(CONCAT(@@hostname, ':', @@port, ':', @@datadir), 256), 8)");
  const std::string prefix = "plumb_scratch_" + db::as_text(*server) + "_";
  connection->execute("CREATE DATABASE " + prefix + "1_dead");
  connection->execute("CREATE DATABASE " + prefix + "2_living");
  connection->execute("CREATE DATABASE plumb_scratch_00000000_3_elsewhere");
  EXPECT_EQ(db::single_integer(*connection, "SELECT GET_LOCK('" + prefix + "2_living', 0)"), 1);
  EXPECT_TRUE(ended_with(0, place().plumb_on_db({"plan", "--to", "a.sql"})));
  const auto left = scratch();
  ASSERT_EQ(left.rows.size(), 2U);
  EXPECT_EQ(db::as_text(left.rows[0][0]), "plumb_scratch_00000000_3_elsewhere");
  EXPECT_EQ(db::as_text(left.rows[1][0]), prefix + "2_living");
  connection->execute("DROP DATABASE " + prefix + "2_living");
  connection->execute("DROP DATABASE plumb_scratch_00000000_3_elsewhere");
}

TEST_F(OnMariaDb, TextsOfViewsAndTriggersAreComparedAcrossEngines) {
  const Workplace other("sqlite");
  const std::string tables = "CREATE TABLE a (id int NOT NULL PRIMARY KEY, n int); CREATE TABLE log (id int);";
  const std::string views = "CREATE VIEW same AS SELECT id, n AS number FROM a WHERE id != 3; CREATE VIEW other AS SELECT id FROM a WHERE n IS NULL;";
  place().sql(tables + views + "CREATE TRIGGER same_trigger AFTER INSERT ON a FOR EACH ROW INSERT INTO log (id) VALUES (new.id); CREATE TRIGGER elsewhere AFTER INSERT ON a FOR EACH ROW DELETE FROM log;");
  other.sql(tables + "CREATE VIEW same AS SELECT id, n AS number FROM a WHERE id <> 3; CREATE VIEW other AS SELECT n AS id FROM a WHERE n NOTNULL;"
            "CREATE TRIGGER same_trigger AFTER INSERT ON a BEGIN INSERT INTO log (id) VALUES (NEW.id); END; CREATE TRIGGER elsewhere AFTER DELETE ON a BEGIN DELETE FROM log; END;");
  const RunResult differs = place().plumb({"diff", other.url(), place().url()});
  EXPECT_TRUE(ended_with(2, differs));
  EXPECT_TRUE(contains(differs.out, "trigger elsewhere"));
  EXPECT_TRUE(contains(differs.err, "the text of view `other`"));
  EXPECT_TRUE(lacks(differs.out + differs.err, "same"));
}

// Nothing is made in the database that is planned for: the user could not.
TEST_F(OnMariaDb, AUserWhoMayOnlyReadPlansViewsAndPartitions) {
  place().sql("CREATE TABLE a (id int NOT NULL PRIMARY KEY, n varchar(10)); CREATE TABLE h (id int NOT NULL PRIMARY KEY) PARTITION BY HASH (id) PARTITIONS 2;"
              "CREATE VIEW plain AS SELECT id, n AS word FROM a WHERE id != 3; CREATE VIEW odd AS SELECT id FROM a WHERE (id > 1) AND NOT (n = 'x');"
              "CREATE VIEW a_as_alias AS SELECT " + place().target().database + ".id FROM a " + place().target().database + ";");
  const std::string tables = "table a {\n  id int primary key\n  n varchar(10)?\n}\ntable h {\n  id int primary key\n  extra \"PARTITION BY HASH (id) PARTITIONS 2\"\n}\n";
  const std::string plain = "view plain (select id, n as word from a where id != 3)\n";
  const std::string odd = "view odd (select id from a where (id > 1) and not (n = 'x'))\nview a_as_alias (select " + place().target().database + ".id from a " + place().target().database + ")\n";
  place().write("plain.plumb", tables + plain);
  place().write("odd.plumb", tables + plain + odd);
  place().write("new.plumb", tables + plain + "view fresh (select id from a where (id > 2))\n");
  const std::string user = "reader" + std::to_string(place().number("SELECT CONNECTION_ID()"));
  place().sql("CREATE USER " + user + "@localhost; GRANT SELECT, SHOW VIEW, TRIGGER ON `" + place().target().database + "`.* TO " + user + "@localhost;");
  const std::string url = "mariadb://" + user + "@localhost/" + place().target().database + "?socket=" + place().target().parameters.at("socket");
  EXPECT_TRUE(ended_with(0, place().plumb({"plan", "--exit-code", "--db", url, "--to", "plain.plumb"})));
  EXPECT_TRUE(ended_with(2, place().plumb({"plan", "--exit-code", "--db", url, "--to", "new.plumb"})));
  const RunResult refused = place().plumb({"plan", "--exit-code", "--db", url, "--to", "odd.plumb"});
  EXPECT_TRUE(ended_with(1, refused));
  EXPECT_TRUE(contains(refused.err, "GRANT ALL ON `plumb\\_scratch\\_%`.*"));
  place().sql("GRANT ALL ON `plumb\\_scratch\\_%`.* TO " + user + "@localhost;");
  EXPECT_TRUE(ended_with(0, place().plumb({"plan", "--exit-code", "--db", url, "--to", "odd.plumb"})));
  place().sql("DROP USER " + user + "@localhost;");
}

// Many tables are made over several sessions at once; what is said of a mistake is what one session would say.
TEST_F(OnMariaDb, ManyTablesComeWithTheirSettingsAndMistakesAreToldInOrder) {
  std::string sql = "SET sql_mode = 'ANSI_QUOTES';\n";
  for (int i = 0; i < 40; ++i) {
    const std::string name = "t" + std::to_string(i);
    sql += "CREATE TABLE \"" + name + "\" (id int NOT NULL PRIMARY KEY, up int, FOREIGN KEY (up) REFERENCES t" + std::to_string((i + 7) % 40) + " (id));\nCREATE INDEX i ON " + name + " (up, id);\n";
    if (i == 20) sql += "SET sql_mode = '';\nSET sql_mode = 'ANSI_QUOTES';\nCREATE VIEW v AS SELECT \"id\" FROM t3;\n";
  }
  place().write("many.sql", sql);
  EXPECT_TRUE(ended_with(0, place().plumb_on_db({"apply", "--yes", "--to", "many.sql"})));
  EXPECT_TRUE(ended_with(0, place().plumb_on_db({"plan", "--exit-code", "--to", "many.sql"})));
  EXPECT_EQ(place().number("SELECT count(*) FROM information_schema.statistics WHERE table_schema = DATABASE() AND index_name = 'i'"), 80);
  place().write("wrong.sql", sql + "CREATE TABLE x (id int, KEY k (nothing));\nCREATE TABLE y (id int, KEY k (nought));\n");
  const RunResult result = place().plumb_on_db({"plan", "--to", "wrong.sql"});
  EXPECT_TRUE(ended_with(1, result));
  EXPECT_TRUE(contains(result.err, "wrong.sql:85:"));
  EXPECT_TRUE(contains(result.err, "wrong.sql:86:"));
  EXPECT_EQ(place().number("SELECT count(*) FROM information_schema.schemata WHERE schema_name LIKE 'plumb\\_scratch\\_%'"), 0);
}

TEST_F(OnMariaDb, ACollationOfMySqlIsToldWithMariaDbsOwn) {
  place().write("mysql.sql", "CREATE TABLE t (a varchar(9)) DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_0900_as_cs;");
  const RunResult result = place().plumb_on_db({"plan", "--to", "mysql.sql"});
  EXPECT_TRUE(ended_with(1, result));
  EXPECT_TRUE(contains(result.err, "utf8mb4_uca1400_nopad_as_cs"));
}

// The column and its constraint are not declared any more and stay without --allow; the name is another one's now.
TEST_F(OnMariaDb, ANameOfAConstraintOverAColumnThatStaysGoesToTheDeclaredOne) {
  place().sql("CREATE TABLE p (id int PRIMARY KEY); CREATE TABLE t (a int, CONSTRAINT c CHECK (a > 0), CONSTRAINT f FOREIGN KEY (a) REFERENCES p (id)); INSERT INTO p VALUES (1); INSERT INTO t VALUES (1);");
  place().write("t.sql", "CREATE TABLE p (id int PRIMARY KEY); CREATE TABLE t (number_of_p int, CONSTRAINT c CHECK (number_of_p > 0), CONSTRAINT f FOREIGN KEY (number_of_p) REFERENCES p (id));");
  EXPECT_TRUE(ended_with(0, place().plumb_on_db({"apply", "--yes", "--to", "t.sql"})));
  EXPECT_TRUE(ended_with(0, place().plumb_on_db({"plan", "--exit-code", "--to", "t.sql"})));
  EXPECT_EQ(place().number("SELECT a FROM t"), 1);
}

TEST_F(OnMariaDb, PartitionsAreTriedOutInAnotherDatabase) {
  place().sql("CREATE TABLE a (id int NOT NULL PRIMARY KEY);");
  place().write("a.plumb", "table a {\n  id int\n  primary key (id)\n  extra \"PARTITION BY RANGE (id) (PARTITION low VALUES LESS THAN (10), PARTITION high VALUES LESS THAN MAXVALUE)\"\n}\n");
  const auto connection = place().connect();
  const auto made = [&] { return connection->query("SHOW GLOBAL STATUS LIKE 'Com_create_db'").rows.at(0).at(1); };
  const auto before = made();
  EXPECT_TRUE(ended_with(0, place().plumb_on_db({"apply", "--yes", "--to", "a.plumb"})));
  EXPECT_NE(made(), before);
  EXPECT_TRUE(ended_with(0, place().plumb_on_db({"plan", "--exit-code", "--to", "a.plumb"})));
}

TEST_F(OnMariaDb, WithoutAServerTheWayOutIsSaid) {
  place().write("a.sql", "CREATE TABLE a (id int) ENGINE=InnoDB AUTO_INCREMENT=3;");
  place().write("b.sql", "CREATE TABLE a (id int) ENGINE=InnoDB AUTO_INCREMENT=9;");
  const RunResult result = place().plumb({"diff", "a.sql", "b.sql"});
  EXPECT_TRUE(ended_with(64, result));
  EXPECT_TRUE(contains(result.err, "--scratch"));
  EXPECT_TRUE(ended_with(0, place().plumb({"diff", "a.sql", "b.sql", "--scratch", place().url()})));
}

TEST_F(OnMariaDb, WhatSqlDoesNotSayIsTheEnginesDefault) {
  place().sql("CREATE TABLE t (id int primary key, b int) ROW_FORMAT=COMPRESSED PARTITION BY HASH(id) PARTITIONS 4;");
  place().write("new.sql", "CREATE TABLE t (id int primary key, b int);");
  EXPECT_TRUE(ended_with(0, place().plumb_on_db({"apply", "--yes", "--to", "new.sql"})));
  EXPECT_TRUE(ended_with(0, place().plumb_on_db({"plan", "--exit-code", "--to", "new.sql"})));
  EXPECT_TRUE(lacks(place().content(), "PARTITION"));
  EXPECT_TRUE(lacks(place().content(), "ROW_FORMAT=COMPRESSED"));
  place().write("newer.sql", "CREATE TABLE t (id int primary key, b int) PARTITION BY HASH(id) PARTITIONS 2;");
  EXPECT_TRUE(ended_with(0, place().plumb_on_db({"apply", "--yes", "--to", "newer.sql"})));
  EXPECT_TRUE(ended_with(0, place().plumb_on_db({"plan", "--exit-code", "--to", "newer.sql"})));
}

TEST_F(OnMariaDb, AcrossEnginesBothAreComparedInWhatBothCanSay) {
  place().write("shop.plumb",
                "table parents {\n  id serial\n  name varchar(50) = \"x\"\n  born date?\n  price decimal(8,2) = 1\n  seen datetime = now on update now\n  on_sale bool = false\n  unique (name)\n}\n"
                "table children {\n  id serial\n  parent_id ref(parents)? on delete cascade\n  extra json?\n  kind enum(\"a\", \"b\")\n  n int = 1\n  index (kind)\n  check (n > 0)\n}\n");
  Workplace lite("sqlite");
  EXPECT_TRUE(ended_with(0, place().plumb_on_db({"apply", "--yes", "--to", "shop.plumb"})));
  EXPECT_TRUE(ended_with(0, place().plumb({"apply", "--yes", "--to", "shop.plumb", "--db", lite.url()})));
  EXPECT_TRUE(ended_with(0, place().plumb({"diff", place().url(), lite.url()})));
  EXPECT_TRUE(ended_with(0, place().plumb({"diff", lite.url(), place().url()})));
  lite.sql("ALTER TABLE parents ADD COLUMN more int;");
  const RunResult result = place().plumb({"diff", place().url(), lite.url(), "--json"});
  EXPECT_TRUE(ended_with(2, result));
  EXPECT_TRUE(contains(result.out, "\"name\": \"more\""));
  Workplace fresh("sqlite");
  EXPECT_TRUE(ended_with(0, place().plumb({"apply", "--yes", "--to", place().url(), "--db", fresh.url()})));
  EXPECT_TRUE(ended_with(0, place().plumb({"plan", "--exit-code", "--to", place().url(), "--db", fresh.url()})));
  EXPECT_TRUE(ended_with(0, place().plumb({"diff", "shop.plumb", fresh.url()})));
}

TEST(Diff, TwoTextsOfTheLanguageNeedNoDatabase) {
  const Workplace place("sqlite");
  place.write("a.plumb", "table t {\n  id serial\n  a int\n  gone int\n}\nview v (select 1)\n");
  place.write("b.plumb", "table u was t {\n  id serial\n  b bigint was a\n  new varchar(20)?\n}\n");
  EXPECT_TRUE(ended_with(0, place.plumb({"diff", "a.plumb", "a.plumb"})));
  for (const char* engine : {"sqlite", "mariadb"}) {
    const RunResult result = place.plumb({"diff", "a.plumb", "b.plumb", "--engine", engine});
    EXPECT_TRUE(ended_with(2, result));
    for (const char* line : {"> table t to u\n", "    > column a to b\n", "    ~ column b: ", "    + column new varchar(20)\n", "    - column gone ", "- view v\n"}) EXPECT_TRUE(contains(result.out, line));
  }
  EXPECT_TRUE(ended_with(64, place.plumb({"diff", "a.plumb"})));
  EXPECT_TRUE(ended_with(64, place.plumb({"diff", "a.plumb", "b.plumb", "--engine", "oracle"})));
  place.write("c.sql", "CREATE TABLE t (id INTEGER);");
  EXPECT_TRUE(ended_with(64, place.plumb({"diff", "c.sql", "c.sql"})));
  EXPECT_TRUE(ended_with(0, place.plumb({"diff", "c.sql", "c.sql", "--engine", "sqlite"})));
}

}  // namespace
}  // namespace plumb::test
