// What SQL made comes back: planning from the description gives nothing, and an empty database brought to it holds the
// same.
#include <gtest/gtest.h>

#include "described_database.hpp"

namespace plumb::test {
namespace {

void expect_round_trip(const std::string& sql, const std::vector<std::pair<std::string, std::string>>& renamed = {}) {
  DescribedDatabase database(sql);
  database.expect_no_difference(renamed);
  EXPECT_EQ(database.remarks(), "");
}

TEST(RoundTrip, IntegersWithWidthsSignsAndDefaults) {
  expect_round_trip(
      "create table t (a tinyint, b tinyint unsigned, c int(5), d int(6) zerofill, e bigint(20) unsigned zerofill, f bool,"
      " g tinyint(1) unsigned, h smallint(3), i mediumint unsigned, j int not null default -5,"
      " k bigint not null default -9223372036854775808, l bigint unsigned default 18446744073709551615,"
      " m bit(8) default b'101', n bit default 1, o year default 2020, p year(2), q bool default true)");
}

TEST(RoundTrip, NumbersWithDigits) {
  expect_round_trip(
      "create table t (a decimal(10,2) default -1.5, b decimal(8,3) zerofill, c decimal(5), d decimal(65,30) unsigned,"
      " e float(7,3) default 0.1, f double(10,2), g double default 1e300, h float default -1.5e-3, i double unsigned,"
      " j float unsigned zerofill, k double default 1e10, l decimal(10,2) default (1+2), m decimal(65,38))");
}

TEST(RoundTrip, TextsAndBytes) {
  expect_round_trip(
      R"(create table t (a varchar(100) default 'it''s "q" \\ \n \t x', b varchar(10) default '', c varchar(10) default 'NULL',
      d char(3) charset binary default 'ab', e varbinary(10) default x'00FF41', f binary(4) default 'ab', g text default 'tt',
      h blob default x'01', i tinytext, j tinyblob, k mediumtext, l longblob, m char default 'x', n nchar(5),
      o varchar(100) compressed, p varchar(50) default '😀 – ä', q varchar(50) default 'a\0b\Zc\rd', s text default ('x😀'),
      u varchar(10) default '\\', v varchar(10) default '%\_'))");
}

TEST(RoundTrip, EnumsAndSetsWithOddMembers) {
  expect_round_trip(
      R"(create table t (a enum('it''s','a\\b','ä','','x"y','(z)','a b','%') default '', b set('x','y''z','ü') default 'x,ü',
      c enum('A','b') not null default 'b', d set('a'), e enum('1','2','3') default '2', f enum('a;b','a`b','null') default 'null',
      g enum('a\nb','tab\t','c\0d'), h enum('x') charset latin1, i set('a','b') charset binary, j enum('c,d','e')))");
}

TEST(RoundTrip, TimesAddressesAndExpressions) {
  expect_round_trip(
      "create table t (a uuid default uuid(), b inet6 default '::1', c inet4 default '127.0.0.1',"
      " d uuid default '123e4567-e89b-12d3-a456-426614174000', e date default '2020-01-01', f date default curdate(),"
      " g time default '10:00', h time(3) default '-10:00:00.5',"
      " i datetime(6) default current_timestamp(6) on update current_timestamp(6), j timestamp default now() on update now(),"
      " k timestamp(2) null default null on update current_timestamp(2), l datetime default '0000-00-00 00:00:00',"
      " m timestamp not null default '2020-01-01 00:00:00', n datetime default '2020-01-01', o time default curtime(),"
      " p datetime(3) default now(3), q datetime default (now() + interval 1 day), r int default unix_timestamp(),"
      " s varchar(40) default (concat('a', upper('b'))), u datetime on update now(), v datetime(3) default '2020-01-01 00:00:00.5',"
      " w timestamp(6) not null, x int default (case when 1=1 then 2 else 3 end), y varchar(50) default current_user())");
}

