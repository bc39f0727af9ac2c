// dialect/sqlite/types.hpp: what a portable type is called in SQLite, and back. The table stands in docs/types.md.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "model/table.hpp"

namespace plumb::sqlite {

/// The declared type's text. STRICT tables know only integer, real, text and blob (sqlite.org/stricttables.html).
std::string type_text(const ColumnType& type, bool strict);

/// The CHECK that gives a portable type its meaning here (json, enum), without the word; or nothing.
std::optional<std::string> type_check(const ColumnType& type, std::string_view column);

/// The portable type whose type_text is `text`, or a Native one.
ColumnType portable_type(std::string_view text, bool strict);

enum class Affinity { Integer, Text, Blob, Real, Numeric };
/// sqlite.org/datatype3.html, "Determination Of Column Affinity".
Affinity affinity(std::string_view declared_type);

}  // namespace plumb::sqlite
