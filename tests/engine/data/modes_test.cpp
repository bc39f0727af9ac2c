// Modes, local columns, retirement, and rows that users refer to.
#include <algorithm>

#include "data_test.hpp"
#include "support/error.hpp"

namespace plumb::test {
namespace {

const std::string shop = R"(
schema shop version 1.0.0
option mariadb (engine=InnoDB, charset=utf8mb4, collate=utf8mb4_unicode_ci)

master table kinds {
  id      serial
  code    varchar(20)
  name    varchar(50)
  price   int = 0  local
  active  bool = true
  parent  ref(kinds)?
  natural key (code)
  unique (name)
  sync mirror
  retire active = false
}
master table plain {
  id    serial
  code  varchar(20)
  n     int?
  natural key (code)
}
user table carts {
  id    serial
  kind  ref(kinds) on delete cascade
}
user table notes {
  id    serial
  kind  ref(kinds)? on delete set null
  of    ref(plain)? on delete cascade
}
)";

class Modes : public DataTest {
 protected:
  void SetUp() override {
    DataTest::SetUp();
    if (IsSkipped()) return;
    description_ = described(shop);
    database().create(description_);
  }
  data::Comparison sync(const data::SyncOptions& options = {}) { return database().sync(description_, folder_.path(), options); }
  const data::TableChanges& of(const data::Comparison& comparison, const std::string& table) {
    return *std::find_if(comparison.tables.begin(), comparison.tables.end(), [&](const auto& one) { return one.table == table; });
  }
  std::string kinds() { return database().rows("select code, name, price, active from kinds order by code"); }
  Description description_;
  DataFolder folder_{"shop", "1.0.0"};
};
PLUMB_ON_BOTH_ENGINES(Modes);

TEST_P(Modes, MirrorTakesAwayWhatThePackageDoesNotHaveAndKeepsWhatUsersReferTo) {
  database().execute("insert into kinds (id, code, name, active) values (7, 'a', 'A', 1), (8, 'b', 'B', 1), (9, 'c', 'C', 1), (10, 'd', 'D', 1)");
  database().execute("insert into carts (id, kind) values (1, 8)");
  database().execute("insert into notes (id, kind) values (1, 9)");
  folder_.write("kinds", R"([{"code": "a", "name": "A", "active": true}])");
  data::SyncOptions most;
  most.most_lost = 100;
  const data::Comparison done = sync(most);
  ASSERT_EQ(problems(done), "");
  EXPECT_EQ(of(done, "kinds").deleted, (std::vector<std::string>{R"({"code":"d"})"}));
  ASSERT_EQ(of(done, "kinds").retired.size(), 2U) << "cascade and set null alike";
  EXPECT_EQ(kinds(), "a|A|0|1\nb|B|0|0\nc|C|0|0\n");
  EXPECT_EQ(database().rows("select id, kind from carts") + database().rows("select id, kind from notes"), "1|8\n1|9\n");
  const data::Comparison again = sync(most);
  EXPECT_EQ(again.changes(), 0U);
  ASSERT_EQ(of(again, "kinds").kept.size(), 2U);
  EXPECT_EQ(of(again, "kinds").kept[0].reason, "`carts` refers to it, and it is retired");
  database().execute("delete from carts");
  EXPECT_EQ(of(sync(most), "kinds").deleted, (std::vector<std::string>{R"({"code":"b"})"})) << "nobody refers to it any more";
}

TEST_P(Modes, ATableThatWouldLoseTooMuchStopsTheSync) {
  for (int i = 0; i < 30; ++i) database().execute("insert into kinds (code, name) values ('k" + std::to_string(i) + "', 'n" + std::to_string(i) + "')");
  folder_.write("kinds", R"([{"code": "k1", "name": "n1"}])");
  EXPECT_EQ(problems(sync()), "table `kinds` would lose 29 of 30 rows, more than 50 of a hundred; --most-lost says how many may go");
  EXPECT_EQ(database().rows("select count(*) from kinds"), "30\n");
}

TEST_P(Modes, ATableWithoutAFileIsNoPartOfThePackage) {
  database().execute("insert into kinds (code, name) values ('a', 'A')");
  folder_.write("plain", R"([{"code": "x"}])");
  ASSERT_EQ(problems(sync()), "");
  EXPECT_EQ(database().rows("select count(*) from kinds"), "1\n");
}

TEST_P(Modes, ParentsAndChildrenOfOneTableGoInTheRightOrder) {
  database().execute("insert into kinds (id, code, name) values (1, 'root', 'r'), (2, 'stay', 's')");
  database().execute("insert into kinds (id, code, name, parent) values (3, 'leaf', 'l', 1), (4, 'twig', 't', 3)");
  folder_.write("kinds", R"([{"code": "stay", "name": "s"}])");
  data::SyncOptions most;
  most.most_lost = 100;
  ASSERT_EQ(problems(sync(most)), "");
  EXPECT_EQ(database().rows("select code from kinds"), "stay\n");
}

TEST_P(Modes, ADeletedRowsUniqueValueMayBeTakenByANewOne) {
  database().execute("insert into kinds (code, name) values ('old', 'Name')");
  folder_.write("kinds", R"([{"code": "new", "name": "Name"}])");
  ASSERT_EQ(problems(sync()), "");
  EXPECT_EQ(kinds(), "new|Name|0|1\n");
}

TEST_P(Modes, UniqueValuesMoveFromRowToRowAndRoundInCircles) {
  database().execute("insert into kinds (id, code, name) values (1, 'a', 'A'), (2, 'b', 'B'), (3, 'c', 'C'), (4, 'd', 'D')");
  folder_.write("kinds", R"([{"code": "a", "name": "B"}, {"code": "b", "name": "C"}, {"code": "c", "name": "A"}, {"code": "d", "name": "free"}, {"code": "e", "name": "D"}])");
  ASSERT_EQ(problems(sync()), "");
  EXPECT_EQ(database().rows("select code, name from kinds order by code"), "a|B\nb|C\nc|A\nd|free\ne|D\n");
}

TEST_P(Modes, LocalColumnsAreGivenOnceAndNeverOverwritten) {
  folder_.write("kinds", R"([{"code": "a", "name": "A", "price": 5}])");
  ASSERT_EQ(problems(sync()), "");
  database().execute("update kinds set price = 99");
  folder_.write("kinds", R"([{"code": "a", "name": "A2", "price": 6}])");
  const data::Comparison done = sync();
  ASSERT_EQ(of(done, "kinds").updated.size(), 1U);
  EXPECT_EQ(of(done, "kinds").updated[0].fields.size(), 1U);
  EXPECT_EQ(kinds(), "a|A2|99|1\n");
}

TEST_P(Modes, AppendAddsAndInitFillsWhatIsEmpty) {
  database().execute("insert into plain (code, n) values ('a', 1)");
  folder_.write("plain", R"([{"code": "a", "n": 2}, {"code": "b", "n": 3}])");
  data::SyncOptions options;
  options.mode = SyncMode::Init;
  EXPECT_EQ(sync(options).changes(), 0U);
  EXPECT_EQ(database().rows("select code, n from plain order by code"), "a|1\n");
  options.mode = SyncMode::Append;
  EXPECT_EQ(sync(options).changes(), 1U);
  EXPECT_EQ(database().rows("select code, n from plain order by code"), "a|1\nb|3\n");
  database().execute("delete from plain");
  options.mode = SyncMode::Init;
  EXPECT_EQ(sync(options).changes(), 2U);
}

TEST_P(Modes, WhatWasKeptBringsEverythingBack) {
  database().execute("insert into kinds (id, code, name, price) values (7, 'a', 'A', 3), (8, 'b', 'B', 4), (9, 'c', 'C', 5)");
  database().execute("insert into kinds (id, code, name, parent) values (10, 'd', 'D', 9)");
  database().execute("insert into plain (id, code, n) values (3, 'x', 1)");
  const auto all = [&] { return database().rows("select id, code, name, price, active, parent from kinds order by id") + database().rows("select id, code, n from plain order by id"); };
  const std::string before = all();
  folder_.write("kinds", R"([{"code": "a", "name": "B", "parent": {"code": "new"}}, {"code": "b", "name": "A"}, {"code": "new", "name": "N", "parent": {"code": "a"}}])");
  folder_.write("plain", R"([{"code": "x", "n": null}, {"code": "y", "n": 2}])");
  data::prepare_sync(database().connection(), database().dialect());
  database().execute(database().dialect().rows_aside("plumb_attic_rows"));
  data::SyncOptions options;
  options.aside = "plumb_attic_rows";
  ASSERT_EQ(problems(sync(options)), "");
  EXPECT_EQ(database().rows("select code, name from kinds order by code"), "a|B\nb|A\nnew|N\n");
  database().execute("update plain set n = 77 where code = 'x'");
  {
    db::Transaction transaction(database().connection());
    EXPECT_GT(data::undo(database().connection(), database().dialect(), "plumb_attic_rows", {"kinds", "plain"}), 0U);
    transaction.commit();
  }
  database().execute("update plain set n = 1 where n = 77");  // what somebody wrote since was left alone
  EXPECT_EQ(all(), before);
}

TEST_P(Modes, UndoingNeverTakesRowsOfUsersAlong) {
  folder_.write("kinds", R"([{"code": "a", "name": "A"}])");
  data::prepare_sync(database().connection(), database().dialect());
  database().execute(database().dialect().rows_aside("plumb_attic_rows"));
  data::SyncOptions options;
  options.aside = "plumb_attic_rows";
  ASSERT_EQ(problems(sync(options)), "");
  database().execute("insert into carts (kind) select id from kinds");
  {
    db::Transaction transaction(database().connection());
    EXPECT_THROW(data::undo(database().connection(), database().dialect(), "plumb_attic_rows", {"kinds", "plain"}), Error);
  }
  EXPECT_EQ(database().rows("select count(*) from carts"), "1\n");
}

}  // namespace
}  // namespace plumb::test
