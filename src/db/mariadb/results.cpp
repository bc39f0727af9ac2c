#include "db/mariadb/results.hpp"

#include <charconv>

namespace plumb::db::mariadb {
namespace {

constexpr unsigned binary_charset = 63;

Reading reading_of(const MYSQL_FIELD& field) {
  switch (static_cast<int>(field.type)) {
    case MYSQL_TYPE_TINY:
    case MYSQL_TYPE_SHORT:
    case MYSQL_TYPE_INT24:
    case MYSQL_TYPE_LONG:
    case MYSQL_TYPE_LONGLONG:
    case MYSQL_TYPE_YEAR:
      return Reading::Integer;
    case MYSQL_TYPE_FLOAT:
    case MYSQL_TYPE_DOUBLE:
      return Reading::Real;
    case MYSQL_TYPE_BIT:
    case MYSQL_TYPE_GEOMETRY:
      return Reading::Bytes;
    case MYSQL_TYPE_VARCHAR:
    case MYSQL_TYPE_VAR_STRING:
    case MYSQL_TYPE_STRING:
    case MYSQL_TYPE_TINY_BLOB:
    case MYSQL_TYPE_MEDIUM_BLOB:
    case MYSQL_TYPE_LONG_BLOB:
    case MYSQL_TYPE_BLOB:
      return field.charsetnr == binary_charset ? Reading::Bytes : Reading::Text;
    default:  // the server's own enumeration: DECIMAL, dates, times, ENUM, SET, JSON, NULL
      return Reading::Text;
  }
}

sql::Value integer(std::string_view text) {
  std::int64_t number = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (problem == std::errc() && end == text.data() + text.size()) return number;
  return std::string(text);
}

sql::Value real(std::string_view text) {
  double number = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (problem == std::errc() && end == text.data() + text.size()) return number;
  return std::string(text);
}

/// Into a value whose memory is used again.
void read_value(std::string_view text, Reading reading, sql::Value& out) {
  switch (reading) {
    case Reading::Integer:
      out = integer(text);
      return;
    case Reading::Real:
      out = real(text);
      return;
    case Reading::Text:
      if (auto* held = std::get_if<std::string>(&out)) held->assign(text);
      else out = std::string(text);
      return;
    case Reading::Bytes:
      out = sql::Blob{std::string(text)};
      return;
  }
}

}  // namespace

std::vector<Reading> readings(MYSQL_RES* result) {
  const unsigned count = mysql_num_fields(result);
  const MYSQL_FIELD* fields = mysql_fetch_fields(result);
  std::vector<Reading> out;
  out.reserve(count);
  for (unsigned i = 0; i < count; ++i) out.push_back(reading_of(fields[i]));
  return out;
}

std::vector<std::string> column_names(MYSQL_RES* result) {
  const unsigned count = mysql_num_fields(result);
  const MYSQL_FIELD* fields = mysql_fetch_fields(result);
  std::vector<std::string> out;
  out.reserve(count);
  for (unsigned i = 0; i < count; ++i) out.emplace_back(fields[i].name, fields[i].name_length);
  return out;
}

void read_row(MYSQL_ROW fields, const unsigned long* lengths, const std::vector<Reading>& readings,
              sql::Row& out) {
  out.resize(readings.size());
  for (std::size_t i = 0; i < readings.size(); ++i) {
    if (fields[i] == nullptr) out[i] = std::monostate{};
    else read_value(std::string_view(fields[i], lengths[i]), readings[i], out[i]);
  }
}

ResultSet read_all(MYSQL_RES* result) {
  ResultSet out;
  out.columns = column_names(result);
  const std::vector<Reading> how = readings(result);
  out.rows.reserve(mysql_num_rows(result));
  while (MYSQL_ROW row = mysql_fetch_row(result)) {
    out.rows.emplace_back();
    read_row(row, mysql_fetch_lengths(result), how, out.rows.back());
  }
  return out;
}

}  // namespace plumb::db::mariadb
