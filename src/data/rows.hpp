// data/rows.hpp: rows of master tables in the form in which files hold them. For this folder alone.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "data/master_tables.hpp"
#include "data/one_form.hpp"
#include "db/connection.hpp"
#include "dialect/dialect.hpp"
#include "sql/value.hpp"

namespace plumb::data {

/// One row: a value a column of MasterTable::columns, each in its one form; a reference is an object of the
/// natural key. A discarded value stands for a field that a file leaves out.
struct MasterRow {
  std::vector<Json> values;
  std::string key;                  ///< the natural key as text
  std::vector<sql::Value> address;  ///< where the row is in the database; empty for a row of a file
  std::size_t number = 0;           ///< place in the file, from 1; 0 for a row of the database
};

/// The rows of every table, in the order of MasterTables::tables.
struct Rows {
  std::vector<std::vector<MasterRow>> tables;
  /// For each table and handle: the handle's value (as text) -> the natural key as an object, and back.
  std::vector<std::map<std::string, std::unordered_map<std::string, Json>>> key_of_handle;
  std::vector<std::map<std::string, std::unordered_map<std::string, sql::Value>>> handle_of_key;
  /// What of the database cannot be handled: two rows with one natural key, references that lead nowhere.
  std::vector<std::string> problems;
};

/// Several reads that see one state of the database. Nothing is written.
class ReadTransaction {
 public:
  /// Requires: no transaction is open.
  explicit ReadTransaction(db::Connection& connection);
  ~ReadTransaction();
  ReadTransaction(const ReadTransaction&) = delete;
  ReadTransaction& operator=(const ReadTransaction&) = delete;

 private:
  db::Connection& connection_;
};

/// The natural key of a row as an object, and as text.
Json key_object(const MasterTable& table, const MasterRow& row);
std::string key_text(const Json& key);

/// Reads all master tables, one query a table. Throws DatabaseError.
Rows read_rows(db::Connection& connection, const Dialect& dialect, const MasterTables& tables);

/// Reads the handles of one table again, after rows were inserted.
void read_handles(db::Connection& connection, const Dialect& dialect, const MasterTables& tables,
                  std::size_t index, Rows& rows);

}  // namespace plumb::data
