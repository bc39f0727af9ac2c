#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "read_table_fixture.hpp"

namespace plumb::test {
namespace {

using ReadColumns = ReadTables;
using testing::IsEmpty;

std::string type_of(const Column& column) {
  return column.type.native.common;
}
std::string default_of(const Column& column) {
  return column.default_value ? column.default_value->sql.common : "none";
}

TEST_F(ReadColumns, TypesAreTheTextThatTheServerPrints) {
  const std::vector<std::pair<std::string, std::string>> forms = {
      {"BOOL", "tinyint(1)"},
      {"TINYINT UNSIGNED", "tinyint(3) unsigned"},
      {"SMALLINT", "smallint(6)"},
      {"MEDIUMINT UNSIGNED", "mediumint(8) unsigned"},
      {"INT", "int(11)"},
      {"INT(5)", "int(5)"},
      {"INT(6) ZEROFILL", "int(6) unsigned zerofill"},
      {"BIGINT UNSIGNED", "bigint(20) unsigned"},
      {"NUMERIC(8,3) ZEROFILL", "decimal(8,3) unsigned zerofill"},
      {"DECIMAL", "decimal(10,0)"},
      {"REAL", "double"},
      {"FLOAT(7,3)", "float(7,3)"},
      {"DOUBLE UNSIGNED", "double unsigned"},
      {"BIT(4)", "bit(4)"},
      {"YEAR", "year(4)"},
      {"DATE", "date"},
      {"TIME(3)", "time(3)"},
      {"DATETIME(6)", "datetime(6)"},
      {"CHAR(3)", "char(3)"},
      {"VARCHAR(100)", "varchar(100)"},
      {"TINYTEXT", "tinytext"},
      {"MEDIUMTEXT", "mediumtext"},
      {"TEXT(100)", "text"},
      {"BINARY(4)", "binary(4)"},
      {"CHAR(3) CHARACTER SET binary", "binary(3)"},
      {"VARBINARY(20)", "varbinary(20)"},
      {"BLOB(100)", "tinyblob"},
      {"LONGBLOB", "longblob"},
      {"UUID", "uuid"},
      {"INET4", "inet4"},
      {"INET6", "inet6"},
      {"POINT", "point"},
      {"GEOMETRYCOLLECTION", "geometrycollection"},
      {"VARCHAR(100) COMPRESSED", "varchar(100) /*M!100301 COMPRESSED*/"},
      {"TEXT COMPRESSED", "text /*M!100301 COMPRESSED*/"},
      {"ENUM('a','it''s',',',')','č','x\\\\y','two\nlines')",
       "enum('a','it''s',',',')','č','x\\\\y','two\\nlines')"},
      {"SET('x','y z')", "set('x','y z')"},
      {"POINT REF_SYSTEM_ID=4326", "point ref_system_id=4326"},
  };
  for (const auto& [written, printed] : forms) {
    const Column read = column(written);
    EXPECT_EQ(type_of(read), printed) << written;
    EXPECT_EQ(read.type.kind, TypeKind::Native);
    EXPECT_TRUE(read.nullable) << written;
    EXPECT_EQ(default_of(read), "none") << written;
    EXPECT_THAT(read.extra, IsEmpty()) << written;
    EXPECT_THAT(read.checks, IsEmpty()) << written;
  }
}

TEST_F(ReadColumns, CharacterColumnsAlwaysSayTheirCharsetAndOthersNever) {
  const std::string_view options = "DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci";
  for (const char* type :
       {"CHAR(3)", "VARCHAR(9)", "TINYTEXT", "TEXT", "MEDIUMTEXT", "LONGTEXT", "ENUM('a')", "SET('a')"}) {
    const Column read = column(type, options);
    EXPECT_EQ(read.charset, "utf8mb4") << type;
    EXPECT_EQ(read.collation, "utf8mb4_unicode_ci") << type;
  }
  for (const char* type : {"INT", "BLOB", "VARBINARY(3)", "DATE", "UUID", "INET6", "POINT", "BIT(2)"}) {
    const Column read = column(type, options);
    EXPECT_EQ(read.charset, "") << type;
    EXPECT_EQ(read.collation, "") << type;
  }
  for (const auto& [written, charset, collation] :
       std::vector<std::tuple<std::string, std::string, std::string>>{
           {"VARCHAR(9) CHARACTER SET utf8mb4", "utf8mb4", "utf8mb4_general_ci"},
           {"VARCHAR(9) CHARACTER SET latin1", "latin1", "latin1_swedish_ci"},
           {"VARCHAR(9) COLLATE utf8mb4_bin", "utf8mb4", "utf8mb4_bin"},
           {"VARCHAR(9) COLLATE uca1400_ai_ci", "utf8mb4", "utf8mb4_uca1400_ai_ci"},
           {"NCHAR(5)", "utf8mb3", "utf8mb3_general_ci"},
           {"ENUM('a') CHARACTER SET ascii", "ascii", "ascii_general_ci"},
           {"VARCHAR(9) COMPRESSED CHARACTER SET latin1", "latin1", "latin1_swedish_ci"}}) {
    const Column read = column(written, options);
    EXPECT_EQ(read.charset, charset) << written;
    EXPECT_EQ(read.collation, collation) << written;
  }
}

TEST_F(ReadColumns, JsonIsALongtextWithItsCheck) {
  const Column read = column("JSON NOT NULL DEFAULT '{}' COMMENT 'gear'");
  EXPECT_EQ(type_of(read), "longtext");
  EXPECT_EQ(read.charset, "utf8mb4");
  EXPECT_EQ(read.collation, "utf8mb4_bin");
  ASSERT_EQ(read.checks.size(), 1U);
  EXPECT_EQ(read.checks[0].name.text, "");
  EXPECT_EQ(read.checks[0].expression.common, "json_valid(`c`)");
  EXPECT_EQ(default_of(read), "'{}'");
}

TEST_F(ReadColumns, DefaultsAreTheTextThatTheServerPrints) {
  run("CREATE SEQUENCE sq");
  const std::vector<std::tuple<std::string, std::string, std::string>> forms = {
      {"INT", "DEFAULT NULL", "none"},
      {"INT NOT NULL", "", "none"},
      {"INT NOT NULL", "DEFAULT 0", "0"},
      {"INT", "DEFAULT 5", "5"},
      {"INT", "DEFAULT '5'", "5"},
      {"INT", "DEFAULT (5)", "5"},
      {"INT", "DEFAULT +5", "5"},
      {"INT", "DEFAULT -5", "-5"},
      {"INT", "DEFAULT (- -3)", "3"},
      {"INT", "DEFAULT (1+2)", "(1 + 2)"},
      {"INT", "DEFAULT TRUE", "1"},
      {"INT", "DEFAULT (TRUE AND FALSE)", "(1 and 0)"},
      {"INT", "DEFAULT (NOT 1)", "(!1)"},
      {"INT", "DEFAULT 0x41", "65"},
      {"INT", "DEFAULT (CASE WHEN 1=1 THEN 2 ELSE 3 END)", "(case when 1 = 1 then 2 else 3 end)"},
      {"INT", "DEFAULT (1 BETWEEN 0 AND 2)", "(1 between 0 and 2)"},
      {"INT", "DEFAULT (1 IN (1,2))", "(1 in (1,2))"},
      {"INT", "DEFAULT ((1,2) = (1,2))", "((1,2) = (1,2))"},
      {"INT", "DEFAULT (IF(1,2,3))", "if(1,2,3)"},
      {"INT", "DEFAULT (INTERVAL(1,2,3))", "interval(1,2,3)"},
      {"INT", "DEFAULT (EXTRACT(YEAR FROM '2020-01-01'))", "extract(year from '2020-01-01')"},
      {"INT", "DEFAULT (TIMESTAMPDIFF(DAY,'2020-01-01','2020-01-02'))",
       "timestampdiff(DAY,'2020-01-01','2020-01-02')"},
      {"INT", "DEFAULT (unix_timestamp())", "unix_timestamp()"},
      {"INT", "DEFAULT (7 DIV 2)", "(7 DIV 2)"},
      {"INT", "DEFAULT (7 % 2)", "(7 MOD 2)"},
      {"INT", "DEFAULT ('a' REGEXP 'b')", "('a' regexp 'b')"},
      {"INT", "DEFAULT ('a' LIKE 'x' ESCAPE '!')", "('a' like 'x' escape '!')"},
      {"INT", "DEFAULT (1 <=> NULL)", "(1 <=> NULL)"},
      {"INT", "DEFAULT (NULL IS NULL)", "(NULL is null)"},
      {"BIGINT UNSIGNED", "DEFAULT (~1)", "(~1)"},
      {"BIGINT", "DEFAULT NEXTVAL(sq)", "nextval(`sq`)"},
      {"DECIMAL(10,2)", "DEFAULT 1", "1.00"},
      {"DECIMAL(10,2)", "DEFAULT 1.5", "1.50"},
      {"DECIMAL(10,2)", "DEFAULT -0.5", "-0.50"},
      {"DOUBLE", "DEFAULT 1e10", "10000000000"},
      {"DOUBLE", "DEFAULT 1.5e-3", "0.0015"},
      {"DOUBLE", "DEFAULT 1e100", "1e100"},
      {"DOUBLE", "DEFAULT -1.5e-30", "-1.5e-30"},
      {"DOUBLE", "DEFAULT (RAND())", "rand()"},
      {"FLOAT(7,3)", "DEFAULT 0.1", "0.100"},
      {"BIT(4)", "DEFAULT b'101'", "b'101'"},
      {"BIT", "DEFAULT 1", "b'1'"},
      {"VARCHAR(99)", "DEFAULT ''", "''"},
      {"VARCHAR(99)", "DEFAULT 'NULL'", "'NULL'"},
      {"VARCHAR(99)", "DEFAULT NULL", "none"},
      {"VARCHAR(99)", "DEFAULT (NULL)", "none"},
      {"VARCHAR(99)", "DEFAULT 'it''s \"q\" \\\\ \\n x'", "'it''s \"q\" \\\\ \\n x'"},
      {"VARCHAR(99)", "DEFAULT '),( CHECK (1) COMMENT ''x'''", "'),( CHECK (1) COMMENT ''x'''"},
      {"VARCHAR(99)", "DEFAULT x'4142'", "'AB'"},
      {"VARCHAR(99)", "DEFAULT _latin1'x'", "'x'"},
      {"VARCHAR(99)", "DEFAULT N'abc'", "'abc'"},
      {"VARCHAR(99)", "DEFAULT ('a' COLLATE utf8mb4_bin)", "('a' collate utf8mb4_bin)"},
      {"VARCHAR(99)", "DEFAULT (CAST(5 AS CHAR))", "(cast(5 as char charset utf8mb4))"},
      {"VARCHAR(99)", "DEFAULT (CONVERT('x' USING latin1))", "convert('x' using latin1)"},
      {"VARCHAR(99)", "DEFAULT (CONCAT('it''s \"\\\\','\\n'))", "concat('it\\'s \"\\\\','\\n')"},
      {"VARCHAR(99)", "DEFAULT UUID()", "uuid()"},
      {"VARCHAR(99)", "DEFAULT CURRENT_USER()", "current_user()"},
      {"VARCHAR(99)", "DEFAULT (TRIM(BOTH 'x' FROM 'xax'))", "trim(both 'x' from 'xax')"},
      {"VARCHAR(99)", "DEFAULT (JSON_OBJECT('a',1))", "json_object('a',1)"},
      {"VARCHAR(99)", "DEFAULT (DATE_FORMAT(NOW(),'%Y'))", "date_format(current_timestamp(),'%Y')"},
      {"VARCHAR(99)", "DEFAULT (CHAR(65))", "char(65)"},
      {"VARCHAR(99)", "DEFAULT 'a?b'", "'a?b'"},
      {"TEXT", "DEFAULT 'tt'", "'tt'"},
      {"TEXT", "DEFAULT 5", "5"},
      {"TEXT", "DEFAULT 1.5e3", "1.5e3"},
      {"TEXT", "DEFAULT (_latin1'x')", "_latin1'x'"},
      {"TEXT", "DEFAULT (DATE'2020-01-01')", "DATE'2020-01-01'"},
      {"TEXT", "DEFAULT (b'101')", "0x05"},
      {"BLOB", "DEFAULT x'01'", "X'01'"},
      {"BINARY(4)", "DEFAULT 'ab'", "'ab\\0\\0'"},
      {"VARBINARY(9)", "DEFAULT x'00FF2741'", "X'00FF2741'"},
      {"VARBINARY(9)", "DEFAULT (BINARY 'a')", "(cast('a' as char charset binary))"},
      {"DATE", "DEFAULT '2020-01-01'", "'2020-01-01'"},
      {"DATE", "DEFAULT CURDATE()", "curdate()"},
      {"DATE", "DEFAULT (CURRENT_DATE() + INTERVAL 1 DAY)", "(curdate() + interval 1 day)"},
      {"DATE", "DEFAULT '0000-00-00'", "'0000-00-00'"},
      {"TIME", "DEFAULT '10:00'", "'10:00:00'"},
      {"YEAR", "DEFAULT 2020", "2020"},
      {"DATETIME", "DEFAULT NOW()", "current_timestamp()"},
      {"DATETIME(6)", "DEFAULT CURRENT_TIMESTAMP(6)", "current_timestamp(6)"},
      {"TIMESTAMP", "DEFAULT NULL", "none"},
      {"TIMESTAMP NOT NULL", "DEFAULT '2020-01-01'", "'2020-01-01 00:00:00'"},
      {"UUID", "DEFAULT '123e4567-e89b-12d3-a456-426614174000'", "'123e4567-e89b-12d3-a456-426614174000'"},
      {"INET6", "DEFAULT '::1'", "'::1'"},
      {"ENUM('a','b')", "DEFAULT 'b'", "'b'"},
      {"SET('a','b')", "DEFAULT 'a,b'", "'a,b'"},
      {"LONGTEXT", "DEFAULT (JSON_ARRAY())", "json_array()"},
  };
  for (const auto& [type, clause, printed] : forms) {
    SCOPED_TRACE(type + " " + clause);
    const Column read = column(type + " " + clause);
    EXPECT_EQ(default_of(read), printed);
    if (read.default_value) {
      EXPECT_EQ(read.default_value->kind, DefaultKind::Expression);
    }
  }
}

TEST_F(ReadColumns, ADefaultMayBeAnotherColumn) {
  const Table read =
      table("a INT, b INT DEFAULT (a), c INT DEFAULT (a + 1) COMMENT 'x', d INT DEFAULT (DEFAULT(a))");
  EXPECT_EQ(default_of(read.columns.at(1)), "`a`");
  EXPECT_EQ(default_of(read.columns.at(2)), "(`a` + 1)");
  EXPECT_EQ(read.columns.at(2).comment, "x");
  EXPECT_EQ(default_of(read.columns.at(3)), "default(`a`)");
}

TEST_F(ReadColumns, DefaultsKeepCharactersThatTheServerCannotPrint) {
  EXPECT_EQ(default_of(column("VARCHAR(20) DEFAULT 'a 🐉 it''s ?'")), "'a 🐉 it''s ?'");
  EXPECT_EQ(default_of(column("VARCHAR(20) NOT NULL DEFAULT '🐉'")), "'🐉'");
  EXPECT_EQ(default_of(column("VARCHAR(20) CHARACTER SET latin1 DEFAULT 'ä?'")), "'ä?'");
  EXPECT_EQ(default_of(column("VARCHAR(20) DEFAULT (CONCAT('🐉','?'))")), "concat('🐉','?')");
  EXPECT_EQ(default_of(column("TEXT DEFAULT '🐉'")), "'🐉'");
}

TEST_F(ReadColumns, OnUpdateNowIsRead) {
  const Column read =
      column("TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3) ON UPDATE CURRENT_TIMESTAMP(3) COMMENT 'x'");
  EXPECT_TRUE(read.on_update_now);
  EXPECT_EQ(default_of(read), "current_timestamp(3)");
  EXPECT_EQ(read.comment, "x");
  EXPECT_TRUE(column("DATETIME ON UPDATE NOW()").on_update_now);
  EXPECT_FALSE(column("DATETIME DEFAULT NOW()").on_update_now);
}

TEST_F(ReadColumns, NullabilityIsRead) {
  EXPECT_FALSE(column("TIMESTAMP NOT NULL").nullable);
  EXPECT_TRUE(column("TIMESTAMP NULL").nullable);
  EXPECT_FALSE(column("INT NOT NULL").nullable);
}

TEST_F(ReadColumns, AutoIncrementIsReadAndItsCounterLeftOut) {
  const Table read =
      table("id INT NOT NULL AUTO_INCREMENT COMMENT 'k' PRIMARY KEY", "AUTO_INCREMENT=77 ROW_FORMAT=DYNAMIC");
  EXPECT_TRUE(read.columns.at(0).auto_increment);
  EXPECT_EQ(read.columns.at(0).comment, "k");
  EXPECT_EQ(read.options.at("mariadb"), (Options{{"engine", "InnoDB"},
                                                 {"charset", "utf8mb4"},
                                                 {"collate", "utf8mb4_general_ci"},
                                                 {"row_format", "DYNAMIC"}}));
}

TEST_F(ReadColumns, GeneratedColumnsAreRead) {
  const Table read = table(
      "a INT, s VARCHAR(9), v INT AS (a % 3 + (1)) VIRTUAL INVISIBLE COMMENT 'c', st INT AS (a*2) PERSISTENT,"
      " u VARCHAR(9) AS (UPPER(s)) STORED, q VARCHAR(20) AS (CONCAT(')', s, '🐉')) VIRTUAL CHECK (q <> '(')");
  const Column& v = read.columns.at(2);
  EXPECT_EQ(v.generated->expression.common, "`a` MOD 3 + 1");
  EXPECT_FALSE(v.generated->stored);
  EXPECT_TRUE(v.invisible);
  EXPECT_TRUE(v.nullable);
  EXPECT_EQ(v.comment, "c");
  EXPECT_EQ(default_of(v), "none");
  EXPECT_TRUE(read.columns.at(3).generated->stored);
  EXPECT_EQ(read.columns.at(4).generated->expression.common, "ucase(`s`)");
  EXPECT_EQ(read.columns.at(5).generated->expression.common, "concat(')',`s`,'🐉')");
  EXPECT_EQ(read.columns.at(5).checks.at(0).expression.common, "`q` <> '('");
  EXPECT_EQ(read.columns.at(5).collation, "utf8mb4_general_ci");
}

TEST_F(ReadColumns, InvisibleColumnsAreRead) {
  const Table read = table("a INT, b INT INVISIBLE, c INT NOT NULL INVISIBLE DEFAULT 3");
  EXPECT_FALSE(read.columns.at(0).invisible);
  EXPECT_TRUE(read.columns.at(1).invisible);
  EXPECT_TRUE(read.columns.at(2).invisible);
  EXPECT_EQ(default_of(read.columns.at(2)), "3");
}

TEST_F(ReadColumns, CommentsComeBackAsTheyWereWritten) {
  EXPECT_EQ(column("INT COMMENT 'it''s \\\\ a \\n line\t\"quoted\" `x` ü, CHECK (1)'").comment,
            "it's \\ a \n line\t\"quoted\" `x` ü, CHECK (1)");
  EXPECT_EQ(column("INT COMMENT ''").comment, "");
  // The server keeps comments without the characters beyond the basic plane.
  EXPECT_EQ(column("INT COMMENT '🐉'").comment, "?");
}

TEST_F(ReadColumns, ColumnChecksStandOnTheirColumn) {
  const Column read = column("INT NOT NULL DEFAULT 3 COMMENT 'x' CHECK (c > 0 AND c <> '(')");
  ASSERT_EQ(read.checks.size(), 1U);
  EXPECT_EQ(read.checks[0].expression.common, "`c` > 0 and `c` <> '('");
  EXPECT_EQ(read.comment, "x");
}

TEST_F(ReadColumns, NamesMayHoldAnything) {
  const Table read =
      table("`a``b` INT, `c d` INT, `größe` INT, `key` INT, `1` INT, `x\"y` INT, `select, (` INT");
  std::vector<std::string> names;
  for (const auto& one : read.columns) names.push_back(one.name);
  EXPECT_THAT(names, testing::ElementsAre("a`b", "c d", "größe", "key", "1", "x\"y", "select, ("));
}

TEST_F(ReadColumns, OptionsOfTheStorageEngineAreKept) {
  run("SET sql_mode = 'IGNORE_BAD_TABLE_OPTIONS'");
  const Column read = column("INT foo=bar baz='it''s' COMMENT 'x' CHECK (c > 1)");
  EXPECT_EQ(read.extra, "/* `foo`='bar' `baz`='it''s' */");
  EXPECT_EQ(read.comment, "x");
}

TEST_F(ReadColumns, AColumnWithoutVersioningSaysSo) {
  const Table read = table("a INT, b INT DEFAULT 5 WITHOUT SYSTEM VERSIONING", "WITH SYSTEM VERSIONING");
  EXPECT_EQ(read.columns.at(1).extra, "WITHOUT SYSTEM VERSIONING");
  EXPECT_EQ(read.extra, "WITH SYSTEM VERSIONING");
}

}  // namespace
}  // namespace plumb::test
