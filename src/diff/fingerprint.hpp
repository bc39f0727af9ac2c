// diff/fingerprint.hpp: the name of a state. Equal states have equal fingerprints, in whatever order they were read.
#pragma once

#include <string>

#include "model/schema.hpp"
#include "sql/tokens.hpp"

namespace plumb::diff {

/// Every part of the state as lines of text, sorted; expressions in their normal form. Views count by name alone:
/// an engine prints their text in ways that cannot be known before they are created.
std::string dump(const Schema& schema, const sql::Lexis& lexis);
std::string dump(const Table& table, const sql::Lexis& lexis);

/// SHA-256 of the dump.
std::string fingerprint(const Schema& schema, const sql::Lexis& lexis);
std::string fingerprint(const Table& table, const sql::Lexis& lexis);

}  // namespace plumb::diff
