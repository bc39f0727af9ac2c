// The example packages on both engines: into empty databases, into old ones, and back out.
#include <algorithm>

#include "data_test.hpp"
#include "support/error.hpp"
#include "support/text.hpp"

namespace plumb::test {
namespace {

const std::string bamort_folder = std::string(PLUMB_SOURCE_DIR) + "/schema/bamort/master";
const std::string shop_folder = std::string(PLUMB_SOURCE_DIR) + "/schema/shop/master";

const data::TableChanges& changes_of(const data::Comparison& comparison, const std::string& table) {
  const auto found = std::find_if(comparison.tables.begin(), comparison.tables.end(),
                                  [&](const data::TableChanges& changes) { return changes.table == table; });
  if (found == comparison.tables.end()) throw std::runtime_error("no table " + table + " in the comparison");
  return *found;
}

class ExamplePackages : public DataTest {};
PLUMB_ON_BOTH_ENGINES(ExamplePackages);

TEST_P(ExamplePackages, FillAnEmptyDatabaseAndComeBackByteForByte) {
  for (const auto& [description_path, folder] :
       {std::pair<std::string, std::string>{"schema/bamort", bamort_folder},
        {"schema/shop/shop.plumb", shop_folder}}) {
    SCOPED_TRACE(description_path);
    const Description description = described_by_path(description_path);
    DataDatabase fresh(GetParam());
    fresh.create(description);
    const data::Comparison done = fresh.sync(description, folder);
    EXPECT_EQ(problems(done), "");
    EXPECT_GT(done.changes(), 0U);
    const std::string out = scratch() / description.name;
    fresh.export_to(description, out);
    EXPECT_EQ(files_of(out), files_of(folder));
    EXPECT_EQ(fresh.compare(description, folder).changes(), 0U);
  }
}

TEST_P(ExamplePackages, ASecondSyncChangesNothing) {
  const Description description = described_by_path("schema/bamort");
  database().create(description);
  database().sync(description, bamort_folder);
  const std::string before = database().rows("select id, name, source_id from gsm_spells order by id");
  const data::Comparison again = database().sync(description, bamort_folder);
  EXPECT_EQ(again.changes(), 0U);
  EXPECT_EQ(problems(again), "");
  EXPECT_EQ(database().rows("select id, name, source_id from gsm_spells order by id"), before);
}

TEST_P(ExamplePackages, TravelToTheOtherEngineAndBackUnchanged) {
  if (!mariadb_is_wanted()) GTEST_SKIP() << "MariaDB is not wanted";
  const Description description = described_by_path("schema/bamort");
  DataDatabase other(GetParam() == "sqlite" ? "mariadb" : "sqlite");
  DataDatabase third(GetParam());
  for (DataDatabase* made : {&database(), &other, &third}) made->create(description);
  database().sync(description, bamort_folder);
  database().export_to(description, scratch() / "first");
  other.sync(description, scratch() / "first");
  other.export_to(description, scratch() / "second");
  third.sync(description, scratch() / "second");
  third.export_to(description, scratch() / "third");
  EXPECT_EQ(files_of(scratch() / "second"), files_of(scratch() / "first"));
  EXPECT_EQ(files_of(scratch() / "third"), files_of(scratch() / "first"));
}

/// The production that the examples' stories tell of: it holds some of the rows under ids of its own, some
/// with older values, one that only it has, and players' rows that refer to all of them.
class OldProduction : public DataTest {
 protected:
  void SetUp() override {
    DataTest::SetUp();
    if (IsSkipped()) return;
    description_ = described_by_path("schema/shop/shop.plumb");
    database().create(description_);
    database().execute(
        "insert into countries (id, code, name, shipping) values (900, 'DE', 'Deutschland', 3.90), (901, "
        "'US', 'USA', 25)");
    database().execute(
        "insert into categories (id, slug, name, parent_id) values (70, 'kaffee', 'Kaffee', null), (71, "
        "'alt', 'Altes', 70)");
    database().execute(
        "insert into products (id, sku, name, category_id, price, active) values (500, 'K-001', "
        "'Hausröstung', 70, 9.80, 1), (501, 'X-1', 'Nur hier', 71, 1, 1)");
    database().execute(
        "insert into customers (id, email, name, country_id) values (1, 'a@example.org', 'A', 900), (2, "
        "'b@example.org', 'B', 901)");
    database().execute("insert into orders (id, customer_id) values (1, 1)");
    database().execute(
        "insert into order_items (order_id, line, product_id, price) values (1, 1, 500, 9.5), (1, 2, 501, "
        "1)");
  }

