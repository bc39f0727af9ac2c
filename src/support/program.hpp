// support/program.hpp: runs another program and waits for its end.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace plumb {

/// Words parted by spaces; quotes, single or double, hold one together and go. Nothing else has a meaning.
/// Throws UsageError for a quote that does not end.
std::vector<std::string> split_words(std::string_view text);

/// The program, found by PATH, with its arguments; no shell is involved. `variables` are set in addition to this process's. What it
/// prints goes to standard error. Gives its exit status, 128 + signal when a signal ended it. Throws Error when it cannot be started.
int run_program(const std::vector<std::string>& command, const std::map<std::string, std::string>& variables);

}  // namespace plumb
