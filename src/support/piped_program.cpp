#include "support/piped_program.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <utility>

#include "support/error.hpp"
#include "support/spawn.hpp"
#include "support/text.hpp"

namespace plumb {
namespace {

/// The number under which the program finds its option file; the descriptors here are kept above it.
constexpr int option_number = 9;
constexpr int lowest_own_number = 20;
constexpr std::size_t longest_message = 4000;

Descriptor moved_up(int descriptor) {
  const Descriptor low(descriptor);
  return Descriptor(::fcntl(low.value(), F_DUPFD_CLOEXEC, lowest_own_number));
}

/// A file without a name, in memory.
Descriptor file_in_memory(const char* name) {
  Descriptor file = moved_up(::memfd_create(name, MFD_CLOEXEC));
  if (file.value() < 0) throw Error(std::string("no file can be made in memory: ") + std::strerror(errno));
  return file;
}

void put(int descriptor, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(descriptor, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) throw Error(std::string("a file in memory cannot be written: ") + std::strerror(errno));
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
}

}  // namespace

PipedProgram::PipedProgram(std::vector<std::string> command, const std::string& options, Direction direction, const std::string& where_from) : name_(command.front()), buffer_(1U << 18U) {
  const Descriptor option_file = file_in_memory("options");
  // MariaDB's programs pass over an option file that all may write
  if (::fchmod(option_file.value(), 0600) != 0) throw Error(std::string("a file in memory cannot be made private: ") + std::strerror(errno));
  put(option_file.value(), options);
  errors_ = file_in_memory("errors");
  std::array<int, 2> ends{};
  // sockets, because a program that has ended must not end this one by a signal
  if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0) throw Error(std::string("no channel can be made: ") + std::strerror(errno));
  stream_ = moved_up(ends[0]);
  const Descriptor theirs = moved_up(ends[1]);
  const Descriptor nothing = moved_up(::open("/dev/null", O_RDWR | O_CLOEXEC));

  for (auto& word : command) word = replace_all(word, "{options}", "/dev/fd/" + std::to_string(option_number));
  const bool reads = direction == Direction::Reads;
  process_ = spawn({std::move(command),
                    {},
                    {{STDIN_FILENO, reads ? theirs.value() : nothing.value()}, {STDOUT_FILENO, reads ? nothing.value() : theirs.value()}, {STDERR_FILENO, errors_.value()}, {option_number, option_file.value()}},
                    false,
                    where_from});
}

PipedProgram::~PipedProgram() {
  if (process_ < 0) return;
  ::kill(process_, SIGKILL);
  int status = 0;
  while (::waitpid(process_, &status, 0) < 0 && errno == EINTR) {
  }
}

std::string_view PipedProgram::read() {
  for (;;) {
    const ssize_t got = ::read(stream_.value(), buffer_.data(), buffer_.size());
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) throw Error("`" + name_ + "` cannot be read from: " + std::strerror(errno));
    return {buffer_.data(), static_cast<std::size_t>(got)};
  }
}

void PipedProgram::write(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t sent = ::send(stream_.value(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent < 0 && errno == EINTR) continue;
    if (sent < 0) fail(wait_for(std::exchange(process_, -1)));
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
}

void PipedProgram::finish() {
  ::shutdown(stream_.value(), SHUT_WR);
  if (const int status = wait_for(std::exchange(process_, -1)); status != 0) fail(status);
}

void PipedProgram::fail(int status) {
  std::string words(longest_message, '\0');
  const ssize_t got = ::pread(errors_.value(), words.data(), words.size(), 0);
  words.resize(got > 0 ? static_cast<std::size_t>(got) : 0);
  const std::string how = WIFSIGNALED(status) ? "was ended by signal " + std::to_string(WTERMSIG(status)) : "failed with " + std::to_string(WEXITSTATUS(status));
  throw Error("`" + name_ + "` " + how + (trim(words).empty() ? std::string() : ": " + replace_all(std::string(trim(words)), "\n", "; ")));
}

}  // namespace plumb
