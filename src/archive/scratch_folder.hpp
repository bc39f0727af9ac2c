// archive/scratch_folder.hpp: a folder among the temporary files that is gone when it is no longer needed.
#pragma once

#include <string>

namespace plumb::archive {

class ScratchFolder {
 public:
  /// Throws FileError.
  ScratchFolder();
  ~ScratchFolder();
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

}  // namespace plumb::archive
