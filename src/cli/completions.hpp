// cli/completions.hpp: scripts that let a shell complete plumb's verbs, options and values.
#pragma once

#include <string>
#include <string_view>

#include "cli/command_line.hpp"

namespace plumb::cli {

/// The script for `shell`: bash, zsh or fish. Throws UsageError for any other.
std::string completions(const Command& command, std::string_view shell);

}  // namespace plumb::cli
