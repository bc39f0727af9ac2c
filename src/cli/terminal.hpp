// cli/terminal.hpp: what the terminal can do, and the progress line on it.
#pragma once

#include <chrono>
#include <cstddef>
#include <string>

#include "cli/arguments.hpp"

namespace plumb::cli {

/// True when colour suits stdout (or stderr): asked for, or a terminal without NO_COLOR and not dumb.
bool color_on_stdout(const Arguments& arguments);
bool color_on_stderr(const Arguments& arguments);
bool stdin_is_terminal();

/// A line on stderr that shows where a long run is. On a terminal it is rewritten in place at most ten times a second;
/// elsewhere each step gets one line.
class ProgressLine {
 public:
  explicit ProgressLine(const Arguments& arguments);
  ~ProgressLine();
  ProgressLine(const ProgressLine&) = delete;
  ProgressLine& operator=(const ProgressLine&) = delete;
  /// `steps` 0: their number is not known.
  void show(std::size_t step, std::size_t steps, const std::string& what, std::chrono::milliseconds elapsed);
  void clear();
  /// On a terminal, rewritten in place.
  bool is_live() const { return live_; }

 private:
  bool live_ = false;
  bool lines_ = false;
  bool drawn_ = false;
  std::size_t last_step_ = 0;
  std::chrono::steady_clock::time_point last_draw_;
};

}  // namespace plumb::cli
