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

std::string SqliteDialect::literal(const sql::Value& value) const {
  if (sql::is_null(value)) return "NULL";
  if (const auto* blob = std::get_if<sql::Blob>(&value)) return "x'" + to_hex(blob->bytes) + "'";
  if (const auto* text = std::get_if<std::string>(&value)) return sql::quote_string(*text, false);
  return db::as_text(value);
}

std::string SqliteDialect::memory_query() const {
  return "SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = 'plumb_master'";
}

std::string SqliteDialect::memory_table() const {
  return "CREATE TABLE IF NOT EXISTS plumb_master (\n"
         "  table_name text NOT NULL,\n"
         "  bucket integer NOT NULL,\n"
         "  digest text NOT NULL,\n"
         "  hashes blob NOT NULL,\n"
         "  PRIMARY KEY (table_name, bucket)\n"
         ")";
}

std::string SqliteDialect::rows_aside(const std::string& aside) const {
  return "CREATE TABLE " + quote(aside) +
         " (\n"
         "  number integer PRIMARY KEY,\n"
         "  table_name text NOT NULL,\n"
         "  kind text NOT NULL,\n"
         "  content text NOT NULL\n"
         ")";
}

std::string SqliteDialect::functions_query() const {
  return {};
}

}  // namespace plumb::sqlite
