// dialect/sqlite/edited_create.hpp: a stored CREATE TABLE text with only what changes written anew.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "model/table.hpp"

namespace plumb::sqlite {

/// The stored text of `before` made that of `after`, under `name`: columns and constraints that stay keep their text byte
/// for byte, with their comments, the case of their types and the names of their constraints; what is new or changed is
/// written from the model. Nothing where the text and `before` do not say the same (something was renamed since), or where
/// the outcome would not be read as `after`.
std::optional<std::string> edited_create_table(const Table& before, const Table& after, std::string_view name);

}  // namespace plumb::sqlite
