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
/// "ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 …", with the comment.
std::string options_text(const Table& table);

struct CreateOptions {
  bool temporary = false;          ///< CREATE TEMPORARY TABLE, with nothing that a temporary table cannot have
  std::string name;                ///< another name; empty: the table's own
  /// Foreign keys that are left out, by name.
  std::vector<std::string> without_foreign_keys;
};
std::string create_table(const Table& table, const CreateOptions& options = {});
std::string create_view(const View& view, std::string_view name = {});
std::string create_trigger(const Trigger& trigger);

}  // namespace plumb::mariadb
