// The parser alone, on texts: what a server rarely prints, and what it must not take. The forms that a server
// does print are asked of a live one in tests/engine/mariadb_read.
#include "dialect/mariadb/show_create.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

namespace plumb::mariadb {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

constexpr std::string_view tail = "\n) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci";

std::string with_members(std::string_view members) {
  return "CREATE TABLE `t` (\n  " + std::string(members) + std::string(tail);
}

Table table_of(std::string_view text) {
  auto parsed = parse_show_create_table(text);
  if (const auto* problem = std::get_if<ParseProblem>(&parsed)) {
    ADD_FAILURE() << problem->reason << "\n" << text;
    return {};
  }
  return std::get<Table>(std::move(parsed));
}

std::string reason_of(std::string_view text) {
  const auto parsed = parse_show_create_table(text);
  if (const auto* problem = std::get_if<ParseProblem>(&parsed)) return problem->reason;
  return "no problem";
}

TEST(ShowCreateTable, HoldsAFulltextParser) {
  const Table table = table_of(with_members(
      "`a` text DEFAULT NULL,\n  FULLTEXT KEY `f` (`a`) COMMENT 'c' /*!50100 WITH PARSER `ngram` */ "));
  EXPECT_EQ(table.indexes.at(0).extra, "/*!50100 WITH PARSER `ngram` */");
  EXPECT_EQ(table.indexes.at(0).comment, "c");
  EXPECT_EQ(table.indexes.at(0).kind, IndexKind::Fulltext);
}

TEST(ShowCreateTable, OfATemporaryTableIsReadTheSame) {
  EXPECT_EQ(table_of("CREATE TEMPORARY TABLE `t` (\n  `a` int(11) NOT NULL\n) ENGINE=InnoDB").name, "t");
}

TEST(ShowCreateTable, KeepsTheWholeTextAsWritten) {
  const std::string text = with_members("`a` int(11) NOT NULL");
  EXPECT_EQ(table_of(text).written.text, text);
}

TEST(ShowCreateTable, SpellsBytesThatAreNoTextInHexadecimals) {
  const Table table =
      table_of(with_members("`a` varbinary(9) DEFAULT '\\0\xFF''A',\n  `b` varchar(9) DEFAULT 'ü'"));
  EXPECT_EQ(table.columns.at(0).default_value->sql.common, "X'00FF2741'");
  EXPECT_EQ(table.columns.at(1).default_value->sql.common, "'ü'");
  EXPECT_THAT(table.written.text, HasSubstr("DEFAULT X'00FF2741'"));
}

TEST(ShowCreateTable, MarksTheNamesThatTheServerMadeByItself) {
  const Table table = table_of(with_members(
      "`a` int(11) NOT NULL,\n  CONSTRAINT `t_ibfk_12` FOREIGN KEY (`a`) REFERENCES `p` (`id`),\n"
      "  CONSTRAINT `t_ibfk_x` FOREIGN KEY (`a`) REFERENCES `p` (`id`),\n"
      "  CONSTRAINT `CONSTRAINT_1` CHECK (`a` > 0),\n  CONSTRAINT `CONSTRAINT_` CHECK (`a` > 0)"));
  EXPECT_TRUE(table.foreign_keys.at(0).name.generated);
  EXPECT_FALSE(table.foreign_keys.at(1).name.generated);
  EXPECT_TRUE(table.checks.at(0).name.generated);
  EXPECT_FALSE(table.checks.at(1).name.generated);
}

TEST(ShowCreateTable, SaysWhereItCannotGoOn) {
  EXPECT_EQ(reason_of(with_members("`a` int(11) NOT NULL FANCY,\n  `b` int(11)")),
            "line 2: expected `,` or `)`, found `FANCY,`");
  EXPECT_THAT(reason_of(with_members("`a` int(11) NOT NULL,\n  FOO `x` (`a`)")),
              StartsWith("line 3: expected a name"));
  EXPECT_EQ(reason_of("CREATE TABLE `t` (\n  `a` int(11)"), "line 2: expected `,` or `)`, found the end");
  EXPECT_EQ(reason_of("CREATE SEQUENCE `s`"), "line 1: expected `TABLE`, found `SEQUENCE `s``");
  EXPECT_THAT(reason_of(""), StartsWith("line 1: expected `CREATE`"));
}

TEST(ShowCreateTable, NeverTakesHalfOfADefaultForAWhole) {
  EXPECT_THAT(reason_of(with_members("`a` int(11) DEFAULT 1 + 2")), HasSubstr("found `+ 2`"));
  EXPECT_THAT(reason_of(with_members("`a` varchar(9) DEFAULT 'a' collate utf8mb4_bin")),
              HasSubstr("collate"));
  EXPECT_THAT(reason_of(with_members("`a` int(11) DEFAULT ((1")), HasSubstr("a default value"));
}

TEST(ShowCreateTable, HoldsPeriodsAndKeysWithoutOverlaps) {
  const Table periods = table_of(with_members("`a` date NOT NULL,\n  `b` date NOT NULL,\n  PERIOD FOR `p (q)` (`a`, `b`),\n  PERIOD FOR SYSTEM_TIME (`s`, `e`)"));
  EXPECT_EQ(periods.options.at("mariadb").at("period"), "`p (q)` (`a`, `b`)");
  EXPECT_EQ(periods.options.at("mariadb").at("system_period"), "(`s`, `e`)");
  const Table key = table_of(with_members("`a` int(11) NOT NULL,\n  PRIMARY KEY (`a`,`p` WITHOUT OVERLAPS)"));
  EXPECT_EQ(key.primary_key->parts.at(1).expression->common, "`p` WITHOUT OVERLAPS");
  EXPECT_TRUE(key.primary_key->parts.at(1).column.empty());
  const Table row = table_of(with_members("`a` timestamp(6) GENERATED ALWAYS AS ROW START INVISIBLE"));
  EXPECT_EQ(row.columns.at(0).type.native.common, "timestamp(6) GENERATED ALWAYS AS ROW START");
  EXPECT_FALSE(row.columns.at(0).nullable);
  EXPECT_TRUE(row.columns.at(0).invisible);
}

TEST(ShowCreateTable, RefusesWhatFollowsTheOptions) {
  EXPECT_THAT(reason_of(with_members("`a` int(11) NOT NULL") + " ; DROP TABLE x"), HasSubstr("expected"));
  EXPECT_THAT(reason_of(with_members("`a` int(11) NOT NULL") + " FROBNICATE"), HasSubstr("with its value"));
}

TEST(ShowCreateTable, IsReadWithoutAStackHoweverDeepItsBracketsAre) {
  const std::string deep = std::string(200000, '(') + "1" + std::string(200000, ')');
  EXPECT_EQ(table_of(with_members("`a` int(11) DEFAULT " + deep)).columns.at(0).default_value->sql.common,
            deep);
}

TEST(ShowCreateTable, NeverReadsBeyondItsEnd) {
  const std::string text = with_members(
      "`a``b` varchar(10) /*M!100301 COMPRESSED*/ CHARACTER SET latin1 COLLATE latin1_bin NOT NULL DEFAULT "
      "'it''s \\n'"
      " COMMENT 'c' CHECK (`a` <> 'x)'),\n  PRIMARY KEY (`a``b`(3) DESC) USING BTREE COMMENT 'x',\n"
      "  CONSTRAINT `f` FOREIGN KEY (`a`, `b`) REFERENCES `d`.`p` (`x`, `y`) ON DELETE SET NULL ON UPDATE "
      "CASCADE");
  for (std::size_t length = 0; length < text.size(); ++length) {
    // An exact copy, so that a sanitizer sees a byte too many.
    const std::string cut(text.data(), length);
    parse_show_create_table(cut);
  }
  table_of(text);
}

TEST(ShowCreateTable, IsNeverBroughtDownByADamagedText) {
  const std::string sound = with_members(
      "`a``b` varchar(10) CHARACTER SET latin1 COLLATE latin1_bin NOT NULL DEFAULT 'it''s \\n' COMMENT 'c',\n"
      "  `g` int(11) GENERATED ALWAYS AS (`x` + (1)) STORED INVISIBLE CHECK (`g` <> '('),\n"
      "  PERIOD FOR `p` (`a`, `b`),\n  PRIMARY KEY (`a``b`(3) DESC) USING BTREE,\n  KEY `k` (`g`) COMMENT "
      "'x' IGNORED,\n"
      "  CONSTRAINT `f` FOREIGN KEY (`a`, `b`) REFERENCES `d`.`p` (`x`) ON DELETE SET NULL,\n"
      "  CONSTRAINT `c` CHECK (`a` > 0)");
  constexpr std::string_view bytes = "`'\"(),\\ \n/*A0=\xFF";
  std::mt19937 random(20240229);
  for (int round = 0; round < 20000; ++round) {
    std::string damaged = sound;
    for (std::size_t damages = 1 + random() % 4; damages > 0; --damages) {
      const std::size_t at = random() % damaged.size();
      switch (random() % 3) {
        case 0:
          damaged.erase(at, 1 + random() % 5);
          break;
        case 1:
          damaged.insert(at, 1, bytes[random() % bytes.size()]);
          break;
        default:
          damaged[at] = bytes[random() % bytes.size()];
          break;
      }
    }
    const auto parsed = parse_show_create_table(damaged);
    if (const auto* problem = std::get_if<ParseProblem>(&parsed)) {
      ASSERT_FALSE(problem->reason.empty()) << damaged;
    }
    parse_show_create_view(damaged);
    trigger_body(damaged);
  }
}

TEST(ShowCreateTrigger, HasItsBodyBehindForEachRow) {
  EXPECT_EQ(trigger_body("CREATE DEFINER=`for each row`@`%` trigger `t` before insert on `for each row`\n "
                         "for  EACH -- x\n row\n"
                         " BEGIN SELECT 'for each row'; END "),
            "BEGIN SELECT 'for each row'; END");
  EXPECT_EQ(trigger_body("CREATE TRIGGER t BEFORE INSERT ON t"), "");
}

TEST(ShowCreateView, IsTakenApart) {
  const auto parsed = parse_show_create_view(
      "CREATE ALGORITHM=MERGE DEFINER=`a VIEW b`@`%` SQL SECURITY INVOKER VIEW `v``w` AS select 1 AS "
      "`VIEW`,2 AS `b` from `t`");
  const View& view = std::get<View>(parsed);
  EXPECT_EQ(view.name, "v`w");
  EXPECT_EQ(view.header, "ALGORITHM=MERGE DEFINER=`a VIEW b`@`%` SQL SECURITY INVOKER");
  EXPECT_EQ(view.query.common, "select 1 AS `VIEW`,2 AS `b` from `t`");
  EXPECT_TRUE(view.columns.empty());
}

TEST(ShowCreateView, MayNameItsDatabaseAndColumns) {
  const auto parsed =
      parse_show_create_view("CREATE SQL SECURITY DEFINER VIEW `d`.`v` (`a`,`b c`) AS select 1,2");
  const View& view = std::get<View>(parsed);
  EXPECT_EQ(view.name, "v");
  EXPECT_THAT(view.columns, testing::ElementsAre("a", "b c"));
  EXPECT_EQ(view.query.common, "select 1,2");
}

TEST(ShowCreateView, ThatIsNoneIsAProblem) {
  EXPECT_TRUE(std::holds_alternative<ParseProblem>(parse_show_create_view("CREATE TABLE `t` (`a` int)")));
  EXPECT_TRUE(std::holds_alternative<ParseProblem>(parse_show_create_view("CREATE VIEW `v` select 1")));
  EXPECT_TRUE(std::holds_alternative<ParseProblem>(parse_show_create_view("")));
}

}  // namespace
}  // namespace plumb::mariadb
