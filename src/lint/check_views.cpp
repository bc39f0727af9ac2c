#include "lint/checks.hpp"
#include "sql/tokens.hpp"
#include "support/text.hpp"

namespace plumb::lint {
namespace {

/// True for `select *`, `select distinct *` and `t.*`; a product has a value before its star, `count(*)` a parenthesis.
bool selects_star(const std::string& query) {
  const auto tokens = sql::tokenize(query, sql::common_lexis);
  for (std::size_t i = 1; i < tokens.size(); ++i) {
    if (tokens[i].text != "*") continue;
    const sql::Token& before = tokens[i - 1];
    if (before.text == "." || before.text == ",") return true;
    for (const std::string_view word : {"select", "distinct", "all"}) {
      if (before.kind == sql::TokenKind::Word && equal_ignoring_case(before.text, word)) return true;
    }
  }
  return false;
}

bool selects_star(const sql::EngineSql& query) {
  if (selects_star(query.common)) return true;
  for (const auto& [engine, text] : query.variants) {
    if (selects_star(text)) return true;
  }
  return false;
}

}  // namespace

void check_views(const Input& input, Concerns& found) {
  for (const auto& [name, view] : input.description.schema.views) {
    if (!selects_star(view.query)) continue;
    found.push_back({"select-star-in-view", {SubjectKind::View, {}, name}, "view `" + name + "` selects `*`, and a column that is added later shows on one engine and not on the other; name the columns"});
  }
}

}  // namespace plumb::lint
