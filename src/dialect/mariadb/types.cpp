#include "dialect/mariadb/types.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <vector>

#include "sql/quote.hpp"
#include "sql/tokens.hpp"
#include "support/text.hpp"

namespace plumb::mariadb {
namespace {

constexpr std::string_view engine = "mariadb";

struct IntegerWidth {
  TypeKind kind;
  std::string_view word;
  int with_sign;
  int without_sign;
};

/// The widths that the server prints where none was given (mariadb.com/kb/en/int).
constexpr std::array integer_widths{
    IntegerWidth{TypeKind::TinyInt, "tinyint", 4, 3},     IntegerWidth{TypeKind::SmallInt, "smallint", 6, 5},
    IntegerWidth{TypeKind::MediumInt, "mediumint", 9, 8}, IntegerWidth{TypeKind::Int, "int", 11, 10},
    IntegerWidth{TypeKind::BigInt, "bigint", 20, 20},
};

std::string integer_text(TypeKind kind, bool is_unsigned) {
  for (const auto& width : integer_widths) {
    if (width.kind != kind) continue;
    return std::string(width.word) + "(" + std::to_string(is_unsigned ? width.without_sign : width.with_sign) + ")" + (is_unsigned ? " unsigned" : "");
  }
  return {};
}

std::string members_text(std::string_view word, const std::vector<std::string>& members) {
  std::vector<std::string> quoted;
  for (const auto& member : members) quoted.push_back(sql::quote_string(member, true));
  return std::string(word) + "(" + join(quoted, ",") + ")";
}

std::string sized(TypeKind kind, const std::optional<std::uint32_t>& length) {
  const std::string word(type_word(kind));
  return length && *length > 0 ? word + "(" + std::to_string(*length) + ")" : word;
}

std::optional<std::vector<std::string>> members_of(std::string_view inside) {
  std::vector<std::string> members;
  const auto tokens = sql::tokenize(inside, sql::mariadb_lexis);
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    if (i % 2 == 1) {
      if (tokens[i].text != ",") return std::nullopt;
    } else if (tokens[i].kind == sql::TokenKind::String) {
      members.push_back(replace_all(sql::unquoted(tokens[i].text), "\\\\", "\\"));
    } else {
      return std::nullopt;
    }
  }
  return members;
}

std::vector<std::uint32_t> numbers_of(std::string_view inside) {
  std::vector<std::uint32_t> numbers;
  while (!inside.empty()) {
    const std::size_t comma = inside.find(',');
    const std::string_view number = trim(inside.substr(0, comma));
    std::uint32_t value = 0;
    const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), value);
    if (error != std::errc() || end != number.data() + number.size()) return {};
    numbers.push_back(value);
    if (comma == std::string_view::npos) break;
    inside.remove_prefix(comma + 1);
  }
  return numbers;
}

bool is_integer_text(std::string_view base) {
  return std::any_of(integer_widths.begin(), integer_widths.end(), [&](const IntegerWidth& w) { return w.word == base; });
}

/// "1.5" with two digits of scale -> "1.50"; digits beyond the scale are left for the server to round.
std::string with_scale(std::string number, std::uint32_t scale) {
  if (number.find_first_of("eE") != std::string::npos) return number;
  std::size_t point = number.find('.');
  if (point == std::string::npos) {
    if (scale == 0) return number;
    number += '.';
    point = number.size() - 1;
  }
  const std::size_t digits = number.size() - point - 1;
  if (digits < scale) number.append(scale - digits, '0');
  return number;
}

std::uint32_t fraction_digits(std::string_view type_text) {
  const std::size_t open = type_text.find('(');
  if (open == std::string_view::npos) return 0;
  const auto numbers = numbers_of(type_text.substr(open + 1, type_text.find(')') - open - 1));
  return numbers.empty() ? 0 : numbers[0];
}

}  // namespace

std::string type_text(const ColumnType& type) {
  switch (type.kind) {
    case TypeKind::Bool: return "tinyint(1)";
    case TypeKind::TinyInt: case TypeKind::SmallInt: case TypeKind::MediumInt: case TypeKind::Int: case TypeKind::BigInt:
      return integer_text(type.kind, type.is_unsigned);
    case TypeKind::Decimal:
      return "decimal(" + std::to_string(type.precision) + "," + std::to_string(type.scale) + ")";
    case TypeKind::Float: case TypeKind::Double: case TypeKind::Text: case TypeKind::MediumText: case TypeKind::LongText:
    case TypeKind::Blob: case TypeKind::MediumBlob: case TypeKind::LongBlob: case TypeKind::Date: case TypeKind::Uuid: case TypeKind::Inet6:
      return std::string(type_word(type.kind));
    case TypeKind::Char: case TypeKind::Varchar: case TypeKind::Binary: case TypeKind::Varbinary: case TypeKind::Time:
    case TypeKind::DateTime: case TypeKind::Timestamp:
      return sized(type.kind, type.length);
    case TypeKind::Year: return "year(4)";
    case TypeKind::Json: return "longtext";
    case TypeKind::Enum: return members_text("enum", type.members);
    case TypeKind::Set: return members_text("set", type.members);
    case TypeKind::Serial: case TypeKind::SerialRef: return "bigint(20) unsigned";
    case TypeKind::Native: return type.native.text_for(engine);
  }
  return {};
}

