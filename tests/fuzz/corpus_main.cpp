// Runs a target over every file of the folders named on the command line: what the fuzzer once found stays found.
#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "fuzz/target.hpp"
#include "support/file.hpp"

namespace {

std::vector<std::string> files_of(const std::string& folder) {
  std::vector<std::string> files;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) files.push_back(entry.path().string());
  std::sort(files.begin(), files.end());
  return files;
}

}  // namespace

int main(int count, char** words) {
  std::size_t checked = 0;
  for (int i = 1; i < count; ++i) {
    for (const auto& file : files_of(words[i])) {
      std::printf("%s\n", file.c_str());
      std::fflush(stdout);
      const std::string text = plumb::read_file(file);
      const std::unique_ptr<char[]> copy(new char[text.size()]);
      std::copy(text.begin(), text.end(), copy.get());
      plumb::fuzz::check({copy.get(), text.size()});
      ++checked;
    }
  }
  std::printf("%zu texts\n", checked);
  return checked == 0 ? 1 : 0;
}
