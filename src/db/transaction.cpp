#include <charconv>
#include <utility>

#include "db/connection.hpp"
#include "db/savepoint.hpp"
#include "support/error.hpp"

namespace plumb::db {

std::uint64_t PreparedStatement::execute_many(std::span<const sql::Row> rows) {
  std::uint64_t changed = 0;
  for (const auto& row : rows) changed += execute(row);
  return changed;
}

void PreparedStatement::load_many(std::span<const sql::Row> rows) {
  loaded_ = rows;
}

void PreparedStatement::start_many() {
  changed_ = execute_many(std::exchange(loaded_, {}));
}

std::uint64_t PreparedStatement::finish() {
  return std::exchange(changed_, 0);
}

void Connection::for_each_result(std::span<const std::string> queries,
                                 const std::function<void(std::size_t, ResultSet)>& visit) {
  std::size_t number = 0;
  for (auto& result : query_all(queries)) visit(number++, std::move(result));
}

std::map<std::string, std::string> Connection::exact_defaults(std::string_view) {
  return {};
}

Transaction::Transaction(Connection& connection) : connection_(connection) {
  connection_.begin();
}

Transaction::~Transaction() {
  if (!open_) return;
  try {
    connection_.rollback();
  } catch (const DatabaseError&) {
    // The connection is gone, or the engine has rolled back already: nothing of the transaction stays either
    // way.
  }
}

void Transaction::commit() {
  connection_.commit();
  open_ = false;
}

Savepoint::Savepoint(Connection& connection) : connection_(connection) {
  connection_.execute("SAVEPOINT plumb_part");
}

Savepoint::~Savepoint() {
  if (!open_) return;
  try {
    undo();
  } catch (const DatabaseError&) {
    // The transaction is gone with everything in it.
  }
}

void Savepoint::keep() {
  connection_.execute("RELEASE SAVEPOINT plumb_part");
  open_ = false;
}

void Savepoint::undo() {
  open_ = false;
  connection_.execute("ROLLBACK TO SAVEPOINT plumb_part");
  connection_.execute("RELEASE SAVEPOINT plumb_part");
}

Snapshot::Snapshot(Connection& connection) : connection_(connection) {
  connection_.begin_snapshot();
}

Snapshot::~Snapshot() {
  try {
    connection_.rollback();
  } catch (const DatabaseError&) {
    // The connection is gone, and its snapshot with it.
  }
}

std::optional<sql::Value> single_value(Connection& connection, std::string_view sql) {
  ResultSet result = connection.query(sql);
  if (result.rows.empty() || result.rows.front().empty()) return std::nullopt;
  return std::move(result.rows.front().front());
}

namespace {

std::int64_t integer_of(const std::string& text, std::string_view sql) {
  std::int64_t number = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (problem == std::errc() && end == text.data() + text.size()) return number;
  throw DatabaseError(DatabaseErrorKind::Other, {}, 0, "expected a whole number, got `" + text + "`",
                      std::string(sql));
}

}  // namespace

std::int64_t single_integer(Connection& connection, std::string_view sql) {
  const std::optional<sql::Value> value = single_value(connection, sql);
  if (!value || sql::is_null(*value)) return 0;
  if (const auto* number = std::get_if<std::int64_t>(&*value)) return *number;
  return integer_of(as_text(*value), sql);
}

std::string as_text(const sql::Value& value) {
  if (const auto* text = std::get_if<std::string>(&value)) return *text;
  if (const auto* blob = std::get_if<sql::Blob>(&value)) return blob->bytes;
  if (const auto* integer = std::get_if<std::int64_t>(&value)) return std::to_string(*integer);
  if (const auto* real = std::get_if<double>(&value)) {
    char buffer[32];
    const auto [end, problem] = std::to_chars(buffer, buffer + sizeof buffer, *real);
    return problem == std::errc() ? std::string(buffer, end) : std::string();
  }
  return {};
}

std::int64_t as_integer(const sql::Value& value) {
  const auto* number = std::get_if<std::int64_t>(&value);
  return number == nullptr ? 0 : *number;
}

}  // namespace plumb::db
