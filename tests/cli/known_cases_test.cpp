// Changes over which other schema tools have stumbled, each from one SQL text to another one on a live database with rows:
// it applies, planning again gives nothing, the database is as if it was made anew, the rows are there, and rollback leads back.
#include "cli/plumb_program.hpp"

namespace plumb::test {
namespace {

struct KnownCase {
  const char* engine;
  const char* name;
  const char* before;
  const char* after;
  const char* question;  ///< asked at the end
  const char* answer;
  std::vector<std::string> arguments = {};
};

std::ostream& operator<<(std::ostream& out, const KnownCase& known) { return out << known.name; }

class KnownCaseTest : public testing::TestWithParam<KnownCase> {};

TEST_P(KnownCaseTest, IsReached) {
  const KnownCase& known = GetParam();
  if (known.engine == std::string("mariadb") && !mariadb_is_wanted()) GTEST_SKIP();
  const Workplace place(known.engine);
  place.sql(known.before);
  const std::string rows = place.rows();
  place.write("after.sql", known.after);
  std::vector<std::string> apply{"apply", "--yes", "--to", "after.sql"};
  apply.insert(apply.end(), known.arguments.begin(), known.arguments.end());
  EXPECT_TRUE(ended_with(0, place.plumb_on_db(apply)));
  EXPECT_EQ(place.text(known.question), known.answer);
  EXPECT_TRUE(ended_with(0, place.plumb_on_db({"plan", "--exit-code", "--allow", "destructive", "--to", "after.sql"})));
  EXPECT_TRUE(ended_with(0, place.plumb({"diff", place.url(), "after.sql"})));
  const Workplace anew(known.engine);
  anew.sql(known.after);
  EXPECT_TRUE(ended_with(0, place.plumb({"diff", place.url(), anew.url()})));
  EXPECT_TRUE(ended_with(0, place.plumb_on_db({"rollback", "--yes"})));
  const Workplace as_it_was(known.engine);
  as_it_was.sql(known.before);
  EXPECT_TRUE(ended_with(0, place.plumb({"diff", place.url(), as_it_was.url()})));
  EXPECT_EQ(place.rows(), rows);
}

const std::vector<KnownCase> changes = {
    {"sqlite", "rename_of_a_column_that_everything_names",
     "CREATE TABLE t (id INTEGER PRIMARY KEY, old TEXT CHECK (old <> ''), loud TEXT GENERATED ALWAYS AS (upper(old)) VIRTUAL, UNIQUE (old, id));"
     "CREATE INDEX i ON t (old COLLATE NOCASE DESC) WHERE old IS NOT NULL; CREATE VIEW v AS SELECT old AS word FROM t; CREATE TABLE log (x);"
     "CREATE TRIGGER g AFTER UPDATE OF old ON t BEGIN INSERT INTO log VALUES (new.old); END; INSERT INTO t (id, old) VALUES (1, 'a');",
     "CREATE TABLE t (id INTEGER PRIMARY KEY, fresh TEXT CHECK (fresh <> ''), loud TEXT GENERATED ALWAYS AS (upper(fresh)) VIRTUAL, UNIQUE (fresh, id));"
     "CREATE INDEX i ON t (fresh COLLATE NOCASE DESC) WHERE fresh IS NOT NULL; CREATE VIEW v AS SELECT fresh AS word FROM t; CREATE TABLE log (x);"
     "CREATE TRIGGER g AFTER UPDATE OF fresh ON t BEGIN INSERT INTO log VALUES (new.fresh); END;",
     "SELECT word || loud FROM v, t", "aA", {"--rename", "t.old=fresh"}},
    {"sqlite", "a_name_of_a_query_is_that_of_a_renamed_column", "CREATE TABLE t (a INT, n INT); CREATE VIEW v AS WITH q (a) AS (SELECT n FROM t) SELECT a FROM q; INSERT INTO t VALUES (1, 2);",
     "CREATE TABLE t (b INT, n INT); CREATE VIEW v AS WITH q (a) AS (SELECT n FROM t) SELECT a FROM q;", "SELECT a FROM v", "2", {"--rename", "t.a=b"}},
    {"sqlite", "a_trigger_inserts_or_updates_renamed_columns",
     "CREATE TABLE t (id INTEGER PRIMARY KEY, a INT UNIQUE, n INT); CREATE TABLE s (x INT); INSERT INTO t VALUES (1, 4, 5);"
     "CREATE TRIGGER g AFTER INSERT ON s BEGIN INSERT INTO t (a, n) VALUES (new.x, 1) ON CONFLICT (a) DO UPDATE SET n = n + excluded.n; END; INSERT INTO s VALUES (4);",
     "CREATE TABLE t (id INTEGER PRIMARY KEY, b INT UNIQUE, m INT); CREATE TABLE s (x INT);"
     "CREATE TRIGGER g AFTER INSERT ON s BEGIN INSERT INTO t (b, m) VALUES (new.x, 1) ON CONFLICT (b) DO UPDATE SET m = m + excluded.m; END;",
     "SELECT m FROM t", "6", {"--rename", "t.a=b", "--rename", "t.n=m"}},
    {"sqlite", "columns_that_a_trigger_joins_by_name_are_renamed_together",
     "CREATE TABLE t (b INT, n INT); CREATE TABLE s (b INT, m INT); CREATE TABLE l (q INT); INSERT INTO t VALUES (1, 2); CREATE TRIGGER g AFTER INSERT ON l BEGIN UPDATE l SET q = (SELECT n FROM t JOIN s USING (b)); END;",
     "CREATE TABLE t (c INT, n INT); CREATE TABLE s (c INT, m INT); CREATE TABLE l (q INT); CREATE TRIGGER g AFTER INSERT ON l BEGIN UPDATE l SET q = (SELECT n FROM t JOIN s USING (c)); END;",
     "SELECT c FROM t", "1", {"--rename", "t.b=c", "--rename", "s.b=c"}},
    {"sqlite", "a_primary_key_moves_and_references_stay",
     "CREATE TABLE p (a INTEGER PRIMARY KEY, b INT UNIQUE); CREATE TABLE c (x INT REFERENCES p); INSERT INTO p VALUES (1, 10), (2, 20); INSERT INTO c VALUES (1);",
     "CREATE TABLE p (a INTEGER UNIQUE, b INT PRIMARY KEY); CREATE TABLE c (x INT REFERENCES p (a));", "SELECT group_concat(\"to\") FROM pragma_foreign_key_list('c')", "a"},
    {"sqlite", "a_full_text_index_of_another_table_goes",
     "CREATE TABLE docs (id INTEGER PRIMARY KEY, body TEXT); CREATE VIRTUAL TABLE f USING fts5 (body, content = 'docs', content_rowid = 'id'); INSERT INTO docs VALUES (1, 'hello'); INSERT INTO f (f) VALUES ('rebuild');",
     "CREATE TABLE docs (id INTEGER PRIMARY KEY, body TEXT);", "SELECT count(*) FROM docs", "1", {"--allow", "drop-table"}},
    {"sqlite", "a_new_number_of_rows_takes_the_place_of_a_column", "CREATE TABLE t (i, p); INSERT INTO t VALUES (10, 'a'), (20, 'b');", "CREATE TABLE t (id INTEGER PRIMARY KEY, p);", "SELECT group_concat(id || p) FROM t", "1a,2b", {"--allow", "drop-column"}},
    {"sqlite", "a_column_is_renamed_where_others_have_strings_in_double_quotes",
     "CREATE TABLE t (a text, b); CREATE TABLE u (x text CHECK (x IN (\"yes\", \"no\"))); CREATE INDEX ux ON u (x) WHERE x <> \"none\"; CREATE VIEW v AS SELECT x FROM u WHERE x <> \"zz\"; INSERT INTO u VALUES ('yes'); INSERT INTO t VALUES (1, 2);",
     "CREATE TABLE t (a text, c); CREATE TABLE u (x text CHECK (x IN (\"yes\", \"no\"))); CREATE INDEX ux ON u (x) WHERE x <> \"none\"; CREATE VIEW v AS SELECT x FROM u WHERE x <> \"zz\";", "SELECT x || c FROM v, t", "yes2",
     {"--rename", "t.b=c"}},
    {"sqlite", "a_column_goes_where_others_have_strings_in_double_quotes", "CREATE TABLE t (a, b); CREATE TABLE u (x CHECK (x <> \"none\")); INSERT INTO t VALUES (1, 2);", "CREATE TABLE t (a); CREATE TABLE u (x CHECK (x <> \"none\"));", "SELECT a FROM t", "1",
     {"--allow", "drop-column"}},
    {"sqlite", "a_table_is_renamed_under_a_view_that_a_view_reads", "CREATE TABLE a (x); CREATE VIEW v AS SELECT x FROM a; CREATE VIEW w AS SELECT x FROM v; INSERT INTO a VALUES (1);",
     "CREATE TABLE b (x); CREATE VIEW v AS SELECT x FROM b; CREATE VIEW w AS SELECT x FROM v;", "SELECT x FROM w", "1", {"--rename", "a=b"}},
    {"sqlite", "a_column_comes_beside_a_broken_view", "CREATE TABLE t (a); CREATE VIEW v AS SELECT * FROM nowhere; INSERT INTO t VALUES (1);", "CREATE TABLE t (a, b); CREATE VIEW v AS SELECT * FROM nowhere;", "SELECT a FROM t", "1"},
    {"sqlite", "a_column_goes_beside_a_broken_trigger", "CREATE TABLE t (a, b); CREATE TABLE u (x); CREATE TRIGGER g AFTER INSERT ON u BEGIN INSERT INTO nowhere VALUES (1); END; INSERT INTO t VALUES (1, 2);",
     "CREATE TABLE t (a); CREATE TABLE u (x); CREATE TRIGGER g AFTER INSERT ON u BEGIN INSERT INTO nowhere VALUES (1); END;", "SELECT a FROM t", "1", {"--allow", "drop-column"}},
    {"sqlite", "rows_that_refer_to_nothing_go", "CREATE TABLE p (a INTEGER PRIMARY KEY); CREATE TABLE c (x REFERENCES p (a)); INSERT INTO c VALUES (7);", "CREATE TABLE p (a INTEGER PRIMARY KEY);", "SELECT count(*) FROM p", "0", {"--allow", "drop-table"}},
    {"sqlite", "a_key_that_others_refer_to_becomes_text",
     "CREATE TABLE p (id INTEGER PRIMARY KEY, n TEXT); CREATE TABLE c (id INTEGER PRIMARY KEY, p_id INTEGER NOT NULL REFERENCES p (id) ON DELETE CASCADE); INSERT INTO p VALUES (7, 'x'); INSERT INTO c VALUES (1, 7);",
     "CREATE TABLE p (id TEXT PRIMARY KEY, n TEXT); CREATE TABLE c (id INTEGER PRIMARY KEY, p_id TEXT NOT NULL REFERENCES p (id) ON DELETE CASCADE);",
     "SELECT typeof(p.id) || typeof(p_id) || p.id FROM p JOIN c ON p_id = p.id", "texttext7", {"--allow", "narrow"}},
    {"sqlite", "a_table_that_refers_to_itself_is_rebuilt",
     "CREATE TABLE t (id INTEGER PRIMARY KEY, up INTEGER REFERENCES t (id) ON DELETE CASCADE, n VARCHAR(5)); INSERT INTO t VALUES (1, NULL, 'a'), (2, 1, 'b'), (3, 2, 'c');",
     "CREATE TABLE t (id INTEGER PRIMARY KEY, up INTEGER REFERENCES t (id) ON DELETE CASCADE, n VARCHAR(9) NOT NULL DEFAULT 'z');", "SELECT count(*) FROM t WHERE up IS NOT NULL", "2"},
    {"sqlite", "a_table_that_others_refer_to_by_cascade_is_rebuilt",
     "CREATE TABLE p (id INTEGER PRIMARY KEY, n INT); CREATE TABLE c (p_id INT REFERENCES p ON DELETE CASCADE ON UPDATE CASCADE); INSERT INTO p VALUES (1, 1); INSERT INTO c VALUES (1);",
     "CREATE TABLE p (id INTEGER PRIMARY KEY, n TEXT NOT NULL DEFAULT ''); CREATE TABLE c (p_id INT REFERENCES p ON DELETE CASCADE ON UPDATE CASCADE);", "SELECT count(*) FROM c", "1", {"--allow", "narrow"}},
    {"sqlite", "a_referenced_table_gets_another_name",
     "CREATE TABLE \"auth_user\" (\"id\" integer NOT NULL PRIMARY KEY AUTOINCREMENT, \"name\" varchar(30) NOT NULL UNIQUE); CREATE TABLE m2m (a integer NOT NULL REFERENCES auth_user (id) DEFERRABLE INITIALLY DEFERRED, UNIQUE (a));"
     "INSERT INTO auth_user VALUES (5, 'x'); INSERT INTO m2m VALUES (5);",
     "CREATE TABLE \"people\" (\"id\" integer NOT NULL PRIMARY KEY AUTOINCREMENT, \"name\" varchar(30) NOT NULL UNIQUE); CREATE TABLE m2m (a integer NOT NULL REFERENCES people (id) DEFERRABLE INITIALLY DEFERRED, UNIQUE (a));",
     "SELECT seq FROM sqlite_sequence WHERE name = 'people'", "5", {"--rename", "auth_user=people"}},
    {"sqlite", "a_column_with_a_default_that_is_not_constant_is_added", "CREATE TABLE t (id INTEGER PRIMARY KEY); INSERT INTO t VALUES (1);",
     "CREATE TABLE t (id INTEGER PRIMARY KEY, made TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP, token TEXT DEFAULT (lower(hex('ab'))), minus INT DEFAULT -1, yes BOOL DEFAULT TRUE, bytes BLOB DEFAULT x'00ff');",
     "SELECT (made > '2000') || token || minus || yes || hex(bytes) FROM t", "16162-1100FF"},
    {"sqlite", "spellings_of_the_current_time_change", "CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT DEFAULT CURRENT_TIMESTAMP, b TEXT DEFAULT (datetime('now'))); INSERT INTO t (id) VALUES (1);",
     "CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT DEFAULT (datetime('now', 'localtime')), b TEXT DEFAULT CURRENT_DATE);", "SELECT length(a) || length(b) FROM t", "1919"},
    {"sqlite", "a_partial_index_changes_its_condition", "CREATE TABLE t (a INT, b INT); CREATE UNIQUE INDEX i ON t (a) WHERE b = 1; INSERT INTO t VALUES (1, 1), (1, 2);",
     "CREATE TABLE t (a INT, b INT); CREATE UNIQUE INDEX i ON t (a) WHERE b > 1;", "SELECT count(*) FROM t", "2"},
    {"sqlite", "an_index_over_an_expression_changes", "CREATE TABLE t (a TEXT, b TEXT); CREATE INDEX i ON t (lower(a), b DESC); INSERT INTO t VALUES ('A', 'b');",
     "CREATE TABLE t (a TEXT, b TEXT); CREATE INDEX i ON t (lower(a) COLLATE RTRIM, a || b);", "SELECT count(*) FROM t", "1"},
    {"sqlite", "a_unique_constraint_gets_a_name_and_another_column", "CREATE TABLE t (a INT, b INT, c INT, UNIQUE (a, b)); INSERT INTO t VALUES (1, 2, 3);",
     "CREATE TABLE t (a INT, b INT, c INT, CONSTRAINT once UNIQUE (a, b, c) ON CONFLICT IGNORE);", "SELECT a + b + c FROM t", "6"},
    {"sqlite", "the_primary_key_moves_to_other_columns", "CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT NOT NULL, b INT NOT NULL); INSERT INTO t VALUES (9, 'x', 1);",
     "CREATE TABLE t (id INTEGER, a TEXT NOT NULL, b INT NOT NULL, PRIMARY KEY (b DESC, a)) WITHOUT ROWID;", "SELECT id FROM t", "9"},
    {"sqlite", "a_table_becomes_strict", "CREATE TABLE t (id INTEGER PRIMARY KEY, a INT, b TEXT); INSERT INTO t VALUES (1, 5, 'x');", "CREATE TABLE t (id INTEGER PRIMARY KEY, a INT, b TEXT) STRICT;", "SELECT a || b FROM t", "5x"},
    {"sqlite", "numbers_are_counted_on_after_autoincrement_comes", "CREATE TABLE t (id INTEGER PRIMARY KEY, a); INSERT INTO t VALUES (41, 1);",
     "CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT, a);", "SELECT seq FROM sqlite_sequence WHERE name = 't'", "41"},
    {"sqlite", "a_generated_column_becomes_stored", "CREATE TABLE t (a INT, b INT GENERATED ALWAYS AS (a * 2) VIRTUAL); INSERT INTO t (a) VALUES (4);",
     "CREATE TABLE t (a INT, b INT GENERATED ALWAYS AS (a * 2) STORED);", "SELECT b FROM t", "8"},
    {"sqlite", "the_action_of_a_foreign_key_changes", "CREATE TABLE p (id INTEGER PRIMARY KEY); CREATE TABLE c (p_id INT REFERENCES p (id)); INSERT INTO p VALUES (1); INSERT INTO c VALUES (1);",
     "CREATE TABLE p (id INTEGER PRIMARY KEY); CREATE TABLE c (p_id INT REFERENCES p (id) ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED);", "SELECT count(*) FROM c", "1"},
    {"sqlite", "a_foreign_key_gets_a_name", "CREATE TABLE o (id INTEGER PRIMARY KEY); CREATE TABLE w (id INTEGER PRIMARY KEY, oid INT REFERENCES o (id)); INSERT INTO o VALUES (1); INSERT INTO w VALUES (1, 1);",
     "CREATE TABLE o (id INTEGER PRIMARY KEY); CREATE TABLE w (id INTEGER PRIMARY KEY, oid INT, CONSTRAINT fk_x FOREIGN KEY (oid) REFERENCES o (id));", "SELECT count(*) FROM pragma_foreign_key_list('w')", "1"},
    {"sqlite", "a_foreign_key_over_a_row_without_a_parent_gets_a_name", "CREATE TABLE o (id INTEGER PRIMARY KEY); CREATE TABLE w (id INTEGER PRIMARY KEY, oid INT REFERENCES o (id)); INSERT INTO w VALUES (1, 7);",
     "CREATE TABLE o (id INTEGER PRIMARY KEY); CREATE TABLE w (id INTEGER PRIMARY KEY, oid INT, CONSTRAINT fk_x FOREIGN KEY (oid) REFERENCES o (id));", "SELECT oid FROM w", "7"},
    {"sqlite", "a_foreign_key_takes_a_value_for_what_its_parent_is", "CREATE TABLE p (k TEXT PRIMARY KEY); CREATE TABLE c (id INTEGER PRIMARY KEY, x); INSERT INTO p VALUES ('1'); INSERT INTO c VALUES (1, 1);",
     "CREATE TABLE p (k TEXT PRIMARY KEY); CREATE TABLE c (id INTEGER PRIMARY KEY, x REFERENCES p (k));", "SELECT typeof(x) FROM c", "integer"},
    {"sqlite", "a_foreign_key_that_stands_twice_goes_once",
     "CREATE TABLE o (id INTEGER PRIMARY KEY); CREATE TABLE w (id INTEGER PRIMARY KEY, oid INT REFERENCES o (id), FOREIGN KEY (oid) REFERENCES o (id)); INSERT INTO o VALUES (1); INSERT INTO w VALUES (1, 1);",
     "CREATE TABLE o (id INTEGER PRIMARY KEY); CREATE TABLE w (id INTEGER PRIMARY KEY, oid INT REFERENCES o (id));", "SELECT count(*) FROM pragma_foreign_key_list('w')", "1"},
    {"sqlite", "the_name_of_an_index_goes_to_an_earlier_table",
     "CREATE TABLE a (id INTEGER PRIMARY KEY, s INT); CREATE TABLE b (id INTEGER PRIMARY KEY, n TEXT); CREATE INDEX i ON b (n); CREATE INDEX j ON b (n, id); INSERT INTO a VALUES (1, 2); INSERT INTO b VALUES (1, 'x');",
     "CREATE TABLE a (id INTEGER PRIMARY KEY, s INT); CREATE INDEX i ON a (s); CREATE TABLE b (id INTEGER PRIMARY KEY, n TEXT, m TEXT); CREATE INDEX j ON b (n, id);", "SELECT group_concat(tbl_name) FROM sqlite_master WHERE name = 'i'", "a"},
    {"sqlite", "names_of_indexes_of_two_tables_change_places",
     "CREATE TABLE a (id INTEGER PRIMARY KEY, s INT); CREATE TABLE b (id INTEGER PRIMARY KEY, n TEXT CHECK (n <> '')); CREATE INDEX i ON b (n); CREATE UNIQUE INDEX j ON a (s); INSERT INTO a VALUES (1, 2); INSERT INTO b VALUES (1, 'x');",
     "CREATE TABLE a (id INTEGER PRIMARY KEY, s INT); CREATE INDEX i ON a (s); CREATE TABLE b (id INTEGER PRIMARY KEY, n TEXT); CREATE UNIQUE INDEX j ON b (n);", "SELECT group_concat(tbl_name || name) FROM (SELECT * FROM sqlite_master WHERE name IN ('i', 'j') ORDER BY name)", "ai,bj"},
    {"sqlite", "a_table_is_written_anew_with_rows_against_its_checks",
     "CREATE TABLE t (id INTEGER PRIMARY KEY, n INT CHECK (n > 0), s TEXT, CONSTRAINT k CHECK (s <> 'no')); PRAGMA ignore_check_constraints = ON; INSERT INTO t VALUES (1, 5, 'a'), (2, -5, 'no'); PRAGMA ignore_check_constraints = OFF;",
     "CREATE TABLE t (id INTEGER PRIMARY KEY, n INT CHECK (n > 0), s TEXT NOT NULL, CONSTRAINT k CHECK (s <> 'no'));", "SELECT n || s FROM t WHERE id = 2", "-5no"},
    {"sqlite", "a_column_goes_with_its_check_that_rows_are_against", "CREATE TABLE t (id INTEGER PRIMARY KEY, n INT CHECK (n > 0), s TEXT); PRAGMA ignore_check_constraints = ON; INSERT INTO t VALUES (1, -5, 'a'); PRAGMA ignore_check_constraints = OFF;",
     "CREATE TABLE t (id INTEGER PRIMARY KEY, s TEXT);", "SELECT s FROM t", "a", {"--allow", "destructive"}},
    {"sqlite", "a_table_goes_with_rows_against_its_checks", "CREATE TABLE t (id INTEGER PRIMARY KEY, n INT CHECK (n > 0)); CREATE TABLE o (a); PRAGMA ignore_check_constraints = ON; INSERT INTO t VALUES (1, -5); PRAGMA ignore_check_constraints = OFF;",
     "CREATE TABLE o (a);", "SELECT count(*) FROM o", "0", {"--allow", "destructive"}},
    {"sqlite", "a_strict_table_that_holds_anything_ends", "CREATE TABLE t (id INTEGER PRIMARY KEY, v ANY) STRICT; INSERT INTO t VALUES (1, '12'), (2, 1.0), (3, '1e3'), (4, x'00'), (5, 'a');",
     "CREATE TABLE t (id INTEGER PRIMARY KEY, v ANY);", "SELECT group_concat(typeof(v)) FROM t", "integer,integer,integer,blob,text", {"--allow", "narrow"}},
    {"sqlite", "what_held_anything_becomes_a_text", "CREATE TABLE t (id INTEGER PRIMARY KEY, v ANY) STRICT; INSERT INTO t VALUES (1, '12'), (2, 1.0), (3, ' 12 '), (4, 7), (5, 'a');",
     "CREATE TABLE t (id INTEGER PRIMARY KEY, v TEXT) STRICT;", "SELECT group_concat(v) FROM t", "12,1.0, 12 ,7,a"},
    {"sqlite", "large_numbers_in_words_become_numbers", "CREATE TABLE t (id INTEGER PRIMARY KEY, v TEXT, r REAL); INSERT INTO t VALUES (1, '1.0e+18', 1e18), (2, '1e300', 1e300), (3, '12', -9223372036854775808), (4, '1e15', 0.5);",
     "CREATE TABLE t (id INTEGER PRIMARY KEY, v INTEGER, r INTEGER);", "SELECT group_concat(typeof(v) || typeof(r)) FROM t", "integerinteger,realreal,integerreal,integerreal", {"--allow", "narrow"}},
    {"sqlite", "a_column_with_a_check_comes_beside_a_row_against_another", "CREATE TABLE t (id INTEGER PRIMARY KEY, a INT CHECK (a > 0)); PRAGMA ignore_check_constraints = ON; INSERT INTO t VALUES (1, -1); PRAGMA ignore_check_constraints = OFF;",
     "CREATE TABLE t (id INTEGER PRIMARY KEY, a INT CHECK (a > 0), b INT CHECK (b < 9));", "SELECT a FROM t", "-1"},
    {"sqlite", "a_check_goes_that_rows_are_against", "CREATE TABLE t (id INTEGER PRIMARY KEY, n INT, CONSTRAINT k CHECK (n > 0)); PRAGMA ignore_check_constraints = ON; INSERT INTO t VALUES (1, -5); PRAGMA ignore_check_constraints = OFF;",
     "CREATE TABLE t (id INTEGER PRIMARY KEY, n INT);", "SELECT n FROM t", "-5"},
    {"sqlite", "the_name_of_an_index_goes_to_a_new_table", "CREATE TABLE b (id INTEGER PRIMARY KEY, n TEXT); CREATE INDEX i ON b (n); INSERT INTO b VALUES (1, 'x');",
     "CREATE TABLE b (id INTEGER PRIMARY KEY, n TEXT); CREATE TABLE c (id INTEGER PRIMARY KEY, s INT); CREATE INDEX i ON c (s);", "SELECT group_concat(tbl_name) FROM sqlite_master WHERE name = 'i'", "c"},
    {"sqlite", "names_are_keywords", "CREATE TABLE \"order\" (\"group\" INT, \"select\" TEXT); CREATE INDEX \"index\" ON \"order\" (\"group\"); INSERT INTO \"order\" VALUES (1, 'x');",
     "CREATE TABLE \"order\" (\"group\" INT NOT NULL, \"select\" TEXT, \"from\" INT); CREATE INDEX \"index\" ON \"order\" (\"group\", \"select\");", "SELECT \"select\" FROM \"order\"", "x"},
    {"sqlite", "a_column_goes_that_an_index_and_a_view_name", "CREATE TABLE t (id INTEGER PRIMARY KEY, a INT, b INT); CREATE INDEX i ON t (a); CREATE VIEW v AS SELECT id, a FROM t; INSERT INTO t VALUES (1, 2, 3);",
     "CREATE TABLE t (id INTEGER PRIMARY KEY, b INT); CREATE VIEW v AS SELECT id, b FROM t;", "SELECT b FROM v", "3", {"--allow", "drop-column"}},
    {"sqlite", "tables_refer_to_each_other", "CREATE TABLE a (id INTEGER PRIMARY KEY, b_id INT REFERENCES b (id)); CREATE TABLE b (id INTEGER PRIMARY KEY, a_id INT REFERENCES a (id)); INSERT INTO a VALUES (1, NULL); INSERT INTO b VALUES (1, 1); UPDATE a SET b_id = 1;",
     "CREATE TABLE a (id INTEGER PRIMARY KEY, b_id INT REFERENCES b (id), n INT NOT NULL DEFAULT 0 CHECK (n >= 0)); CREATE TABLE b (id INTEGER PRIMARY KEY, a_id BIGINT REFERENCES a (id) ON DELETE CASCADE);", "SELECT b_id + a_id FROM a, b", "2", {"--allow", "narrow"}},
    {"sqlite", "every_column_gives_way_to_others", "CREATE TABLE t (z TEXT); INSERT INTO t (z) VALUES ('x');",
     "CREATE TABLE t (a INT DEFAULT 4, b INT);", "SELECT a FROM t", "4", {"--allow", "drop-column"}},
    {"sqlite", "a_key_is_no_other_name_of_the_row_number_any_more",
     "CREATE TABLE t (id INTEGER PRIMARY KEY, body TEXT); INSERT INTO t VALUES (10, 'pear'), (20, 'plum'); CREATE VIRTUAL TABLE f USING fts5(body, content='t'); INSERT INTO f (f) VALUES ('rebuild');",
     "CREATE TABLE t (id INT PRIMARY KEY, body TEXT); CREATE VIRTUAL TABLE f USING fts5(body, content='t');", "SELECT body || rowid FROM f WHERE f MATCH 'plum'", "plum20"},
    {"sqlite", "the_row_number_becomes_a_key", "CREATE TABLE t (body TEXT); INSERT INTO t (rowid, body) VALUES (10, 'a'), (20, 'b');", "CREATE TABLE t (id INTEGER NOT NULL PRIMARY KEY, body TEXT);",
     "SELECT group_concat(id || body, ' ') FROM t", "10a 20b"},
    {"sqlite", "no_column_stays_and_every_row_does", "CREATE TABLE t (id INTEGER PRIMARY KEY); INSERT INTO t VALUES (7), (9);", "CREATE TABLE t (word TEXT DEFAULT 'q');", "SELECT group_concat(rowid || word) FROM t", "7q,9q",
     {"--allow", "drop-column"}},
    {"sqlite", "a_trigger_goes_and_nothing_else", "CREATE TABLE t (a); CREATE TRIGGER g AFTER INSERT ON t BEGIN SELECT 1; END;", "CREATE TABLE t (a);", "SELECT count(*) FROM sqlite_schema WHERE type = 'trigger'", "0",
     {"--allow", "drop-trigger"}},
    {"sqlite", "a_view_changes_under_its_trigger", "CREATE TABLE t (a, b); CREATE VIEW v AS SELECT a, b FROM t; CREATE TRIGGER g INSTEAD OF DELETE ON v BEGIN DELETE FROM t WHERE a = old.a; END; INSERT INTO t VALUES (1, 2);",
     "CREATE TABLE t (a, b); CREATE VIEW v AS SELECT a FROM t; CREATE TRIGGER g INSTEAD OF DELETE ON v BEGIN DELETE FROM t WHERE a = old.a; END;", "SELECT count(*) FROM v", "1"},
    {"sqlite", "a_trigger_inserts_into_a_table_that_is_renamed", "CREATE TABLE t (a); CREATE TABLE l (m); CREATE TRIGGER g AFTER INSERT ON l BEGIN INSERT INTO t(a) VALUES (new.m); END;",
     "CREATE TABLE n (a); CREATE TABLE l (m); CREATE TRIGGER g AFTER INSERT ON l BEGIN INSERT INTO n(a) VALUES (new.m); END;", "SELECT count(*) FROM n", "0", {"--rename", "t=n"}},
    {"sqlite", "the_name_of_an_index_goes_to_another_table", "CREATE TABLE t (a); CREATE INDEX i ON t (a); CREATE TABLE u (a); INSERT INTO u VALUES (5);", "CREATE TABLE u (a); CREATE INDEX i ON u (a);",
     "SELECT tbl_name FROM sqlite_schema WHERE name = 'i'", "u", {"--allow", "drop-table"}},
    {"sqlite", "the_new_names_are_reserved_words", "CREATE TABLE t (id INTEGER PRIMARY KEY, b TEXT); CREATE VIEW v AS SELECT b AS w FROM t; INSERT INTO t VALUES (1, 'x');",
     "CREATE TABLE \"order\" (id INTEGER PRIMARY KEY, \"select\" TEXT); CREATE VIEW v AS SELECT \"select\" AS w FROM \"order\";", "SELECT w FROM v", "x", {"--rename", "t=order", "--rename", "order.b=select"}},
    {"sqlite", "only_the_case_of_names_changes", "CREATE TABLE Users (ID INTEGER PRIMARY KEY, Email TEXT); CREATE INDEX By_Email ON Users (Email); INSERT INTO Users VALUES (1, 'x');",
     "CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT); CREATE INDEX by_email ON users (email);", "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'plumb%'", "users"},

    {"mariadb", "a_foreign_key_beside_a_unique_key_of_hashes",
     "CREATE TABLE q (id varchar(24) PRIMARY KEY); CREATE TABLE r (id int PRIMARY KEY, a varchar(24), h blob, CONSTRAINT r_a_fk FOREIGN KEY (a) REFERENCES q (id)); ALTER TABLE r ADD UNIQUE r_a_h (a, h); INSERT INTO q VALUES ('x'); INSERT INTO r VALUES (1, 'x', 'y');",
     "CREATE TABLE q (id varchar(24) PRIMARY KEY); CREATE TABLE r (id int PRIMARY KEY, a varchar(24), h blob, n int, CONSTRAINT r_a_fk FOREIGN KEY (a) REFERENCES q (id), UNIQUE r_a_h (a, h));",
     "SELECT group_concat(DISTINCT index_name ORDER BY index_name) FROM information_schema.statistics WHERE table_schema = DATABASE() AND table_name = 'r'", "PRIMARY,r_a_fk,r_a_h"},
    {"mariadb", "a_foreign_key_to_a_table_that_is_not_there_goes",
     "SET foreign_key_checks = 0; CREATE TABLE att (id int PRIMARY KEY, c int, n varchar(20), KEY (c), CONSTRAINT f1 FOREIGN KEY (c) REFERENCES gone (id)); INSERT INTO att VALUES (1, 5, 'x'); SET foreign_key_checks = 1;",
     "CREATE TABLE att (id int PRIMARY KEY, c int, n varchar(30), KEY (c));", "SELECT n FROM att", "x", {"--allow", "destructive"}},
    {"mariadb", "a_foreign_key_over_rows_without_a_parent_goes",
     "CREATE TABLE p (id int PRIMARY KEY); CREATE TABLE c (id int PRIMARY KEY, p int, KEY (p), CONSTRAINT f FOREIGN KEY (p) REFERENCES p (id)); INSERT INTO p VALUES (1); SET foreign_key_checks = 0; INSERT INTO c VALUES (1, 1), (2, 99); SET foreign_key_checks = 1;",
     "CREATE TABLE p (id int PRIMARY KEY); CREATE TABLE c (id int PRIMARY KEY, p int, KEY (p));", "SELECT count(*) FROM c", "2"},
    {"mariadb", "values_that_a_strict_server_refuses_come_back",
     "SET sql_mode = 'ALLOW_INVALID_DATES'; CREATE TABLE t (id int PRIMARY KEY, e enum('a','b') NOT NULL, s set('x','y'), d date, dt datetime, v varchar(20)); INSERT INTO t VALUES (1, 'a', 'x', '2020-02-31', '2021-04-31 10:00:00', 'a'), (2, 'zzz', 'q', '2020-00-00', '0000-00-00', 'b');",
     "CREATE TABLE t (id int PRIMARY KEY, v varchar(20));", "SELECT count(*) FROM t", "2", {"--allow", "destructive"}},
    {"mariadb", "a_row_against_a_check_that_stays",
     "CREATE TABLE t (id int PRIMARY KEY, n int, s varchar(20), CONSTRAINT k CHECK (n > 0)); SET check_constraint_checks = 0; INSERT INTO t VALUES (1, 5, 'a'), (2, -5, 'b'); SET check_constraint_checks = 1;",
     "CREATE TABLE t (id int PRIMARY KEY, n int, CONSTRAINT k CHECK (n > 0));", "SELECT sum(n) FROM t", "0", {"--allow", "destructive"}},
    {"mariadb", "an_index_follows_what_is_computed_from_a_changed_column",
     "CREATE TABLE t (id int PRIMARY KEY, a varchar(20), d varchar(3) AS (left(a, 2)) VIRTUAL, f varchar(5) AS (concat(d, 'x')) VIRTUAL, g varchar(5) AS (concat(f, 'y')) STORED, KEY (f)); INSERT INTO t (id, a) VALUES (1, 'abc'), (2, 'def');",
     "CREATE TABLE t (id int PRIMARY KEY, a varchar(20), d varchar(3) AS (left(a, 3)) VIRTUAL, f varchar(5) AS (concat(d, 'x')) VIRTUAL, g varchar(5) AS (concat(f, 'y')) STORED, KEY (f));", "SELECT group_concat(f, g ORDER BY f) FROM t FORCE INDEX (f) WHERE f > ''", "abcxabcxy,defxdefxy"},
    {"mariadb", "a_unique_key_comes_over_a_computed_column_of_another_collation", "CREATE TABLE t (id int PRIMARY KEY, x varchar(20) COLLATE utf8mb4_general_ci); INSERT INTO t VALUES (1, 'a'), (2, 'A');",
     "CREATE TABLE t (id int PRIMARY KEY, x varchar(20) COLLATE utf8mb4_general_ci, k varchar(20) COLLATE utf8mb4_bin AS (x) VIRTUAL, UNIQUE (k));", "SELECT count(DISTINCT k) FROM t", "2"},
    {"mariadb", "a_key_over_a_computed_column_of_another_type_gets_another_name",
     "CREATE TABLE t (id int PRIMARY KEY, b bigint, c varchar(4), g0 varchar(40) AS (concat('q', b)) VIRTUAL, UNIQUE KEY k2 (g0, c)); INSERT INTO t (id, b, c) VALUES (1, 2, 'x');",
     "CREATE TABLE t (id int PRIMARY KEY, b bigint, c varchar(4), g0 bigint AS (b * 10) STORED, UNIQUE KEY k3 (g0, c));", "SELECT g0 FROM t FORCE INDEX (k3)", "20"},
    {"mariadb", "an_index_follows_what_is_computed_under_another_collation",
     "CREATE TABLE t (id int PRIMARY KEY, a varchar(20) COLLATE utf8mb4_bin, g int AS (a = 'ABC') VIRTUAL, s int AS (a = 'ABC') STORED, KEY (g)); INSERT INTO t (id, a) VALUES (1, 'abc'), (2, 'ABC');",
     "CREATE TABLE t (id int PRIMARY KEY, a varchar(20) COLLATE utf8mb4_general_ci, g int AS (a = 'ABC') VIRTUAL, s int AS (a = 'ABC') STORED, KEY (g));", "SELECT sum(s) FROM t FORCE INDEX (g) WHERE g = 1", "2"},
    {"mariadb", "a_column_goes_with_its_check_that_rows_are_against", "CREATE TABLE t (id int PRIMARY KEY, n int CHECK (n > 0), j json); SET check_constraint_checks = 0; INSERT INTO t VALUES (1, 5, '{}'), (2, -5, 'none'); SET check_constraint_checks = 1;",
     "CREATE TABLE t (id int PRIMARY KEY);", "SELECT count(*) FROM t", "2", {"--allow", "destructive"}},
    {"mariadb", "a_table_is_copied_with_rows_against_its_checks",
     "CREATE TABLE t (id int PRIMARY KEY, n int CHECK (n > 0), s varchar(20), j json, CONSTRAINT k CHECK (s <> 'no')); SET check_constraint_checks = 0; INSERT INTO t VALUES (1, 5, 'a', '{}'), (2, -5, 'no', 'none'); SET check_constraint_checks = 1;",
     "CREATE TABLE t (id bigint PRIMARY KEY, n int CHECK (n > 0), s varchar(300) CHARACTER SET utf8mb4, j json, CONSTRAINT k CHECK (s <> 'no'));", "SELECT concat(n, s, j) FROM t WHERE id = 2", "-5nonone"},
    {"mariadb", "a_table_is_filled_with_a_row_against_a_check", "CREATE TABLE t (id int PRIMARY KEY, a int CHECK (a > 0), c int); SET check_constraint_checks = 0; INSERT INTO t VALUES (1, -1, 5); SET check_constraint_checks = 1;",
     "CREATE TABLE t (id int PRIMARY KEY, a int CHECK (a > 0), c bigint, b int NOT NULL -- plumb: backfill (a)\n);", "SELECT b FROM t", "-1"},
    {"mariadb", "a_column_is_renamed_filled_and_converted", "CREATE TABLE o (n int); CREATE TABLE t (id int PRIMARY KEY, w blob); INSERT INTO t VALUES (1, NULL), (2, '7');",
     "CREATE TABLE o (n int, m int); CREATE TABLE t (id int PRIMARY KEY, v int NOT NULL -- plumb: backfill (5)\n);", "SELECT group_concat(v ORDER BY id) FROM t", "5,7", {"--rename", "t.w=v", "--allow", "narrow"}},
    {"mariadb", "checks_go_that_rows_are_against",
     "CREATE TABLE t (id int PRIMARY KEY, n int, j json, CONSTRAINT k CHECK (n > 0)); SET check_constraint_checks = 0; INSERT INTO t VALUES (1, -5, 'none'); SET check_constraint_checks = 1;",
     "CREATE TABLE t (id int PRIMARY KEY, n int, j longtext CHARACTER SET utf8mb4 COLLATE utf8mb4_bin);", "SELECT concat(n, j) FROM t", "-5none"},
    {"mariadb", "an_enum_gets_a_member_beside_its_error_value", "CREATE TABLE t (id int PRIMARY KEY, e enum('a','b') NOT NULL); SET sql_mode = ''; INSERT INTO t VALUES (1, 'a'), (2, 'zzz');",
     "CREATE TABLE t (id int PRIMARY KEY, e enum('a','b','c') NOT NULL);", "SELECT e + 0 FROM t WHERE id = 2", "0"},
    {"mariadb", "a_table_with_rows_without_a_parent_goes",
     "CREATE TABLE p (id int PRIMARY KEY); CREATE TABLE c (id int PRIMARY KEY, p int, KEY (p), CONSTRAINT f FOREIGN KEY (p) REFERENCES p (id)); INSERT INTO p VALUES (1); SET foreign_key_checks = 0; INSERT INTO c VALUES (1, 1), (2, 99); SET foreign_key_checks = 1;",
     "CREATE TABLE p (id int PRIMARY KEY);", "SELECT count(*) FROM p", "1", {"--allow", "destructive"}},
    {"mariadb", "the_table_of_a_foreign_key_comes_later",
     "SET foreign_key_checks = 0; CREATE TABLE att (id int PRIMARY KEY, c int, KEY (c), CONSTRAINT f1 FOREIGN KEY (c) REFERENCES gone (id)); INSERT INTO att VALUES (1, NULL); SET foreign_key_checks = 1;",
     "CREATE TABLE gone (id int PRIMARY KEY); CREATE TABLE att (id int PRIMARY KEY, c int, KEY (c), CONSTRAINT f1 FOREIGN KEY (c) REFERENCES gone (id));", "SELECT count(*) FROM att", "1"},
    {"mariadb", "rename_of_a_column_that_everything_names",
     "CREATE TABLE t (id int PRIMARY KEY, old varchar(20), loud varchar(20) AS (upper(old)) VIRTUAL, KEY i (old(5)), CONSTRAINT ck CHECK (old <> '')); CREATE VIEW v AS SELECT old AS word FROM t;"
     "CREATE TRIGGER g BEFORE INSERT ON t FOR EACH ROW SET NEW.old = trim(NEW.old); INSERT INTO t (id, old) VALUES (1, 'a');",
     "CREATE TABLE t (id int PRIMARY KEY, fresh varchar(20), loud varchar(20) AS (upper(fresh)) VIRTUAL, KEY i (fresh(5)), CONSTRAINT ck CHECK (fresh <> '')); CREATE VIEW v AS SELECT fresh AS word FROM t;"
     "CREATE TRIGGER g BEFORE INSERT ON t FOR EACH ROW SET NEW.fresh = trim(NEW.fresh);",
     "SELECT concat(word, loud) FROM v, t", "aA", {"--rename", "t.old=fresh"}},
    {"mariadb", "a_key_that_others_refer_to_widens",
     "CREATE TABLE p (id int AUTO_INCREMENT PRIMARY KEY, up int, FOREIGN KEY (up) REFERENCES p (id)); CREATE TABLE c (p_id int NOT NULL, q_id int, FOREIGN KEY (p_id) REFERENCES p (id) ON DELETE CASCADE, CONSTRAINT q FOREIGN KEY (q_id) REFERENCES p (id));"
     "INSERT INTO p VALUES (1, NULL), (2, 1); INSERT INTO c VALUES (2, 1);",
     "CREATE TABLE p (id bigint unsigned AUTO_INCREMENT PRIMARY KEY, up bigint unsigned, FOREIGN KEY (up) REFERENCES p (id)); CREATE TABLE c (p_id bigint unsigned NOT NULL, q_id bigint unsigned, FOREIGN KEY (p_id) REFERENCES p (id) ON DELETE CASCADE, CONSTRAINT q FOREIGN KEY (q_id) REFERENCES p (id));",
     "SELECT p_id * 10 + q_id FROM c", "21"},
    {"mariadb", "a_check_without_a_name_comes_between_others", "CREATE TABLE t (a int, b int, c int, CHECK (a > 0), CHECK (c > 0)); INSERT INTO t VALUES (1, 2, 3);",
     "CREATE TABLE t (a int, b int, c int, CHECK (a > 0), CHECK (b > 0), CHECK (c > 0));", "SELECT a + b + c FROM t", "6"},
    {"mariadb", "one_of_two_checks_without_names_changes", "CREATE TABLE t (a int, b int, CHECK (a > 0), CHECK (b > 0)); INSERT INTO t VALUES (1, 2);",
     "CREATE TABLE t (a int, b int, CHECK (b > 0), CHECK (a > -1));", "SELECT a + b FROM t", "3"},
    {"mariadb", "foreign_keys_without_names_change_places_and_one_is_new",
     "CREATE TABLE p (id int PRIMARY KEY); CREATE TABLE t (a int, b int, c int, FOREIGN KEY (a) REFERENCES p (id), FOREIGN KEY (b) REFERENCES p (id)); INSERT INTO p VALUES (1); INSERT INTO t VALUES (1, 1, 1);",
     "CREATE TABLE p (id int PRIMARY KEY); CREATE TABLE t (a int, b int, c int, FOREIGN KEY (c) REFERENCES p (id), FOREIGN KEY (b) REFERENCES p (id) ON DELETE CASCADE);", "SELECT a + b + c FROM t", "3"},
    {"mariadb", "a_foreign_key_without_a_name_comes_to_a_table_that_is_renamed",
     "CREATE TABLE p (id int PRIMARY KEY); CREATE TABLE t (a int, b int, FOREIGN KEY (a) REFERENCES p (id)); INSERT INTO p VALUES (1); INSERT INTO t VALUES (1, 1);",
     "CREATE TABLE p (id int PRIMARY KEY); CREATE TABLE u (a int, b int, FOREIGN KEY (b) REFERENCES p (id), FOREIGN KEY (a) REFERENCES p (id));", "SELECT a + b FROM u", "2", {"--rename", "t=u"}},
    {"mariadb", "only_the_case_of_a_tables_name_changes", "CREATE TABLE Users (id int PRIMARY KEY); INSERT INTO Users VALUES (3);", "CREATE TABLE users (id int PRIMARY KEY);", "SELECT id FROM users", "3",
     {"--rename", "Users=users"}},
    {"mariadb", "a_stored_column_becomes_plain_with_its_values", "CREATE TABLE t (id int PRIMARY KEY, a int, g int AS (a * 2) STORED, KEY k (g)); INSERT INTO t (id, a) VALUES (1, 5), (2, 6);",
     "CREATE TABLE t (id int PRIMARY KEY, a int, g bigint, KEY k (g));", "SELECT sum(g) FROM t", "22"},
    {"mariadb", "a_virtual_column_with_an_index_becomes_a_stored_text", "CREATE TABLE t (id int PRIMARY KEY, a int, g int AS (a) VIRTUAL, KEY k (g, a)); INSERT INTO t (id, a) VALUES (1, 5);",
     "CREATE TABLE t (id int PRIMARY KEY, a int, g varchar(10) AS (a) STORED, KEY k (g, a));", "SELECT g FROM t", "5"},
    {"mariadb", "a_key_loses_one_of_its_columns", "CREATE TABLE t (a int, b int, PRIMARY KEY (a, b)); INSERT INTO t VALUES (1, 5), (2, 6);", "CREATE TABLE t (a int PRIMARY KEY);", "SELECT count(*) FROM t", "2",
     {"--allow", "drop-column"}},
    {"mariadb", "triggers_of_one_moment_change_places",
     "CREATE TABLE t (id int PRIMARY KEY, a int); CREATE TRIGGER g1 BEFORE INSERT ON t FOR EACH ROW SET NEW.a = NEW.a + 1; CREATE TRIGGER g2 BEFORE INSERT ON t FOR EACH ROW SET NEW.a = NEW.a * 2;"
     "CREATE TRIGGER g3 BEFORE INSERT ON t FOR EACH ROW SET NEW.a = NEW.a - 5;",
     "CREATE TABLE t (id int PRIMARY KEY, a int); CREATE TRIGGER g3 BEFORE INSERT ON t FOR EACH ROW SET NEW.a = NEW.a - 5; CREATE TRIGGER g1 BEFORE INSERT ON t FOR EACH ROW SET NEW.a = NEW.a + 1;"
     "CREATE TRIGGER g2 BEFORE INSERT ON t FOR EACH ROW SET NEW.a = NEW.a * 2;",
     "SELECT group_concat(trigger_name ORDER BY action_order) FROM information_schema.triggers WHERE trigger_schema = DATABASE()", "g3,g1,g2"},
    {"mariadb", "a_trigger_goes_and_nothing_else", "CREATE TABLE t (a int); CREATE TRIGGER g BEFORE INSERT ON t FOR EACH ROW SET NEW.a = 1;", "CREATE TABLE t (a int);",
     "SELECT count(*) FROM information_schema.triggers WHERE trigger_schema = DATABASE()", "0", {"--allow", "drop-trigger"}},
    {"mariadb", "a_trigger_moves_to_another_table", "CREATE TABLE t (a int); CREATE TABLE u (a int); CREATE TRIGGER g BEFORE INSERT ON t FOR EACH ROW SET NEW.a = 1;",
     "CREATE TABLE t (a int); CREATE TABLE u (a int); CREATE TRIGGER g BEFORE INSERT ON u FOR EACH ROW SET NEW.a = 1;", "SELECT event_object_table FROM information_schema.triggers WHERE trigger_schema = DATABASE()", "u"},
    {"mariadb", "a_key_over_a_period_is_added", "CREATE TABLE t (id int NOT NULL, since date NOT NULL, till date NOT NULL, PERIOD FOR p (since, till)); INSERT INTO t VALUES (1, '2020-01-01', '2021-01-01'), (1, '2021-01-01', '2022-01-01');",
     "CREATE TABLE t (id int NOT NULL, since date NOT NULL, till date NOT NULL, PERIOD FOR p (since, till), UNIQUE KEY u (id, p WITHOUT OVERLAPS));", "SELECT count(*) FROM t", "2"},
    {"mariadb", "views_over_changed_views_change", "CREATE TABLE t (a int, b int); INSERT INTO t VALUES (1, 2); CREATE VIEW z AS SELECT a FROM t; CREATE VIEW y AS SELECT a FROM z;",
     "CREATE TABLE t (a int, b int); CREATE VIEW z AS SELECT b FROM t; CREATE VIEW y AS SELECT b FROM z;", "SELECT b FROM y", "2"},
    {"mariadb", "views_over_views_go", "CREATE TABLE t (a int); CREATE VIEW v AS SELECT a FROM t; CREATE VIEW w AS SELECT a FROM v;", "CREATE TABLE t (a int);",
     "SELECT count(*) FROM information_schema.views WHERE table_schema = DATABASE()", "0", {"--allow", "drop-view"}},
    {"mariadb", "members_of_an_enum_change_places", "CREATE TABLE t (id int PRIMARY KEY, e enum('a','b','c') NOT NULL DEFAULT 'b', s set('x','y')); INSERT INTO t VALUES (1, 'c', 'x,y'), (2, 'a', '');",
     "CREATE TABLE t (id int PRIMARY KEY, e enum('c','a','new','b') NOT NULL DEFAULT 'a', s set('y','x','z'));", "SELECT group_concat(e, s + 0 ORDER BY id) FROM t", "c3,a0", {"--allow", "narrow"}},
    {"mariadb", "defaults_of_every_form_change", "CREATE TABLE t (id int PRIMARY KEY, a datetime DEFAULT now(), b int DEFAULT 1, c varchar(20) DEFAULT 'it''s', d bit(1) DEFAULT b'0', e decimal(5,2) DEFAULT 0, f char(36) DEFAULT uuid(), g int DEFAULT NULL); INSERT INTO t (id) VALUES (1);",
     "CREATE TABLE t (id int PRIMARY KEY, a datetime(3) DEFAULT current_timestamp(3) ON UPDATE current_timestamp(3), b int DEFAULT '2', c varchar(20) DEFAULT (concat('x', 'y')), d bit(1) DEFAULT 1, e decimal(5,2) DEFAULT 1.5, f char(36) DEFAULT NULL, g int DEFAULT -1);",
     "SELECT concat(b, c, d + 0, e) FROM t", "1it's00.00"},
    {"mariadb", "times_change_their_precision_and_update", "CREATE TABLE t (id int PRIMARY KEY, a timestamp NOT NULL DEFAULT current_timestamp() ON UPDATE current_timestamp(), b timestamp NULL); INSERT INTO t VALUES (1, '2020-01-02 03:04:05', NULL);",
     "CREATE TABLE t (id int PRIMARY KEY, a timestamp(6) NOT NULL DEFAULT current_timestamp(6), b timestamp NULL DEFAULT NULL ON UPDATE CURRENT_TIMESTAMP);", "SELECT a FROM t", "2020-01-02 03:04:05.000000"},
    {"mariadb", "the_charset_of_a_table_changes_and_that_of_a_column_stays", "CREATE TABLE t (id int PRIMARY KEY, a varchar(10), b varchar(10) CHARACTER SET ascii) DEFAULT CHARSET=latin1; INSERT INTO t VALUES (1, 'ä', 'b');",
     "CREATE TABLE t (id int PRIMARY KEY, a varchar(10) CHARACTER SET latin1, b varchar(10)) DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;", "SELECT concat(char_length(a), b) FROM t", "1b"},
    {"mariadb", "an_index_that_a_foreign_key_needs_gives_way_to_another", "CREATE TABLE p (id int PRIMARY KEY); CREATE TABLE c (id int PRIMARY KEY, p_id int, n int, KEY old (p_id), CONSTRAINT f FOREIGN KEY (p_id) REFERENCES p (id)); INSERT INTO p VALUES (1); INSERT INTO c VALUES (1, 1, 1);",
     "CREATE TABLE p (id int PRIMARY KEY); CREATE TABLE c (id int PRIMARY KEY, p_id int, n int, UNIQUE KEY fresh (p_id, n DESC), CONSTRAINT f FOREIGN KEY (p_id) REFERENCES p (id));", "SELECT count(*) FROM c", "1"},
    {"mariadb", "a_foreign_key_gets_another_name_and_action", "CREATE TABLE p (id int PRIMARY KEY, u int UNIQUE); CREATE TABLE c (u int, CONSTRAINT f FOREIGN KEY (u) REFERENCES p (u)); INSERT INTO p VALUES (1, 2); INSERT INTO c VALUES (2);",
     "CREATE TABLE p (id int PRIMARY KEY, u int UNIQUE); CREATE TABLE c (u int, CONSTRAINT g FOREIGN KEY (u) REFERENCES p (u) ON UPDATE CASCADE ON DELETE SET NULL);", "SELECT u FROM c", "2"},
    {"mariadb", "auto_increment_moves_to_a_new_key", "CREATE TABLE t (id int AUTO_INCREMENT PRIMARY KEY, code int NOT NULL); INSERT INTO t VALUES (1, 30), (2, 20);",
     "CREATE TABLE t (id int NOT NULL, code int AUTO_INCREMENT PRIMARY KEY, KEY (id));", "SELECT group_concat(id ORDER BY code) FROM t", "2,1"},
    {"mariadb", "a_primary_key_becomes_composite", "CREATE TABLE p (id int PRIMARY KEY, site int NOT NULL DEFAULT 1); CREATE TABLE c (p_id int, CONSTRAINT f FOREIGN KEY (p_id) REFERENCES p (id)); INSERT INTO p VALUES (1, 1); INSERT INTO c VALUES (1);",
     "CREATE TABLE p (id int, site int NOT NULL DEFAULT 1, PRIMARY KEY (id, site)); CREATE TABLE c (p_id int, CONSTRAINT f FOREIGN KEY (p_id) REFERENCES p (id));", "SELECT count(*) FROM c", "1"},
    {"mariadb", "a_text_with_an_index_grows_beyond_its_length", "CREATE TABLE t (id int PRIMARY KEY, a varchar(100) NOT NULL, KEY k (a), FULLTEXT KEY f (a)); INSERT INTO t VALUES (1, 'words here');",
     "CREATE TABLE t (id int PRIMARY KEY, a mediumtext NOT NULL, KEY k (a(20)), FULLTEXT KEY f (a));", "SELECT a FROM t", "words here"},
    {"mariadb", "comments_with_quotes_change", "CREATE TABLE t (id int PRIMARY KEY COMMENT 'a ''b'' \"c\"', n int COMMENT 'x') COMMENT='old'; INSERT INTO t VALUES (1, 1);",
     "CREATE TABLE t (id int PRIMARY KEY COMMENT 'back\\\\slash', n int) COMMENT='it''s \"new\"; -- not a comment';", "SELECT n FROM t", "1"},
    {"mariadb", "a_check_and_a_unique_key_get_other_names", "CREATE TABLE t (id int PRIMARY KEY, a int, CONSTRAINT old_check CHECK (a > 0), UNIQUE KEY old_key (a)); INSERT INTO t VALUES (1, 1);",
     "CREATE TABLE t (id int PRIMARY KEY, a int, CONSTRAINT new_check CHECK (a > 0), UNIQUE KEY new_key (a));", "SELECT a FROM t", "1"},
    {"mariadb", "a_storage_engine_changes", "CREATE TABLE t (id int PRIMARY KEY, a text, FULLTEXT KEY (a)) ENGINE=MyISAM ROW_FORMAT=FIXED; INSERT INTO t VALUES (1, 'x');",
     "CREATE TABLE t (id int PRIMARY KEY, a text, FULLTEXT KEY (a)) ENGINE=InnoDB ROW_FORMAT=DYNAMIC;", "SELECT a FROM t", "x"},
    {"mariadb", "columns_change_places", "CREATE TABLE t (a int, b int, c int, d int); INSERT INTO t VALUES (1, 2, 3, 4);", "CREATE TABLE t (d bigint, a int, e int DEFAULT 9, c int, b int);", "SELECT concat(d, a, e, c, b) FROM t", "41932", {"--strict-order"}},
    {"mariadb", "views_over_views_change", "CREATE TABLE t (id int PRIMARY KEY, a int); CREATE VIEW v1 AS SELECT id, a FROM t; CREATE VIEW v2 AS SELECT a FROM v1; INSERT INTO t VALUES (1, 2);",
     "CREATE TABLE t (id int PRIMARY KEY, a int, b int NOT NULL DEFAULT 5); CREATE VIEW v1 AS SELECT id, a, b FROM t; CREATE ALGORITHM=MERGE VIEW v2 AS SELECT b, (SELECT count(*) FROM v1) AS many FROM v1;", "SELECT b + many FROM v2", "6"},
    {"mariadb", "a_generated_column_changes_its_expression", "CREATE TABLE t (id int PRIMARY KEY, j longtext, n int AS (json_value(j, '$.n')) STORED, KEY (n)); INSERT INTO t (id, j) VALUES (1, '{\"n\":4}');",
     "CREATE TABLE t (id int PRIMARY KEY, j longtext, n int AS (json_value(j, '$.n') * 2) STORED, KEY (n));", "SELECT n FROM t", "8"},
    {"mariadb", "a_column_becomes_invisible", "CREATE TABLE t (id int PRIMARY KEY, a int NOT NULL DEFAULT 3); INSERT INTO t VALUES (1, 2);", "CREATE TABLE t (id int PRIMARY KEY, a int NOT NULL DEFAULT 3 INVISIBLE);", "SELECT a FROM t", "2"},
    {"mariadb", "a_view_comes_whose_definer_is_not_there", "CREATE TABLE t (a int, b int); INSERT INTO t VALUES (1, 2);", "CREATE TABLE t (a int, b int); CREATE DEFINER=`gone`@`localhost` VIEW v AS SELECT a FROM t WHERE b = 2;", "SELECT b FROM t", "2"},
    {"mariadb", "a_unique_text_outgrows_an_index", "CREATE TABLE t (a varchar(190) UNIQUE); INSERT INTO t VALUES ('x');", "CREATE TABLE t (a varchar(1000) UNIQUE);", "SELECT a FROM t", "x"},
    {"mariadb", "a_unique_text_fits_into_an_index_again", "CREATE TABLE t (a varchar(1000) UNIQUE); INSERT INTO t VALUES ('x');", "CREATE TABLE t (a varchar(190) UNIQUE);", "SELECT a FROM t", "x"},
    {"sqlite", "a_column_becomes_the_number_of_its_row", "CREATE TABLE t (id INT NOT NULL UNIQUE, k INT, b TEXT); INSERT INTO t VALUES (10, 1, 'x'), (20, 7, 'y');", "CREATE TABLE t (id INT, k INTEGER PRIMARY KEY);", "SELECT group_concat(id || ':' || k) FROM t", "10:1,20:7",
     {"--allow", "drop-column"}},
    {"sqlite", "expressions_that_name_their_own_table",
     "CREATE TABLE t (a INT CHECK (t.a > 0), g INT AS (a + 1), CHECK (\"t\".a < 100)); CREATE INDEX i ON t (a) WHERE t.a > 5; INSERT INTO t (a) VALUES (10);",
     "CREATE TABLE t2 (a INT CHECK (t2.a > 0), g INT AS (a + 1), b INT NOT NULL DEFAULT 3, CHECK (t2.a < 100), CHECK (t2.b > 2)); CREATE INDEX i ON t2 (a) WHERE t2.a > 5;", "SELECT a + b + g FROM t2", "24", {"--rename", "t=t2"}},
    {"sqlite", "a_column_takes_the_name_that_another_leaves", "CREATE TABLE t (id int PRIMARY KEY, state int, state_new varchar(9)); CREATE INDEX i ON t (state); CREATE VIEW v AS SELECT state, state_new FROM t; INSERT INTO t VALUES (1, 2, 'x');",
     "CREATE TABLE t (id int PRIMARY KEY, state_old int, state varchar(9)); CREATE INDEX i ON t (state_old); CREATE VIEW v AS SELECT state_old AS state, state AS state_new FROM t;", "SELECT state_old FROM t WHERE state = 'x'", "2",
     {"--rename", "t.state_new=state", "--rename", "t.state=state_old"}},
    {"sqlite", "a_table_takes_the_name_that_another_leaves",
     "CREATE TABLE t (id int PRIMARY KEY, a int); CREATE TABLE t_new (id int PRIMARY KEY, b int); CREATE TABLE c (x int, CONSTRAINT f FOREIGN KEY (x) REFERENCES t (id)); CREATE VIEW v AS SELECT a FROM t; INSERT INTO t VALUES (1, 2); INSERT INTO t_new VALUES (5, 6);",
     "CREATE TABLE t_old (id int PRIMARY KEY, a int); CREATE TABLE t (id int PRIMARY KEY, b int); CREATE TABLE c (x int, CONSTRAINT f FOREIGN KEY (x) REFERENCES t_old (id)); CREATE VIEW v AS SELECT a FROM t_old;", "SELECT v.a * 10 + t.b FROM v, t", "26",
     {"--rename", "t_new=t", "--rename", "t=t_old"}},
    {"mariadb", "a_column_takes_the_name_that_another_leaves", "CREATE TABLE t (id int PRIMARY KEY, state int, state_new varchar(9)); CREATE INDEX i ON t (state); CREATE VIEW v AS SELECT state, state_new FROM t; INSERT INTO t VALUES (1, 2, 'x');",
     "CREATE TABLE t (id int PRIMARY KEY, state_old int, state varchar(9)); CREATE INDEX i ON t (state_old); CREATE VIEW v AS SELECT state_old AS state, state AS state_new FROM t;", "SELECT state_old FROM t WHERE state = 'x'", "2",
     {"--rename", "t.state_new=state", "--rename", "t.state=state_old"}},
    {"mariadb", "a_table_takes_the_name_that_another_leaves",
     "CREATE TABLE t (id int PRIMARY KEY, a int); CREATE TABLE t_new (id int PRIMARY KEY, b int); CREATE TABLE c (x int, CONSTRAINT f FOREIGN KEY (x) REFERENCES t (id)); CREATE VIEW v AS SELECT a FROM t; INSERT INTO t VALUES (1, 2); INSERT INTO t_new VALUES (5, 6);",
     "CREATE TABLE t_old (id int PRIMARY KEY, a int); CREATE TABLE t (id int PRIMARY KEY, b int); CREATE TABLE c (x int, CONSTRAINT f FOREIGN KEY (x) REFERENCES t_old (id)); CREATE VIEW v AS SELECT a FROM t_old;", "SELECT v.a * 10 + t.b FROM v, t", "26",
     {"--rename", "t_new=t", "--rename", "t=t_old"}},
    {"sqlite", "a_column_goes_while_a_view_changes_that_others_read", "CREATE TABLE t (id INTEGER PRIMARY KEY, n TEXT, z INT); CREATE VIEW v1 AS SELECT id, n FROM t; CREATE VIEW v2 AS SELECT id FROM v1; CREATE VIEW v3 AS SELECT id FROM v2; INSERT INTO t VALUES (1, 'x', 2);",
     "CREATE TABLE t (id INTEGER PRIMARY KEY, n TEXT); CREATE VIEW v1 AS SELECT id, n, 1 AS k FROM t; CREATE VIEW v2 AS SELECT id FROM v1; CREATE VIEW v3 AS SELECT id FROM v2;", "SELECT v3.id || k FROM v1, v3", "11", {"--allow", "destructive"}},
    {"sqlite", "a_table_is_renamed_while_a_view_changes_that_others_read", "CREATE TABLE t (id INTEGER PRIMARY KEY, n TEXT); CREATE VIEW v1 AS SELECT id, n FROM t; CREATE VIEW v2 AS SELECT v1.id, t.n FROM v1 JOIN t USING (id); INSERT INTO t VALUES (1, 'x');",
     "CREATE TABLE base (id INTEGER PRIMARY KEY, n TEXT); CREATE VIEW v1 AS SELECT id, n, 1 AS k FROM base; CREATE VIEW v2 AS SELECT v1.id, base.n FROM v1 JOIN base USING (id);", "SELECT n || k FROM v1 JOIN v2 USING (id, n)", "x1",
     {"--rename", "t=base"}},
    {"sqlite", "a_column_is_renamed_while_a_view_changes_that_others_read",
     "CREATE TABLE t (id INTEGER PRIMARY KEY, n TEXT); CREATE VIEW v1 AS SELECT id, n FROM t; CREATE VIEW v2 AS SELECT v1.id, t.n FROM v1 JOIN t USING (id); CREATE TABLE q (a);"
     "CREATE TRIGGER g INSTEAD OF DELETE ON v2 BEGIN DELETE FROM t WHERE n = old.n; END; INSERT INTO t VALUES (1, 'x');",
     "CREATE TABLE t (id INTEGER PRIMARY KEY, m TEXT); CREATE VIEW v1 AS SELECT id, m AS n, 1 AS k FROM t; CREATE VIEW v2 AS SELECT v1.id, t.m AS n FROM v1 JOIN t USING (id); CREATE TABLE q (a);"
     "CREATE TRIGGER g INSTEAD OF DELETE ON v2 BEGIN DELETE FROM t WHERE m = old.n; END;",
     "SELECT n FROM v2", "x", {"--rename", "t.n=m"}},
    {"sqlite", "a_table_is_renamed_while_a_view_changes_that_it_has_nothing_to_do_with",
     "CREATE TABLE t (id INTEGER PRIMARY KEY); CREATE TABLE old (a); CREATE VIEW v1 AS SELECT id FROM t; CREATE VIEW v2 AS SELECT id FROM v1; CREATE TRIGGER g INSTEAD OF DELETE ON v2 BEGIN DELETE FROM t WHERE id = old.id; END; INSERT INTO old VALUES (4);",
     "CREATE TABLE t (id INTEGER PRIMARY KEY); CREATE TABLE fresh (a); CREATE VIEW v1 AS SELECT id + 0 AS id FROM t; CREATE VIEW v2 AS SELECT id FROM v1; CREATE TRIGGER g INSTEAD OF DELETE ON v2 BEGIN DELETE FROM t WHERE id = old.id; END;",
     "SELECT a FROM fresh", "4", {"--rename", "old=fresh"}},
    {"sqlite", "a_column_goes_while_a_view_changes_that_a_trigger_writes",
     "CREATE TABLE t (id INTEGER PRIMARY KEY, n TEXT, z INT); CREATE TABLE q (a TEXT, b INT); CREATE VIEW v1 AS SELECT id, n FROM t; CREATE TRIGGER g1 INSTEAD OF INSERT ON v1 BEGIN INSERT INTO t (n) VALUES (new.n); END;"
     "CREATE TRIGGER g2 AFTER INSERT ON q BEGIN INSERT INTO v1 (n) VALUES (new.a); END; INSERT INTO q VALUES ('x', '7');",
     "CREATE TABLE t (id INTEGER PRIMARY KEY, n TEXT); CREATE TABLE q (a TEXT, b TEXT); CREATE VIEW v1 AS SELECT id, n, 1 AS k FROM t; CREATE TRIGGER g1 INSTEAD OF INSERT ON v1 BEGIN INSERT INTO t (n) VALUES (new.n); END;"
     "CREATE TRIGGER g2 AFTER INSERT ON q BEGIN INSERT INTO v1 (n) VALUES (new.a); END;",
     "SELECT n || k || (SELECT count(*) FROM sqlite_schema WHERE type = 'trigger') FROM v1", "x12", {"--allow", "destructive"}},
    {"sqlite", "a_table_is_renamed_while_a_table_takes_the_name_of_a_view_that_others_read", "CREATE TABLE t (a INT); CREATE TABLE v_new (a INT); CREATE VIEW v AS SELECT a FROM t; CREATE VIEW w AS SELECT a FROM v; INSERT INTO v_new VALUES (6);",
     "CREATE TABLE t (a INT); CREATE TABLE v (a INT); CREATE VIEW w AS SELECT a FROM v;", "SELECT a FROM w", "6", {"--allow", "destructive", "--rename", "v_new=v"}},
    {"sqlite", "a_computed_column_becomes_not_null", "CREATE TABLE t (a INT, m INT AS (a * 2)); INSERT INTO t (a) VALUES (3);", "CREATE TABLE t (a INT, m INT AS (a + 1) NOT NULL, n INT AS (a + m) STORED NOT NULL);", "SELECT m + n FROM t", "11"},
    {"sqlite", "a_computed_column_is_computed_from_another_one_that_changes", "CREATE TABLE t (id INTEGER PRIMARY KEY, a INT, b INT AS (1 / a)); INSERT INTO t (id, a) VALUES (1, 0), (2, 2);",
     "CREATE TABLE t (id INTEGER PRIMARY KEY, a INT, b INT AS (a + 1), c INT AS (b * 10) NOT NULL UNIQUE CHECK (c > 5));", "SELECT group_concat(c) FROM t", "10,30"},
    {"sqlite", "a_virtual_table_becomes_a_table", "CREATE VIRTUAL TABLE searchindex USING FTS3(si_title, si_text); CREATE TABLE old (a); CREATE VIEW w AS SELECT si_title FROM searchindex; INSERT INTO old VALUES (4);",
     "CREATE TABLE searchindex(si_page INTEGER NOT NULL, si_title TEXT, si_text TEXT); CREATE TABLE fresh (a); CREATE VIEW w AS SELECT si_title FROM searchindex;", "SELECT count(*) FROM w", "0", {"--allow", "drop-table", "--rename", "old=fresh"}},
    {"sqlite", "a_table_becomes_a_view_that_others_read",
     "CREATE TABLE t (id INTEGER PRIMARY KEY, n TEXT, z INT); CREATE TABLE v (id INTEGER PRIMARY KEY, n TEXT); CREATE VIEW w AS SELECT * FROM v; INSERT INTO t VALUES (1, 'x', 2); INSERT INTO v VALUES (2, 'y');",
     "CREATE TABLE t (id INTEGER PRIMARY KEY, n TEXT); CREATE VIEW v AS SELECT id, n FROM t; CREATE VIEW w AS SELECT * FROM v;", "SELECT n FROM w", "x", {"--allow", "destructive"}},
    {"sqlite", "a_table_becomes_a_view_that_others_read_and_its_index_goes_to_another_table",
     "CREATE TABLE t (id INTEGER PRIMARY KEY, n TEXT, z INT); CREATE TABLE v (id INTEGER PRIMARY KEY, n TEXT); CREATE INDEX i ON v (n); CREATE VIEW w AS SELECT * FROM v; INSERT INTO t VALUES (1, 'x', 2); INSERT INTO v VALUES (2, 'y');",
     "CREATE TABLE t (id INTEGER PRIMARY KEY, n TEXT); CREATE INDEX i ON t (n); CREATE VIEW v AS SELECT id, n FROM t; CREATE VIEW w AS SELECT * FROM v;", "SELECT n FROM w", "x", {"--allow", "destructive"}},
    {"mariadb", "a_table_becomes_a_view_that_others_read", "CREATE TABLE t (id int PRIMARY KEY, n int); CREATE TABLE v (id int PRIMARY KEY, n int); CREATE VIEW w AS SELECT id, n FROM v; INSERT INTO t VALUES (1, 5); INSERT INTO v VALUES (2, 6);",
     "CREATE TABLE t (id int PRIMARY KEY, n int); CREATE VIEW v AS SELECT id, n FROM t; CREATE VIEW w AS SELECT id, n FROM v;", "SELECT n FROM w", "5", {"--allow", "destructive"}},
    {"sqlite", "what_cannot_be_computed_for_a_row_is_not_computed_for_it", "CREATE TABLE m (id INTEGER PRIMARY KEY, json TEXT); INSERT INTO m VALUES (1, '{}'), (2, 'not json');",
     "CREATE TABLE m (id INTEGER PRIMARY KEY, json TEXT); CREATE INDEX i ON m (json_extract(json, '$.a')) WHERE json_valid(json); CREATE UNIQUE INDEX u ON m (json_extract(json, '$.a')) WHERE json_valid(json); CREATE INDEX p ON m (id) WHERE json_valid(json) AND json_extract(json, '$.a') IS NULL;"
     "CREATE INDEX q ON m (CASE WHEN json_valid(json) THEN json_extract(json, '$.a') END);",
     "SELECT count(*) FROM m", "2"},
    {"sqlite", "a_table_is_renamed_in_other_letters", "CREATE TABLE Users (id INTEGER PRIMARY KEY, Name TEXT); INSERT INTO Users VALUES (1, 'x');", "CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT); -- plumb: was Users", "SELECT name FROM users", "x", {}},
    {"sqlite", "a_computed_column_may_be_null", "CREATE TABLE t (a INT, m INT AS (a * 2) STORED NOT NULL); INSERT INTO t VALUES (3);", "CREATE TABLE t (a INT, m INT AS (a * 2) STORED);", "SELECT m FROM t", "6"},
    {"mariadb", "a_view_takes_numbers_from_a_sequence", "CREATE SEQUENCE s; CREATE TABLE t (a int); CREATE VIEW v AS SELECT NEXTVAL(s) AS n, a FROM t WHERE a > 0 WITH CHECK OPTION; INSERT INTO t VALUES (1);",
     "CREATE SEQUENCE s; CREATE TABLE t (a int, b int); CREATE VIEW v AS SELECT NEXTVAL(s) AS n, a FROM t WHERE a > 0 WITH CHECK OPTION;", "SELECT a FROM t", "1"},
    {"mariadb", "a_column_is_narrowed_and_one_that_counts_the_time_comes", "CREATE TABLE t (id int PRIMARY KEY, a varchar(30)); INSERT INTO t VALUES (1, '007'), (2, NULL);",
     "CREATE TABLE t (id int PRIMARY KEY, a int, tms timestamp DEFAULT current_timestamp ON UPDATE current_timestamp);", "SELECT count(*) FROM t WHERE a = 7", "1", {"--allow", "narrow"}},
    {"mariadb", "a_column_is_narrowed_and_another_counts_the_time_no_more", "CREATE TABLE t (id int PRIMARY KEY, a varchar(9), ts timestamp NOT NULL DEFAULT current_timestamp ON UPDATE current_timestamp); INSERT INTO t VALUES (1, '007', '2000-01-01 00:00:00');",
     "CREATE TABLE t (id int PRIMARY KEY, a int, ts timestamp NOT NULL DEFAULT current_timestamp);", "SELECT year(ts) FROM t", "2000", {"--allow", "narrow"}},
    {"mariadb", "a_column_is_narrowed_and_one_that_counts_the_time_goes", "CREATE TABLE t (id int PRIMARY KEY, a varchar(9), ts timestamp NULL ON UPDATE current_timestamp); INSERT INTO t VALUES (1, '007', '2000-01-01 00:00:00'), (2, '08', NULL);",
     "CREATE TABLE t (id int PRIMARY KEY, a int);", "SELECT sum(a) FROM t", "15", {"--allow", "narrow,drop-column"}},
    {"mariadb", "columns_have_the_names_that_kept_values_have", "CREATE TABLE t (id int PRIMARY KEY, a double, u1 datetime ON UPDATE current_timestamp, w1 datetime ON UPDATE current_timestamp); INSERT INTO t VALUES (1, 0.123456789, '2001-01-01', '2002-01-01');",
     "CREATE TABLE t (id int PRIMARY KEY, a float, u1 datetime ON UPDATE current_timestamp, w1 datetime ON UPDATE current_timestamp);", "SELECT year(u1) FROM t", "2001", {"--allow", "narrow"}},
    {"mariadb", "a_column_goes_beside_a_key_that_grows", "CREATE TABLE t (id varchar(10) PRIMARY KEY, a varchar(9)); INSERT INTO t VALUES ('x', '007');", "CREATE TABLE t (id varchar(20) PRIMARY KEY);", "SELECT id FROM t", "x", {"--allow", "drop-column"}},
    {"mariadb", "a_column_is_narrowed_beside_a_key_that_becomes_another", "CREATE TABLE t (id int PRIMARY KEY, a varchar(9), b int); INSERT INTO t VALUES (1, '007', 5);", "CREATE TABLE t (id int NOT NULL, a int, b int, UNIQUE KEY k (id));", "SELECT a FROM t", "7", {"--allow", "narrow"}},
    {"mariadb", "a_column_that_a_check_reads_is_narrowed", "CREATE TABLE t (id int PRIMARY KEY, a varchar(9) CHECK (length(a) = 3), CHECK (a LIKE '0%')); INSERT INTO t VALUES (1, '007');", "CREATE TABLE t (id int PRIMARY KEY, a int CHECK (a < 100));", "SELECT a FROM t", "7", {"--allow", "narrow"}},
    {"mariadb", "a_column_that_a_unique_one_is_computed_from_is_narrowed", "CREATE TABLE t (id int PRIMARY KEY, a varchar(9), g varchar(20) AS (concat(a, 'x')) STORED UNIQUE); INSERT INTO t (id, a) VALUES (1, '007'), (2, '07');",
     "CREATE TABLE t (id int PRIMARY KEY, a int);", "SELECT sum(a) FROM t", "14", {"--allow", "narrow,drop-column"}},
    {"mariadb", "numbers_with_zeros_become_texts", "CREATE TABLE t (id int PRIMARY KEY, a int(5) zerofill, b decimal(8,2) zerofill); INSERT INTO t VALUES (1, 42, 3.5), (2, 1234567, 0);", "CREATE TABLE t (id int PRIMARY KEY, a varchar(10), b varchar(12));", "SELECT a FROM t WHERE id = 1", "00042"},
    {"mariadb", "a_full_text_index_gets_a_column_of_its_collation",
     "CREATE TABLE t (id int PRIMARY KEY, title varchar(99) COLLATE utf8mb4_unicode_ci, body text, gone int NOT NULL, FULLTEXT KEY words (body)) CHARSET utf8mb4 COLLATE utf8mb4_bin; INSERT INTO t VALUES (1, 'a', 'b', 3);",
     "CREATE TABLE t (id int PRIMARY KEY, title varchar(99) COLLATE utf8mb4_unicode_ci, body text, FULLTEXT KEY both_words (body, title)) CHARSET utf8mb4 COLLATE utf8mb4_unicode_ci;", "SELECT body FROM t", "b", {"--allow", "drop-column"}},
    {"mariadb", "members_that_differ_in_case", "CREATE TABLE t (id int PRIMARY KEY, e enum('a', 'A') COLLATE utf8mb4_bin) CHARSET utf8mb4; INSERT INTO t VALUES (1, 'A');", "CREATE TABLE t (id int PRIMARY KEY, e enum('a', 'A', 'b') COLLATE utf8mb4_bin) CHARSET utf8mb4;", "SELECT e FROM t", "A"},
    {"mariadb", "statements_before_a_trigger_under_its_delimiter", "CREATE TABLE t (id int PRIMARY KEY); INSERT INTO t VALUES (1);",
     "DELIMITER //\nCREATE TABLE t (id int PRIMARY KEY);\nDROP TRIGGER IF EXISTS g;\nCREATE TRIGGER g BEFORE INSERT ON t FOR EACH ROW SET NEW.id = NEW.id + 1//\nDELIMITER ;\n", "SELECT count(*) FROM t", "1"},
    {"sqlite", "a_column_is_computed_from_now_on", "CREATE TABLE t (id INTEGER PRIMARY KEY, a INT, d INT UNIQUE, c INT NOT NULL DEFAULT 0); INSERT INTO t VALUES (1, 1, NULL, 5), (2, NULL, NULL, 6);",
     "CREATE TABLE t (id INTEGER PRIMARY KEY, a INT, d INT AS (a - 1), c INT AS (a + 1));", "SELECT sum(d) + sum(c) FROM t", "2", {"--allow", "destructive"}},
    {"sqlite", "a_file_with_temporary_tables", "CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT); INSERT INTO t VALUES (1, 'x');",
     "CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INT); CREATE TEMP TABLE t AS SELECT * FROM main.t; CREATE TEMPORARY TABLE b (x); DROP TABLE b; DROP TABLE t;", "SELECT a FROM t", "x", {"--allow", "destructive"}},
    {"mariadb", "an_automatic_column_beside_the_key_goes", "CREATE TABLE t (a int PRIMARY KEY, x bigint unsigned NOT NULL AUTO_INCREMENT UNIQUE); INSERT INTO t VALUES (1, 10), (2, 20);", "CREATE TABLE t (a int PRIMARY KEY);", "SELECT sum(a) FROM t", "3",
     {"--allow", "drop-column"}},
    {"mariadb", "a_table_leaves_aria", "CREATE TABLE t (a int PRIMARY KEY) ENGINE=Aria; INSERT INTO t VALUES (1);", "CREATE TABLE t (a int PRIMARY KEY) ENGINE=InnoDB;", "SELECT count(*) FROM t", "1"},
    {"mariadb", "a_compressed_table_gets_other_blocks", "CREATE TABLE p (a int PRIMARY KEY); CREATE TABLE t (a int AUTO_INCREMENT PRIMARY KEY, b int, KEY (b), CONSTRAINT f FOREIGN KEY (b) REFERENCES p (a)) ROW_FORMAT=COMPRESSED KEY_BLOCK_SIZE=8; INSERT INTO t VALUES (1, NULL);",
     "CREATE TABLE p (a int PRIMARY KEY); CREATE TABLE t (a int AUTO_INCREMENT PRIMARY KEY, b int, KEY (b), CONSTRAINT f FOREIGN KEY (b) REFERENCES p (a)) ROW_FORMAT=COMPRESSED KEY_BLOCK_SIZE=4;", "SELECT count(*) FROM t", "1"},
    {"mariadb", "a_table_is_not_compressed_any_more", "CREATE TABLE t (a int PRIMARY KEY, b int, KEY (b)) ROW_FORMAT=COMPRESSED KEY_BLOCK_SIZE=8; INSERT INTO t VALUES (1, 2);", "CREATE TABLE t (a int PRIMARY KEY, b int, KEY (b));", "SELECT b FROM t", "2"},
    {"mariadb", "a_sequence_takes_the_name_of_a_table", "CREATE TABLE s (a int PRIMARY KEY); INSERT INTO s VALUES (3);", "CREATE SEQUENCE s;", "SELECT minimum_value FROM s", "1", {"--allow", "drop-table"}},
    {"mariadb", "tables_refer_to_each_other", "CREATE TABLE a (id int PRIMARY KEY, b_id int); INSERT INTO a VALUES (1, NULL);",
     "CREATE TABLE a (id bigint PRIMARY KEY, b_id bigint); CREATE TABLE b (id bigint PRIMARY KEY, a_id bigint, CONSTRAINT ba FOREIGN KEY (a_id) REFERENCES a (id) ON DELETE CASCADE);"
     "ALTER TABLE a ADD CONSTRAINT ab FOREIGN KEY (b_id) REFERENCES b (id);", "SELECT count(*) FROM a", "1"},
};

INSTANTIATE_TEST_SUITE_P(, KnownCaseTest, testing::ValuesIn(changes), [](const auto& known) { return std::string(known.param.engine) + "_" + known.param.name; });

struct Spelling {
  const char* engine;
  const char* name;
  const char* standing;
  const char* wanted;
};

std::ostream& operator<<(std::ostream& out, const Spelling& spelling) { return out << spelling.name; }

/// Two spellings of one thing: nothing is planned in either direction.
class SpellingTest : public testing::TestWithParam<Spelling> {};

TEST_P(SpellingTest, IsNoDifference) {
  const Spelling& spelling = GetParam();
  if (spelling.engine == std::string("mariadb") && !mariadb_is_wanted()) GTEST_SKIP();
  for (const bool turned : {false, true}) {
    SCOPED_TRACE(turned ? "turned round" : "");
    const Workplace place(spelling.engine);
    place.sql(turned ? spelling.wanted : spelling.standing);
    place.write("wanted.sql", turned ? spelling.standing : spelling.wanted);
    EXPECT_TRUE(ended_with(0, place.plumb_on_db({"plan", "--exit-code", "--allow", "destructive", "--to", "wanted.sql"})));
    EXPECT_TRUE(ended_with(0, place.plumb({"diff", place.url(), "wanted.sql"})));
  }
}

const std::vector<Spelling> spellings = {
    {"mariadb", "display_widths", "CREATE TABLE t (a int(11), b bigint(20), c smallint(6), d mediumint(9), e tinyint(4), f bigint(20) unsigned, g int(10) unsigned, h int unsigned zerofill)",
     "CREATE TABLE t (a int, b bigint, c smallint, d mediumint, e tinyint, f bigint unsigned, g int unsigned, h int(10) unsigned zerofill)"},
    {"mariadb", "names_of_types",
     "CREATE TABLE t (a int, b tinyint(1), c decimal(10,0), d double, e varchar(9) CHARACTER SET utf8mb3, f char(3), g mediumtext, h decimal(8,2), i datetime, j mediumblob, k year, l char(1))",
     "CREATE TABLE t (a integer, b boolean, c numeric, d double precision, e nvarchar(9), f character(3), g long varchar character set utf8mb4, h dec(8,2), i datetime(0), j long varbinary, k year(4), l char)"},
    {"mariadb", "json_is_a_checked_text", "CREATE TABLE t (a json NOT NULL)", "CREATE TABLE t (a longtext CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL CHECK (json_valid(a)))"},
    {"mariadb", "utf8_is_utf8mb3", "CREATE TABLE t (a varchar(9) CHARACTER SET utf8 COLLATE utf8_bin) CHARSET=utf8", "CREATE TABLE t (a varchar(9) CHARACTER SET utf8mb3 COLLATE utf8mb3_bin) CHARSET=utf8mb3"},
    {"mariadb", "a_charset_and_its_collation", "CREATE TABLE t (a varchar(9), b varchar(9) COLLATE latin1_bin) CHARSET=latin1", "CREATE TABLE t (a varchar(9) CHARACTER SET latin1 COLLATE latin1_swedish_ci, b varchar(9) BINARY) DEFAULT CHARACTER SET latin1 COLLATE latin1_swedish_ci"},
    {"mariadb", "the_current_time", "CREATE TABLE t (a datetime DEFAULT now() ON UPDATE now(), b timestamp NOT NULL DEFAULT localtimestamp, c datetime(3) DEFAULT now(3), d date DEFAULT curdate())",
     "CREATE TABLE t (a datetime DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP(), b timestamp NOT NULL DEFAULT current_timestamp(), c datetime(3) DEFAULT CURRENT_TIMESTAMP(3), d date DEFAULT (CURRENT_DATE))"},
    {"mariadb", "defaults", "CREATE TABLE t (a int DEFAULT '5', b decimal(5,2) DEFAULT 1, c int DEFAULT NULL, d bit(4) DEFAULT 5, e tinyint(1) DEFAULT true, f varchar(5) DEFAULT \"x\", g float DEFAULT 1.50)",
     "CREATE TABLE t (a int DEFAULT 5, b decimal(5,2) DEFAULT '1.00', c int, d bit(4) DEFAULT b'101', e bool DEFAULT 1, f varchar(5) DEFAULT 'x', g float DEFAULT 1.5)"},
    {"mariadb", "expressions", "CREATE TABLE t (a int, b int AS (a + 1 * 2) STORED, c int GENERATED ALWAYS AS (((a))) VIRTUAL, CHECK (a != 3 AND (a > 1)), d varchar(20) AS (CONCAT('x', `a`)))",
     "CREATE TABLE t (a int, b int AS ((`a` + (1 * 2))) PERSISTENT, c int AS (a), CONSTRAINT CONSTRAINT_1 CHECK (((a <> 3) and a > 1)), d varchar(20) GENERATED ALWAYS AS (concat( 'x' , a)) VIRTUAL)"},
    {"mariadb", "keys", "CREATE TABLE t (a int PRIMARY KEY, b int UNIQUE, c text, KEY (b, a), KEY k (c(9)))", "CREATE TABLE t (a int NOT NULL, b int, c text, PRIMARY KEY (a), UNIQUE KEY b (b), INDEX b_2 (b ASC, a), INDEX k (c(9) ASC))"},
    {"mariadb", "actions_of_foreign_keys", "CREATE TABLE t (a int PRIMARY KEY, b int, CONSTRAINT f FOREIGN KEY (b) REFERENCES t (a))", "CREATE TABLE t (a int PRIMARY KEY, b int, KEY f (b), CONSTRAINT f FOREIGN KEY (b) REFERENCES t (a) ON DELETE RESTRICT ON UPDATE NO ACTION)"},
    {"mariadb", "queries_of_views", "CREATE TABLE t (a int, b int); CREATE VIEW v AS SELECT * FROM t WHERE NOT a = 1", "CREATE TABLE t (a int, b int); CREATE VIEW v (a, b) AS SELECT t.a, t.b AS b FROM t WHERE a <> 1"},
    {"sqlite", "virtual_tables", "CREATE VIRTUAL TABLE f USING fts5(x,y)", "CREATE VIRTUAL TABLE IF NOT EXISTS \"f\" USING fts5 (x, y)"},
    {"sqlite", "quotes_and_cases", "CREATE TABLE \"t\" (\"a\" INTEGER PRIMARY KEY, [b] TEXT DEFAULT 'x', `c` int); create index i on t(b asc)", "CREATE TABLE t (a INTEGER PRIMARY KEY ASC, b TEXT DEFAULT 'x', c INT); CREATE INDEX \"i\" ON \"t\" (\"b\")"},
    {"sqlite", "constraints_on_the_line_or_below", "CREATE TABLE t (a INT PRIMARY KEY, b INT UNIQUE, c INT REFERENCES t (a))", "CREATE TABLE t (a INT, b INT, c INT, PRIMARY KEY (a), UNIQUE (b), FOREIGN KEY (c) REFERENCES t (a))"},
    {"sqlite", "white_space_and_comments", "CREATE TABLE t (a INT, -- one\n b INT DEFAULT (1+2) /* two */)", "CREATE TABLE t (a INT, b INT DEFAULT ( 1 + 2 ))"},
    {"sqlite", "actions_of_foreign_keys", "CREATE TABLE t (a INTEGER PRIMARY KEY, b INT REFERENCES t)", "CREATE TABLE t (a INTEGER PRIMARY KEY, b INT REFERENCES t (a) ON DELETE NO ACTION NOT DEFERRABLE)"},
};

INSTANTIATE_TEST_SUITE_P(, SpellingTest, testing::ValuesIn(spellings), [](const auto& spelling) { return std::string(spelling.param.engine) + "_" + spelling.param.name; });

}  // namespace
}  // namespace plumb::test
