#include "diff/table_options.hpp"

#include <algorithm>

#include "model/period.hpp"
#include "support/text.hpp"

namespace plumb::diff {

std::string without_undoing(std::string extra, const MatchRules& rules) {
  const auto& words = rules.words_that_undo;
  return std::find(words.begin(), words.end(), extra) == words.end() ? extra : std::string();
}

std::string without(const std::vector<std::string>& words, std::string extra) {
  for (const std::string& word : words) extra = replace_all(extra, word, "");
  return std::string(trim(replace_all(extra, "  ", " ")));
}

Options options_of(const Table& table, const MatchRules& rules) {
  const auto found = table.options.find(rules.engine);
  return found == table.options.end() ? Options() : found->second;
}

std::string engine_of(const Table& table, const MatchRules& rules) {
  const Options options = options_of(table, rules);
  const auto engine = options.find("engine");
  return engine == options.end() ? std::string() : engine->second;
}

std::vector<std::string> words_of_default_index(const std::string& storage_engine, const MatchRules& rules) {
  auto words = rules.words_of_default_index.find(storage_engine);
  if (words == rules.words_of_default_index.end()) words = rules.words_of_default_index.find("");
  return words == rules.words_of_default_index.end() ? std::vector<std::string>() : words->second;
}

void add_engine_options(Table& table, const std::string& engine_before, const MatchRules& rules) {
  const Options options = options_of(table, rules);
  const auto engine = options.find("engine");
  if (engine == options.end() || engine->second == engine_before) return;
  const auto further = rules.engine_options.find(engine->second);
  if (further != rules.engine_options.end()) table.options[rules.engine].insert(further->second.begin(), further->second.end());
}

void drop_periods_without_columns(Table& target, const Options& said, const MatchRules& rules) {
  const auto options = target.options.find(rules.engine);
  if (options == target.options.end()) return;
  std::erase_if(options->second, [&](const auto& option) {
    if (!is_period(option.first) || said.contains(option.first)) return false;
    const auto columns = columns_of_period(option.second, rules.lexis);
    return std::none_of(columns.begin(), columns.end(), [&](const std::string& column) { return target.find_column(column) != nullptr; });
  });
}

std::vector<std::string> columns_of_period(std::string_view period, const sql::Lexis& lexis) {
  std::vector<std::string> columns;
  bool inside = false;
  for (const sql::Token& token : sql::tokenize(period, lexis)) {
    if (token.text == "(") inside = true;
    const bool is_name = token.kind == sql::TokenKind::Word || token.kind == sql::TokenKind::QuotedName;
    if (inside && is_name) columns.push_back(sql::unquoted(token.text));
  }
  return columns;
}

}  // namespace plumb::diff
