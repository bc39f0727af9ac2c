// backup/program.hpp: another program, run without a shell; for the engine's own dump program and client.
#pragma once

#include <sys/types.h>

#include <string>
#include <string_view>
#include <vector>

#include "support/descriptor.hpp"

namespace plumb::backup {

/// A running program with an option file that stands in memory alone: what is secret in it is in no file, no environment and
/// no list of processes. It is ended when this goes before finish().
class Program {
 public:
  enum class Direction { Reads, Writes };  ///< the program reads what is written here, or writes what is read here

  /// `command` is the program, found by PATH, and its arguments; "{options}" in them becomes the name of the option file.
  /// `package` is what to install where it is missing. Throws Error.
  Program(std::vector<std::string> command, const std::string& options, Direction direction, const std::string& package);
  ~Program();
  Program(const Program&) = delete;
  Program& operator=(const Program&) = delete;

  /// What it has printed next; empty at the end.
  std::string_view read();
  /// Throws Error with the program's own words when it has ended.
  void write(std::string_view bytes);
  /// Waits for its end. Throws Error with the program's own words when it failed.
  void finish();

 private:
  [[noreturn]] void fail(int status);
  int wait();

  std::string name_;
  Descriptor stream_;
  Descriptor errors_;
  pid_t process_ = -1;
  std::vector<char> buffer_;
};

}  // namespace plumb::backup
