// support/limited_program.hpp: runs another program for a limited time and takes what it prints.
#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace plumb {

struct Ending {
  int status = 0;          ///< its exit status; 128 + signal when a signal ended it
  bool in_time = true;     ///< false: it was ended because its time was over
};

/// The program, found by PATH, in a process group of its own, which is ended as a whole when the time is over (politely, then after five
/// seconds by force). `variables` are set in addition to this process's. What it prints, on both streams, is given away as it comes.
/// Standard input is empty. Throws Error when it cannot be started.
Ending run_for(const std::vector<std::string>& command, const std::map<std::string, std::string>& variables, std::chrono::seconds longest, const std::function<void(std::string_view)>& on_output);

}  // namespace plumb
