#include "probe/ask_assertions.hpp"

#include "support/error.hpp"

namespace plumb {
namespace {

bool is_true(const sql::Value& value) {
  if (const auto* number = std::get_if<std::int64_t>(&value)) return *number != 0;
  if (const auto* number = std::get_if<double>(&value)) return *number != 0;
  if (const auto* text = std::get_if<std::string>(&value)) return !text->empty() && *text != "0";
  return false;
}

}  // namespace

std::optional<std::string> why_it_fails(db::Connection& connection, const std::string& text, const std::string& query) {
  try {
    const auto value = db::single_value(connection, query);
    if (value && is_true(*value)) return std::nullopt;
    const std::string gives = !value ? "no row" : sql::is_null(*value) ? "NULL" : db::as_text(*value);
    return "\"" + text + "\" does not hold (the query gives " + gives + ")";
  } catch (const DatabaseError& error) {
    if (error.kind() == DatabaseErrorKind::Connection) throw;
    return "\"" + text + "\" cannot be asked: " + error.what();
  }
}

}  // namespace plumb
