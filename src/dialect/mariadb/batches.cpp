#include "dialect/mariadb/batches.hpp"

#include <algorithm>
#include <array>

#include "dialect/mariadb/attic.hpp"
#include "dialect/mariadb/mariadb_dialect.hpp"
#include "dialect/mariadb/render.hpp"
#include "sql/tokens.hpp"
#include "support/text.hpp"

namespace plumb::mariadb {
namespace {

constexpr std::string_view below_all_keys = "-9223372036854775809";
constexpr std::string_view highest_key = "18446744073709551615";

bool is_integer(const ColumnType& type) {
  constexpr std::array<std::string_view, 5> words{"tinyint", "smallint", "mediumint", "int", "bigint"};
  const std::string text = to_lower(type.native.text_for("mariadb"));
  const std::string word = text.substr(0, text.find_first_of("( "));
  return std::find(words.begin(), words.end(), word) != words.end();
}

std::string as_decimal(std::string_view placeholder) { return "CAST(" + std::string(placeholder) + " AS DECIMAL(20))"; }

}  // namespace

std::string within_bounds(const std::string& key) {
  return key + " > IFNULL(@plumb_after, " + std::string(below_all_keys) + ") AND " + key + " <= IFNULL(@plumb_upto, " + std::string(highest_key) + ")";
}

std::optional<std::string> batch_column(const Table& table) {
  if (!table.primary_key || table.primary_key->parts.size() != 1) return std::nullopt;
  const Column* column = table.find_column(table.primary_key->parts.front().column);
  return column != nullptr && is_integer(column->type) ? std::optional(column->name) : std::nullopt;
}

bool looks_at_its_own_row(std::string_view expression) {
  const auto tokens = sql::tokenize(expression, sql::mariadb_lexis);
  return std::none_of(tokens.begin(), tokens.end(), [](const sql::Token& token) { return token.kind == sql::TokenKind::Word && equal_ignoring_case(token.text, "select"); });
}

Command fill_in_batches(const std::string& change, const std::string& condition, const std::string& table, const std::optional<std::string>& column, const std::string& rows_of) {
  Command whole{CommandKind::Fill, change + (condition.empty() ? std::string() : " WHERE " + condition), {}};
  if (!column) return whole;
  Command part{CommandKind::Fill, change + " WHERE " + (condition.empty() ? std::string() : "(" + condition + ") AND ") + within_bounds(quoted(*column)), {}};
  part.batches = Batches{table, *column};
  whole.rows_of = rows_of;
  whole.when_large.push_back(std::move(part));
  return whole;
}

Command copy_in_batches(const Command& whole, const KeptValues& values, const std::optional<std::string>& column, const KeepingForms& forms) {
  if (!column || values.key.size() != 1 || values.key.front() != *column || comes_later(values)) return whole;
  Command part{CommandKind::Fill, insertion_to_keep(values, forms, within_bounds(quoted(*column))), {}};
  if (is_narrowed(values)) part.sql = cut_to_fit(part.sql);
  part.batches = Batches{values.table, *column};
  Command copy = whole;
  copy.rows_of = values.table;
  copy.when_large = {{CommandKind::Statement, whole.sql + " LIMIT 0", {}}, std::move(part)};
  return copy;
}

BatchQueries MariaDbDialect::batch_queries(const Batches& batches) const {
  const std::string column = quoted(batches.column);
  const std::string from = " FROM " + quoted(batches.table);
  return {"SELECT CAST(MIN(" + column + ") AS DECIMAL(20)) - 1" + from,
          "SELECT " + column + from + " WHERE " + column + " > " + as_decimal("{after}") + " ORDER BY " + column + " LIMIT 1 OFFSET " + std::to_string(rows_in_a_batch - 1),
          std::string(highest_key),
          "SET @plumb_after = " + as_decimal("{after}") + ", @plumb_upto = " + as_decimal("{upto}"),
          "SET @plumb_after = NULL, @plumb_upto = NULL"};
}

}  // namespace plumb::mariadb
