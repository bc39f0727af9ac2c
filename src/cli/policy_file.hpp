// cli/policy_file.hpp: the policy of an environment, out of plumb.toml.
#pragma once

#include <optional>
#include <string>

#include "policy/policy.hpp"

namespace plumb::cli {

/// `[env.NAME.policy]`, or the file that `policy` names there; else the same at the top of the settings file; else nothing.
/// Throws FileError or UsageError (bad TOML, unknown key, unknown word).
std::optional<policy::Policy> read_policy(const std::string& config_path, const std::string& env);

}  // namespace plumb::cli
