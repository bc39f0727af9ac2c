#include <algorithm>
#include <map>

#include "data/stopwatch.hpp"
#include "data/writing.hpp"
#include "support/error.hpp"
#include "support/graph.hpp"
#include "support/text.hpp"

namespace plumb::data {

std::vector<std::size_t> RowDeletes::remove(std::vector<std::size_t> indexes, bool may_wait) {
  std::vector<std::size_t> waits;
  if (!may_wait) std::reverse(indexes.begin(), indexes.end());
  for (auto index = indexes.rbegin(); index != indexes.rend(); ++index) {
    if (writing_.work.tables[*index].deleted.empty()) continue;
    if (!may_wait) {
      remove_from(*index);
      continue;
    }
    writing_.undo.flush();
    writing_.connection.execute("SAVEPOINT plumb_deletes");
    try {
      remove_from(*index);
      writing_.undo.flush();
      writing_.connection.execute("RELEASE SAVEPOINT plumb_deletes");
    } catch (const DatabaseError& error) {
      if (error.kind() != DatabaseErrorKind::Constraint) throw;
      writing_.connection.execute("ROLLBACK TO SAVEPOINT plumb_deletes");
      writing_.undo.forget();
      waits.push_back(*index);
    }
  }
  return waits;
}

void RowDeletes::remove_from(std::size_t index) {
  const Stopwatch watch(writing_.spent[index]);
  const MasterTable& table = writing_.tables.tables[index];
  std::vector<const StandingRow*> rows = children_first(index);
  if (writing_.undo.is_kept()) keep_rows(table, rows);
  std::vector<std::string> where;
  for (const auto& name : table.address) where.push_back(writing_.quoted(name) + " = ?");
  Batches batches(writing_.connection, [this](const WrittenRow& written) { return writing_.place(written); });
  for (const StandingRow* row : rows) {
    sql::Row values(row->raw.begin() + static_cast<std::ptrdiff_t>(table.columns.size()), row->raw.end());
    batches.add("DELETE FROM " + writing_.quoted(table.name) + " WHERE " + join(where, " AND "), std::move(values), {index, &row->row, 0});
  }
  batches.flush();
}

std::vector<const StandingRow*> RowDeletes::children_first(std::size_t index) const {
  const auto& deleted = writing_.work.tables[index].deleted;
  std::map<std::string, std::size_t> numbers;
  for (std::size_t i = 0; i < deleted.size(); ++i) numbers.emplace(deleted[i].row.key, i);
  std::vector<std::pair<std::size_t, std::size_t>> edges;
  const MasterTable& table = writing_.tables.tables[index];
  for (std::size_t c = 0; c < table.columns.size(); ++c) {
    if (table.columns[c].parent != index) continue;
    for (std::size_t i = 0; i < deleted.size(); ++i) {
      const Json& value = deleted[i].row.values[c];
      const auto parent = value.is_object() ? numbers.find(key_text(value)) : numbers.end();
      if (parent != numbers.end() && parent->second != i) edges.emplace_back(i, parent->second);
    }
  }
  std::vector<const StandingRow*> rows;
  for (const std::size_t i : ordered(deleted.size(), edges).nodes) rows.push_back(&deleted[i]);
  return rows;
}

/// The whole rows as INSERT statements, in the order in which they go.
void RowDeletes::keep_rows(const MasterTable& table, const std::vector<const StandingRow*>& rows) {
  std::vector<std::string> names;
  for (const auto& name : table.stored) names.push_back(writing_.quoted(name));
  const std::string begin = "INSERT INTO " + writing_.quoted(table.name) + " (" + join(names, ", ") + ") VALUES (";
  for (const StandingRow* row : rows) {
    const auto result = writing_.connection.query("SELECT " + join(names, ", ") + " FROM " + writing_.quoted(table.name) + " WHERE " + writing_.condition(table, row->raw));
    if (result.rows.size() != 1) throw Error("table `" + table.name + "`, row " + row->row.key + " was not found again; nothing was written");
    std::vector<std::string> values;
    for (const auto& value : result.rows.front()) values.push_back(writing_.dialect.literal(value));
    writing_.undo.add(table.name, begin + join(values, ", ") + ")");
  }
}

}  // namespace plumb::data
