#include "sql/tokens.hpp"

#include <algorithm>
#include <cctype>

#include "support/text.hpp"

namespace plumb::sql {
namespace {

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\v'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool starts_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || static_cast<unsigned char>(c) >= 0x80;
}
bool in_word(char c) { return starts_word(c) || is_digit(c) || c == '$'; }

/// The end of a quoted stretch that begins at `begin`; npos when it never ends. A doubled quote stands for one.
std::size_t quoted_end(std::string_view text, std::size_t begin, char close, bool backslash_escapes) {
  for (std::size_t i = begin + 1; i < text.size(); ++i) {
    if (backslash_escapes && text[i] == '\\') {
      ++i;
    } else if (text[i] == close) {
      if (close != ']' && i + 1 < text.size() && text[i + 1] == close) {
        ++i;
      } else {
        return i + 1;
      }
    }
  }
  return std::string_view::npos;
}

std::size_t number_end(std::string_view text, std::size_t at) {
  if (text[at] == '0' && at + 1 < text.size() && (text[at + 1] == 'x' || text[at + 1] == 'X')) {
    at += 2;
    while (at < text.size() && std::isxdigit(static_cast<unsigned char>(text[at])) != 0) ++at;
    return at;
  }
  while (at < text.size() && is_digit(text[at])) ++at;
  if (at < text.size() && text[at] == '.') {
    ++at;
    while (at < text.size() && is_digit(text[at])) ++at;
  }
  if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
    std::size_t exponent = at + 1;
    if (exponent < text.size() && (text[exponent] == '+' || text[exponent] == '-')) ++exponent;
    if (exponent < text.size() && is_digit(text[exponent])) {
      at = exponent;
      while (at < text.size() && is_digit(text[at])) ++at;
    }
  }
  return at;
}

Token token(TokenKind kind, std::string_view text, std::size_t begin, std::size_t end) {
  if (end == std::string_view::npos) return {TokenKind::Unterminated, text.substr(begin), begin};
  return {kind, text.substr(begin, end - begin), begin};
}

/// The end of the opening of a comment that MariaDB runs: "/*!", "/*M!" and the version behind it. 0 where it is an
/// ordinary comment: MariaDB passes over the versions of MySQL that it does not follow, and mariadb-dump writes
/// 999999 for what no server is meant to run.
std::size_t version_opening_end(std::string_view text, std::size_t at) {
  std::size_t i = at + 2;
  const bool only_mariadb = i < text.size() && text[i] == 'M';
  if (only_mariadb) ++i;
  if (i >= text.size() || text[i] != '!') return 0;
  ++i;
  unsigned version = 0;
  std::size_t digits = 0;
  for (; digits < 6 && i < text.size() && is_digit(text[i]); ++i, ++digits) version = version * 10 + static_cast<unsigned>(text[i] - '0');
  if (digits != 0 && digits < 5) return i - digits;  // no version: the digits are code
  constexpr unsigned first_foreign = 50700;
  constexpr unsigned last_foreign = 99999;
  constexpr unsigned no_server = 999999;
  if (version == no_server || (!only_mariadb && version >= first_foreign && version <= last_foreign)) return 0;
  return i;
}

}  // namespace