TEST(RoundTrip, CharsetsAndCollationsAtEveryLevel) {
  expect_round_trip(
      "create table t (a varchar(10), b varchar(10) charset latin1, c varchar(10) collate utf8mb4_bin, d char(5) charset ascii,"
      " e text collate utf8mb4_unicode_ci, f varchar(10) charset utf8mb3, g varchar(10) collate uca1400_ai_ci,"
      " h enum('a','b') collate utf8mb4_bin, i varchar(10) charset utf8mb3 collate utf8mb3_unicode_ci, j varchar(5) charset ucs2,"
      " l varchar(5) collate latin1_german2_ci, n varchar(5) collate utf8mb3_uca1400_as_cs);"
      "create table t1 (a varchar(10), b varchar(10) charset utf8mb4, c enum('ä','b'), d json) default charset latin1;"
      "create table t2 (a varchar(10), b varchar(10) charset latin1) default charset utf8mb3 collate utf8mb3_bin;"
      "create table t4 (a varchar(10), b varchar(10) charset utf8mb4, c varchar(5) collate utf8mb4_nopad_bin) collate utf8mb4_unicode_ci;"
      "create table t5 (a varchar(10)) collate uca1400_swedish_ai_ci;"
      "create table t6 (a varchar(10), b text, c int) charset latin1; alter table t6 default charset utf8mb4;"
      "create table t9 (a varchar(10)) charset latin1 collate latin1_bin;");
}

TEST(RoundTrip, TablesAndWordsInBinary) {
  expect_round_trip(
      "create table t (a varchar(10), b varbinary(10), c varchar(5) charset latin1, d varchar(5) collate utf8mb4_bin, e enum('x')) default charset binary;"
      "create table t2 (i set('a','b') charset binary, e enum('x') charset binary);");
}

TEST(RoundTrip, Json) {
  expect_round_trip(
      "create table t (a json, b json not null default '{}', c longtext check (json_valid(c)), e json comment 'x',"
      " f json default (json_object('a',1)), g longtext collate utf8mb4_bin check (json_valid(`g`) and 1), h json check (json_length(h)>1),"
      " i longtext charset utf8mb4 collate utf8mb4_bin not null default '[]' check (json_valid(i)), j json invisible);"
      "create table l (a json, b longtext check (json_valid(b)), c longtext charset latin1 check(json_valid(c))) charset latin1;"
      "create table u (a json) collate utf8mb4_bin;");
}

TEST(RoundTrip, KeysOfEveryKind) {
  expect_round_trip(
      "create table t (id int primary key, a varchar(100), b text, c int, d varchar(20), e int, f blob, fulltext ft (b),"
      " fulltext ft2 (a,b) comment 'hi', index i1 (a(10), c desc), index i2 (c) using hash, index i3 (c,e) using btree,"
      " index i4 (d) ignored, index i5 (d desc) comment 'it''s', unique u1 (a(20)), unique u2 (b), index i6 (f(5)),"
      " key i7 (e) key_block_size=4, unique u3 (e desc, c), unique u4 (d) using btree comment 'q' ignored);"
      "create table m (a int, b int, primary key (a desc, b) using btree comment 'pk');"
      "create table me (a int, b int, primary key(a) using hash, index i(b) using btree, index j(b) using hash) engine=memory;"
      "create table n (a int, b int, index (a), index(a,b), index a_3 (b,a), unique (b));"
      "create table p (a varchar(50), b varchar(300), primary key(a(10)), unique (b(50)), c text, index (c));");
}

TEST(RoundTrip, TheKindThatAnIndexHasAnywayIsNoDifference) {
  Workplace place("mariadb");
  place.write("said.sql",
              "create table t (a int, b int, primary key (a) using btree, key x (b) using btree, unique y (a, b) using hash);\n"
              "create table m (a int not null, key x (a) using hash) engine=memory;\n");
  place.write("unsaid.sql", "create table t (a int, b int, primary key (a), key x (b), unique y (a, b));\ncreate table m (a int not null, key x (a)) engine=memory;\n");
  place.write("tree.sql", "create table t (a int, b int, primary key (a), key x (b), unique y (a, b));\ncreate table m (a int not null, key x (a) using btree) engine=memory;\n");
  EXPECT_TRUE(ended_with(0, place.plumb_on_db({"apply", "--yes", "--to", "said.sql"})));
  EXPECT_TRUE(ended_with(0, place.plumb_on_db({"plan", "--exit-code", "--to", "unsaid.sql"})));
  EXPECT_TRUE(ended_with(0, place.plumb_on_db({"validate", "--to", "unsaid.sql"})));
  EXPECT_TRUE(ended_with(2, place.plumb_on_db({"plan", "--exit-code", "--to", "tree.sql"})));
  EXPECT_TRUE(ended_with(0, place.plumb_on_db({"apply", "--yes", "--to", "tree.sql"})));
  EXPECT_TRUE(ended_with(0, place.plumb_on_db({"plan", "--exit-code", "--to", "tree.sql"})));
}