std::string base_type(std::string_view text) {
  std::size_t end = 0;
  while (end < text.size() && text[end] != '(' && text[end] != ' ') ++end;
  return to_lower(text.substr(0, end));
}

std::string default_collation(std::string_view charset) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 15> unusual{{
      {"big5", "big5_chinese_ci"},     {"binary", "binary"},           {"cp932", "cp932_japanese_ci"},
      {"dec8", "dec8_swedish_ci"},     {"eucjpms", "eucjpms_japanese_ci"}, {"euckr", "euckr_korean_ci"},
      {"gb2312", "gb2312_chinese_ci"}, {"gbk", "gbk_chinese_ci"},      {"hp8", "hp8_english_ci"},
      {"latin1", "latin1_swedish_ci"}, {"latin5", "latin5_turkish_ci"}, {"sjis", "sjis_japanese_ci"},
      {"swe7", "swe7_swedish_ci"},     {"tis620", "tis620_thai_ci"},   {"ujis", "ujis_japanese_ci"},
  }};
  const auto found = std::find_if(unusual.begin(), unusual.end(), [&](const auto& pair) { return pair.first == charset; });
  return found != unusual.end() ? std::string(found->second) : std::string(charset) + "_general_ci";
}

bool is_character_type(std::string_view text) {
  static constexpr std::array<std::string_view, 8> words{"char", "varchar", "tinytext", "text", "mediumtext", "longtext", "enum", "set"};
  return std::find(words.begin(), words.end(), base_type(text)) != words.end();
}

ColumnType portable_type(std::string_view text) {
  const ColumnType native = native_type(std::string(text));
  if (text == "tinyint(1)") {
    ColumnType type;
    type.kind = TypeKind::Bool;
    return type;
  }
  const auto kind = type_kind(base_type(text));
  if (!kind) return native;
  ColumnType type;
  type.kind = *kind;
  type.is_unsigned = text.ends_with(" unsigned");
  const std::size_t open = text.find('(');
  const std::size_t close = text.rfind(')');
  const std::string_view inside = open == std::string_view::npos ? std::string_view() : text.substr(open + 1, close - open - 1);
  if (type.kind == TypeKind::Enum || type.kind == TypeKind::Set) {
    auto members = members_of(inside);
    if (!members) return native;
    type.members = std::move(*members);
  } else if (type.kind == TypeKind::Decimal) {
    const auto numbers = numbers_of(inside);
    if (numbers.size() != 2) return native;
    type.precision = numbers[0];
    type.scale = numbers[1];
  } else if (!inside.empty() && !is_integer_text(base_type(text))) {
    const auto numbers = numbers_of(inside);
    if (numbers.size() == 1) type.length = numbers[0];
  }
  if (type.kind == TypeKind::Year) type.length.reset();
  return type_text(type) == text ? type : native;
}

std::string default_text(const Default& value, std::string_view type) {
  const std::string base = base_type(type);
  switch (value.kind) {
    case DefaultKind::Literal: {
      if (is_integer_text(base)) return value.text;  // the server folds '5' to 5
      if (base == "decimal") return with_scale(value.text, numbers_of(type.substr(type.find('(') + 1, type.find(')') - type.find('(') - 1)).back());
      std::string text = value.text;
      if ((base == "datetime" || base == "timestamp") && text.size() == 10) text += " 00:00:00";
      if ((base == "datetime" || base == "timestamp") && text.size() == 19 && fraction_digits(type) > 0) text += "." + std::string(fraction_digits(type), '0');
      std::string quoted = sql::quote_string(text, true);
      return replace_all(std::move(quoted), "\n", "\\n");
    }
    case DefaultKind::Number:
      if (base == "decimal") return with_scale(value.text, numbers_of(type.substr(type.find('(') + 1, type.find(')') - type.find('(') - 1)).back());
      if (is_character_type(type)) return sql::quote_string(value.text, true);
      return value.text.starts_with('+') ? value.text.substr(1) : value.text;
    case DefaultKind::Bool: return value.text == "true" ? "1" : "0";
    case DefaultKind::Null: return {};
    case DefaultKind::Now: {
      if (base == "date") return "curdate()";
      if (base == "time") return "curtime()";
      const std::uint32_t digits = fraction_digits(type);
      return digits == 0 ? "current_timestamp()" : "current_timestamp(" + std::to_string(digits) + ")";
    }
    case DefaultKind::Expression: return std::string(trim(value.sql.text_for(engine)));
  }
  return {};
}

}  // namespace plumb::mariadb
