// introspect/live_state.hpp: what a live database is now: its schema, and the version that plumb recorded in it.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "db/connection.hpp"
#include "dialect/dialect.hpp"
#include "model/once_run.hpp"

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

/// Whether one of plumb's own tables stands in the database.
bool has_bookkeeping(db::Connection& connection, const Dialect& dialect, std::string_view table = "plumb_history");

/// The data steps of which `plumb_once` has a record, by their names.
std::map<std::string, OnceRun> once_runs(db::Connection& connection, const Dialect& dialect);

}  // namespace plumb
