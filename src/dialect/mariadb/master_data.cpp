// dialect/mariadb/master_data.cpp: what comparing and writing master rows asks of MariaDB.
#include "dialect/mariadb/mariadb_dialect.hpp"
#include "dialect/mariadb/render.hpp"
#include "support/text.hpp"

namespace plumb::mariadb {

/// A TIMESTAMP is shown and taken in the session's time zone (mariadb.com/kb/en/timestamp).
std::vector<std::string> MariaDbDialect::utc_begin() const {
  return {"SET @plumb_time_zone = @@SESSION.time_zone", "SET SESSION time_zone = '+00:00'"};
}
std::vector<std::string> MariaDbDialect::utc_end() const {
  return {"SET SESSION time_zone = @plumb_time_zone"};
}

/// IFNULL with a column that has no row gives the text the column's own character set and collation.
/// Collations pad with spaces unless their name says `nopad`
/// (mariadb.com/kb/en/supported-character-sets-and-collations), and the weights of trailing spaces would
/// count, hence RTRIM.
std::string MariaDbDialect::sameness_query(std::string_view table, const std::vector<std::string>&,
                                           std::string_view column,
                                           const std::vector<std::string>& texts) const {
  const std::string name = "t." + quoted(column);
  std::vector<std::string> values;
  for (const auto& text : texts) {
    const std::string value = "IFNULL(" + name + ", " + quoted_string(text) + ")";
    values.push_back("HEX(WEIGHT_STRING(IF(COLLATION(" + name + ") LIKE '%nopad%', " + value + ", RTRIM(" +
                     value + "))))");
  }
  return "SELECT " + join(values, ", ") + " FROM (SELECT 1) AS q LEFT JOIN " + quoted(table) + " AS t ON 0";
}

std::string MariaDbDialect::literal(const sql::Value& value) const {
  if (sql::is_null(value)) return "NULL";
  if (const auto* blob = std::get_if<sql::Blob>(&value)) return "x'" + to_hex(blob->bytes) + "'";
  if (const auto* text = std::get_if<std::string>(&value)) return quoted_string(*text);
  const std::string number = db::as_text(value);
  const bool is_double = std::holds_alternative<double>(value) && number.find('e') == std::string::npos;
  return is_double ? number + "e0" : number;
}

std::string MariaDbDialect::memory_query() const {
  return "SELECT count(*) FROM information_schema.TABLES WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME = "
         "'plumb_master'";
}

std::string MariaDbDialect::memory_table() const {
  return "CREATE TABLE IF NOT EXISTS plumb_master (\n"
         "  table_name varchar(64) NOT NULL,\n"
         "  bucket smallint NOT NULL,\n"
         "  digest char(16) NOT NULL,\n"
         "  hashes longblob NOT NULL,\n"
         "  PRIMARY KEY (table_name, bucket)\n"
         ") ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin";
}

std::string MariaDbDialect::rows_aside(const std::string& aside) const {
  return "CREATE TABLE " + quoted(aside) +
         " (\n"
         "  number bigint NOT NULL PRIMARY KEY,\n"
         "  table_name varchar(64) NOT NULL,\n"
         "  kind varchar(20) NOT NULL,\n"
         "  content longtext NOT NULL\n"
         ") ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin";
}

std::string MariaDbDialect::functions_query() const {
  return "SELECT ROUTINE_NAME FROM information_schema.ROUTINES WHERE ROUTINE_SCHEMA = DATABASE() AND "
         "ROUTINE_TYPE = 'FUNCTION'";
}

}  // namespace plumb::mariadb
