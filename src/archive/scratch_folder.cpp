#include "archive/scratch_folder.hpp"

#include <stdlib.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <system_error>

#include "support/error.hpp"

namespace plumb::archive {

ScratchFolder::ScratchFolder() {
  std::error_code problem;
  const auto place = std::filesystem::temp_directory_path(problem);
  path_ = (problem ? std::string("/tmp") : place.string()) + "/plumb-XXXXXX";
  if (::mkdtemp(path_.data()) == nullptr) throw FileError(path_, std::string("cannot be made: ") + std::strerror(errno));
}

ScratchFolder::~ScratchFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

}  // namespace plumb::archive
