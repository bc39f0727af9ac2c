#include "dialect/mariadb/show_create_scan.hpp"

#include <array>
#include <cstddef>
#include <cstring>

namespace plumb::mariadb::show_create {
namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_lower(char c) {
  return c >= 'a' && c <= 'z';
}
bool is_word(char c) {
  return is_lower(c) || (c >= 'A' && c <= 'Z') || is_digit(c) || c == '_' || c == '$';
}

std::string_view between(const char* begin, const char* end) {
  return {begin, static_cast<std::size_t>(end - begin)};
}

Found missing(const char* at, std::string_view wanted) {
  return {{}, nullptr, at, wanted};
}

/// The piece from `begin` to `behind`; nullptr for `behind` means that it is not closed.
Found piece(const char* begin, const char* behind, const char* end, std::string_view wanted) {
  if (behind == nullptr) return missing(begin, wanted);
  return {between(begin, behind), skip_blanks(behind, end), nullptr, {}};
}

const char* word_end(const char* at, const char* end) {
  while (at != end && is_word(*at)) ++at;
  return at;
}

const char* behind_comment(const char* at, const char* end) {
  const std::size_t close = between(at, end).find("*/", 2);
  return close == std::string_view::npos ? nullptr : at + close + 2;
}

bool starts_with(const char* at, const char* end, std::string_view text) {
  return static_cast<std::size_t>(end - at) >= text.size() && std::memcmp(at, text.data(), text.size()) == 0;
}

/// -12, 1.50, 1.5e3, 0x05.
const char* behind_number(const char* at, const char* end) {
  if (at != end && *at == '-') ++at;
  if (at == end || (!is_digit(*at) && *at != '.')) return nullptr;
  while (at != end &&
         (is_word(*at) || *at == '.' || ((*at == '-' || *at == '+') && (at[-1] == 'e' || at[-1] == 'E'))))
    ++at;
  return at;
}

}  // namespace

const char* skip_blanks(const char* at, const char* end) {
  while (at != end && (*at == ' ' || *at == '\n')) ++at;
  return at;
}

const char* behind_word(const char* at, const char* end, std::string_view word) {
  if (!starts_with(at, end, word)) return nullptr;
  const char* behind = at + word.size();
  return behind != end && is_word(*behind) ? nullptr : behind;
}

const char* behind_quoted(const char* at, const char* end) {
  const char quote = *at;
  const bool escapes = quote != '`';
  for (const char* c = at + 1; c < end; ++c) {
    if (*c == '\\' && escapes) {
      ++c;
    } else if (*c == quote) {
      if (c + 1 == end || c[1] != quote) return c + 1;
      ++c;
    }
  }
  return nullptr;
}

const char* behind_brackets(const char* at, const char* end) {
  std::size_t depth = 0;
  while (at != end) {
    switch (*at) {
      case '(':
        ++depth;
        break;
      case ')':
        if (--depth == 0) return at + 1;
        break;
      case '\'':
      case '"':
      case '`':
        at = behind_quoted(at, end);
        if (at == nullptr) return nullptr;
        continue;
      default:
        break;
    }
    ++at;
  }
  return nullptr;
}

Found find_name(const char* at, const char* end) {
  constexpr std::string_view wanted = "a name in backquotes";
  if (at == end || *at != '`') return missing(at, wanted);
  return piece(at, behind_quoted(at, end), end, wanted);
}

Found find_string(const char* at, const char* end) {
  constexpr std::string_view wanted = "a string";
  if (at == end || *at != '\'') return missing(at, wanted);
  return piece(at, behind_quoted(at, end), end, wanted);
}

Found find_word(const char* at, const char* end) {
  const char* behind = word_end(at, end);
  if (behind == at) return missing(at, "a word");
  return piece(at, behind, end, {});
}

Found find_length(const char* at, const char* end) {
  if (at == end || *at != '(') return {between(at, at), at, nullptr, {}};
  const char* digits = at + 1;
  const char* behind = digits;
  while (behind != end && is_digit(*behind)) ++behind;
  if (behind == digits || behind == end || *behind != ')') return missing(digits, "the length of a prefix");
  return {between(digits, behind), skip_blanks(behind + 1, end), nullptr, {}};
}

Found find_type(const char* at, const char* end) {
  const char* behind = word_end(at, end);
  if (at == end || !is_lower(*at)) return missing(at, "a type");
  if (behind != end && *behind == '(') behind = behind_brackets(behind, end);
  if (behind == nullptr) return missing(at, "a type");
  // unsigned, zerofill: what the server prints in lower case belongs to the type, clauses are in capitals
  while (behind + 1 < end && *behind == ' ' && is_lower(behind[1])) behind = word_end(behind + 1, end);
  for (const std::string_view comment : {" /*M!", " /*!"}) {
    if (starts_with(behind, end, comment))
      return piece(at, behind_comment(behind + 1, end), end, "the end of a comment");
  }
  return piece(at, behind, end, {});
}

Found find_bracketed(const char* at, const char* end) {
  constexpr std::string_view wanted = "an expression in brackets";
  if (at == end || *at != '(') return missing(at, wanted);
  const char* behind = behind_brackets(at, end);
  if (behind == nullptr) return missing(at, wanted);
  return {between(at + 1, behind - 1), skip_blanks(behind, end), nullptr, {}};
}

