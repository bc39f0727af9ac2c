// How long reading a MariaDB schema takes, beside the bare SHOW CREATE statements that it cannot do without.
// The number of tables is 1000 unless PLUMB_BENCH_TABLES says otherwise.
#include <benchmark/benchmark.h>

#include <cstdlib>
#include <string>
#include <vector>

#include "dialect/mariadb/show_create.hpp"
#include "dialect/read_schema.hpp"
#include "support/mariadb_server.hpp"

namespace {

using plumb::test::FreshDatabase;
using plumb::test::MariaDbServer;

int table_count() {
  const char* text = std::getenv("PLUMB_BENCH_TABLES");
  return text == nullptr ? 1000 : std::atoi(text);
}

std::string create_table(int number) {
  const std::string n = std::to_string(number);
  return "CREATE TABLE t" + n +
         " (id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY, name VARCHAR(100) NOT NULL COMMENT 'a "
         "name',"
         " kind ENUM('a','b','c') NOT NULL DEFAULT 'a', price DECIMAL(10,2) NOT NULL DEFAULT 0.00, data JSON,"
         " owner BIGINT UNSIGNED, created DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,"
         " updated DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP, note TEXT, flag "
         "BOOL,"
         " twice INT AS (price * 2) VIRTUAL, code VARCHAR(20) CHARACTER SET latin1, UNIQUE u (name), KEY k "
         "(kind, flag),"
         " KEY n (note(20)), KEY o (owner), CONSTRAINT positive CHECK (price >= 0)" +
         (number == 0 ? std::string() : ", CONSTRAINT f" + n + " FOREIGN KEY (owner) REFERENCES t0 (id)") +
         ")";
}

/// A database with its tables, and for every twentieth a view and a trigger.
const FreshDatabase& database() {
  static const FreshDatabase made = [] {
    FreshDatabase fresh = MariaDbServer::shared().fresh_database("bench");
    const auto connection = fresh.connect();
    for (int i = 0; i < table_count(); ++i) {
      const std::string n = std::to_string(i);
      connection->execute(create_table(i));
      if (i % 20 != 0) continue;
      connection->execute("CREATE VIEW v" + n + " AS SELECT id, name, price FROM t" + n + " WHERE flag");
      connection->execute("CREATE TRIGGER tr" + n + " BEFORE UPDATE ON t" + n +
                          " FOR EACH ROW SET NEW.note = OLD.note");
    }
    return fresh;
  }();
  return made;
}

std::vector<std::string> show_creates() {
  std::vector<std::string> queries;
  for (int i = 0; i < table_count(); ++i) {
    const std::string n = std::to_string(i);
    queries.push_back("SHOW CREATE TABLE t" + n);
    if (i % 20 != 0) continue;
    queries.push_back("SHOW CREATE VIEW v" + n);
    queries.push_back("SHOW CREATE TRIGGER tr" + n);
  }
  return queries;
}

void bare_show_create(benchmark::State& state) {
  const auto connection = database().connect(plumb::db::OpenMode::ReadOnly);
  const std::vector<std::string> queries = show_creates();
  for (auto unused : state) benchmark::DoNotOptimize(connection->query_all(queries));
}

void one_by_one(benchmark::State& state) {
  const auto connection = database().connect(plumb::db::OpenMode::ReadOnly);
  const std::vector<std::string> queries = show_creates();
  for (auto unused : state) {
    for (const auto& query : queries) benchmark::DoNotOptimize(connection->query(query));
  }
}

void read_schema(benchmark::State& state) {
  const auto connection = database().connect(plumb::db::OpenMode::ReadOnly);
  for (auto unused : state) benchmark::DoNotOptimize(plumb::mariadb::read_schema(*connection));
}

void parse_alone(benchmark::State& state) {
  const auto connection = database().connect(plumb::db::OpenMode::ReadOnly);
  std::vector<std::string> texts;
  std::size_t bytes = 0;
  for (int i = 0; i < table_count(); ++i) {
    texts.push_back(
        plumb::db::as_text(connection->query("SHOW CREATE TABLE t" + std::to_string(i)).rows[0][1]));
    bytes += texts.back().size();
  }
  for (auto unused : state) {
    for (const auto& text : texts) benchmark::DoNotOptimize(plumb::mariadb::parse_show_create_table(text));
  }
  state.SetBytesProcessed(static_cast<std::int64_t>(bytes) * static_cast<std::int64_t>(state.iterations()));
}

BENCHMARK(bare_show_create)->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK(one_by_one)->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK(read_schema)->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK(parse_alone)->Unit(benchmark::kMillisecond)->UseRealTime();

}  // namespace

BENCHMARK_MAIN();
