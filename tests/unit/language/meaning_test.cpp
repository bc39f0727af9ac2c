// What is written and what it means.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "language/load.hpp"
#include "load_text.hpp"
#include "support/error.hpp"
#include "support/file.hpp"

namespace plumb::test {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::vector<std::string> index_names(const Table& table) {
  std::vector<std::string> names;
  for (const Index& index : table.indexes) names.push_back(index.name.text);
  return names;
}

TEST(Names, AreMadeOfTheTableAndTheColumns) {
  const Table table = table_of(
      "id serial\na int\nb int check (b > 0) check (b < 9)\np ref(t)?\nindex (a, b desc)\nunique (a)\n"
      "check (a > 0)\ncheck named (a > 1)\ncheck (a > 2)");
  EXPECT_THAT(index_names(table), ElementsAre("idx_t_a_b", "uq_t_a"));
  EXPECT_TRUE(table.indexes.front().name.generated);
  EXPECT_EQ(table.columns.at(2).checks.at(0).name.text, "ck_t_b");
  EXPECT_EQ(table.columns.at(2).checks.at(1).name.text, "ck_t_b_2");
  EXPECT_EQ(table.checks.at(0).name.text, "ck_t_1");
  EXPECT_EQ(table.checks.at(1).name.text, "named");
  EXPECT_FALSE(table.checks.at(1).name.generated);
  EXPECT_EQ(table.checks.at(2).name.text, "ck_t_2");
}

TEST(Names, OfTwoUnlikeIndexesOnTheSameColumnsGetANumber) {
  const Table table = table_of("a int\nb int\nindex (a)\nindex (a desc)\nindex (a) where (b > 0)");
  EXPECT_THAT(index_names(table), ElementsAre("idx_t_a", "idx_t_a_2", "idx_t_a_3"));
  EXPECT_THAT(codes_of("table t {\n  a int\n  index (a)\n  index (a)\n}\n"), ElementsAre("duplicate-name"));
}

TEST(Names, OfAnExpressionIndexDoNotDependOnItsPlace) {
  const Table one = table_of("a text\nindex ((lower(a)))");
  const Table two = table_of("a text\nindex (a)\nindex ((lower(a)))");
  EXPECT_EQ(one.indexes.front().name.text, two.indexes.back().name.text);
  EXPECT_TRUE(one.indexes.front().name.text.starts_with("idx_t_expr_"));
  EXPECT_EQ(one.indexes.front().parts.front().expression->common, "lower(a)");
}

TEST(Serial, IsAnAutomaticPrimaryKey) {
  const Table table = table_of("id serial\na int");
  EXPECT_EQ(table.columns.front().type.kind, TypeKind::Serial);
  EXPECT_TRUE(table.columns.front().auto_increment);
  EXPECT_FALSE(table.columns.front().nullable);
  ASSERT_TRUE(table.primary_key);
  EXPECT_EQ(table.primary_key->parts.front().column, "id");
}

TEST(Refs, HaveTheTypeOfTheKeyThatTheyReferTo) {
  const Description description = described(
      "table b {\n  code ref(c)\n  n ref(a)?\n  primary key (code)\n}\n"  // forward
      "table a {\n  id serial\n  me ref(a)?\n  back ref(b)?\n}\n"  // to itself, and in a circle of tables
      "table c {\n  code varchar(20) collate NOCASE charset utf8mb4\n  primary key (code)\n}\n");
  const Table& a = description.schema.tables.at("a");
  const Table& b = description.schema.tables.at("b");
  EXPECT_EQ(b.find_column("n")->type.kind, TypeKind::SerialRef);
  EXPECT_EQ(b.find_column("code")->type.kind, TypeKind::Varchar);
  EXPECT_EQ(*b.find_column("code")->type.length, 20U);
  EXPECT_EQ(b.find_column("code")->collation, "NOCASE");
  EXPECT_EQ(a.find_column("back")->type.kind, TypeKind::Varchar);  // through b.code to c.code
  EXPECT_EQ(a.find_column("back")->charset, "utf8mb4");
  EXPECT_EQ(a.find_column("me")->type.kind, TypeKind::SerialRef);
  EXPECT_TRUE(description.tables.at("a").columns.at("me").is_ref);
  ASSERT_EQ(a.foreign_keys.size(), 2U);
  EXPECT_EQ(a.foreign_keys.at(0).table, "a");
  EXPECT_EQ(a.foreign_keys.at(0).referenced, std::vector<std::string>{"id"});
  EXPECT_EQ(a.foreign_keys.at(1).referenced, std::vector<std::string>{"code"});
  EXPECT_EQ(a.foreign_keys.at(1).name.text, "fk_a_back");
}

TEST(Refs, InALongChainNeedNoStack) {
  std::string text = "table t0 {\n  id int\n  primary key (id)\n}\n";
  for (int i = 1; i < 20'000; ++i) {
    text += "table t" + std::to_string(i) + " {\n  id ref(t" + std::to_string(i - 1) +
            ")\n  primary key (id)\n}\n";
  }
  const Description description = described(text);
  EXPECT_EQ(description.schema.tables.at("t19999").columns.front().type.kind, TypeKind::Int);
}

TEST(References, ToNoColumnsMeanThePrimaryKey) {
  const Description description = described(
      "table p {\n  a int\n  b int\n  primary key (a, b)\n}\n"
      "table c {\n  x int\n  y int\n  foreign key (x, y) references P\n  foreign key far (x) references "
      "other.p(q)\n}\n");
  const Table& table = description.schema.tables.at("c");
  EXPECT_THAT(table.foreign_keys.at(0).referenced, ElementsAre("a", "b"));
  EXPECT_EQ(table.foreign_keys.at(0).table, "p");  // as it is declared
  EXPECT_EQ(table.foreign_keys.at(1).database, "other");
  EXPECT_THAT(table.foreign_keys.at(1).referenced, ElementsAre("q"));
}

TEST(References, MayBeNamedDeferredAndUnchecked) {
  const Table table = table_of(
      "id serial\na ref(t)? constraint my_key on delete set null deferrable initially deferred match full\n"
      "b text references nowhere(x) on update set null unchecked\nforeign key (b) references t(id) extra "
      "\"ODD\" unchecked");
  EXPECT_EQ(table.foreign_keys.at(0).name.text, "my_key");
  EXPECT_FALSE(table.foreign_keys.at(0).name.generated);
  EXPECT_EQ(table.foreign_keys.at(0).extra, "MATCH FULL DEFERRABLE INITIALLY DEFERRED");
  EXPECT_EQ(table.foreign_keys.at(1).table, "nowhere");
  EXPECT_EQ(table.foreign_keys.at(2).extra, "ODD");
}

TEST(NaturalKeys, ImplyAUniqueIndexWhereThereIsNone) {
  const Description one = described("table t {\n  a int\n  index (a)\n  natural key (A)\n  b int\n}\n");
  const Table& table = one.schema.tables.at("t");
  EXPECT_THAT(one.tables.at("t").natural_key, ElementsAre("a"));
  EXPECT_THAT(index_names(table), ElementsAre("idx_t_a", "uq_t_a"));
  EXPECT_EQ(table.indexes.at(1).kind, IndexKind::Unique);
  EXPECT_TRUE(table.indexes.at(1).name.generated);
  EXPECT_THAT(index_names(table_of("a int\nb int\nnatural key (a, b)\nunique pair (b, a)")),
              ElementsAre("pair"));
  EXPECT_THAT(index_names(table_of("a int\nnatural key (a)\nprimary key (a)")), IsEmpty());
  EXPECT_THAT(index_names(table_of("a int\nnatural key (a)\nunique some (a) where (a > 0)")),
              ElementsAre("uq_t_a", "some"));
}

TEST(Mixins, StandWhereTheyAreUsed) {
  const Description description = described(
      "mixin outer {\n  use inner\n  c text = \"{table}\"\n}\n"
      "table t {\n  a int\n  use outer\n  d int\n}\n"
      "mixin inner {\n  b int  was {table}_b\n  index {table}_by_b (b)\n  check (b <> '{table}')\n}\n"
      "table u {\n  use inner\n  check (b <> '{table}')\n}\n");
  const Table& t = description.schema.tables.at("t");
  ASSERT_EQ(t.columns.size(), 4U);
  EXPECT_EQ(t.columns.at(1).name, "b");
  EXPECT_EQ(t.columns.at(2).name, "c");
  EXPECT_EQ(t.columns.at(2).default_value->text, "{table}");  // names and SQL only
  EXPECT_EQ(t.indexes.front().name.text, "t_by_b");
  EXPECT_EQ(t.checks.front().expression.common, "b <> 't'");
  EXPECT_THAT(description.tables.at("t").columns.at("b").was, ElementsAre("t_b"));
  const Table& u = description.schema.tables.at("u");
  EXPECT_EQ(u.indexes.front().name.text, "u_by_b");
  EXPECT_EQ(u.checks.at(1).expression.common, "b <> '{table}'");
}

TEST(Mixins, ThatHoldEachOtherManyTimesAreStillReadAtOnce) {
  std::string text = "mixin m0 {\n  a int\n}\n";
  for (int i = 1; i < 64; ++i) {
    const std::string before = std::to_string(i - 1);
    text += "mixin m" + std::to_string(i) + " {\n  use m" + before + "\n  use m" + before + "\n}\n";
  }
  EXPECT_FALSE(loaded(text + "table t {\n  use m63\n}\n").description);
}

TEST(Tables, HaveAClassHintsAndOptions) {
  const Description description = described(
      "option mariadb (engine=InnoDB, charset=utf8mb4)\noption sqlite (Strict, without rowid)\n"
      "master table a was b, c {\n  id serial\n  option mariadb (row_format=\"COMPRESSED x\", "
      "stats_sample_pages=20)\n"
      "  extra \"PARTITION BY KEY()\"\n  keep undeclared indexes\n}\nsystem table s {\n  id serial\n}\ntable "
      "u {\n  id serial\n}\n");
  EXPECT_EQ(description.schema.options.at("mariadb").at("engine"), "InnoDB");
  EXPECT_EQ(description.schema.options.at("sqlite").at("strict"), "");
  EXPECT_TRUE(description.schema.options.at("sqlite").contains("without rowid"));
  EXPECT_EQ(description.tables.at("a").row_class, RowClass::Master);
  EXPECT_EQ(description.tables.at("s").row_class, RowClass::System);
  EXPECT_EQ(description.tables.at("u").row_class, RowClass::User);
  EXPECT_THAT(description.tables.at("a").was, ElementsAre("b", "c"));
  EXPECT_TRUE(description.tables.at("a").keep_undeclared_indexes);
  EXPECT_EQ(description.schema.tables.at("a").options.at("mariadb").at("row_format"), "COMPRESSED x");
  EXPECT_EQ(description.schema.tables.at("a").options.at("mariadb").at("stats_sample_pages"), "20");
  EXPECT_EQ(description.schema.tables.at("a").extra, "PARTITION BY KEY()");
}

TEST(Columns, TakeEveryClause) {
  const Table table = table_of(
      "id bigint unsigned auto primary key\n"
      "a varchar(20)? = \"x\" unique invisible charset utf8mb4 collate utf8mb4_bin extra \"ON CONFLICT "
      "REPLACE\"\n"
      "b datetime(3) = now on update now\nc int as (1 + 1)\nd int as (2) stored check pos (d > 0)\n"
      "e native(sqlite: \"NUMERIC\", mariadb: \"point\")?\nf native(\"mediumint(9)\")\ng json?\nh bool = "
      "true\ni int? = null");
  EXPECT_TRUE(table.columns.at(0).auto_increment);
  EXPECT_TRUE(table.columns.at(0).type.is_unsigned);
  EXPECT_EQ(table.primary_key->parts.front().column, "id");
  EXPECT_TRUE(table.columns.at(1).invisible);
  EXPECT_EQ(table.columns.at(1).collation, "utf8mb4_bin");
  EXPECT_EQ(table.columns.at(1).extra, "ON CONFLICT REPLACE");
  EXPECT_THAT(index_names(table), ElementsAre("uq_t_a"));
  EXPECT_EQ(table.columns.at(2).default_value->kind, DefaultKind::Now);
  EXPECT_TRUE(table.columns.at(2).on_update_now);
  EXPECT_FALSE(table.columns.at(3).generated->stored);
  EXPECT_TRUE(table.columns.at(4).generated->stored);
  EXPECT_EQ(table.columns.at(5).type.native.text_for("mariadb"), "point");
  EXPECT_EQ(table.columns.at(6).type.native.text_for("sqlite"), "mediumint(9)");
  EXPECT_EQ(table.columns.at(8).default_value->kind, DefaultKind::Bool);
  EXPECT_EQ(table.columns.at(9).default_value->kind, DefaultKind::Null);
}

TEST(Items, KeepWhatTheySay) {
  const Description description = described(
      "schema shop version 1.2.3 after 1.2.0\ntable t {\n  id serial\n  name text?\n}\n"
      "view v was w columns (a, b) header \"ALGORITHM=MERGE\" (select 1, 2)\n"
      "trigger g before update of (NAME) on t when (1) (sqlite: select 1; | mariadb: set new.name = 'x')\n"
      "trigger elsewhere instead of insert on v (select 1)\n"
      "optional once fill version 1.2.3 after t {\n  up (update t set name = 'a')\n  down (select 1)\n}\n"
      "assert \"none is empty\" (select count(*) = 0 from t)\n"
      "drop table gone, lost\ndrop column t.old\ndrop index t.idx\ndrop view vv\ndrop trigger gg\n"
      "seed t {\n  { id = 1, name = \"x\" }\n  { name = null }, { name = env(\"NAME\") },\n}\n");
  EXPECT_EQ(description.name, "shop");
  EXPECT_EQ(description.version, "1.2.3");
  EXPECT_EQ(description.after, "1.2.0");
  EXPECT_THAT(description.view_was.at("v"), ElementsAre("w"));
  EXPECT_THAT(description.schema.views.at("v").columns, ElementsAre("a", "b"));
  EXPECT_EQ(description.schema.views.at("v").header, "ALGORITHM=MERGE");
  const Trigger& trigger = description.schema.triggers.at("g");
  EXPECT_THAT(trigger.update_of, ElementsAre("name"));
  EXPECT_EQ(trigger.body.text_for("sqlite"), "select 1;");
  EXPECT_EQ(trigger.body.text_for("mariadb"), "set new.name = 'x'");
  EXPECT_EQ(description.schema.triggers.at("elsewhere").timing, TriggerTiming::InsteadOf);
  EXPECT_TRUE(description.once_steps.front().optional);
  EXPECT_THAT(description.once_steps.front().after, ElementsAre("t"));
  EXPECT_EQ(description.assertions.front().text, "none is empty");
  ASSERT_EQ(description.drops.size(), 6U);
  EXPECT_EQ(description.drops.at(2).table, "t");
  EXPECT_EQ(description.drops.at(2).name, "old");
  ASSERT_EQ(description.seeds.front().rows.size(), 3U);
  EXPECT_EQ(description.seeds.front().rows.at(2).values.front().second.kind, SeedValue::Kind::Environment);
  EXPECT_EQ(description.seeds.front().rows.at(2).values.front().second.text, "NAME");
}

TEST(Packages, HoldDeclarations) {
  const Description description = described(
      "package setup {\n  table a { id serial }\n}\npackage core after setup {\n  table b { id serial }\n"
      "  view v (select 1)\n  assert \"x\" (select 1)\n}\npackage setup {\n  table c { id serial }\n}\ntable "
      "d { id serial }\n");
  EXPECT_EQ(description.tables.at("a").package, "setup");
  EXPECT_EQ(description.tables.at("b").package, "core");
  EXPECT_EQ(description.tables.at("c").package, "setup");
  EXPECT_EQ(description.tables.at("d").package, "");
  EXPECT_EQ(description.view_places.at("v").package, "core");
  EXPECT_EQ(description.assertions.front().package, "core");
  EXPECT_THAT(description.packages.at("core"), ElementsAre("setup"));
}

TEST(Origins, AreTheDeclaringLines) {
  const Description description = described(
      "mixin m {\n  x int\n}\n\ntable t {\n  a int\n  use m\n  b int\n}\ndrop table gone\nassert \"x\" (\n  "
      "select 1\n)\n"
      "view v (select 1)\n\nonce o {\n  up (select 1)\n}\nseed t {\n  { a = 1, x = 1, b = 2 }\n}\n");
  const TableIntent& intent = description.tables.at("t");
  EXPECT_EQ(intent.origin.to_string(), "text.plumb:5");
  EXPECT_EQ(intent.columns.at("a").origin.line, 6U);
  EXPECT_EQ(intent.columns.at("x").origin.line, 2U);
  EXPECT_EQ(intent.columns.at("b").origin.line, 8U);
  EXPECT_EQ(description.drops.front().origin.line, 10U);
  EXPECT_EQ(description.assertions.front().origin.line, 11U);
  EXPECT_EQ(description.view_places.at("v").origin.line, 14U);
  EXPECT_EQ(description.once_steps.front().origin.line, 16U);
  EXPECT_EQ(description.seeds.front().rows.front().origin.line, 20U);
}

TEST(Fingerprint, DependsOnTheTextsAloneAndNotOnTheirPaths) {
  const auto of = [](std::vector<SourceText> sources) {
    return language::load(std::move(sources)).description->fingerprint;
  };
  const std::string a =
      of({SourceText("a.plumb", "table a { id serial }\n"), SourceText("b.plumb", "// b\n")});
  EXPECT_EQ(a.size(), 64U);
  EXPECT_EQ(a, of({SourceText("/other/x.plumb", "table a { id serial }\n"), SourceText("y", "// b\n")}));
  EXPECT_NE(a, of({SourceText("a.plumb", "table a { id serial }\n// b\n")}));
  EXPECT_NE(a, of({SourceText("a.plumb", "table a { id serial }"), SourceText("b.plumb", "\n// b\n")}));
}

TEST(Files, OfAFolderAreOneDescriptionInPathOrder) {
  const std::string folder = testing::TempDir() + "plumb_language_load";
  make_folders(folder + "/sub");
  write_file(folder + "/b.plumb", "table b {\n  a ref(a)\n}\n");
  write_file(folder + "/sub/a.plumb", "table a {\n  id serial\n}\n");
  write_file(folder + "/notes.txt", "not a description");
  const language::Loaded one = language::load(std::vector<std::string>{folder});
  ASSERT_TRUE(one.description) << shown(one);
  EXPECT_EQ(one.sources.size(), 2U);
  EXPECT_EQ(one.description->tables.at("a").origin.file, folder + "/sub/a.plumb");
  EXPECT_THROW(language::load(std::vector<std::string>{folder + "/none.plumb"}), FileError);
  make_folders(folder + "/empty");
  EXPECT_THROW(language::load(std::vector<std::string>{folder + "/empty"}), FileError);
}

}  // namespace
}  // namespace plumb::test
