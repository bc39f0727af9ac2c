// tests/support/small_disk.hpp: a file system of a few megabytes, to fill up.
#pragma once

#include <cstdint>
#include <string>

#include "support/scratch_folder.hpp"

namespace plumb::test {

/// Lives in memory and is gone with the program, however that ends: it is mounted where no other process sees it. The
/// program's children do. Construct it in the thread that starts them.
class SmallDisk {
 public:
  /// Why there can be none here; empty: there can be. Mounting is for root.
  static std::string why_not();

  /// Throws std::runtime_error when it cannot be made.
  explicit SmallDisk(std::uint64_t bytes);
  ~SmallDisk();
  SmallDisk(const SmallDisk&) = delete;
  SmallDisk& operator=(const SmallDisk&) = delete;

  const std::string& path() const { return folder_.path(); }
  std::string operator/(std::string_view name) const { return folder_ / name; }
  std::uint64_t bytes_free() const;

  /// Leaves room for this many bytes, in whole pages.
  void fill(std::uint64_t leaving = 0);
  /// Undoes fill().
  void empty();

 private:
  ScratchFolder folder_;
};

}  // namespace plumb::test
