#include "data/value_kind.hpp"

#include <charconv>
#include <vector>

#include "support/text.hpp"

namespace plumb::data {
namespace {

std::vector<std::uint32_t> numbers_between_parentheses(std::string_view text) {
  std::vector<std::uint32_t> numbers;
  const std::size_t open = text.find('(');
  const std::size_t close = text.find(')');
  if (open == std::string_view::npos || close == std::string_view::npos || close < open) return numbers;
  const char* at = text.data() + open + 1;
  const char* end = text.data() + close;
  while (at < end) {
    std::uint32_t number = 0;
    const auto [next, problem] = std::from_chars(at, end, number);
    if (problem != std::errc()) {
      ++at;
      continue;
    }
    numbers.push_back(number);
    at = next;
  }
  return numbers;
}

/// The word of the language for the engines' own synonyms.
std::string_view common_word(std::string_view word) {
  if (word == "boolean") return "bool";
  if (word == "integer") return "bigint";  // SQLite's holds 64 bits
  if (word == "numeric") return "decimal";
  if (word == "real") return "double";
  if (word == "tinytext" || word == "enum" || word == "set") return "text";
  if (word == "tinyblob") return "blob";
  return word;
}

}  // namespace

ColumnType data_type(const ColumnType& type) {
  if (type.kind != TypeKind::Native) return type;
  // One decision for both engines, so that they write the same bytes.
  const std::string text = to_lower(
      trim(type.native.is_for("mariadb") ? type.native.text_for("mariadb") : type.native.text_for("sqlite")));
  const std::string word(trim(std::string_view(text).substr(0, text.find_first_of("( "))));
  const auto kind = text == "tinyint(1)" ? TypeKind::Bool : type_kind(common_word(word));
  if (!kind) return type;
  ColumnType made;
  made.kind = *kind;
  made.is_unsigned = text.find(" unsigned") != std::string::npos;
  const auto numbers = numbers_between_parentheses(text);
  if (made.kind == TypeKind::Decimal) {
    if (numbers.size() != 2) return type;
    made.precision = numbers[0];
    made.scale = numbers[1];
  } else if (numbers.size() == 1) {
    made.length = numbers[0];
  }
  return made;
}

ValueKind value_kind(const ColumnType& type) {
  switch (type.kind) {
    case TypeKind::Bool:
      return ValueKind::Bool;
    case TypeKind::TinyInt:
    case TypeKind::SmallInt:
    case TypeKind::MediumInt:
    case TypeKind::Int:
    case TypeKind::BigInt:
    case TypeKind::Year:
    case TypeKind::Serial:
    case TypeKind::SerialRef:
      return ValueKind::Integer;
    case TypeKind::Decimal:
      return ValueKind::Decimal;
    case TypeKind::Float:
      return ValueKind::Float;
    case TypeKind::Double:
      return ValueKind::Double;
    case TypeKind::Char:
      return ValueKind::Char;
    case TypeKind::Varchar:
    case TypeKind::Text:
    case TypeKind::MediumText:
    case TypeKind::LongText:
    case TypeKind::Json:
      return ValueKind::Text;
    case TypeKind::Binary:
      return ValueKind::Binary;
    case TypeKind::Varbinary:
    case TypeKind::Blob:
    case TypeKind::MediumBlob:
    case TypeKind::LongBlob:
      return ValueKind::Blob;
    case TypeKind::Date:
      return ValueKind::Date;
    case TypeKind::Time:
      return ValueKind::Time;
    case TypeKind::DateTime:
    case TypeKind::Timestamp:
      return ValueKind::DateTime;
    case TypeKind::Uuid:
      return ValueKind::Uuid;
    case TypeKind::Inet6:
      return ValueKind::Inet6;
    case TypeKind::Enum:
      return ValueKind::Enum;
    case TypeKind::Set:
      return ValueKind::Set;
    case TypeKind::Native:
      return ValueKind::Any;
  }
  return ValueKind::Any;
}

}  // namespace plumb::data
