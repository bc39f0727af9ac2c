// dialect/mariadb/scratch.hpp: databases and tables that are made to try something out, and that are gone afterwards even
// where a run was killed.
//
// While one stands, its maker's session holds a server lock of the same name. What bears such a name and whose lock is
// free was left behind; the next run drops it.
#pragma once

#include <string>
#include <string_view>

#include "db/connection.hpp"

namespace plumb::mariadb {

/// Creates a database `plumb_scratch_…` after dropping what dead runs left. `defaults`: " CHARACTER SET … COLLATE …" or
/// empty. Gives its name. Throws DatabaseError (AccessDenied where the right to create one is missing).
std::string create_scratch_database(db::Connection& holder, std::string_view defaults);
/// Drops it and lets go of its lock. Throws DatabaseError.
void drop_scratch_database(db::Connection& holder, const std::string& name);

/// Nothing of this session goes to replicas, where the user may say so.
class Unlogged {
 public:
  explicit Unlogged(db::Connection& connection);
  ~Unlogged();
  Unlogged(const Unlogged&) = delete;
  Unlogged& operator=(const Unlogged&) = delete;

 private:
  db::Connection& connection_;
  bool was_logged_ = false;
};

}  // namespace plumb::mariadb
