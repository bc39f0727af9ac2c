#include "data/json_file.hpp"

#include <algorithm>
#include <filesystem>
#include <system_error>
#include <vector>

#include "support/error.hpp"
#include "support/file.hpp"
#include "support/text.hpp"

namespace plumb::data {
namespace {

constexpr std::uintmax_t most_bytes = std::uintmax_t{1} << 30U;
constexpr std::size_t deepest_nesting = 64;

std::string line_at(const std::string& text, std::size_t offset) {
  const auto end = text.begin() + static_cast<std::ptrdiff_t>(std::min(offset, text.size()));
  return "line " + std::to_string(1 + std::count(text.begin(), end, '\n'));
}

/// The parser and this program's own functions follow the nesting with their stack.
void check_nesting(const std::string& text, const std::string& path) {
  std::size_t depth = 0;
  bool in_string = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (in_string) {
      if (c == '\\') ++i;
      if (c == '"') in_string = false;
    } else if (c == '"') {
      in_string = true;
    } else if (c == '[' || c == '{') {
      if (++depth > deepest_nesting)
        throw FileError(
            path, "is nested more than " + std::to_string(deepest_nesting) + " deep: " + line_at(text, i));
    } else if ((c == ']' || c == '}') && depth > 0) {
      --depth;
    }
  }
}

/// The offset of the first line that is no UTF-8; no line end is a part of another character.
std::size_t first_invalid_line(const std::string& text) {
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    if (!is_valid_utf8(std::string_view(text).substr(begin, end - begin))) return begin;
    begin = end + 1;
  }
  return text.size();
}

/// The parser would take the last one in silence.
class NoFieldTwice {
 public:
  explicit NoFieldTwice(const std::string& path) : path_(path) {}

  bool operator()(int, Json::parse_event_t event, Json& parsed) {
    if (event == Json::parse_event_t::object_start) fields_.emplace_back();
    if (event == Json::parse_event_t::object_end) {
      fields_.pop_back();
      if (fields_.empty()) ++row_;
    }
    if (event == Json::parse_event_t::key && !add(parsed.get_ref<const std::string&>())) {
      throw FileError(
          path_, "row " + std::to_string(row_) + ": field `" + parsed.get<std::string>() + "` stands twice");
    }
    return true;
  }

 private:
  bool add(const std::string& field) {
    auto& known = fields_.back();
    if (std::find(known.begin(), known.end(), field) != known.end()) return false;
    known.push_back(field);
    return true;
  }

  const std::string& path_;
  std::vector<std::vector<std::string>> fields_;
  std::size_t row_ = 1;
};

/// What the parser found, out of its longer sentence; it may be empty.
std::string reason(std::string_view what) {
  constexpr std::string_view before = "syntax error ";
  const std::size_t begin = what.find(before);
  return begin == std::string_view::npos ? std::string()
                                         : ", " + shortened(what.substr(begin + before.size()), 200);
}

}  // namespace

Json read_json(const std::string& path) {
  std::error_code unknown_size;
  const auto size = std::filesystem::file_size(path, unknown_size);
  if (!unknown_size && size > most_bytes) throw FileError(path, "is larger than 1 GiB");
  const std::string text = read_file(path);
  if (!is_valid_utf8(text))
    throw FileError(path, "is no valid UTF-8: " + line_at(text, first_invalid_line(text)));
  check_nesting(text, path);
  try {
    return Json::parse(text, NoFieldTwice(path));
  } catch (const Json::parse_error& error) {
    throw FileError(path, "is no valid JSON: " + line_at(text, error.byte == 0 ? 0 : error.byte - 1) +
                              reason(error.what()));
  } catch (const Json::out_of_range&) {
    throw FileError(path, "holds a number that is too large");
  }
}

}  // namespace plumb::data
