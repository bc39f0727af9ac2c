#include <algorithm>
#include <array>

#include "lint/checks.hpp"
#include "sql/tokens.hpp"
#include "support/text.hpp"

namespace plumb::lint {
namespace {

/// Words of amounts of money, in the languages in which schemas are often written; a plural `s` may follow.
constexpr std::array money_words{
    std::string_view("amount"), std::string_view("balance"), std::string_view("cost"),     std::string_view("fee"),    std::string_view("invoice"),
    std::string_view("money"),  std::string_view("payment"), std::string_view("price"),    std::string_view("refund"), std::string_view("revenue"),
    std::string_view("salary"), std::string_view("subtotal"), std::string_view("turnover"), std::string_view("wage"),   std::string_view("betrag"),
    std::string_view("preis"),  std::string_view("saldo"),   std::string_view("montant"),  std::string_view("precio"), std::string_view("prix"),
};

bool is_money(std::string_view name) {
  std::string lower = to_lower(name);
  std::size_t begin = 0;
  while (begin <= lower.size()) {
    const std::size_t end = std::min(lower.find('_', begin), lower.size());
    std::string_view word = std::string_view(lower).substr(begin, end - begin);
    if (std::find(money_words.begin(), money_words.end(), word) != money_words.end()) return true;
    if (word.ends_with('s') && std::find(money_words.begin(), money_words.end(), word.substr(0, word.size() - 1)) != money_words.end()) return true;
    begin = end + 1;
  }
  return false;
}

/// A type of binary fractions, the engine's own spellings included.
bool is_binary_fraction(const ColumnType& type) {
  if (type.kind == TypeKind::Float || type.kind == TypeKind::Double) return true;
  if (type.kind != TypeKind::Native) return false;
  const auto begins = [](std::string_view text) {
    const auto token = sql::next_token(text, 0, sql::common_lexis);
    return equal_ignoring_case(token.text, "float") || equal_ignoring_case(token.text, "double") || equal_ignoring_case(token.text, "real");
  };
  return begins(type.native.common) || std::any_of(type.native.variants.begin(), type.native.variants.end(), [&](const auto& variant) { return begins(variant.second); });
}

bool is_small_integer(TypeKind kind) { return kind == TypeKind::TinyInt || kind == TypeKind::SmallInt || kind == TypeKind::MediumInt || kind == TypeKind::Int; }

bool is_in_primary_key(const Table& table, const Column& column) {
  if (!table.primary_key) return false;
  const auto& parts = table.primary_key->parts;
  return std::any_of(parts.begin(), parts.end(), [&](const IndexPart& part) { return part.column == column.name; });
}

void check_column(const Table& table, const Column& column, Concerns& found) {
  const Subject subject{SubjectKind::Column, table.name, column.name};
  const std::string name = "`" + table.name + "." + column.name + "`";
  if (is_binary_fraction(column.type) && is_money(column.name)) {
    found.push_back({"float-for-money", subject, "column " + name + " looks like an amount of money and is a binary fraction, which rounds; `decimal(12,2)` does not"});
  }
  if (column.type.kind == TypeKind::Bool && column.nullable) {
    found.push_back({"nullable-boolean", subject, "column " + name + " is a boolean with three values; take the `?` away, or name the third one in an `enum`"});
  }
  if (column.auto_increment && is_small_integer(column.type.kind)) {
    found.push_back({"small-auto-key", subject, "column " + name + " counts by itself and has fewer than 64 bits; `serial` does not run out"});
  }
}

void check_nullable_columns(const Table& table, Concerns& found) {
  std::size_t nullable = 0;
  for (const Column& column : table.columns) {
    if (is_in_primary_key(table, column) || column.generated) continue;
    if (!column.nullable) return;
    ++nullable;
  }
  if (nullable < 2) return;
  found.push_back({"all-columns-nullable", {SubjectKind::Table, table.name, {}}, "every column of table `" + table.name + "` but its key may be NULL; a row can say nothing at all"});
}

}  // namespace

void check_columns(const Input& input, Concerns& found) {
  for (const auto& [name, table] : input.description.schema.tables) {
    for (const Column& column : table.columns) check_column(table, column, found);
    check_nullable_columns(table, found);
  }
}

}  // namespace plumb::lint
