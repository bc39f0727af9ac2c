// dialect/mariadb/show_create_grammar.hpp: the entry to the Spirit grammar of SHOW CREATE.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "dialect/mariadb/show_create_ast.hpp"

namespace plumb::mariadb::show_create {

/// Where a parse could not go on, and why.
struct Stop {
  std::size_t offset = 0;
  std::string reason;
};

/// Fills the table with stretches of `text`, which must outlive it. Nothing means that all went well.
std::optional<Stop> parse_table(std::string_view text, ast::Table& table);
std::optional<Stop> parse_view(std::string_view text, ast::View& view);

/// "line 3: ", what is wrong, and the beginning of what stands there.
Stop stop_at(std::string_view text, const char* place, std::string_view problem);

}  // namespace plumb::mariadb::show_create