TEST(RoundTrip, GeneratedInvisibleAndCheckedColumns) {
  expect_round_trip(
      R"(create table t (id int primary key, a int, b int as (a+1), c int as (a*2) stored, d varchar(20) as (concat('x',a)) persistent comment 'p',
      f int as (a % 3) virtual unique, index(c), index(b,c), g json, h varchar(50) as (json_value(g,'$.x')) virtual, index(h),
      i bool as (a>1 and b is not null), j varchar(10) as (case when a=1 then 'it''s' else '\\' end), l int unsigned as (length(h)) stored check (l>=0));
      create table v (a int, b int invisible, c int not null invisible default 3, d int as (a+1) invisible, f int auto_increment invisible, key(f));
      create table c (a int check (a>0), b int comment 'b' check (b in (1,2,3)), c int, d varchar(10), constraint c_pos check (c>0),
      constraint `odd name` check (d <> 'it''s'), e varchar(100) check (e regexp '^[a-z]+$'),
      constraint tail check (c between 1 and 5 or (d like '%x\\_%' and not a is null))))");
}

TEST(RoundTrip, SpatialTypesWithTheirReferenceSystem) {
  DescribedDatabase database(
      "create table t (id int primary key auto_increment, a point not null, b geometry, c polygon ref_system_id=4326 not null,"
      " d linestring, e multipoint, f multilinestring, g multipolygon, h geometrycollection, spatial index(a), spatial index s2(c) comment 'x')");
  database.expect_no_difference();
  EXPECT_TRUE(contains(database.description(), "native(\"polygon ref_system_id=4326\")"));
  EXPECT_EQ(database.place().number("SELECT max(SRID) FROM information_schema.GEOMETRY_COLUMNS WHERE F_TABLE_SCHEMA = DATABASE()"), 4326);
  Workplace copy("mariadb");
  copy.bring_to(database.description());
  EXPECT_EQ(copy.number("SELECT max(SRID) FROM information_schema.GEOMETRY_COLUMNS WHERE F_TABLE_SCHEMA = DATABASE()"), 4326);
}

TEST(RoundTrip, StorageEnginesAndTheirOptions) {
  expect_round_trip(
      "create table a (a int, b varchar(5)) engine=myisam; create table b (a int primary key) engine=aria transactional=1;"
      "create table b2 (a int primary key) engine=aria transactional=0 row_format=page page_checksum=0;"
      "create table c (a int, b varchar(5)) engine=memory max_rows=100; create table d (a int not null) engine=csv;"
      "create table m1 (a int) engine=myisam; create table m2 (a int) engine=myisam;"
      "create table mm (a int) engine=mrg_myisam union=(m1,m2) insert_method=last;"
      "create table my (a int, b char(5)) engine=myisam row_format=fixed pack_keys=1 delay_key_write=1 checksum=1 avg_row_length=100 min_rows=5;"
      "create table f (a int, b varchar(50), g point not null, fulltext(b), spatial index(g), index(a) key_block_size=1024) engine=myisam;"
      "create table second (a int, b int auto_increment, primary key (a, b)) engine=myisam;");
}

TEST(RoundTrip, OptionsOfInnoDb) {
  expect_round_trip(
      R"(create table a (a int primary key, b text) row_format=compressed key_block_size=8; create table b (a int) row_format=redundant;
      create table c (a int) row_format=dynamic stats_persistent=1 stats_auto_recalc=0 stats_sample_pages=10;
      create table d (a int primary key) page_compressed=1 page_compression_level=3;
      create table e (a int) comment 'it''s \\ "x"\n new ä' avg_row_length=50 checksum=1 max_rows=10 min_rows=2;
      create table f (a int) row_format=compact pack_keys=0 delay_key_write=0; create table g (a int auto_increment primary key) auto_increment=1000;
      create table h (a int) connection='mysql://x'; create table i (a int) transactional=0; create table k (id int) page_checksum=1;
      create table l (id int) `encrypted`=no; create table m (id int, key(id)) key_block_size=4;)");
}

