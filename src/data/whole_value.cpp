#include "data/whole_value.hpp"

#include <cmath>

#include "data/text_forms.hpp"
#include "db/connection.hpp"
#include "support/error.hpp"
#include "support/text.hpp"

namespace plumb::data {
namespace {

Json text_json(const std::string& text, const MasterColumn& column) {
  // whole numbers beyond 64 bits with sign come as texts
  if (column.kind == ValueKind::Integer) return from_database(text, column);
  if (!is_valid_utf8(text)) return Json{{"text_base64", base64(text)}};
  return Json(text);
}

Json real_json(double real, const MasterColumn& column, bool types_bind) {
  if (!std::isfinite(real)) return Json{{"real", real < 0 ? "-inf" : "inf"}};
  if (column.kind == ValueKind::Decimal) return from_database(real, column);
  return Json(column.kind == ValueKind::Float && types_bind ? single_form(real) : real);
}

/// The text of a field that alone makes up an object; nothing otherwise.
const std::string* only_field(const Json& value, const char* name) {
  if (!value.is_object() || value.size() != 1) return nullptr;
  const auto found = value.find(name);
  return found == value.end() || !found->is_string() ? nullptr : &found->get_ref<const std::string&>();
}

}  // namespace

Json whole_form(const sql::Value& value, const MasterColumn& column, bool types_bind) {
  if (sql::is_null(value)) return nullptr;
  if (const auto* blob = std::get_if<sql::Blob>(&value)) return Json{{"base64", base64(blob->bytes)}};
  if (const auto* text = std::get_if<std::string>(&value)) return text_json(*text, column);
  if (const auto* real = std::get_if<double>(&value)) return real_json(*real, column, types_bind);
  return from_database(value, column);
}

Json comparable_form(const Json& whole, const MasterColumn& column, bool& fits) {
  if (whole.is_null()) return whole;
  try {
    return in_one_form(whole, column);
  } catch (const Error&) {
    fits = false;
    return whole;
  }
}

sql::Value bound_as_it_is(const Json& whole) {
  if (const auto* bytes = only_field(whole, "text_base64")) return from_base64(*bytes).value_or(std::string());
  if (const auto* real = only_field(whole, "real")) return real->starts_with('-') ? -HUGE_VAL : HUGE_VAL;
  if (whole.is_structured() && only_field(whole, "base64") == nullptr) throw Error("no value of a column");
  return to_database(whole, {});
}

sql::Value bound_by_type(const Json& whole, const MasterColumn& column) {
  return to_database(in_one_form(whole, column), column);
}

}  // namespace plumb::data