Found find_default(const char* at, const char* end) {
  constexpr std::string_view wanted = "a default value";
  if (at == end) return missing(at, wanted);
  if (*at == '(') return piece(at, behind_brackets(at, end), end, wanted);
  if (*at == '\'' || *at == '`') return piece(at, behind_quoted(at, end), end, wanted);
  if (const char* behind = behind_number(at, end)) return piece(at, behind, end, wanted);
  const char* behind = word_end(at, end);
  if (behind == at) return missing(at, wanted);
  if (behind == end) return piece(at, behind, end, wanted);
  // uuid(), b'101', DATE'2020-01-01', _latin1'x'; NULL has nothing behind it
  if (*behind == '(') return piece(at, behind_brackets(behind, end), end, wanted);
  if (*behind == '\'') return piece(at, behind_quoted(behind, end), end, wanted);
  return piece(at, behind, end, wanted);
}

Found find_action(const char* at, const char* end) {
  for (const std::string_view action : {"RESTRICT", "CASCADE", "SET NULL", "NO ACTION", "SET DEFAULT"}) {
    if (const char* behind = behind_word(at, end, action)) return piece(at, behind, end, {});
  }
  return missing(at, "an action");
}

Found find_engine_options(const char* at, const char* end) {
  const char* behind = at;
  const char* next = at;
  while (next != end) {
    if (starts_with(next, end, "/* ")) {  // options that the storage engine does not know
      behind = behind_comment(next, end);
    } else if (*next == '`') {
      const char* equals = behind_quoted(next, end);
      if (equals == nullptr || equals == end || *equals != '=') break;
      const Found value = find_option_value(equals + 1, end);
      if (value.next == nullptr) return value;
      behind = value.text.data() + value.text.size();
    } else {
      break;
    }
    if (behind == nullptr) return missing(next, "the end of a comment");
    next = skip_blanks(behind, end);
  }
  return {between(at, behind), next, nullptr, {}};
}

namespace {

Found key_options(const char* at, const char* end, bool with_comment) {
  const char* behind = at;
  const char* next = at;
  while (next != end && *next != ',' && *next != ')') {
    if (!with_comment && behind_word(next, end, "COMMENT") != nullptr) break;
    if (*next == '\'' || *next == '`') {
      behind = behind_quoted(next, end);
    } else if (starts_with(next, end, "/*")) {
      behind = behind_comment(next, end);
    } else {
      behind = next + 1;
    }
    if (behind == nullptr) return missing(next, "the end of a key's options");
    next = skip_blanks(behind, end);
  }
  return {between(at, behind), next, nullptr, {}};
}

}  // namespace

Found find_key_options(const char* at, const char* end) {
  return key_options(at, end, false);
}

Found find_all_key_options(const char* at, const char* end) {
  return key_options(at, end, true);
}

Found find_option_key(const char* at, const char* end) {
  constexpr std::string_view wanted = "a table option";
  if (at == end) return missing(at, wanted);
  if (*at == '`') return piece(at, behind_quoted(at, end), end, wanted);
  if (starts_with(at, end, "/*")) return piece(at, behind_comment(at, end), end, wanted);
  if (behind_word(at, end, "PARTITION BY") != nullptr) return missing(at, wanted);
  constexpr std::string_view versioning = "WITH SYSTEM VERSIONING";
  if (const char* behind = behind_word(at, end, versioning)) return piece(at, behind, end, wanted);
  const char* behind = word_end(at, end);
  if (behind == at) return missing(at, wanted);
  while (behind != end && *behind == ' ' && word_end(behind + 1, end) != behind + 1)
    behind = word_end(behind + 1, end);
  return piece(at, behind, end, wanted);
}

Found find_option_value(const char* at, const char* end) {
  constexpr std::string_view wanted = "a value";
  if (at == end) return missing(at, wanted);
  if (*at == '\'' || *at == '`') return piece(at, behind_quoted(at, end), end, wanted);
  if (*at == '(') return piece(at, behind_brackets(at, end), end, wanted);
  const char* behind = at;
  while (behind != end && (is_word(*behind) || *behind == '.' || *behind == '-')) ++behind;
  return behind == at ? missing(at, wanted) : piece(at, behind, end, wanted);
}

Found find_partitions(const char* at, const char* end) {
  if (behind_word(at, end, "PARTITION BY") == nullptr) return missing(at, "the end of the text");
  return {between(at, end), end, nullptr, {}};
}

Found find_period(const char* at, const char* end) {
  const char* open = at;
  while (open != nullptr && open != end && *open != '(')
    open = *open == '`' ? behind_quoted(open, end) : open + 1;
  if (open == nullptr || open == end) return missing(at, "a period");
  return piece(at, behind_brackets(open, end), end, "a period");
}

Found find_view_header(const char* at, const char* end) {
  for (const char* c = at; c != end;) {
    if (*c == '`' || *c == '\'') {
      c = behind_quoted(c, end);
      if (c == nullptr) break;
      continue;
    }
    if (const char* behind = behind_word(c, end, "VIEW")) {
      const char* last = c;
      while (last != at && last[-1] == ' ') --last;
      return {between(at, last), skip_blanks(behind, end), nullptr, {}};
    }
    const char* next = word_end(c, end);
    c = next == c ? c + 1 : next;
  }
  return missing(at, "`VIEW`");
}

Found find_rest(const char* at, const char* end) {
  return {between(at, end), end, nullptr, {}};
}

Found find_end(const char* at, const char* end) {
  if (at != end) return missing(at, "the end of the text");
  return {between(at, at), at, nullptr, {}};
}

}  // namespace plumb::mariadb::show_create