TEST(RoundTrip, PartitionsOfEveryKind) {
  expect_round_trip(
      "create table a (id int, d date) partition by range(year(d)) (partition p0 values less than (2000) comment 'x', partition p1 values less than maxvalue);"
      "create table b (id int) partition by list(id) (partition a values in (1,2), partition b values in (3), partition d default);"
      "create table c (id int primary key) partition by hash(id) partitions 4; create table d (id int primary key) partition by key() partitions 2;"
      "create table e (id int, d date) partition by range(to_days(d)) subpartition by hash(id) subpartitions 2"
      " (partition p0 values less than (700000), partition p1 values less than maxvalue);"
      "create table f (a int, b varchar(10)) partition by range columns(a,b) (partition p0 values less than (5,'it''s'), partition p1 values less than (maxvalue,maxvalue));"
      "create table g (id int) partition by linear hash(id) partitions 3;"
      "create table h (id int, n varchar(20)) partition by list columns(n) (partition p values in ('a','ä;b'), partition q values in ('c'));"
      "create table i (id int, d date) partition by range(to_days(d)) subpartition by key(id)"
      " (partition p0 values less than (700000) (subpartition s0, subpartition s1), partition p1 values less than maxvalue (subpartition s2, subpartition s3));"
      "create table v (id int) with system versioning partition by system_time interval 1 month partitions 3;");
}

TEST(RoundTrip, VersionedTables) {
  expect_round_trip(
      "create table a (id int primary key, b int) with system versioning;"
      "create table b (id int, c int without system versioning, primary key(id)) with system versioning;"
      "create table c (id int, c int with system versioning, d int);"
      "create table d (id int, s timestamp(6) generated always as row start, e timestamp(6) generated always as row end, period for system_time(s,e)) with system versioning;"
      "create table e (id int, s bigint unsigned generated always as row start invisible, e bigint unsigned generated always as row end invisible,"
      " period for system_time(s,e)) with system versioning;"
      "create table f (id int, s timestamp(6) generated always as row start comment 'x', e timestamp(6) generated always as row end, primary key(id),"
      " period for system_time(s,e)) with system versioning partition by system_time (partition p0 history, partition pn current);");
}

TEST(RoundTrip, PeriodsOfTheApplication) {
  expect_round_trip(
      "create table a (id int, s date, e date, period for p(s,e));"
      "create table b (id int, s datetime(6), e datetime(6), v int, period for `my p`(s,e), primary key(id, `my p` without overlaps));"
      "create table c (id int, s date not null, e date not null, period for p(s,e), unique u(id, p without overlaps), key(id));");
}

TEST(RoundTrip, ForeignKeys) {
  expect_round_trip(
      "create table p (a int, b int, c int, primary key(a), unique(b,c), key(c));"
      "create table c1 (id int primary key, a int, b int, c int, constraint one foreign key (a) references p(a) on delete cascade on update set null,"
      " constraint two foreign key (b,c) references p(b,c) on update restrict, constraint three foreign key (c) references p(c));"
      "create table self_ (id int primary key, parent int, constraint fkp foreign key (parent) references self_(id) on delete set null);"
      "create table cy1 (id int primary key, o int); create table cy2 (id int primary key, o int, constraint cy foreign key (o) references cy1(id));"
      "alter table cy1 add constraint cyc foreign key (o) references cy2(id) on update cascade;"
      "create table c3 (id int, a int, key mine(a,id), constraint `odd fk` foreign key (a) references p(a));"
      "create table c4 (a int, constraint fk_x foreign key idxname (a) references p(a));");
}

TEST(RoundTrip, ForeignKeysWithNamesOfTheServer) {
  expect_round_trip("create table p (a int primary key); create table c (a int, foreign key (a) references p(a));"
                    "create table d (a int, constraint c_ibfk_1 foreign key (a) references p(a)) engine=aria;",
                    {{"CONSTRAINT `c_ibfk_1`", "CONSTRAINT `fk_c_a`"}});
}

