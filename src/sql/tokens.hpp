// sql/tokens.hpp: SQL text as a sequence of tokens, enough to compare expressions and to find their ends.
//
// Nothing decides what SQL *means* by these tokens; they say where strings, names, comments and brackets are.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace plumb::sql {

/// How an engine spells strings, names and comments.
struct Lexis {
  bool backslash_escapes = false;      ///< MariaDB: '\'' is one string
  bool double_quotes_are_names = true; ///< SQLite; MariaDB without ANSI_QUOTES: a string
  bool hash_comments = false;          ///< MariaDB: # to the end of the line
  bool bracket_names = false;          ///< SQLite: [name]
  bool version_comments = false;       ///< MariaDB: what stands in /*!50003 … */ and /*M! … */ is code
};

inline constexpr Lexis sqlite_lexis{false, true, false, true};
inline constexpr Lexis mariadb_lexis{true, false, true, false, true};
/// For text that either engine may read: no escapes, double quotes and backquotes both protect what is inside.
inline constexpr Lexis common_lexis{false, true, false, false};

enum class TokenKind { Word, QuotedName, String, Number, Symbol, Comment, Unterminated };

struct Token {
  TokenKind kind = TokenKind::Symbol;
  std::string_view text;    ///< as written, quotes included
  std::size_t offset = 0;
};

/// The token that begins at or after `offset` (white space is skipped); nothing at the end of the text gives
/// a Symbol with empty text. Where version comments are code, their opening ("/*!50003") and their "*/" are each a
/// Comment, and what stands between gives tokens (mariadb.com/kb/en/comment-syntax/).
Token next_token(std::string_view text, std::size_t offset, const Lexis& lexis);

/// All tokens, comments left out.
std::vector<Token> tokenize(std::string_view text, const Lexis& lexis);

/// A word or a quoted name: what may name something.
bool is_name(const Token& token);

/// One of the text's words and quoted names is `name`, in any case.
bool names(std::string_view sql, std::string_view name, const Lexis& lexis);

/// A quoted name or string without its quotes, doubled quotes made single; anything else as it is.
std::string unquoted(std::string_view token);

/// The text in a form in which two spellings of the same tokens are equal: one space between tokens, words and
/// quoted names in lower case and without quotes, redundant outer parentheses and comments gone.
std::string normal_form(std::string_view text, const Lexis& lexis);

/// True when both texts have the same normal form.
bool same_expression(std::string_view a, std::string_view b, const Lexis& lexis);

}  // namespace plumb::sql
