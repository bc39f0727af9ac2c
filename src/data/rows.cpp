#include "data/rows.hpp"

#include <utility>

#include "support/error.hpp"
#include "support/text.hpp"

namespace plumb::data {

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

std::string key_text(const Json& key) { return shown(key); }

std::string DatabaseRows::name_of(const MasterTable& table) const {
  const auto seen = seen_.find(table.name);
  return seen == seen_.end() ? table.name : seen->second.name;
}

bool DatabaseRows::is_there(std::size_t table) const { return !name_of(tables_.tables[table]).empty(); }

std::uint64_t DatabaseRows::count(std::size_t table) const {
  if (!is_there(table)) return 0;
  return static_cast<std::uint64_t>(db::single_integer(connection_, "SELECT count(*) FROM " + dialect_.quote(name_of(tables_.tables[table]))));
}

std::string DatabaseRows::expression(const MasterTable& table, const std::string& column) const {
  const auto seen = seen_.find(table.name);
  if (seen != seen_.end()) {
    const auto found = seen->second.columns.find(column);
    if (found != seen->second.columns.end()) return found->second;
  }
  return dialect_.quote(column);
}

Handles DatabaseRows::handles() const {
  Handles handles;
  handles.key_of_handle.resize(tables_.tables.size());
  handles.handle_of_key.resize(tables_.tables.size());
  for (const std::size_t index : tables_.by_key) read_handles(index, handles);
  return handles;
}

void DatabaseRows::read_handles(std::size_t index, Handles& handles) const {
  const MasterTable& table = tables_.tables[index];
  if (table.handles.empty() || !is_there(index)) return;
  std::vector<std::string> names;
  for (const std::size_t k : table.key) names.push_back(expression(table, table.columns[k].name));
  for (const auto& handle : table.handles) names.push_back(expression(table, handle));
  const auto visit = [&](const sql::Row& values) {
    const auto handle = [&](std::size_t h) -> const sql::Value& { return values[table.key.size() + h]; };
    // the first handle tells whether the row is known, and after inserting most are
    auto& known = handles.key_of_handle[index];
    if (!sql::is_null(handle(0)) && known[table.handles[0]].contains(db::as_text(handle(0)))) return;
    Json key = Json::object();
    for (std::size_t k = 0; k < table.key.size(); ++k) {
      const MasterColumn& column = table.columns[table.key[k]];
      key[column.name] = column.parent ? resolved(table, {}, column, values[k], handles) : from_database(values[k], column);
    }
    const std::string text = key_text(key);
    for (std::size_t h = 0; h < table.handles.size(); ++h) {
      if (sql::is_null(handle(h))) continue;
      const bool is_new = handles.handle_of_key[index][table.handles[h]].emplace(text, handle(h)).second;
      if (!is_new && h == 0) complain_("table `" + table.name + "` has several rows with the natural key " + text);
      known[table.handles[h]].emplace(db::as_text(handle(h)), key);
    }
  };
  connection_.for_each_row("SELECT " + join(names, ", ") + " FROM " + dialect_.quote(name_of(table)), visit);
}

/// The natural key of the row that the value refers to; where there is none, the bare value, which no file
/// holds in the place of a reference.
Json DatabaseRows::resolved(const MasterTable& table, const std::string& key, const MasterColumn& column, const sql::Value& value, const Handles& handles) const {
  if (sql::is_null(value)) return nullptr;
  const auto& parent = handles.key_of_handle[*column.parent];
  const auto known = parent.find(column.parent_column);
  if (known != parent.end()) {
    const auto found = known->second.find(db::as_text(value));
    if (found != known->second.end()) return found->second;
  }
  complain_("table `" + table.name + "`" + (key.empty() ? std::string() : ", row " + key) + ": `" + column.name + "` = " + shortened(db::as_text(value), 60) +
            " has no row in `" + tables_.tables[*column.parent].name + "`");
  return Json(db::as_text(value));
}

void DatabaseRows::for_each(std::size_t index, const Handles& handles, const std::function<void(MasterRow, const sql::Row&)>& visit) const {
  const MasterTable& table = tables_.tables[index];
  if (!is_there(index)) return;
  std::vector<std::string> names;
  for (const MasterColumn& column : table.columns) {
    const std::string name = expression(table, column.name);
    // a FLOAT is printed with six digits; as a sum it is a DOUBLE and exact
    names.push_back(column.kind == ValueKind::Float ? name + " + 0e0" : name);
  }
  for (const auto& name : table.address) names.push_back(expression(table, name));
  connection_.for_each_row("SELECT " + join(names, ", ") + " FROM " + dialect_.quote(name_of(table)), [&](const sql::Row& values) {
    MasterRow row;
    row.values.resize(table.columns.size());
    for (const std::size_t k : table.key) {
      const MasterColumn& column = table.columns[k];
      row.values[k] = column.parent ? resolved(table, {}, column, values[k], handles) : from_database(values[k], column);
    }
    row.key = key_text(key_object(table, row));
    for (std::size_t c = 0; c < table.columns.size(); ++c) {
      const MasterColumn& column = table.columns[c];
      if (!column.in_key) row.values[c] = column.parent ? resolved(table, row.key, column, values[c], handles) : from_database(values[c], column);
    }
    row.address.assign(values.begin() + static_cast<std::ptrdiff_t>(table.columns.size()), values.end());
    visit(std::move(row), values);
  });
}

}  // namespace plumb::data
