#include "data/one_form.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>

#include "data/text_forms.hpp"
#include "db/connection.hpp"
#include "support/error.hpp"
#include "support/text.hpp"

namespace plumb::data {
namespace {

struct Range {
  std::int64_t lowest;
  std::uint64_t highest;
};

Range range_of(const ColumnType& type) {
  const auto bits = [&](unsigned count) {
    const std::uint64_t half = std::uint64_t{1} << (count - 1);
    if (type.is_unsigned) return Range{0, half - 1 + half};
    return Range{-static_cast<std::int64_t>(half - 1) - 1, half - 1};
  };
  switch (type.kind) {
    case TypeKind::TinyInt:
      return bits(8);
    case TypeKind::SmallInt:
      return bits(16);
    case TypeKind::MediumInt:
      return bits(24);
    case TypeKind::Int:
      return bits(32);
    case TypeKind::Year:
      return {0, 2155};
    // whatever else holds whole numbers holds 64 bits
    case TypeKind::Bool:
    case TypeKind::BigInt:
    case TypeKind::Serial:
    case TypeKind::SerialRef:
    case TypeKind::Native:
    case TypeKind::Decimal:
    case TypeKind::Float:
    case TypeKind::Double:
    case TypeKind::Char:
    case TypeKind::Varchar:
    case TypeKind::Text:
    case TypeKind::MediumText:
    case TypeKind::LongText:
    case TypeKind::Binary:
    case TypeKind::Varbinary:
    case TypeKind::Blob:
    case TypeKind::MediumBlob:
    case TypeKind::LongBlob:
    case TypeKind::Date:
    case TypeKind::Time:
    case TypeKind::DateTime:
    case TypeKind::Timestamp:
    case TypeKind::Json:
    case TypeKind::Uuid:
    case TypeKind::Inet6:
    case TypeKind::Enum:
    case TypeKind::Set:
      return bits(64);
  }
  return bits(64);
}

Json whole_number(const Json& value, const ColumnType& type) {
  const Range range = range_of(type);
  const auto wanted = [&] {
    return "a whole number from " + std::to_string(range.lowest) + " to " + std::to_string(range.highest);
  };
  if (!value.is_number_integer()) throw Error(wanted());
  const bool is_negative = !value.is_number_unsigned() && value.get<std::int64_t>() < 0;
  const bool fits = is_negative ? value.get<std::int64_t>() >= range.lowest : value.get<std::uint64_t>() <= range.highest;
  if (!fits) throw Error(wanted());
  // small numbers in one representation, however they were read
  if (!value.is_number_unsigned() || value.get<std::uint64_t>() > static_cast<std::uint64_t>(INT64_MAX))
    return value;
  return Json(value.get<std::int64_t>());
}

Json floating(double number, ValueKind kind) {
  if (kind == ValueKind::Float) number = single_form(number);
  if (!std::isfinite(number)) throw Error("a finite number");
  return Json(number == 0 ? 0.0 : number);  // SQLite keeps no sign of a zero
}

std::size_t characters(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(
      text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

std::string without_trailing_spaces(std::string text) {
  text.resize(text.find_last_not_of(' ') + 1);
  return text;
}

/// The most bytes of a type, 0: bounded otherwise or not at all. Source: https://mariadb.com/kb/en/text
std::uint64_t most_bytes(const ColumnType& type) {
  if (type.kind == TypeKind::Text || type.kind == TypeKind::Blob) return 65535;
  if (type.kind == TypeKind::MediumText || type.kind == TypeKind::MediumBlob) return 16777215;
  if (type.kind == TypeKind::Varbinary) return type.length.value_or(0);
  return 0;
}

std::string text_form(std::string text, const ColumnType& type) {
  if (type.kind == TypeKind::Char) text = without_trailing_spaces(std::move(text));
  const bool counted_in_characters = type.kind == TypeKind::Char || type.kind == TypeKind::Varchar;
  if (counted_in_characters && type.length && characters(text) > *type.length) {
    throw Error("a text of at most " + counted(*type.length, "character"));
  }
  if (const auto most = most_bytes(type); most != 0 && text.size() > most)
    throw Error("a text of at most " + counted(most, "byte"));
  return text;
}

std::string bytes_form(std::string bytes, const ColumnType& type) {
  if (type.kind == TypeKind::Binary && type.length) {
    if (bytes.size() > *type.length) throw Error("at most " + counted(*type.length, "byte"));
    bytes.resize(*type.length, '\0');
  }
  if (const auto most = most_bytes(type); most != 0 && bytes.size() > most)
    throw Error("at most " + counted(most, "byte"));
  return bytes;
}

Json as_json(std::optional<std::string> form, const std::string& wanted) {
  if (!form) throw Error(wanted);
  return Json(std::move(*form));
}

Json bytes_json(const std::string& bytes) {
  return Json{{"base64", base64(bytes)}};
}

std::optional<std::string> bytes_of(const Json& value) {
  if (!value.is_object() || value.size() != 1 || !value.contains("base64") || !value["base64"].is_string())
    return std::nullopt;
  return from_base64(value["base64"].get_ref<const std::string&>());
}

Json enum_member(std::string text, const std::vector<std::string>& members) {
  if (std::find(members.begin(), members.end(), text) != members.end()) return Json(std::move(text));
  throw Error("one of \"" + shortened(join(members, "\", \""), 200) + "\"");
}

/// What a text that is no value of the column should have been.
std::string wanted_text(const MasterColumn& column) {
  const std::uint32_t digits = column.type.length.value_or(0);
  switch (column.kind) {
    case ValueKind::Decimal:
      return "a decimal number like \"12.50\" with at most " + std::to_string(column.type.precision) + " digits, " + std::to_string(column.type.scale) + " of them behind the point";
    case ValueKind::Set:
      return "members of \"" + shortened(join(column.type.members, "\", \""), 200) + "\", joined by commas";
    case ValueKind::Uuid:
      return "a UUID";
    case ValueKind::Inet6:
      return "an IPv6 address";
    case ValueKind::Date:
      return "a date like \"2026-01-31\"";
    case ValueKind::Time:
      return "a time like \"" + *time_form("12:00:00", digits) + "\"";
    case ValueKind::DateTime:
      return "a time like \"" + *date_time_form("2026-01-31 12:00:00", digits) + "\"";
    case ValueKind::Bool:
      return "true or false";
    case ValueKind::Float:
    case ValueKind::Double:
      return "a number";
    case ValueKind::Blob:
    case ValueKind::Binary:
      return "an object {\"base64\": \"…\"}";
    case ValueKind::Integer:
    case ValueKind::Text:
    case ValueKind::Char:
    case ValueKind::Enum:
    case ValueKind::Any:
      break;
  }
  return "a text";
}

/// The form of a text for the kinds whose values are texts; throws for the others.
Json form_of_text(std::string text, const MasterColumn& column) {
  if (has_text_form(column.kind)) {
    std::string made;
    const auto form = text_in_form(text, column, made);
    if (!form) throw Error(wanted_text(column));
    return Json(std::string(*form));
  }
  if (column.kind == ValueKind::Text || column.kind == ValueKind::Char) return Json(text_form(std::move(text), column.type));
  if (column.kind == ValueKind::Enum) return enum_member(std::move(text), column.type.members);
  if (column.kind == ValueKind::Any) return Json(std::move(text));
  if (column.kind == ValueKind::Integer) return whole_number(Json(nullptr), column.type);
  throw Error(wanted_text(column));
}

template <class Number>
std::optional<Number> parsed_whole(const std::string& text) {
  Number number{};
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
  return problem == std::errc() && end == text.data() + text.size() ? std::optional<Number>(number)
                                                                    : std::nullopt;
}

Json text_from_database(const std::string& text, const MasterColumn& column) {
  if (column.kind == ValueKind::Blob || column.kind == ValueKind::Binary)
    return bytes_json(bytes_form(text, column.type));
  if (column.kind == ValueKind::Integer) {
    // MariaDB's unsigned numbers beyond 64 bits with sign
    if (const auto number = parsed_whole<std::uint64_t>(text)) return Json(*number);
    return Json(text);
  }
  return form_of_text(text, column);
}

Json value_from_database(const sql::Value& value, const MasterColumn& column) {
  if (const auto* blob = std::get_if<sql::Blob>(&value)) {
    if (column.kind == ValueKind::Any) return bytes_json(blob->bytes);
    return text_from_database(blob->bytes, column);
  }
  if (const auto* text = std::get_if<std::string>(&value)) return text_from_database(*text, column);
  const auto* whole = std::get_if<std::int64_t>(&value);
  const double real = whole != nullptr ? static_cast<double>(*whole) : std::get<double>(value);
  switch (column.kind) {
    case ValueKind::Bool:
      if (whole != nullptr && (*whole == 0 || *whole == 1)) return Json(*whole == 1);
      break;
    case ValueKind::Decimal:
      if (whole != nullptr) return form_of_text(std::to_string(*whole), column);
      return as_json(decimal_form(real, column.type.precision, column.type.scale), "");
    case ValueKind::Float:
    case ValueKind::Double:
      return floating(real, column.kind);
    case ValueKind::Integer:
    case ValueKind::Text:
    case ValueKind::Char:
    case ValueKind::Enum:
    case ValueKind::Set:
    case ValueKind::Uuid:
    case ValueKind::Inet6:
    case ValueKind::Date:
    case ValueKind::Time:
    case ValueKind::DateTime:
    case ValueKind::Blob:
    case ValueKind::Binary:
    case ValueKind::Any:
      break;
  }
  return whole != nullptr ? Json(*whole) : Json(real);
}

/// The value as it is, whatever the column declares.
Json plain(const sql::Value& value) {
  if (const auto* blob = std::get_if<sql::Blob>(&value)) return bytes_json(blob->bytes);
  if (const auto* whole = std::get_if<std::int64_t>(&value)) return Json(*whole);
  if (const auto* real = std::get_if<double>(&value)) return Json(*real);
  return Json(db::as_text(value));
}

}  // namespace

Json in_one_form(const Json& value, const MasterColumn& column) {
  if (value.is_null()) return value;
  switch (column.kind) {
    case ValueKind::Bool:
      if (value.is_boolean()) return value;
      if (value.is_number_integer() && (value == 0 || value == 1)) return Json(value == 1);
      throw Error("true or false");
    case ValueKind::Integer:
      return whole_number(value, column.type);
    case ValueKind::Float:
    case ValueKind::Double:
      if (value.is_number()) return floating(value.get<double>(), column.kind);
      break;
    case ValueKind::Blob:
    case ValueKind::Binary: {
      const auto bytes = bytes_of(value);
      if (!bytes) throw Error("an object {\"base64\": \"…\"}");
      return bytes_json(bytes_form(*bytes, column.type));
    }
    case ValueKind::Any: {
      if (!value.is_structured()) return value;
      const auto bytes = bytes_of(value);
      if (!bytes) throw Error("a number, a text or an object {\"base64\": \"…\"}");
      return bytes_json(*bytes);
    }
    case ValueKind::Decimal:
      if (value.is_number_float()) return form_of_text(shortest(value.get<double>()), column);
      if (value.is_number()) return form_of_text(value.dump(), column);
      break;
    case ValueKind::Text:
    case ValueKind::Char:
    case ValueKind::Enum:
    case ValueKind::Set:
    case ValueKind::Uuid:
    case ValueKind::Inet6:
    case ValueKind::Date:
    case ValueKind::Time:
    case ValueKind::DateTime:
      break;
  }
  if (value.is_string()) return form_of_text(value.get<std::string>(), column);
  const bool may_be_empty = column.kind == ValueKind::Text || column.kind == ValueKind::Char ||
                            column.kind == ValueKind::Set || column.kind == ValueKind::Enum;
  if (may_be_empty) throw Error("a text");
  return form_of_text({}, column);  // throws: none of the other kinds has an empty text
}

bool has_text_form(ValueKind kind) {
  switch (kind) {
    case ValueKind::Decimal:
    case ValueKind::Set:
    case ValueKind::Uuid:
    case ValueKind::Inet6:
    case ValueKind::Date:
    case ValueKind::Time:
    case ValueKind::DateTime:
      return true;
    case ValueKind::Bool:
    case ValueKind::Integer:
    case ValueKind::Float:
    case ValueKind::Double:
    case ValueKind::Text:
    case ValueKind::Char:
    case ValueKind::Enum:
    case ValueKind::Blob:
    case ValueKind::Binary:
    case ValueKind::Any:
      return false;
  }
  return false;
}

std::optional<std::string_view> text_in_form(std::string_view text, const MasterColumn& column, std::string& made) {
  const ColumnType& type = column.type;
  const std::uint32_t digits = type.length.value_or(0);
  const auto as_made = [&](std::optional<std::string> form) -> std::optional<std::string_view> {
    if (!form) return std::nullopt;
    made = std::move(*form);
    return made;
  };
  switch (column.kind) {
    case ValueKind::Decimal:
      return is_decimal(text, type.precision, type.scale) ? text : as_made(decimal_form(text, type.precision, type.scale));
    case ValueKind::Date:
      return is_date(text) ? std::optional(text) : std::nullopt;
    case ValueKind::DateTime:
      return is_date_time(text, digits) ? text : as_made(date_time_form(text, digits));
    case ValueKind::Uuid:
      return is_uuid(text) ? text : as_made(uuid_form(text));
    case ValueKind::Time:
      return as_made(time_form(text, digits));
    case ValueKind::Inet6:
      return as_made(inet6_form(std::string(text)));
    case ValueKind::Set:
      return as_made(set_form(text, type.members));
    case ValueKind::Bool:
    case ValueKind::Integer:
    case ValueKind::Float:
    case ValueKind::Double:
    case ValueKind::Text:
    case ValueKind::Char:
    case ValueKind::Enum:
    case ValueKind::Blob:
    case ValueKind::Binary:
    case ValueKind::Any:
      return std::nullopt;
  }
  return std::nullopt;
}

bool holds_whole(const ColumnType& type, std::int64_t number) {
  const Range range = range_of(type);
  return number < 0 ? number >= range.lowest : static_cast<std::uint64_t>(number) <= range.highest;
}

std::size_t sure_bytes(const ColumnType& type) {
  const bool counted_in_characters = type.kind == TypeKind::Char || type.kind == TypeKind::Varchar;
  if (counted_in_characters && type.length) return *type.length;
  const auto most = most_bytes(type);
  return most == 0 ? std::numeric_limits<std::size_t>::max() : most;
}

Json from_database(const sql::Value& value, const MasterColumn& column) {
  if (sql::is_null(value)) return nullptr;
  try {
    return value_from_database(value, column);
  } catch (const Error&) {
    return plain(value);
  }
}

sql::Value to_database(const Json& value, const MasterColumn&) {
  if (value.is_null()) return {};
  if (value.is_boolean()) return std::int64_t{value.get<bool>() ? 1 : 0};
  if (value.is_number_float()) return value.get<double>();
  if (value.is_number_unsigned() && value.get<std::uint64_t>() > static_cast<std::uint64_t>(INT64_MAX)) {
    return std::to_string(value.get<std::uint64_t>());
  }
  if (value.is_number_integer()) return value.get<std::int64_t>();
  if (value.is_object()) return sql::Blob{bytes_of(value).value_or(std::string())};
  return value.get<std::string>();
}

std::string shown(const Json& value) {
  return value.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace plumb::data
