#include "fleet/child.hpp"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>

#include "support/error.hpp"
#include "support/program_words.hpp"

namespace plumb::fleet {
namespace {

constexpr std::size_t most_kept = 16U << 20;
constexpr int milliseconds_between_looks = 200;
constexpr const char* this_program = "/proc/self/exe";

/// The two ends of a pipe that no other program inherits.
struct Pipe {
  std::array<int, 2> ends{-1, -1};
  Pipe() {
    if (::pipe2(ends.data(), O_CLOEXEC) != 0) throw Error(std::string("a pipe cannot be made: ") + std::strerror(errno));
  }
  ~Pipe() {
    close(0);
    close(1);
  }
  Pipe(const Pipe&) = delete;
  Pipe& operator=(const Pipe&) = delete;
  void close(std::size_t end) {
    if (ends.at(end) >= 0) ::close(ends.at(end));
    ends.at(end) = -1;
  }
};

pid_t start(const std::vector<std::string>& words, const std::map<std::string, std::string>& variables, const Pipe& out, const Pipe& err) {
  std::vector<std::string> command{"plumb"};
  command.insert(command.end(), words.begin(), words.end());
  std::vector<std::string> environment = environment_with(variables);
  const auto arguments = pointers_to(command);
  const auto entries = pointers_to(environment);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_adddup2(&actions, out.ends[1], STDOUT_FILENO);
  posix_spawn_file_actions_adddup2(&actions, err.ends[1], STDERR_FILENO);
  posix_spawnattr_t attributes;
  posix_spawnattr_init(&attributes);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP);
  posix_spawnattr_setpgroup(&attributes, 0);
  pid_t child = 0;
  const int problem = posix_spawn(&child, this_program, &actions, &attributes, arguments.data(), entries.data());
  posix_spawnattr_destroy(&attributes);
  posix_spawn_file_actions_destroy(&actions);
  if (problem != 0) throw Error(std::string("no process can be made: ") + std::strerror(problem));
  return child;
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
  std::array<pollfd, 2> files{pollfd{out.ends[0], POLLIN, 0}, pollfd{err.ends[0], POLLIN, 0}};
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
  out.close(1);
  err.close(1);
  ChildResult result;
  read_both(child, out, err, breaks_off, result);
  int status = 0;
  while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  result.exit_code = WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
  return result;
}

}  // namespace plumb::fleet