  std::string user_rows() {
    return database().rows(
               "select c.email, n.code from customers c join countries n on n.id = c.country_id order by "
               "c.id") +
           database().rows(
               "select i.line, p.sku, g.slug from order_items i join products p on p.id = i.product_id "
               "join categories g on g.id = p.category_id order by i.line") +
           database().rows("select id, customer_id, status, created_at, updated_at from orders") +
           database().rows(
               "select id, email, name, country_id, created_at, updated_at from customers order by id");
  }

  Description description_;
};
PLUMB_ON_BOTH_ENGINES(OldProduction);

TEST_P(OldProduction, KeepsItsIdsItsOwnRowsAndWhatThePlayersReferTo) {
  const std::string before = user_rows();
  const data::Comparison done = database().sync(description_, shop_folder);
  ASSERT_EQ(problems(done), "");
  EXPECT_EQ(user_rows(), before);
  EXPECT_EQ(database().rows(
                "select id, name, shipping + 0e0 from countries where code in ('DE', 'US') order by id"),
            "900|Deutschland|4.9\n901|USA|25\n");
  EXPECT_EQ(database().rows("select c.id, p.slug from categories c left join categories p on p.id = "
                            "c.parent_id where c.slug in ('kaffee', 'alt') order by c.id"),
            "70|getraenke\n71|kaffee\n");
  EXPECT_EQ(database().rows("select id, name from products where sku in ('K-001', 'X-1') order by id"),
            "500|Hausröstung „Morgenrot“, 500 g\n501|Nur hier\n");
}

TEST_P(OldProduction, IsToldWhatDiffersFieldByField) {
  const data::Comparison found = database().compare(description_, shop_folder);
  ASSERT_EQ(problems(found), "");
  const data::TableChanges& countries = changes_of(found, "countries");
  EXPECT_EQ(countries.inserted, (std::vector<std::string>{R"({"code":"AT"})", R"({"code":"CH"})",
                                                          R"({"code":"DK"})", R"({"code":"FR"})"}));
  ASSERT_EQ(countries.updated.size(), 1U);
  EXPECT_EQ(countries.updated[0].key, R"({"code":"DE"})");
  ASSERT_EQ(countries.updated[0].fields.size(), 1U);
  EXPECT_EQ(countries.updated[0].fields[0].column, "shipping");
  EXPECT_EQ(countries.updated[0].fields[0].before, "\"3.90\"");
  EXPECT_EQ(countries.updated[0].fields[0].after, "\"4.90\"");
  EXPECT_EQ(countries.only_target, (std::vector<std::string>{R"({"code":"US"})"}));
  const data::TableChanges& categories = changes_of(found, "categories");
  ASSERT_EQ(categories.updated.size(), 1U);
  EXPECT_EQ(categories.updated[0].fields[0].before, "null");
  EXPECT_EQ(categories.updated[0].fields[0].after, R"({"slug":"getraenke"})");
}

TEST_P(OldProduction, IsOnlyReadByAComparisonEvenThroughAReadOnlySession) {
  const std::string before = database().rows("select * from countries order by id") +
                             database().rows("select * from products order by id") + user_rows();
  const auto reader = database().connect(db::OpenMode::ReadOnly);
  const data::Comparison found = data::compare(*reader, database().dialect(), description_, shop_folder);
  EXPECT_EQ(problems(found), "");
  EXPECT_GT(found.changes(), 0U);
  EXPECT_EQ(database().rows("select * from countries order by id") +
                database().rows("select * from products order by id") + user_rows(),
            before);
}

TEST_P(OldProduction, AgreesAfterwardsWithWhatTheComparisonHadAnnounced) {
  data::Comparison announced = database().compare(description_, shop_folder);
  data::Comparison done = database().sync(description_, shop_folder);
  announced.duration = done.duration = {};
  for (auto& table : announced.tables) table.duration = {};
  for (auto& table : done.tables) table.duration = {};
  EXPECT_EQ(data::to_json(done), data::to_json(announced));
  const data::Comparison left = database().compare(description_, shop_folder);
  EXPECT_EQ(left.changes(), 0U);
  EXPECT_EQ(changes_of(left, "products").only_target, (std::vector<std::string>{R"({"sku":"X-1"})"}));
}

TEST_P(OldProduction, LosesNothingWhenAForeignRowIsInTheWay) {
  database().execute("insert into countries (id, code, name) values (902, 'XX', 'Y')");
  DataFolder folder("shop", "1.2.0");
  folder.write("countries",
               R"([{"code":"AT","name":"Österreich"},{"code":"BE","name":"Belgien","shipping":"-1.00"}])");
  const std::string before = database().rows("select * from countries order by id");
  try {
    database().sync(description_, folder.path());
    FAIL() << "the check constraint should have refused the second row";
  } catch (const Error& error) {
    EXPECT_NE(std::string(error.what()).find("BE"), std::string::npos) << error.what();
  }
  EXPECT_EQ(database().rows("select * from countries order by id"), before);
}

}  // namespace
}  // namespace plumb::test
