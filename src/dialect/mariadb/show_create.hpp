// dialect/mariadb/show_create.hpp: reads what SHOW CREATE TABLE and SHOW CREATE VIEW print.
//
// The server's text is the only complete account of a table: information_schema leaves out USING,
// KEY_BLOCK_SIZE, parsers and periods, and loses characters outside of the basic plane in expressions.
// Source: https://mariadb.com/kb/en/show-create-table/ and the server's own printing, which the tests hold
// this against.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <variant>

#include "model/schema.hpp"

namespace plumb::mariadb {

/// How a type goes on that the server fills in itself, and how a part of a key does that is a period.
/// Source: https://mariadb.com/kb/en/system-versioned-tables/, https://mariadb.com/kb/en/application-time-periods/
inline constexpr std::string_view row_clause = " GENERATED ALWAYS AS ROW ";
inline constexpr std::string_view without_overlaps = " WITHOUT OVERLAPS";
/// How a geometry type goes on; not printed by the server.
inline constexpr std::string_view reference_system = " ref_system_id=";

/// Why a text is none that the model can hold, and where. Nothing is guessed.
struct ParseProblem {
  std::size_t offset = 0;  ///< bytes from the beginning of the text
  std::string reason;      ///< "line 3: expected `,` or `)`, found `FOO`"
};

/// The table, field by field as the server prints it (its own spelling of types and expressions):
/// - A column's type is the text as printed, without charset and collation. Those are filled in for every
/// character
///   column, from the table's default where they are not printed.
/// - A default is an Expression; DEFAULT NULL is no default. Generated columns are nullable.
/// - NO ACTION and RESTRICT are both ForeignKeyAction::NoAction: they are the same in InnoDB
///   (https://mariadb.com/kb/en/foreign-keys/).
/// - AUTO_INCREMENT=n is left out; PARTITION BY … and WITH SYSTEM VERSIONING stand in `extra`.
/// - A PERIOD is an option: "system_period" ("(`s`, `e`)") or "period" ("`p` (`s`, `e`)"). A part WITHOUT OVERLAPS is an
///   expression, and GENERATED ALWAYS AS ROW START belongs to the type.
/// - Names that the server makes by itself (CONSTRAINT_1, <table>_ibfk_1) are marked as generated.
/// - Strings that are no UTF-8 (the default of a BINARY column) are spelled X'…', also in `written`.
std::variant<Table, ParseProblem> parse_show_create_table(std::string_view text);

/// The server prints a sequence in a default always with its database. One of the table's own database loses it, so
/// that the definition means the same in every database.
void leave_out_database(Table& table, std::string_view database);

/// The query of a view without its own database's name. The server prints that where the view stands in another database than its
/// tables, or cannot be used (its DEFINER is not there): `shop`.`t`.`id`, and `shop`.`t` behind FROM and JOIN. A pair elsewhere is a
/// table's other name and a column.
std::string without_database(std::string_view query, std::string_view database);

/// The view; `header` is what stands between CREATE and VIEW.
std::variant<View, ParseProblem> parse_show_create_view(std::string_view text);

/// What stands behind FOR EACH ROW in the text of SHOW CREATE TRIGGER; empty when it is none.
std::string_view trigger_body(std::string_view definition);

/// The bytes that a printed string literal ('it''s\n') stands for.
/// Source: https://mariadb.com/kb/en/string-literals/
std::string string_value(std::string_view literal);

/// The literal that the server prints for these bytes: quotes doubled, backslash, zero, newline and carriage
/// return escaped.
std::string string_literal(std::string_view value);

/// True when `printed` is `text` with a question mark for every character outside of the basic plane, which
/// is how the server prints default values, comments and whatever information_schema shows.
bool is_lossy_print(std::string_view printed, std::string_view text);

}  // namespace plumb::mariadb
