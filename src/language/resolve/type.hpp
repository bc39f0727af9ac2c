// language/resolve/type.hpp: types as written, checked and turned into the model's.
#pragma once

#include <optional>
#include <string>

#include "language/resolve/scope.hpp"

namespace plumb::language {

/// The column type that was written; nothing, with a mistake reported, when it makes none.
/// A ref(…) gives a SerialRef for the time being. `column` is the column's name, for hints.
std::optional<ColumnType> build_type(Scope& scope, const Place& place, const ast::Type& written,
                                     std::string_view column);

bool is_integer(TypeKind kind);
/// The type as the language spells it, without `?`.
std::string type_text(const ColumnType& type);

/// Why a column of this type cannot have this default, as the end of a sentence that begins with the column;
/// nothing when it can.
std::optional<std::string> default_problem(const ColumnType& type, bool nullable, const Default& value);

/// Whether a column of type `a` can refer to one of type `b`. An engine's own types are not judged.
bool can_refer(const ColumnType& a, const ColumnType& b);

}  // namespace plumb::language
