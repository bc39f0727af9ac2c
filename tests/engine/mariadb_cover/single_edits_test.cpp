// One aspect of a described database is changed: the plan applies at once, planning again gives nothing, rows stay.
#include <gtest/gtest.h>

#include "described_database.hpp"
#include "support/text.hpp"

namespace plumb::test {
namespace {

constexpr const char* two_rows = "create table t (id int primary key, b int); insert into t values (1,2),(20,3);";

TEST(SingleEdit, PartitionsAreAddedAndChanged) {
  DescribedDatabase database(two_rows);
  database.edit({{"primary key (id)", "primary key (id)\n  extra \"PARTITION BY HASH(`id`) PARTITIONS 4\""}});
  EXPECT_TRUE(contains(database.table("t"), "PARTITION BY HASH (`id`)\nPARTITIONS 4"));
  DescribedDatabase hashed(std::string(two_rows) + "alter table t partition by hash(id) partitions 4;");
  hashed.edit({{"PARTITIONS 4", "PARTITIONS 2"}});
  EXPECT_TRUE(contains(hashed.table("t"), "PARTITIONS 2"));
  EXPECT_EQ(hashed.place().number("SELECT sum(b) FROM t"), 5);
}

TEST(SingleEdit, SystemVersioningIsAdded) {
  DescribedDatabase database(two_rows);
  database.edit({{"primary key (id)", "primary key (id)\n  extra \"WITH SYSTEM VERSIONING\""}});
  EXPECT_TRUE(contains(database.table("t"), "WITH SYSTEM VERSIONING"));
}

TEST(SingleEdit, AVersionedTableChangesAndKeepsItsHistory) {
  DescribedDatabase database("create table t (id int primary key, b int) with system versioning; insert into t values (1,2); update t set b = 3;");
  database.edit({{"b   int?", "b   bigint?\n  c   int?"}});
  EXPECT_EQ(database.place().number("SELECT count(*) FROM t FOR SYSTEM_TIME ALL"), 2);
}

constexpr const char* versioned_in_the_open =
    "create table t (id int primary key, b int, s timestamp(6) generated always as row start, e timestamp(6) generated always as row end,"
    " unique (b), period for system_time (s, e)) with system versioning; insert into t (id, b) values (1,2); update t set b = 3;";

TEST(SingleEdit, VersioningInOpenColumnsIsAddedTogetherWithOtherChanges) {
  DescribedDatabase database("create table t (id int primary key, b int, unique (b)); insert into t values (1,2),(2,3);");
  database.edit({{"b   int?\n", "b   bigint?\n  c   int?\n  s   native(\"timestamp(6) GENERATED ALWAYS AS ROW START\")\n  e   native(\"timestamp(6) GENERATED ALWAYS AS ROW END\")\n"},
                 {"primary key (id)", "primary key (id)\n  option mariadb (system_period=\"(`s`, `e`)\")\n  extra \"WITH SYSTEM VERSIONING\""}});
  const std::string text = database.table("t");
  EXPECT_TRUE(contains(text, "PERIOD FOR SYSTEM_TIME (`s`, `e`)"));
  EXPECT_TRUE(contains(text, "PRIMARY KEY (`id`,`e`)"));
  EXPECT_TRUE(contains(text, "UNIQUE KEY `b` (`b`,`e`)"));
  EXPECT_TRUE(contains(text, "`b` bigint"));
  EXPECT_EQ(database.place().number("SELECT sum(b) FROM t"), 5);
}

TEST(SingleEdit, VersioningInOpenColumnsGoesTogetherWithOtherChanges) {
  DescribedDatabase database(versioned_in_the_open);
  database.edit({{"b   int?\n", "b   bigint?\n  c   int?\n"},
                 {"  s   native(\"timestamp(6) GENERATED ALWAYS AS ROW START\")\n", ""},
                 {"  e   native(\"timestamp(6) GENERATED ALWAYS AS ROW END\")\n", ""},
                 {"primary key (id, e)", "primary key (id)"},
                 {"(b, e)", "(b)"},
                 {"  option mariadb (system_period=\"(`s`, `e`)\")\n", ""},
                 {"WITH SYSTEM VERSIONING", "WITHOUT SYSTEM VERSIONING"},
                 {"table t {", "drop column t.s\ndrop column t.e\n\ntable t {"}}, {"--allow", "destructive"});
  EXPECT_TRUE(lacks(database.table("t"), "VERSIONING"));
  EXPECT_TRUE(contains(database.table("t"), "PRIMARY KEY (`id`)"));
  EXPECT_EQ(database.place().number("SELECT sum(b) FROM t"), 3);
}

TEST(SingleEdit, AVersionedTableInTheOpenChangesAndKeepsItsHistory) {
  DescribedDatabase database(versioned_in_the_open);
  database.edit({{"b   int?\n", "b   bigint?\n  c   int?\n"}});
  EXPECT_EQ(database.place().number("SELECT count(*) FROM t FOR SYSTEM_TIME ALL"), 2);
}

constexpr const char* line_of_row_start = "  s   native(\"timestamp(6) GENERATED ALWAYS AS ROW START\")\n";
constexpr const char* line_of_row_end = "  e   native(\"timestamp(6) GENERATED ALWAYS AS ROW END\")\n";
constexpr const char* line_of_period = "  option mariadb (system_period=\"(`s`, `e`)\")\n";

TEST(SingleEdit, ACheckOfANewColumnMayLookAtAnInvisibleOne) {
  DescribedDatabase database("create table t (id int primary key, hidden int invisible); insert into t (id, hidden) values (1, 5);");
  database.edit({{"  primary key (id)", "  most int = 9 check (most > hidden)\n\n  primary key (id)"}});
  EXPECT_TRUE(contains(database.table("t"), "`most` > `hidden`"));
}

TEST(SingleEdit, APeriodThatIsNotSaidGoesWithItsColumns) {
  DescribedDatabase database(versioned_in_the_open);
  database.edit({{line_of_row_start, ""}, {line_of_row_end, ""}, {line_of_period, ""}, {"primary key (id, e)", "primary key (id)"}, {"(b, e)", "(b)"},
                 {"  extra \"WITH SYSTEM VERSIONING\"\n", ""}, {"table t {", "drop column t.s\ndrop column t.e\n\ntable t {"}}, {"--allow", "destructive"});
  EXPECT_TRUE(lacks(database.table("t"), "PERIOD"));
  EXPECT_TRUE(contains(database.table("t"), "WITH SYSTEM VERSIONING"));
  EXPECT_EQ(database.place().number("SELECT count(*) FROM t FOR SYSTEM_TIME ALL"), 2);
}

TEST(SingleEdit, APeriodThatIsNotSaidStaysWithColumnsThatAreNotSaid) {
  DescribedDatabase database(versioned_in_the_open);
  database.edit({{line_of_row_start, ""}, {line_of_row_end, ""}, {line_of_period, ""}, {"primary key (id, e)", "primary key (id)"}, {"(b, e)", "(b)"}, {"b   int?\n", "b   int?\n  c   int?\n"}});
  EXPECT_TRUE(contains(database.table("t"), "PERIOD FOR SYSTEM_TIME (`s`, `e`)"));
}

TEST(SingleEdit, AColumnOfAPeriodThatStaysIsNotDropped) {
  DescribedDatabase database(versioned_in_the_open);
  EXPECT_TRUE(contains(database.refused_edit({{line_of_row_start, ""}, {"table t {", "drop column t.s\n\ntable t {"}}), "the period (s, e) of the table is over it"));
  DescribedDatabase booked("create table t (id int primary key, a date, b date, period for p (a, b));");
  EXPECT_TRUE(contains(booked.refused_edit({{"  a   date\n", ""}, {"  option mariadb (period=\"`p` (`a`, `b`)\")\n", ""}, {"table t {", "drop column t.a\n\ntable t {"}}), "drop both of its columns"));
}

TEST(SingleEdit, APeriodOfAnApplicationGoesWithItsColumns) {
  DescribedDatabase database("create table t (id int primary key, a date, b date, period for p (a, b)); insert into t values (1, '2020-01-01', '2020-02-01');");
  database.edit({{"  a   date\n", ""}, {"  b   date\n", ""}, {"  option mariadb (period=\"`p` (`a`, `b`)\")\n", ""}, {"table t {", "drop column t.a\ndrop column t.b\n\ntable t {"}}, {"--allow", "destructive"});
  EXPECT_TRUE(lacks(database.table("t"), "PERIOD"));
}

TEST(SingleEdit, ANewNameReachesPeriodsAndPartitions) {
  DescribedDatabase database(versioned_in_the_open);
  database.edit({{"  s   native(\"timestamp(6) GENERATED ALWAYS AS ROW START\")", "  since native(\"timestamp(6) GENERATED ALWAYS AS ROW START\") was s"}, {"(`s`, `e`)", "(`since`, `e`)"}});
  EXPECT_TRUE(contains(database.table("t"), "PERIOD FOR SYSTEM_TIME (`since`, `e`)"));
  DescribedDatabase parted("create table t (id int, b int) partition by range (id + 1) (partition id values less than (10), partition pm values less than maxvalue); insert into t values (1,2);");
  parted.edit({{"  id  int?", "  key int? was id"}, {"RANGE (`id` + 1)", "RANGE (`key` + 1)"}});
  EXPECT_TRUE(contains(parted.table("t"), "RANGE (`key` + 1)\n(PARTITION `id`"));
  EXPECT_EQ(parted.place().number("SELECT `key` FROM t"), 1);
}

TEST(SingleEdit, VersioningAndPartitionsOfTheHistoryComeTogetherWithOtherChanges) {
  DescribedDatabase database(two_rows);
  database.edit({{"b   int?\n", "b   bigint?\n"}, {"primary key (id)", "primary key (id)\n  extra \"WITH SYSTEM VERSIONING PARTITION BY SYSTEM_TIME (PARTITION h HISTORY, PARTITION c CURRENT)\""}});
  EXPECT_TRUE(contains(database.table("t"), "PARTITION `c` CURRENT"));
  database.place().sql("update t set b = b + 1");
  EXPECT_EQ(database.place().number("SELECT count(*) FROM t FOR SYSTEM_TIME ALL"), 4);
}

TEST(SingleEdit, VersioningGoesWithThePartitionsOfItsHistory) {
  DescribedDatabase database("create table t (id int primary key, b int) with system versioning partition by system_time (partition h history, partition c current); insert into t values (1,2);");
  const std::size_t extra = database.description().find("  extra \"WITH SYSTEM");
  ASSERT_NE(extra, std::string::npos);
  const std::string line = database.description().substr(extra, database.description().find('\n', extra) - extra);
  database.edit({{"b   int?\n", "b   bigint?\n"}, {line, "  extra \"PARTITION BY HASH (`id`) PARTITIONS 2\""}}, {"--allow", "destructive"});
  EXPECT_TRUE(lacks(database.table("t"), "VERSIONING"));
  EXPECT_TRUE(contains(database.table("t"), "PARTITIONS 2"));
  EXPECT_EQ(database.place().number("SELECT sum(b) FROM t"), 2);
}

TEST(SingleEdit, PartitionsGoBeforeASpatialIndexComes) {
  DescribedDatabase database("create table t (id int primary key, b int) partition by hash(id) partitions 2; insert into t values (1,2);");
  database.edit({{"b   int?\n", "b   int?\n  p   native(\"point\")?\n"}, {"PARTITION BY HASH (`id`)\\nPARTITIONS 2", "NOT PARTITIONED"}});
  EXPECT_TRUE(lacks(database.table("t"), "PARTITION"));
  EXPECT_TRUE(contains(database.table("t"), "`p` point"));
}

TEST(SingleEdit, WhatATableIsPartedByChangesWithItsKey) {
  DescribedDatabase database("create table t (id int not null, b int not null, primary key (id)) partition by hash(id) partitions 2; insert into t values (1,2),(2,5);");
  database.edit({{"primary key (id)", "primary key (b)"}, {"HASH (`id`)", "HASH (`b`)"}});
  EXPECT_TRUE(contains(database.table("t"), "PARTITION BY HASH (`b`)"));
  EXPECT_EQ(database.place().number("SELECT sum(b) FROM t"), 7);
}

TEST(SingleEdit, TheIndexOfAForeignKeyKeepsItsName) {
  DescribedDatabase database("create table t (id int primary key); create table c (t_id int, foreign key (t_id) references t(id));"
                             "insert into t values (1); insert into c values (1);");
  database.edit({{"id  int\n", "id  bigint\n"}, {"t_id  int?", "t_id  bigint?"}});
  EXPECT_TRUE(contains(database.table("c"), "KEY `t_id` (`t_id`)"));
}

TEST(SingleEdit, TheActionOfAForeignKeyChangesAndItsIndexStays) {
  DescribedDatabase database("create table t (id int primary key); create table c (t_id int, foreign key (t_id) references t(id));");
  database.edit({{"references t(id)", "references t(id) on delete cascade"}});
  EXPECT_TRUE(contains(database.table("c"), "KEY `t_id` (`t_id`)"));
  EXPECT_TRUE(contains(database.table("c"), "ON DELETE CASCADE"));
}

TEST(SingleEdit, APlainIndexOverATextGetsTheServersPrefix) {
  DescribedDatabase database("create table t (id int primary key, v varchar(40), index k (v)); insert into t values (1,'a');");
  database.edit({{"v   varchar(40)?", "v   text?"}});
  EXPECT_TRUE(contains(database.table("t"), "KEY `k` (`v`(768))"));
}

TEST(SingleEdit, AnIndexIsIgnoredAndHeededAgain) {
  DescribedDatabase database("create table t (id int primary key, v int, index k (v));");
  database.edit({{"index k (v)", "index k (v) extra \"IGNORED\""}});
  EXPECT_TRUE(contains(database.table("t"), "KEY `k` (`v`) IGNORED"));
  database.edit({{" extra \"IGNORED\"", " extra \"NOT IGNORED\""}});
  EXPECT_TRUE(lacks(database.table("t"), "IGNORED"));
}

TEST(SingleEdit, TheEngineChanges) {
  for (const std::string engine : {"Aria", "MyISAM", "MEMORY"}) {
    DescribedDatabase database(two_rows);
    database.edit({{"primary key (id)", "primary key (id)\n  option mariadb (engine=" + engine + ")"}});
    EXPECT_TRUE(contains(database.table("t"), "ENGINE=" + engine));
    EXPECT_EQ(database.place().number("SELECT sum(b) FROM t"), 5);
  }
}

TEST(SingleEdit, OptionsThatInnoDbQuotesAreSet) {
  DescribedDatabase database(two_rows);
  database.edit({{"primary key (id)", "primary key (id)\n  option mariadb (page_compressed=1)"}});
  EXPECT_TRUE(contains(database.table("t"), "`page_compressed`='1'"));
}

TEST(SingleEdit, ARowFormatThatNoTemporaryTableHasIsSet) {
  DescribedDatabase database(two_rows);
  database.edit({{"primary key (id)", "primary key (id)\n  option mariadb (row_format=COMPRESSED, key_block_size=8)"}});
  EXPECT_TRUE(contains(database.table("t"), "ROW_FORMAT=COMPRESSED KEY_BLOCK_SIZE=8"));
}

TEST(SingleEdit, AReferenceSystemStaysWhenTheColumnChanges) {
  DescribedDatabase database("create table t (id int primary key, a point ref_system_id=4326 not null);");
  database.edit({{"native(\"point ref_system_id=4326\")", "native(\"point ref_system_id=4326\") comment \"where\""}});
  EXPECT_EQ(database.place().number("SELECT max(SRID) FROM information_schema.GEOMETRY_COLUMNS WHERE F_TABLE_SCHEMA = DATABASE()"), 4326);
}

constexpr const char* collated = "create table t (id int primary key, a varchar(20), unique (a)) default charset latin1; insert into t values (1,'ä');"
                                 "create table c (x varchar(20) charset latin1, foreign key (x) references t(a)); insert into c values ('ä');";

TEST(SingleEdit, ACollationOfOneEndOfAForeignKeyIsRefused) {
  DescribedDatabase database(collated);
  const std::string said = database.refused_edit({{"a   varchar(20)?", "a   varchar(20)? collate latin1_bin"}});
  EXPECT_TRUE(contains(said, "c.x"));
  EXPECT_TRUE(contains(said, "latin1_bin"));
}

TEST(SingleEdit, TheCharsetOfBothEndsOfAForeignKeyChanges) {
  DescribedDatabase database(collated);
  database.edit({{"option mariadb (charset=latin1, collate=latin1_swedish_ci)", "option mariadb (charset=utf8mb4, collate=utf8mb4_general_ci)"},
                 {" collate latin1_swedish_ci", " collate utf8mb4_general_ci"}});
  EXPECT_EQ(database.place().text("SELECT hex(t.a) FROM t JOIN c ON c.x = t.a"), "C3A4");
}

TEST(SingleEdit, APeriodKeyStaysWhenTheTableChanges) {
  DescribedDatabase database("create table t (id int, s date, e date, v int, period for p(s,e), primary key (id, p without overlaps)); insert into t values (1,'2020-01-01','2021-01-01',5);");
  database.edit({{"v   int?", "v   bigint?\n  w   int?"}});
  EXPECT_TRUE(contains(database.table("t"), "PERIOD FOR `p` (`s`, `e`)"));
  EXPECT_TRUE(contains(database.table("t"), "`p` WITHOUT OVERLAPS"));
}

constexpr const char* with_view = "create table p (id int primary key, n int, m int); create table c (id int primary key, n int);"
                                  "create view v as select x.id, x.n, c.id as cid from p x join c on c.id = x.id;";

TEST(SingleEdit, AColumnThatAViewReadsIsNotDropped) {
  DescribedDatabase database(with_view);
  const std::string said = database.refused_edit({{"  n   int?\n  m", "  m"}, {"\nview v", "\ndrop column p.n\n\nview v"}});
  EXPECT_TRUE(contains(said, "view v"));
}

TEST(SingleEdit, AColumnOfTheSameNameElsewhereIsDropped) {
  DescribedDatabase database(with_view);
  database.edit({{"table c {\n  id  int\n  n   int?\n", "drop column c.n\ntable c {\n  id  int\n"}});
}

TEST(SingleEdit, ATableThatAViewReadsIsNotRenamedUnderIt) {
  DescribedDatabase database(with_view);
  EXPECT_TRUE(contains(database.refused_edit({{"table c {", "table child was c {"}}), "view v"));
}

TEST(SingleEdit, AColumnThatATriggerReadsIsNotDropped) {
  DescribedDatabase database("create table t (id int primary key, n int); create trigger r before insert on t for each row set new.n = 1;");
  const std::string said = database.refused_edit({{"  n   int?\n", ""}, {"\ntrigger r", "\ndrop column t.n\n\ntrigger r"}});
  EXPECT_TRUE(contains(said, "trigger r"));
}

TEST(SingleEdit, MoreThanOneTriggerKeepsItsPlaceWhenOneChanges) {
  DescribedDatabase database("create table t (id int primary key, n int); create trigger b before insert on t for each row set new.n = 1;"
                             "create trigger c before insert on t for each row set new.n = 2; create trigger a before insert on t for each row set new.n = 3;");
  database.edit({{"set new.n = 1", "set new.n = 4"}});
  EXPECT_EQ(database.place().text("SELECT group_concat(TRIGGER_NAME ORDER BY ACTION_ORDER) FROM information_schema.TRIGGERS WHERE TRIGGER_SCHEMA = DATABASE()"), "b,c,a");
}

TEST(SingleEdit, TheDatabasesOwnNameIsNoPartOfADefault) {
  DescribedDatabase database("create sequence s; create table t (id int default nextval(s), b int);");
  EXPECT_TRUE(contains(database.description(), "nextval(`s`)"));
  database.edit({{"b   int?", "b   bigint?"}});
  EXPECT_TRUE(contains(database.remarks(), "sequence `s`"));
}

TEST(SingleEdit, ATableThatAsksASequenceIsRehearsed) {
  DescribedDatabase database("create sequence s; create table t (id int default nextval(s), b int);");
  database.place().write("wider.plumb", replace_all(database.description(), "b   int?", "b   bigint?"));
  EXPECT_TRUE(contains(database.place().plumb_on_db({"plan", "--to", "wider.plumb"}).out, "up and down: equal"));
}

TEST(SingleEdit, RoutinesAndEventsAreNamedAndLeftAlone) {
  DescribedDatabase database("create table t (id int); create procedure p() select 1; create function f(a int) returns int deterministic return a+1;"
                             "create event e on schedule every 1 day do select 1; create view v as select f(id) x from t;");
  for (const std::string name : {"procedure `p`", "function `f`", "event `e`"}) EXPECT_TRUE(contains(database.remarks(), name));
  const auto before = definitions_of(database.place());
  database.edit({{"id  int?", "id  bigint?"}});
  auto after = definitions_of(database.place());
  after["table t"] = before.at("table t");
  EXPECT_EQ(after, before);
  EXPECT_TRUE(contains(database.place().plumb_on_db({"validate", "--to", "edited.plumb"}).out, "procedure `p`"));
}

TEST(SingleEdit, AViewIsRenamed) {
  DescribedDatabase database("create table t (id int); create view v as select id from t;");
  database.edit({{"\nview v header", "\nview w was v header"}});
  EXPECT_EQ(database.place().number("SELECT count(*) FROM w"), 0);
  EXPECT_FALSE(definitions_of(database.place()).contains("view v"));
}

TEST(SingleEdit, AnIntegerBecomesADecimalWhenItFits) {
  DescribedDatabase database("create table t (id int primary key, n int); insert into t values (1, 99999999), (2, -3);");
  database.edit({{"n   int?", "n   decimal(10,2)?"}});
  EXPECT_EQ(database.place().text("SELECT n FROM t WHERE id = 1"), "99999999.00");
  DescribedDatabase large("create table t (id int primary key, n int); insert into t values (1, 100000000);");
  EXPECT_TRUE(contains(large.refused_edit({{"n   int?", "n   decimal(10,2)?"}}), "do not fit"));
}

TEST(ServerThatFoldsTableNames, SaysSoBeforeAnythingIsMade) {
  MariaDbServer server(std::vector<std::string>{"--lower-case-table-names=1"});
  const FreshDatabase database = server.fresh_database();
  const Workplace place("sqlite");
  place.write("capital.plumb", "schema app version 1.0.0\ntable Parent {\n  id  serial\n}\n");
  const auto refused = place.plumb({"apply", "--to", "capital.plumb", "--yes", "--db", database.target().display_name()});
  EXPECT_TRUE(ended_with(3, refused));
  EXPECT_TRUE(contains(refused.out + refused.err, "lower_case_table_names"));
  place.write("small.plumb", "schema app version 1.0.0\ntable parent {\n  id  serial\n}\n");
  EXPECT_TRUE(ended_with(0, place.plumb({"apply", "--to", "small.plumb", "--yes", "--db", database.target().display_name()})));
  EXPECT_TRUE(ended_with(0, place.plumb({"plan", "--to", "small.plumb", "--exit-code", "--db", database.target().display_name()})));
}

TEST(Definers, AreKeptOrPassedOver) {
  DescribedDatabase database("create table t (id int, n int); create definer='someone'@'%' sql security invoker view v as select id from t;"
                             "create definer='someone'@'%' trigger r before insert on t for each row set new.n = 1;");
  Workplace& place = database.place();
  EXPECT_TRUE(contains(database.description(), "definer=\"someone@%\""));
  EXPECT_TRUE(contains(database.description(), "DEFINER=`someone`@`%`"));
  const auto before = definitions_of(place);
  const auto stripped = place.plumb_on_db({"inspect", "--strip-definers"});
  EXPECT_TRUE(lacks(stripped.out, "someone"));
  EXPECT_TRUE(contains(stripped.out, "SQL SECURITY INVOKER"));
  place.write("stripped.plumb", stripped.out);
  EXPECT_TRUE(ended_with(0, place.plumb_on_db({"plan", "--to", "stripped.plumb", "--exit-code"})));
  place.write("other.plumb", replace_all(replace_all(database.description(), "someone@%", "other@%"), "`someone`@`%`", "`other`@`%`"));
  EXPECT_TRUE(ended_with(0, place.plumb_on_db({"plan", "--to", "other.plumb", "--strip-definers", "--exit-code"})));
  EXPECT_TRUE(ended_with(0, place.plumb_on_db({"apply", "--to", "other.plumb", "--yes", "--strip-definers"})));
  EXPECT_EQ(definitions_of(place), before);
  EXPECT_TRUE(ended_with(0, place.plumb_on_db({"apply", "--to", "other.plumb", "--yes"})));
  EXPECT_TRUE(contains(definitions_of(place).at("view v"), "DEFINER=`other`@`%`"));
  EXPECT_TRUE(contains(definitions_of(place).at("trigger r"), "other@%"));
  Workplace copy("mariadb");
  copy.write("stripped.plumb", stripped.out);
  EXPECT_TRUE(ended_with(0, copy.plumb_on_db({"apply", "--to", "stripped.plumb", "--yes"})));
  EXPECT_TRUE(contains(definitions_of(copy).at("view v"), "DEFINER=`root`@`localhost`"));
}

}  // namespace
}  // namespace plumb::test
