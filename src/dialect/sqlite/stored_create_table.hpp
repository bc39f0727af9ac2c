// dialect/sqlite/stored_create_table.hpp: from the syntax tree of a CREATE TABLE to the model's Table.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "dialect/sqlite/stored_create_ast.hpp"
#include "dialect/sqlite/stored_create_grammar.hpp"
#include "model/table.hpp"

namespace plumb::sqlite::stored {

/// `text` is what `tree` points into.
std::variant<Table, SyntaxProblem> build_table(const ast::Table& tree, std::string_view text);

/// A part of an index or key; nothing where the text is none.
std::optional<IndexPart> build_part(std::string_view text);

std::vector<std::string> name_texts(const std::vector<ast::Slice>& names);

}  // namespace plumb::sqlite::stored
