#include "dialect/sqlite/not_held.hpp"

#include <algorithm>
#include <iterator>

#include "diff/fingerprint.hpp"
#include "dialect/sqlite/render.hpp"
#include "dialect/sqlite/stored_create.hpp"
#include "dialect/sqlite/stored_create_scan.hpp"
#include "dialect/sqlite/unqualified.hpp"
#include "sql/tokens.hpp"
#include "support/text.hpp"

namespace plumb::sqlite {
namespace {

/// Words of clauses that say what holds anyway, or that the engine reads past.
bool changes_nothing(std::string_view word) {
  static constexpr std::string_view words[] = {"abort",     "action",  "always",    "asc",       "binary", "collate", "conflict", "constraint", "create", "default", "deferrable", "deferred",
                                               "delete",    "desc",    "foreign",   "generated", "immediate", "initially", "insert", "key", "match", "no", "not", "null",
                                               "on",        "simple",  "table",     "update",    "virtual"};
  return std::binary_search(std::begin(words), std::end(words), word);
}

/// Names and strings without their quotes, all in lower case, sorted.
std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> words;
  stored::Tokens tokens(text);
  for (stored::Token token = tokens.next(); token.kind != stored::Lexeme::End; token = tokens.next()) {
    if (token.kind == stored::Lexeme::Symbol || token.kind == stored::Lexeme::Illegal) continue;
    // a type of two words may stand in quotes
    std::string word;
    for (const char c : to_lower(stored::name_text(token.text)) + " ") {
      if (trim(std::string_view(&c, 1)).empty()) {
        if (!word.empty()) words.push_back(std::move(word));
        word.clear();
      } else {
        word.push_back(c);
      }
    }
  }
  std::sort(words.begin(), words.end());
  return words;
}

/// True when the table, written from the model, is understood as the same.
bool is_read_the_same(const Table& table, const std::string& created) {
  const auto dump = [](Table one) {
    std::erase_if(one.indexes, [](const Index& index) { return !index.constraint; });
    return diff::dump(one, sql::sqlite_lexis);
  };
  const StoredObject object = parse_stored_create(created);
  const auto* read = std::get_if<Table>(&object);
  return read != nullptr && dump(*read) == dump(table);
}

}  // namespace

std::vector<std::string> not_held(const Table& table) {
  if (table.written.text.empty()) return {};
  const std::vector<std::string> written = words_of(unqualified(table.written.text));
  const std::string created = create_table(table);
  const std::vector<std::string> held = words_of(created);
  std::vector<std::string> missing;
  std::set_difference(written.begin(), written.end(), held.begin(), held.end(), std::back_inserter(missing));
  std::erase_if(missing, [](const std::string& word) { return changes_nothing(word); });
  if (missing.empty() && !is_read_the_same(table, created)) missing.emplace_back("its keys and constraints as a whole");
  return missing;
}

std::vector<std::string> comments_of(std::string_view text) {
  std::vector<std::string> comments;
  const char* const end = text.data() + text.size();
  for (const char* at = text.data(); at < end;) {
    const std::string_view rest(at, static_cast<std::size_t>(end - at));
    if (rest.starts_with("--")) {
      comments.emplace_back(trim(rest.substr(0, rest.find('\n'))));
      at += std::min(rest.find('\n'), rest.size());
    } else if (rest.starts_with("/*")) {
      const std::size_t close = rest.find("*/", 2);
      const std::size_t size = close == std::string_view::npos ? rest.size() : close + 2;
      comments.emplace_back(rest.substr(0, size));
      at += size;
    } else {
      const stored::Token token = stored::token_at(at, end);
      at += token.text.empty() || trim(rest.substr(0, 1)).empty() ? 1 : token.text.size();
    }
  }
  return comments;
}

}  // namespace plumb::sqlite
