// dialect/mariadb/stored_value.hpp: what the server makes of a value when its column gets another type or charset.
#pragma once

#include <string>

#include "model/table.hpp"

namespace plumb::mariadb {

/// Conditions for the values of a column that its new form does not keep. Empty: there are none.
struct Misfit {
  std::string refused;   ///< strict mode refuses these values
  std::string changed;   ///< the server stores another value for these without a word
  bool is_known = true;  ///< false: nothing can be said beforehand
};

/// Requires: neither column is generated. `before.name` is the name to ask by.
/// Source: the conversions of ALTER TABLE under STRICT_ALL_TABLES, each tried out on the server.
Misfit misfit_of(const Column& before, const Column& after);

/// What the new form stores unchanged becomes what it was, letter by letter, when the column takes its old form again: `'1.50'` that was a number
/// in between does not.
bool is_given_again(const Column& before, const Column& after);

/// The value that the new form stores, as an expression over the standing one; empty when it cannot be said.
std::string stored_value(const Column& before, const Column& after);

}  // namespace plumb::mariadb
