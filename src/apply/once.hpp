// apply/once.hpp: which data steps a database has run (table plumb_once, docs/history.md).
#pragma once

#include <cstdint>
#include <string>

#include "db/connection.hpp"
#include "dialect/step.hpp"

namespace plumb::apply {

/// Requires: plumb's own tables stand, and a transaction with the step's statements is open. An empty `error`: it took effect.
void record_once(db::Connection& connection, const Once& once, std::int64_t deployment, const std::string& error);

/// Takes the record away: the step runs again.
void forget_once(db::Connection& connection, const Once& once);

/// False for a step that has not run, and for an optional one that failed.
bool took_effect(db::Connection& connection, const Once& once);

}  // namespace plumb::apply
