// language/print_table.hpp: one table as the text of a description, not laid out yet.
#pragma once

#include <string>

#include "model/description.hpp"

namespace plumb::language {

/// From its doc comment to its closing brace, with line ends.
std::string table_text(const Description& description, const Table& table);
/// An `option` line of the schema or of a table.
std::string options_text(const std::string& engine, const Options& options);

}  // namespace plumb::language
