#include "desired/definers.hpp"

#include "sql/tokens.hpp"
#include "support/text.hpp"

namespace plumb::desired {

std::string with_definer(const std::string& header, const std::string& definer) {
  const auto tokens = sql::tokenize(header, sql::mariadb_lexis);
  for (std::size_t i = 0; i + 4 < tokens.size(); ++i) {
    if (!equal_ignoring_case(tokens[i].text, "definer")) continue;
    const std::size_t begin = tokens[i].offset;
    std::size_t end = tokens[i + 4].offset + tokens[i + 4].text.size();
    if (definer.empty() && end < header.size() && header[end] == ' ') ++end;
    return header.substr(0, begin) + (definer.empty() ? std::string() : "DEFINER=" + definer) + header.substr(end);
  }
  return header;
}

void strip_definers(Schema& schema) {
  for (auto& [name, view] : schema.views) view.header = with_definer(view.header, {});
  for (auto& [name, trigger] : schema.triggers) {
    trigger.context.definer.clear();
    const auto options = trigger.options.find("mariadb");
    if (options == trigger.options.end()) continue;
    options->second.erase("definer");
    if (options->second.empty()) trigger.options.erase(options);
  }
}

}  // namespace plumb::desired
