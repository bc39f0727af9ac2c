// support/spawn.hpp: another program begun, without a shell.
#pragma once

#include <sys/types.h>

#include <map>
#include <string>
#include <vector>

namespace plumb {

struct Spawn {
  std::vector<std::string> command;              ///< the program, found by PATH, and its arguments
  std::map<std::string, std::string> variables;  ///< set in addition to this process's environment
  std::map<int, int> descriptors;                ///< its own numbers and what stands for them here
  bool own_group = false;                        ///< a process group of its own
  std::string where_from;                        ///< what to say where it is not installed
};

/// Throws Error when it cannot be started.
pid_t spawn(Spawn what);

/// Waits for its end; gives its status as waitpid has it. Throws Error.
int wait_for(pid_t program);

/// 128 + signal when a signal ended it.
int exit_status(int status);

}  // namespace plumb
