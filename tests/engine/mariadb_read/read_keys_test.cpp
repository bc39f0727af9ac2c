#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "read_table_fixture.hpp"

namespace plumb::test {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

using ReadKeys = ReadTables;

const Index& index_named(const Table& table, std::string_view name) {
  const Index* found = table.find_index(name);
  static const Index none;
  EXPECT_NE(found, nullptr) << name;
  return found == nullptr ? none : *found;
}

TEST_F(ReadKeys, ThePrimaryKeyIsRead) {
  const Table read = table("a INT, b VARCHAR(50), PRIMARY KEY (b(10) DESC, a)");
  ASSERT_TRUE(read.primary_key.has_value());
  ASSERT_EQ(read.primary_key->parts.size(), 2U);
  EXPECT_EQ(read.primary_key->parts[0].column, "b");
  EXPECT_EQ(read.primary_key->parts[0].length, 10U);
  EXPECT_TRUE(read.primary_key->parts[0].descending);
  EXPECT_EQ(read.primary_key->parts[1].column, "a");
  EXPECT_EQ(read.primary_key->parts[1].length, std::nullopt);
  EXPECT_FALSE(read.primary_key->parts[1].descending);
  EXPECT_THAT(read.primary_key->extra, IsEmpty());
  EXPECT_FALSE(read.columns.at(0).nullable);
  EXPECT_FALSE(table("a INT").primary_key.has_value());
}

TEST_F(ReadKeys, ThePrimaryKeyKeepsItsOptions) {
  EXPECT_EQ(table("a INT, PRIMARY KEY (a) USING BTREE COMMENT 'it''s, (x)'").primary_key->extra,
            "USING BTREE COMMENT 'it''s, (x)'");
}

TEST_F(ReadKeys, EveryKindOfIndexIsRead) {
  const Table read = table(
      "a INT, b INT NOT NULL, t TEXT, g POINT NOT NULL, UNIQUE u (a), KEY k (a, b DESC), FULLTEXT f (t),"
      " SPATIAL s (g), KEY p (t(20)), UNIQUE long_unique (t)");
  EXPECT_EQ(index_named(read, "u").kind, IndexKind::Unique);
  EXPECT_EQ(index_named(read, "k").kind, IndexKind::Plain);
  EXPECT_EQ(index_named(read, "k").parts.size(), 2U);
  EXPECT_TRUE(index_named(read, "k").parts.at(1).descending);
  EXPECT_EQ(index_named(read, "f").kind, IndexKind::Fulltext);
  EXPECT_EQ(index_named(read, "s").kind, IndexKind::Spatial);
  EXPECT_EQ(index_named(read, "s").parts.at(0).length, std::nullopt);
  EXPECT_EQ(index_named(read, "p").parts.at(0).length, 20U);
  EXPECT_EQ(index_named(read, "long_unique").extra, "");  // the server's own choice
  for (const auto& index : read.indexes) {
    EXPECT_FALSE(index.name.generated);
    EXPECT_FALSE(index.constraint);
    EXPECT_FALSE(index.where.has_value());
  }
}

TEST_F(ReadKeys, IndexOptionsAreKeptAndTheCommentTakenApart) {
  const Table read = table(
      "a INT, b INT, KEY h (a) USING HASH KEY_BLOCK_SIZE=4 COMMENT 'k''ey, IGNORED', KEY i (b) IGNORED,"
      " KEY bt (a, b) USING BTREE, KEY c (b, a) COMMENT 'x' IGNORED");
  EXPECT_EQ(index_named(read, "h").extra, "USING HASH KEY_BLOCK_SIZE=4");
  EXPECT_EQ(index_named(read, "h").comment, "k'ey, IGNORED");
  EXPECT_EQ(index_named(read, "i").extra, "IGNORED");
  EXPECT_EQ(index_named(read, "i").comment, "");
  EXPECT_EQ(index_named(read, "bt").extra, "USING BTREE");
  EXPECT_EQ(index_named(read, "c").extra, "IGNORED");
  EXPECT_EQ(index_named(read, "c").comment, "x");
}

TEST_F(ReadKeys, IndexNamesMayHoldAnything) {
  EXPECT_EQ(table("a INT, KEY `we``ird, (na.me) ü` (a)").indexes.at(0).name.text, "we`ird, (na.me) ü");
}

TEST_F(ReadKeys, ForeignKeysAreRead) {
  run("CREATE TABLE par (id INT, p2 INT, PRIMARY KEY (id), KEY (p2, id))");
  const Table read = table(
      "a INT, b INT, c INT, d INT, CONSTRAINT `we``ird na.me` FOREIGN KEY (a) REFERENCES par (id) ON DELETE "
      "NO ACTION"
      " ON UPDATE CASCADE, FOREIGN KEY (b) REFERENCES par (id) ON DELETE RESTRICT ON UPDATE SET NULL,"
      " FOREIGN KEY (c, d) REFERENCES par (p2, id) ON DELETE CASCADE");
  ASSERT_EQ(read.foreign_keys.size(), 3U);
  const ForeignKey& first = read.foreign_keys[0];
  EXPECT_EQ(first.name.text, "t_ibfk_1");
  EXPECT_TRUE(first.name.generated);
  EXPECT_THAT(first.columns, ElementsAre("b"));
  EXPECT_EQ(first.table, "par");
  EXPECT_EQ(first.database, "");
  EXPECT_THAT(first.referenced, ElementsAre("id"));
  EXPECT_EQ(first.on_delete, ForeignKeyAction::NoAction);
  EXPECT_EQ(first.on_update, ForeignKeyAction::SetNull);
  EXPECT_THAT(read.foreign_keys[1].columns, ElementsAre("c", "d"));
  EXPECT_THAT(read.foreign_keys[1].referenced, ElementsAre("p2", "id"));
  EXPECT_EQ(read.foreign_keys[1].on_delete, ForeignKeyAction::Cascade);
  EXPECT_EQ(read.foreign_keys[2].name.text, "we`ird na.me");
  EXPECT_FALSE(read.foreign_keys[2].name.generated);
  EXPECT_EQ(read.foreign_keys[2].on_delete, ForeignKeyAction::NoAction);
  EXPECT_EQ(read.foreign_keys[2].on_update, ForeignKeyAction::Cascade);
}

TEST_F(ReadKeys, AForeignKeyIntoAnotherDatabaseNamesIt) {
  const FreshDatabase other = server().fresh_database("oth`er");
  other.connect()->execute("CREATE TABLE par (id INT PRIMARY KEY)");
  const Table read = table("a INT, FOREIGN KEY (a) REFERENCES `" + std::string("oth``er") +
                           other.name().substr(6) + "`.par (id)");
  EXPECT_EQ(read.foreign_keys.at(0).database, other.name());
  EXPECT_EQ(read.foreign_keys.at(0).table, "par");
  run("DROP TABLE t");  // it would keep the other database from being dropped
}

TEST_F(ReadKeys, TableChecksAreReadWithTheirNames) {
  const Table read = table(
      "a INT CHECK (a <> 7), b VARCHAR(9), CHECK (a > 0), CONSTRAINT `na``me` CHECK (b NOT LIKE ')''(' OR b "
      "IS NULL)");
  ASSERT_EQ(read.checks.size(), 2U);
  EXPECT_EQ(read.checks[0].name.text, "CONSTRAINT_1");
  EXPECT_TRUE(read.checks[0].name.generated);
  EXPECT_EQ(read.checks[0].expression.common, "`a` > 0");
  EXPECT_EQ(read.checks[1].name.text, "na`me");
  EXPECT_FALSE(read.checks[1].name.generated);
  EXPECT_EQ(read.checks[1].expression.common, "`b`  not like ')\\'(' or `b` is null");
  EXPECT_EQ(read.columns.at(0).checks.at(0).expression.common, "`a` <> 7");
}

TEST_F(ReadKeys, TableOptionsAreKeptAsPrinted) {
  const Table read =
      table("a INT NOT NULL",
            "ENGINE=Aria CHARSET=latin1 TRANSACTIONAL=0 PAGE_CHECKSUM=0 MAX_ROWS=100 PACK_KEYS=1"
            " COMMENT='tab''le \\\\ \\n ü, COMMENT=1' CONNECTION='a b'");
  EXPECT_EQ(read.options.at("mariadb"), (Options{{"engine", "Aria"},
                                                 {"charset", "latin1"},
                                                 {"collate", "latin1_swedish_ci"},
                                                 {"transactional", "0"},
                                                 {"page_checksum", "0"},
                                                 {"max_rows", "100"},
                                                 {"pack_keys", "1"},
                                                 {"connection", "'a b'"}}));
  EXPECT_EQ(read.comment, "tab'le \\ \n ü, COMMENT=1");
  EXPECT_THAT(read.extra, IsEmpty());
}

TEST_F(ReadKeys, OptionsOfInnoDbAreKeptAsPrinted) {
  const Table read = table("a INT", "PAGE_COMPRESSED=1 STATS_PERSISTENT=0 STATS_SAMPLE_PAGES=7");
  const Options& options = read.options.at("mariadb");
  EXPECT_EQ(options.at("page_compressed"), "'1'");
  EXPECT_EQ(options.at("stats_persistent"), "0");
  EXPECT_EQ(options.at("stats_sample_pages"), "7");
}

TEST_F(ReadKeys, AMergeTableKeepsItsUnion) {
  run("CREATE TABLE m1 (a INT) ENGINE=MyISAM");
  run("CREATE TABLE m2 (a INT) ENGINE=MyISAM");
  const Table read = table("a INT", "ENGINE=MERGE UNION=(m1,m2) INSERT_METHOD=LAST");
  EXPECT_EQ(read.options.at("mariadb").at("union"), "(`m1`,`m2`)");
  EXPECT_EQ(read.options.at("mariadb").at("engine"), "MRG_MyISAM");
}

TEST_F(ReadKeys, PartitionsAreKeptAsTheyArePrinted) {
  const Table read = table(
      "a INT",
      "PARTITION BY RANGE (a) (PARTITION p0 VALUES LESS THAN (10), PARTITION p1 VALUES LESS THAN MAXVALUE)");
  EXPECT_EQ(read.extra,
            "PARTITION BY RANGE (`a`)\n(PARTITION `p0` VALUES LESS THAN (10) ENGINE = InnoDB,\n"
            " PARTITION `p1` VALUES LESS THAN MAXVALUE ENGINE = InnoDB)");
  const Table hashed = table("a INT", "PARTITION BY HASH (a) PARTITIONS 4");
  EXPECT_EQ(hashed.extra, "PARTITION BY HASH (`a`)\nPARTITIONS 4");
}

TEST_F(ReadKeys, AVersionedTableWithPartitionsKeepsBothClauses) {
  const Table read =
      table("a INT",
            "WITH SYSTEM VERSIONING PARTITION BY SYSTEM_TIME (PARTITION p0 HISTORY, PARTITION pn CURRENT)");
  EXPECT_EQ(read.extra.substr(0, 51), "WITH SYSTEM VERSIONING PARTITION BY SYSTEM_TIME \n(P");
}

}  // namespace
}  // namespace plumb::test
