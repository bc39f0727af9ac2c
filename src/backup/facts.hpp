// backup/facts.hpp: what a manifest says of a live database, and whether another one has the same.
#pragma once

#include <string>
#include <vector>

#include "backup/manifest.hpp"
#include "db/connection.hpp"
#include "dialect/dialect.hpp"
#include "introspect/live_state.hpp"

namespace plumb::backup {

/// Schema, version and defaults into the manifest. Throws DatabaseError.
void note_schema(db::Connection& connection, const Dialect& dialect, Manifest& manifest);

/// The same for a state that was read before.
void note_schema(db::Connection& connection, const Dialect& dialect, const LiveState& live, Manifest& manifest);

/// Rows and checksum of one table.
TableFacts facts_of(db::Connection& connection, const Dialect& dialect, const std::string& table);

/// What the database has otherwise than the manifest says, one sentence each; empty: all is as it was.
std::vector<std::string> differences(db::Connection& connection, const Dialect& dialect, const Manifest& manifest);

}  // namespace plumb::backup
