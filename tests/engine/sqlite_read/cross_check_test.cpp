#include "dialect/sqlite/cross_check.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/sqlite_read/database.hpp"

namespace plumb::sqlite {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

class CrossCheck : public testing::Test {
 protected:
  CrossCheck() {
    database_.run(
        "CREATE TABLE p(x PRIMARY KEY);"
        "CREATE TABLE t(id INTEGER PRIMARY KEY, a varchar(10) NOT NULL DEFAULT 'x' COLLATE nocase UNIQUE, b "
        "int AS (id + 1) STORED,"
        " c REFERENCES p(x) ON DELETE CASCADE, d DEFAULT (1 + 2)); CREATE INDEX i ON t(a DESC, c) WHERE c > "
        "0");
    schema_ = database_.read();
  }
  Table& table() { return schema_.tables.at("t"); }
  std::vector<std::string> differences() { return cross_check(database_.connection(), schema_); }

  Database database_;
  Schema schema_;
};

TEST_F(CrossCheck, FindsNothingWhereAllIsReadRight) {
  EXPECT_THAT(differences(), IsEmpty());
}

TEST_F(CrossCheck, FindsEveryKindOfDifferenceInAColumn) {
  const Column right = table().columns[1];
  const auto changed = [&](auto change) {
    table().columns[1] = right;
    change(table().columns[1]);
    return differences();
  };
  EXPECT_THAT(changed([](Column&) {}), IsEmpty());
  EXPECT_THAT(changed([](Column& c) { c.type = native_type("varchar(11)"); }),
              ElementsAre("table `t`: the engine says `column `a` type `varchar(10)` not null default 'x'` "
                          "where `column `a` type "
                          "`varchar(11)` not null default 'x'` was read"));
  EXPECT_THAT(changed([](Column& c) { c.nullable = true; }), SizeIs(1));
  EXPECT_THAT(changed([](Column& c) { c.default_value.reset(); }), SizeIs(1));
  EXPECT_THAT(changed([](Column& c) { c.default_value->sql = "'y'"; }), SizeIs(1));
  EXPECT_THAT(changed([](Column& c) { c.generated = Generated{"1", false}; }), SizeIs(1));
  EXPECT_THAT(changed([](Column& c) { c.name = "z"; }), Contains(HasSubstr("column `z`")));
}

TEST_F(CrossCheck, FindsWrongKeysIndexesReferencesAndOptions) {
  const Table right = table();
  const auto changed = [&](auto change) {
    table() = right;
    change(table());
    return differences();
  };
  EXPECT_THAT(changed([](Table& t) { t.primary_key->parts[0].column = "c"; }),
              Contains(HasSubstr("primary key")));
  EXPECT_THAT(changed([](Table& t) { t.columns[2].generated->stored = false; }), SizeIs(1));
  EXPECT_THAT(changed([](Table& t) { t.columns.pop_back(); }), SizeIs(1));
  EXPECT_THAT(changed([](Table& t) { t.columns[1].collation.clear(); }), SizeIs(4));
  EXPECT_THAT(changed([](Table& t) { t.indexes.pop_back(); }), ElementsAre(HasSubstr("index `i`")));
  EXPECT_THAT(changed([](Table& t) { t.indexes[1].parts[0].descending = false; }), SizeIs(2));
  EXPECT_THAT(changed([](Table& t) { t.indexes[1].where.reset(); }), SizeIs(2));
  EXPECT_THAT(changed([](Table& t) { t.indexes[1].kind = IndexKind::Unique; }), SizeIs(2));
  EXPECT_THAT(changed([](Table& t) { t.indexes.erase(t.indexes.begin()); }),
              ElementsAre(HasSubstr("unique (`a` collate nocase)")));
  EXPECT_THAT(changed([](Table& t) { t.foreign_keys[0].on_delete = ForeignKeyAction::SetNull; }), SizeIs(1));
  EXPECT_THAT(changed([](Table& t) { t.foreign_keys[0].referenced.clear(); }), SizeIs(1));
  EXPECT_THAT(changed([](Table& t) { t.foreign_keys.clear(); }), SizeIs(1));
  EXPECT_THAT(changed([](Table& t) { t.options["sqlite"]["strict"] = ""; }),
              ElementsAre(HasSubstr("not strict")));
}

TEST_F(CrossCheck, FindsTablesThatAreMissingOrTooMany) {
  schema_.tables["u"] = Table();
  schema_.tables.erase("p");
  EXPECT_THAT(differences(),
              ElementsAre("table `u`: the engine does not know it", "table `p`: it was not read"));
}

TEST_F(CrossCheck, LeavesOpaqueTablesAlone) {
  database_.run("CREATE VIRTUAL TABLE f USING fts5(a); CREATE TABLE plumb_x(a)");
  schema_ = database_.read();
  EXPECT_THAT(differences(), IsEmpty());
}

}  // namespace
}  // namespace plumb::sqlite
