// cli/toml_file.hpp: plumb.toml, parsed.
#pragma once

#include <string>

#include <toml.hpp>

namespace plumb::cli {

/// Throws FileError, and UsageError for bad TOML.
toml::value parsed_toml(const std::string& path);

/// `key` of the environment, else the one at the top; nullptr: neither has it.
const toml::value* found_for(const toml::value& file, const std::string& env, const std::string& key);

}  // namespace plumb::cli
