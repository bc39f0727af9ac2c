// Only master rows: whatever triggers and foreign keys try.
#include "data_test.hpp"
#include "support/error.hpp"

namespace plumb::test {
namespace {

const std::string prices = R"(
schema prices version 1.0.0
option mariadb (engine=InnoDB, charset=utf8mb4, collate=utf8mb4_unicode_ci)

master table goods {
  id     serial
  code   varchar(20)
  label  varchar(50)
  price  decimal(8,2) = 0
  natural key (code)
  unique (label)
}
master table price_log {
  id    serial
  code  varchar(20)
  n     int = 0
  natural key (code)
}
user table carts {
  id     serial
  good   ref(goods) on delete cascade
  label  varchar(50)  references goods(label) on update cascade
}
user table journal {
  id    serial
  text  varchar(200)
}
)";

class Guard : public DataTest {
 protected:
  void SetUp() override {
    DataTest::SetUp();
    if (IsSkipped()) return;
    description_ = described(prices);
    database().create(description_);
    database().execute("insert into goods (id, code, label, price) values (7, 'tea', 'Tea', 3)");
    database().execute("insert into carts (id, good, label) values (1, 7, 'Tea')");
  }

  std::string user_rows() {
    return database().rows("select * from carts order by id") +
           database().rows("select * from journal order by id");
  }
  std::string everything() {
    return user_rows() + database().rows("select * from goods order by id") +
           database().rows("select * from price_log order by id");
  }

  /// A trigger with a body that both engines understand.
  void trigger(const std::string& name, const std::string& event, const std::string& table,
               const std::string& statement) {
    database().execute("create trigger " + name + " after " + event + " on " + table +
                       " for each row begin " + statement + "; end");
  }

  std::string sync(const std::string& goods) {
    DataFolder folder("prices", "1.0.0");
    folder.write("goods", goods);
    try {
      return problems(database().sync(description_, folder.path()));
    } catch (const Error& error) {
      return error.what();
    }
  }

  /// The sync of `goods` is refused by a sentence with `word` in it, and nothing has changed.
  void expect_refused(const std::string& goods, const std::string& word) {
    const std::string before = everything();
    const std::string told = sync(goods);
    EXPECT_NE(told.find(word), std::string::npos) << "`" << told << "`";
    EXPECT_EQ(everything(), before);
  }

  Description description_;
  const std::string new_price_ = R"([{"code": "tea", "label": "Tea", "price": "4.00"}])";
  const std::string new_row_ =
      R"([{"code": "tea", "label": "Tea", "price": "3.00"}, {"code": "rum", "label": "Rum"}])";
};
PLUMB_ON_BOTH_ENGINES(Guard);

TEST_P(Guard, LetsAnOrdinarySyncPass) {
  const std::string before = user_rows();
  EXPECT_EQ(sync(R"([{"code": "tea", "label": "Tea", "price": "4.00"}, {"code": "rum", "label": "Rum"}])"),
            "");
  EXPECT_EQ(user_rows(), before);
}

TEST_P(Guard, RefusesAnInsertTriggerThatWritesUserRows) {
  trigger("on_new", "insert", "goods", "insert into journal (text) values (new.code)");
  expect_refused(new_row_, "on_new");
}

TEST_P(Guard, RefusesAnUpdateTriggerThatChangesUserRows) {
  trigger("on_change", "update", "goods", "update carts set label = new.label where good = new.id");
  expect_refused(new_price_, "on_change");
}

TEST_P(Guard, RefusesATriggerThatDeletesUserRows) {
  trigger("on_change", "update", "goods", "delete from carts");
  expect_refused(new_price_, "on_change");
}

TEST_P(Guard, RefusesAChainOfTriggersThatEndsInUserRows) {
  trigger("first", "update", "goods", "insert into price_log (code) values (new.code)");
  trigger("second", "insert", "price_log", "insert into journal (text) values (new.code)");
  expect_refused(new_price_, "second");
}

TEST_P(Guard, LetsATriggerWriteAnotherMasterTable) {
  trigger("first", "update", "goods", "insert into price_log (code, n) values (new.code, 1)");
  EXPECT_EQ(sync(new_price_), "");
  EXPECT_EQ(database().rows("select code, n from price_log"), "tea|1\n");
}

TEST_P(Guard, RefusesAForeignKeyThatCarriesAChangeIntoUserRows) {
  expect_refused(R"([{"code": "tea", "label": "Green tea", "price": "3.00"}])", "carts");
}

TEST_P(Guard, LetsOtherColumnsOfThatTableChange) {
  EXPECT_EQ(sync(new_price_), "");
}

TEST_P(Guard, TakesBackEverythingWhenATriggerChangesWhatWasWritten) {
  if (is_mariadb()) {
    database().execute("create trigger round_up before update on goods for each row set new.price = 99");
  } else {
    database().execute(
        "create trigger round_up after update on goods when new.price <> 99 begin update goods set price = "
        "99 where id = new.id; end");
  }
  expect_refused(
      new_price_,
      R"(goods.json: row 1 {"code":"tea"}: after writing, `price` is "99.00", which is not what the file says)");
}

TEST_P(Guard, IsLiftedAfterwards) {
  sync(new_price_);
  EXPECT_NO_THROW(database().execute("insert into journal (text) values ('free')"));
  trigger("on_change", "update", "goods", "delete from carts");
  sync(new_row_);
  sync(R"([{"code": "tea", "label": "Tea", "price": "9.00"}])");
  EXPECT_NO_THROW(database().execute("insert into journal (text) values ('free again')"));
}

std::string new_goods(int first, int last) {
  std::string rows;
  for (int i = first; i <= last; ++i) rows += R"(, {"code": "g)" + std::to_string(i) + R"(", "label": "L)" + std::to_string(i) + "\"}";
  return rows;
}

