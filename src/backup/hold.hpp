// backup/hold.hpp: tables that nobody else may write for a while, so that what is saved is of one moment.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "db/connection.hpp"
#include "db/target.hpp"
#include "dialect/backup_sql.hpp"

namespace plumb::backup {

/// The tables of a server's database.
struct HeldTables {
  std::vector<std::string> of_the_moment;  ///< a snapshot holds for them
  std::vector<std::string> others;
  bool keep_history = false;               ///< one of them keeps the history of its rows
};

HeldTables tables_of(db::Connection& connection, const BackupSql& sql);

/// A session that keeps others from writing until release(), or until it goes.
class Hold {
 public:
  Hold(const BackupSql& sql, std::unique_ptr<db::Connection> session) : sql_(&sql), session_(std::move(session)) {}
  void release();

 private:
  const BackupSql* sql_;
  std::unique_ptr<db::Connection> session_;
};

/// Holds them; none: nothing is done. Throws DatabaseError, which says what is missing where the right is.
Hold hold_tables(const db::Target& target, const BackupSql& sql, const std::vector<std::string>& tables);

}  // namespace plumb::backup
