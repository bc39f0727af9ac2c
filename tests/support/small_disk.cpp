#include "support/small_disk.hpp"

#include <fcntl.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <stdexcept>

namespace plumb::test {
namespace {

constexpr const char* filler = "filler";

/// From here on what this thread and its children mount is seen by nobody else. Once is enough.
bool mounts_are_private() {
  static const bool done = ::unshare(CLONE_NEWNS) == 0 && ::mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0;
  return done;
}

}  // namespace

std::string SmallDisk::why_not() {
  if (::geteuid() != 0) return "only root may mount a file system";
  if (!mounts_are_private()) return std::string("mounting is not permitted here: ") + std::strerror(errno);
  return {};
}

SmallDisk::SmallDisk(std::uint64_t bytes) {
  const std::string size = "size=" + std::to_string(bytes);
  if (!mounts_are_private() || ::mount("tmpfs", path().c_str(), "tmpfs", 0, size.c_str()) != 0) throw std::runtime_error(std::string("no small disk can be mounted: ") + std::strerror(errno));
}

SmallDisk::~SmallDisk() { ::umount2(path().c_str(), MNT_DETACH); }

std::uint64_t SmallDisk::bytes_free() const {
  struct statvfs facts {};
  if (::statvfs(path().c_str(), &facts) != 0) throw std::runtime_error("the small disk cannot be asked");
  return static_cast<std::uint64_t>(facts.f_bavail) * facts.f_frsize;
}

void SmallDisk::fill(std::uint64_t leaving) {
  empty();
  const int file = ::open((*this / filler).c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
  int problem = file < 0 ? errno : ENOSPC;
  for (int tries = 0; problem == ENOSPC && tries < 100; ++tries) {  // others write meanwhile
    const std::uint64_t room = bytes_free();
    problem = room <= leaving ? 0 : ::posix_fallocate(file, 0, static_cast<off_t>(room - leaving));
  }
  if (file >= 0) ::close(file);
  if (problem != 0) throw std::runtime_error(std::string("the small disk cannot be filled: ") + std::strerror(problem));
}

void SmallDisk::empty() { ::unlink((*this / filler).c_str()); }

}  // namespace plumb::test
