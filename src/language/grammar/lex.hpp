// language/grammar/lex.hpp: characters and words of the language, and the white space between them.
#pragma once

#include <array>
#include <cstring>
#include <optional>
#include <string_view>

#include "language/grammar/state.hpp"
#include "model/type.hpp"

namespace plumb::language::grammar {

inline constexpr unsigned char blank_bit = 1;       // space, tab, carriage return, form feed
inline constexpr unsigned char word_start_bit = 2;  // letters, _, every byte of a character beyond ASCII
inline constexpr unsigned char word_bit = 4;        // the same and digits
inline constexpr unsigned char digit_bit = 8;

inline constexpr std::array<unsigned char, 256> character_bits = [] {
  std::array<unsigned char, 256> bits{};
  for (const char c : {' ', '\t', '\r', '\f', '\v'}) bits[static_cast<unsigned char>(c)] = blank_bit;
  for (std::size_t c = 0; c < 256; ++c) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c >= 0x80;
    const bool digit = c >= '0' && c <= '9';
    if (letter) bits[c] |= word_start_bit | word_bit;
    if (digit) bits[c] |= word_bit | digit_bit;
  }
  return bits;
}();

inline bool has_bit(char c, unsigned char bit) {
  return (character_bits[static_cast<unsigned char>(c)] & bit) != 0;
}
inline bool is_blank(char c) {
  return has_bit(c, blank_bit);
}
inline bool starts_word(char c) {
  return has_bit(c, word_start_bit);
}
inline bool in_word(char c) {
  return has_bit(c, word_bit);
}
inline bool is_digit(char c) {
  return has_bit(c, digit_bit);
}

inline bool is_comment(Iterator p) {
  return p[0] == '/' && p[1] == '/';
}
/// Three slashes and no fourth.
inline bool is_doc(Iterator p) {
  return p[0] == '/' && p[1] == '/' && p[2] == '/' && p[3] != '/';
}

inline constexpr std::string_view placeholder = "{table}";
inline bool is_placeholder(Iterator p) {
  return *p == '{' && std::strncmp(p, "{table}", placeholder.size()) == 0;
}

/// The end of the plain word at `p`, or `p`. A mixin's `{table}` counts as a part of a word.
inline Iterator word_end(Iterator p) {
  if (!starts_word(*p) && !is_placeholder(p)) return p;
  for (;;) {
    while (in_word(*p)) ++p;
    if (!is_placeholder(p)) return p;
    p += placeholder.size();
  }
}

/// The end of the line, at its '\n' or at `end`.
Iterator line_end(Iterator p, Iterator end);

/// Over blanks, line ends and comments; doc comments too when `docs` is set.
Iterator skip_lines(Iterator p, Iterator end, bool docs);

/// The type that an unquoted word of the language names; `ref`, `native` and `serial_ref` count as well.
bool is_type_word(std::string_view word);
std::optional<TypeKind> kind_of_word(std::string_view word);

/// Whether the word at `p`, the first of its line, goes on with the declaration before it.
bool continues(State& state, Iterator p);

/// Called behind every token: over blanks and comments, over line ends where they mean nothing, and over a
/// line end before a line that goes on. Doc comments and other line ends are left standing.
inline Iterator skip(State& state, Iterator p) {
  state.last_end = p;
  for (;;) {
    while (is_blank(*p)) ++p;
    if (*p == '\n') {
      if (state.depth > 0) {
        ++p;
        continue;
      }
      const Iterator next = skip_lines(p, state.end, false);
      return continues(state, next) ? next : p;
    }
    if (!is_comment(p) || (is_doc(p) && state.depth == 0)) return p;
    p = line_end(p, state.end);
  }
}

/// A word or name in backquotes at `p`, and what stands behind it on the same or, in parentheses, a later
/// line.
struct Glance {
  std::string_view word;      ///< empty: no plain word stands there
  bool is_name = false;       ///< a plain word or a name in backquotes
  Iterator behind = nullptr;  ///< the first character of the next token; line ends are passed over
};
Glance glance(Iterator p, Iterator end);

/// The end of the name in backquotes, of the string or of the number at `p`; nullptr, with `state.problem`
/// set, when it does not end.
Iterator scan_quoted_name(State& state, Iterator p, std::string_view& text);
Iterator scan_string(State& state, Iterator p, std::string_view& text);
Iterator scan_number(Iterator p);

/// What a place takes as a value.
enum ValueSet : unsigned {
  Strings = 1,
  Numbers = 2,
  Constants = 4,  ///< true, false, null
  Now = 8,
  Expressions = 16,
  Words = 32,
  Environment = 64,  ///< env("NAME")
};

/// Tokens that take more than a line to read; each gives the place behind it and the white space after it, or
/// nullptr when something else stands at `p`, with `state.problem` set when it begins but does not end.
Iterator take_value(State& state, Iterator p, unsigned set, ast::Value& value);
Iterator take_sql(State& state, Iterator p, ast::Sql& sql);
Iterator take_version(State& state, Iterator p, ast::Name& version);
Iterator take_close(State& state, Iterator p);
/// Over doc comments that describe nothing, with a warning.
Iterator take_stray_docs(State& state, Iterator p);
/// The set in words, for "expected …".
std::string value_names(unsigned set);

/// What stands at `p`, in words: "`x`", "the end of the line", "a string".
std::string description_at(const State& state, Iterator p);
/// The end of the token at `p`, for a span; at least one character where the text goes on.
Iterator token_end(const State& state, Iterator p);

}  // namespace plumb::language::grammar
