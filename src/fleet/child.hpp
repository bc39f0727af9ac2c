// fleet/child.hpp: a run of this program for one database of a fleet, in a process of its own: its locks, its memory and its end
// are nobody else's.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

namespace plumb::fleet {

struct ChildResult {
  int exit_code = 0;  ///< 128 + signal when a signal ended it
  std::string out;
  std::string err;
};

/// `words` without the program; `variables` are set in addition. Standard input is empty, and Ctrl-C at the terminal does not reach it; once
/// `breaks_off` is true it gets the same signal from here. Threads may call it. Throws Error when no process can be made.
ChildResult run_child(const std::vector<std::string>& words, const std::map<std::string, std::string>& variables, const std::function<bool()>& breaks_off);

}  // namespace plumb::fleet
