// data/rows.hpp: rows of master tables in the form in which packages hold them. For this folder alone.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <unordered_map>
#include <vector>

#include "data/master_data.hpp"
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
  std::size_t detail = 0;           ///< place among the details of its owner's row, from 1; 0: it is no detail
};

/// For each table and column that others refer to: the column's value (as text) -> the natural key as an object, and back.
struct Handles {
  std::vector<std::map<std::string, std::unordered_map<std::string, Json>>> key_of_handle;
  std::vector<std::map<std::string, std::unordered_map<std::string, sql::Value>>> handle_of_key;
};

/// The natural key of a row as an object, and as text.
Json key_object(const MasterTable& table, const MasterRow& row);
std::string key_text(const Json& key);

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

/// The rows of a database's master tables. Its members throw DatabaseError.
class DatabaseRows {
 public:
  /// What of the database cannot be handled: two rows with one natural key, references that lead nowhere.
  using Complain = std::function<void(std::string)>;

  DatabaseRows(db::Connection& connection, const Dialect& dialect, const MasterTables& tables, const SeenTables& seen, Complain complain)
      : connection_(connection), dialect_(dialect), tables_(tables), seen_(seen), complain_(std::move(complain)) {}

  /// The handles of every table that others refer to.
  Handles handles() const;
  /// Those of one table again, after rows were inserted.
  void read_handles(std::size_t table, Handles& handles) const;
  /// One row after the other, with the values as the engine gave them: columns, then address.
  void for_each(std::size_t table, const Handles& handles, const std::function<void(MasterRow, const sql::Row&)>& visit) const;
  /// The same without the rows: row_of() makes one of the values.
  void for_each_raw(std::size_t table, const std::function<void(const sql::Row&)>& visit) const;
  MasterRow row_of(std::size_t table, const Handles& handles, const sql::Row& values) const;
  std::uint64_t count(std::size_t table) const;
  bool is_there(std::size_t table) const;
  bool is_empty(std::size_t table) const;

 private:
  void note_handles(std::size_t table, const sql::Row& values, Handles& handles) const;
  void note_levels(std::size_t table, const std::vector<sql::Row>& rows, const std::function<bool(const sql::Row&)>& is_known, Handles& handles) const;
  void tell_of_circles(const MasterTable& table, const std::vector<sql::Row>& rows, const std::unordered_map<std::string, std::vector<std::size_t>>& below, std::size_t handle,
                       const std::function<std::string(std::size_t)>& address) const;
  std::string name_of(const MasterTable& table) const;
  std::string expression(const MasterTable& table, const std::string& column) const;
  Json resolved(const MasterTable& table, const std::string& key, const MasterColumn& column, const sql::Value& value, const Handles& handles) const;

  db::Connection& connection_;
  const Dialect& dialect_;
  const MasterTables& tables_;
  const SeenTables& seen_;
  Complain complain_;
};

}  // namespace plumb::data