Token next_token(std::string_view text, std::size_t at, const Lexis& lexis) {
  while (at < text.size() && is_space(text[at])) ++at;
  if (at >= text.size()) return {TokenKind::Symbol, {}, text.size()};
  const char c = text[at];
  const char next = at + 1 < text.size() ? text[at + 1] : '\0';
  // MariaDB reads 5--3 as 5 - -3: its comments need white space behind the dashes
  const char after_dashes = at + 2 < text.size() ? text[at + 2] : ' ';
  const bool dashes = c == '-' && next == '-' && (!lexis.hash_comments || is_space(after_dashes));
  if (dashes || (c == '#' && lexis.hash_comments)) {
    std::size_t end = text.find('\n', at);
    if (end == std::string_view::npos) end = text.size();
    return token(TokenKind::Comment, text, at, end);
  }
  if (c == '/' && next == '*') {
    if (const std::size_t opened = lexis.version_comments ? version_opening_end(text, at) : 0; opened != 0) {
      return token(TokenKind::Comment, text, at, opened);
    }
    const std::size_t end = text.find("*/", at + 2);
    return token(TokenKind::Comment, text, at, end == std::string_view::npos ? end : end + 2);
  }
  // 2*/* two */3 is a product with a comment in it
  if (c == '*' && next == '/' && lexis.version_comments && (at + 2 >= text.size() || text[at + 2] != '*')) {
    return token(TokenKind::Comment, text, at, at + 2);
  }
  if (c == '\'') return token(TokenKind::String, text, at, quoted_end(text, at, '\'', lexis.backslash_escapes));
  if (c == '"') {
    const bool name = lexis.double_quotes_are_names;
    return token(name ? TokenKind::QuotedName : TokenKind::String, text, at,
                 quoted_end(text, at, '"', !name && lexis.backslash_escapes));
  }
  if (c == '`') return token(TokenKind::QuotedName, text, at, quoted_end(text, at, '`', false));
  if (c == '[' && lexis.bracket_names) return token(TokenKind::QuotedName, text, at, quoted_end(text, at, ']', false));
  if (is_digit(c) || (c == '.' && is_digit(next))) return token(TokenKind::Number, text, at, number_end(text, at));
  if (starts_word(c)) {
    std::size_t end = at + 1;
    while (end < text.size() && in_word(text[end])) ++end;
    // x'0102' and b'01' are one token: a blob or bit literal
    if (end < text.size() && text[end] == '\'' && end == at + 1 && (c == 'x' || c == 'X' || c == 'b' || c == 'B' || c == 'n' || c == 'N')) {
      return token(TokenKind::String, text, at, quoted_end(text, end, '\'', lexis.backslash_escapes));
    }
    return token(TokenKind::Word, text, at, end);
  }
  static constexpr std::string_view pairs[] = {"<=", ">=", "<>", "!=", "==", "||", "&&", "<<", ">>", "->", ":="};
  if (text.substr(at, 3) == "->>" || text.substr(at, 3) == "<=>") return token(TokenKind::Symbol, text, at, at + 3);
  for (const auto pair : pairs) {
    if (text.substr(at, 2) == pair) return token(TokenKind::Symbol, text, at, at + 2);
  }
  return token(TokenKind::Symbol, text, at, at + 1);
}

std::vector<Token> tokenize(std::string_view text, const Lexis& lexis) {
  std::vector<Token> tokens;
  for (Token t = next_token(text, 0, lexis); !t.text.empty(); t = next_token(text, t.offset + t.text.size(), lexis)) {
    if (t.kind != TokenKind::Comment) tokens.push_back(t);
  }
  return tokens;
}

bool is_name(const Token& token) { return token.kind == TokenKind::Word || token.kind == TokenKind::QuotedName; }

bool names(std::string_view sql, std::string_view name, const Lexis& lexis) {
  const auto tokens = tokenize(sql, lexis);
  return std::any_of(tokens.begin(), tokens.end(), [&](const Token& token) { return is_name(token) && equal_ignoring_case(unquoted(token.text), name); });
}

std::string unquoted(std::string_view token) {
  if (token.size() < 2) return std::string(token);
  const char open = token.front();
  if (open != '"' && open != '`' && open != '\'' && open != '[') return std::string(token);
  const char close = open == '[' ? ']' : open;
  std::string out;
  out.reserve(token.size());
  for (std::size_t i = 1; i + 1 < token.size(); ++i) {
    out.push_back(token[i]);
    if (token[i] == close && token[i + 1] == close && i + 2 < token.size()) ++i;
  }
  return out;
}

namespace {

/// True when the bracket at `first` closes at `last`, so that the pair holds everything between.
bool wraps(const std::vector<Token>& tokens, std::size_t first, std::size_t last) {
  if (tokens[first].text != "(" || tokens[last].text != ")") return false;
  std::size_t depth = 0;
  for (std::size_t i = first; i <= last; ++i) {
    if (tokens[i].kind != TokenKind::Symbol) continue;
    if (tokens[i].text == "(") ++depth;
    if (tokens[i].text == ")" && --depth == 0) return i == last;
  }
  return false;
}

}  // namespace

std::string normal_form(std::string_view text, const Lexis& lexis) {
  const std::vector<Token> tokens = tokenize(text, lexis);
  std::size_t first = 0;
  std::size_t last = tokens.size();
  while (last - first >= 2 && wraps(tokens, first, last - 1)) {
    ++first;
    --last;
  }
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = first; i < last; ++i) {
    if (!out.empty()) out.push_back(' ');
    const Token& t = tokens[i];
    if (t.kind == TokenKind::Word) {
      out.append(to_lower(t.text));
    } else if (t.kind == TokenKind::QuotedName) {
      out.append(to_lower(unquoted(t.text)));
    } else if (t.text == "==") {
      out.append("=");
    } else if (t.text == "!=") {
      out.append("<>");
    } else {
      out.append(t.text);
    }
  }
  return out;
}

bool same_expression(std::string_view a, std::string_view b, const Lexis& lexis) {
  return a == b || normal_form(a, lexis) == normal_form(b, lexis);
}

}  // namespace plumb::sql
