// The server's string literals, undone and made.
#include "dialect/mariadb/show_create.hpp"

namespace plumb::mariadb {
namespace {

/// What stands for the character behind a backslash; \% and \_ keep theirs, which LIKE needs.
void append_escaped(std::string& out, char c) {
  switch (c) {
    case '0':
      out.push_back('\0');
      break;
    case 'b':
      out.push_back('\b');
      break;
    case 'n':
      out.push_back('\n');
      break;
    case 'r':
      out.push_back('\r');
      break;
    case 't':
      out.push_back('\t');
      break;
    case 'Z':
      out.push_back('\x1A');
      break;
    case '%':
    case '_':
      out.push_back('\\');
      out.push_back(c);
      break;
    default:
      out.push_back(c);
      break;
  }
}

/// The length of the UTF-8 sequence that begins with this byte.
std::size_t sequence_length(char first) {
  const auto byte = static_cast<unsigned char>(first);
  if (byte < 0x80) return 1;
  if (byte < 0xE0) return 2;
  return byte < 0xF0 ? 3 : 4;
}

}  // namespace

std::string string_value(std::string_view literal) {
  if (literal.size() < 2) return std::string(literal);
  const char quote = literal.front();
  literal = literal.substr(1, literal.size() - 2);
  std::string out;
  out.reserve(literal.size());
  for (std::size_t i = 0; i < literal.size(); ++i) {
    const bool has_next = i + 1 < literal.size();
    if (literal[i] == '\\' && has_next) {
      append_escaped(out, literal[++i]);
    } else {
      out.push_back(literal[i]);
      if (literal[i] == quote && has_next && literal[i + 1] == quote) ++i;
    }
  }
  return out;
}

std::string string_literal(std::string_view value) {
  std::string out = "'";
  out.reserve(value.size() + 2);
  for (const char c : value) {
    switch (c) {
      case '\0':
        out += "\\0";
        break;
      case '\n':
        out += "\\n";
        break;
      case '\r':
        out += "\\r";
        break;
      case '\\':
        out += "\\\\";
        break;
      case '\'':
        out += "''";
        break;
      default:
        out.push_back(c);
        break;
    }
  }
  out.push_back('\'');
  return out;
}

bool is_lossy_print(std::string_view printed, std::string_view text) {
  constexpr std::string_view per_byte = "????";
  while (!text.empty()) {
    const std::size_t length = sequence_length(text.front());
    if (length < per_byte.size()) {
      if (printed.empty() || printed.front() != text.front()) return false;
      printed.remove_prefix(1);
      text.remove_prefix(1);
      continue;
    }
    if (length > text.size()) return false;
    text.remove_prefix(length);
    if (printed.substr(0, 1) != "?") return false;
    // Four question marks may also be one of this character and three of the text: what follows decides.
    if (printed.substr(0, 4) == per_byte && is_lossy_print(printed.substr(4), text)) return true;
    printed.remove_prefix(1);
  }
  return printed.empty();
}

}  // namespace plumb::mariadb
