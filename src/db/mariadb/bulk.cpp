#include "db/mariadb/bulk.hpp"

#include <cstring>

namespace plumb::db::mariadb {
namespace {

constexpr std::size_t largest_batch_rows = 2000;
constexpr std::size_t largest_batch_bytes = 4U
                                            << 20U;  // a quarter of the server's default max_allowed_packet

constexpr std::size_t null_kind = 0;
constexpr std::size_t integer_kind = 1;
constexpr std::size_t real_kind = 2;
constexpr std::size_t text_kind = 3;
constexpr std::size_t blob_kind = 4;
static_assert(std::is_same_v<std::variant_alternative_t<blob_kind, sql::Value>, sql::Blob>);
static_assert(std::variant_size_v<sql::Value> == 5);

std::size_t bytes_of(const sql::Value& value) {
  if (const auto* text = std::get_if<std::string>(&value)) return text->size() + 9;
  if (const auto* blob = std::get_if<sql::Blob>(&value)) return blob->bytes.size() + 9;
  return 9;
}

}  // namespace

BulkParameters::BulkParameters(std::span<const sql::Row> rows, std::size_t column_count)
    : columns_(column_count) {
  row_count_ = countable_rows(rows);
  binds_.reserve(column_count);
  for (std::size_t i = 0; i < column_count; ++i) {
    fill(columns_[i], rows.first(row_count_), i);
    binds_.push_back(bind_of(columns_[i]));
  }
}

std::size_t BulkParameters::countable_rows(std::span<const sql::Row> rows) {
  std::size_t bytes = 0;
  std::size_t count = 0;
  for (const auto& row : rows) {
    for (const auto& value : row) bytes += bytes_of(value);
    if (count != 0 && bytes > largest_batch_bytes) return count;
    for (std::size_t i = 0; i < row.size(); ++i) {
      const std::size_t kind = row[i].index();
      if (kind == null_kind || kind == columns_[i].kind) continue;
      if (columns_[i].kind != null_kind) return count;
    }
    for (std::size_t i = 0; i < row.size(); ++i) {
      if (row[i].index() != null_kind) columns_[i].kind = row[i].index();
    }
    if (++count == largest_batch_rows) return count;
  }
  return count;
}

void BulkParameters::fill(ColumnArrays& arrays, std::span<const sql::Row> rows, std::size_t column) const {
  const auto push_bytes = [&arrays](const std::string* bytes) {
    arrays.pointers.push_back(bytes == nullptr ? "" : bytes->data());
    arrays.lengths.push_back(bytes == nullptr ? 0 : bytes->size());
  };
  arrays.reserve(rows.size());
  for (const auto& row : rows) {
    const sql::Value& value = row[column];
    arrays.indicators.push_back(sql::is_null(value) ? STMT_INDICATOR_NULL : STMT_INDICATOR_NONE);
    switch (arrays.kind) {
      case integer_kind:
        arrays.integers.push_back(sql::is_null(value) ? 0 : std::get<std::int64_t>(value));
        break;
      case real_kind:
        arrays.reals.push_back(sql::is_null(value) ? 0 : std::get<double>(value));
        break;
      case blob_kind:
        push_bytes(sql::is_null(value) ? nullptr : &std::get<sql::Blob>(value).bytes);
        break;
      default:  // text, and a column of nothing but NULLs
        push_bytes(sql::is_null(value) ? nullptr : &std::get<std::string>(value));
        break;
    }
  }
}

void BulkParameters::ColumnArrays::reserve(std::size_t rows) {
  indicators.reserve(rows);
  if (kind == integer_kind) {
    integers.reserve(rows);
  } else if (kind == real_kind) {
    reals.reserve(rows);
  } else {
    pointers.reserve(rows);
    lengths.reserve(rows);
  }
}

MYSQL_BIND BulkParameters::bind_of(ColumnArrays& arrays) {
  MYSQL_BIND bind;
  std::memset(&bind, 0, sizeof bind);
  bind.u.indicator = arrays.indicators.data();
  if (arrays.kind == integer_kind) {
    bind.buffer_type = MYSQL_TYPE_LONGLONG;
    bind.buffer = arrays.integers.data();
  } else if (arrays.kind == real_kind) {
    bind.buffer_type = MYSQL_TYPE_DOUBLE;
    bind.buffer = arrays.reals.data();
  } else {
    bind.buffer_type = arrays.kind == text_kind ? MYSQL_TYPE_STRING : MYSQL_TYPE_BLOB;
    bind.buffer = arrays.pointers.data();
    bind.length = arrays.lengths.data();
  }
  return bind;
}

}  // namespace plumb::db::mariadb
