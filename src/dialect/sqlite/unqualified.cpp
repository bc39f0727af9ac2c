#include "dialect/sqlite/unqualified.hpp"

#include "sql/tokens.hpp"

namespace plumb::sqlite {

std::string unqualified(std::string_view sql) {
  if (sql.find('.') == std::string_view::npos) return std::string(sql);
  std::string text;
  std::size_t kept = 0;
  const auto tokens = sql::tokenize(sql, sql::sqlite_lexis);
  for (std::size_t i = 0; i + 2 < tokens.size(); ++i) {
    if (!is_name(tokens[i]) || tokens[i + 1].text != "." || !is_name(tokens[i + 2])) continue;
    text += sql.substr(kept, tokens[i].offset - kept);
    kept = tokens[i + 2].offset;
  }
  return text += sql.substr(kept);
}

}  // namespace plumb::sqlite
