// desired/load_database.hpp: a live database as a description.
#pragma once

#include <string>
#include <vector>

#include "db/connection.hpp"
#include "dialect/dialect.hpp"
#include "introspect/live_state.hpp"
#include "language/load.hpp"

namespace plumb::desired {

/// A description, and what should be known about it that has no place in a text.
struct Loaded : language::Loaded {
  std::vector<std::string> remarks;
};

/// Reads the database at `url`. For another `engine` than its own what has a portable form is taken, and what has none
/// is a remark each; an empty one means its own. Throws UsageError and DatabaseError.
Loaded load_database(const std::string& url, const std::string& engine);

/// What the language can say of a live database. What it cannot say stands in `schema.opaque`, with the reason.
Description described(const db::Connection& connection, const Dialect& dialect, const LiveState& live);

/// "shop" of "/data/shop.db": letters, digits and underscores.
std::string schema_name(const db::Connection& connection);

}  // namespace plumb::desired
