// tests/support/scratch_folder.hpp: a folder, usually below /tmp, that is gone when the test ends.
#pragma once

#include <string>
#include <string_view>

namespace plumb::test {

/// The path is short (a Unix socket's may have 107 characters).
class ScratchFolder {
 public:
  ScratchFolder();
  /// Below another folder, with this beginning of its name.
  ScratchFolder(const std::string& parent, std::string_view begin);
  ~ScratchFolder();
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;

  const std::string& path() const { return path_; }
  /// The path of a file or folder in it, which need not exist.
  std::string operator/(std::string_view name) const { return path_ + "/" + std::string(name); }

 private:
  std::string path_;
};

}  // namespace plumb::test
