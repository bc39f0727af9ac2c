#include "data/quick_standing.hpp"

#include <cmath>

#include "data/text_forms.hpp"

namespace plumb::data {

std::optional<RowHash> QuickStanding::hash(const sql::Row& values) {
  RowHash hash;
  bytes_.clear();
  for (const std::size_t k : table_.key) {
    if (!append(values[k], table_.columns[k])) return std::nullopt;
  }
  hash.key = hash_of(bytes_);
  for (std::size_t c = 0; c < table_.columns.size(); ++c) {
    const MasterColumn& column = table_.columns[c];
    if (!column.in_key && !column.is_local && !append(values[c], column)) return std::nullopt;
  }
  hash.content = hash_of(bytes_);
  return hash;
}

bool QuickStanding::append(const sql::Value& value, const MasterColumn& column) {
  if (sql::is_null(value)) {
    append_null(bytes_);
    return true;
  }
  if (column.parent) return append_reference(value, column);
  if (const auto* text = std::get_if<std::string>(&value)) return append_text_of(*text, column);
  if (const auto* whole = std::get_if<std::int64_t>(&value)) {
    if (column.kind == ValueKind::Bool && (*whole == 0 || *whole == 1)) {
      append_bool(bytes_, *whole == 1);
      return true;
    }
    if (column.kind != ValueKind::Integer) return false;
    append_whole(bytes_, static_cast<std::uint64_t>(*whole));
    return true;
  }
  const auto* real = std::get_if<double>(&value);
  if (real == nullptr) return false;
  if ((column.kind == ValueKind::Double || column.kind == ValueKind::Float) && std::isfinite(*real)) {
    const double number = column.kind == ValueKind::Float ? single_form(*real) : *real;
    append_real(bytes_, number == 0 ? 0.0 : number);
    return std::isfinite(number);
  }
  if (column.kind != ValueKind::Decimal) return false;
  const auto form = decimal_form(*real, column.type.precision, column.type.scale);
  if (form) append_text(bytes_, *form);
  return form.has_value();
}

bool QuickStanding::append_text_of(const std::string& text, const MasterColumn& column) {
  const bool is_as_it_stands = column.kind == ValueKind::Text || column.kind == ValueKind::Enum || (column.kind == ValueKind::Char && !text.ends_with(' '));
  if (is_as_it_stands) {
    append_text(bytes_, text);
    return true;
  }
  if (!has_text_form(column.kind)) return false;
  const auto form = text_in_form(text, column, made_);
  if (form) append_text(bytes_, *form);
  return form.has_value();
}

bool QuickStanding::append_reference(const sql::Value& value, const MasterColumn& column) {
  const auto& parent = handles_.key_of_handle[*column.parent];
  const auto known = parent.find(column.parent_column);
  if (known == parent.end()) return false;
  const auto found = known->second.find(db::as_text(value));
  if (found == known->second.end()) return false;
  append_value(bytes_, found->second);
  return true;
}

std::uint64_t raw_hash(const sql::Row& values, std::string& bytes) {
  bytes.clear();
  for (const sql::Value& value : values) {
    bytes.push_back(static_cast<char>(value.index()));
    if (const auto* text = std::get_if<std::string>(&value)) append_text(bytes, *text);
    else if (const auto* blob = std::get_if<sql::Blob>(&value)) append_text(bytes, blob->bytes);
    else if (const auto* whole = std::get_if<std::int64_t>(&value)) append_whole(bytes, static_cast<std::uint64_t>(*whole));
    else if (const auto* real = std::get_if<double>(&value)) append_real(bytes, *real);
  }
  return hash_of(bytes);
}

}  // namespace plumb::data
