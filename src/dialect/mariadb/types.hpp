// dialect/mariadb/types.hpp: what a portable type is called in MariaDB, and back. The table stands in docs/types.md.
#pragma once

#include <string>
#include <string_view>

#include "model/table.hpp"

namespace plumb::mariadb {

/// The type as SHOW CREATE TABLE prints it, display width included ("int(11)").
std::string type_text(const ColumnType& type);

/// The portable type whose type_text is `text`, or a Native one.
ColumnType portable_type(std::string_view text);

/// True when columns of this type have a charset and a collation.
bool is_character_type(std::string_view type_text);

/// The collation that a charset has when none is named (mariadb.com/kb/en/supported-character-sets-and-collations).
std::string default_collation(std::string_view charset);

/// The bare word at the front of a type's text: "varchar" of "varchar(20)".
std::string base_type(std::string_view type_text);

/// The default as SHOW CREATE TABLE prints it, for a column whose type prints as `type_text`.
std::string default_text(const Default& value, std::string_view type_text);

/// What a column that counts within the column before it in a key (MyISAM, Aria) says in `extra`: `auto` wants to lead
/// a key (mariadb.com/kb/en/auto_increment).
inline constexpr std::string_view automatic = "AUTO_INCREMENT";

/// True when a part is an expression other than a period WITHOUT OVERLAPS: MariaDB has no such indexes.
bool has_expression(const std::vector<IndexPart>& parts);

}  // namespace plumb::mariadb
