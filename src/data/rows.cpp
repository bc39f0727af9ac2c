#include "data/rows.hpp"

#include <array>
#include <charconv>
#include <cmath>

#include <openssl/evp.h>

#include "support/error.hpp"
#include "support/text.hpp"

namespace plumb::data {
namespace {

std::string base64(const std::string& bytes) {
  std::string out((bytes.size() + 2) / 3 * 4 + 1, '\0');
  const int length = EVP_EncodeBlock(reinterpret_cast<unsigned char*>(out.data()), reinterpret_cast<const unsigned char*>(bytes.data()), static_cast<int>(bytes.size()));
  out.resize(static_cast<std::size_t>(length));
  return out;
}

std::string from_base64(const std::string& text) {
  std::string out(text.size() / 4 * 3 + 1, '\0');
  if (text.size() % 4 != 0) throw Error("bytes in base64");
  const int length = EVP_DecodeBlock(reinterpret_cast<unsigned char*>(out.data()), reinterpret_cast<const unsigned char*>(text.data()), static_cast<int>(text.size()));
  if (length < 0) throw Error("bytes in base64");
  std::size_t size = static_cast<std::size_t>(length);
  for (std::size_t i = text.size(); i > 0 && text[i - 1] == '='; --i) --size;
  out.resize(size);
  return out;
}

/// "12.5" with two digits -> "12.50"; "-0" -> "0".
std::string decimal_text(std::string text, std::uint32_t digits) {
  if (text.find_first_of("eE") != std::string::npos) {
    std::array<char, 64> plain{};
    std::snprintf(plain.data(), plain.size(), "%.*f", static_cast<int>(digits), std::stod(text));
    text = plain.data();
  }
  if (text.find_first_not_of("+-.0123456789") != std::string::npos || text.empty()) throw Error("a decimal number like \"12.50\"");
  if (text[0] == '+') text.erase(0, 1);
  std::size_t point = text.find('.');
  if (point == std::string::npos) {
    point = text.size();
    if (digits > 0) text += ".";
  }
  std::size_t have = text.size() > point ? text.size() - point - 1 : 0;
  while (have > digits && text.back() == '0') {
    text.pop_back();
    --have;
  }
  if (digits == 0 && !text.empty() && text.back() == '.') text.pop_back();
  if (have < digits) text.append(digits - have, '0');
  if (text[0] == '-' && text.find_first_not_of("-0.") == std::string::npos) text.erase(0, 1);
  return text;
}

/// "2026-01-31 12:00:00" and its variants (T, Z, missing or further zeros) in one form.
std::string time_text(std::string text, std::uint32_t digits) {
  if (text.size() > 10 && text[10] == 'T') text[10] = ' ';
  if (!text.empty() && text.back() == 'Z') text.pop_back();
  std::size_t point = text.find('.');
  if (point == std::string::npos) {
    if (digits == 0) return text;
    point = text.size();
    text += ".";
  }
  std::size_t have = text.size() - point - 1;
  while (have > digits && text.back() == '0') {
    text.pop_back();
    --have;
  }
  if (have < digits) text.append(digits - have, '0');
  if (digits == 0 && text.back() == '.') text.pop_back();
  return text;
}

std::string number_text(double number) {
  std::array<char, 64> text{};
  const auto [end, error] = std::to_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc() ? std::string(text.data(), end) : std::to_string(number);
}

Json double_form(double number, bool single) {
  if (!std::isfinite(number)) throw Error("a finite number");
  return single ? Json(static_cast<double>(static_cast<float>(number))) : Json(number);
}

std::string scalar_text(const Json& value) {
  if (value.is_string()) return value.get<std::string>();
  if (value.is_number_float()) return number_text(value.get<double>());
  return value.dump();
}

}  // namespace

Json in_one_form(const Json& value, const MasterColumn& column) {
  if (value.is_null()) return value;
  switch (column.kind) {
    case ValueKind::Bool:
      if (value.is_boolean()) return value;
      if (value.is_number_integer() && (value == 0 || value == 1)) return Json(value == 1);
      throw Error("true or false");
    case ValueKind::Integer:
      if (value.is_number_integer()) return value;
      if (value.is_boolean()) return Json(value.get<bool>() ? 1 : 0);
      throw Error("a whole number");
    case ValueKind::Decimal:
      if (value.is_string() || value.is_number()) return Json(decimal_text(scalar_text(value), column.digits));
      throw Error("a decimal number like \"12.50\"");
    case ValueKind::Float: case ValueKind::Double:
      if (value.is_number()) return double_form(value.get<double>(), column.kind == ValueKind::Float);
      throw Error("a number");
    case ValueKind::Text:
      if (value.is_string()) return value;
      throw Error("a text");
    case ValueKind::Date: case ValueKind::Time: case ValueKind::DateTime:
      if (value.is_string()) return Json(time_text(value.get<std::string>(), column.digits));
      throw Error("a date or time as a text");
    case ValueKind::Blob:
      if (value.is_object() && value.size() == 1 && value.contains("base64") && value["base64"].is_string()) {
        from_base64(value["base64"].get<std::string>());
        return value;
      }
      throw Error("an object {\"base64\": \"…\"}");
    case ValueKind::Any: return value;
  }
  return value;
}

Json from_database(const sql::Value& value, const MasterColumn& column) {
  if (sql::is_null(value)) return nullptr;
  if (const auto* blob = std::get_if<sql::Blob>(&value)) {
    if (column.kind == ValueKind::Blob || column.kind == ValueKind::Any) return Json{{"base64", base64(blob->bytes)}};
    return in_one_form(Json(blob->bytes), column);
  }
  if (column.kind == ValueKind::Blob) return Json{{"base64", base64(db::as_text(value))}};
  if (const auto* number = std::get_if<std::int64_t>(&value)) {
    if (column.kind == ValueKind::Bool) return *number == 0 || *number == 1 ? Json(*number == 1) : Json(*number);
    if (column.kind == ValueKind::Decimal) return decimal_text(std::to_string(*number), column.digits);
    if (column.kind == ValueKind::Float || column.kind == ValueKind::Double) return Json(static_cast<double>(*number));
    if (column.kind == ValueKind::Text || column.kind == ValueKind::Date || column.kind == ValueKind::DateTime || column.kind == ValueKind::Time) return Json(std::to_string(*number));
    return Json(*number);
  }
  if (const auto* number = std::get_if<double>(&value)) {
    if (column.kind == ValueKind::Decimal) {
      std::array<char, 64> text{};
      std::snprintf(text.data(), text.size(), "%.*f", static_cast<int>(column.digits), *number);
      return Json(decimal_text(text.data(), column.digits));
    }
    if (column.kind == ValueKind::Text) return Json(number_text(*number));
    return double_form(*number, column.kind == ValueKind::Float);
  }
  const std::string& text = std::get<std::string>(value);
  switch (column.kind) {
    case ValueKind::Decimal: return Json(decimal_text(text, column.digits));
    case ValueKind::Date: case ValueKind::Time: case ValueKind::DateTime: return Json(time_text(text, column.digits));
    case ValueKind::Float: case ValueKind::Double: return double_form(std::stod(text), column.kind == ValueKind::Float);
    case ValueKind::Bool: case ValueKind::Integer: case ValueKind::Text: case ValueKind::Blob: case ValueKind::Any: return Json(text);
  }
  return Json(text);
}

sql::Value to_database(const Json& value, const MasterColumn& column) {
  if (value.is_null()) return {};
  if (value.is_boolean()) return std::int64_t{value.get<bool>() ? 1 : 0};
  if (value.is_number_unsigned() && value.get<std::uint64_t>() > 9223372036854775807ULL) return std::to_string(value.get<std::uint64_t>());
  if (value.is_number_integer()) return value.get<std::int64_t>();
  if (value.is_number_float()) return value.get<double>();
  if (value.is_object() && column.kind != ValueKind::Text) return sql::Blob{from_base64(value.at("base64").get<std::string>())};
  return value.get<std::string>();
}

Json key_object(const MasterTable& table, const MasterRow& row) {
  Json key = Json::object();
  for (const std::size_t i : table.key) key[table.columns[i].name] = row.values[i];
  return key;
}

std::string key_text(const Json& key) { return key.dump(-1, ' ', false, Json::error_handler_t::replace); }

namespace {

std::string select_of(const Dialect& dialect, const MasterTable& table, std::vector<std::string>& extra) {
  std::vector<std::string> names;
  for (const MasterColumn& column : table.columns) {
    const std::string name = dialect.quote(column.name);
    // FLOAT is printed with six digits; as a sum it is a DOUBLE and exact
    names.push_back(column.kind == ValueKind::Float ? name + " + 0e0" : name);
  }
  extra = table.address;
  for (const auto& handle : table.handles) extra.push_back(handle);
  for (const auto& name : extra) names.push_back(dialect.quote(name));
  return "SELECT " + join(names, ", ") + " FROM " + dialect.quote(table.name);
}

}  // namespace

Rows read_rows(db::Connection& connection, const Dialect& dialect, const MasterTables& tables) {
  Rows rows;
  rows.tables.resize(tables.tables.size());
  rows.key_of_handle.resize(tables.tables.size());
  rows.handle_of_key.resize(tables.tables.size());
  std::vector<std::vector<sql::Row>> raw(tables.tables.size());
  for (const std::size_t index : tables.by_key) {
    const MasterTable& table = tables.tables[index];
    std::vector<std::string> extra;
    raw[index] = connection.query(select_of(dialect, table, extra)).rows;
  }
  const auto resolve = [&](std::size_t index, std::size_t c, const sql::Value& value) -> Json {
    const MasterColumn& column = tables.tables[index].columns[c];
    if (!column.parent) return from_database(value, column);
    if (sql::is_null(value)) return nullptr;
    const auto& known = rows.key_of_handle[*column.parent][column.parent_column];
    const auto found = known.find(db::as_text(value));
    if (found == known.end()) {
      throw Error("table `" + tables.tables[index].name + "`: `" + column.name + "` = " + db::as_text(value) + " has no row in `" + tables.tables[*column.parent].name + "`");
    }
    return found->second;
  };
  // natural keys first, in an order in which each finds those it is made of
  for (const std::size_t index : tables.by_key) {
    const MasterTable& table = tables.tables[index];
    for (const sql::Row& values : raw[index]) {
      MasterRow row;
      row.values.resize(table.columns.size());
      for (const std::size_t k : table.key) row.values[k] = resolve(index, k, values[k]);
      const std::size_t address = table.columns.size();
      for (std::size_t a = 0; a < table.address.size(); ++a) row.address.push_back(values[address + a]);
      const Json key = key_object(table, row);
      row.key = key_text(key);
      for (std::size_t h = 0; h < table.handles.size(); ++h) {
        const sql::Value& handle = values[address + table.address.size() + h];
        rows.key_of_handle[index][table.handles[h]].emplace(db::as_text(handle), key);
        rows.handle_of_key[index][table.handles[h]].emplace(row.key, handle);
      }
      rows.tables[index].push_back(std::move(row));
    }
  }
  for (std::size_t index = 0; index < tables.tables.size(); ++index) {
    for (std::size_t r = 0; r < raw[index].size(); ++r) {
      for (std::size_t c = 0; c < tables.tables[index].columns.size(); ++c) {
        if (!tables.tables[index].columns[c].in_key) rows.tables[index][r].values[c] = resolve(index, c, raw[index][r][c]);
      }
    }
  }
  return rows;
}

void read_handles(db::Connection& connection, const Dialect& dialect, const MasterTables& tables, std::size_t index, Rows& rows) {
  const MasterTable& table = tables.tables[index];
  if (table.handles.empty()) return;
  std::vector<std::string> names;
  for (const std::size_t k : table.key) names.push_back(dialect.quote(table.columns[k].name));
  for (const auto& handle : table.handles) names.push_back(dialect.quote(handle));
  for (const sql::Row& values : connection.query("SELECT " + join(names, ", ") + " FROM " + dialect.quote(table.name)).rows) {
    Json key = Json::object();
    for (std::size_t k = 0; k < table.key.size(); ++k) {
      const MasterColumn& column = table.columns[table.key[k]];
      if (!column.parent || sql::is_null(values[k])) {
        key[column.name] = from_database(values[k], column);
      } else {
        key[column.name] = rows.key_of_handle[*column.parent][column.parent_column].at(db::as_text(values[k]));
      }
    }
    const std::string text = key_text(key);
    for (std::size_t h = 0; h < table.handles.size(); ++h) {
      const sql::Value& handle = values[table.key.size() + h];
      rows.key_of_handle[index][table.handles[h]].insert_or_assign(db::as_text(handle), key);
      rows.handle_of_key[index][table.handles[h]].insert_or_assign(text, handle);
    }
  }
}

}  // namespace plumb::data
