// support/piped_program.hpp: another program that is written to, or read from, while it runs.
#pragma once

#include <sys/types.h>

#include <string>
#include <string_view>
#include <vector>

#include "support/descriptor.hpp"

namespace plumb {

/// A running program with an option file that stands in memory alone: what is secret in it is in no file, no environment and
/// no list of processes. It is ended when this goes before finish().
class PipedProgram {
 public:
  enum class Direction { Reads, Writes };  ///< the program reads what is written here, or writes what is read here

  /// `command` is the program, found by PATH, and its arguments; "{options}" in them becomes the name of the option file.
  /// `where_from` follows "`NAME` is not installed". Throws Error.
  PipedProgram(std::vector<std::string> command, const std::string& options, Direction direction, const std::string& where_from);
  ~PipedProgram();
  PipedProgram(const PipedProgram&) = delete;
  PipedProgram& operator=(const PipedProgram&) = delete;

  /// What it has printed next; empty at the end.
  std::string_view read();
  /// Throws Error with the program's own words when it has ended.
  void write(std::string_view bytes);
  /// Waits for its end. Throws Error with the program's own words when it failed.
  void finish();

 private:
  [[noreturn]] void fail(int status);

  std::string name_;
  Descriptor stream_;
  Descriptor errors_;
  pid_t process_ = -1;
  std::vector<char> buffer_;
};

}  // namespace plumb
