// db/savepoint.hpp: a part of a transaction that can be undone by itself.
#pragma once

#include "db/connection.hpp"

namespace plumb::db {

/// Undone unless it was kept. Requires: a transaction is open, and this is its only savepoint.
class Savepoint {
 public:
  /// Throws DatabaseError.
  explicit Savepoint(Connection& connection);
  ~Savepoint();
  Savepoint(const Savepoint&) = delete;
  Savepoint& operator=(const Savepoint&) = delete;

  void keep();
  /// Throws DatabaseError where the engine has rolled back the whole transaction by itself.
  void undo();

 private:
  Connection& connection_;
  bool open_ = true;
};

}  // namespace plumb::db
