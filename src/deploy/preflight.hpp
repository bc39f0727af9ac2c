// deploy/preflight.hpp: the checklist before a deployment.
#pragma once

#include <string>
#include <vector>

#include "db/connection.hpp"
#include "dialect/dialect.hpp"

namespace plumb::deploy {

/// What the database is to become.
struct Aim {
  std::string version;  ///< empty: none
  std::string after;    ///< the version that it comes after; empty: not said
};

/// Reads only. Throws DatabaseError when the connection is lost.
std::vector<PreflightCheck> preflight(db::Connection& connection, const Dialect& dialect, const Aim& aim);

CheckLevel worst(const std::vector<PreflightCheck>& checks);

/// A line for each: "ok       rights     all on the database".
std::string to_text(const std::vector<PreflightCheck>& checks, bool color);
std::string to_json(const std::vector<PreflightCheck>& checks);

}  // namespace plumb::deploy
