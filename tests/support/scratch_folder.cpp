#include "support/scratch_folder.hpp"

#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <stdexcept>
#include <system_error>

namespace plumb::test {

ScratchFolder::ScratchFolder() : ScratchFolder("/tmp", "plumb-") {}

ScratchFolder::ScratchFolder(const std::string& parent, std::string_view begin) : path_(parent + "/" + std::string(begin) + "XXXXXX") {
  if (mkdtemp(path_.data()) == nullptr) throw std::runtime_error("cannot make a folder below " + parent);
}

ScratchFolder::~ScratchFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

}  // namespace plumb::test
