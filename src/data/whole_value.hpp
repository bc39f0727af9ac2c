// data/whole_value.hpp: any value of any column as JSON, and back. For this folder alone.
//
// A value that its column's type can hold is written as a package of master data would write it, but for texts, which are
// written as they stand. What SQLite holds besides says what it is: {"text_base64": …} for a text that is no UTF-8, {"real":
// "inf"}, {"base64": …} for bytes in a column of texts, a text in a column of numbers.
#pragma once

#include "data/master_tables.hpp"
#include "data/one_form.hpp"
#include "sql/value.hpp"

namespace plumb::data {

/// `types_bind`: the engine refuses values that the type cannot hold; then a FLOAT has single precision.
Json whole_form(const sql::Value& value, const MasterColumn& column, bool types_bind);

/// The same value in the form in which engines are compared: dates in one spelling, CHAR without its trailing spaces. What the
/// column's type cannot hold stays as it is, and `fits` becomes false.
Json comparable_form(const Json& whole, const MasterColumn& column, bool& fits);

/// As it is bound to a statement of the engine that it came from.
sql::Value bound_as_it_is(const Json& whole);

/// As it is bound to a statement of another engine. Throws Error whose text says what is wanted where the column's type cannot
/// hold it.
sql::Value bound_by_type(const Json& whole, const MasterColumn& column);

}  // namespace plumb::data
