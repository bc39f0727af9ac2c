#include "dialect/mariadb/sizes.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <string>
#include <string_view>
#include <vector>

#include "dialect/mariadb/types.hpp"
#include "sql/tokens.hpp"
#include "support/text.hpp"

namespace plumb::mariadb {
namespace {

struct FixedSize {
  std::string_view word;
  std::uint64_t bytes;
};

/// mariadb.com/kb/en/data-type-storage-requirements; texts and blobs: a pointer and the length.
constexpr std::array fixed_sizes{
    FixedSize{"tinyint", 1},  FixedSize{"smallint", 2}, FixedSize{"mediumint", 3},   FixedSize{"int", 4},       FixedSize{"bigint", 8},   FixedSize{"float", 4},
    FixedSize{"double", 8},   FixedSize{"date", 3},     FixedSize{"year", 1},        FixedSize{"uuid", 16},     FixedSize{"inet6", 16},   FixedSize{"inet4", 4},
    FixedSize{"tinytext", 9}, FixedSize{"tinyblob", 9}, FixedSize{"text", 10},       FixedSize{"blob", 10},     FixedSize{"mediumtext", 11}, FixedSize{"mediumblob", 11},
    FixedSize{"longtext", 12}, FixedSize{"longblob", 12}, FixedSize{"json", 12},
};

struct CharsetWidth {
  std::string_view name;
  std::uint64_t bytes;
};

/// Bytes of the longest character; all others take one (mariadb.com/kb/en/supported-character-sets-and-collations).
constexpr std::array charset_widths{
    CharsetWidth{"utf8mb4", 4}, CharsetWidth{"utf16", 4}, CharsetWidth{"utf16le", 4}, CharsetWidth{"utf32", 4}, CharsetWidth{"utf8mb3", 3}, CharsetWidth{"ujis", 3},
    CharsetWidth{"eucjpms", 3}, CharsetWidth{"ucs2", 2},  CharsetWidth{"big5", 2},    CharsetWidth{"gbk", 2},   CharsetWidth{"gb2312", 2},  CharsetWidth{"sjis", 2},
    CharsetWidth{"cp932", 2},   CharsetWidth{"euckr", 2},
};

std::uint64_t character_bytes(const std::string& charset) {
  const auto found = std::find_if(charset_widths.begin(), charset_widths.end(), [&](const CharsetWidth& width) { return width.name == charset; });
  return found == charset_widths.end() ? 1 : found->bytes;
}

/// The numbers in the parentheses of a type: 10 and 2 of "decimal(10,2)".
std::vector<std::uint64_t> numbers_in(std::string_view type) {
  std::vector<std::uint64_t> numbers;
  for (const auto& token : sql::tokenize(type, sql::mariadb_lexis)) {
    std::uint64_t number = 0;
    const auto [end, problem] = std::from_chars(token.text.data(), token.text.data() + token.text.size(), number);
    if (token.kind == sql::TokenKind::Number && problem == std::errc() && end == token.text.data() + token.text.size()) numbers.push_back(number);
  }
  return numbers;
}

std::uint64_t decimal_bytes(std::uint64_t precision, std::uint64_t scale) {
  constexpr std::array<std::uint64_t, 9> leftover{0, 1, 1, 2, 2, 3, 3, 4, 4};
  const auto half = [&](std::uint64_t digits) { return digits / 9 * 4 + leftover.at(digits % 9); };
  return half(precision - std::min(precision, scale)) + half(scale);
}

std::uint64_t members_of(std::string_view type) {
  const auto tokens = sql::tokenize(type, sql::mariadb_lexis);
  return static_cast<std::uint64_t>(std::count_if(tokens.begin(), tokens.end(), [](const auto& token) { return token.kind == sql::TokenKind::String; }));
}

/// Characters or bytes that a char, varchar, binary or varbinary holds.
std::uint64_t length_of(std::string_view type) {
  const auto numbers = numbers_in(type);
  return numbers.empty() ? 1 : numbers.front();
}

std::uint64_t content_bytes(const Column& column, std::uint64_t length) {
  return is_character_type(column.type.native.common) ? length * character_bytes(column.charset) : length;
}

}  // namespace

bool is_blob(const Column& column) {
  const std::string word = base_type(column.type.native.common);
  return word == "json" || word.ends_with("text") || word.ends_with("blob");
}

std::uint64_t row_bytes(const Column& column) {
  const std::string& type = column.type.native.common;
  const std::string word = base_type(type);
  const auto fixed = std::find_if(fixed_sizes.begin(), fixed_sizes.end(), [&](const FixedSize& size) { return size.word == word; });
  if (fixed != fixed_sizes.end()) return fixed->bytes;
  const auto numbers = numbers_in(type);
  const std::uint64_t fraction = numbers.empty() ? 0 : (numbers.front() + 1) / 2;
  if (word == "time") return 3 + fraction;
  if (word == "timestamp") return 4 + fraction;
  if (word == "datetime") return 5 + fraction;
  if (word == "char" || word == "binary") return content_bytes(column, length_of(type));
  if (word == "varchar" || word == "varbinary") {
    const std::uint64_t bytes = content_bytes(column, length_of(type));
    return bytes + (bytes > 255 ? 2 : 1);
  }
  if (word == "decimal") return decimal_bytes(numbers.empty() ? 10 : numbers[0], numbers.size() > 1 ? numbers[1] : 0);
  if (word == "bit") return (length_of(type) + 7) / 8;
  if (word == "enum") return members_of(type) > 255 ? 2 : 1;
  if (word == "set") return members_of(type) > 32 ? 8 : (members_of(type) + 7) / 8;
  return 0;
}

std::uint64_t key_bytes(const Column& column, std::optional<std::uint32_t> prefix) {
  const std::string& type = column.type.native.common;
  const std::string word = base_type(type);
  if (is_blob(column)) return content_bytes(column, prefix.value_or(0));
  if (word != "char" && word != "varchar" && word != "binary" && word != "varbinary") return row_bytes(column);
  const std::uint64_t length = length_of(type);
  return content_bytes(column, prefix ? std::min<std::uint64_t>(*prefix, length) : length);
}

std::optional<std::uint64_t> longest_key_bytes(const Table& table) {
  const auto options = table.options.find("mariadb");
  if (options == table.options.end()) return 3072;
  const auto option = [&](std::string_view name) {
    const auto found = options->second.find(name);
    return found == options->second.end() ? std::string() : to_lower(found->second);
  };
  const std::string engine = option("engine");
  if (!engine.empty() && engine != "innodb") return std::nullopt;
  const std::string format = option("row_format");
  return format == "compact" || format == "redundant" ? 767 : 3072;
}

bool is_hashed(const Table& table, const Index& index) {
  const auto longest = longest_key_bytes(table);
  if (index.kind != IndexKind::Unique || !longest) return false;
  std::uint64_t bytes = 0;
  for (const IndexPart& part : index.parts) {
    const Column* column = table.find_column(part.column);
    if (column == nullptr) return false;
    if (is_blob(*column) && !part.length) return true;
    bytes += key_bytes(*column, part.length);
  }
  return bytes > *longest;
}

}  // namespace plumb::mariadb
