#include "data/rows.hpp"

#include <algorithm>
#include <unordered_set>
#include <utility>

#include "support/error.hpp"
#include "support/text.hpp"

namespace plumb::data {
namespace {

/// Of keys that stand in keys: what a package can nest, with room for what stands around them.
constexpr std::size_t deepest_level = 60;
constexpr std::size_t most_named = 10;

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

bool DatabaseRows::is_empty(std::size_t table) const {
  return !is_there(table) || db::single_integer(connection_, "SELECT EXISTS (SELECT 1 FROM " + dialect_.quote(name_of(tables_.tables[table])) + ")") == 0;
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

/// The values of the natural key, then those of the handles.
void DatabaseRows::read_handles(std::size_t index, Handles& handles) const {
  const MasterTable& table = tables_.tables[index];
  if (table.handles.empty() || !is_there(index)) return;
  std::vector<std::string> names;
  for (const std::size_t k : table.key) names.push_back(expression(table, table.columns[k].name));
  for (const auto& handle : table.handles) names.push_back(expression(table, handle));
  const std::string query = "SELECT " + join(names, ", ") + " FROM " + dialect_.quote(name_of(table));
  const auto is_known = [&](const sql::Row& values) {
    // the first handle tells, and after inserting most are
    const sql::Value& handle = values[table.key.size()];
    return !sql::is_null(handle) && handles.key_of_handle[index][table.handles[0]].contains(db::as_text(handle));
  };
  if (table.key_parent) return note_levels(index, connection_.query(query).rows, is_known, handles);
  connection_.for_each_row(query, [&](const sql::Row& values) {
    if (!is_known(values)) note_handles(index, values, handles);
  });
}

void DatabaseRows::note_handles(std::size_t index, const sql::Row& values, Handles& handles) const {
  const MasterTable& table = tables_.tables[index];
  Json key = Json::object();
  for (std::size_t k = 0; k < table.key.size(); ++k) {
    const MasterColumn& column = table.columns[table.key[k]];
    key[column.name] = column.parent ? resolved(table, {}, column, values[k], handles) : from_database(values[k], column);
  }
  const std::string text = key_text(key);
  for (std::size_t h = 0; h < table.handles.size(); ++h) {
    const sql::Value& handle = values[table.key.size() + h];
    if (sql::is_null(handle)) continue;
    const bool is_new = handles.handle_of_key[index][table.handles[h]].emplace(text, handle).second;
    if (!is_new && h == 0) complain_("table `" + table.name + "` has several rows with the natural key " + text);
    handles.key_of_handle[index][table.handles[h]].emplace(db::as_text(handle), key);
  }
}

/// A table whose natural key refers to itself: the rows at the top first, then those below them.
void DatabaseRows::note_levels(std::size_t index, const std::vector<sql::Row>& rows, const std::function<bool(const sql::Row&)>& is_known, Handles& handles) const {
  const MasterTable& table = tables_.tables[index];
  const MasterColumn& column = table.columns[*table.key_parent];
  const auto place = static_cast<std::size_t>(std::find(table.key.begin(), table.key.end(), *table.key_parent) - table.key.begin());
  const auto handle = static_cast<std::size_t>(std::find(table.handles.begin(), table.handles.end(), column.parent_column) - table.handles.begin());
  std::unordered_map<std::string, std::vector<std::size_t>> below;
  std::vector<std::size_t> level;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (sql::is_null(rows[i][place])) level.push_back(i);
    else below[db::as_text(rows[i][place])].push_back(i);
  }
  std::size_t depth = 0;
  for (; !level.empty() && depth < deepest_level; ++depth) {
    std::vector<std::size_t> next;
    for (const std::size_t i : level) {
      if (!is_known(rows[i])) note_handles(index, rows[i], handles);
      const auto children = below.find(db::as_text(rows[i][table.key.size() + handle]));
      if (children == below.end()) continue;
      next.insert(next.end(), children->second.begin(), children->second.end());
      below.erase(children);
    }
    level = std::move(next);
  }
  const auto address = [&](std::size_t i) { return "`" + table.handles[handle] + "` = " + shortened(db::as_text(rows[i][table.key.size() + handle]), 60); };
  for (const std::size_t i : level) complain_("table `" + table.name + "`, row " + address(i) + ": stands below more than " + std::to_string(deepest_level) + " others by its natural key");
  tell_of_circles(table, rows, below, handle, address);
}

/// Rows that no way from the top leads to: they are below each other in a circle, or below one that is not there.
void DatabaseRows::tell_of_circles(const MasterTable& table, const std::vector<sql::Row>& rows, const std::unordered_map<std::string, std::vector<std::size_t>>& below, std::size_t handle,
                                   const std::function<std::string(std::size_t)>& address) const {
  std::unordered_set<std::string> left;
  for (const auto& [parent, children] : below) {
    for (const std::size_t i : children) left.insert(db::as_text(rows[i][table.key.size() + handle]));
  }
  std::vector<std::string> circle;
  for (const auto& [parent, children] : below) {
    for (const std::size_t i : children) {
      if (left.contains(parent)) circle.push_back(address(i));
      else complain_("table `" + table.name + "`, row " + address(i) + ": `" + table.columns[*table.key_parent].name + "` = " + shortened(parent, 60) + " has no row in `" + table.name + "`");
    }
  }
  std::sort(circle.begin(), circle.end());
  if (circle.size() > most_named) circle.resize(most_named);
  if (!circle.empty()) complain_("table `" + table.name + "`: the natural keys of rows stand below each other in a circle: " + join(circle, ", "));
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

void DatabaseRows::for_each_raw(std::size_t index, const std::function<void(const sql::Row&)>& visit) const {
  const MasterTable& table = tables_.tables[index];
  if (!is_there(index)) return;
  std::vector<std::string> names;
  for (const MasterColumn& column : table.columns) {
    const std::string name = expression(table, column.name);
    // a FLOAT is printed with six digits; as a sum it is a DOUBLE and exact
    names.push_back(column.kind == ValueKind::Float ? name + " + 0e0" : name);
  }
  for (const auto& name : table.address) names.push_back(expression(table, name));
  connection_.for_each_row("SELECT " + join(names, ", ") + " FROM " + dialect_.quote(name_of(table)), visit);
}

MasterRow DatabaseRows::row_of(std::size_t index, const Handles& handles, const sql::Row& values) const {
  const MasterTable& table = tables_.tables[index];
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
  return row;
}

void DatabaseRows::for_each(std::size_t index, const Handles& handles, const std::function<void(MasterRow, const sql::Row&)>& visit) const {
  for_each_raw(index, [&](const sql::Row& values) { visit(row_of(index, handles, values), values); });
}

}  // namespace plumb::data
