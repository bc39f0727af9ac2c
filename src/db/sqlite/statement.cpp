#include "db/sqlite/statement.hpp"

#include <fmt/format.h>

#include "db/sqlite/errors.hpp"

namespace plumb::db::sqlite {
namespace {

/// Into a value whose memory is used again.
void read_value(sqlite3_stmt* statement, int column, sql::Value& out) {
  switch (sqlite3_column_type(statement, column)) {
    case SQLITE_INTEGER:
      out = static_cast<std::int64_t>(sqlite3_column_int64(statement, column));
      return;
    case SQLITE_FLOAT:
      out = sqlite3_column_double(statement, column);
      return;
    case SQLITE_TEXT: {
      const auto* bytes = reinterpret_cast<const char*>(sqlite3_column_text(statement, column));
      const std::string_view text(bytes, static_cast<std::size_t>(sqlite3_column_bytes(statement, column)));
      if (auto* held = std::get_if<std::string>(&out)) held->assign(text);
      else out = std::string(text);
      return;
    }
    case SQLITE_BLOB: {
      const auto* bytes = static_cast<const char*>(sqlite3_column_blob(statement, column));
      const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement, column));
      out = sql::Blob{size == 0 ? std::string() : std::string(bytes, size)};
      return;
    }
    default:
      out = std::monostate{};
  }
}

}  // namespace

Statement::Statement(sqlite3* handle, std::string_view sql, bool runs_often) : handle_(handle), sql_(sql) {
  const unsigned flags = runs_often ? SQLITE_PREPARE_PERSISTENT : 0U;
  const char* next = sql_.c_str();
  const char* end = next + sql_.size();
  while (next < end) {
    sqlite3_stmt* raw = nullptr;
    const int code = sqlite3_prepare_v3(handle_, next, static_cast<int>(end - next) + 1, flags, &raw, &next);
    std::unique_ptr<sqlite3_stmt, Finalize> found(raw);
    if (code != SQLITE_OK) throw last_error(handle_, sql_);
    if (found && statement_) {
      throw DatabaseError(DatabaseErrorKind::Other, "sqlite", SQLITE_MISUSE,
                          "more than one statement where one was expected", sql_);
    }
    if (found) statement_ = std::move(found);
    if (next < end && *next == '\0') {
      throw DatabaseError(DatabaseErrorKind::Other, "sqlite", SQLITE_MISUSE, "a statement holds a zero byte",
                          sql_);
    }
  }
}

std::vector<std::string> Statement::columns() const {
  std::vector<std::string> names;
  const int count = sqlite3_column_count(statement_.get());
  names.reserve(static_cast<std::size_t>(count));
  for (int i = 0; i < count; ++i) names.emplace_back(sqlite3_column_name(statement_.get(), i));
  return names;
}

void Statement::bind(std::span<const sql::Value> parameters) {
  const int expected = sqlite3_bind_parameter_count(statement_.get());
  if (static_cast<std::size_t>(expected) != parameters.size()) {
    throw DatabaseError(
        DatabaseErrorKind::Other, "sqlite", SQLITE_RANGE,
        fmt::format("the statement has {} parameters, {} were given", expected, parameters.size()), sql_);
  }
  int index = 0;
  for (const auto& value : parameters) bind_one(++index, value);
}

void Statement::bind_one(int index, const sql::Value& value) {
  sqlite3_stmt* statement = statement_.get();
  int code = SQLITE_OK;
  if (const auto* integer = std::get_if<std::int64_t>(&value)) {
    code = sqlite3_bind_int64(statement, index, *integer);
  } else if (const auto* real = std::get_if<double>(&value)) {
    code = sqlite3_bind_double(statement, index, *real);
  } else if (const auto* text = std::get_if<std::string>(&value)) {
    code = sqlite3_bind_text64(statement, index, text->data(), text->size(), SQLITE_STATIC, SQLITE_UTF8);
  } else if (const auto* blob = std::get_if<sql::Blob>(&value)) {
    code = sqlite3_bind_blob64(statement, index, blob->bytes.data(), blob->bytes.size(), SQLITE_STATIC);
  } else {
    code = sqlite3_bind_null(statement, index);
  }
  if (code != SQLITE_OK) throw last_error(handle_, sql_);
}

bool Statement::step() {
  if (!statement_) return false;
  const int code = sqlite3_step(statement_.get());
  if (code == SQLITE_ROW) return true;
  if (code == SQLITE_DONE) return false;
  throw last_error(handle_, sql_);
}

sql::Row Statement::row() const {
  sql::Row out;
  read_row(out);
  return out;
}

void Statement::read_row(sql::Row& out) const {
  const int count = sqlite3_column_count(statement_.get());
  out.resize(static_cast<std::size_t>(count));
  for (int i = 0; i < count; ++i) read_value(statement_.get(), i, out[static_cast<std::size_t>(i)]);
}

void Statement::rewind() { sqlite3_reset(statement_.get()); }

void Statement::reset() {
  if (!statement_) return;
  sqlite3_reset(statement_.get());
  sqlite3_clear_bindings(statement_.get());
}

}  // namespace plumb::db::sqlite
