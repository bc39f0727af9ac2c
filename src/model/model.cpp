#include <algorithm>
#include <array>

#include "model/name.hpp"
#include <string_view>

#include "model/period.hpp"
#include "model/schema.hpp"
#include "model/table.hpp"
#include "model/type.hpp"
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

bool holds_row_end(const Column& column) {
  constexpr std::string_view end = "generated always as row end";
  const std::string_view type = column.type.native.common;
  return type.size() > end.size() && equal_ignoring_case(type.substr(type.size() - end.size()), end);
}

bool keeps_history(const Table& table) { return table.extra.starts_with("WITH SYSTEM VERSIONING"); }

bool is_period(std::string_view option) { return option == "period" || option == "system_period"; }

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

bool same_definition(const Opaque& a, const Opaque& b) {
  // CREATE DEFINER=`user`@`host` FUNCTION …
  const auto without_definer = [](const std::string& text) {
    constexpr std::string_view begin = "CREATE DEFINER=`";
    const std::size_t end = text.find("` ");
    return text.starts_with(begin) && end != std::string::npos ? "CREATE " + text.substr(end + 2) : text;
  };
  return a.kind == b.kind && without_definer(a.definition) == without_definer(b.definition);
}

}  // namespace plumb
