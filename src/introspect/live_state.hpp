// introspect/live_state.hpp: what a live database is now: its schema, and the version that plumb recorded in it.
#pragma once

#include <string>

#include "db/connection.hpp"
#include "dialect/dialect.hpp"

namespace plumb {

struct LiveState {
  CanonicalSchema schema;
  std::string version;         ///< of the last successful deployment; empty: none recorded
  std::string engine_version;  ///< major and minor: "10.11", "3.40"
};

/// Throws DatabaseError.
LiveState introspect(db::Connection& connection, const Dialect& dialect);

/// The version recorded in the database, or empty.
std::string recorded_version(db::Connection& connection, const Dialect& dialect);

/// Whether plumb's own tables stand in the database.
bool has_bookkeeping(db::Connection& connection, const Dialect& dialect);

}  // namespace plumb
