// dialect/copy_rows.hpp: rows of one database into another one of the same server, and whether they are the same.
#pragma once

#include <string>
#include <vector>

#include "db/target.hpp"
#include "dialect/dialect.hpp"

namespace plumb {

/// Lets a session in a scratch database read the database at `target`, and gives the name by which it reaches it, quoted.
/// Requires for MariaDB: the session is on the target's server. Throws DatabaseError.
std::string reach(db::Connection& session, const db::Target& target, const Dialect& dialect);

/// Fills the empty table `table` of the session's database from the one of the same name and form in `source`.
std::string copy_rows(const Table& table, const std::string& source, const Dialect& dialect);

/// A query for the number of rows that only one of the two has.
std::string rows_that_differ(const Table& table, const std::string& source, const Dialect& dialect);

}  // namespace plumb
