// dialect/mariadb/read_listing.hpp: what there is in a database, and whether the session may see it all.
#pragma once

#include <string>
#include <vector>

#include "db/connection.hpp"
#include "model/schema.hpp"

namespace plumb::mariadb {

/// What the list of triggers says and their definition does not. The body is not taken from there: string literals have
/// lost their backslashes in it, and characters outside of the basic plane are question marks.
struct ListedTrigger {
  Trigger trigger;  ///< without body and written text
};

struct Listing {
  std::string database;
  std::vector<std::string> tables;  ///< views and sequences as well; without plumb's own
  std::vector<ListedTrigger> triggers;
  Options defaults;  ///< charset and collate of the database
};

/// Lists the session's current database in one packet. Throws DatabaseError.
Listing read_listing(db::Connection& connection);

/// Throws DatabaseError (AccessDenied) when the session would not see everything that there is.
void check_privileges(db::Connection& connection, const std::string& database);

}  // namespace plumb::mariadb
