#include <algorithm>

#include "data/stopwatch.hpp"
#include "data/writing.hpp"
#include "support/error.hpp"
#include "support/text.hpp"

namespace plumb::data {
namespace {

/// A chain of rows that refer to each other takes a round a link; after these, open references are cheaper.
constexpr int rounds_before_opening = 8;

bool refers_to_itself(std::size_t index, const MasterRow& row, const MasterColumn& column, const Json& value) {
  return column.parent == index && key_text(value) == row.key;
}

}  // namespace

void RowInserts::insert() {
  std::vector<Waiting> waiting;
  for (const std::size_t index : writing_.tables.by_reference) {
    insert_fresh(index, waiting);
    for (const MasterRow& row : writing_.work.tables[index].inserted) waiting.push_back({index, &row});
  }
  for (int round = 0; !waiting.empty(); ++round) {
    const std::size_t before = waiting.size();
    waiting = insert_round(waiting, round >= rounds_before_opening);
    if (waiting.size() == before) waiting = insert_round(waiting, true);
    if (waiting.size() != before) continue;
    const Waiting& first = waiting.front();
    throw Error(writing_.place(first.table, *first.row) +
                ": the row needs rows that need it, and none of these references may be null meanwhile; nothing was written");
  }
}

/// Rows that are read from their file again, as far as the rows that they refer to stand.
void RowInserts::insert_fresh(std::size_t index, std::vector<Waiting>& waiting) {
  const TableWork& work = writing_.work.tables[index];
  if (work.fresh.count == 0) return;
  const Stopwatch watch(writing_.spent[index]);
  const MasterTable& table = writing_.tables.tables[index];
  const auto insert_or_wait = [&](MasterRow row) {
    if (insert_row(index, row, false, false)) return;
    held_.push_back(std::move(row));
    waiting.push_back({index, &held_.back()});
  };
  std::vector<std::size_t> columns(table.columns.size());
  for (std::size_t c = 0; c < columns.size(); ++c) columns[c] = c;
  Batch& batch = writing_.batches.of(insert_statement(index, columns));
  const auto insert_quickly = [&](const QuickRow& row, const RowText& text) {
    if (!find_referred(table, row)) return false;
    sql::Row& values = batch.next({index, nullptr, text.place.number});
    row.bind(values);
    for (const auto& [column, value] : referred_) values[column] = *value;
    undo_.add(index, columns, values);
    if (batch.is_full()) writing_.batches.send(batch);
    return true;
  };
  for_each_fresh(writing_.package, writing_.tables, index, work.fresh, insert_or_wait, insert_quickly);
  end_of_pass(index);
}

/// False: a row does not stand yet that this one refers to.
bool RowInserts::find_referred(const MasterTable& table, const QuickRow& row) {
  referred_.clear();
  for (std::size_t c = 0; c < table.columns.size(); ++c) {
    if (!row.is_reference(c)) continue;
    const sql::Value* value = writing_.handle(table.columns[c], row.referred(c));
    if (value == nullptr) return false;
    referred_.emplace_back(c, value);
  }
  return true;
}

/// No row of a pass refers to another one of it: the new ids are known from here on.
void RowInserts::end_of_pass(std::size_t index) {
  writing_.batches.flush();
  undo_.flush();
  writing_.rows.read_handles(index, writing_.handles);
}

/// Inserts what can be inserted; gives the rows that wait on.
std::vector<RowInserts::Waiting> RowInserts::insert_round(const std::vector<Waiting>& waiting, bool leave_open) {
  std::vector<Waiting> left;
  for (auto begin = waiting.begin(); begin != waiting.end();) {
    const std::size_t index = begin->table;
    const Stopwatch watch(writing_.spent[index]);
    const auto end = std::find_if(begin, waiting.end(), [&](const Waiting& one) { return one.table != index; });
    const std::size_t waited_before = left.size();
    for (auto one = begin; one != end; ++one) {
      if (!insert_row(index, *one->row, leave_open)) left.push_back(*one);
    }
    if (left.size() - waited_before != static_cast<std::size_t>(end - begin)) end_of_pass(index);
    begin = end;
  }
  return left;
}

/// False: it waits. A row that does not last is gone before its batch is written.
bool RowInserts::insert_row(std::size_t index, const MasterRow& row, bool leave_open, bool is_lasting) {
  const MasterTable& table = writing_.tables.tables[index];
  std::vector<std::size_t> columns;
  sql::Row values;
  std::vector<std::size_t> open;
  for (std::size_t c = 0; c < table.columns.size(); ++c) {
    const MasterColumn& column = table.columns[c];
    if (row.values[c].is_discarded()) continue;
    auto value = writing_.bound(column, row.values[c]);
    if (!value && refers_to_itself(index, row, column, row.values[c])) value = writing_.own_handle(table, row, column);
    if (!value) {
      if (!leave_open || !column.nullable || column.in_key) return false;
      value = sql::Value();
      open.push_back(c);
    }
    columns.push_back(c);
    values.push_back(std::move(*value));
  }
  for (const std::size_t c : open) open_.push_back({index, &row, c});
  undo_.add(index, columns, values);
  writing_.batches.add(insert_statement(index, columns), std::move(values), {index, is_lasting ? &row : nullptr, row.number});
  return true;
}

const std::string& RowInserts::insert_statement(std::size_t index, const std::vector<std::size_t>& columns) {
  std::string& statement = statements_[{index, columns}];
  if (!statement.empty()) return statement;
  const MasterTable& table = writing_.tables.tables[index];
  std::vector<std::string> names;
  for (const std::size_t c : columns) names.push_back(writing_.quoted(table.columns[c].name));
  const std::vector<std::string> marks(names.size(), "?");
  statement = "INSERT INTO " + writing_.quoted(table.name) + " (" + join(names, ", ") + ") VALUES (" + join(marks, ", ") + ")";
  return statement;
}

void RowInserts::set_open() {
  for (const Open& open : open_) set_open(open);
  writing_.batches.flush();
}

/// The row is found by its natural key: its id was the database's choice.
void RowInserts::set_open(const Open& open) {
  const MasterTable& table = writing_.tables.tables[open.table];
  const MasterColumn& column = table.columns[open.column];
  auto value = writing_.bound(column, open.row->values[open.column]);
  if (!value) lead_nowhere(writing_, open.table, *open.row);
  sql::Row values{std::move(*value)};
  std::vector<std::string> where;
  for (const std::size_t k : table.key) {
    auto part = writing_.bound(table.columns[k], open.row->values[k]);
    if (!part) lead_nowhere(writing_, open.table, *open.row);
    where.push_back(writing_.quoted(table.columns[k].name) + (sql::is_null(*part) ? " IS NULL" : " = ?"));
    if (!sql::is_null(*part)) values.push_back(std::move(*part));
  }
  const std::string begin = "UPDATE " + writing_.quoted(table.name) + " SET " + writing_.quoted(column.name);
  if (writing_.undo.is_kept()) {
    const auto whole_key = writing_.key_condition(open.table, *open.row);
    if (whole_key) writing_.undo.add(table.name, begin + " = NULL WHERE " + *whole_key);
  }
  writing_.batches.add(begin + " = ? WHERE " + join(where, " AND "), std::move(values), {open.table, open.row, 0});
}

}  // namespace plumb::data
