// desired/compare_states.hpp: any two states, held against each other.
#pragma once

#include <string>
#include <vector>

#include "desired/desired_state.hpp"
#include "plan/difference.hpp"

namespace plumb::desired {

/// One of the two.
struct Side {
  std::string path;    ///< as the user named it; a URL may hold a password
  std::string spoken;  ///< the same without one
  SourceKind kind = SourceKind::Language;
  std::string engine;  ///< of SQL and of a database; empty for the language
  Description description;
};

/// The engine in whose terms two states are compared: the one that both have or the only one of them has; SQLite for
/// two different ones, because it tells the fewer things apart. `wanted` (--engine) decides between two texts of the
/// language; MariaDB, which tells more things apart, where it is not said. Throws UsageError where `wanted` cannot be.
std::string engine_for(const Side& from, const Side& to, const std::string& wanted);

/// What differs from `from` to `to`. `options` say where a scratch database may be made to ask MariaDB how it spells a
/// text of the language. Throws DatabaseError.
plan::DifferenceReport compare(const Side& from, const Side& to, const std::string& engine, const DesiredOptions& options);

}  // namespace plumb::desired
