// apply/run_log.hpp: what a run does, written down as it happens (docs/history.md).
#pragma once

#include <chrono>
#include <cstdint>
#include <cstdio>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace plumb::apply {

/// A text file. Each line is given to the operating system at once, so that a run that is killed leaves what it began. The intent
/// stands before the outcome. A log that cannot be written any more (a full disk) stops no deployment: it ends there.
class RunLog {
 public:
  /// Makes the file. Throws FileError where that is not possible or it stands already.
  explicit RunLog(const std::string& path);

  void note(std::string_view text);
  void step(std::size_t number, std::size_t of, std::string_view what);
  /// Before a statement of the plan, a guard or a setting is sent.
  void begin(std::string_view sql);
  /// `count`: changed rows, or a guard's answer.
  void end(std::chrono::milliseconds duration, std::uint64_t count);
  void failed(std::chrono::milliseconds duration, std::string_view problem);
  void warning(std::string_view text);

 private:
  struct Closer {
    void operator()(std::FILE* file) const;
  };
  void line(std::string_view text);
  void indented(std::string_view text);

  std::unique_ptr<std::FILE, Closer> file_;
};

/// The present time in UTC with milliseconds, "2026-01-31T12:00:00.123Z".
std::string precise_now_utc();

}  // namespace plumb::apply
