#include <algorithm>

#include "data/stopwatch.hpp"
#include "data/writing.hpp"
#include "support/text.hpp"

namespace plumb::data {

void RowUpdates::update(std::size_t index) {
  const auto& updated = writing_.work.tables[index].updated;
  if (updated.empty()) return;
  const Stopwatch watch(writing_.spent[index]);
  std::vector<const RowDifference*> order;
  const bool moves = moves_unique_values(index, order);
  for (const RowDifference* difference : order) {
    auto waiting = update_row(index, *difference, difference->columns);
    if (!waiting.empty()) later_.push_back({index, difference, std::move(waiting)});
    if (moves) writing_.batches.flush();
  }
  writing_.batches.flush();
}

/// Gives the columns that wait for rows which do not stand yet.
std::vector<std::size_t> RowUpdates::update_row(std::size_t index, const RowDifference& difference, const std::vector<std::size_t>& columns) {
  const MasterTable& table = writing_.tables.tables[index];
  std::vector<std::size_t> waiting;
  std::vector<std::string> sets;
  std::vector<std::string> back;
  sql::Row values;
  for (const std::size_t c : columns) {
    const MasterColumn& column = table.columns[c];
    auto value = writing_.bound(column, difference.wanted.values[c]);
    if (!value && difference.wanted.values[c].is_object()) value = own_handle_of(difference, index, column, difference.wanted.values[c]);
    if (!value) {
      waiting.push_back(c);
      continue;
    }
    sets.push_back(writing_.quoted(column.name) + " = ?");
    if (writing_.undo.is_kept()) back.push_back(way_back(column, difference, c, *value));
    values.push_back(std::move(*value));
  }
  if (sets.empty()) return waiting;
  std::vector<std::string> where;
  for (std::size_t a = 0; a < table.address.size(); ++a) {
    where.push_back(writing_.quoted(table.address[a]) + " = ?");
    values.push_back(difference.standing.raw[table.columns.size() + a]);
  }
  if (writing_.undo.is_kept()) writing_.undo.add(table.name, "UPDATE " + writing_.quoted(table.name) + " SET " + join(back, ", ") + " WHERE " + writing_.condition(table, difference.standing.raw));
  writing_.batches.add("UPDATE " + writing_.quoted(table.name) + " SET " + join(sets, ", ") + " WHERE " + join(where, " AND "), std::move(values), {index, &difference.wanted, 0});
  return waiting;
}

/// A row that refers to itself from now on.
std::optional<sql::Value> RowUpdates::own_handle_of(const RowDifference& difference, std::size_t index, const MasterColumn& column, const Json& value) const {
  const bool is_itself = column.parent == index && key_text(value) == difference.wanted.key;
  return is_itself ? writing_.own_handle(writing_.tables.tables[index], difference.wanted, column) : std::nullopt;
}

/// What the column is set to when this is undone: what somebody writes later stays.
std::string RowUpdates::way_back(const MasterColumn& column, const RowDifference& difference, std::size_t c, const sql::Value& value) const {
  const auto let_go = gone_.find({&difference, c});
  const std::string before = let_go == gone_.end() ? writing_.dialect.literal(difference.standing.raw[c]) : let_go->second;
  const std::string name = writing_.quoted(column.name);
  const bool is_exact = column.kind != ValueKind::Float && column.kind != ValueKind::Double;
  if (!is_exact) return name + " = " + before;
  return name + " = CASE WHEN " + name + " " + writing_.same() + " " + writing_.dialect.literal(value) + " THEN " + before + " ELSE " + name + " END";
}

void RowUpdates::update_the_rest() {
  for (const Later& later : later_) {
    if (!update_row(later.table, *later.difference, later.columns).empty()) lead_nowhere(writing_, later.table, later.difference->wanted);
  }
  writing_.batches.flush();
}

}  // namespace plumb::data
