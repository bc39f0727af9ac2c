// dialect/sqlite/stored_create_grammar.hpp: from the text of sqlite_schema.sql to its syntax tree.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <variant>

#include "dialect/sqlite/stored_create_ast.hpp"

namespace plumb::sqlite::stored {

/// Where a text stopped making sense, and why.
struct SyntaxProblem {
  std::size_t offset = 0;
  std::string reason;
};

/// The tree points into `text`.
std::variant<ast::Create, SyntaxProblem> parse_create(std::string_view text);

}  // namespace plumb::sqlite::stored
