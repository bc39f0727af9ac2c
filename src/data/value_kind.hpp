// data/value_kind.hpp: how the values of a column are compared and written, whatever the engine.
#pragma once

#include "model/type.hpp"

namespace plumb::data {

/// docs/master_data.md has the table of the forms.
enum class ValueKind {
  Bool,     ///< true, false
  Integer,  ///< whole numbers, years
  Decimal,  ///< exact digits, as many behind the point as declared
  Float,    ///< a number of single precision
  Double,
  Text,  ///< UTF-8, byte for byte; also JSON
  Char,  ///< text whose trailing spaces do not count
  Enum,
  Set,
  Uuid,
  Inet6,
  Date,
  Time,
  DateTime,  ///< also timestamps, in UTC
  Blob,
  Binary,  ///< bytes of fixed length
  Any,     ///< an engine's own type: whatever the value is
};

/// The portable type that an engine's own type (native) stands for, where there is one; any other as it is.
ColumnType data_type(const ColumnType& type);

/// The kind of a type that data_type() gave.
ValueKind value_kind(const ColumnType& type);

}  // namespace plumb::data
