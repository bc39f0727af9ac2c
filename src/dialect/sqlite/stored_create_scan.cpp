#include "dialect/sqlite/stored_create_scan.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdint>
#include <vector>

#include "sql/quote.hpp"
#include "support/text.hpp"

namespace plumb::sqlite::stored {
namespace {

enum Class : std::uint8_t { None = 0, Space = 1, WordStart = 2, Digit = 4, WordPart = 8 };

constexpr std::array<std::uint8_t, 256> make_classes() {
  std::array<std::uint8_t, 256> classes{};
  for (const char c : {' ', '\t', '\n', '\v', '\f', '\r'}) classes[static_cast<unsigned char>(c)] = Space;
  for (unsigned c = 0x80; c < 0x100; ++c) classes[c] = WordStart | WordPart;
  for (unsigned c = 'a'; c <= 'z'; ++c) classes[c] = WordStart | WordPart;
  for (unsigned c = 'A'; c <= 'Z'; ++c) classes[c] = WordStart | WordPart;
  for (unsigned c = '0'; c <= '9'; ++c) classes[c] = Digit | WordPart;
  classes['_'] = WordStart | WordPart;
  classes['$'] = WordPart;
  return classes;
}

constexpr std::array<std::uint8_t, 256> classes = make_classes();

bool has(char c, Class wanted) {
  return (classes[static_cast<unsigned char>(c)] & wanted) != 0;
}

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

bool starts_with(const char* at, const char* end, std::string_view text) {
  return std::string_view(at, static_cast<std::size_t>(end - at)).substr(0, text.size()) == text;
}

Token make(Lexeme kind, const char* begin, const char* end) {
  return {kind, std::string_view(begin, static_cast<std::size_t>(end - begin))};
}

/// From an opening quote to behind the closing one; a doubled quote stands for one, but in [name].
Token quoted(Lexeme kind, const char* begin, const char* open, const char* end) {
  const char close = *open == '[' ? ']' : *open;
  for (const char* at = open + 1; at < end; ++at) {
    if (*at != close) continue;
    if (close != ']' && at + 1 < end && at[1] == close) {
      ++at;
    } else {
      return make(kind, begin, at + 1);
    }
  }
  return make(Lexeme::Illegal, begin, end);
}

const char* skip(const char* at, const char* end, Class wanted) {
  while (at < end && has(*at, wanted)) ++at;
  return at;
}

/// Digits with one underscore between two of them are numbers since SQLite 3.46; what else follows a number
/// directly is refused by the engine and so never stored. A word may follow a hexadecimal number directly: 0x1FNOT NULL.
Token number(const char* begin, const char* end) {
  if (*begin == '0' && begin + 1 < end && lower(begin[1]) == 'x') {
    const char* at = begin + 2;
    while (at < end && (std::isxdigit(static_cast<unsigned char>(*at)) != 0 || *at == '_')) ++at;
    return make(Lexeme::Number, begin, at);
  }
  const auto digits = [end](const char* at) {
    while (at < end && (has(*at, Digit) || *at == '_')) ++at;
    return at;
  };
  const char* at = digits(begin);
  if (at < end && *at == '.') at = digits(at + 1);
  if (at < end && (*at == 'e' || *at == 'E')) {
    const char* exponent = at + 1;
    if (exponent < end && (*exponent == '+' || *exponent == '-')) ++exponent;
    if (exponent < end && has(*exponent, Digit)) at = digits(exponent);
  }
  return make(Lexeme::Number, begin, at);
}

Token word(const char* begin, const char* end) {
  const char* at = skip(begin + 1, end, WordPart);
  const bool blob = at == begin + 1 && (*begin == 'x' || *begin == 'X') && at < end && *at == '\'';
  return blob ? quoted(Lexeme::Blob, begin, at, end) : make(Lexeme::Word, begin, at);
}

// Sorted; what the parser of the engine has no fallback to a name for.
constexpr std::array<std::string_view, 58> reserved_words{
    "add",      "all",     "alter",       "and",        "as",        "autoincrement", "between",    "case",
    "check",    "collate", "commit",      "constraint", "create",    "default",       "deferrable", "delete",
    "distinct", "drop",    "else",        "escape",     "except",    "exists",        "foreign",    "from",
    "group",    "having",  "in",          "index",      "insert",    "intersect",     "into",       "is",
    "isnull",   "join",    "limit",       "not",        "nothing",   "notnull",       "null",       "on",
    "or",       "order",   "primary",     "references", "returning", "select",        "set",        "table",
    "then",     "to",      "transaction", "union",      "unique",    "update",        "using",      "values",
    "when",     "where"};
static_assert(std::is_sorted(reserved_words.begin(), reserved_words.end()));
constexpr std::array<std::string_view, 8> name_only_words{"cross", "full",    "indexed", "inner",
                                                          "left",  "natural", "outer",   "right"};

/// Where the words with each first letter begin in a sorted list; one place more for the end.
template <std::size_t N>
constexpr std::array<std::uint8_t, 27> first_letters(const std::array<std::string_view, N>& sorted) {
  std::array<std::uint8_t, 27> begin{};
  std::size_t at = 0;
  for (std::size_t letter = 0; letter < begin.size(); ++letter) {
    while (at < N && static_cast<std::size_t>(sorted[at][0] - 'a') < letter) ++at;
    begin[letter] = static_cast<std::uint8_t>(at);
  }
  return begin;
}

constexpr auto reserved_letters = first_letters(reserved_words);

bool is_one_of(std::string_view word, const std::string_view* begin, const std::string_view* end) {
  return std::any_of(begin, end, [&](std::string_view candidate) { return is_word(word, candidate); });
}

bool ends_in_line_comment(std::string_view text) {
  if (text.find("--") == std::string_view::npos) return false;
  const char* const end = text.data() + text.size();
  for (const char* at = text.data(); at < end;) {
    if (starts_with(at, end, "--")) {
      at = std::find(at, end, '\n');
      if (at == end) return true;
    } else if (starts_with(at, end, "/*")) {
      const std::size_t close = text.find("*/", static_cast<std::size_t>(at - text.data()) + 2);
      if (close == std::string_view::npos) return false;
      at = text.data() + close + 2;
    } else if (has(*at, Space)) {
      ++at;
    } else {
      at += token_at(at, end).text.size();
    }
  }
  return false;
}

}  // namespace

const char* skip_blanks(const char* at, const char* end) {
  for (;;) {
    at = skip(at, end, Space);
    if (end - at < 2) return at;
    if (*at == '-' && at[1] == '-') {
      at = std::find(at, end, '\n');
    } else if (*at == '/' && at[1] == '*') {
      const std::string_view inside(at + 2, static_cast<std::size_t>(end - at) - 2);
      const std::size_t close = inside.find("*/");
      if (close == std::string_view::npos) return end;
      at += close + 4;
    } else if (*at == byte_order_mark.front() && starts_with(at, end, byte_order_mark)) {
      at += byte_order_mark.size();
    } else {
      return at;
    }
  }
}

Token token_at(const char* at, const char* end) {
  if (at >= end) return make(Lexeme::End, end, end);
  const char c = *at;
  if (has(c, WordStart)) return word(at, end);
  if (c == '\'') return quoted(Lexeme::String, at, at, end);
  if (c == '"' || c == '`' || c == '[') return quoted(Lexeme::Quoted, at, at, end);
  if (has(c, Digit) || (c == '.' && at + 1 < end && has(at[1], Digit))) return number(at, end);
  constexpr std::string_view symbols = "(),;.+-*/%<>=!|&~?:@$#";
  return make(symbols.find(c) == std::string_view::npos ? Lexeme::Illegal : Lexeme::Symbol, at, at + 1);
}

bool is_word(std::string_view text, std::string_view lower_case_word) {
  if (text.size() != lower_case_word.size()) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (lower(text[i]) != lower_case_word[i]) return false;
  }
  return true;
}

