#include "support/file.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "support/error.hpp"

namespace plumb {
namespace fs = std::filesystem;

namespace {

std::string reason(int error) { return std::strerror(error); }

/// A file descriptor that closes itself.
class Descriptor {
 public:
  explicit Descriptor(int value) : value_(value) {}
  ~Descriptor() {
    if (value_ >= 0) ::close(value_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int value() const { return value_; }
  int release() {
    const int value = value_;
    value_ = -1;
    return value;
  }

 private:
  int value_;
};

}  // namespace

std::string read_file(const std::string& path) {
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (file.value() < 0) throw FileError(path, "cannot be read: " + reason(errno));
  std::string bytes;
  char buffer[65536];
  for (;;) {
    const ssize_t got = ::read(file.value(), buffer, sizeof buffer);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) throw FileError(path, "cannot be read: " + reason(errno));
    if (got == 0) return bytes;
    bytes.append(buffer, static_cast<std::size_t>(got));
  }
}

void write_file(const std::string& path, std::string_view bytes) {
  const std::string beside = path + ".plumb-new-" + std::to_string(::getpid());
  Descriptor file(::open(beside.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666));
  if (file.value() < 0) throw FileError(path, "cannot be written: " + reason(errno));
  const auto fail = [&](int error) {
    ::unlink(beside.c_str());
    throw FileError(path, "cannot be written: " + reason(error));
  };
  while (!bytes.empty()) {
    const ssize_t put = ::write(file.value(), bytes.data(), bytes.size());
    if (put < 0 && errno == EINTR) continue;
    if (put < 0) fail(errno);
    bytes.remove_prefix(static_cast<std::size_t>(put));
  }
  if (::fsync(file.value()) != 0) fail(errno);
  if (::close(file.release()) != 0) fail(errno);
  if (::rename(beside.c_str(), path.c_str()) != 0) fail(errno);
}

bool is_folder(const std::string& path) {
  std::error_code ignored;
  return fs::is_directory(path, ignored);
}

bool file_exists(const std::string& path) {
  std::error_code ignored;
  return fs::exists(path, ignored);
}

std::vector<std::string> files_below(const std::string& folder, std::string_view ending) {
  std::vector<std::string> found;
  std::error_code error;
  for (fs::recursive_directory_iterator it(folder, error), end; !error && it != end; it.increment(error)) {
    if (it->is_regular_file(error) && it->path().string().ends_with(ending)) found.push_back(it->path().string());
  }
  if (error) throw FileError(folder, "cannot be read: " + error.message());
  std::sort(found.begin(), found.end());
  return found;
}

void make_folders(const std::string& path) {
  std::error_code error;
  fs::create_directories(path, error);
  if (error) throw FileError(path, "cannot be made: " + error.message());
}

}  // namespace plumb
