// dialect/sqlite/stored_create_part.hpp: one part of an index or key taken apart: column or expression,
// collation, order.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace plumb::sqlite::stored {

/// Stretches of the text that was given.
struct Part {
  std::string_view column;      ///< the name with its quotes; empty: an expression
  std::string_view expression;  ///< without the collation and order that are told apart below
  std::string_view collation;   ///< the name with its quotes; empty: not said
  bool descending = false;
};

/// Reads what stands between two commas of an index's or key's list. A collation that belongs to an operand
/// only
/// (`a || b COLLATE NOCASE`) stays in the expression. Nothing where the text is no expression with an order
/// behind it. Source: https://www.sqlite.org/lang_createindex.html
std::optional<Part> take_part(std::string_view text);

/// The expression as the model has it: no brackets around all of it.
std::string expression_text(const Part& part);

}  // namespace plumb::sqlite::stored
