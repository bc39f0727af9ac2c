// cli/manual.hpp: manual pages, made from what --help says.
#pragma once

#include <map>
#include <string>

#include "cli/command_line.hpp"

namespace plumb::cli {

/// One page a verb in the form of man(7), by file name: plumb.1, plumb-data-export.1 … `version` and `date` of plumb: 0.1.0, 2026-01-31.
std::map<std::string, std::string> manual_pages(const Command& command, const std::string& version, const std::string& date);

}  // namespace plumb::cli
