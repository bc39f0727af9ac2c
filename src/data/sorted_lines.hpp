// data/sorted_lines.hpp: the lines of a large table, put into the order of their natural keys without being held. For this
// folder alone.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "archive/scratch_folder.hpp"
#include "data/one_form.hpp"

namespace plumb::data {

/// Bytes in the order of comes_before().
void append_sort_key(std::string& bytes, const Json& value);

/// Sorts what fits into the memory, lays it among the temporary files, and merges that in the end.
class SortedLines {
 public:
  explicit SortedLines(std::size_t most_bytes = std::size_t{48} << 20U) : most_bytes_(most_bytes) {}

  /// Throws FileError.
  void add(std::string key, std::string line);
  /// Every line, by the bytes of its key. Throws FileError.
  void for_each(const std::function<void(std::string_view line)>& visit);

 private:
  struct Line {
    std::string key;
    std::string text;
  };

  void sort();
  void lay_aside();

  std::size_t most_bytes_;
  std::size_t bytes_ = 0;
  std::vector<Line> lines_;
  archive::ScratchFolder folder_;
  std::vector<std::string> pieces_;  ///< files
};

}  // namespace plumb::data