bool eat_word(const char*& at, const char* end, std::string_view lower_case_word) {
  const std::size_t size = lower_case_word.size();
  if (static_cast<std::size_t>(end - at) < size || !is_word({at, size}, lower_case_word)) return false;
  if (at + size < end && has(at[size], WordPart)) return false;
  at = skip_blanks(at + size, end);
  return true;
}

bool is_reserved(std::string_view word) {
  const std::size_t letter = word.empty() ? 26 : static_cast<std::size_t>(lower(word.front()) - 'a');
  if (letter >= 26) return false;
  return is_one_of(word, reserved_words.data() + reserved_letters[letter],
                   reserved_words.data() + reserved_letters[letter + 1]);
}

bool is_name_only(std::string_view word) {
  return is_one_of(word, name_only_words.data(), name_only_words.data() + name_only_words.size());
}

bool is_name(const Token& token) {
  return token.kind == Lexeme::Quoted || token.kind == Lexeme::String ||
         (token.kind == Lexeme::Word && !is_reserved(token.text));
}

std::string name_text(std::string_view written) {
  if (written.size() < 2) return std::string(written);
  const char open = written.front();
  if (open != '"' && open != '\'' && open != '`' && open != '[') return std::string(written);
  const char close = open == '[' ? ']' : open;
  const std::string_view inside = written.substr(1, written.size() - 2);
  if (close == ']' || inside.find(close) == std::string_view::npos) return std::string(inside);
  std::string out;
  for (std::size_t i = 0; i < inside.size(); ++i) {
    out.push_back(inside[i]);
    if (inside[i] == close) ++i;  // its double
  }
  return out;
}

std::string upper_word(std::string_view written) {
  std::string name = to_upper(name_text(written));
  const Token whole = token_at(name.data(), name.data() + name.size());
  const bool plain = whole.kind == Lexeme::Word && whole.text.size() == name.size() && is_name(whole);
  return plain ? name : sql::quote_name(name, sql::Quoting::DoubleQuotes);
}

std::string verbatim(std::string_view text) {
  std::string out(trim(text));
  if (ends_in_line_comment(out)) out.push_back('\n');
  return out;
}

std::string_view without_outer_brackets(std::string_view text, std::size_t most) {
  std::vector<const char*> open;   // the brackets at the beginning
  std::vector<const char*> close;  // those at the end, as far as is known
  std::size_t depth = 0;
  std::size_t pairs = most;  // of the brackets at the beginning that are open everywhere up to the end
  bool at_beginning = true;
  Tokens tokens(text);
  for (Token token = tokens.next(); token.kind != Lexeme::End; token = tokens.next()) {
    if (token.text == ")") {
      at_beginning = false;
      if (depth-- == 0) return text;
      close.push_back(token.text.data());
      continue;
    }
    close.clear();
    at_beginning = at_beginning && token.text == "(";
    if (at_beginning) open.push_back(token.text.data());
    if (!at_beginning) pairs = std::min(pairs, depth);
    if (token.text == "(") ++depth;
  }
  pairs = std::min(pairs, open.size());
  if (depth != 0 || pairs == 0) return text;
  const char* const begin = open[pairs - 1] + 1;
  return trim(std::string_view(begin, static_cast<std::size_t>(close[close.size() - pairs] - begin)));
}

}  // namespace plumb::sqlite::stored
