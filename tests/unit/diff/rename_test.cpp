// A new name reaches everything of a table that names its columns.
#include "diff/rename.hpp"

#include <gtest/gtest.h>

namespace plumb::test {
namespace {

TEST(RenameColumn, ReachesPeriodsAndPartitions) {
  Schema schema;
  Table& table = schema.tables["t"];
  table.name = "t";
  table.columns.resize(2);
  table.columns[0].name = "id";
  table.columns[1].name = "since";
  table.options["mariadb"] = {{"engine", "since"}, {"system_period", "(`since`, `gone`)"}};
  table.extra = "WITH SYSTEM VERSIONING PARTITION BY RANGE (`id`)\n(PARTITION `id` VALUES LESS THAN (10))";
  diff::rename_column(schema, "t", "since", "from", sql::mariadb_lexis);
  diff::rename_column(schema, "t", "id", "key", sql::mariadb_lexis);
  EXPECT_EQ(table.options.at("mariadb").at("system_period"), "(`from`, `gone`)");
  EXPECT_EQ(table.options.at("mariadb").at("engine"), "since");
  EXPECT_EQ(table.extra, "WITH SYSTEM VERSIONING PARTITION BY RANGE (`key`)\n(PARTITION `id` VALUES LESS THAN (10))");
}

}  // namespace
}  // namespace plumb::test
