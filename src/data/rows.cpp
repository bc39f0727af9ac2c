#include "data/rows.hpp"

#include <utility>

#include "support/error.hpp"
#include "support/text.hpp"

namespace plumb::data {
namespace {

constexpr std::size_t most_problems = 100;

/// The tail end of a row holds the address and the handles, behind the columns.
std::string select_of(const Dialect& dialect, const MasterTable& table) {
  std::vector<std::string> names;
  for (const MasterColumn& column : table.columns) {
    const std::string name = dialect.quote(column.name);
    // a FLOAT is printed with six digits; as a sum it is a DOUBLE and exact
    names.push_back(column.kind == ValueKind::Float ? name + " + 0e0" : name);
  }
  for (const auto& name : table.address) names.push_back(dialect.quote(name));
  for (const auto& name : table.handles) names.push_back(dialect.quote(name));
  return "SELECT " + join(names, ", ") + " FROM " + dialect.quote(table.name);
}

/// Reads all tables: natural keys first, in an order in which each finds those it is made of.
class RowReader {
 public:
  RowReader(db::Connection& connection, const Dialect& dialect, const MasterTables& tables)
      : connection_(connection), dialect_(dialect), tables_(tables) {
    rows_.tables.resize(tables.tables.size());
    rows_.key_of_handle.resize(tables.tables.size());
    rows_.handle_of_key.resize(tables.tables.size());
    waiting_.resize(tables.tables.size());
  }

  Rows read() {
    for (const std::size_t index : tables_.by_key) read_table(index);
    for (std::size_t index = 0; index < tables_.tables.size(); ++index) resolve_the_rest(index);
    return std::move(rows_);
  }

 private:
  void problem(std::string text) {
    if (rows_.problems.size() < most_problems) rows_.problems.push_back(std::move(text));
  }

  void read_table(std::size_t index) {
    connection_.for_each_row(select_of(dialect_, tables_.tables[index]),
                             [&](const sql::Row& values) { add_row(index, values); });
  }

  void add_row(std::size_t index, const sql::Row& values) {
    const MasterTable& table = tables_.tables[index];
    MasterRow row;
    row.values.resize(table.columns.size());
    std::vector<sql::Value> later;
    for (std::size_t c = 0; c < table.columns.size(); ++c) {
      const MasterColumn& column = table.columns[c];
      if (column.parent && !column.in_key) {
        later.push_back(values[c]);
      } else {
        row.values[c] =
            column.parent ? resolved(table, row, column, values[c]) : from_database(values[c], column);
      }
    }
    const auto address = values.begin() + static_cast<std::ptrdiff_t>(table.columns.size());
    const auto handles = address + static_cast<std::ptrdiff_t>(table.address.size());
    row.address.assign(address, handles);
    Json key = key_object(table, row);
    row.key = key_text(key);
    for (std::size_t h = 0; h < table.handles.size(); ++h) {
      const sql::Value& handle = handles[static_cast<std::ptrdiff_t>(h)];
      if (sql::is_null(handle)) continue;
      const bool is_new = rows_.handle_of_key[index][table.handles[h]].emplace(row.key, handle).second;
      if (!is_new && h == 0)
        problem("table `" + table.name + "` has several rows with the natural key " + row.key);
      rows_.key_of_handle[index][table.handles[h]].emplace(db::as_text(handle), key);
    }
    rows_.tables[index].push_back(std::move(row));
    waiting_[index].push_back(std::move(later));
  }

  /// The natural key of the row that the value refers to; where there is none, the bare value, which no file
  /// holds in the place of a reference.
  Json resolved(const MasterTable& table, const MasterRow& row, const MasterColumn& column,
                const sql::Value& value) {
    if (sql::is_null(value)) return nullptr;
    const auto& known = rows_.key_of_handle[*column.parent][column.parent_column];
    const auto found = known.find(db::as_text(value));
    if (found != known.end()) return found->second;
    problem("table `" + table.name + "`" + (row.key.empty() ? std::string() : ", row " + row.key) + ": `" +
            column.name + "` = " + shortened(db::as_text(value), 60) + " has no row in `" +
            tables_.tables[*column.parent].name + "`");
    return Json(db::as_text(value));
  }

  void resolve_the_rest(std::size_t index) {
    const MasterTable& table = tables_.tables[index];
    for (std::size_t r = 0; r < rows_.tables[index].size(); ++r) {
      MasterRow& row = rows_.tables[index][r];
      auto value = waiting_[index][r].begin();
      for (std::size_t c = 0; c < table.columns.size(); ++c) {
        const MasterColumn& column = table.columns[c];
        if (column.parent && !column.in_key) row.values[c] = resolved(table, row, column, *value++);
      }
    }
    waiting_[index] = {};
  }

  db::Connection& connection_;
  const Dialect& dialect_;
  const MasterTables& tables_;
  Rows rows_;
  std::vector<std::vector<std::vector<sql::Value>>>
      waiting_;  ///< references that are no part of a key, row by row
};

}  // namespace

ReadTransaction::ReadTransaction(db::Connection& connection) : connection_(connection) {
  connection_.execute("BEGIN");
}

ReadTransaction::~ReadTransaction() {
  try {
    connection_.rollback();
  } catch (const DatabaseError&) {
    // the session is gone, and the transaction with it
  }
}

Json key_object(const MasterTable& table, const MasterRow& row) {
  Json key = Json::object();
  for (const std::size_t i : table.key) key[table.columns[i].name] = row.values[i];
  return key;
}

std::string key_text(const Json& key) {
  return shown(key);
}

Rows read_rows(db::Connection& connection, const Dialect& dialect, const MasterTables& tables) {
  return RowReader(connection, dialect, tables).read();
}

void read_handles(db::Connection& connection, const Dialect& dialect, const MasterTables& tables,
                  std::size_t index, Rows& rows) {
  const MasterTable& table = tables.tables[index];
  if (table.handles.empty()) return;
  std::vector<std::string> names;
  for (const std::size_t k : table.key) names.push_back(dialect.quote(table.columns[k].name));
  for (const auto& handle : table.handles) names.push_back(dialect.quote(handle));
  const auto visit = [&](const sql::Row& values) {
    const auto handle = [&](std::size_t h) -> const sql::Value& { return values[table.key.size() + h]; };
    // the first handle tells whether the row is known, and most are
    if (rows.key_of_handle[index][table.handles[0]].contains(db::as_text(handle(0)))) return;
    Json key = Json::object();
    for (std::size_t k = 0; k < table.key.size(); ++k) {
      const MasterColumn& column = table.columns[table.key[k]];
      if (!column.parent || sql::is_null(values[k])) {
        key[column.name] = from_database(values[k], column);
      } else {
        const auto& known = rows.key_of_handle[*column.parent][column.parent_column];
        const auto found = known.find(db::as_text(values[k]));
        key[column.name] = found == known.end() ? Json(db::as_text(values[k])) : found->second;
      }
    }
    const std::string text = key_text(key);
    for (std::size_t h = 0; h < table.handles.size(); ++h) {
      rows.key_of_handle[index][table.handles[h]].emplace(db::as_text(handle(h)), key);
      rows.handle_of_key[index][table.handles[h]].emplace(text, handle(h));
    }
  };
  connection.for_each_row("SELECT " + join(names, ", ") + " FROM " + dialect.quote(table.name), visit);
}

}  // namespace plumb::data
