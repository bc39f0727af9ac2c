#include "engine/questions/changes.hpp"

namespace plumb::test {
namespace {

std::string table_of(const std::string& column, const std::string& options = {}) {
  return "user table t {\n  id serial\n  " + column + "\n" + (options.empty() ? "" : "  " + options + "\n") + "}\n";
}

/// A column `c` whose type changes. The values are SQL.
DataDependentChange retyped(const std::string& name, const std::string& from, const std::string& to, const std::string& bad, const std::string& good, On engine = On::MariaDb) {
  DataDependentChange change;
  change.name = name;
  change.engine = engine;
  change.before = table_of("c " + from);
  change.after = table_of("c " + to);
  change.rows = "INSERT INTO t (id, c) VALUES (1, " + good + "), (2, " + bad + "), (3, " + good + ");";
  change.told = {"t.c", "id=2"};
  change.repair = "UPDATE t SET c = " + good + " WHERE id = 2;";
  change.late = "INSERT INTO t (id, c) VALUES (9, " + bad + ");";
  change.key = "id=9";
  return change;
}

std::vector<DataDependentChange> nulls_and_new_columns() {
  return {
      {"NullUnderNotNull", On::Both, table_of("c int?"), table_of("c int"), "INSERT INTO t (id, c) VALUES (1, 5), (2, NULL);", {"t.c", ": 1", "id=2", "backfill"},
       "UPDATE t SET c = 0 WHERE c IS NULL;", "INSERT INTO t (id, c) VALUES (9, NULL);", "id=9"},
      {"NewColumnWithoutValue", On::Both, table_of("c int"), table_of("c int\n  d int"), "INSERT INTO t (id, c) VALUES (1, 5), (2, 6);", {"t.d", ": 2", "id=1", "id=2", "backfill"},
       "DELETE FROM t;", "INSERT INTO t (id, c) VALUES (9, 1);", "id=9"},
      {"BackfillThatGivesNull", On::Both, table_of("c int?"), table_of("c int backfill (nullif(id, 2))"), "INSERT INTO t (id, c) VALUES (1, NULL), (2, NULL);", {"t.c", ": 1", "id=2"},
       "UPDATE t SET c = 0 WHERE id = 2;", "", ""},
      {"DefaultAgainstTheCheckOfItsColumn", On::Both, table_of("c int"), table_of("c int\n  d int = 5 check (d > c)"), "INSERT INTO t (id, c) VALUES (1, 1), (2, 7);", {"t.d", ": 1", "id=2"},
       "UPDATE t SET c = 4 WHERE id = 2;", "INSERT INTO t (id, c) VALUES (9, 10);", "id=9"},
  };
}

std::vector<DataDependentChange> keys() {
  const std::string two = "INSERT INTO t (id, c) VALUES (1, 'a'), (2, 'a'), (3, 'b');";
  return {
      {"DuplicatesUnderUnique", On::Both, table_of("c varchar(20)"), table_of("c varchar(20)", "unique (c)"), two, {"c='a' (2 rows)"}, "UPDATE t SET c = 'x' WHERE id = 2;",
       "INSERT INTO t (id, c) VALUES (9, 'b');", "c='b' (2 rows)"},
      {"CompositeDuplicates", On::Both, table_of("c varchar(20)\n  d int"), table_of("c varchar(20)\n  d int", "unique (c, d)"),
       "INSERT INTO t (id, c, d) VALUES (1, 'a', 1), (2, 'a', 1), (3, 'a', 2);", {"c='a', d=1 (2 rows)"}, "UPDATE t SET d = 9 WHERE id = 2;",
       "INSERT INTO t (id, c, d) VALUES (9, 'a', 2);", "c='a', d=2 (2 rows)"},
      {"DuplicatesUnderAPrimaryKey", On::Both, "user table t {\n  id int\n  c int\n  primary key (id)\n}\n", "user table t {\n  id int\n  c int\n  primary key (c)\n}\n",
       "INSERT INTO t (id, c) VALUES (1, 7), (2, 7), (3, 8);", {"c=7 (2 rows)"}, "UPDATE t SET c = 9 WHERE id = 2;", "INSERT INTO t (id, c) VALUES (9, 8);", "c=8 (2 rows)"},
      {"DuplicatesOfABackfill", On::Both, table_of("c int"), table_of("c int\n  d int backfill (c / 10)", "unique (d)"), "INSERT INTO t (id, c) VALUES (1, 10), (2, 20), (3, 20);",
       {"(2 rows)"}, "UPDATE t SET c = 30 WHERE id = 3;", "INSERT INTO t (id, c) VALUES (9, 10);", "(2 rows)"},
      {"DuplicatesOfADefault", On::Both, table_of("c int"), table_of("c int\n  d int = 5", "unique (d)"), "INSERT INTO t (id, c) VALUES (1, 1), (2, 2);", {"d=5 (2 rows)"},
       "DELETE FROM t WHERE id = 2;", "INSERT INTO t (id, c) VALUES (9, 1);", "d=5 (2 rows)"},
      {"DuplicatesByCaseUnderANewUnique", On::MariaDb, table_of("c varchar(20)"), table_of("c varchar(20)", "unique (c)"), "INSERT INTO t (id, c) VALUES (1, 'a'), (2, 'A'), (3, 'b');",
       {"c='A' (2 rows)"}, "UPDATE t SET c = 'x' WHERE id = 2;", "INSERT INTO t (id, c) VALUES (9, 'B');", "c='B' (2 rows)"},
      {"DuplicatesByTrailingSpaces", On::MariaDb, table_of("c varchar(20)"), table_of("c varchar(20)", "unique (c)"), "INSERT INTO t (id, c) VALUES (1, 'a'), (2, 'a '), (3, 'b');",
       {"c='a' (2 rows)"}, "UPDATE t SET c = 'x' WHERE id = 2;", "INSERT INTO t (id, c) VALUES (9, 'b ');", "c='b' (2 rows)"},
      {"DuplicatesByAPrefix", On::MariaDb, table_of("c varchar(20)"), table_of("c varchar(20)", "unique (c(3))"), "INSERT INTO t (id, c) VALUES (1, 'abcd'), (2, 'abce'), (3, 'xyz');",
       {"c='abc' (2 rows)"}, "UPDATE t SET c = 'q' WHERE id = 2;", "INSERT INTO t (id, c) VALUES (9, 'xyzz');", "c='xyz' (2 rows)"},
      {"DuplicatesByACollationUnderAUniqueThatStays", On::MariaDb, table_of("c varchar(20) collate utf8mb4_bin", "unique (c)"),
       table_of("c varchar(20) collate utf8mb4_unicode_ci", "unique (c)"), "INSERT INTO t (id, c) VALUES (1, 'a'), (2, 'A'), (3, 'b');", {"(2 rows)"},
       "UPDATE t SET c = 'x' WHERE id = 2;", "INSERT INTO t (id, c) VALUES (9, 'B');", "(2 rows)"},
      {"DuplicatesByACollationUnderAUniqueThatStaysOnSqlite", On::SQLite, table_of("c varchar(20)", "unique (c)"), table_of("c varchar(20) collate nocase", "unique (c)"),
       "INSERT INTO t (id, c) VALUES (1, 'a'), (2, 'A'), (3, 'b');", {"c='A' (2 rows)"}, "UPDATE t SET c = 'x' WHERE id = 2;", "INSERT INTO t (id, c) VALUES (9, 'B');", "c='B' (2 rows)"},
      {"DuplicatesByTheCollationOfAnIndex", On::SQLite, table_of("c varchar(20)"), table_of("c varchar(20)", "unique (c collate nocase)"),
       "INSERT INTO t (id, c) VALUES (1, 'a'), (2, 'A'), (3, 'b');", {"c='A' (2 rows)"}, "UPDATE t SET c = 'x' WHERE id = 2;", "INSERT INTO t (id, c) VALUES (9, 'B');", "c='B' (2 rows)"},
      {"DuplicatesOfAnExpression", On::SQLite, table_of("c varchar(20)"), table_of("c varchar(20)", "unique ((lower(c)))"), "INSERT INTO t (id, c) VALUES (1, 'a'), (2, 'A'), (3, 'b');",
       {"key_1='a' (2 rows)"}, "UPDATE t SET c = 'x' WHERE id = 2;", "INSERT INTO t (id, c) VALUES (9, 'B');", "key_1='b' (2 rows)"},
      {"DuplicatesInAPartOfTheRows", On::SQLite, table_of("c varchar(20)\n  d int"), table_of("c varchar(20)\n  d int", "unique (c) where (d > 0)"),
       "INSERT INTO t (id, c, d) VALUES (1, 'a', 1), (2, 'a', 2), (3, 'b', 0), (4, 'b', 0);", {": 1,", "c='a' (2 rows)"}, "UPDATE t SET d = 0 WHERE id = 2;",
       "INSERT INTO t (id, c, d) VALUES (9, 'a', 5);", "c='a' (2 rows)"},
      {"DuplicatesByAConversionUnderAUniqueThatStays", On::SQLite, table_of("c text", "unique (c)"), table_of("c int", "unique (c)"), "INSERT INTO t (id, c) VALUES (1, '1'), (2, '01'), (3, '2');",
       {"(2 rows)"}, "DELETE FROM t WHERE id = 2;", "INSERT INTO t (id, c) VALUES (9, '02');", "c"},
  };
}

std::vector<DataDependentChange> references() {
  const std::string parents = "user table p {\n  id serial\n  code varchar(10)\n  unique (code)\n}\n";
  const std::string pairs = "user table p {\n  id serial\n  a int\n  b int\n  unique (a, b)\n}\n";
  return {
      {"Orphans", On::Both, parents + table_of("p bigint unsigned?"), parents + table_of("p ref(p)?"), "INSERT INTO p (id, code) VALUES (1, 'a'); INSERT INTO t (id, p) VALUES (1, 1), (2, 8), (3, NULL);",
       {": 1", "id=2, p=8"}, "UPDATE t SET p = NULL WHERE id = 2;", "INSERT INTO t (id, p) VALUES (9, 77);", "id=9, p=77"},
      {"OrphansWithAnIndexThere", On::Both, parents + table_of("p bigint unsigned?", "index (p)"), parents + table_of("p ref(p)?", "index (p)"),
       "INSERT INTO p (id, code) VALUES (1, 'a'); INSERT INTO t (id, p) VALUES (1, 1), (2, 8);", {": 1", "id=2, p=8"}, "UPDATE t SET p = NULL WHERE id = 2;",
       "INSERT INTO t (id, p) VALUES (9, 77);", "id=9, p=77"},
      {"CompositeOrphans", On::Both, pairs + table_of("a int?\n  b int?"), pairs + table_of("a int?\n  b int?", "foreign key (a, b) references p(a, b)"),
       "INSERT INTO p (id, a, b) VALUES (1, 1, 2); INSERT INTO t (id, a, b) VALUES (1, 1, 2), (2, 2, 1), (3, 5, NULL), (4, NULL, 5);", {": 1", "id=2, a=2, b=1"},
       "DELETE FROM t WHERE id = 2;", "INSERT INTO t (id, a, b) VALUES (9, 1, 1);", "id=9, a=1, b=1"},
      {"OrphansOfANewTable", On::Both, table_of("p bigint unsigned?"), parents + table_of("p ref(p)?"), "INSERT INTO t (id, p) VALUES (1, NULL), (2, 8);", {": 1", "id=2, p=8", "new and empty"},
       "UPDATE t SET p = NULL;", "INSERT INTO t (id, p) VALUES (9, 1);", "id=9, p=1"},
      {"OrphansOfABackfill", On::Both, parents + table_of("n int"), parents + table_of("n int\n  p ref(p) backfill (n)"), "INSERT INTO p (id, code) VALUES (1, 'a'); INSERT INTO t (id, n) VALUES (1, 1), (2, 8);",
       {": 1", "id=2, p=8"}, "UPDATE t SET n = 1;", "INSERT INTO t (id, n) VALUES (9, 7);", "id=9, p=7"},
      {"OrphansByACollation", On::SQLite, "user table p {\n  id serial\n  code varchar(10) collate nocase\n  unique (code)\n}\n" + table_of("c varchar(10) references p(code)"),
       "user table p {\n  id serial\n  code varchar(10) collate rtrim\n  unique (code)\n}\n" + table_of("c varchar(10) references p(code)"), "INSERT INTO p (id, code) VALUES (1, 'a'), (2, 'b'); INSERT INTO t (id, c) VALUES (1, 'a'), (2, 'A');", {": 1", "id=2, c='A'"},
       "UPDATE t SET c = 'a';", "INSERT INTO t (id, c) VALUES (9, 'B');", "id=9, c='B'"},
  };
}

std::vector<DataDependentChange> checks() {
  return {
      {"CheckOfATable", On::Both, table_of("c int?"), table_of("c int?", "check positive (c > 0)"), "INSERT INTO t (id, c) VALUES (1, 5), (2, -1), (3, NULL);", {"positive", ": 1", "id=2, c=-1"},
       "UPDATE t SET c = 1 WHERE id = 2;", "INSERT INTO t (id, c) VALUES (9, -3);", "id=9, c=-3"},
      {"CheckOfAColumn", On::Both, table_of("c int?"), table_of("c int? check (c > 0)"), "INSERT INTO t (id, c) VALUES (1, 5), (2, -1);", {"t.c", ": 1", "id=2, c=-1"},
       "UPDATE t SET c = 1 WHERE id = 2;", "INSERT INTO t (id, c) VALUES (9, -3);", "id=9, c=-3"},
      {"CheckOfConvertedValues", On::Both, table_of("c varchar(20)"), table_of("c int", "check few (c < 100)"), "INSERT INTO t (id, c) VALUES (1, '12'), (2, '120');", {"few", ": 1", "id=2, c="},
       "UPDATE t SET c = '13' WHERE id = 2;", "INSERT INTO t (id, c) VALUES (9, '300');", "id=9, c="},
      {"Json", On::Both, table_of("c text"), table_of("c json"), "INSERT INTO t (id, c) VALUES (1, '{}'), (2, '{');", {": 1", "id=2, c='{'"}, "UPDATE t SET c = '[]' WHERE id = 2;",
       "INSERT INTO t (id, c) VALUES (9, 'x');", "id=9, c='x'"},
  };
}

std::vector<DataDependentChange> types_of_mariadb() {
  return {
      retyped("LongerThanVarchar", "varchar(20)", "varchar(3)", "'abcd'", "'äöü'"),
      retyped("LongerThanTinytext", "text", "native(\"tinytext\")", "repeat('ä', 128)", "repeat('ä', 127)"),
      retyped("LongerInAnotherCharset", "native(\"tinytext\") charset latin1", "native(\"tinytext\") charset utf8mb4", "repeat('ä', 200)", "'ä'"),
      retyped("CharactersThatLatin1HasNot", "varchar(20) charset utf8mb4", "varchar(20) charset latin1", "'č'", "'ä'"),
      retyped("SpacesAtTheEndOfAChar", "varchar(5)", "char(5)", "'ab '", "'ab'"),
      retyped("IntegerAboveTheRange", "int", "smallint", "32768", "32767"),
      retyped("NegativeUnderUnsigned", "int", "int unsigned", "-1", "0"),
      retyped("UnsignedAboveTheRange", "int unsigned", "int", "2147483648", "2147483647"),
      retyped("IntegerWithMoreDigitsThanADecimal", "int", "decimal(4,2)", "100", "99"),
      retyped("IntegerThatAFloatRounds", "int", "float", "16777217", "16777216"),
      retyped("IntegerThatADoubleRounds", "bigint", "double", "9007199254740993", "9007199254740992"),
      retyped("IntegerLongerThanText", "int", "varchar(3)", "1234", "123"),
      retyped("IntegerThatIsNoYear", "int", "year", "1800", "2020"),
      retyped("IntegerThatIsAShortYear", "int", "year", "20", "2020"),
      retyped("IntegerThatDoesNotFitABit", "int", "native(\"bit(4)\")", "16", "15"),
      retyped("DecimalOutOfRange", "decimal(8,2)", "decimal(4,2)", "99.995 + 0.005", "99.99"),
      retyped("DecimalThatLosesDigits", "decimal(8,3)", "decimal(8,2)", "1.005", "1.5"),
      retyped("DecimalThatIsNotWhole", "decimal(8,2)", "int", "1.5", "2"),
      retyped("DecimalThatADoubleRounds", "decimal(20,0)", "double", "12345678901234567891", "5"),
      retyped("RealThatIsNotWhole", "double", "int", "1.5", "2"),
      retyped("RealOutOfRange", "double", "int", "1e12", "2"),
      retyped("RealThatADecimalRounds", "double", "decimal(6,2)", "1.555", "1.25"),
      retyped("RealThatAFloatRounds", "double", "float", "0.1", "0.5"),
      retyped("RealTooLargeForAFloat", "double", "float", "1e300", "0.5"),
      retyped("TextThatIsNoInteger", "varchar(20)", "int", "'12x'", "'12'"),
      retyped("TextWithAFraction", "varchar(20)", "int", "'1.5'", "'12'"),
      retyped("TextWithALeadingZero", "varchar(20)", "int", "'007'", "'7'"),
      retyped("TextAboveTheRange", "varchar(20)", "tinyint", "'300'", "'30'"),
      retyped("TextThatIsNoDecimal", "varchar(20)", "decimal(6,2)", "'abc'", "'1.5'"),
      retyped("TextThatADecimalRounds", "varchar(20)", "decimal(6,2)", "'1.555'", "'1.55'"),
      retyped("TextThatIsNoReal", "varchar(20)", "double", "'x'", "'1e3'"),
      retyped("TextThatIsNoDate", "varchar(20)", "date", "'2020-02-30'", "'2020-02-29'"),
      retyped("TextWithATimeUnderADate", "varchar(20)", "date", "'2020-02-01 10:00:00'", "'2020-02-01'"),
      retyped("TextThatIsNoMoment", "varchar(40)", "datetime", "'2020-01-01 25:00:00'", "'2020-01-01 05:00:00'"),
      retyped("TextThatIsNoTime", "varchar(20)", "time", "'x'", "'10:00:00'"),
      retyped("TextThatIsNoYear", "varchar(20)", "year", "'1800'", "'2020'"),
      retyped("TextThatIsNoUuid", "varchar(40)", "uuid", "'x'", "'123e4567-e89b-12d3-a456-426655440000'"),
      retyped("UuidInAnotherSpelling", "varchar(40)", "uuid", "'123E4567-E89B-12D3-A456-426655440000'", "'123e4567-e89b-12d3-a456-426655440000'"),
      retyped("TextThatIsNoAddress", "varchar(45)", "inet6", "'1.2.3.4'", "'::1'"),
      retyped("MemberThatAnEnumHasNot", "enum(\"a\", \"b\", \"c\")", "enum(\"a\", \"b\")", "'c'", "'a'"),
      retyped("TextThatIsNoMember", "varchar(5)", "enum(\"a\", \"b\")", "'A'", "'a'"),
      retyped("MemberThatASetHasNot", "set(\"a\", \"b\", \"c\")", "set(\"a\", \"b\")", "'a,c'", "'a,b'"),
      retyped("TextThatIsNoSet", "varchar(9)", "set(\"a\", \"b\")", "'a,c'", "'a,b'"),
      retyped("TextInAnotherOrderThanTheSet", "varchar(9)", "set(\"a\", \"b\")", "'b,a'", "'a,b'"),
      retyped("MomentUnderADate", "datetime", "date", "'2020-01-01 10:00:00'", "'2020-01-01'"),
      retyped("MomentBeforeTimestamps", "datetime", "timestamp", "'1960-01-01'", "'2020-01-01'"),
      retyped("MomentAfterTimestamps", "datetime", "timestamp", "'2050-01-01'", "'2020-01-01'"),
      retyped("FractionOfASecond", "datetime(3)", "datetime", "'2020-01-01 10:00:00.5'", "'2020-01-01 10:00:00'"),
      retyped("FractionOfATime", "time(3)", "time", "'10:00:00.5'", "'10:00:00'"),
      retyped("FractionOfATimestamp", "timestamp(6)", "timestamp(3)", "'2020-01-01 10:00:00.0001'", "'2020-01-01 10:00:00.001'"),
      retyped("BytesLongerThanVarbinary", "varbinary(20)", "varbinary(3)", "'abcd'", "'abc'"),
      retyped("BytesThatABinaryFillsUp", "varbinary(3)", "binary(3)", "'ab'", "'abc'"),
      retyped("BytesThatAreNoText", "varbinary(9)", "varchar(9)", "x'ff'", "x'c3a4'"),
      retyped("TextLongerThanItsBytes", "varchar(5)", "varbinary(5)", "'äöü'", "'abc'"),
      retyped("MoreBits", "native(\"bit(8)\")", "native(\"bit(4)\")", "b'11111'", "b'11'"),
      {"ValuesThatAnExpressionReplaces", On::Both, table_of("c int\n  d int?"), table_of("c int\n  d int? as (c * 2) stored"), "INSERT INTO t (id, c, d) VALUES (1, 1, 2), (2, 2, 5);", {"t.d", "id=2, d=5"},
       "UPDATE t SET d = 4 WHERE id = 2;", "INSERT INTO t (id, c, d) VALUES (9, 9, 9);", "id=9, d=9"},
  };
}

std::vector<DataDependentChange> types_of_sqlite() {
  const std::string strict = "option sqlite (strict)";
  return {
      retyped("TextThatANumberSpellsOtherwise", "text", "int", "'007'", "'7'", On::SQLite),
      retyped("IntegerThatARealRounds", "bigint", "double", "9007199254740993", "5", On::SQLite),
      {"TextInAStrictInteger", On::SQLite, table_of("c int"), table_of("c int", strict), "INSERT INTO t (id, c) VALUES (1, 5), (2, 'x'), (3, '7');", {"t.c", ": 1", "id=2, c='x'"},
       "UPDATE t SET c = 0 WHERE id = 2;", "INSERT INTO t (id, c) VALUES (9, 1.5);", "id=9, c=1.5"},
      {"BytesInAStrictText", On::SQLite, table_of("c text"), table_of("c text", strict), "INSERT INTO t (id, c) VALUES (1, 'a'), (2, x'00ff');", {"t.c", ": 1", "id=2, c=x'00ff'"},
       "UPDATE t SET c = '' WHERE id = 2;", "INSERT INTO t (id, c) VALUES (9, x'01');", "id=9"},
      {"TextInAKeyThatBecomesTheRowid", On::SQLite, "user table t {\n  id native(\"int\")\n  c int\n  primary key (id)\n}\n", "user table t {\n  id int\n  c int\n  primary key (id)\n}\n",
       "INSERT INTO t (id, c) VALUES (1, 5), ('x', 6);", {"t.id", ": 1", "id='x'"}, "DELETE FROM t WHERE id = 'x';", "INSERT INTO t (id, c) VALUES ('y', 1);", "id='y'"},
  };
}

/// What says "safe: no rows" while planning.
std::vector<DataDependentChange> drops() {
  return {
      {"RowsInADroppedTable", On::Both, "user table keep {\n  id serial\n}\nuser table t {\n  id serial\n}\n", "user table keep {\n  id serial\n}\ndrop table t\n", "", {}, "", "INSERT INTO t (id) VALUES (9);", "id=9"},
      {"ValuesInADroppedColumn", On::Both, table_of("c int?"), "user table t {\n  id serial\n}\ndrop column t.c\n", "INSERT INTO t (id) VALUES (1);", {}, "", "INSERT INTO t (id, c) VALUES (9, 7);", "id=9, c=7"},
  };
}

}  // namespace

const std::vector<DataDependentChange>& data_dependent_changes() {
  static const std::vector<DataDependentChange> all = [] {
    std::vector<DataDependentChange> changes;
    for (auto part : {nulls_and_new_columns(), keys(), references(), checks(), types_of_mariadb(), types_of_sqlite(), drops()}) {
      for (auto& change : part) changes.push_back(std::move(change));
    }
    return changes;
  }();
  return all;
}

}  // namespace plumb::test
