// dialect/sqlite/master_data.cpp: what comparing and writing master rows asks of SQLite.
#include "dialect/sqlite/render.hpp"
#include "dialect/sqlite/sqlite_dialect.hpp"
#include "sql/quote.hpp"
#include "support/text.hpp"

namespace plumb::sqlite {

/// Times are texts here, and CURRENT_TIMESTAMP is UTC (sqlite.org/lang_datefunc.html).
std::vector<std::string> SqliteDialect::utc_begin() const {
  return {};
}
std::vector<std::string> SqliteDialect::utc_end() const {
  return {};
}

/// The collations that are built in say what is equal: NOCASE folds the 26 letters of ASCII as lower() does,
/// RTRIM forgets trailing spaces (sqlite.org/datatype3.html#collating_sequences).
std::string SqliteDialect::sameness_query(std::string_view table, const std::vector<std::string>& key,
                                          std::string_view column,
                                          const std::vector<std::string>& texts) const {
  const std::string name = sql::quote_string(column, false);
  const std::string collation =
      "(SELECT upper(x.coll) FROM pragma_index_list(" + sql::quote_string(table, false) +
      ") l JOIN pragma_index_xinfo(l.name) x "
      "WHERE l.\"unique\" = 1 AND x.key = 1 AND x.name = " +
      name + " AND (SELECT count(*) FROM pragma_index_xinfo(l.name) p WHERE p.key = 1) = " +
      std::to_string(key.size()) + " AND x.coll <> 'BINARY' LIMIT 1)";
  std::vector<std::string> values;
  for (const auto& text : texts) {
    const std::string literal = sql::quote_string(text, false);
    values.push_back("CASE q.c WHEN 'NOCASE' THEN lower(" + literal + ") WHEN 'RTRIM' THEN rtrim(" + literal +
                     ", ' ') ELSE " + literal + " END");
  }
  return "SELECT " + join(values, ", ") + " FROM (SELECT " + collation + " AS c) q";
}

std::string SqliteDialect::functions_query() const {
  return {};
}

}  // namespace plumb::sqlite
