// sql/value.hpp: one value of one column of one row, as it travels between an engine and plumb.
#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

namespace plumb::sql {

/// Bytes that are not text.
struct Blob {
  std::string bytes;
  auto operator<=>(const Blob&) const = default;
};

/// NULL, an integer, a floating-point number, UTF-8 text, or bytes.
/// Exact decimals, dates and times travel as text.
using Value = std::variant<std::monostate, std::int64_t, double, std::string, Blob>;
using Row = std::vector<Value>;

inline bool is_null(const Value& value) { return std::holds_alternative<std::monostate>(value); }

}  // namespace plumb::sql
