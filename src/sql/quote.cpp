#include "sql/quote.hpp"

namespace plumb::sql {

std::string quote_name(std::string_view name, Quoting quoting) {
  const char quote = quoting == Quoting::Backquotes ? '`' : '"';
  std::string out(1, quote);
  for (const char c : name) {
    if (c == quote) out.push_back(quote);
    out.push_back(c);
  }
  out.push_back(quote);
  return out;
}

std::string quote_names(const std::vector<std::string>& names, Quoting quoting) {
  std::string out;
  for (const auto& name : names) {
    if (!out.empty()) out.append(", ");
    out.append(quote_name(name, quoting));
  }
  return out;
}

std::string quote_string(std::string_view text, bool backslash_escapes) {
  std::string out = "'";
  for (const char c : text) {
    if (c == '\'' || (c == '\\' && backslash_escapes)) out.push_back(c);
    out.push_back(c);
  }
  out.push_back('\'');
  return out;
}

}  // namespace plumb::sql
