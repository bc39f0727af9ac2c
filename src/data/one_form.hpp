// data/one_form.hpp: a value of a file and a value of a database, brought into the one form in which they are
// compared. For this folder alone.
#pragma once

#include <nlohmann/json.hpp>

#include <optional>
#include <string>
#include <string_view>

#include "data/master_tables.hpp"
#include "sql/value.hpp"

namespace plumb::data {

using Json = nlohmann::ordered_json;

/// Brings a value of a file into its one form. Not for references. Throws Error whose text says what is
/// wanted
/// ("a whole number from 0 to 255") when the value is of another kind or the column's type cannot hold it.
Json in_one_form(const Json& value, const MasterColumn& column);

/// The one form of a text of a file or a database, for columns of decimals, dates, times, UUIDs, addresses and sets: the text itself,
/// or what is put into `made`. Nothing where it is no such value. Requires: has_text_form().
std::optional<std::string_view> text_in_form(std::string_view text, const MasterColumn& column, std::string& made);
bool has_text_form(ValueKind kind);

/// Whether a column of whole numbers can hold this one.
bool holds_whole(const ColumnType& type, std::int64_t number);

/// A text of so many bytes fits the type, whatever its characters.
std::size_t sure_bytes(const ColumnType& type);

/// A value of the database in the same form. Never refuses: what the declared type does not allow (SQLite)
/// comes as it is, and then no file can hold the same.
Json from_database(const sql::Value& value, const MasterColumn& column);

/// A value in its one form as it is bound to a statement.
sql::Value to_database(const Json& value, const MasterColumn& column);

/// As JSON on one line; bytes that are no UTF-8 are shown as replacement characters.
std::string shown(const Json& value);

/// The order of natural keys: field by field; null, then false and true, numbers by value, texts by their
/// bytes.
bool comes_before(const Json& a, const Json& b);

}  // namespace plumb::data
