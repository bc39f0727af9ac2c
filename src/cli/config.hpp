// cli/config.hpp: plumb.toml, the settings of a project and its environments.
#pragma once

#include <map>
#include <string>
#include <string_view>

namespace plumb::cli {

/// Settings by the name of their option ("db", "to", "lock-timeout", "allow"); lists are joined by commas.
/// The levels of `[lint]` stand under "lint.RULE".
using Settings = std::map<std::string, std::string, std::less<>>;
inline constexpr std::string_view lint_prefix = "lint.";

/// Reads the file: its top level, then [env.NAME] over it when `env` is not empty. `schema` becomes "to"; paths are
/// taken from the file's folder. Throws FileError or UsageError (bad TOML, unknown key, unknown environment).
Settings read_config(const std::string& path, const std::string& env);

}  // namespace plumb::cli
