#include "support/limited_program.hpp"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>

#include "support/descriptor.hpp"
#include "support/spawn.hpp"

namespace plumb {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::chrono::seconds grace(5);

pid_t start(const std::vector<std::string>& command, const std::map<std::string, std::string>& variables, int output) {
  const Descriptor nothing(::open("/dev/null", O_RDONLY | O_CLOEXEC));
  return spawn({command, variables, {{STDIN_FILENO, nothing.value()}, {STDOUT_FILENO, output}, {STDERR_FILENO, output}}, true, {}});
}

/// A program that was started, and what it prints.
class Running {
 public:
  Running(pid_t child, int output, const std::function<void(std::string_view)>& on_output) : child_(child), output_(output), on_output_(on_output) {}

  /// Gives away what comes, until it has ended or the moment has come. True when it has ended: what its own children print later, in
  /// the background, is nobody's.
  bool ends_before(Clock::time_point end) {
    for (;;) {
      const bool is_over = has_ended();
      const bool something_came = take(is_over ? 0 : 50);
      if (is_over && !something_came) return true;
      if (!is_over && Clock::now() >= end) return false;
    }
  }

  void signal(int number) const { ::kill(-child_, number); }
  int status() const { return exit_status(status_); }

 private:
  bool has_ended() {
    if (!over_) over_ = ::waitpid(child_, &status_, WNOHANG) == child_;
    return over_;
  }

  /// Waits for at most that many milliseconds.
  bool take(int wait) {
    if (is_closed_) {
      ::poll(nullptr, 0, wait);
      return false;
    }
    pollfd watched{output_, POLLIN, 0};
    if (::poll(&watched, 1, wait) <= 0) return false;
    std::array<char, 4096> buffer{};
    const ssize_t count = ::read(output_, buffer.data(), buffer.size());
    if (count > 0) on_output_(std::string_view(buffer.data(), static_cast<std::size_t>(count)));
    is_closed_ = count == 0;
    return count > 0;
  }

  pid_t child_;
  int output_;
  const std::function<void(std::string_view)>& on_output_;
  int status_ = 0;
  bool over_ = false;
  bool is_closed_ = false;
};

}  // namespace

Ending run_for(const std::vector<std::string>& command, const std::map<std::string, std::string>& variables, std::chrono::seconds longest, const std::function<void(std::string_view)>& on_output) {
  Pipe pipe;
  Running program(start(command, variables, pipe.writing.value()), pipe.reading.value(), on_output);
  pipe.writing.close();
  Ending ending;
  ending.in_time = program.ends_before(Clock::now() + longest);
  if (!ending.in_time) {
    program.signal(SIGTERM);
    if (!program.ends_before(Clock::now() + grace)) {
      program.signal(SIGKILL);
      program.ends_before(Clock::now() + grace);
    }
  }
  ending.status = program.status();
  return ending;
}

}  // namespace plumb
