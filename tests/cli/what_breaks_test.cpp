// Changes that the engines take without a word, and after which something that stays could not be used any more: each is
// refused before anything is done, and says what would break.
#include "cli/plumb_program.hpp"

namespace plumb::test {
namespace {

struct Breaking {
  const char* engine;
  const char* name;
  const char* before;
  const char* after;
  const char* told;
  std::vector<std::string> arguments = {};
};

std::ostream& operator<<(std::ostream& out, const Breaking& breaking) { return out << breaking.name; }

class BreakingTest : public testing::TestWithParam<Breaking> {};

TEST_P(BreakingTest, IsRefused) {
  const Breaking& breaking = GetParam();
  if (breaking.engine == std::string("mariadb") && !mariadb_is_wanted()) GTEST_SKIP();
  const Workplace place(breaking.engine);
  place.sql(breaking.before);
  place.write("after.sql", breaking.after);
  std::vector<std::string> apply{"apply", "--yes", "--to", "after.sql"};
  apply.insert(apply.end(), breaking.arguments.begin(), breaking.arguments.end());
  const RunResult result = place.plumb_on_db(apply);
  EXPECT_TRUE(ended_with(3, result));
  EXPECT_TRUE(contains(result.out + result.err, breaking.told));
  const Workplace as_it_was(breaking.engine);
  as_it_was.sql(breaking.before);
  EXPECT_TRUE(ended_with(0, place.plumb({"diff", place.url(), as_it_was.url()})));
}

const std::vector<Breaking> changes = {
    {"sqlite", "a_column_that_a_trigger_reads_goes", "CREATE TABLE t (a, b); CREATE TRIGGER g AFTER INSERT ON t BEGIN SELECT new.b; END;", "CREATE TABLE t (a);", "trigger g on t does not work: no such column: new.b",
     {"--allow", "drop-column"}},
    {"sqlite", "a_column_that_a_declared_trigger_reads_goes", "CREATE TABLE t (a, b); CREATE TRIGGER g AFTER UPDATE ON t BEGIN SELECT old.b; END;", "CREATE TABLE t (a); CREATE TRIGGER g AFTER UPDATE ON t BEGIN SELECT old.b; END;",
     "trigger g on t does not work: no such column: old.b", {"--allow", "drop-column"}},
    {"sqlite", "a_table_that_a_trigger_writes_gets_a_column", "CREATE TABLE t (a); CREATE TABLE log (m); CREATE TRIGGER g AFTER DELETE ON t BEGIN INSERT INTO log VALUES (old.a); END;", "CREATE TABLE t (a); CREATE TABLE log (m, n);",
     "trigger g on t does not work: table log has 2 columns but 1 values were supplied"},
    {"sqlite", "a_table_that_a_trigger_writes_goes", "CREATE TABLE t (a); CREATE TABLE log (m); CREATE TRIGGER g AFTER INSERT ON t BEGIN INSERT INTO log VALUES (new.a); END;", "CREATE TABLE t (a);",
     "trigger g on t does not work: no such table: main.log", {"--allow", "drop-table"}},
    {"sqlite", "a_view_loses_a_column_that_another_one_reads", "CREATE TABLE t (a, b); CREATE VIEW v AS SELECT a, b FROM t; CREATE VIEW w AS SELECT b FROM v;", "CREATE TABLE t (a, b); CREATE VIEW v AS SELECT a FROM t;",
     "view w does not answer: no such column: b"},
    {"sqlite", "a_view_goes_that_another_one_reads", "CREATE TABLE t (a); CREATE VIEW v AS SELECT a FROM t; CREATE VIEW w AS SELECT a FROM v;", "CREATE TABLE t (a); CREATE VIEW w AS SELECT a FROM v;",
     "view w does not answer: no such table: main.v", {"--allow", "drop-view"}},
    {"sqlite", "a_unique_key_goes_that_others_refer_to", "CREATE TABLE p (a TEXT UNIQUE); CREATE TABLE c (p TEXT REFERENCES p (a));", "CREATE TABLE p (a TEXT);", "table p would have no key over (a) any more, to which c (p) refers"},
    {"sqlite", "a_unique_key_gets_another_collation_that_others_refer_to", "CREATE TABLE p (a TEXT UNIQUE); CREATE TABLE c (x TEXT REFERENCES p (a));",
     "CREATE TABLE p (a TEXT); CREATE UNIQUE INDEX u ON p (a COLLATE NOCASE); CREATE TABLE c (x TEXT REFERENCES p (a));", "table p would have no key over (a) any more"},
    {"sqlite", "a_primary_key_goes_that_others_refer_to", "CREATE TABLE p (id INTEGER PRIMARY KEY); CREATE TABLE c (p INT REFERENCES p);", "CREATE TABLE p (id INT); CREATE TABLE c (p INT REFERENCES p);",
     "table p would have no key over"},
    {"sqlite", "a_primary_key_moves_to_which_others_refer_without_columns", "CREATE TABLE p (a INTEGER PRIMARY KEY, b INT UNIQUE); CREATE TABLE c (x INT REFERENCES p);",
     "CREATE TABLE p (a INTEGER UNIQUE, b INT PRIMARY KEY); CREATE TABLE c (x INT REFERENCES p);", "the primary key of p becomes (b) and was (a): c (x) refers to it without naming columns"},
    {"sqlite", "a_primary_key_turns_round_to_which_others_refer_without_columns", "CREATE TABLE p (a INT, b INT, PRIMARY KEY (a, b)); CREATE TABLE c (x INT, y INT, FOREIGN KEY (x, y) REFERENCES p);",
     "CREATE TABLE p (a INT, b INT, PRIMARY KEY (b, a)); CREATE TABLE c (x INT, y INT, FOREIGN KEY (x, y) REFERENCES p);", "the primary key of p becomes (b, a) and was (a, b)"},
    {"sqlite", "a_table_is_renamed_that_a_full_text_index_reads", "CREATE TABLE docs (id INTEGER PRIMARY KEY, body TEXT); CREATE VIRTUAL TABLE f USING fts5 (body, content = 'docs', content_rowid = 'id');",
     "CREATE TABLE papers (id INTEGER PRIMARY KEY, body TEXT); CREATE VIRTUAL TABLE f USING fts5 (body, content = 'docs', content_rowid = 'id');", "virtual table f does not answer: no such table: main.docs",
     {"--rename", "docs=papers"}},
    {"sqlite", "something_is_renamed_while_a_trigger_elsewhere_is_broken", "CREATE TABLE t (a INT); CREATE TABLE u (z INT); CREATE TRIGGER g AFTER INSERT ON u BEGIN INSERT INTO gone VALUES (new.z); END;",
     "CREATE TABLE t2 (a INT); CREATE TABLE u (z INT); CREATE TRIGGER g AFTER INSERT ON u BEGIN INSERT INTO gone VALUES (new.z); END;", "error in trigger g: no such table: main.gone", {"--rename", "t=t2"}},

    {"mariadb", "the_way_back_fails_in_the_rehearsal", "CREATE TABLE t (id int PRIMARY KEY) ENGINE=MyISAM; CREATE TABLE m (id int PRIMARY KEY) ENGINE=MERGE UNION=(t);",
     "CREATE TABLE t (id int PRIMARY KEY, b int) ENGINE=MyISAM; CREATE TABLE m (id int PRIMARY KEY, b int) ENGINE=MERGE UNION=(t);", "does not lead back"},
    {"sqlite", "a_computed_column_becomes_not_null", "CREATE TABLE t (id INTEGER PRIMARY KEY, a INT, b INT AS (a * 2)); INSERT INTO t (id, a) VALUES (1, NULL), (2, 4);", "CREATE TABLE t (id INTEGER PRIMARY KEY, a INT, b INT AS (a * 2) NOT NULL);",
     "rows for which the expression of t.b, which is not null, gives NULL: 1, for example id=1"},
    {"sqlite", "a_computed_column_that_is_not_null_is_added", "CREATE TABLE t (id INTEGER PRIMARY KEY, old INT); INSERT INTO t VALUES (1, NULL), (2, 4);", "CREATE TABLE t (id INTEGER PRIMARY KEY, a INT, b INT AS (a * 2) STORED NOT NULL);",
     "rows for which the expression of t.b, which is not null, gives NULL: 1, for example id=1", {"--rename", "t.old=a"}},
    {"sqlite", "a_computed_column_that_is_not_null_is_computed_in_another_way", "CREATE TABLE t (id INTEGER PRIMARY KEY, a INT, b INT AS (a * 2) NOT NULL); INSERT INTO t (id, a) VALUES (1, 5), (2, 0);",
     "CREATE TABLE t (id INTEGER PRIMARY KEY, a INT, b INT AS (1 / a) NOT NULL);", "rows for which the expression of t.b, which is not null, gives NULL: 1, for example id=2"},
    {"sqlite", "a_column_that_is_not_null_becomes_computed", "CREATE TABLE t (id INTEGER PRIMARY KEY, a INT, b INT NOT NULL); INSERT INTO t VALUES (1, NULL, 3);", "CREATE TABLE t (id INTEGER PRIMARY KEY, a INT, b INT AS (a * 2) NOT NULL);",
     "rows for which the expression of t.b, which is not null, gives NULL: 1, for example id=1", {"--allow", "destructive"}},
    {"sqlite", "what_a_computed_column_is_computed_from_is_computed_in_another_way", "CREATE TABLE t (id INTEGER PRIMARY KEY, a INT, b INT AS (a * 2), c INT AS (b + 1) NOT NULL); INSERT INTO t (id, a) VALUES (1, 5), (2, 0);",
     "CREATE TABLE t (id INTEGER PRIMARY KEY, a INT, b INT AS (1 / a), c INT AS (b + 1) NOT NULL);", "rows for which the expression of t.c, which is not null, gives NULL: 1, for example id=2"},
    {"sqlite", "a_virtual_table_would_become_a_table", "CREATE VIRTUAL TABLE f USING fts5 (a);", "CREATE TABLE f (a);", "say drop table f, or --allow drop-table"},
    {"sqlite", "a_table_goes_that_a_view_reads", "CREATE TABLE t (a); CREATE TABLE v (a); CREATE VIEW w AS SELECT a FROM v;", "CREATE TABLE t (a); CREATE VIEW w AS SELECT a FROM v;", "table v cannot be dropped: the view w reads it",
     {"--allow", "drop-table"}},
    {"sqlite", "an_index_cannot_be_computed_for_a_row", "CREATE TABLE m (id INTEGER PRIMARY KEY, json TEXT); INSERT INTO m VALUES (1, '{}'), (2, 'not json');", "CREATE TABLE m (id INTEGER PRIMARY KEY, json TEXT); CREATE INDEX mi ON m (json_extract(json, '$.a'));",
     "rows for which what index mi of m holds cannot be computed: fails over the rows: malformed JSON"},
    {"sqlite", "a_partial_index_cannot_be_computed_for_a_row", "CREATE TABLE m (id INTEGER PRIMARY KEY, json TEXT); INSERT INTO m VALUES (1, '{}'), (2, 'not json');", "CREATE TABLE m (id INTEGER PRIMARY KEY, json TEXT); CREATE INDEX mi ON m (id) WHERE json ->> 'a' IS NULL;",
     "rows for which what index mi of m holds cannot be computed: fails over the rows: malformed JSON"},
    {"sqlite", "a_unique_index_cannot_be_computed_for_a_row", "CREATE TABLE m (id INTEGER PRIMARY KEY, json TEXT); INSERT INTO m VALUES (1, '{}'), (2, 'not json');", "CREATE TABLE m (id INTEGER PRIMARY KEY, json TEXT); CREATE UNIQUE INDEX mi ON m (json_extract(json, '$.a'));",
     "fails over the rows: malformed JSON"},
    {"sqlite", "a_check_cannot_be_computed_for_a_row", "CREATE TABLE m (id INTEGER PRIMARY KEY, json TEXT); INSERT INTO m VALUES (1, '{}'), (2, 'not json');", "CREATE TABLE m (id INTEGER PRIMARY KEY, json TEXT CHECK (json_extract(json, '$.a') IS NULL));",
     "fails over the rows: malformed JSON"},
    {"sqlite", "a_stored_column_cannot_be_computed_for_a_row", "CREATE TABLE m (id INTEGER PRIMARY KEY, json TEXT); INSERT INTO m VALUES (1, '{}'), (2, 'not json');", "CREATE TABLE m (id INTEGER PRIMARY KEY, word TEXT, c TEXT AS (json_extract(word, '$.a')) STORED);",
     "rows for which the expression of m.c cannot be computed: fails over the rows: malformed JSON", {"--rename", "m.json=word"}},
    {"sqlite", "a_virtual_column_cannot_be_computed_for_a_row", "CREATE TABLE m (id INTEGER PRIMARY KEY, json TEXT); INSERT INTO m VALUES (1, '{}'), (2, 'not json');", "CREATE TABLE m (id INTEGER PRIMARY KEY, json TEXT, c TEXT AS (json_extract(json, '$.a')));",
     "rows for which the expression of m.c cannot be computed: fails over the rows: malformed JSON"},
    {"mariadb", "a_history_holds_what_does_not_fit", "CREATE TABLE t (id int PRIMARY KEY, a varchar(20)) WITH SYSTEM VERSIONING; INSERT INTO t VALUES (1, '12345678'); UPDATE t SET a = '1';",
     "CREATE TABLE t (id int PRIMARY KEY, a varchar(4)) WITH SYSTEM VERSIONING;", "values of t.a that do not fit varchar(4), now or in their history: 1"},
    {"sqlite", "a_foreign_key_compares_as_its_parent_does", "CREATE TABLE p (k TEXT PRIMARY KEY); CREATE TABLE c (id INTEGER PRIMARY KEY, x INT); INSERT INTO p VALUES ('2.0'); INSERT INTO c VALUES (2, 2);",
     "CREATE TABLE p (k TEXT PRIMARY KEY); CREATE TABLE c (id INTEGER PRIMARY KEY, x INT REFERENCES p (k));", "rows of c whose (x) has no row in p: 1, for example id=2, x=2"},
    {"sqlite", "a_table_goes_to_which_rows_refer", "CREATE TABLE p (a INTEGER PRIMARY KEY); CREATE TABLE o (id INTEGER PRIMARY KEY, pid INT REFERENCES p (a)); INSERT INTO p VALUES (77); INSERT INTO o VALUES (1, 77);",
     "CREATE TABLE o (id INTEGER PRIMARY KEY, pid INT REFERENCES p (a));", "rows of o whose (pid) refers to p, which goes: 1, for example id=1, pid=77; clear the references first, or drop the foreign key", {"--allow", "destructive"}},
    {"sqlite", "a_table_is_written_anew_whose_computed_column_fails_over_a_row",
     "CREATE TABLE t (id INTEGER PRIMARY KEY, v TEXT, w INT); INSERT INTO t VALUES (1, 'no json', 2); ALTER TABLE t ADD COLUMN g AS (json_extract(v, '$.a')) VIRTUAL;",
     "CREATE TABLE t (id INTEGER PRIMARY KEY, v TEXT, w TEXT, g AS (json_extract(v, '$.a')) VIRTUAL);", "the expression of t.g cannot be computed"},
    {"sqlite", "a_new_column_refers_to_a_table_that_gets_another_key",
     "CREATE TABLE role (id INTEGER PRIMARY KEY, name TEXT NOT NULL); CREATE TABLE user (id INTEGER PRIMARY KEY, n TEXT); INSERT INTO user VALUES (1, 'x'), (2, 'y'); CREATE TABLE zz (id INTEGER PRIMARY KEY);",
     "CREATE TABLE role (slug TEXT PRIMARY KEY NOT NULL); CREATE TABLE user (id INTEGER PRIMARY KEY, n TEXT, roleSlug TEXT NOT NULL DEFAULT 'member' REFERENCES role (slug)); CREATE TABLE zz (id INTEGER PRIMARY KEY, q TEXT);",
     "rows of user whose (roleSlug) has no row in role, in which no row can stand by then: 2", {"--allow", "destructive"}},
    {"mariadb", "a_unique_key_compares_by_the_computed_column", "CREATE TABLE t (id int PRIMARY KEY, x varchar(20) COLLATE utf8mb4_bin); INSERT INTO t VALUES (1, 'a'), (2, 'A');",
     "CREATE TABLE t (id int PRIMARY KEY, x varchar(20) COLLATE utf8mb4_bin, k varchar(20) COLLATE utf8mb4_general_ci AS (x) STORED, UNIQUE (k));", "values of (k) of t that stand in several rows"},
    {"mariadb", "a_check_that_stays_compares_under_another_collation", "CREATE TABLE t (id int PRIMARY KEY, a varchar(9) COLLATE utf8mb4_bin, CHECK (a <> 'ABC')); INSERT INTO t VALUES (1, 'abc');",
     "CREATE TABLE t (id int PRIMARY KEY, a varchar(9) COLLATE utf8mb4_general_ci, CHECK (a <> 'ABC'));", "which stays: 1, for example id=1, a='abc'"},
    {"mariadb", "a_unique_key_sees_what_is_computed_from_a_changed_column",
     "CREATE TABLE t (id int PRIMARY KEY, a varchar(20), d varchar(3) AS (left(a, 3)) VIRTUAL, f varchar(5) AS (concat(d, 'x')) VIRTUAL, UNIQUE (f)); INSERT INTO t (id, a) VALUES (1, 'abc'), (2, 'abd');",
     "CREATE TABLE t (id int PRIMARY KEY, a varchar(20), d varchar(3) AS (left(a, 2)) VIRTUAL, f varchar(5) AS (concat(d, 'x')) VIRTUAL, UNIQUE (f));", "that stand in several rows, against unique f, which stays: 1"},
    {"mariadb", "a_key_is_put_on_again_over_a_row_without_a_parent",
     "CREATE TABLE p (id int PRIMARY KEY); CREATE TABLE c (id int PRIMARY KEY, p int, KEY (p), CONSTRAINT f FOREIGN KEY (p) REFERENCES p (id)); INSERT INTO p VALUES (1); SET foreign_key_checks = 0; INSERT INTO c VALUES (1, 1), (2, 99); SET foreign_key_checks = 1;",
     "CREATE TABLE p (id bigint PRIMARY KEY); CREATE TABLE c (id int PRIMARY KEY, p bigint, KEY (p), CONSTRAINT f FOREIGN KEY (p) REFERENCES p (id));", "rows of c whose (p) has no row in p: 1, for example id=2, p=99"},
    {"mariadb", "a_history_holds_null", "CREATE TABLE t (id int PRIMARY KEY, a int) WITH SYSTEM VERSIONING; INSERT INTO t VALUES (1, NULL); UPDATE t SET a = 5;",
     "CREATE TABLE t (id int PRIMARY KEY, a int NOT NULL) WITH SYSTEM VERSIONING;", "rows with NULL in t.a, now or in their history"},
    {"mariadb", "a_period_over_rows_that_end_before_they_begin", "CREATE TABLE t (id int PRIMARY KEY, a date NOT NULL, b date NOT NULL); INSERT INTO t VALUES (1, '2020-01-05', '2020-01-01');",
     "CREATE TABLE t (id int PRIMARY KEY, a date NOT NULL, b date NOT NULL, PERIOD FOR p (a, b));", "rows of t that violate the period p (a, b): 1"},
    {"mariadb", "a_check_that_stays_sees_other_values", "CREATE TABLE t (id int PRIMARY KEY, a int, e int AS (a) VIRTUAL, CHECK (e < 5)); INSERT INTO t (id, a) VALUES (1, 1), (2, 2);",
     "CREATE TABLE t (id int PRIMARY KEY, a int, e int AS (a * 10) VIRTUAL, CHECK (e < 5));", "rows of t that violate check CONSTRAINT_1, which stays: 2"},
    {"mariadb", "a_unique_key_that_stays_sees_other_values", "CREATE TABLE t (id int PRIMARY KEY, a int, e int AS (a) VIRTUAL UNIQUE); INSERT INTO t (id, a) VALUES (1, 1), (2, 2);",
     "CREATE TABLE t (id int PRIMARY KEY, a int, e int AS (a DIV 10) VIRTUAL UNIQUE);", "against unique e, which stays: 1"},
    {"sqlite", "a_check_that_stays_sees_other_values", "CREATE TABLE t (id INTEGER PRIMARY KEY, a INT, e INT AS (a) VIRTUAL, CHECK (e < 5)); INSERT INTO t (id, a) VALUES (1, 1), (2, 2);",
     "CREATE TABLE t (id INTEGER PRIMARY KEY, a INT, e INT AS (a * 10) VIRTUAL, CHECK (e < 5));", "rows of t that violate a check that stays: 2"},
    {"mariadb", "rows_have_no_partition_any_more", "CREATE TABLE t (id int PRIMARY KEY) PARTITION BY RANGE (id) (PARTITION p0 VALUES LESS THAN (10), PARTITION p1 VALUES LESS THAN (20)); INSERT INTO t VALUES (1), (15);",
     "CREATE TABLE t (id int PRIMARY KEY) PARTITION BY RANGE (id) (PARTITION p0 VALUES LESS THAN (10));", "rows of t for which there is no partition: 1"},
    {"mariadb", "versioning_ends_with_its_history", "CREATE TABLE t (id int PRIMARY KEY, a int) WITH SYSTEM VERSIONING; INSERT INTO t VALUES (1, 1); UPDATE t SET a = 2;", "CREATE TABLE t (id int PRIMARY KEY, a int);",
     "ends the versioning of t, whose history is kept aside (1, for example id=1)"},
    {"mariadb", "a_sequence_is_called_like_a_table", "CREATE TABLE s (a int PRIMARY KEY);", "CREATE SEQUENCE s;", "sequence s is declared, but the database has a table of that name"},
    {"mariadb", "a_table_that_a_trigger_writes_goes", "CREATE TABLE t (a int); CREATE TABLE log (m int); CREATE TRIGGER g AFTER INSERT ON t FOR EACH ROW INSERT INTO log VALUES (NEW.a);", "CREATE TABLE t (a int);",
     "table log cannot be dropped: the trigger g on t names it", {"--allow", "drop-table"}},
    {"mariadb", "a_table_that_a_trigger_writes_gets_a_column", "CREATE TABLE t (a int); CREATE TABLE log (m int); CREATE TRIGGER g AFTER INSERT ON t FOR EACH ROW INSERT INTO log VALUES (NEW.a);",
     "CREATE TABLE t (a int); CREATE TABLE log (m int, n int);", "the trigger g on t inserts into log without naming its columns, which are 1 and become 2"},
    {"mariadb", "a_column_that_a_trigger_changes_goes", "CREATE TABLE t (a int); CREATE TABLE log (m int, n int); CREATE TRIGGER g AFTER INSERT ON t FOR EACH ROW UPDATE log SET m = greatest(m, 1), `n` = NEW.a WHERE m > 1;",
     "CREATE TABLE t (a int); CREATE TABLE log (m int);", "column log.n cannot be dropped: the trigger g on t writes it", {"--allow", "drop-column"}},
    {"mariadb", "a_column_that_a_trigger_writes_goes", "CREATE TABLE t (a int); CREATE TABLE log (m int, n int); CREATE TRIGGER g AFTER INSERT ON t FOR EACH ROW INSERT INTO log (n) VALUES (NEW.a);",
     "CREATE TABLE t (a int); CREATE TABLE log (m int);", "column log.n cannot be dropped: the trigger g on t writes it", {"--allow", "drop-column"}},
};

INSTANTIATE_TEST_SUITE_P(, BreakingTest, testing::ValuesIn(changes), [](const auto& one) { return std::string(one.param.engine) + "_" + one.param.name; });

// What is broken before a plan is not the plan's affair.
TEST(TriggersOfSqlite, ThatDidNotWorkBeforeAreToldAndStopNothing) {
  const Workplace place("sqlite");
  place.sql("CREATE TABLE t (a); CREATE TRIGGER g AFTER INSERT ON t BEGIN SELECT word FROM nowhere; END;");
  place.write("after.sql", "CREATE TABLE t (a, b);");
  const RunResult result = place.plumb_on_db({"apply", "--yes", "--to", "after.sql"});
  EXPECT_TRUE(ended_with(0, result));
  EXPECT_TRUE(contains(result.out, "trigger g, which does not work (no such table: main.nowhere"));
}

// Functions and collations of the application are no reason either.
TEST(TriggersOfSqlite, ThatNeedTheApplicationStopNothing) {
  const Workplace place("sqlite");
  place.sql("CREATE TABLE t (a INT); CREATE TABLE l (m); CREATE TRIGGER g AFTER INSERT ON t BEGIN INSERT INTO l VALUES (myfunc(new.a)); END; CREATE VIEW v AS SELECT myfunc(a) AS q FROM t;");
  place.write("after.sql", "CREATE TABLE t2 (a INT); CREATE TABLE l (m); CREATE TRIGGER g AFTER INSERT ON t2 BEGIN INSERT INTO l VALUES (myfunc(new.a)); END; CREATE VIEW v AS SELECT 1 + myfunc(a) AS q FROM t2;");
  EXPECT_TRUE(ended_with(0, place.plumb_on_db({"apply", "--yes", "--rename", "t=t2", "--to", "after.sql"})));
}

// Where foreign keys are on, DROP TABLE would delete the rows that refer to the table that is written anew.
TEST(PlansAsSql, KeepTheRowsThatReferToARebuiltTable) {
  const Workplace place("sqlite");
  place.sql("CREATE TABLE p (id INTEGER PRIMARY KEY, a TEXT); CREATE TABLE c (p INT REFERENCES p (id) ON DELETE CASCADE); INSERT INTO p VALUES (1, 'x'); INSERT INTO c VALUES (1);");
  place.write("after.sql", "CREATE TABLE p (id INTEGER PRIMARY KEY, a TEXT NOT NULL); CREATE TABLE c (p INT REFERENCES p (id) ON DELETE CASCADE);");
  EXPECT_TRUE(ended_with(0, place.plumb_on_db({"plan", "--to", "after.sql", "-o", "plan.sql"})));
  place.sql("PRAGMA foreign_keys = ON;\n" + place.read("plan.sql"));
  EXPECT_EQ(place.number("SELECT count(*) FROM c"), 1);
  EXPECT_TRUE(ended_with(0, place.plumb_on_db({"plan", "--exit-code", "--to", "after.sql"})));
}

/// On MariaDB, over rows that stand: what has come cannot go back, and nothing is undone.
void expect_no_way_back(const Workplace& place, const std::string& before, const std::string& allowed, const std::string& why) {
  place.sql(before);
  place.write("after.sql", "CREATE TABLE t (a int);");
  EXPECT_TRUE(ended_with(0, place.plumb_on_db({"apply", "--yes", "--allow", allowed, "--to", "after.sql"})));
  const RunResult refused = place.plumb_on_db({"rollback", "--yes"});
  EXPECT_TRUE(ended_with(3, refused));
  EXPECT_TRUE(contains(refused.err, why));
  EXPECT_TRUE(ended_with(0, place.plumb_on_db({"plan", "--exit-code", "--to", "after.sql"})));
}

// The rows as they were are kept, and nothing tells which is which.
TEST(RollbackOnMariaDb, AsksBeforeAKeyIsMadeOverRowsWithoutTheirValues) {
  if (!mariadb_is_wanted()) GTEST_SKIP();
  const Workplace place("mariadb");
  expect_no_way_back(place, "CREATE TABLE t (a int, g int NOT NULL, UNIQUE KEY k (g)); INSERT INTO t VALUES (1, 5), (2, 6);", "destructive", "stood or came since and have no value for");
  place.sql("DELETE FROM t;");
  EXPECT_TRUE(ended_with(0, place.plumb_on_db({"rollback", "--yes"})));
}

// A number that was given once may have left the database.
TEST(Rollback, GivesNoNumberOfAnAutomaticKeyAgain) {
  for (const std::string engine : {"sqlite", "mariadb"}) {
    if (engine == "mariadb" && !mariadb_is_wanted()) continue;
    const Workplace place(engine);
    place.sql("CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT, a INT);", "CREATE TABLE t (id int AUTO_INCREMENT PRIMARY KEY, a int);");
    place.sql("INSERT INTO t VALUES (5, 1), (9, 2); DELETE FROM t WHERE id = 9;");
    place.write("after.sql", "CREATE TABLE t (id INTEGER PRIMARY KEY, a INT);");
    EXPECT_TRUE(ended_with(0, place.plumb_on_db({"apply", "--yes", "--to", "after.sql"})));
    EXPECT_TRUE(ended_with(0, place.plumb_on_db({"rollback", "--yes"})));
    place.sql("INSERT INTO t (a) VALUES (3);");
    EXPECT_EQ(place.number("SELECT max(id) FROM t"), 10);
    EXPECT_EQ(place.number(place.is_sqlite() ? "SELECT count(*) FROM sqlite_schema WHERE name LIKE 'plumb_attic%'" : "SELECT count(*) FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name LIKE 'plumb_attic%'"), 0);
  }
}

TEST(RollbackOnSqlite, BuildsAFullTextIndexOfAnotherTableAgain) {
  const Workplace place("sqlite");
  place.sql("CREATE TABLE docs (id INTEGER PRIMARY KEY, body TEXT); CREATE VIRTUAL TABLE f USING fts5 (body, content = 'docs', content_rowid = 'id'); INSERT INTO docs VALUES (1, 'hello'); INSERT INTO f (f) VALUES ('rebuild');");
  place.write("after.sql", "CREATE TABLE docs (id INTEGER PRIMARY KEY, body TEXT);");
  EXPECT_TRUE(ended_with(0, place.plumb_on_db({"apply", "--yes", "--allow", "drop-table", "--to", "after.sql"})));
  EXPECT_TRUE(ended_with(0, place.plumb_on_db({"rollback", "--yes"})));
  EXPECT_EQ(place.number("SELECT rowid FROM f WHERE f MATCH 'hello'"), 1);
}

TEST(RollbackOnMariaDb, InventsNoValueForAColumnThatIsNotComputedAnyMore) {
  if (!mariadb_is_wanted()) GTEST_SKIP();
  const Workplace place("mariadb");
  place.sql("CREATE TABLE t (id int PRIMARY KEY, a int, b int NOT NULL); INSERT INTO t VALUES (1, 2, 99);");
  place.write("after.sql", "CREATE TABLE t (id int PRIMARY KEY, a int, b int AS (a * 2) VIRTUAL);");
  EXPECT_TRUE(ended_with(0, place.plumb_on_db({"apply", "--yes", "--allow", "destructive", "--to", "after.sql"})));
  place.sql("INSERT INTO t (id, a) VALUES (2, 4);");
  const std::string content = place.content();
  const RunResult stopped = place.plumb_on_db({"rollback", "--yes"});
  EXPECT_TRUE(ended_with(3, stopped));
  EXPECT_TRUE(contains(stopped.err, "have no value for `b`, which is not computed any more"));
  EXPECT_EQ(place.content(), content);
  place.sql("DELETE FROM t WHERE id = 2;");
  EXPECT_TRUE(ended_with(0, place.plumb_on_db({"rollback", "--yes"})));
  EXPECT_EQ(place.number("SELECT b FROM t"), 99);
}

// Each statement commits by itself there, so that what a key, a check or a foreign key will refuse is asked before the first of them.
TEST(RollbackOnMariaDb, StopsBeforeAnythingIsUndoneWhereRowsAreAgainstWhatComesBack) {
  if (!mariadb_is_wanted()) GTEST_SKIP();
  struct Returning {
    std::string before;
    std::string after;
    std::string since;
    std::string told;
    std::string mended;
  };
  const std::string further = "CREATE TABLE b (id int PRIMARY KEY, n int);";
  const std::string parents = "CREATE TABLE p (id int PRIMARY KEY); CREATE TABLE a (id int PRIMARY KEY, p int, x double";
  const std::vector<Returning> cases{
      {"CREATE TABLE a (id int PRIMARY KEY, k int UNIQUE);", "CREATE TABLE a (id int PRIMARY KEY, k int);", "INSERT INTO a VALUES (1, 5), (2, 5);", "have the same (k) as others", "DELETE FROM a WHERE id = 2;"},
      {"CREATE TABLE a (id int PRIMARY KEY, k int, x int);", "CREATE TABLE a (id int, k int, x int);", "INSERT INTO a VALUES (1, 5, 1), (1, 6, 1);", "have the same (id) as others", "DELETE FROM a WHERE k = 6;"},
      {"CREATE TABLE a (id int PRIMARY KEY, k int, CONSTRAINT c CHECK (k > 0));", "CREATE TABLE a (id int PRIMARY KEY, k int);", "INSERT INTO a VALUES (2, -1);", "violate the check", "UPDATE a SET k = 1;"},
      {"CREATE TABLE a (id int PRIMARY KEY, k int CHECK (k > 0));", "CREATE TABLE a (id int PRIMARY KEY, k int);", "INSERT INTO a VALUES (2, -1);", "violate the check", "UPDATE a SET k = 1;"},
      {parents + ", CONSTRAINT f FOREIGN KEY (p) REFERENCES p (id));", "CREATE TABLE p (id int PRIMARY KEY); CREATE TABLE a (id int PRIMARY KEY, p int, x float);", "INSERT INTO a VALUES (1, 7, 2);", "refer to nothing in `p`", "INSERT INTO p VALUES (7);"},
  };
  for (const Returning& one : cases) {
    const Workplace place("mariadb");
    place.sql(one.before + "CREATE TABLE b (id int PRIMARY KEY);");
    place.write("after.sql", one.after + further);
    EXPECT_TRUE(ended_with(0, place.plumb_on_db({"apply", "--yes", "--allow", "narrow", "--to", "after.sql"}))) << one.before;
    place.sql(one.since);
    const std::string content = place.content();
    const RunResult stopped = place.plumb_on_db({"rollback", "--yes"});
    EXPECT_TRUE(ended_with(3, stopped)) << one.before;
    EXPECT_TRUE(contains(stopped.err, one.told));
    EXPECT_EQ(place.content(), content);
    place.sql(one.mended);
    EXPECT_TRUE(ended_with(0, place.plumb_on_db({"rollback", "--yes"}))) << one.before;
  }
}

// The old type is back by then, and what was kept is not: that is half a way, and goes on when the trigger is gone.
TEST(RollbackOnMariaDb, IsHalfDoneWhereTheValuesCannotBePutBack) {
  if (!mariadb_is_wanted()) GTEST_SKIP();
  const Workplace place("mariadb");
  const std::string trigger = "CREATE TRIGGER g BEFORE UPDATE ON t FOR EACH ROW SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'no';";
  place.sql("CREATE TABLE t (id int PRIMARY KEY, a double); INSERT INTO t VALUES (1, 0.123456789); " + trigger);
  const std::string rows = place.rows();
  place.write("after.sql", "CREATE TABLE t (id int PRIMARY KEY, a float); " + trigger);
  EXPECT_TRUE(ended_with(0, place.plumb_on_db({"apply", "--yes", "--allow", "narrow", "--to", "after.sql"})));
  const RunResult stopped = place.plumb_on_db({"rollback", "--yes"});
  EXPECT_TRUE(ended_with(1, stopped));
  EXPECT_TRUE(contains(stopped.err, "1 statement took effect"));
  EXPECT_TRUE(ended_with(6, place.plumb_on_db({"status"})));
  place.sql("DROP TRIGGER g;");
  EXPECT_TRUE(lacks(place.rows(), "0.123456789"));
  const RunResult resumed = place.plumb_on_db({"resume"});
  EXPECT_TRUE(contains(place.rows(), "0.123456789")) << resumed.err;
}

// No condition tells which of these values the server refuses, so that the server is asked with a copy.
TEST(TypesOfMariaDb, AreTriedBeforeAnythingIsChanged) {
  if (!mariadb_is_wanted()) GTEST_SKIP();
  const std::map<std::string, std::pair<std::string, std::string>> conversions{{"1425000000", {"int", "datetime"}}, {"'x'", {"blob", "int"}}, {"'1800-01-01'", {"date", "year"}}, {"5", {"bit(8)", "json"}}};
  for (const auto& [value, types] : conversions) {
    const Workplace place("mariadb");
    place.sql("CREATE TABLE t (id int PRIMARY KEY, c " + types.first + "); INSERT INTO t VALUES (1, " + value + ");");
    const std::string before = place.content();
    place.write("after.sql", "CREATE TABLE t (id int PRIMARY KEY, c " + types.second + "); CREATE TABLE further (a int);");
    const RunResult stopped = place.plumb_on_db({"apply", "--yes", "--allow", "narrow", "--to", "after.sql"});
    EXPECT_TRUE(ended_with(3, stopped)) << value;
    EXPECT_TRUE(contains(stopped.err, "no statement of the plan took effect"));
    EXPECT_EQ(place.content(), before);
    place.sql("UPDATE t SET c = NULL;");
    EXPECT_TRUE(ended_with(0, place.plumb_on_db({"apply", "--yes", "--allow", "narrow", "--to", "after.sql"}))) << value;
    EXPECT_TRUE(ended_with(0, place.plumb_on_db({"rollback", "--yes"}))) << value;
  }
}

TEST(RollbackOnMariaDb, TellsOfRowsWhoseParentWentMeanwhile) {
  if (!mariadb_is_wanted()) GTEST_SKIP();
  const Workplace place("mariadb");
  const std::string parent = "CREATE TABLE p (id int PRIMARY KEY);";
  place.sql(parent + " CREATE TABLE c (id int PRIMARY KEY, p int, KEY (p), CONSTRAINT f FOREIGN KEY (p) REFERENCES p (id)); INSERT INTO p VALUES (1); INSERT INTO c VALUES (1, 1);");
  place.write("after.sql", parent);
  EXPECT_TRUE(ended_with(0, place.plumb_on_db({"apply", "--yes", "--allow", "destructive", "--to", "after.sql"})));
  place.sql("DELETE FROM p;");
  const RunResult back = place.plumb_on_db({"rollback", "--yes"});
  EXPECT_TRUE(ended_with(0, back));
  EXPECT_TRUE(contains(back.out + back.err, "rows refer to nothing now, under c (p) to p") || contains(back.out + back.err, "rows refer to nothing now, under `c` (p) to `p`"));
  EXPECT_EQ(place.number("SELECT count(*) FROM information_schema.table_constraints WHERE constraint_schema = DATABASE() AND constraint_type = 'FOREIGN KEY'"), 1);
}

TEST(RollbackOnMariaDb, IsNoneForAViewThatDidNotAnswer) {
  if (!mariadb_is_wanted()) GTEST_SKIP();
  const Workplace place("mariadb");
  place.sql("CREATE TABLE t (id int PRIMARY KEY, s int); CREATE VIEW bad AS SELECT id, s FROM t; ALTER TABLE t DROP s;");
  place.write("after.sql", "CREATE TABLE t (id bigint PRIMARY KEY);");
  const RunResult planned = place.plumb_on_db({"plan", "--allow", "destructive", "--to", "after.sql"});
  EXPECT_TRUE(contains(planned.out, "view bad does not answer as it stands"));
  EXPECT_TRUE(ended_with(0, place.plumb_on_db({"apply", "--yes", "--allow", "destructive", "--to", "after.sql"})));
  EXPECT_TRUE(ended_with(3, place.plumb_on_db({"rollback", "--yes"})));
  EXPECT_TRUE(ended_with(0, place.plumb({"diff", place.url(), "after.sql"}))) << "nothing was undone";
}

// The server computes what is stored or indexed when it adds the column, which is late where other steps come first.
TEST(ComputedColumnsOfMariaDb, AreTriedBeforeAnythingIsChanged) {
  if (!mariadb_is_wanted()) GTEST_SKIP();
  for (const std::string column : {"v tinyint AS (fresh + w) STORED", "v tinyint AS (fresh) VIRTUAL, KEY (v)", "v varchar(3) AS (concat('no', w)) STORED", "v varchar(3) AS (concat('no', w)) VIRTUAL, KEY (v)", "d int DEFAULT (7), v tinyint AS (fresh + d) STORED"}) {
    const Workplace place("mariadb");
    place.sql("CREATE TABLE a (id int PRIMARY KEY, n int); INSERT INTO a VALUES (1, NULL); CREATE TABLE old_t (id int PRIMARY KEY, stale int); INSERT INTO old_t VALUES (1, 1000);");
    const std::string before = place.content();
    place.write("after.sql", "CREATE TABLE a (id int PRIMARY KEY, n int NOT NULL -- plumb: backfill (5)\n); CREATE TABLE t (id int PRIMARY KEY, fresh int, w int AS (fresh + 1) VIRTUAL, " + column + ");");
    const std::vector<std::string> apply{"apply", "--yes", "--to", "after.sql", "--rename", "old_t=t", "--rename", "t.stale=fresh"};
    const RunResult stopped = place.plumb_on_db(apply);
    EXPECT_TRUE(ended_with(3, stopped)) << column;
    EXPECT_TRUE(contains(stopped.err, "no statement of the plan took effect"));
    EXPECT_EQ(place.content(), before);
    place.sql("UPDATE old_t SET stale = 5;");
    EXPECT_TRUE(ended_with(0, place.plumb_on_db(apply))) << column;
    EXPECT_TRUE(ended_with(0, place.plumb_on_db({"rollback", "--yes"}))) << column;
  }
}

// The statement that only brings the collations together says nothing of what comes later.
TEST(TypesOfMariaDb, AreTriedBeforeCollationsAreBroughtTogether) {
  if (!mariadb_is_wanted()) GTEST_SKIP();
  const Workplace place("mariadb");
  place.sql("CREATE TABLE t (id int PRIMARY KEY, a varchar(20) CHARACTER SET latin1, w varchar(40)); INSERT INTO t VALUES (1, 'x', '2020-01-01');");
  const std::string before = place.content();
  place.write("after.sql", "CREATE TABLE t (id int PRIMARY KEY, a varchar(20) CHARACTER SET utf8mb4, w time, b varchar(20) NOT NULL -- plumb: backfill (a)\n);");
  const RunResult stopped = place.plumb_on_db({"apply", "--yes", "--allow", "narrow", "--to", "after.sql"});
  EXPECT_TRUE(ended_with(3, stopped));
  EXPECT_TRUE(contains(stopped.err, "no statement of the plan took effect"));
  EXPECT_EQ(place.content(), before);
}

// Checks are off where a row stands against one, and a new one that could not be asked is not put on over rows that it forbids.
TEST(ChecksOfSqlite, AreLeftToTheEngineWhereTheyCannotBeAsked) {
  const Workplace place("sqlite");
  place.sql("CREATE TABLE t (id INTEGER PRIMARY KEY, a INT CHECK (a > 0), c TEXT); PRAGMA ignore_check_constraints = ON; INSERT INTO t VALUES (1, -1, 'x'); PRAGMA ignore_check_constraints = OFF;");
  const std::string before = place.content();
  place.write("after.sql", "CREATE TABLE t (id INTEGER PRIMARY KEY, a INT CHECK (a > 0), c TEXT, d INT NOT NULL, -- plumb: backfill (9)\n e INT NOT NULL, -- plumb: backfill (d)\n CHECK (e < 5));");
  EXPECT_TRUE(ended_with(3, place.plumb_on_db({"apply", "--yes", "--to", "after.sql"})));
  EXPECT_EQ(place.content(), before);
}

TEST(RollbackOnMariaDb, InventsNoNumbersForRowsWhoseKeyWent) {
  if (!mariadb_is_wanted()) GTEST_SKIP();
  const Workplace place("mariadb");
  expect_no_way_back(place, "CREATE TABLE t (id int AUTO_INCREMENT PRIMARY KEY, a int); INSERT INTO t VALUES (10, 1), (20, 2);", "drop-column", "have no value for `id`");
}

TEST(RollbackOnMariaDb, MakesATriggerAgainUnderItsOwnCollation) {
  if (!mariadb_is_wanted()) GTEST_SKIP();
  const Workplace place("mariadb");
  place.sql("CREATE TABLE t (id int PRIMARY KEY, a varchar(9)); SET collation_connection = 'latin1_german2_ci'; CREATE TRIGGER g BEFORE INSERT ON t FOR EACH ROW SET NEW.a = 'x';");
  const std::string asked = "SELECT collation_connection FROM information_schema.triggers WHERE trigger_schema = DATABASE()";
  EXPECT_EQ(place.text(asked), "latin1_german2_ci");
  place.write("after.sql", "CREATE TABLE t (id int PRIMARY KEY, a varchar(9));");
  EXPECT_TRUE(ended_with(0, place.plumb_on_db({"apply", "--yes", "--allow", "destructive", "--to", "after.sql"})));
  EXPECT_TRUE(ended_with(0, place.plumb_on_db({"rollback", "--yes"})));
  EXPECT_EQ(place.text(asked), "latin1_german2_ci");
}

TEST(RollbackOnMariaDb, BringsTheHistoryOfRowsBack) {
  if (!mariadb_is_wanted()) GTEST_SKIP();
  for (const std::string period : {"", ", s timestamp(6) GENERATED ALWAYS AS ROW START, e timestamp(6) GENERATED ALWAYS AS ROW END, PERIOD FOR SYSTEM_TIME (s, e)"}) {
    const Workplace place("mariadb");
    place.sql("CREATE TABLE t (id int PRIMARY KEY, a int" + period + ") WITH SYSTEM VERSIONING; INSERT INTO t (id, a) VALUES (1, 1); UPDATE t SET a = 2; DELETE FROM t; INSERT INTO t (id, a) VALUES (2, 3);");
    const std::string history = "SELECT group_concat(id, ':', a, ' until ', " + std::string(period.empty() ? "ROW_END" : "e") + " ORDER BY a) FROM t FOR SYSTEM_TIME ALL WHERE a < 3";
    const std::string before = place.text(history);
    place.write("after.sql", "CREATE TABLE t (id int PRIMARY KEY, a int);");
    EXPECT_TRUE(ended_with(0, place.plumb_on_db({"apply", "--yes", "--allow", "narrow,drop-column", "--to", "after.sql"})));
    EXPECT_TRUE(ended_with(0, place.plumb_on_db({"rollback", "--yes"})));
    EXPECT_EQ(place.text(history), before);
    EXPECT_EQ(place.number("SELECT count(*) FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name LIKE 'plumb_attic%'"), 0);
  }
}

// The server says the kind of such a key by itself.
TEST(UniqueTexts, OfADescriptionStandOnBothEngines) {
  for (const std::string engine : {"sqlite", "mariadb"}) {
    if (engine == "mariadb" && !mariadb_is_wanted()) continue;
    const Workplace place(engine);
    place.write("app.plumb", "schema app\n\ntable t {\n  id  int\n  a  text\n  b  varchar(1000)\n  primary key (id)\n  unique (a)\n  unique (b)\n}\n");
    EXPECT_TRUE(ended_with(0, place.plumb_on_db({"apply", "--yes", "--to", "app.plumb"})));
    EXPECT_TRUE(ended_with(0, place.plumb_on_db({"plan", "--exit-code", "--to", "app.plumb"})));
    EXPECT_TRUE(ended_with(0, place.plumb_on_db({"inspect", "-o", "back.plumb"})));
    EXPECT_TRUE(ended_with(0, place.plumb_on_db({"plan", "--exit-code", "--to", "back.plumb"})));
  }
}

TEST(NamesOfOthers, AreNotTakenWithoutAWord) {
  for (const std::string engine : {"sqlite", "mariadb"}) {
    if (engine == "mariadb" && !mariadb_is_wanted()) continue;
    const Workplace place(engine);
    place.sql("CREATE TABLE t (a int); CREATE TABLE w (a int); CREATE VIEW v AS SELECT a FROM t;");
    place.write("table.sql", "CREATE TABLE t (a int); CREATE TABLE w (a int); CREATE TABLE v (a int);");
    place.write("view.sql", "CREATE TABLE t (a int); CREATE VIEW v AS SELECT a FROM t; CREATE VIEW w AS SELECT a FROM t;");
    EXPECT_TRUE(contains(place.plumb_on_db({"plan", "--to", "table.sql"}).out, "the database has a view of that name"));
    EXPECT_TRUE(contains(place.plumb_on_db({"plan", "--to", "view.sql"}).out, "the database has a table of that name"));
    EXPECT_TRUE(ended_with(0, place.plumb_on_db({"apply", "--yes", "--allow", "drop-view", "--to", "table.sql"})));
    EXPECT_TRUE(ended_with(0, place.plumb_on_db({"apply", "--yes", "--allow", "destructive", "--to", "view.sql"})));
  }
}

}  // namespace
}  // namespace plumb::test
