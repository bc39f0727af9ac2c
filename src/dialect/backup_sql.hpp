// dialect/backup_sql.hpp: what backups ask of an engine, as SQL.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "db/connection.hpp"
#include "model/schema.hpp"
#include "model/type.hpp"

namespace plumb {

/// A table that the engine's own dump program does not save exactly.
struct InexactTable {
  std::string name;
  std::string why;  ///< "FLOAT column `f`"
};

class BackupSql {
 public:
  virtual ~BackupSql() = default;

  /// A query for every table that has rows of its own, plumb's included, in the order of their names: the name; 1 where a
  /// snapshot holds for it; 1 where it keeps the history of its rows.
  virtual std::string tables_query() const = 0;

  /// A query for the number of all objects that stand in the database, of whatever kind.
  virtual std::string objects_query() const = 0;

  /// A query whose second column is a number that is the same for the same rows of an equal table; empty: the engine has
  /// none.
  virtual std::string checksum_query(std::string_view table) const = 0;

  /// Statements that look whether the engine itself finds the database sound: one row `ok`. Empty: none.
  virtual std::string integrity_query() const = 0;

  /// All that is read afterwards is of one moment.
  virtual std::string begin_snapshot() const = 0;

  /// Keeps other clients from writing to these tables until release_tables. Requires: at least one table.
  virtual std::string hold_tables(const std::vector<std::string>& tables) const = 0;
  virtual std::string release_tables() const = 0;

  /// Statements that make the database `name`, or make it empty, with the defaults in `options`.
  virtual std::string database_query(std::string_view name) const = 0;  ///< 1 where it exists
  virtual std::vector<std::string> create_database(std::string_view name, const Options& options) const = 0;
  virtual std::vector<std::string> empty_database(std::string_view name, const Options& options) const = 0;

  /// Tables that the engine's dump program does not save as they are. Throws DatabaseError.
  virtual std::vector<InexactTable> not_exact_in_dumps(db::Connection& connection) const = 0;

  /// Such a table with its rows and triggers as a script for the engine's own client, piece by piece. Throws DatabaseError.
  virtual void write_exactly(db::Connection& connection, const Schema& schema, const std::string& table,
                             const std::function<void(std::string_view)>& sink) const = 0;

  // --- the portable form

  /// False where a column takes values that its type does not say.
  virtual bool types_bind() const = 0;

  /// An expression for a column's value with all its digits. `column` is its quoted name.
  virtual std::string exact_value(const std::string& column, const ColumnType& type) const = 0;

  /// An expression by which rows come in the same order on every engine: numbers by value, texts by their bytes.
  virtual std::string same_order(const std::string& column, const ColumnType& type) const = 0;

  /// Settings of a session that puts rows of all tables in: references are not checked.
  virtual std::vector<std::string> load_session() const = 0;

  /// Of a new database that compares texts by their bytes.
  virtual Options plain_defaults() const = 0;

  /// The number that the next row of a table with an automatic key gets, where it is more than 1.
  virtual std::map<std::string, std::uint64_t> next_numbers(db::Connection& connection) const = 0;
  virtual std::vector<std::string> set_next_number(std::string_view table, std::uint64_t next) const = 0;
};

/// Throws UsageError for an engine that is not known.
const BackupSql& backup_sql_for(std::string_view engine);

namespace sqlite {
const BackupSql& backup_sql();
}
namespace mariadb {
const BackupSql& backup_sql();
}

}  // namespace plumb
