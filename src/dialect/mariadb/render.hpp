// dialect/mariadb/render.hpp: objects of a canonical state as MariaDB's SQL.
#pragma once

#include <string>
#include <string_view>

#include "model/schema.hpp"

namespace plumb::mariadb {

std::string quoted(std::string_view name);
std::string quoted_string(std::string_view text);

/// One column as it stands in CREATE TABLE and after ADD COLUMN or MODIFY. `table_collation`: a column that has the
/// same one does not repeat it; pass an empty text to have it always written.
std::string column_definition(const Column& column, std::string_view table_collation);
/// "KEY `i` (…)" as in CREATE TABLE; after ALTER TABLE it follows ADD.
std::string index_definition(const Index& index);
std::string primary_key_definition(const PrimaryKey& key);
std::string foreign_key_definition(const ForeignKey& key);
std::string check_definition(const Check& check);
/// ROW_FORMAT; `page_compressed` in backquotes where the option is the storage engine's own, whose values are strings.
std::string option_name(const std::string& key, std::string_view value);
/// "ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 …", with the comment.
std::string options_text(const Table& table);

/// What a trigger runs under that nobody gave another one (mariadb.com/kb/en/sql-mode).
inline constexpr std::string_view default_sql_mode = "STRICT_TRANS_TABLES,ERROR_FOR_DIVISION_BY_ZERO,NO_AUTO_CREATE_USER,NO_ENGINE_SUBSTITUTION";

/// Said in a table's `extra`, these undo the others: nothing of the kind shall stand there.
inline constexpr std::string_view without_versioning = "WITHOUT SYSTEM VERSIONING";
inline constexpr std::string_view not_partitioned = "NOT PARTITIONED";
bool undoes(std::string_view extra);

struct CreateOptions {
  bool temporary = false;          ///< CREATE TEMPORARY TABLE, with nothing that a temporary table cannot have
  std::string database;            ///< another database than the session's; empty: that one
  std::string name;                ///< another name; empty: the table's own
  /// Foreign keys that are left out, by name.
  std::vector<std::string> without_foreign_keys;
};
std::string create_table(const Table& table, const CreateOptions& options = {});
std::string create_view(const View& view, std::string_view name = {});
/// `place`: "FOLLOWS `x`" or "PRECEDES `x`"; empty: behind those that stand.
std::string create_trigger(const Trigger& trigger, const std::string& place = {});

}  // namespace plumb::mariadb
