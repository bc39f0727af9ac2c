#include "dialect/mariadb/partitions.hpp"

#include <gtest/gtest.h>

namespace plumb::mariadb {
namespace {

TEST(RowsWithoutPartition, AreThoseBeyondTheLastRange) {
  EXPECT_EQ(rows_without_partition("PARTITION BY RANGE (year(`d`))\n(PARTITION `p0` VALUES LESS THAN (2020) ENGINE = InnoDB,\n PARTITION `p1` VALUES LESS THAN (2021) ENGINE = InnoDB)"), "(year(`d`)) >= (2021)");
  EXPECT_EQ(rows_without_partition("PARTITION BY RANGE  COLUMNS(`d`)\n(PARTITION `p0` VALUES LESS THAN ('2020-01-01') ENGINE = InnoDB)"), "(`d`) >= ('2020-01-01')");
}

TEST(RowsWithoutPartition, AreThoseInNoList) {
  EXPECT_EQ(rows_without_partition("PARTITION BY LIST (`a`)\n(PARTITION `p0` VALUES IN (1,2) ENGINE = InnoDB,\n PARTITION `p1` VALUES IN (3) ENGINE = InnoDB)"),
            "NOT (coalesce((`a`) IN (1,2), FALSE) OR coalesce((`a`) IN (3), FALSE))");
  EXPECT_EQ(rows_without_partition("PARTITION BY LIST (`a`)\n(PARTITION `p0` VALUES IN (NULL,1) ENGINE = InnoDB)"), "NOT (coalesce((`a`) IN (NULL,1), FALSE) OR (`a`) IS NULL)");
}

TEST(RowsWithoutPartition, AreNoneWhereEveryRowHasAPlace) {
  for (const char* clause : {"", "PARTITION BY HASH (`a`)\nPARTITIONS 4", "PARTITION BY KEY (`a`)\nPARTITIONS 2", "PARTITION BY RANGE (`a`)\n(PARTITION `p0` VALUES LESS THAN (5) ENGINE = InnoDB,\n PARTITION `p1` VALUES LESS THAN MAXVALUE ENGINE = InnoDB)",
                             "PARTITION BY RANGE  COLUMNS(`a`)\n(PARTITION `p0` VALUES LESS THAN (MAXVALUE) ENGINE = InnoDB)", "PARTITION BY LIST (`a`)\n(PARTITION `p0` VALUES IN (1) ENGINE = InnoDB,\n PARTITION `p1` DEFAULT ENGINE = InnoDB)",
                             "PARTITION BY SYSTEM_TIME \n(PARTITION `p0` HISTORY ENGINE = InnoDB,\n PARTITION `p1` CURRENT ENGINE = InnoDB)"}) {
    EXPECT_EQ(rows_without_partition(clause), "") << clause;
  }
}

TEST(RowsWithoutPartition, AreNotToldOfSeveralColumns) {
  EXPECT_EQ(rows_without_partition("PARTITION BY RANGE  COLUMNS(`a`,`b`)\n(PARTITION `p0` VALUES LESS THAN (5,6) ENGINE = InnoDB)"), "");
}

}  // namespace
}  // namespace plumb::mariadb
