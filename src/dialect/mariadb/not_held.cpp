#include "dialect/mariadb/not_held.hpp"

#include <algorithm>
#include <iterator>

#include "dialect/mariadb/render.hpp"
#include "dialect/mariadb/show_create.hpp"
#include "sql/tokens.hpp"
#include "support/text.hpp"

namespace plumb::mariadb {
namespace {

/// Words of clauses that say what holds anyway.
bool changes_nothing(std::string_view word) {
  static constexpr std::string_view words[] = {"action", "character", "charset", "collate", "constraint", "create", "default", "delete", "key",
                                               "no",     "not",       "null",    "on",      "restrict",   "set",    "table",   "update"};
  return std::binary_search(std::begin(words), std::end(words), word);
}

/// AUTO_INCREMENT=7 behind the brackets tells where the counter stands: rows, not schema.
bool is_counter(const std::vector<sql::Token>& tokens, std::size_t at) {
  return at + 2 < tokens.size() && equal_ignoring_case(tokens[at].text, "auto_increment") && tokens[at + 1].text == "=" && tokens[at + 2].kind == sql::TokenKind::Number;
}

/// USING HASH is the server's own choice, or means nothing; the model holds it where it means something.
bool says_hash(const std::vector<sql::Token>& tokens, std::size_t at) {
  return at + 1 < tokens.size() && equal_ignoring_case(tokens[at].text, "using") && equal_ignoring_case(tokens[at + 1].text, "hash");
}

std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> words;
  const auto tokens = sql::tokenize(text, sql::mariadb_lexis);
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    if (is_counter(tokens, i)) {
      i += 2;
      continue;
    }
    if (says_hash(tokens, i)) {
      ++i;
      continue;
    }
    const sql::Token& token = tokens[i];
    if (token.kind == sql::TokenKind::Symbol) continue;
    const bool is_string = token.kind == sql::TokenKind::String && token.text.front() == '\'';
    words.push_back(is_string ? string_value(token.text) : to_lower(sql::unquoted(token.text)));
  }
  std::sort(words.begin(), words.end());
  return words;
}

}  // namespace

std::vector<std::string> not_held(const Table& table) {
  if (table.written.text.empty()) return {};
  const std::vector<std::string> written = words_of(table.written.text);
  const std::vector<std::string> held = words_of(create_table(table));
  std::vector<std::string> missing;
  std::set_difference(written.begin(), written.end(), held.begin(), held.end(), std::back_inserter(missing));
  std::erase_if(missing, [](const std::string& word) { return changes_nothing(word); });
  return missing;
}

}  // namespace plumb::mariadb
