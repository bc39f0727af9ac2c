// How a description is written down.
#include "language/print.hpp"

#include <gtest/gtest.h>

#include "describe.hpp"
#include "load_text.hpp"

namespace plumb::test {
namespace {

TEST(Print, WritesTheHouseStyle) {
  const std::string text =
      "schema shop version 1.2.0 after 1.1.0\n"
      "\n"
      "option mariadb (charset=utf8mb4, engine=InnoDB)\n"
      "option sqlite (strict, without rowid)\n"
      "\n"
      "/// Where goods come from.\n"
      "master table sources was old_sources {\n"
      "  id       serial\n"
      "  /// Short.\n"
      "  code     varchar(10)\n"
      "  name     varchar(255)?  was title  backfill (code)\n"
      "  kind     enum(\"a\", \"b\") = \"a\"\n"
      "  price    decimal(10,2) = -1.50\n"
      "  total    int as (price * 2) stored\n"
      "  updated  datetime(3) = now on update now\n"
      "\n"
      "  natural key (code)\n"
      "  index by_name (name desc, (lower(code))) where (name is not null) was by_title\n"
      "  fulltext (name)\n"
      "  check (price > 0)\n"
      "}\n"
      "\n"
      "user_table_follows\n";
  const std::string right = text.substr(0, text.find("user_table_follows")) +
                            "table goods {\n"
                            "  id         serial\n"
                            "  source_id  ref(sources)? on delete set null\n"
                            "  parent     ref(goods)? constraint fk_parent\n"
                            "}\n"
                            "\n"
                            "view listing (\n"
                            "  select 1\n"
                            ")\n"
                            "\n"
                            "trigger keep before update on goods (\n"
                            "  sqlite: select 1 | mariadb: set new.id = old.id\n"
                            ")\n"
                            "\n"
                            "drop table gone\n"
                            "drop column goods.lost\n"
                            "\n"
                            "once fill version 1.2.0 after goods {\n"
                            "  up   (update goods set id = 1)\n"
                            "  down (select 1)\n"
                            "}\n"
                            "\n"
                            "assert \"all is well\" (\n"
                            "  select 1\n"
                            ")\n";
  EXPECT_EQ(language::print(described(right)), right);
}

TEST(Print, PutsTablesAfterThoseTheyReferTo) {
  const std::string text =
      language::print(described("table a {\n  id serial\n  c ref(c)\n}\ntable b {\n  id serial\n}\ntable c "
                                "{\n  id serial\n  b ref(b)\n}\n"));
  EXPECT_LT(text.find("table b"), text.find("table c"));
  EXPECT_LT(text.find("table c"), text.find("table a"));
}

TEST(Print, WritesAnEnginesOwnTypesAndWords) {
  Description description;
  Table& table = description.schema.tables["t"];
  table.name = "t";
  Column column;
  column.name = "a";
  column.type = native_type("mediumint(9)");
  column.default_value = Default{DefaultKind::Expression, {}, "0"};
  column.collation = "utf8mb4_bin";
  column.extra = "ON CONFLICT REPLACE";
  table.columns.push_back(column);
  table.primary_key = PrimaryKey{"pk", {IndexPart{"a", {}, {}, true, {}}}, "ON CONFLICT FAIL"};
  Index index;
  index.name = ObjectName("sqlite_autoindex_t_1", true);
  index.kind = IndexKind::Unique;
  index.constraint = true;
  index.parts = {IndexPart{"a", {}, 10, false, "NOCASE"}};
  table.indexes.push_back(index);
  EXPECT_EQ(language::print(description),
            "table t {\n"
            "  a  native(\"mediumint(9)\") = (0) collate utf8mb4_bin extra \"ON CONFLICT REPLACE\"\n"
            "\n"
            "  primary key pk (a desc) extra \"ON CONFLICT FAIL\"\n"
            "  unique constraint (a(10) collate NOCASE)\n"
            "}\n");
}

TEST(Print, WritesADefaultThatDoesNotFitAsSql) {
  Description description;
  Table& table = description.schema.tables["t"];
  table.name = "t";
  Column column;
  column.name = "a";
  column.type.kind = TypeKind::Int;
  column.default_value = Default{DefaultKind::Literal, "it's", {}};
  table.columns.push_back(column);
  const std::string text = language::print(description);
  EXPECT_NE(text.find("int = ('it''s')"), std::string::npos) << text;
  EXPECT_TRUE(loaded(text).description);
}

TEST(Print, NamesWhatIsLeftAlone) {
  Description description;
  description.schema.opaque["s"] = Opaque{"sequence", "s", "it is\nno table", "", ""};
  EXPECT_EQ(language::print(description), "// left alone: sequence s (it is no table)\n");
}

TEST(Print, WritesAKeyThatDoesNotHoldUpAsUnchecked) {
  const std::string text =
      "table t {\n"
      "  id  serial\n"
      "  a   text references nowhere(x) unchecked\n"
      "  b   varchar(20) references t(id) on delete set null unchecked\n"
      "}\n";
  EXPECT_EQ(language::print(described(text)), text);
}

TEST(Print, OfTheExamplesMeansTheSame) {
  for (const char* name : {"shop", "bamort"}) {
    const language::Loaded one =
        language::load(std::vector<std::string>{std::string(PLUMB_SOURCE_DIR) + "/schema/" + name});
    ASSERT_TRUE(one.description) << shown(one);
    const std::string text = language::print(*one.description);
    EXPECT_EQ(meaning_of(described(text)), meaning_of(*one.description));
    EXPECT_EQ(language::print(described(text)), text);
  }
}

}  // namespace
}  // namespace plumb::test
