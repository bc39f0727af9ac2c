// support/program_words.hpp: arguments and environment of another program, as the system wants them.
#pragma once

#include <map>
#include <string>
#include <vector>

namespace plumb {

/// This process's environment with other values of these variables.
std::vector<std::string> environment_with(const std::map<std::string, std::string>& variables);

/// Pointers into `texts`, which must stay, and nullptr at the end.
std::vector<char*> pointers_to(std::vector<std::string>& texts);

}  // namespace plumb
