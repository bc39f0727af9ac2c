// dialect/sqlite/reserved_words.cpp: the words that SQLite 3.40 refuses as a bare name of a table or column
// (sqlite.org/lang_keywords.html; found by trying each keyword).
#include <algorithm>
#include <array>
#include <string_view>

#include "dialect/sqlite/sqlite_dialect.hpp"
#include "support/text.hpp"

namespace plumb::sqlite {
namespace {

/// Sorted.
constexpr auto reserved_words = std::to_array<std::string_view>({
    "add", "all", "alter", "and", "as", "autoincrement", "between", "case", "check", "collate", "commit",
    "constraint", "create", "default", "deferrable", "delete", "distinct", "drop", "else", "escape", "except",
    "exists", "foreign", "from", "group", "having", "if", "in", "index", "insert", "intersect", "into", "is",
    "isnull", "join", "limit", "not", "nothing", "notnull", "null", "on", "or", "order", "primary",
    "references", "returning", "select", "set", "table", "then", "to", "transaction", "union", "unique",
    "update", "using", "values", "when", "where",
});

}  // namespace

bool SqliteDialect::is_reserved(std::string_view word) const {
  return std::binary_search(reserved_words.begin(), reserved_words.end(), to_lower(word));
}

}  // namespace plumb::sqlite