TEST_P(Guard, NamesTheRowThatTheDatabaseRefuses) {
  // the label of the tea once more, which a unique index forbids
  const std::string fake = R"(, {"code": "fake", "label": "Tea"})";
  const std::string tea = R"([{"code": "tea", "label": "Tea", "price": "3.00"})";
  // in the last batch, in the first of several, between two others
  for (const auto& [before, after] : {std::pair(3000, 0), std::pair(3000, 12000), std::pair(6000, 9000)}) {
    const std::string told = sync(tea + new_goods(1, before) + fake + new_goods(before + 1, before + after) + "]");
    EXPECT_NE(told.find("goods.json: row " + std::to_string(before + 2) + R"( {"code":"fake"}: )"), std::string::npos) << told;
    EXPECT_NE(told.find("nothing was written"), std::string::npos) << told;
    EXPECT_EQ(database().rows("select count(*) from goods"), "1\n");
  }
}

class FreedValues : public DataTest {};
INSTANTIATE_TEST_SUITE_P(Engines, FreedValues, testing::Values("sqlite", "mariadb"), [](const auto& param_info) { return param_info.param; });

TEST_P(FreedValues, AreTakenByANewRowInTheSameRun) {
  const Description description = described(
      "schema prices version 1.0.0\nmaster table goods {\n id serial\n code varchar(20)\n label varchar(50)\n"
      " natural key (code)\n unique (label)\n}\n");
  database().create(description);
  database().execute("insert into goods (code, label) values ('tea', 'Tea')");
  DataFolder folder("prices", "1.0.0");
  folder.write("goods", R"([{"code": "tea", "label": "Black tea"}, {"code": "new", "label": "Tea"}])");
  EXPECT_EQ(problems(database().sync(description, folder.path())), "");
  EXPECT_EQ(database().rows("select code, label from goods order by code"), "new|Tea\ntea|Black tea\n");
}

class MariaDbGuard : public Guard {};
INSTANTIATE_TEST_SUITE_P(Engines, MariaDbGuard, testing::Values(std::string("mariadb")),
                         [](const auto& param_info) { return param_info.param; });

TEST_P(MariaDbGuard, RefusesWhatATriggerCouldReachByAProcedureAFunctionOrAnotherDatabase) {
  database().execute("create procedure note() insert into journal (text) values ('p')");
  database().execute(
      "create function noted(t varchar(20)) returns int begin insert into journal (text) values (t); return "
      "1; end");
  const std::string reaches[] = {"call note()", "set @x = noted(new.code)",
                                 "insert into otherplace.journal (text) values ('x')"};
  for (const auto& statement : reaches) {
    SCOPED_TRACE(statement);
    database().execute("create or replace trigger reaching after update on goods for each row begin " +
                       statement + "; end");
    expect_refused(new_price_, "reaching");
  }
}

}  // namespace
}  // namespace plumb::test
