// tests/support/run.hpp: runs a program and gives what it printed and how it ended.
#pragma once

#include <chrono>
#include <map>
#include <string>
#include <vector>

namespace plumb::test {

struct RunOptions {
  std::string input = {};                               ///< given on stdin
  std::string folder = {};                              ///< the working folder; empty: this process's
  std::map<std::string, std::string> environment = {};  ///< set in addition to this process's variables
  std::chrono::seconds timeout{120};                    ///< then the program is killed
};

struct RunResult {
  int exit_code = 0;  ///< 128 + signal when a signal ended the program; 127 when it could not be started
  std::string out;
  std::string err;
  bool timed_out = false;
};

/// `command` is the program, found by PATH, and its arguments; no shell is involved.
RunResult run(const std::vector<std::string>& command, const RunOptions& options = {});

}  // namespace plumb::test
