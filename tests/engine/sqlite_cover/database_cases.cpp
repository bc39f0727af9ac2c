#include "engine/sqlite_cover/database_cases.hpp"

namespace plumb::test {

const std::vector<DatabaseCase>& database_cases() {
  static const std::vector<DatabaseCase> cases = {
      {"StrictTypes",
       R"sql(create table t(id integer primary key, a int not null, b text, c blob, d real, e any, f integer) strict;
insert into t values(1,2,'x',x'00ff',1.5,'any',3),(2,3,null,null,null,7,null);)sql"},
      {"WithoutRowid",
       R"sql(create table t(a text, b int, c, primary key(a,b)) without rowid;
insert into t values('x',1,2),('y',2,null);)sql"},
      {"StrictWithoutRowid",
       R"sql(create table t(a text primary key, b int) strict, without rowid;
insert into t values('x',1);)sql"},
      {"AutoincrementMark",
       R"sql(create table t(id integer primary key autoincrement, a);
insert into t(a) values(1),(2),(3);
delete from t where id=3;
create table u(id integer primary key autoincrement, a);)sql"},
      {"IndexesThatAreTwins",
       R"sql(create table t(a,b);
create index first_of_a on t(a);
create index idx_t_a on t(a);
create unique index uq_t_b on t(b);
create unique index another on t(b);)sql"},
      {"RowidsOfAKeylessTable",
       R"sql(create table t(a,b);
insert into t(rowid,a,b) values(5,'x','y'),(9,'z',null),(-3,1,2);
create index i on t(a);)sql"},
      {"RowidsBesideATextKey",
       R"sql(create table t(a text primary key,b);
insert into t(rowid,a,b) values(5,'x','y'),(9,'z',null),(-3,null,2),(11,null,3);)sql"},
      {"ColumnsCalledRowidAndOid",
       R"sql(create table t(rowid text, oid int, b);
insert into t(_rowid_,rowid,oid,b) values(50,'x',1,2);)sql"},
      {"AllRowidNamesTaken",
       R"sql(create table t(rowid text, oid int, _rowid_ int, b);
insert into t values('x',1,2,3);)sql"},
      {"IntegerPrimaryKeyDescIsNoRowid",
       R"sql(create table t(id integer primary key desc, a);
insert into t values(5,'x'),(null,'y'),('abc','z');)sql"},
      {"TableKeyDescIsTheRowid",
       R"sql(create table t(id integer, a, primary key(id desc));
insert into t values(5,'x'),(null,'y');)sql"},
      {"IntPrimaryKey",
       R"sql(create table t(id int primary key, a);
insert into t values(5,'x'),(null,'y'),(null,'yy');)sql"},
      {"NamesOfColumnConstraints",
       R"sql(create table t(id integer constraint pk primary key, a constraint nn not null constraint ck check(a>0) constraint uq unique constraint fk references t(id) constraint df default 5 constraint co collate nocase);
insert into t values(5,5);)sql"},
      {"NamesOfTableConstraints",
       R"sql(create table t(a,b,c, constraint pk primary key(a,b), constraint uq unique(c), constraint ck check(c>0), constraint fk foreign key(c) references t(c));)sql"},
      {"PartialAndExpressionIndexes",
       R"sql(create table t(a text collate nocase,b,c);
create index i1 on t(a) where b>0;
create unique index i2 on t(lower(a), b desc);
create index i3 on t(a collate binary desc, b collate rtrim);
create index i4 on t(c) where c is not null and b like 'x%';
create index i5 on t(a||b collate nocase desc);
insert into t values('A',1,2);)sql"},
      {"CollatedKey",
       R"sql(create table t(a text collate nocase primary key, b, unique(b collate rtrim));
insert into t values('A','x'),('b','y');)sql"},
      {"CollationsOfKeyParts",
       R"sql(create table t(a text collate nocase, b text, primary key(a collate binary, b collate nocase desc)) without rowid;
insert into t values('A','x'),('a','y');)sql"},
      {"ConflictClauses",
       R"sql(create table t(id integer primary key on conflict replace, a not null on conflict ignore default 7, b unique on conflict rollback, c check(c>0) , d, unique(c,d) on conflict fail);
insert into t values(1,2,3,4,5);)sql"},
      {"ConflictOfAnAutomaticKey",
       R"sql(create table t(id integer not null on conflict replace primary key on conflict ignore autoincrement, a not null on conflict replace default 'x', primary_ int);
insert into t values(1,'x',3);)sql"},
      {"ConflictOfTableKeys",
       R"sql(create table t(a,b, primary key(a,b) on conflict replace, check(a>0) on conflict ignore);
insert into t values(1,'x');)sql"},
      {"DeclaredTypes",
       R"sql(create table t(a VARCHAR(10, 2), b UNSIGNED BIG INT, c, d DOUBLE PRECISION, e [my type], f "a b"(3), g NATIVE CHARACTER(70), h Integer, i INT8, j numeric(+3,-2), k datetime, l bool, m 'quoted', n blob, o FLOATING POINT, p json, q decimal(10,5), r char(3), s TEXT(30), t STRING, u varchar, v int(11), w tinyint(1), x timestamp, y date, z uuid);
insert into t values('12',12,x'00','1.5','5','6',7,8,9,'10',11,1,'m',x'',1,2,3,4,5,6,7,8,9,10,11,12);)sql"},
      {"GeneratedColumns",
       R"sql(create table t(a int, b int generated always as (a*2) virtual, c text as (a||'x') stored not null unique, d as (b+1), e text generated always as (upper(c)) stored check(length(e)<100));
create index i on t(b);
insert into t(a) values(1),(2);)sql"},
      {"GeneratedForeignKey",
       R"sql(create table p(id integer primary key);
create table t(a int, b int as (a) references p(id));
insert into p values(1);
insert into t values(1);)sql"},
      {"Defaults",
       R"sql(create table t(a default (1+2), b default current_timestamp, c default 'it''s', d default -5, e default +7, f default 1e3, g default x'0102', h default "dq", i default abc, j default null, k default (null), l default true, m default (datetime('now')), n default CURRENT_DATE, o default (random() % 5), p default 0x1F, q default '', r default .5, s default 5., t default (('x')), u default -0x10, v text default 5, w int default '7', x default 9223372036854775808, y default -9223372036854775808, z default ( /* c */ 1));
insert into t(a) values(1);)sql"},
      {"ForeignKeyClauses",
       R"sql(create table p(id integer primary key, u unique, a, b, unique(a,b));
create table c(x references p, y references p(u) on delete set null on update cascade match full deferrable initially deferred, z int references p(id) on delete restrict on update no action not deferrable initially immediate, a, b, foreign key(a,b) references p(a,b) on delete cascade on update set default deferrable initially immediate, foreign key(b,a) references p(b,a) match simple on update restrict);
insert into p values(1,2,3,4);
insert into c values(1,2,1,3,4);)sql"},
      {"SelfReferences",
       R"sql(create table t(id integer primary key, p references t, q references t(id) on delete cascade, r int constraint selfy references t on update cascade);
insert into t values(1,null,null,1),(2,1,1,1),(3,2,1,null);)sql"},
      {"ForeignKeyCycle",
       R"sql(create table a(id integer primary key, b references b(id) deferrable initially deferred);
create table b(id integer primary key, a references a(id) on delete cascade);
begin;
insert into a values(1,1);
insert into b values(1,1);
commit;)sql"},
      {"ForeignKeysToWhatIsMissing",
       R"sql(create table c(x references nowhere, y references gone(id) on delete cascade, z references c2(zz));
create table c2(a);
insert into c values(null,null,null);)sql"},
      {"Orphans",
       R"sql(create table p(id integer primary key);
create table c(x references p);
insert into c values(5);)sql"},
      {"ForeignKeyToAUniqueIndex",
       R"sql(create table p(id integer primary key, a, b);
create unique index pu on p(a,b);
create table c(a,b, foreign key(a,b) references p(a,b));
insert into p values(1,2,3);
insert into c values(2,3);)sql"},
      {"ManyChecks",
       R"sql(create table t(a check(a>0) check(a<10) constraint n check(a<>5), b, check(a<b), constraint m check(b<100), check(b!=7), check (a<b));
insert into t values(1,2);)sql"},
      {"FullTextWithContent",
       R"sql(create virtual table f using fts5(title, body, content='docs', content_rowid='id');
create table docs(id integer primary key, title, body);
create trigger ai after insert on docs begin insert into f(rowid,title,body) values(new.id,new.title,new.body); end;
insert into docs(title,body) values('hello','world');)sql"},
      {"FullTextWithView",
       R"sql(create virtual table f using fts5(title, body);
insert into f values('a','b');
create table t(a);
insert into t values(1);
create view v as select title from f;)sql"},
      {"FullText4",
       R"sql(create virtual table f using fts4(title, body);
insert into f values('a','b');
create table t(a);)sql"},
      {"RTree",
       R"sql(create virtual table r using rtree(id, minx, maxx);
insert into r values(1,0,1);
create table t(a);)sql"},
      {"ViewsOverViews",
       R"sql(create table t(a,b);
create view v1 as select a,b from t;
create view v2(x,y) as select a, b from v1 where a>0;
create view v3 as with w as (select x from v2) select * from w -- end
;
create view v0 as select * from v2;
insert into t values(1,2);)sql"},
      {"EveryKindOfTrigger",
       R"sql(create table t(a,b);
create table log(x);
create view v as select a from t;
create trigger t1 before insert on t begin select 1; end;
create trigger t2 after update of a,b on t when new.a>old.a begin insert into log(x) values(new.a); update t set b=1 where a=new.a; end;
create trigger t3 delete on t for each row begin delete from log where x=old.a; end;
create trigger t4 instead of insert on v begin insert into t(a) values(new.a); end;
create trigger t5 instead of update of a on v begin update t set a=new.a where a=old.a; end;
create trigger t6 instead of delete on v begin select raise(abort,'no'); end;
create trigger t7 after insert on log begin insert into t(a) select max(a) from t; end;
insert into t values(1,2);)sql"},
      {"OddNames",
       R"sql(create table "a b"("c d" int, "e""f" text, [g h] int, `i``j` int, 'k l' int, "select" int, "ünï" int, "😀" int, unique("c d","e""f"), check("c d">0), foreign key([g h]) references "a b"("c d"));
create index "i x" on "a b"("c d");
create view "v w" as select "c d" from "a b";
create trigger "t r" after insert on "a b" begin select 1; end;
insert into "a b" values(1,2,null,4,5,6,7,8);
create table "order"("table" int, "index" int);
create table "x.y"("a.b" int);
create table "1"("2" int);
create table "it's"(a int primary key);
insert into "it's" values(5);
create table "back`tick"(a);)sql"},
      {"AutomaticTableWithAQuote",
       R"sql(create table "it's"(id integer primary key autoincrement, a);
insert into "it's"(a) values(1),(2);
delete from "it's" where id=2;)sql"},
      {"NamesInOtherCases",
       R"sql(create table Foo(Id INTEGER PRIMARY KEY, NaMe text);
create table bar(x references FOO(ID));
create index Ix on FOO(NAME);
create view V as select ID from foo;
create trigger Tr after insert on FOO begin update fOO set name=1; end;
insert into foo values(1,'x');)sql"},
      {"Comments",
       R"sql(create table t( -- the table
  a int, -- first
  /* before b */ b int /* inside b */ not null, -- second
  -- lone
  c text default 'x -- no', -- third
  check (a > 0 /* in check */), -- ck
  unique(b) /* uq */
) /* tail */ -- end
;
insert into t values(1,2,'c');)sql"},
      {"CreatedFromASelect",
       R"sql(create table s(a int, b varchar(5), c real, d blob);
insert into s values(1,'x',1.5,x'01');
create table t as select a, b, c, d, a+1 as e, cast(a as text) f from s;)sql"},
      {"Analyzed",
       R"sql(create table t(a,b);
create index i on t(a);
insert into t values(1,2),(3,4);
analyze;)sql"},
      {"WriteAheadLog",
       R"sql(pragma journal_mode=wal;
create table t(a);
insert into t values(1);)sql"},
      {"SettingsOfTheFile",
       R"sql(pragma page_size=8192;
pragma auto_vacuum=incremental;
pragma user_version=77;
pragma application_id=12345;
create table t(a);
insert into t values(1);)sql"},
      {"Utf16",
       R"sql(pragma encoding='UTF-16be';
create table tä(a text default 'ö');
insert into tä values('grüße 😀');)sql"},
      {"ValuesOfOtherTypes",
       R"sql(create table t(a int, b real, c text, d numeric, e boolean, f blob, g varchar(3));
insert into t values('abc','x',5,'1e5',' 2',7,'toolong'),(1.5,'2',x'00',x'3132',1,'t',9);)sql"},
      {"HugeValues",
       R"sql(create table t(id integer primary key, b blob, c text);
insert into t values(1,zeroblob(300000),'x'),(2,x'00','a'||char(0)||'b'),(3,randomblob(1000),cast(x'fffe80' as text));)sql"},
      {"NullsInKeys",
       R"sql(create table t(a text primary key, b);
insert into t values(null,1),(null,2),('x',3);
create table u(a,b,primary key(a,b));
insert into u values(null,1),(null,1);)sql"},
      {"GeneratedUnique",
       R"sql(create table t(a, b as (a) unique, c as (a) stored, primary key(a));
insert into t values(1);)sql"},
      {"QuotedKeywordsAsTypes",
       R"sql(create table t(a "primary", b 'check', c [not null], d text text);
insert into t values(1,2,3,4);)sql"},
      {"KeySaidTwice",
       R"sql(create table t(a,b,unique(a),unique(a),primary key(a));)sql"},
      {"StringsInDoubleQuotes",
       R"sql(create table t(a check(a <> "zz"), b default "x");
create index i on t(a) where a <> "foo";
insert into t values('y','z');
create view v as select "lit" as l from t;)sql"},
      {"BrokenView",
       R"sql(create table t(a);
create view v as select nosuch from t;
insert into t values(1);)sql"},
      {"ViewOverNothing",
       R"sql(create table t(a);
create view v as select * from gone;
insert into t values(1);)sql"},
      {"TriggerIntoNothing",
       R"sql(create table t(a);
create trigger tr after insert on t begin insert into gone values(1); end;)sql"},
      {"RecursiveView",
       R"sql(create table t(a);
create view v as with recursive n(i) as (select 1 union all select i+1 from n where i<5) select i from n;
insert into t values(1);)sql"},
      {"ChecksThatLookLikeTypes",
       R"sql(create table t(a text check(json_valid(a)), b text check (b in ('x','y')), c text check(c in ('x')) check (length(c)>0));
insert into t values('{}','x','x');)sql"},
      {"PartialUnique",
       R"sql(create table t(a,b);
create unique index u on t(a) where b is null;
insert into t values(1,null),(1,2),(1,3);)sql"},
      {"GeneratedFromLaterColumns",
       R"sql(create table t(a int, b int as (c+1) stored, c int as (a+1));
insert into t values(1);)sql"},
      {"NamesOfConstraintsTwice",
       R"sql(create table o(id integer primary key);
create table w(id integer primary key, a int constraint c check(a>0) constraint f references o(id), b int constraint c check(b>0) constraint f references o(id),
  constraint u unique(a), constraint u unique(b), constraint C check(a>b));
insert into o values(3); insert into w values(1,3,null);)sql"},
      {"ColumnTwiceInAnIndex",
       R"sql(create table t(a);
create index i on t(a, a+1, a desc);
insert into t values(1);)sql"},
      {"AutomaticParentAndChild",
       R"sql(create table p(id integer primary key autoincrement, n);
create table c(id integer primary key autoincrement, p integer not null references p(id) on delete cascade);
insert into p values(7,'x');
insert into c values(3,7);)sql"},
      {"NotNullKeys",
       R"sql(create table t(id integer not null primary key, a);
create table u(id integer primary key not null, a);
create table v(id text not null primary key);)sql"},
      {"NullClauses",
       R"sql(create table t(a int null, b text null default null, c null);)sql"},
      {"TriggerNamedLikeItsTable",
       R"sql(create table t(a);
create trigger t after insert on t begin select 1; end;)sql"},
      {"AlteredTexts",
       R"sql(create table t(a,b,c);
alter table t drop column b;
alter table t add column d int default 5;
insert into t values(1,2,3);)sql"},
      {"DefaultsOfOldRows",
       R"sql(create table t(a);
insert into t values(1);
alter table t add column b default 5;
insert into t values(2,6);)sql"},
      {"RepeatedKeyParts",
       R"sql(create table t(a,b,unique(a,a),primary key(b,b));
create index i on t(a,a,b,a);
create index j on t(a+1,a+1,a);
insert into t values(1,2);)sql"},
      {"RepeatedKeyPartsWithoutRowid",
       R"sql(create table t(a,b,primary key(a,b,a)) without rowid;
insert into t values(1,2);)sql"},
      {"RepeatedConstraints",
       R"sql(create table t(a unique unique, b, unique(a), constraint n unique(a), unique(b,a), unique(a,b), unique(b,a) on conflict replace);)sql"},
      {"RepeatedForeignKeys",
       R"sql(create table p(id integer primary key);
create table c(x references p references p, y references p on delete cascade references p(id) on delete cascade);
insert into p values(1);
insert into c values(1,1);
create view v as select x from c;)sql"},
  };
  return cases;
}

}  // namespace plumb::test
