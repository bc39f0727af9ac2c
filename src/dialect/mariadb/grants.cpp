#include "dialect/mariadb/grants.hpp"

#include <algorithm>

#include "sql/tokens.hpp"
#include "support/text.hpp"

namespace plumb::mariadb {
namespace {

using sql::Token;
using sql::TokenKind;

/// `%` fits anything, `_` one character, a backslash takes both their meaning.
bool fits_pattern(std::string_view name, std::string_view pattern) {
  while (!pattern.empty()) {
    if (pattern.front() == '%') {
      for (std::size_t skipped = 0; skipped <= name.size(); ++skipped) {
        if (fits_pattern(name.substr(skipped), pattern.substr(1))) return true;
      }
      return false;
    }
    const bool any = pattern.front() == '_';
    if (pattern.front() == '\\' && pattern.size() > 1) pattern.remove_prefix(1);
    if (name.empty() || (!any && name.front() != pattern.front())) return false;
    name.remove_prefix(1);
    pattern.remove_prefix(1);
  }
  return name.empty();
}

bool is_word(const Token& token, std::string_view word) {
  return token.kind == TokenKind::Word && equal_ignoring_case(token.text, word);
}

/// True when the privileges between GRANT and ON name this one; those of single columns do not count.
bool names_privilege(const std::vector<Token>& tokens, std::size_t on, std::string_view privilege) {
  for (std::size_t i = 1; i < on; ++i) {
    const bool is_whole = i + 1 == on || tokens[i + 1].text == ",";
    if (is_word(tokens[i], privilege) && is_whole) return true;
    if (is_word(tokens[i], "all") && is_word(tokens[i + 1], "privileges")) return true;
  }
  return false;
}

bool gives(std::string_view grant, std::string_view database, std::string_view privilege) {
  const std::vector<Token> tokens = sql::tokenize(grant, sql::mariadb_lexis);
  const auto found =
      std::find_if(tokens.begin(), tokens.end(), [](const Token& token) { return is_word(token, "on"); });
  const auto on = static_cast<std::size_t>(found - tokens.begin());
  if (on + 3 >= tokens.size() || !is_word(tokens[0], "grant")) return false;
  if (tokens[on + 2].text != "." || tokens[on + 3].text != "*") return false;  // a single table or routine
  const Token& scope = tokens[on + 1];
  const bool fits = scope.text == "*" || fits_pattern(database, sql::unquoted(scope.text));
  return fits && names_privilege(tokens, on, privilege);
}

}  // namespace

bool grants_on_database(const std::vector<std::string>& grants, std::string_view database,
                        std::string_view privilege) {
  return std::any_of(grants.begin(), grants.end(),
                     [&](const std::string& grant) { return gives(grant, database, privilege); });
}

}  // namespace plumb::mariadb
