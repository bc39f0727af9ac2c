#include "archive/names.hpp"

#include <algorithm>

#include "support/text.hpp"

namespace plumb::archive {
namespace {

constexpr std::size_t most_parts = 8;
constexpr std::size_t longest_part = 255;

bool is_control(char c) { return static_cast<unsigned char>(c) < 0x20 || c == '\x7F'; }

}  // namespace

std::string why_not_a_name(std::string_view name) {
  if (name.empty()) return "has no name";
  if (!is_valid_utf8(name)) return "has a name that is no valid UTF-8";
  if (std::any_of(name.begin(), name.end(), is_control)) return "has a control character in its name";
  if (name.find('\\') != std::string_view::npos) return "has a backslash in its name";
  if (name.front() == '/') return "would be written outside of the folder: its name is absolute";
  std::size_t parts = 0;
  while (!name.empty()) {
    const std::size_t end = std::min(name.find('/'), name.size());
    const std::string_view part = name.substr(0, end);
    if (part == "..") return "would be written outside of the folder: its name holds `..`";
    if (part.empty() || part == ".") return "has an empty part in its name";
    if (part.size() > longest_part) return "has a name that is too long";
    if (++parts > most_parts) return "lies more than " + std::to_string(most_parts) + " folders deep";
    if (end + 1 == name.size()) return "has an empty part in its name";
    name.remove_prefix(std::min(end + 1, name.size()));
  }
  return {};
}

std::string shown_name(std::string_view name) {
  std::string shown;
  for (const char c : name.substr(0, 200)) {
    if (is_control(c) || static_cast<unsigned char>(c) >= 0x80) shown += "\\x" + to_hex({&c, 1});
    else shown += c;
  }
  return is_valid_utf8(name) && std::none_of(name.begin(), name.end(), is_control) ? shortened(name, 200) : shown;
}

}  // namespace plumb::archive