TEST(RoundTrip, NamesOfAnyKind) {
  expect_round_trip(
      "create table `a``b` (`c``d` int primary key, `two words` int, `select` int, `ä` int, `index` int, `1` int, `$x` int, `a.b` int,"
      " `\"q\"` int, `'s'` int, `{x}` int, `(` int, `key` int, `primary` int, `unique` int, `check` int, `use` int, `was` int, `drop` int,"
      " index `i``x`(`two words`), index `select`(`select`), constraint `c``k` check (`ä` > 0));"
      "create table `select` (id int); create table `#sql-x` (id int); create table `日本` (`名` int); create table `%` (id int);"
      "create table `x y` (id int, f int, constraint `f k` foreign key(f) references `a``b`(`c``d`));"
      "create table aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeeeffffffffffgggg (aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeeeffffffffffgggg int,"
      " key aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeeeffffffffffgggg (aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeeeffffffffffgggg));"
      "create table `true` (`null` int, `false` int, `now` int); create view `v``w` as select `c``d` as `q``r`, `two words` from `a``b`;"
      "create trigger `t``r` before insert on `a``b` for each row set new.`ä` = 1;"
      "create table `schema` (`table` int, `ref` int, `native` int); create table master (`schema` int, `master` int);"
      "create table `x;y` (`a;b` int, `a{table}` int, `//` int, `/*` int, `--` int, `#` int);");
}

TEST(RoundTrip, ViewsWithEverythingInTheirHead) {
  expect_round_trip(
      "create table t (id int primary key, a int, s varchar(20));"
      "create algorithm=merge sql security invoker view v1 as select * from t where a>1 with check option;"
      "create algorithm=temptable view v2 as select a, count(*) c from t group by a;"
      "create view v3 (x,y) as select id, concat(s,'ä😀') from t with local check option;"
      "create definer='someone'@'%' view v4 as select v1.id from v1 join v2 using(a);"
      "create view `v 5` as select id `a b`, (select max(id) from t) m, 'it''s' q, \"dq\" dq from t as `x y` union all select 1,2,3,4 order by 1 limit 5;"
      "create view v0 as select * from v1;"
      "create view vc as with recursive r as (select 1 n union all select n+1 from r where n<5) select * from r;"
      "create view vw as select id, row_number() over (partition by a order by id desc) rn from t;"
      "create view vcast as select cast(s as char(3)) x, cast(a as decimal(10,2)) y, s collate utf8mb4_bin z, convert(s using latin1) w, json_value(s,'$.a') j from t;");
}

TEST(RoundTrip, TriggersWithTheirOrderModeAndDefiner) {
  expect_round_trip(
      "create table t (id int primary key, a int, s varchar(20)); create table l (id int auto_increment primary key, x varchar(100));\n"
      "create trigger b_first before insert on t for each row set new.a = 1;\n"
      "create trigger a_second before insert on t for each row follows b_first set new.a = 2;\n"
      "create trigger z_zero before insert on t for each row precedes b_first set new.a = 0;\n"
      "set sql_mode='ANSI_QUOTES'; create trigger tq after update on t for each row insert into l(x) values ('x'); set sql_mode='';\n"
      "create definer='nobody'@'localhost' trigger td after delete on t for each row insert into l(x) values (\"d;😀\");\n"
      "set sql_mode='NO_BACKSLASH_ESCAPES,STRICT_ALL_TABLES'; create trigger nb after delete on t for each row insert into l(x) values ('\\');\n"
      "create trigger na after delete on t for each row precedes nb set @x = '\\';\n"
      "set sql_mode='';\n"
      "delimiter //\ncreate trigger big after insert on t for each row begin declare v int default 0;\n"
      "  if new.a > 1 then insert into l(x) values (concat('a;b', v)); else begin end; end if;\nend//\ndelimiter ;\n"
      "set sql_mode=default; create trigger slash before update on t for each row set new.s = concat('it\\'s \\\\ \\n', \"q\\\\\");\n"
      "create trigger `odd trig` before delete on t for each row begin end;");
}

}  // namespace
}  // namespace plumb::test
