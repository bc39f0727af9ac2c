#include "serve/html.hpp"

#include "support/text.hpp"

namespace plumb::serve {
namespace {

/// The bytes of the well-formed character at the beginning; 0: there is none.
std::size_t character_length(std::string_view text) {
  for (std::size_t length = 1; length <= 4 && length <= text.size(); ++length) {
    if (is_valid_utf8(text.substr(0, length))) return length;
  }
  return 0;
}

}  // namespace

std::string escaped(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const std::size_t length = character_length(text);
    const char first = text.front();
    const bool is_control = static_cast<unsigned char>(first) < 0x20 && first != '\n' && first != '\t';
    if (length == 0 || is_control || first == 0x7f) out += "\xEF\xBF\xBD";
    else if (first == '&') out += "&amp;";
    else if (first == '<') out += "&lt;";
    else if (first == '>') out += "&gt;";
    else if (first == '"') out += "&quot;";
    else if (first == '\'') out += "&#39;";
    else out.append(text.substr(0, length));
    text.remove_prefix(length == 0 ? 1 : length);
  }
  return out;
}

std::string marked_up(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const bool is_strong = text.starts_with("**");
    const bool is_code = text.starts_with("`");
    const std::string_view mark = is_strong ? "**" : "`";
    const std::size_t end = is_strong || is_code ? text.find(mark, mark.size()) : std::string_view::npos;
    if (end != std::string_view::npos && end > mark.size()) {
      const std::string_view inner = text.substr(mark.size(), end - mark.size());
      out += is_strong ? "<strong>" + marked_up(inner) + "</strong>" : "<code>" + escaped(inner) + "</code>";
      text.remove_prefix(end + mark.size());
      continue;
    }
    const std::size_t plain = std::min(text.find_first_of("`*", 1), text.size());
    out += escaped(text.substr(0, plain));
    text.remove_prefix(plain);
  }
  return out;
}

std::string filled(std::string_view text, const std::map<std::string, std::string, std::less<>>& values) {
  std::string out;
  for (;;) {
    const std::size_t begin = text.find("{{");
    const std::size_t end = begin == std::string_view::npos ? begin : text.find("}}", begin);
    if (end == std::string_view::npos) return out.append(text);
    out.append(text.substr(0, begin));
    const auto value = values.find(text.substr(begin + 2, end - begin - 2));
    if (value != values.end()) out += value->second;
    text.remove_prefix(end + 2);
  }
}

}  // namespace plumb::serve
