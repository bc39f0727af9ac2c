#include "data/master_tables.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

#include "language/load.hpp"
#include "support/text.hpp"

namespace plumb::data {
namespace {

Description described(const std::string& text) {
  std::vector<SourceText> sources;
  sources.emplace_back("test.plumb", "schema test version 1.0.0\n" + text);
  language::Loaded loaded = language::load(std::move(sources));
  if (!loaded.description) throw std::runtime_error(render(loaded.diagnostics, loaded.sources, false));
  return std::move(*loaded.description);
}

std::string errors_of(const Description& description) {
  std::vector<std::string> texts;
  for (const auto& error : master_tables(description).errors) texts.push_back(error.text);
  return join(texts, "\n");
}

std::vector<std::string> columns_of(const MasterTables& tables, const std::string& table) {
  std::vector<std::string> names;
  for (const auto& column : tables.tables.at(tables.find(table).value()).columns)
    names.push_back(column.name);
  return names;
}

TEST(MasterTables, AreTheTablesDeclaredMasterAndNoOthers) {
  const auto tables =
      master_tables(described("master table a {\n id serial\n code varchar(5)\n natural key (code)\n}\n"
                              "table b {\n id serial\n}\nsystem table c {\n id serial\n}\n"));
  ASSERT_EQ(tables.tables.size(), 1U);
  EXPECT_EQ(tables.tables[0].name, "a");
  EXPECT_EQ(tables.schema, "test");
  EXPECT_EQ(tables.version, "1.0.0");
}

TEST(MasterTables, LeaveOutWhatTheDatabaseFillsByItself) {
  const auto tables = master_tables(
      described("master table a {\n id serial\n code varchar(5)\n n int\n twice int as (n * 2) stored\n made "
                "datetime = now\n changed datetime = now on update now\n natural key (code)\n}\n"));
  EXPECT_EQ(columns_of(tables, "a"), (std::vector<std::string>{"code", "n"}));
  EXPECT_EQ(tables.tables[0].address, std::vector<std::string>{"id"});
}

TEST(MasterTables, ComeAfterThoseTheyReferTo) {
  const auto tables = master_tables(
      described("master table a {\n id serial\n code varchar(5)\n z ref(z)\n natural key (code)\n}\n"
                "master table z {\n id serial\n code varchar(5)\n m ref(m)\n natural key (m, code)\n}\n"
                "master table m {\n id serial\n code varchar(5)\n natural key (code)\n}\n"));
  std::vector<std::string> order;
  for (const std::size_t i : tables.by_reference) order.push_back(tables.tables[i].name);
  EXPECT_EQ(order, (std::vector<std::string>{"m", "z", "a"}));
}

TEST(MasterTables, NeedANaturalKey) {
  EXPECT_NE(errors_of(described("master table a {\n id serial\n code varchar(5)\n}\n"))
                .find("master table `a` has no natural key"),
            std::string::npos);
}

TEST(MasterTables, ReferToMasterTablesOnly) {
  EXPECT_NE(
      errors_of(
          described(
              "system table users {\n id serial\n}\n"
              "master table a {\n id serial\n code varchar(5)\n by ref(users)\n natural key (code)\n}\n"))
          .find("master table `a` refers to the system table `users` by `by`"),
      std::string::npos);
  EXPECT_NE(
      errors_of(
          described(
              "table people {\n id serial\n}\n"
              "master table a {\n id serial\n code varchar(5)\n by ref(people)?\n natural key (code)\n}\n"))
          .find("the user table `people`"),
      std::string::npos);
  EXPECT_NE(
      errors_of(
          described("master table b {\n id serial\n}\n"
                    "master table a {\n id serial\n code varchar(5)\n by ref(b)?\n natural key (code)\n}\n"))
          .find("`b`, which has no usable natural key"),
      std::string::npos);
}

TEST(MasterTables, MayHaveANaturalKeyThatRefersToThemselvesWhereARowCanBeAtTheTop) {
  EXPECT_EQ(errors_of(described("master table a {\n id serial\n code varchar(5)\n up ref(a)?\n natural key (up, code)\n}\n")), "");
  EXPECT_NE(errors_of(described("master table a {\n id serial\n code varchar(5)\n up ref(a)\n natural key (up, code)\n}\n")).find("which may not be null: no row could be at the top"),
            std::string::npos);
  EXPECT_NE(errors_of(described("master table a {\n id serial\n up ref(a)?\n by ref(a)?\n natural key (up, by)\n}\n")).find("a row can stand below one other only"), std::string::npos);
}

TEST(MasterTables, AreRefusedWhenTheirNaturalKeysNeedEachOther) {
  EXPECT_NE(errors_of(described("master table a {\n id serial\n b ref(b)\n natural key (b)\n}\nmaster table "
                                "b {\n id serial\n a ref(a)\n natural key (a)\n}\n"))
                .find("in a circle"),
            std::string::npos);
}

TEST(MasterTables, ReferByTheNaturalKeyWhereAKeyOfSeveralColumnsHoldsANumberOfTheDatabase) {
  const auto tables = master_tables(
      described("master table a {\n id serial\n code varchar(5)\n natural key (code)\n unique (id, code)\n}\n"
                "master table b {\n id serial\n code varchar(5)\n a_id bigint unsigned\n a_code varchar(5)\n "
                "natural key (code)\n"
                " foreign key (a_id, a_code) references a(id, code)\n}\n"));
  EXPECT_TRUE(tables.errors.empty());
  const auto& columns = tables.tables.at(1).columns;
  EXPECT_EQ(columns.at(1).name, "a_id");
  EXPECT_EQ(columns.at(1).parent, 0U);
  EXPECT_EQ(columns.at(1).parent_column, "id");
  EXPECT_FALSE(columns.at(2).parent) << "a_code travels as it is";
}

TEST(MasterTables, KnowTheirModesAndDetails) {
  const auto tables = master_tables(
      described("master table a {\n id serial\n code varchar(5)\n on bool = true\n price int = 0 local\n natural key (code)\n sync mirror\n retire on = false\n}\n"
                "master table b {\n id serial\n a ref(a)\n n int\n natural key (a, n)\n nested in a as parts\n}\n"));
  EXPECT_TRUE(tables.errors.empty());
  const auto& a = tables.tables.at(0);
  const auto& b = tables.tables.at(1);
  EXPECT_EQ(a.mode, SyncMode::Mirror);
  EXPECT_EQ(a.retired_by, 1U);
  EXPECT_TRUE(a.columns.at(2).is_local);
  EXPECT_EQ(a.details, std::vector<std::size_t>{1});
  EXPECT_EQ(b.owner, 0U);
  EXPECT_EQ(b.field, "parts");
  EXPECT_EQ(b.owner_reference, 0U);
}

TEST(MasterTables, KnowAnEnginesOwnTypesByTheirNames) {
  const auto tables =
      master_tables(described("master table a {\n id serial\n code native(\"varchar(7)\")\n p "
                              "native(\"decimal(10,2)\")\n f native(sqlite: \"real\", mariadb: \"float\")\n"
                              " w native(\"weird\")\n natural key (code)\n}\n"));
  const auto& columns = tables.tables.at(0).columns;
  EXPECT_EQ(columns[0].kind, ValueKind::Text);
  EXPECT_EQ(columns[0].type.length, 7U);
  EXPECT_EQ(columns[1].kind, ValueKind::Decimal);
  EXPECT_EQ(columns[1].type.scale, 2U);
  EXPECT_EQ(columns[2].kind, ValueKind::Float);
  EXPECT_EQ(columns[3].kind, ValueKind::Any);
}

}  // namespace
}  // namespace plumb::data
