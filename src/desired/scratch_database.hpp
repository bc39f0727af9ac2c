// desired/scratch_database.hpp: an empty database in which the statements of a description may run, and that is gone
// afterwards.
#pragma once

#include <memory>
#include <string>

#include "db/connection.hpp"
#include "db/target.hpp"

namespace plumb::desired {

/// " CHARACTER SET … COLLATE …" as the connection's database has it by default; empty where it does not exist. Requires: MariaDB.
std::string defaults_of(db::Connection& connection);

/// SQLite: in memory. MariaDB: a database `plumb_scratch_…` of its own on the server. While it lives, its maker holds a
/// server lock of the same name; a database of that kind whose lock is free was left behind by a run that was killed,
/// and the next run drops it.
class ScratchDatabase {
 public:
  /// `like`: the database whose default charset and collation the scratch database takes; nullptr: the server's.
  /// Throws DatabaseError; its text says what is missing when the right to create a database is.
  static std::unique_ptr<ScratchDatabase> on_mariadb(const db::Target& server, db::Connection* like);
  static std::unique_ptr<ScratchDatabase> in_memory();
  /// SQLite: a file of its own in the folder for temporary files, for more rows than memory should hold.
  static std::unique_ptr<ScratchDatabase> in_a_file();

  /// Drops the database.
  ~ScratchDatabase();
  ScratchDatabase(const ScratchDatabase&) = delete;
  ScratchDatabase& operator=(const ScratchDatabase&) = delete;

  /// The scratch database's name on its server; empty for SQLite.
  const std::string& name() const { return name_; }

  /// Makes the database empty again. Requires: MariaDB, and no session in it. Throws DatabaseError.
  void clear() const;

  /// A session in it: the one in memory, or a new one whose settings are plumb's own.
  std::shared_ptr<db::Connection> connect() const;

 private:
  ScratchDatabase() = default;

  db::Target target_;
  std::string name_;
  std::string defaults_;  ///< " CHARACTER SET … COLLATE …"
  std::string file_;  ///< to remove at the end
  std::shared_ptr<db::Connection> holder_;  ///< SQLite: the database itself
};

}  // namespace plumb::desired
