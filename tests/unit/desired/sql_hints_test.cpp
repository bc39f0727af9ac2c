// Hints in SQL comments: where they stand and what they say.
#include "desired/sql_hints.hpp"

#include <gtest/gtest.h>

#include "support/text.hpp"

namespace plumb::desired {
namespace {

std::string place_text(const HintPlace& place) {
  switch (place.kind) {
    case HintPlace::Kind::Nothing: return "nothing";
    case HintPlace::Kind::Table: return "table " + place.table;
    case HintPlace::Kind::Column: return "column " + place.table + "." + place.name;
    case HintPlace::Kind::Index: return "index " + place.table + "." + place.name;
    case HintPlace::Kind::View: return "view " + place.table;
  }
  return {};
}

struct Found {
  std::string text;    ///< one line a hint
  std::string errors;  ///< codes
};

Found found_in(const std::string& text, const sql::Lexis& lexis = sql::mariadb_lexis) {
  std::vector<Diagnostic> diagnostics;
  Found found;
  for (const SqlHint& hint : find_hints(text, split(text, lexis), lexis, 0, diagnostics)) {
    found.text += place_text(hint.place) + ": " + join(hint.names, ",") + hint.text + "\n";
  }
  for (const auto& diagnostic : diagnostics) found.errors += diagnostic.code + " ";
  return found;
}

TEST(SqlHints, BelongToWhatStandsOnTheLineElseToTheNext) {
  EXPECT_EQ(found_in("-- plumb: was t_before\n"
                     "CREATE TABLE t ( -- plumb: was t_line\n"
                     "  -- plumb: was a_before\n"
                     "  a int, -- plumb: was a_line\n"
                     "  b decimal(10, 2) -- plumb: was b_line\n"
                     "    not null, /* plumb: was b_end */\n"
                     "  KEY k (a), -- plumb: was k_old\n"
                     "  CONSTRAINT c FOREIGN KEY (b) REFERENCES x (y) -- plumb: was c_old\n"
                     "); -- plumb: was t_end\n"
                     "DROP TABLE IF EXISTS z;\n"
                     "# plumb: was v_old\n"
                     "CREATE VIEW v AS SELECT 1;\n"
                     "CREATE UNIQUE INDEX i ON t (a); -- plumb: was i_old\n")
                .text,
            "table t: t_before\ntable t: t_line\ncolumn t.a: a_before\ncolumn t.a: a_line\ncolumn t.b: b_line\ncolumn t.b: b_end\nindex t.k: k_old\nindex t.c: c_old\ntable t: t_end\n"
            "view v: v_old\nindex t.i: i_old\n");
}

TEST(SqlHints, BelongToWhatAnAlterTableAdds) {
  EXPECT_EQ(found_in("ALTER TABLE t ADD COLUMN a decimal(10, 2) NOT NULL; -- plumb: was a_old\n"
                     "ALTER TABLE t\n"
                     "  ADD b int, -- plumb: was b_old\n"
                     "  CHANGE COLUMN x c int, -- plumb: backfill (1)\n"
                     "  ADD KEY k (b) -- plumb: was k_old\n"
                     ";\n"
                     "ALTER TABLE t ENGINE=InnoDB; -- plumb: was t_old\n")
                .text,
            "column t.a: a_old\ncolumn t.b: b_old\ncolumn t.c: 1\nindex t.k: k_old\ntable t: t_old\n");
}

TEST(SqlHints, SeveralInOneComment) {
  EXPECT_EQ(found_in("-- plumb: master was a, b natural key (x, `y z`); keep undeclared indexes\nCREATE TABLE t (x int);").text, "table t: \ntable t: a,b\ntable t: x,y z\ntable t: \n");
}

TEST(SqlHints, NamesMayStandInDoubleQuotesOnEachEngine) {
  for (const sql::Lexis& lexis : {sql::mariadb_lexis, sql::sqlite_lexis}) EXPECT_EQ(found_in("-- plumb: was \"y \"\"z\"\nCREATE TABLE t (x int);", lexis).text, "table t: y \"z\n");
}

TEST(SqlHints, ABackfillIsTakenAsItIs) {
  EXPECT_EQ(found_in("CREATE TABLE t (\n a int -- plumb: backfill (coalesce(b, ')') + (1))\n);").text, "column t.a: coalesce(b, ')') + (1)\n");
}

TEST(SqlHints, DropsAndTheSchemaBelongToTheWhole) {
  EXPECT_EQ(found_in("-- plumb: drop table a, b\n-- plumb: drop column t.c\n-- plumb: schema shop version 1.2.0 after 1.1\n").text, "nothing: a\nnothing: b\nnothing: t,c\nnothing: shop,1.2.0,1.1\n");
}

TEST(SqlHints, InAStringTheyAreNone) { EXPECT_EQ(found_in("CREATE TABLE t (a text DEFAULT '-- plumb: was x');").text, ""); }

TEST(SqlHints, SqliteHasColumnsCalledKey) { EXPECT_EQ(found_in("CREATE TABLE t (\n key text -- plumb: was k\n);", sql::sqlite_lexis).text, "column t.key: k\n"); }

TEST(SqlHints, MistakesAreTold) {
  EXPECT_EQ(found_in("CREATE TABLE t (a int -- plumb: wass b\n);").errors, "unknown-hint ");
  EXPECT_EQ(found_in("CREATE TABLE t (\n a int -- plumb: natural key (a)\n);").errors, "misplaced-hint ");
  EXPECT_EQ(found_in("CREATE TABLE t (a int); \n-- plumb: was b\n").errors, "misplaced-hint ");
  EXPECT_EQ(found_in("CREATE TABLE t (\n a int -- plumb: backfill (b\n);").errors, "bad-hint ");
  EXPECT_EQ(found_in("-- plumb: drop column t\n").errors, "bad-hint ");
  EXPECT_EQ(found_in("-- plumb: was\nCREATE TABLE t (a int);").errors, "bad-hint ");
}

}  // namespace
}  // namespace plumb::desired
