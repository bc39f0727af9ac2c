// dialect/sqlite/stored_create_scan.hpp: the characters of SQLite's SQL, token by token; loops only, no
// recursion.
//
// Source: https://www.sqlite.org/lang_keywords.html and the engine's own behaviour, which the tests hold this
// against.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace plumb::sqlite::stored {

enum class Lexeme {
  End,      ///< nothing is left
  Word,     ///< a keyword or a plain name
  Quoted,   ///< "name", `name`, [name]
  String,   ///< 'text'
  Blob,     ///< x'0102'
  Number,   ///< 1, 1.5e3, 0x1f
  Symbol,   ///< one character
  Illegal,  ///< a string, name or blob that never ends, or a byte that SQL does not know
};

struct Token {
  Lexeme kind = Lexeme::End;
  std::string_view text;  ///< as written
};

/// The first place at or after `at` that is neither white space nor a comment. A block comment that never
/// ends reaches to the end, as in the engine.
const char* skip_blanks(const char* at, const char* end);

/// The token that begins exactly at `at`.
Token token_at(const char* at, const char* end);

/// Walks over the tokens of a text, comments left out.
class Tokens {
 public:
  explicit Tokens(std::string_view text) : at_(text.data()), end_(text.data() + text.size()) {}
  /// The next token; kind End when there is none, for ever.
  Token next() {
    at_ = skip_blanks(at_, end_);
    const Token token = token_at(at_, end_);
    at_ += token.text.size();
    return token;
  }

 private:
  const char* at_;
  const char* end_;
};

/// Equality with a word in lower case, whatever the case of `text`.
bool is_word(std::string_view text, std::string_view lower_case_word);
/// True when the word stands at `at`; then `at` moves behind it and its blanks.
bool eat_word(const char*& at, const char* end, std::string_view lower_case_word);
/// A keyword that the engine never takes for a name.
bool is_reserved(std::string_view word);
/// CROSS, FULL, INNER, LEFT, NATURAL, OUTER, RIGHT, INDEXED: names of tables and columns, but no part of a
/// type.
bool is_name_only(std::string_view word);

/// A word that may be a name, a quoted name or a string: what the engine takes where it wants a name.
bool is_name(const Token& token);
/// What a name as written stands for: quotes gone, doubled ones made single.
std::string name_text(std::string_view written);

/// The name in upper case, in quotes where it is no plain word: what collations and MATCH clauses are written
/// as.
std::string upper_word(std::string_view written);

/// The text without white space at both ends, to be written elsewhere: after a line comment at its end stands
/// a line end, so that the comment does not swallow what follows.
std::string verbatim(std::string_view text);

/// The text without the pairs of brackets that hold all of it, at most `most`, and without white space at
/// both ends; the text itself where there are none.
std::string_view without_outer_brackets(std::string_view text, std::size_t most);

}  // namespace plumb::sqlite::stored
