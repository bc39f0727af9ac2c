#include "dialect/sqlite/types.hpp"

#include <charconv>
#include <vector>

#include "sql/quote.hpp"
#include "sql/tokens.hpp"
#include "support/text.hpp"

namespace plumb::sqlite {
namespace {

std::string with_length(std::string word, const std::optional<std::uint32_t>& length) {
  return length && *length > 0 ? word + "(" + std::to_string(*length) + ")" : word;
}

std::string strict_text(const ColumnType& type) {
  switch (type.kind) {
    case TypeKind::Bool: case TypeKind::TinyInt: case TypeKind::SmallInt: case TypeKind::MediumInt:
    case TypeKind::Int: case TypeKind::BigInt: case TypeKind::Year: case TypeKind::Serial: case TypeKind::SerialRef:
      return "integer";
    case TypeKind::Float: case TypeKind::Double:
      return "real";
    case TypeKind::Binary: case TypeKind::Varbinary: case TypeKind::Blob: case TypeKind::MediumBlob: case TypeKind::LongBlob:
      return "blob";
    case TypeKind::Decimal: case TypeKind::Char: case TypeKind::Varchar: case TypeKind::Text: case TypeKind::MediumText:
    case TypeKind::LongText: case TypeKind::Date: case TypeKind::Time: case TypeKind::DateTime: case TypeKind::Timestamp:
    case TypeKind::Json: case TypeKind::Uuid: case TypeKind::Inet6: case TypeKind::Enum: case TypeKind::Set:
      return "text";
    case TypeKind::Native:
      return to_lower(type.native.text_for("sqlite"));
  }
  return "text";
}

/// "varchar(20)" -> "varchar" and {20}; nothing where the text has another form.
struct TakenApart {
  std::string word;
  std::vector<std::uint32_t> numbers;
};

std::optional<TakenApart> take_apart(std::string_view text) {
  TakenApart parts;
  const std::size_t open = text.find('(');
  parts.word = std::string(trim(text.substr(0, open)));
  if (open == std::string_view::npos) return parts;
  if (text.back() != ')') return std::nullopt;
  std::string_view inside = text.substr(open + 1, text.size() - open - 2);
  while (!inside.empty()) {
    const std::size_t comma = inside.find(',');
    const std::string_view number = trim(inside.substr(0, comma));
    std::uint32_t value = 0;
    const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), value);
    if (error != std::errc() || end != number.data() + number.size()) return std::nullopt;
    parts.numbers.push_back(value);
    if (comma == std::string_view::npos) break;
    inside.remove_prefix(comma + 1);
  }
  return parts;
}

}  // namespace

std::string type_text(const ColumnType& type, bool strict) {
  if (strict) return strict_text(type);
  const std::string sign = type.is_unsigned ? " unsigned" : "";
  switch (type.kind) {
    case TypeKind::Bool: return "boolean";
    case TypeKind::Int: return type.is_unsigned ? "int unsigned" : "integer";
    case TypeKind::TinyInt: case TypeKind::SmallInt: case TypeKind::MediumInt: case TypeKind::BigInt:
      return std::string(type_word(type.kind)) + sign;
    case TypeKind::Decimal:
      return "decimal(" + std::to_string(type.precision) + "," + std::to_string(type.scale) + ")";
    case TypeKind::Float: case TypeKind::Double: case TypeKind::Text: case TypeKind::MediumText: case TypeKind::LongText:
    case TypeKind::Blob: case TypeKind::MediumBlob: case TypeKind::LongBlob: case TypeKind::Date: case TypeKind::Year:
      return std::string(type_word(type.kind));
    case TypeKind::Char: case TypeKind::Varchar: case TypeKind::Binary: case TypeKind::Varbinary: case TypeKind::Time:
    case TypeKind::DateTime: case TypeKind::Timestamp:
      return with_length(std::string(type_word(type.kind)), type.length);
    case TypeKind::Json: case TypeKind::Enum: case TypeKind::Set: return "text";
    case TypeKind::Uuid: return "char(36)";
    case TypeKind::Inet6: return "varchar(45)";
    case TypeKind::Serial: case TypeKind::SerialRef: return "integer";
    case TypeKind::Native: return to_lower(type.native.text_for("sqlite"));
  }
  return {};
}

std::optional<std::string> type_check(const ColumnType& type, std::string_view column) {
  const std::string name = sql::quote_name(column, sql::Quoting::DoubleQuotes);
  // json_valid(NULL) is 0 in SQLite 3.40
  if (type.kind == TypeKind::Json) return name + " is null or json_valid(" + name + ")";
  if (type.kind != TypeKind::Enum) return std::nullopt;
  std::vector<std::string> members;
  for (const auto& member : type.members) members.push_back(sql::quote_string(member, false));
  return name + " in (" + join(members, ", ") + ")";
}

ColumnType portable_type(std::string_view text, bool strict) {
  const ColumnType native = native_type(std::string(text));
  const auto parts = take_apart(text);
  if (!parts) return native;
  ColumnType type;
  std::string word = parts->word;
  if (strict) {
    if (word == "integer") { type.kind = TypeKind::BigInt; return type; }
    if (word == "real") { type.kind = TypeKind::Double; return type; }
    if (word == "text") { type.kind = TypeKind::Text; return type; }
    if (word == "blob") { type.kind = TypeKind::Blob; return type; }
    return native;
  }
  if (word == "integer") word = "int";
  else if (word == "int") return native;
  if (word == "boolean") word = "bool";
  else if (word == "bool") return native;
  if (word.ends_with(" unsigned")) {
    type.is_unsigned = true;
    word.resize(word.size() - std::string_view(" unsigned").size());
  }
  const auto kind = type_kind(word);
  if (!kind) return native;
  type.kind = *kind;
  if (type.kind == TypeKind::Decimal && parts->numbers.size() == 2) {
    type.precision = parts->numbers[0];
    type.scale = parts->numbers[1];
  } else if (parts->numbers.size() == 1) {
    type.length = parts->numbers[0];
  }
  // what does not come back the same is left in SQLite's own words
  const bool sized = type.kind == TypeKind::Char || type.kind == TypeKind::Varchar || type.kind == TypeKind::Binary || type.kind == TypeKind::Varbinary;
  if ((sized && !type.length) || type_text(type, false) != text) return native;
  return type;
}

Affinity affinity(std::string_view declared_type) {
  const std::string type = to_upper(declared_type);
  const auto has = [&](std::string_view part) { return type.find(part) != std::string::npos; };
  if (has("INT")) return Affinity::Integer;
  if (has("CHAR") || has("CLOB") || has("TEXT")) return Affinity::Text;
  if (has("BLOB") || type.empty()) return Affinity::Blob;
  if (has("REAL") || has("FLOA") || has("DOUB")) return Affinity::Real;
  return Affinity::Numeric;
}

}  // namespace plumb::sqlite
