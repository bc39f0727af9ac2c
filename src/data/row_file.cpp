#include "data/row_file.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>

#include "data/json_text.hpp"
#include "support/error.hpp"
#include "support/file.hpp"
#include "support/text.hpp"

namespace plumb::data {
namespace {

constexpr std::size_t longest_row = std::size_t{64} << 20U;
constexpr std::uintmax_t longest_whole = std::uintmax_t{16} << 20U;

/// The bytes of a file as a window that moves on.
class Window {
 public:
  Window(const std::string& path, const std::string& shown) : shown_(shown), file_(path, std::ios::binary) {
    if (!file_) throw FileError(shown, std::string("cannot be read: ") + std::strerror(errno));
  }

  /// The byte `offset` behind the place; -1 at the end of the file.
  int at(std::size_t offset) {
    while (offset >= bytes_.size() - begin_) {
      if (!fill()) return -1;
    }
    return static_cast<unsigned char>(bytes_[begin_ + offset]);
  }
  std::string_view view(std::size_t size) const { return std::string_view(bytes_).substr(begin_, size); }
  /// Behind the end of the line that begins at the place and has so many bytes.
  void move_over_line(std::size_t size) {
    ++line_;
    begin_ += size + 1;
  }
  void move(std::size_t size) {
    line_ += static_cast<std::size_t>(std::count(bytes_.begin() + static_cast<std::ptrdiff_t>(begin_), bytes_.begin() + static_cast<std::ptrdiff_t>(begin_ + size), '\n'));
    begin_ += size;
  }
  std::size_t line() const { return line_; }
  /// Of what was read so far.
  const BytesMark& mark() const { return mark_; }
  /// The number of bytes to the next `c`, or to the end.
  std::size_t to(char c) {
    std::size_t from = 0;
    for (;;) {
      const std::size_t found = bytes_.find(c, begin_ + from);
      if (found != std::string::npos) return found - begin_;
      from = bytes_.size() - begin_;
      if (from > longest_row) throw FileError(shown_, "holds a row of more than 64 MiB: line " + std::to_string(line_));
      if (!fill()) return bytes_.size() - begin_;
    }
  }

 private:
  bool fill() {
    if (!file_) return false;
    bytes_.erase(0, begin_);
    begin_ = 0;
    const std::size_t old = bytes_.size();
    bytes_.resize(old + bytes_of_a_piece);
    file_.read(bytes_.data() + old, static_cast<std::streamsize>(bytes_of_a_piece));
    bytes_.resize(old + static_cast<std::size_t>(file_.gcount()));
    if (bytes_.size() == old) return false;
    mark_.update(std::string_view(bytes_).substr(old));
    return true;
  }

  const std::string& shown_;
  std::ifstream file_;
  std::string bytes_;
  std::size_t begin_ = 0;
  std::size_t line_ = 1;
  BytesMark mark_;
};

class RowFile {
 public:
  RowFile(const std::string& path, const std::string& shown, const std::function<void(const RowText&)>& visit)
      : shown_(shown), visit_(visit), window_(path, shown) {}

  void read_lines() {
    while (window_.at(0) >= 0) {
      const std::size_t size = window_.to('\n');
      const bool is_ended = window_.at(size) == '\n';
      if (!is_ended) throw FileError(shown_, "is cut off: its last line has no end: line " + std::to_string(window_.line()));
      give(size, 0);
      window_.move_over_line(size);
    }
  }

  const BytesMark& mark() const { return window_.mark(); }

  void read_array() {
    skip();
    if (window_.at(0) < 0) throw FileError(shown_, "is no valid JSON: line 1, it is empty");
    if (window_.at(0) != '[') {
      std::size_t size = 0;
      while (window_.at(size) >= 0 && size < longest_row) ++size;
      row_of(size, 0).parse();  // says what is wrong with it, if it is no JSON at all
      throw FileError(shown_, "must hold an array of rows");
    }
    window_.move(1);
    skip();
    if (window_.at(0) == ']') return end();
    for (;;) {
      skip();
      const std::size_t size = value_size();
      give(size, 1);
      window_.move(size);
      skip();
      const int next = window_.at(0);
      if (next == ']') return end();
      if (next != ',') fail(next < 0 ? "while parsing array - its end is missing" : "while parsing array - expected `,` or `]`");
      window_.move(1);
    }
  }

 private:
  [[noreturn]] void fail(const std::string& what) const { throw FileError(shown_, "is no valid JSON: line " + std::to_string(window_.line()) + ", " + what); }

  static bool is_blank(int c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r'; }

  void skip() {
    std::size_t size = 0;
    while (is_blank(window_.at(size))) ++size;
    window_.move(size);
  }

  void end() {
    window_.move(1);
    skip();
    if (window_.at(0) >= 0) fail("while parsing value - more text behind its end");
  }

  /// Up to the comma or bracket behind the value that begins here.
  std::size_t value_size() {
    std::size_t size = 0;
    std::size_t depth = 0;
    bool in_string = false;
    for (;; ++size) {
      const int c = window_.at(size);
      if (c < 0) break;
      if (size > longest_row) throw FileError(shown_, "holds a row of more than 64 MiB: line " + std::to_string(window_.line()));
      if (in_string) {
        if (c == '\\') ++size;
        if (c == '"') in_string = false;
      } else if (c == '"') {
        in_string = true;
      } else if (c == '{' || c == '[') {
        if (++depth > deepest_nesting) break;  // the parser says so
      } else if (c == '}' || c == ']') {
        if (depth == 0) break;
        --depth;
      } else if (c == ',' && depth == 0) {
        break;
      }
    }
    while (window_.at(size) < 0 && size > 0 && window_.at(size - 1) < 0) --size;
    return size;
  }

  RowText row_of(std::size_t size, std::size_t depth) const { return {window_.view(size), {number_ + 1, window_.line()}, depth, shown_}; }

  void give(std::size_t size, std::size_t depth) {
    visit_(row_of(size, depth));
    ++number_;
  }

  const std::string& shown_;
  const std::function<void(const RowText&)>& visit_;
  Window window_;
  std::size_t number_ = 0;
};

}  // namespace

Json RowText::parse() const {
  try {
    return parse_json(text, place.line, depth);
  } catch (const JsonProblem& problem) {
    throw FileError(shown, problem.text.starts_with("field ") ? "row " + std::to_string(place.number) + ": " + problem.text : problem.text);
  }
}

BytesMark for_each_row_of(const std::string& path, const std::string& shown, const std::function<void(const RowText&)>& visit) {
  RowFile file(path, shown, visit);
  if (path.ends_with(".jsonl")) file.read_lines();
  else file.read_array();
  return file.mark();
}

Json read_json(const std::string& path, const std::string& shown) {
  std::error_code unknown_size;
  const auto size = std::filesystem::file_size(path, unknown_size);
  if (!unknown_size && size > longest_whole) throw FileError(shown, "is larger than 16 MiB");
  try {
    return parse_json(read_file(path));
  } catch (const JsonProblem& problem) {
    throw FileError(shown, problem.text);
  }
}

}  // namespace plumb::data
