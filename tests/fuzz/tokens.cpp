// Any text as SQL, token by token, for each engine: the tokens are stretches of the text in their order with nothing but
// white space between, and the form in which expressions are compared is stable.
#include "sql/tokens.hpp"

#include <array>
#include <string>

#include "diff/rename.hpp"
#include "fuzz/target.hpp"
#include "support/text.hpp"

namespace {

using plumb::fuzz::fail;
namespace sql = plumb::sql;

void check_cover(std::string_view text, const sql::Lexis& lexis) {
  std::size_t at = 0;
  for (sql::Token token = sql::next_token(text, 0, lexis); !token.text.empty(); token = sql::next_token(text, at, lexis)) {
    if (token.offset < at || token.text.data() != text.data() + token.offset) fail("a token stands elsewhere", text);
    if (!plumb::trim(text.substr(at, token.offset - at)).empty()) fail("something stands between two tokens", text);
    at = token.offset + token.text.size();
    (void)sql::unquoted(token.text);
  }
  if (!plumb::trim(text.substr(at)).empty()) fail("something stands behind the last token", text);
}

void check_forms(std::string_view text, const sql::Lexis& lexis) {
  if (!sql::same_expression(text, text, lexis)) fail("a text is not the same as itself", text);
  const std::string renamed = plumb::diff::renamed_in_expression(text, "no such name", "other", lexis);
  if (renamed != text) fail("a rename of nothing changes a text", text);
}

}  // namespace

void plumb::fuzz::check(std::string_view text) {
  for (const auto& lexis : std::array{sql::sqlite_lexis, sql::mariadb_lexis, sql::common_lexis}) {
    check_cover(text, lexis);
    check_forms(text, lexis);
  }
}
