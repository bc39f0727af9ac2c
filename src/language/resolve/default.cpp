// Which defaults fit which types.
#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "language/resolve/type.hpp"

namespace plumb::language {
namespace {

using Problem = std::optional<std::string>;

std::string quoted(const std::string& text) {
  return "`" + shortened(text, 60) + "`";
}

/// The type in the user's words: what a reference holds is called after the `serial` that it refers to.
std::string shown(const ColumnType& type) {
  return "`" + (type.kind == TypeKind::SerialRef ? std::string("serial") : type_text(type)) + "`";
}

std::size_t characters(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(
      text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

struct IntegerRange {
  double low;
  double high;  ///< one above the highest, so that 64 bits need no rounding
};

IntegerRange range_of(TypeKind kind, bool is_unsigned) {
  int bits = 64;
  if (kind == TypeKind::TinyInt) bits = 8;
  if (kind == TypeKind::SmallInt) bits = 16;
  if (kind == TypeKind::MediumInt) bits = 24;
  if (kind == TypeKind::Int) bits = 32;
  return is_unsigned ? IntegerRange{0, std::ldexp(1.0, bits)}
                     : IntegerRange{-std::ldexp(1.0, bits - 1), std::ldexp(1.0, bits - 1)};
}

Problem integer_problem(const ColumnType& type, const std::string& number) {
  if (number.find_first_of(".eE") != std::string::npos) return quoted(number) + " is not a whole number";
  double value = 0;
  std::from_chars(number.data(), number.data() + number.size(), value);
  const IntegerRange range = range_of(type.kind, type.is_unsigned);
  if (value < range.low || value >= range.high)
    return quoted(number) + " is out of the range of " + shown(type);
  return std::nullopt;
}

Problem decimal_problem(const ColumnType& type, const std::string& number) {
  if (number.find_first_of("eE") != std::string::npos) return std::nullopt;
  const std::string_view digits = std::string_view(number).substr(number.starts_with('-') ? 1 : 0);
  std::string_view whole = digits.substr(0, digits.find('.'));
  while (whole.size() > 1 && whole.starts_with('0')) whole.remove_prefix(1);
  const std::size_t room = type.precision - type.scale;
  if (whole != "0" && whole.size() > room) return quoted(number) + " is out of the range of " + shown(type);
  const std::size_t scale =
      digits.find('.') == std::string_view::npos ? 0 : digits.size() - digits.find('.') - 1;
  if (scale > type.scale) return quoted(number) + " has more decimals than " + shown(type);
  return std::nullopt;
}

Problem member_problem(const ColumnType& type, std::string_view member) {
  if (std::find(type.members.begin(), type.members.end(), member) != type.members.end()) return std::nullopt;
  const std::string meant = closest_match(member, type.members);
  return quoted(std::string(member)) + " is no member" +
         (meant.empty() ? "" : "; did you mean `" + meant + "`?");
}

Problem members_problem(const ColumnType& type, std::string_view members) {
  while (!members.empty()) {
    const std::size_t comma = members.find(',');
    if (Problem problem = member_problem(type, members.substr(0, comma))) return problem;
    if (comma == std::string_view::npos) break;
    members.remove_prefix(comma + 1);
  }
  return std::nullopt;
}

bool is_text(TypeKind kind) {
  return kind == TypeKind::Char || kind == TypeKind::Varchar || kind == TypeKind::Text ||
         kind == TypeKind::MediumText || kind == TypeKind::LongText;
}

bool is_number(TypeKind kind) {
  return is_integer(kind) || kind == TypeKind::Decimal || kind == TypeKind::Float ||
         kind == TypeKind::Double || kind == TypeKind::SerialRef || kind == TypeKind::Year;
}

bool is_moment(TypeKind kind) {
  return kind == TypeKind::Date || kind == TypeKind::Time || kind == TypeKind::DateTime ||
         kind == TypeKind::Timestamp;
}

Problem string_problem(const ColumnType& type, const std::string& text) {
  if (is_number(type.kind) || type.kind == TypeKind::Bool) {
    return "the string " + quoted(text) + " is no value of " + shown(type);
  }
  if (type.kind == TypeKind::Enum) return member_problem(type, text);
  if (type.kind == TypeKind::Set) return members_problem(type, text);
  const bool counts_bytes = type.kind == TypeKind::Binary || type.kind == TypeKind::Varbinary;
  const bool has_length = counts_bytes || type.kind == TypeKind::Char || type.kind == TypeKind::Varchar;
  if (!has_length || !type.length) return std::nullopt;
  const std::size_t length = counts_bytes ? text.size() : characters(text);
  if (length <= *type.length) return std::nullopt;
  return quoted(text) + " is longer than " + counted(*type.length, counts_bytes ? "byte" : "character");
}

Problem number_problem(const ColumnType& type, const std::string& number) {
  if (is_integer(type.kind)) return integer_problem(type, number);
  if (type.kind == TypeKind::SerialRef) {
    ColumnType serial;
    serial.kind = TypeKind::BigInt;
    return integer_problem(serial, number);
  }
  if (type.kind == TypeKind::Decimal) return decimal_problem(type, number);
  if (type.kind == TypeKind::Bool && number != "0" && number != "1")
    return quoted(number) + " is neither true nor false";
  if (is_number(type.kind) || type.kind == TypeKind::Bool) return std::nullopt;
  return "the number " + quoted(number) + " is no value of " + shown(type);
}

}  // namespace

Problem default_problem(const ColumnType& type, bool nullable, const Default& value) {
  if (type.kind == TypeKind::Serial) return "`serial` counts by itself";
  if (value.kind == DefaultKind::Null && !nullable) return "null is no value of a column that is not null";
  if (type.kind == TypeKind::Native) return std::nullopt;
  switch (value.kind) {
    case DefaultKind::Literal:
      return string_problem(type, value.text);
    case DefaultKind::Number:
      return number_problem(type, value.text);
    case DefaultKind::Bool:
      if (type.kind == TypeKind::Bool || is_integer(type.kind)) return std::nullopt;
      return "`" + value.text + "` is no value of " + shown(type);
    case DefaultKind::Now:
      if (is_moment(type.kind) || is_text(type.kind)) return std::nullopt;
      return "the current time is no value of " + shown(type);
    case DefaultKind::Null:
    case DefaultKind::Expression:
      return std::nullopt;
  }
  return std::nullopt;
}

}  // namespace plumb::language
