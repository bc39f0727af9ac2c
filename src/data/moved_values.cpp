// Unique values that move from one row to another.
#include <algorithm>

#include "data/writing.hpp"
#include "support/error.hpp"
#include "support/graph.hpp"
#include "support/text.hpp"

namespace plumb::data {
namespace {

std::string tuple(const std::vector<std::size_t>& columns, const std::vector<Json>& values, const std::vector<Json>& otherwise) {
  std::string text;
  for (const std::size_t c : columns) {
    const Json& value = values[c].is_discarded() ? otherwise[c] : values[c];
    if (value.is_null()) return {};  // NULLs are never equal
    text += shown(value) + "\n";
  }
  return text;
}

}  // namespace

/// The order in which the rows of a table are updated; true where it counts. Where values go round in a circle, one row lets
/// go of its value first.
bool RowUpdates::moves_unique_values(std::size_t index, std::vector<const RowDifference*>& order) {
  const auto& updated = writing_.work.tables[index].updated;
  std::vector<std::pair<std::size_t, std::size_t>> edges;
  std::map<std::pair<std::size_t, std::size_t>, const std::vector<std::size_t>*> key_of_edge;
  for (const auto& key : writing_.tables.tables[index].unique) {
    std::map<std::string, std::size_t> holders;
    const auto touches = [&](const RowDifference& row) {
      return std::any_of(key.begin(), key.end(), [&](std::size_t c) { return std::find(row.columns.begin(), row.columns.end(), c) != row.columns.end(); });
    };
    for (std::size_t i = 0; i < updated.size(); ++i) {
      if (!touches(updated[i])) continue;
      const std::string held = tuple(key, updated[i].standing.row.values, updated[i].standing.row.values);
      if (!held.empty()) holders.emplace(held, i);
    }
    for (std::size_t i = 0; i < updated.size() && !holders.empty(); ++i) {
      if (!touches(updated[i])) continue;
      const auto holder = holders.find(tuple(key, updated[i].wanted.values, updated[i].standing.row.values));
      if (holder == holders.end() || holder->second == i) continue;
      edges.emplace_back(holder->second, i);
      key_of_edge.emplace(edges.back(), &key);
    }
  }
  if (edges.empty()) {
    for (const RowDifference& row : updated) order.push_back(&row);
    return false;
  }
  const Order sorted = ordered(updated.size(), edges);
  for (const auto& edge : sorted.broken) let_go(index, updated[edge.first], *key_of_edge.at(edge));
  for (const std::size_t i : sorted.nodes) order.push_back(&updated[i]);
  return true;
}

void RowUpdates::let_go(std::size_t index, const RowDifference& row, const std::vector<std::size_t>& key) {
  const MasterTable& table = writing_.tables.tables[index];
  const auto nullable = std::find_if(key.begin(), key.end(), [&](std::size_t c) { return table.columns[c].nullable; });
  const auto text = std::find_if(key.begin(), key.end(), [&](std::size_t c) { return table.columns[c].kind == ValueKind::Text || table.columns[c].kind == ValueKind::Char; });
  const auto number = std::find_if(key.begin(), key.end(), [&](std::size_t c) { return table.columns[c].kind == ValueKind::Integer && !table.columns[c].type.is_unsigned && !table.columns[c].parent; });
  ++let_go_;
  sql::Value meanwhile;
  std::size_t column = 0;
  if (nullable != key.end()) {
    column = *nullable;
  } else if (text != key.end()) {
    column = *text;
    meanwhile = "~" + std::to_string(let_go_);
  } else if (number != key.end()) {
    column = *number;
    meanwhile = -100 - let_go_;
  } else {
    throw Error(writing_.place(index, row.wanted) + ": its unique value and those of other rows go round in a circle, and no column of them can hold another value meanwhile; nothing was written");
  }
  sql::Row values{meanwhile};
  std::vector<std::string> where;
  for (std::size_t a = 0; a < table.address.size(); ++a) {
    where.push_back(writing_.quoted(table.address[a]) + " = ?");
    values.push_back(row.standing.raw[table.columns.size() + a]);
  }
  const std::string begin = "UPDATE " + writing_.quoted(table.name) + " SET " + writing_.quoted(table.columns[column].name) + " = ";
  gone_.emplace(std::pair{&row, column}, writing_.dialect.literal(meanwhile));
  writing_.undo.add(table.name, begin + writing_.dialect.literal(row.standing.raw[column]) + " WHERE " + writing_.condition(table, row.standing.raw));
  writing_.batches.add(begin + "? WHERE " + join(where, " AND "), std::move(values), {index, &row.wanted, 0});
  writing_.batches.flush();
}

}  // namespace plumb::data
