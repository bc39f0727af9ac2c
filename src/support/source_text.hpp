// support/source_text.hpp: the text of one file, and places in it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace plumb {

/// A stretch of one source file. Offsets and lengths are bytes.
struct SourceSpan {
  std::uint32_t file = 0;  ///< index into the list of SourceTexts of the description
  std::uint32_t offset = 0;
  std::uint32_t length = 0;
  bool operator==(const SourceSpan&) const = default;
};

/// A place as people count: both from 1; columns count code points, tabs as one.
struct LineColumn {
  std::uint32_t line = 1;
  std::uint32_t column = 1;
  bool operator==(const LineColumn&) const = default;
};

/// One file's name and text. The line table is built at the first question.
class SourceText {
 public:
  SourceText(std::string path, std::string text);
  const std::string& path() const { return path_; }
  std::string_view text() const { return text_; }
  LineColumn line_column(std::uint32_t offset) const;
  /// Line number `line` (from 1) without its line end.
  std::string_view line(std::uint32_t line) const;

 private:
  const std::vector<std::uint32_t>& line_starts() const;
  std::string path_;
  std::string text_;
  mutable std::vector<std::uint32_t> line_starts_;
};

/// Where something was declared, for documents that outlive the source ("schema/learning.plumb:41").
struct Origin {
  std::string file;  ///< empty: not from a file
  std::uint32_t line = 0;
  bool operator==(const Origin&) const = default;
  std::string to_string() const { return file.empty() ? std::string() : file + ":" + std::to_string(line); }
};

}  // namespace plumb
