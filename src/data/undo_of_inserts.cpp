#include "data/undo_of_inserts.hpp"

#include <algorithm>

#include "support/text.hpp"

namespace plumb::data {
namespace {

constexpr std::size_t rows_of_a_delete = 200;

/// One column that is never NULL: a list of values finds the rows.
bool is_simple(const MasterTable& table) { return table.key.size() == 1 && !table.columns[table.key[0]].nullable; }

const sql::Value& value_of(std::size_t column, const std::vector<std::size_t>& columns, const sql::Row& values) {
  return values[static_cast<std::size_t>(std::find(columns.begin(), columns.end(), column) - columns.begin())];
}

}  // namespace

void UndoOfInserts::add(std::size_t table, const std::vector<std::size_t>& columns, const sql::Row& values) {
  if (!log_.is_kept()) return;
  if (table != table_ || rows_.size() == rows_of_a_delete) flush();
  table_ = table;
  rows_.push_back(condition(tables_.tables[table], columns, values));
}

std::string UndoOfInserts::condition(const MasterTable& table, const std::vector<std::size_t>& columns, const sql::Row& values) const {
  if (is_simple(table)) return dialect_.literal(value_of(table.key[0], columns, values));
  std::vector<std::string> parts;
  for (const std::size_t k : table.key) {
    const sql::Value& value = value_of(k, columns, values);
    parts.push_back(dialect_.quote(table.columns[k].name) + (sql::is_null(value) ? " IS NULL" : " = " + dialect_.literal(value)));
  }
  return "(" + join(parts, " AND ") + ")";
}

void UndoOfInserts::flush() {
  if (rows_.empty()) return;
  const MasterTable& table = tables_.tables[table_];
  const std::string where = is_simple(table) ? dialect_.quote(table.columns[table.key[0]].name) + " IN (" + join(rows_, ", ") + ")" : join(rows_, " OR ");
  if (log_.is_full(table.name)) batches_.settle();  // so that its error is told with its row
  log_.add(table.name, "DELETE FROM " + dialect_.quote(table.name) + " WHERE " + where);
  rows_.clear();
}

}  // namespace plumb::data
