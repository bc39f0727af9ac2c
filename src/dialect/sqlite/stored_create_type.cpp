#include "dialect/sqlite/stored_create_type.hpp"

#include <algorithm>

#include "dialect/sqlite/stored_create_scan.hpp"
#include "dialect/sqlite/types.hpp"
#include "sql/quote.hpp"
#include "support/text.hpp"

namespace plumb::sqlite::stored {
namespace {

bool is_type_word(const Token& token) {
  return is_name(token) && !(token.kind == Lexeme::Word && is_name_only(token.text));
}

/// Behind `+`, `-` or nothing and a number; nullptr when there is none.
const char* signed_number_end(const char* at, const char* end) {
  Token token = token_at(at, end);
  if (token.text == "+" || token.text == "-") token = token_at(skip_blanks(at + 1, end), end);
  return token.kind == Lexeme::Number ? skip_blanks(token.text.data() + token.text.size(), end) : nullptr;
}

bool is_blank(char c) {
  return trim(std::string_view(&c, 1)).empty();
}

bool ends_with_word(std::string_view text, std::string_view word) {
  return text.size() >= word.size() && is_word(text.substr(text.size() - word.size()), word);
}

std::string_view without_end(std::string_view text, std::size_t size) {
  text.remove_suffix(size);
  while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
  return text;
}

/// The words GENERATED ALWAYS can be a part of a type, so the parser takes them for one; the engine then cuts
/// them off, and by the same measure, spelt here as there.
std::string_view without_generated_always(std::string_view type) {
  constexpr std::size_t shortest = 16;
  if (type.size() < shortest || !ends_with_word(type, "always")) return type;
  type = without_end(type, 6);
  if (!ends_with_word(type, "generated")) return type;
  return without_end(type, 9);
}

bool is_quote(char c) {
  return c == '"' || c == '\'' || c == '`' || c == '[';
}

/// The one type that can make a rowid alias; only a type written with this word, quoted or not, is it.
bool is_integer(std::string_view type) {
  return is_word(type, "integer");
}

bool has_comment(std::string_view type) {
  return type.find("--") != std::string_view::npos || type.find("/*") != std::string_view::npos;
}

std::string joined_tokens(std::string_view type) {
  std::string out;
  bool space = false;
  Tokens tokens(type);
  for (Token token = tokens.next(); token.kind != Lexeme::End; token = tokens.next()) {
    const bool symbol = token.kind == Lexeme::Symbol;
    if (space && !symbol) out.push_back(' ');
    out.append(to_lower(token.text));
    space = !symbol || token.text == ")";
  }
  return out;
}

/// True when `type`, written where a type is written, is read as one to its end.
bool is_read_whole(std::string_view type) {
  const char* const end = type.data() + type.size();
  return type_end(type.data(), end) == end && without_generated_always(type) == type;
}

/// True when what stood in quotes can stand without them.
bool can_be_written(const std::string& type) {
  if (type.empty() || has_comment(type) || std::any_of(type.begin(), type.end(), is_quote)) return false;
  return is_read_whole(type) && !ends_with_word(type, "always");
}

std::string in_quotes(std::string_view type) {
  return sql::quote_name(to_lower(type), sql::Quoting::DoubleQuotes);
}

/// What the engine takes for the inside of a type in quotes; any other type as it is. Where no quote stands
/// inside, the first and the last character go, whatever the last is.
std::string without_quotes(std::string_view type) {
  if (type.empty() || !is_quote(type.front())) return std::string(type);
  constexpr std::size_t shortest = 3;
  const std::string_view inside = type.substr(1, type.size() < shortest ? 0 : type.size() - 2);
  if (!inside.empty() && std::none_of(inside.begin(), inside.end(), is_quote)) return std::string(inside);
  return name_text(token_at(type.data(), type.data() + type.size()).text);
}

}  // namespace

const char* type_end(const char* at, const char* end) {
  const char* const begin = at;
  const char* last = at;
  Token token = token_at(at, end);
  while (is_type_word(token)) {
    last = token.text.data() + token.text.size();
    at = skip_blanks(last, end);
    token = token_at(at, end);
  }
  if (last == begin || token.text != "(") return last;
  const char* number = signed_number_end(skip_blanks(at + 1, end), end);
  if (number == nullptr) return nullptr;
  if (token_at(number, end).text == ",") number = signed_number_end(skip_blanks(number + 1, end), end);
  return number != nullptr && token_at(number, end).text == ")" ? number + 1 : nullptr;
}

std::string kept_type(std::string_view written) {
  return without_quotes(without_generated_always(written));
}

std::string normal_type(std::string_view kept) {
  return joined_tokens(kept);
}

std::string type_to_write(std::string_view written) {
  const std::string_view type = without_generated_always(written);
  if (type.empty()) return {};
  const std::string kept = without_quotes(type);
  // 'INTEGER' is INTEGER to the engine, but 'INTEGER' 'x' is a type of its own that is called INTEGER
  if (is_quote(type.front()) && is_integer(kept) && type.size() != kept.size() + 2) return is_read_whole(type) ? to_lower(type) : "'integer' ''";
  if (is_quote(type.front()) && !can_be_written(kept)) return in_quotes(kept);
  std::string joined = joined_tokens(kept);
  if (!is_read_whole(joined)) return in_quotes(kept);
  if (!has_comment(kept)) return joined;
  const bool same = affinity(joined) == affinity(kept) && is_integer(joined) == is_integer(kept);
  if (same) return joined;
  std::string whole = to_lower(kept);
  return is_read_whole(whole) ? whole : in_quotes(kept);  // a comment at the end is no part of a type
}

}  // namespace plumb::sqlite::stored
