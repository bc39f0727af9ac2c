#include <algorithm>
#include <array>

#include "model/name.hpp"
#include <string_view>

#include "model/period.hpp"
#include "model/schema.hpp"
#include "model/table.hpp"
#include "model/type.hpp"
#include "sql/tokens.hpp"
#include "support/fingerprint.hpp"
#include "support/text.hpp"

namespace plumb {
namespace {

constexpr std::size_t longest_generated_name = 60;
constexpr std::size_t hash_digits = 8;

struct TypeWord {
  TypeKind kind;
  std::string_view word;
};

constexpr std::array type_words{
    TypeWord{TypeKind::Bool, "bool"},           TypeWord{TypeKind::TinyInt, "tinyint"},
    TypeWord{TypeKind::SmallInt, "smallint"},   TypeWord{TypeKind::MediumInt, "mediumint"},
    TypeWord{TypeKind::Int, "int"},             TypeWord{TypeKind::BigInt, "bigint"},
    TypeWord{TypeKind::Decimal, "decimal"},     TypeWord{TypeKind::Float, "float"},
    TypeWord{TypeKind::Double, "double"},       TypeWord{TypeKind::Char, "char"},
    TypeWord{TypeKind::Varchar, "varchar"},     TypeWord{TypeKind::Text, "text"},
    TypeWord{TypeKind::MediumText, "mediumtext"}, TypeWord{TypeKind::LongText, "longtext"},
    TypeWord{TypeKind::Binary, "binary"},       TypeWord{TypeKind::Varbinary, "varbinary"},
    TypeWord{TypeKind::Blob, "blob"},           TypeWord{TypeKind::MediumBlob, "mediumblob"},
    TypeWord{TypeKind::LongBlob, "longblob"},   TypeWord{TypeKind::Date, "date"},
    TypeWord{TypeKind::Time, "time"},           TypeWord{TypeKind::DateTime, "datetime"},
    TypeWord{TypeKind::Timestamp, "timestamp"}, TypeWord{TypeKind::Year, "year"},
    TypeWord{TypeKind::Json, "json"},           TypeWord{TypeKind::Uuid, "uuid"},
    TypeWord{TypeKind::Inet6, "inet6"},         TypeWord{TypeKind::Enum, "enum"},
    TypeWord{TypeKind::Set, "set"},             TypeWord{TypeKind::Serial, "serial"},
};

}  // namespace

std::string_view type_word(TypeKind kind) {
  for (const auto& entry : type_words) {
    if (entry.kind == kind) return entry.word;
  }
  return {};
}

std::optional<TypeKind> type_kind(std::string_view word) {
  for (const auto& entry : type_words) {
    if (entry.word == word) return entry.kind;
  }
  return std::nullopt;
}

ColumnType native_type(std::string text) {
  ColumnType type;
  type.kind = TypeKind::Native;
  type.native = sql::EngineSql(std::move(text));
  return type;
}

std::string generated_name(std::string_view prefix, std::string_view table, const std::vector<std::string>& columns) {
  std::string name = std::string(prefix) + "_" + std::string(table);
  if (!columns.empty()) name += "_" + join(columns, "_");
  if (name.size() <= longest_generated_name) return name;
  const std::string hash = sha256_hex(name).substr(0, hash_digits);
  std::size_t keep = longest_generated_name - hash_digits - 1;
  while (keep > 0 && (static_cast<unsigned char>(name[keep]) & 0xC0U) == 0x80U) --keep;  // whole characters
  return name.substr(0, keep) + "_" + hash;
}

namespace {

bool ends_with_ignoring_case(std::string_view text, std::string_view end) { return text.size() > end.size() && equal_ignoring_case(text.substr(text.size() - end.size()), end); }

}  // namespace

bool holds_row_end(const Column& column) { return ends_with_ignoring_case(column.type.native.common, "generated always as row end"); }

bool is_of_system_period(const Column& column) { return holds_row_end(column) || ends_with_ignoring_case(column.type.native.common, "generated always as row start"); }

bool keeps_history(const Table& table) { return table.extra.starts_with("WITH SYSTEM VERSIONING"); }

bool is_period(std::string_view option) { return option == "period" || option == "system_period"; }

bool are_just(const std::vector<IndexPart>& parts, const std::vector<std::string>& columns) {
  const auto is_one_of_them = [&](const IndexPart& part) {
    return !part.expression && std::any_of(columns.begin(), columns.end(), [&](const std::string& column) { return equal_ignoring_case(column, part.column); });
  };
  return parts.size() == columns.size() && std::all_of(parts.begin(), parts.end(), is_one_of_them);
}

void drop_repeated_parts(std::vector<IndexPart>& parts) {
  for (std::size_t i = parts.size(); i-- > 1;) {
    const auto here = parts.begin() + static_cast<std::ptrdiff_t>(i);
    if (!here->expression && std::find(parts.begin(), here, *here) != here) parts.erase(here);
  }
}

const Column* Table::find_column(std::string_view wanted) const {
  const auto found = std::find_if(columns.begin(), columns.end(),
                                  [&](const Column& c) { return equal_ignoring_case(c.name, wanted); });
  return found == columns.end() ? nullptr : &*found;
}

Column* Table::find_column(std::string_view wanted) {
  return const_cast<Column*>(static_cast<const Table*>(this)->find_column(wanted));  // NOLINT: same object
}

const Index* Table::find_index(std::string_view wanted) const {
  const auto found = std::find_if(indexes.begin(), indexes.end(), [&](const Index& i) { return i.name.text == wanted; });
  return found == indexes.end() ? nullptr : &*found;
}

namespace {

/// Without IF NOT EXISTS, names without their quotes, white space between the arguments of the module aside.
std::vector<std::string> words_of_virtual_table(const std::string& definition) {
  std::vector<std::string> words;
  for (const sql::Token& token : sql::tokenize(definition, sql::sqlite_lexis)) {
    const bool is_name = token.kind == sql::TokenKind::Word || token.kind == sql::TokenKind::QuotedName;
    words.push_back(is_name ? to_lower(sql::unquoted(token.text)) : std::string(token.text));
  }
  const std::vector<std::string> condition{"if", "not", "exists"};
  const auto found = std::search(words.begin(), words.end(), condition.begin(), condition.end());
  if (found != words.end()) words.erase(found, found + 3);
  return words;
}

}  // namespace

bool same_definition(const Opaque& a, const Opaque& b) {
  // CREATE DEFINER=`user`@`host` FUNCTION …
  const auto without_definer = [](const std::string& text) {
    constexpr std::string_view begin = "CREATE DEFINER=`";
    const std::size_t end = text.find("` ");
    return text.starts_with(begin) && end != std::string::npos ? "CREATE " + text.substr(end + 2) : text;
  };
  if (a.kind != b.kind) return false;
  return without_definer(a.definition) == without_definer(b.definition) || (a.kind == "virtual table" && words_of_virtual_table(a.definition) == words_of_virtual_table(b.definition));
}

}  // namespace plumb
