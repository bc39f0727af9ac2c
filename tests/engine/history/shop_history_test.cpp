// The small shop as version 1.1 left it.
#include <gmock/gmock.h>

#include <fstream>
#include <iterator>

#include "cli/plumb_program.hpp"
#include "kept_rows.hpp"
#include "support/text.hpp"

namespace plumb::test {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

const std::string description = std::string(PLUMB_SOURCE_DIR) + "/schema/shop/shop.plumb";

std::string old_shop(bool sqlite) {
  std::ifstream file(std::string(PLUMB_SOURCE_DIR) + "/schema/shop/example_old.sql", std::ios::binary);
  std::string text{std::istreambuf_iterator<char>(file), {}};
  if (sqlite) return text;
  // the same shop as the other engine would have it
  text = "ALTER DATABASE COLLATE utf8mb4_unicode_ci;\n" + text;
  text = replace_all(text, "INTEGER PRIMARY KEY AUTOINCREMENT", "bigint unsigned auto_increment primary key");
  text = replace_all(text, "code TEXT", "code char(2)");
  text = replace_all(text, "TEXT NOT NULL UNIQUE", "varchar(190) NOT NULL UNIQUE");
  text = replace_all(text, "CREATE INDEX tmp_articles_name ON articles (name)",
                     "CREATE INDEX tmp_articles_name ON articles (name(20))");
  text = replace_all(text, "country TEXT NOT NULL", "country varchar(2) NOT NULL");
  text = replace_all(text, "status TEXT NOT NULL", "status varchar(20) NOT NULL");
  text = replace_all(text, " NUMERIC ", " decimal(10,2) ");
  for (const std::string column : {"customer_id", "category_id", "product_id", "order_id", "parent_id"}) {
    text = replace_all(text, column + " INTEGER", column + " bigint unsigned");
  }
  return text;
}

class ShopHistory : public OnBothEngines {
 protected:
  void SetUp() override {
    OnBothEngines::SetUp();
    if (IsSkipped()) return;
    place().sql(old_shop(place().is_sqlite()));
  }

  void migrate() {
    ASSERT_TRUE(ended_with(0, place().plumb_on_db({"plan", "--to", description, "-o", "plan.md"})));
    ASSERT_TRUE(ended_with(0, place().plumb_on_db({"apply", "plan.md"})));
  }
};
PLUMB_ON_BOTH_ENGINES(ShopHistory);

TEST_P(ShopHistory, IsBroughtToTheDescriptionByOneReviewedPlan) {
  migrate();
  EXPECT_TRUE(ended_with(0, place().plumb_on_db({"validate", "--to", description})));
  EXPECT_TRUE(ended_with(0, place().plumb_on_db({"plan", "--to", description, "--exit-code"})));
}

TEST_P(ShopHistory, KeepsTheRowsValueByValue) {
  const auto before = all_rows(*place().connect(db::OpenMode::ReadOnly));
  migrate();
  ExpectedChanges expected;
  expected.tables = {{"articles", "products"}};
  expected.columns = {{"unit_price", "price"}};
  expected.dropped_columns = {"customers.country"};
  EXPECT_THAT(lost_values(before, all_rows(*place().connect(db::OpenMode::ReadOnly)), expected), IsEmpty());
}

TEST_P(ShopHistory, CarriesTheCountryCodesOverIntoReferences) {
  migrate();
  EXPECT_THAT(
      place().list("SELECT k.code FROM customers c JOIN countries k ON k.id = c.country_id ORDER BY c.id"),
      ElementsAre("DE", "AT", "CH"));
}

TEST_P(ShopHistory, DropsTheIndexThatNobodyDeclared) {
  migrate();
  EXPECT_EQ(place().number(place().is_sqlite()
                               ? "SELECT count(*) FROM sqlite_master WHERE name = 'tmp_articles_name'"
                               : "SELECT count(*) FROM information_schema.statistics WHERE table_schema = "
                                 "database() AND index_name = 'tmp_articles_name'"),
            0);
}

// The tables change their collation one after the other, and the backfill compares a table that has with one
// that has not.
TEST_P(ShopHistory, IsBroughtToTheDescriptionFromAnotherCollation) {
  for (const char* table : {"categories", "articles", "countries", "customers", "orders", "order_items"}) {
    place().sql("SELECT 1;", std::string("SET foreign_key_checks = 0; ALTER TABLE ") + table +
                                 " CONVERT TO CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci;");
  }
  migrate();
  EXPECT_TRUE(ended_with(0, place().plumb_on_db({"validate", "--to", description})));
}

TEST_P(ShopHistory, IsStoppedByACountryThatNoTableHas) {
  place().sql("UPDATE customers SET country = 'FR' WHERE id = 3;");
  const std::string before = place().content();
  const auto planned = place().plumb_on_db({"plan", "--to", description, "-o", "plan.md"});
  EXPECT_TRUE(ended_with(3, planned));
  EXPECT_TRUE(contains(planned.err, "country_id"));
  EXPECT_TRUE(ended_with(3, place().plumb_on_db({"apply", "plan.md"})));
  EXPECT_EQ(place().content(), before);
}

TEST_P(ShopHistory, TakesOverTheMasterDataByNaturalKey) {
  const std::string master = std::string(PLUMB_SOURCE_DIR) + "/schema/shop/master";
  migrate();
  const auto codes =
      place().list("SELECT k.code FROM customers c JOIN countries k ON k.id = c.country_id ORDER BY c.id");
  const auto skus = place().list(
      "SELECT p.sku FROM order_items i JOIN products p ON p.id = i.product_id ORDER BY i.order_id, i.line");
  ASSERT_TRUE(ended_with(2, place().plumb_on_db({"data", "diff", master, "--to", description})));
  ASSERT_TRUE(ended_with(0, place().plumb_on_db({"data", "sync", master, "--to", description, "--yes"})));
  EXPECT_TRUE(ended_with(0, place().plumb_on_db({"data", "diff", master, "--to", description})));
  EXPECT_EQ(
      place().list("SELECT k.code FROM customers c JOIN countries k ON k.id = c.country_id ORDER BY c.id"),
      codes);
  EXPECT_EQ(place().list("SELECT p.sku FROM order_items i JOIN products p ON p.id = i.product_id ORDER BY "
                         "i.order_id, i.line"),
            skus);
  ASSERT_TRUE(ended_with(0, place().plumb_on_db({"data", "export", "--to", description, "-o", "exported"})));
  EXPECT_TRUE(ended_with(0, place().plumb_on_db({"data", "diff", "exported", "--to", description})));
}

}  // namespace
}  // namespace plumb::test
