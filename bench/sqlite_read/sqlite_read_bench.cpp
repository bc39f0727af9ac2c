// How long reading a SQLite schema takes, beside the engine's own loading of it that it cannot do without.
// The argument is the number of tables: 12 columns, 3 indexes, a foreign key each; every twentieth has a view
// and a trigger.
#include <benchmark/benchmark.h>
#include <sqlite3.h>

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "db/connection.hpp"
#include "db/target.hpp"
#include "dialect/read_schema.hpp"
#include "dialect/sqlite/cross_check.hpp"
#include "dialect/sqlite/stored_create.hpp"
#include "support/scratch_folder.hpp"

namespace {

constexpr std::string_view stored_texts =
    "SELECT type, name, tbl_name, sql FROM main.sqlite_schema WHERE sql IS NOT NULL";

std::string create_table(std::int64_t number) {
  const std::string n = std::to_string(number);
  std::string sql = "CREATE TABLE t" + n +
                    " (\n  id INTEGER PRIMARY KEY AUTOINCREMENT,\n  name varchar(100) NOT NULL COLLATE "
                    "NOCASE, -- what people see\n"
                    "  kind text NOT NULL DEFAULT 'a' CHECK (kind IN ('a', 'b', 'c')),\n  price "
                    "decimal(10,2) NOT NULL DEFAULT 0,\n"
                    "  data json,\n  owner integer REFERENCES t0(id) ON DELETE CASCADE,\n"
                    "  created datetime NOT NULL DEFAULT CURRENT_TIMESTAMP,\n  updated datetime NOT NULL "
                    "DEFAULT (datetime('now')),\n"
                    "  note text,\n  flag bool,\n  twice int GENERATED ALWAYS AS (price * 2) VIRTUAL,\n  "
                    "code varchar(20),\n"
                    "  CONSTRAINT u UNIQUE (name, kind),\n  CONSTRAINT positive CHECK (price >= 0)\n);";
  sql += "CREATE INDEX i" + n + "_kind ON t" + n + "(kind, flag DESC);";
  sql += "CREATE UNIQUE INDEX i" + n + "_code ON t" + n + "(lower(code)) WHERE code IS NOT NULL;";
  sql += "CREATE INDEX i" + n + "_owner ON t" + n + "(owner);";
  if (number % 20 != 0) return sql;
  sql += "CREATE VIEW v" + n + " AS SELECT id, name, price FROM t" + n + " WHERE flag;";
  sql += "CREATE TRIGGER r" + n + " AFTER UPDATE OF note ON t" + n +
         " WHEN old.note IS NOT new.note BEGIN UPDATE t" + n +
         " SET updated = datetime('now') WHERE id = new.id; END;";
  return sql;
}

/// A file with so many tables; made once for each number.
const std::string& file_with(std::int64_t tables) {
  static plumb::test::ScratchFolder folder;
  static std::map<std::int64_t, std::string> files;
  const auto found = files.find(tables);
  if (found != files.end()) return found->second;
  const std::string path = folder / (std::to_string(tables) + ".db");
  sqlite3* handle = nullptr;
  sqlite3_open(path.c_str(), &handle);
  sqlite3_exec(handle, "PRAGMA synchronous = OFF; BEGIN", nullptr, nullptr, nullptr);
  for (std::int64_t i = 0; i < tables; ++i)
    sqlite3_exec(handle, create_table(i).c_str(), nullptr, nullptr, nullptr);
  sqlite3_exec(handle, "COMMIT", nullptr, nullptr, nullptr);
  sqlite3_close(handle);
  return files.emplace(tables, path).first->second;
}

std::unique_ptr<plumb::db::Connection> open(const std::string& path) {
  return plumb::db::open(plumb::db::parse_target("sqlite:" + path), plumb::db::OpenMode::ReadOnly);
}

void engine_loads_its_schema(benchmark::State& state) {
  const std::string& path = file_with(state.range(0));
  for (auto _ : state) {
    const auto connection = open(path);
    connection->query("SELECT 1 FROM sqlite_schema LIMIT 1");
  }
}

void engine_gives_the_texts(benchmark::State& state) {
  const auto connection = open(file_with(state.range(0)));
  for (auto _ : state) benchmark::DoNotOptimize(connection->query(stored_texts));
}

void parse_the_texts(benchmark::State& state) {
  const auto rows = open(file_with(state.range(0)))->query(stored_texts).rows;
  std::int64_t bytes = 0;
  for (const auto& row : rows) bytes += static_cast<std::int64_t>(std::get<std::string>(row[3]).size());
  for (auto _ : state) {
    for (const auto& row : rows)
      benchmark::DoNotOptimize(plumb::sqlite::parse_stored_create(std::get<std::string>(row[3])));
  }
  state.SetBytesProcessed(state.iterations() * bytes);
}

void read_schema(benchmark::State& state) {
  const auto connection = open(file_with(state.range(0)));
  for (auto _ : state) benchmark::DoNotOptimize(plumb::sqlite::read_schema(*connection));
}

void cross_check(benchmark::State& state) {
  const auto connection = open(file_with(state.range(0)));
  const plumb::Schema schema = plumb::sqlite::read_schema(*connection);
  for (auto _ : state) benchmark::DoNotOptimize(plumb::sqlite::cross_check(*connection, schema));
}

constexpr std::int64_t few = 100;
constexpr std::int64_t many = 1000;
constexpr std::int64_t very_many = 10'000;

BENCHMARK(engine_loads_its_schema)->Arg(few)->Arg(many)->Arg(very_many)->Unit(benchmark::kMillisecond);
BENCHMARK(engine_gives_the_texts)->Arg(few)->Arg(many)->Arg(very_many)->Unit(benchmark::kMillisecond);
BENCHMARK(parse_the_texts)->Arg(few)->Arg(many)->Arg(very_many)->Unit(benchmark::kMillisecond);
BENCHMARK(read_schema)->Arg(few)->Arg(many)->Arg(very_many)->Unit(benchmark::kMillisecond);
BENCHMARK(cross_check)->Arg(few)->Arg(many)->Unit(benchmark::kMillisecond);

}  // namespace

BENCHMARK_MAIN();
