#include "fleet/child.hpp"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <unistd.h>

#include <array>
#include <cerrno>

#include "support/descriptor.hpp"
#include "support/spawn.hpp"

namespace plumb::fleet {
namespace {

constexpr std::size_t most_kept = 16U << 20;
constexpr int milliseconds_between_looks = 200;
constexpr const char* this_program = "/proc/self/exe";

pid_t start(const std::vector<std::string>& words, const std::map<std::string, std::string>& variables, const Pipe& out, const Pipe& err) {
  std::vector<std::string> command{this_program};
  command.insert(command.end(), words.begin(), words.end());
  const Descriptor nothing(::open("/dev/null", O_RDONLY | O_CLOEXEC));
  return spawn({std::move(command), variables, {{STDIN_FILENO, nothing.value()}, {STDOUT_FILENO, out.writing.value()}, {STDERR_FILENO, err.writing.value()}}, true, {}});
}

/// False once the stream has ended.
bool read_some(int file, std::string& text) {
  std::array<char, 16384> bytes{};
  const ssize_t count = ::read(file, bytes.data(), bytes.size());
  if (count < 0 && errno == EINTR) return true;
  if (count <= 0) return false;
  if (text.size() < most_kept) text.append(bytes.data(), static_cast<std::size_t>(count));
  return true;
}

void read_both(pid_t child, const Pipe& out, const Pipe& err, const std::function<bool()>& breaks_off, ChildResult& result) {
  std::array<pollfd, 2> files{pollfd{out.reading.value(), POLLIN, 0}, pollfd{err.reading.value(), POLLIN, 0}};
  const std::array<std::string*, 2> texts{&result.out, &result.err};
  bool was_told = false;
  while (files[0].fd >= 0 || files[1].fd >= 0) {
    if (!was_told && breaks_off()) {
      was_told = true;
      ::kill(child, SIGINT);
    }
    if (::poll(files.data(), files.size(), milliseconds_between_looks) <= 0) continue;
    for (std::size_t i = 0; i < files.size(); ++i) {
      if (files[i].fd >= 0 && files[i].revents != 0 && !read_some(files[i].fd, *texts[i])) files[i].fd = -1;
    }
  }
}

}  // namespace

ChildResult run_child(const std::vector<std::string>& words, const std::map<std::string, std::string>& variables, const std::function<bool()>& breaks_off) {
  Pipe out;
  Pipe err;
  const pid_t child = start(words, variables, out, err);
  out.writing.close();
  err.writing.close();
  ChildResult result;
  read_both(child, out, err, breaks_off, result);
  result.exit_code = exit_status(wait_for(child));
  return result;
}

}  // namespace plumb::fleet
