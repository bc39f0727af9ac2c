#include "engine/sqlite_read/generated_schema.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>

#include "engine/sqlite_read/database.hpp"

namespace plumb::sqlite {
namespace {

/// PLUMB_GENERATED_BATCHES=1000 in the environment makes a long run of it.
std::size_t batches() {
  const char* wanted = std::getenv("PLUMB_GENERATED_BATCHES");
  return wanted != nullptr ? std::strtoul(wanted, nullptr, 10) : 20;
}

constexpr std::size_t tables_in_a_batch = 250;

void explain(const Table& read, const Table& expected) {
  EXPECT_EQ(read.columns.size(), expected.columns.size());
  for (std::size_t i = 0; i < std::min(read.columns.size(), expected.columns.size()); ++i) {
    EXPECT_TRUE(read.columns[i] == expected.columns[i]) << "column " << expected.columns[i].name;
  }
  EXPECT_TRUE(read.primary_key == expected.primary_key) << "primary key";
  EXPECT_TRUE(read.indexes == expected.indexes) << "indexes";
  EXPECT_TRUE(read.foreign_keys == expected.foreign_keys) << "foreign keys";
  EXPECT_TRUE(read.checks == expected.checks) << "checks";
  EXPECT_TRUE(read.options == expected.options) << "options";
}

TEST(GeneratedSchemas, AreReadAsTheyWereMeantAndAsTheEngineHasThem) {
  for (std::size_t batch = 0; batch < batches(); ++batch) {
    SCOPED_TRACE("seed " + std::to_string(batch));
    SchemaGenerator generator(batch);
    Database database;
    database.run("CREATE TABLE Parent(X PRIMARY KEY, \"y z\", UNIQUE(X, \"y z\")); BEGIN");
    std::vector<GeneratedTable> made;
    for (std::size_t number = 0; number < tables_in_a_batch; ++number) {
      made.push_back(generator.next(number));
      database.run(made.back().script);
    }
    database.run("COMMIT");
    const Schema schema = database.read();
    for (const auto& one : made) {
      const auto found = schema.tables.find(one.table.name);
      ASSERT_NE(found, schema.tables.end()) << one.script;
      if (found->second == one.table) continue;
      explain(found->second, one.table);
      FAIL() << one.script;
    }
    EXPECT_THAT(database.differences(), testing::IsEmpty());
    if (HasFailure()) return;
  }
}

}  // namespace
}  // namespace plumb::sqlite
