#include "kept_rows.hpp"

#include <algorithm>

#include "support/text.hpp"

namespace plumb::test {
namespace {

std::string quoted(const db::Connection& connection, const std::string& name) {
  return connection.engine() == "sqlite" ? "\"" + name + "\"" : "`" + name + "`";
}

/// The value with its type, so that a text `1` is not taken for the number.
std::string spelled(const sql::Value& value) {
  return sql::is_null(value) ? "NULL" : std::to_string(value.index()) + ":" + db::as_text(value);
}

template <class Map>
const typename Map::mapped_type* find_for(const Map& map, const std::string& table,
                                          const std::string& column) {
  auto found = map.find(table + "." + column);
  if (found == map.end()) found = map.find(column);
  return found == map.end() ? nullptr : &found->second;
}

std::string new_table_name(const std::string& table, const ExpectedChanges& expected) {
  const auto renamed = expected.tables.find(table);
  return renamed == expected.tables.end() ? table : renamed->second;
}

std::map<std::string, std::string> by_name(const TableRows& table, const sql::Row& row) {
  std::map<std::string, std::string> named;
  for (std::size_t i = 0; i < row.size(); ++i) named[table.columns[i]] = spelled(row[i]);
  return named;
}

/// The rows as they should be afterwards, in the order of `columns` (old names).
std::vector<std::string> expected_rows(const std::string& new_table, const TableRows& before,
                                       const std::vector<std::string>& columns,
                                       const ExpectedChanges& expected) {
  std::vector<std::string> lines;
  for (const sql::Row& row : before.rows) {
    auto values = by_name(before, row);
    std::string line;
    for (const auto& column : columns) {
      std::string value = values.at(column);
      const auto* fill = find_for(expected.backfilled, new_table, column);
      if (value == "NULL" && fill != nullptr) value = (*fill)(values);
      line += column + "=" + value + " | ";
    }
    lines.push_back(std::move(line));
  }
  std::sort(lines.begin(), lines.end());
  return lines;
}

void compare_table(const std::string& old_table, const TableRows& before,
                   const std::map<std::string, TableRows>& after, const ExpectedChanges& expected,
                   std::vector<std::string>& lost) {
  const std::string table = new_table_name(old_table, expected);
  const auto found = after.find(table);
  if (found == after.end()) {
    lost.push_back("table `" + table + "` is gone");
    return;
  }
  const TableRows& now = found->second;
  std::vector<std::string> old_columns;
  std::vector<std::size_t> places;
  for (const auto& column : before.columns) {
    if (expected.dropped_columns.contains(table + "." + column)) continue;
    const auto* renamed = find_for(expected.columns, table, column);
    const std::string name = renamed == nullptr ? column : *renamed;
    const auto place = std::find(now.columns.begin(), now.columns.end(), name);
    if (place == now.columns.end()) {
      lost.push_back("column `" + table + "." + name + "` is gone");
      continue;
    }
    old_columns.push_back(column);
    places.push_back(static_cast<std::size_t>(place - now.columns.begin()));
  }
  std::vector<std::string> present;
  for (const sql::Row& row : now.rows) {
    std::string line;
    for (std::size_t i = 0; i < places.size(); ++i)
      line += old_columns[i] + "=" + spelled(row[places[i]]) + " | ";
    present.push_back(std::move(line));
  }
  std::sort(present.begin(), present.end());
  const auto wanted = expected_rows(table, before, old_columns, expected);
  std::vector<std::string> missing;
  std::set_difference(wanted.begin(), wanted.end(), present.begin(), present.end(),
                      std::back_inserter(missing));
  for (const auto& line : missing) lost.push_back("`" + table + "` lost " + line);
  if (wanted.size() != present.size())
    lost.push_back("`" + table + "` has " + std::to_string(present.size()) + " rows instead of " +
                   std::to_string(wanted.size()));
}

}  // namespace

std::map<std::string, TableRows> all_rows(db::Connection& connection) {
  const bool sqlite = connection.engine() == "sqlite";
  const auto tables = connection.query(
      sqlite ? "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
             : "SELECT table_name FROM information_schema.tables WHERE table_schema = database() AND "
               "table_type = 'BASE TABLE'");
  std::map<std::string, TableRows> all;
  for (const auto& row : tables.rows) {
    const std::string name = db::as_text(row[0]);
    if (name.starts_with("plumb_")) continue;
    auto result = connection.query("SELECT * FROM " + quoted(connection, name));
    all[name] = {std::move(result.columns), std::move(result.rows)};
  }
  return all;
}

std::vector<std::string> lost_values(const std::map<std::string, TableRows>& before,
                                     const std::map<std::string, TableRows>& after,
                                     const ExpectedChanges& expected) {
  std::vector<std::string> lost;
  for (const auto& [table, rows] : before) {
    if (!expected.dropped_tables.contains(table)) compare_table(table, rows, after, expected, lost);
  }
  for (const auto& table : expected.dropped_tables) {
    if (after.contains(table)) lost.push_back("table `" + table + "` is still there");
  }
  for (const auto& name : expected.dropped_columns) {
    const std::string table = name.substr(0, name.find('.'));
    const auto found = after.find(table);
    if (found == after.end()) continue;
    const auto& columns = found->second.columns;
    if (std::find(columns.begin(), columns.end(), name.substr(name.find('.') + 1)) != columns.end())
      lost.push_back("column `" + name + "` is still there");
  }
  return lost;
}

}  // namespace plumb::test
