// model/type.hpp: the type of a column, portable or an engine's own.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sql/engine_sql.hpp"

namespace plumb {

enum class TypeKind {
  Bool, TinyInt, SmallInt, MediumInt, Int, BigInt,
  Decimal, Float, Double,
  Char, Varchar, Text, MediumText, LongText,
  Binary, Varbinary, Blob, MediumBlob, LongBlob,
  Date, Time, DateTime, Timestamp, Year,
  Json, Uuid, Inet6, Enum, Set,
  Serial,     ///< an automatic 64-bit primary key
  SerialRef,  ///< holds the value of a Serial of another table
  Native,     ///< an engine's own type, as it is; the only kind in a CanonicalSchema
};

/// The docs/types.md table says what each kind is on each engine.
struct ColumnType {
  TypeKind kind = TypeKind::Native;
  bool is_unsigned = false;                ///< integer kinds only
  std::optional<std::uint32_t> length;     ///< characters (Char, Varchar), bytes (Binary, Varbinary), or fractional
                                           ///< digits (Time, DateTime, Timestamp)
  std::uint32_t precision = 0;             ///< Decimal
  std::uint32_t scale = 0;                 ///< Decimal
  std::vector<std::string> members;        ///< Enum, Set
  sql::EngineSql native;                   ///< Native
  bool operator==(const ColumnType&) const = default;
};

/// The word of the language for the kind ("varchar"); empty for Native and SerialRef.
std::string_view type_word(TypeKind kind);
/// The kind of a word of the language ("varchar"), if it is one. `ref` and `native` are not type words.
std::optional<TypeKind> type_kind(std::string_view word);

ColumnType native_type(std::string text);

}  // namespace plumb
