// probe/ask_assertions.hpp: asks what a description says of the rows.
#pragma once

#include <optional>
#include <string>

#include "db/connection.hpp"

namespace plumb {

/// Why the assertion does not hold, or cannot be asked; nothing where it holds. Throws DatabaseError when the connection is lost.
std::optional<std::string> why_it_fails(db::Connection& connection, const std::string& text, const std::string& query);

}  // namespace plumb
