#include "dialect/mariadb/grants.hpp"

#include <gtest/gtest.h>

namespace plumb::mariadb {
namespace {

bool may(const std::string& grant, std::string_view database) {
  return grants_on_database({grant}, database, "TRIGGER");
}

TEST(Grants, OnTheWholeServerCountForEveryDatabase) {
  EXPECT_TRUE(
      may("GRANT ALL PRIVILEGES ON *.* TO `root`@`localhost` IDENTIFIED BY PASSWORD '*AB' WITH GRANT OPTION",
          "x"));
  EXPECT_TRUE(may("GRANT SELECT, TRIGGER, INSERT ON *.* TO `u`@`%`", "x"));
  EXPECT_FALSE(may("GRANT USAGE ON *.* TO `u`@`%`", "x"));
}

TEST(Grants, OnADatabaseCountForThatDatabase) {
  EXPECT_TRUE(may("GRANT SELECT, SHOW VIEW, TRIGGER ON `shop`.* TO `u`@`%`", "shop"));
  EXPECT_FALSE(may("GRANT SELECT, SHOW VIEW, TRIGGER ON `shop`.* TO `u`@`%`", "shop2"));
  EXPECT_FALSE(may("GRANT SELECT ON `shop`.* TO `u`@`%`", "shop"));
  EXPECT_TRUE(may("GRANT ALL PRIVILEGES ON `a``b`.* TO `u`@`%`", "a`b"));
}

TEST(Grants, OnAPatternCountForWhatItFits) {
  EXPECT_TRUE(may("GRANT TRIGGER ON `shop%`.* TO `u`@`%`", "shop_test"));
  EXPECT_TRUE(may("GRANT TRIGGER ON `%`.* TO `u`@`%`", "anything"));
  EXPECT_TRUE(may("GRANT TRIGGER ON `sho_`.* TO `u`@`%`", "shop"));
  EXPECT_TRUE(may("GRANT TRIGGER ON `a\\_b`.* TO `u`@`%`", "a_b"));
  EXPECT_FALSE(may("GRANT TRIGGER ON `a\\_b`.* TO `u`@`%`", "axb"));
  EXPECT_FALSE(may("GRANT TRIGGER ON `%z`.* TO `u`@`%`", "zoo"));
}

TEST(Grants, OnATableOrColumnOrRoutineAreNotEnough) {
  EXPECT_FALSE(may("GRANT TRIGGER ON `shop`.`orders` TO `u`@`%`", "shop"));
  EXPECT_FALSE(may("GRANT EXECUTE ON PROCEDURE `shop`.`p` TO `u`@`%`", "shop"));
  EXPECT_FALSE(may("GRANT `a_role` TO `u`@`%`", "shop"));
  EXPECT_FALSE(may("GRANT PROXY ON ``@`%` TO `root`@`localhost`", "shop"));
  EXPECT_FALSE(may("SET DEFAULT ROLE `r` FOR `u`@`%`", "shop"));
  EXPECT_FALSE(grants_on_database({}, "shop", "TRIGGER"));
}

TEST(Grants, OfAUserCalledTriggerAreNoPrivilege) {
  EXPECT_FALSE(may("GRANT SELECT ON `shop`.* TO `trigger`@`%`", "shop"));
  EXPECT_FALSE(may("GRANT SELECT (`trigger`) ON `shop`.* TO `u`@`%`", "shop"));
}

}  // namespace
}  // namespace plumb::mariadb
