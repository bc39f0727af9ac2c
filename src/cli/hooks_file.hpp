// cli/hooks_file.hpp: the hooks of an environment, out of plumb.toml.
#pragma once

#include <string>

#include "deploy/hooks.hpp"

namespace plumb::cli {

/// `[env.NAME.hooks]`, or `[hooks]`: for each name a command, a table with `run`, `timeout` and `must`, or a list of these.
/// Throws FileError or UsageError (bad TOML, unknown name).
deploy::Hooks read_hooks(const std::string& config_path, const std::string& env);

}  // namespace plumb::cli
