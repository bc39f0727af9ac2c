#include "dialect/sqlite/stored_create_find.hpp"

#include <algorithm>
#include <array>

#include "dialect/sqlite/stored_create_type.hpp"

namespace plumb::sqlite::stored {
namespace {

constexpr std::string_view unterminated = "the end of a string or quoted name";

Found found(std::string_view text, const char* next) {
  return {text, next, nullptr, {}};
}
Found missing(const char* at, std::string_view wanted) {
  return {{}, nullptr, at, wanted};
}

std::string_view between(const char* begin, const char* end) {
  return {begin, static_cast<std::size_t>(end - begin)};
}

const char* behind(const Token& token, const char* end) {
  return skip_blanks(token.text.data() + token.text.size(), end);
}

const char* end_of(const Token& token) {
  return token.text.data() + token.text.size();
}

/// What the walk over an expression does at one token outside of brackets.
enum class Visit { GoOn, Stop };

/// Walks to the end of the text, to a token outside of brackets that `visit` stops at, or to a bracket that
/// closes what was opened before `at`. Gives the place of the token, or a problem. `last` is the end of the
/// token before.
template <class Visitor>
Found walk(const char* at, const char* end, Visitor visit) {
  const char* const begin = at;
  const char* last = at;
  std::size_t depth = 0;
  for (;;) {
    const Token token = token_at(at, end);
    if (token.kind == Lexeme::Illegal) return missing(at, token.text.size() > 1 ? unterminated : "sql");
    if (token.kind == Lexeme::End) {
      if (depth != 0) return missing(at, ")");
      return found(between(begin, last), at);
    }
    if (depth == 0 && (token.text == ")" || visit(token) == Visit::Stop))
      return found(between(begin, last), at);
    if (token.text == "(") ++depth;
    if (token.text == ")") --depth;
    last = end_of(token);
    at = skip_blanks(last, end);
  }
}

bool begins_statement(std::string_view word) {
  constexpr std::array<std::string_view, 7> words{"delete", "insert", "replace", "select",
                                                  "update", "values", "with"};
  return std::any_of(words.begin(), words.end(), [&](std::string_view w) { return is_word(word, w); });
}

}  // namespace

bool begins_table_clause(const char* at, const char* end) {
  constexpr std::array<std::string_view, 5> words{"check", "constraint", "foreign", "primary", "unique"};
  const Token token = token_at(at, end);
  return token.kind == Lexeme::Word &&
         std::any_of(words.begin(), words.end(), [&](std::string_view w) { return is_word(token.text, w); });
}

Found find_name(const char* at, const char* end) {
  const Token token = token_at(at, end);
  if (!is_name(token)) return missing(at, "a name");
  return found(token.text, behind(token, end));
}

Found find_collation(const char* at, const char* end) {
  const Found name = find_name(at, end);
  return name.next == nullptr ? missing(at, "a collation") : name;
}

Found find_listed_name(const char* at, const char* end) {
  Found name = find_name(at, end);
  if (name.next == nullptr) return name;
  if (eat_word(name.next, end, "collate")) {
    const Found collation = find_collation(name.next, end);
    if (collation.next == nullptr) return collation;
    name.next = collation.next;
  }
  if (!eat_word(name.next, end, "asc")) eat_word(name.next, end, "desc");
  return name;
}

Found find_type(const char* at, const char* end) {
  const char* const type = type_end(at, end);
  if (type == nullptr) return missing(at, "a type with one or two numbers in brackets");
  return found(between(at, type), skip_blanks(type, end));
}

Found find_bracketed(const char* at, const char* end) {
  if (at == end || *at != '(') return missing(at, "(");
  const Found inside = walk(skip_blanks(at + 1, end), end, [](const Token&) { return Visit::GoOn; });
  if (inside.next == nullptr) return inside;
  if (inside.next == end) return missing(end, ")");
  if (inside.text.empty()) return missing(inside.next, "an expression");
  return found(between(at + 1, inside.next), skip_blanks(inside.next + 1, end));
}

Found find_part(const char* at, const char* end) {
  const Found part = walk(at, end, [](const Token& token) {
    return token.text == "," || is_word(token.text, "autoincrement") ? Visit::Stop : Visit::GoOn;
  });
  if (part.next == nullptr || !part.text.empty()) return part;
  return missing(at, "a column or an expression");
}

Found find_default(const char* at, const char* end) {
  const Token token = token_at(at, end);
  if (token.text == "(") {
    const Found inside = find_bracketed(at, end);
    if (inside.next == nullptr) return inside;
    return found(between(at, inside.text.data() + inside.text.size() + 1), inside.next);
  }
  const bool value = token.kind == Lexeme::Number || token.kind == Lexeme::Blob || is_name(token) ||
                     is_word(token.text, "null");
  if (!value) return missing(at, "a default value");
  return found(token.text, behind(token, end));
}

Found find_rest(const char* at, const char* end) {
  const Found rest =
      walk(at, end, [](const Token& token) { return token.text == ";" ? Visit::Stop : Visit::GoOn; });
  if (rest.next == nullptr) return rest;
  if (rest.text.empty()) return missing(at, "sql");
  return found(between(at, rest.next), rest.next);
}

Found find_condition(const char* at, const char* end) {
  const Found condition = walk(at, end, [end](const Token& token) {
    // BEGIN can be a column's name; no statement can follow that
    const bool begin = token.kind == Lexeme::Word && is_word(token.text, "begin");
    return begin && begins_statement(token_at(behind(token, end), end).text) ? Visit::Stop : Visit::GoOn;
  });
  if (condition.next == nullptr) return condition;
  if (condition.text.empty()) return missing(at, "a condition");
  if (token_at(condition.next, end).text.empty()) return missing(condition.next, "begin");
  return found(between(at, condition.next), condition.next);
}

Found find_body(const char* at, const char* end) {
  if (!begins_statement(token_at(at, end).text)) return missing(at, "a statement");
  Token before;
  Token last;
  const char* place = at;
  for (Token token = token_at(place, end); token.kind != Lexeme::End; token = token_at(place, end)) {
    if (token.kind == Lexeme::Illegal) return missing(place, token.text.size() > 1 ? unterminated : "sql");
    place = behind(token, end);
    if (token.text == ";" && place == end && is_word(last.text, "end")) break;
    before = last;
    last = token;
  }
  if (before.text != ";" || !is_word(last.text, "end")) return missing(place, "end");
  return found(between(at, end_of(before)), end);
}

Found find_storage(const char* at, const char* end) {
  const Token token = token_at(at, end);
  if (token.kind != Lexeme::Word || is_reserved(token.text)) return found({}, at);
  if (is_word(token.text, "stored") || is_word(token.text, "virtual"))
    return found(token.text, behind(token, end));
  return missing(at, "stored or virtual");
}

Found find_end(const char* at, const char* end) {
  if (at != end && *at == ';') at = skip_blanks(at + 1, end);
  return at == end ? found({}, at) : missing(at, "the end");
}

}  // namespace plumb::sqlite::stored
