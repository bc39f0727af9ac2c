// data/rows.hpp: rows of master tables in the form in which files hold them. For this folder alone.
#pragma once

#include <map>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "data/master_tables.hpp"
#include "db/connection.hpp"
#include "dialect/dialect.hpp"
#include "sql/value.hpp"

namespace plumb::data {

using Json = nlohmann::ordered_json;

/// One row: a value a column of MasterTable::columns, each in its one form; a reference is an object of the natural key.
/// A discarded value stands for a field that a file leaves out.
struct MasterRow {
  std::vector<Json> values;
  std::string key;                  ///< the natural key as text
  std::vector<sql::Value> address;  ///< where the row is in the database; empty for a row of a file
};

/// The rows of every table, in the order of MasterTables::tables.
struct Rows {
  std::vector<std::vector<MasterRow>> tables;
  /// For each table and handle: the handle's value (as text) -> the natural key as an object, and back.
  std::vector<std::map<std::string, std::map<std::string, Json>>> key_of_handle;
  std::vector<std::map<std::string, std::map<std::string, sql::Value>>> handle_of_key;
};

/// Brings a value of a file into its one form. Throws Error with "a whole number" and the like when it is of another kind.
Json in_one_form(const Json& value, const MasterColumn& column);

/// A value of the database in the same form; references stay raw.
Json from_database(const sql::Value& value, const MasterColumn& column);

/// A value as it is bound to a statement.
sql::Value to_database(const Json& value, const MasterColumn& column);

/// The natural key of a row as an object, and as text.
Json key_object(const MasterTable& table, const MasterRow& row);
std::string key_text(const Json& key);

/// Reads all master tables, one query a table. Throws DatabaseError, and Error when a reference leads nowhere.
Rows read_rows(db::Connection& connection, const Dialect& dialect, const MasterTables& tables);

/// Reads the handles of one table again, after rows were inserted.
void read_handles(db::Connection& connection, const Dialect& dialect, const MasterTables& tables, std::size_t index, Rows& rows);

}  // namespace plumb::data
