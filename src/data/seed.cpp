#include <charconv>
#include <cstdlib>
#include <map>

#include "data/master_data.hpp"
#include "support/error.hpp"
#include "support/text.hpp"

namespace plumb::data {
namespace {

sql::Value value_of(const SeedValue& value, const Origin& origin) {
  switch (value.kind) {
    case SeedValue::Kind::Null:
      return {};
    case SeedValue::Kind::Bool:
      return std::int64_t{value.text == "true" ? 1 : 0};
    case SeedValue::Kind::Number: {
      std::int64_t number = 0;
      const char* end = value.text.data() + value.text.size();
      const auto [stop, problem] = std::from_chars(value.text.data(), end, number);
      if (problem == std::errc() && stop == end) return number;
      return value.text;
    }
    case SeedValue::Kind::String:
      return value.text;
    case SeedValue::Kind::Environment: {
      const char* set = std::getenv(value.text.c_str());
      if (set == nullptr) throw Error(origin.to_string() + ": the environment variable `" + value.text + "` is not set; nothing was written");
      return std::string(set);
    }
  }
  return {};
}

struct PreparedRow {
  std::string statement;
  sql::Row values;
  const SeedRow* row = nullptr;
};

std::vector<PreparedRow> rows_of(const Dialect& dialect, const Seed& seed) {
  std::vector<PreparedRow> rows;
  for (const SeedRow& row : seed.rows) {
    PreparedRow made;
    std::vector<std::string> names;
    for (const auto& [column, value] : row.values) {
      names.push_back(dialect.quote(column));
      made.values.push_back(value_of(value, row.origin));
    }
    const std::vector<std::string> marks(names.size(), "?");
    made.statement = "INSERT INTO " + dialect.quote(seed.table) + " (" + join(names, ", ") + ") VALUES (" + join(marks, ", ") + ")";
    made.row = &row;
    rows.push_back(std::move(made));
  }
  return rows;
}

}  // namespace

std::vector<SeededTable> seed(db::Connection& connection, const Dialect& dialect, const Description& description) {
  std::vector<std::vector<PreparedRow>> all;
  for (const Seed& one : description.seeds) all.push_back(rows_of(dialect, one));  // what is missing is told before anything is written
  for (const auto& statement : dialect.sync_session()) connection.execute(statement);
  db::Transaction transaction(connection);
  std::map<std::string, bool> is_empty;
  for (const Seed& one : description.seeds)
    is_empty.emplace(one.table, db::single_integer(connection, "SELECT count(*) FROM " + dialect.quote(one.table)) == 0);
  std::vector<SeededTable> seeded;
  for (std::size_t i = 0; i < all.size(); ++i) {
    const std::string& table = description.seeds[i].table;
    seeded.push_back({table, is_empty.at(table) ? all[i].size() : 0, !is_empty.at(table)});
    if (!is_empty.at(table)) continue;
    for (const PreparedRow& row : all[i]) {
      try {
        connection.prepare(row.statement)->execute(row.values);
      } catch (const DatabaseError& error) {
        throw DatabaseError(error.kind(), error.engine(), error.code(), row.row->origin.to_string() + ": " + error.what() + "; nothing was written", error.sql());
      }
    }
  }
  transaction.commit();
  return seeded;
}

}  // namespace plumb::data
