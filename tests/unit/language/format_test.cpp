// How `plumb fmt` lays a description out.
#include "language/format.hpp"

#include <gtest/gtest.h>

#include "load_text.hpp"

namespace plumb::test {
namespace {

std::string formatted(const std::string& text) {
  const language::Formatted one = language::format(SourceText("text.plumb", text));
  return one.text ? *one.text
                  : "errors:\n" + render(one.diagnostics, {SourceText("text.plumb", text)}, false);
}

TEST(Format, PutsOneDeclarationOnALineAndAlignsTheTypes) {
  EXPECT_EQ(formatted("table   t{id serial;name   varchar( 20 ) ?=\"x\" was a;  unique( name )}"),
            "table t {\n"
            "  id    serial\n"
            "  name  varchar(20)? = \"x\"  was a\n"
            "  unique (name)\n"
            "}\n");
}

TEST(Format, KnowsTheSpacingOfEveryProduction) {
  EXPECT_EQ(formatted("schema  s  version 1.0.0   after 0.9.0\n"
                      "option mariadb( engine = InnoDB,charset=utf8mb4 )\n"
                      "table t was a ,b {\n"
                      "a enum( \"x\" ,\"y\" )=\"x\" check(a<>'z')\n"
                      "longer_name decimal( 10 , 2 )unsigned_is_not_here\n"
                      "}\n")
                .substr(0, 7),
            "errors:");
  EXPECT_EQ(formatted("schema  s  version 1.0.0   after 0.9.0\n"
                      "option mariadb( engine = InnoDB,charset=utf8mb4 )\n"
                      "table t was a ,b {\n"
                      "a enum( \"x\" ,\"y\" )=\"x\" check(a<>'z')\n"
                      "longer_name decimal( 10 , 2 )=-1.5\n"
                      "n native( sqlite : \"a\",mariadb:\"b\" )\n"
                      "r ref ( t )?on delete set null\n"
                      "s bigint unsigned references t ( id , x )\n"
                      "index   i ( a,n ( 20 )desc,( lower(a) ) )where(a>0)was j\n"
                      "foreign key(a,n)references other . t( x,y )on update cascade\n"
                      "}\n"
                      "trigger g before update of( a )on t when( 1 )( select 1 )\n"
                      "drop column t . c,u .d\n"
                      "once o version 1.0.0 after t{up(a);down( b )}\n"
                      "seed t{{a=1,b=env( \"X\" )},{a=null}}\n"
                      "assert \"x\"( select 1 )\n"),
            "schema s version 1.0.0 after 0.9.0\n"
            "option mariadb (engine=InnoDB, charset=utf8mb4)\n"
            "table t was a, b {\n"
            "  a            enum(\"x\", \"y\") = \"x\" check (a<>'z')\n"
            "  longer_name  decimal(10,2) = -1.5\n"
            "  n            native(sqlite: \"a\", mariadb: \"b\")\n"
            "  r            ref(t)? on delete set null\n"
            "  s            bigint unsigned references t(id, x)\n"
            "  index i (a, n(20) desc, ( lower(a) )) where (a>0) was j\n"
            "  foreign key (a, n) references other.t(x, y) on update cascade\n"
            "}\n"
            "trigger g before update of (a) on t when ( 1 ) ( select 1 )\n"
            "drop column t.c, u.d\n"
            "once o version 1.0.0 after t {\n"
            "  up   (a)\n"
            "  down ( b )\n"
            "}\n"
            "seed t {\n"
            "  { a = 1, b = env(\"X\") }\n"
            "  { a = null }\n"
            "}\n"
            "assert \"x\" ( select 1 )\n");
}

TEST(Format, KeepsCommentsWhereTheyAre) {
  EXPECT_EQ(
      formatted(
          "// head\n\n\n\ntable t { // opens\n// first\n  a int   // behind a\n\n\n  // before b\n"
          "  b int; c int // behind c\n  index (a, // odd\n    b)\n  d int // d\n    // between\n  = 5\n"
          "// last\n}   // closed\n//end"),
      "// head\n"
      "\n"
      "table t {  // opens\n"
      "  // first\n"
      "  a  int  // behind a\n"
      "\n"
      "  // before b\n"
      "  b  int\n"
      "  c  int  // behind c\n"
      "  index (a,  // odd\n"
      "    b)\n"
      "  d  int  // d\n"
      "    // between\n"
      "    = 5\n"
      "  // last\n"
      "}  // closed\n"
      "//end\n");
}

TEST(Format, LeavesSqlAndItsLinesAlone) {
  EXPECT_EQ(
      formatted("view v (\n      select   1,\n  2   -- two\n )\ntable t{\n a int check (a\n  >   1)\n}"),
      "view v (\n      select   1,\n  2   -- two\n )\n"
      "table t {\n  a  int check (a\n  >   1)\n}\n");
}

TEST(Format, KeepsLineBreaksBeforeClausesAndLongLines) {
  const std::string text =
      "table t {\n  id  serial\n  a   ref(t) on update cascade on delete cascade\n    backfill (select "
      "1)\n}\n";
  EXPECT_EQ(formatted(text), text);
  const std::string wide = "table t {\n  a  enum(\"" + std::string(200, 'x') + "\")\n}\n";
  EXPECT_EQ(formatted(wide), wide);
}

TEST(Format, JoinsWhatBelongsOnOneLine) {
  EXPECT_EQ(formatted("table t\n{\n  a int check\n      (a > 1)\n}\nview v\n(select 1)\n"),
            "table t {\n  a  int check (a > 1)\n}\nview v (select 1)\n");
}

TEST(Format, WritesUnixLineEndsAndNoByteOrderMark) {
  EXPECT_EQ(formatted("\xEF\xBB\xBFtable t {\r\n  a int = (1 +\r\n 1)\r\n}\r\n"),
            "table t {\n  a  int = (1 +\n 1)\n}\n");
  EXPECT_EQ(formatted(""), "");
  EXPECT_EQ(formatted("\n\n\n"), "");
}

TEST(Format, LeavesATextWithMistakesAlone) {
  EXPECT_FALSE(language::format(SourceText("t", "table t {\n  a int nul\n}\n")).text);
  EXPECT_FALSE(language::format(SourceText("t", "}\n")).text);
  EXPECT_TRUE(language::format(SourceText("t", "table t {\n  a ref(not_in_this_file)\n}\n")).text);
}

TEST(Format, CountsCharactersAndNotBytes) {
  EXPECT_EQ(formatted("table t {\ngröße int\nabcdef int\n}\n"),
            "table t {\n  größe   int\n  abcdef  int\n}\n");
}

TEST(Format, LetsAVeryLongNameStandOut) {
  const std::string name(60, 'n');
  EXPECT_EQ(formatted("table t {\n  a int\n  " + name + " int\n}\n"),
            "table t {\n  a  int\n  " + name + "  int\n}\n");
}

}  // namespace
}  // namespace plumb::test
