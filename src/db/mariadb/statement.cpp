#include "db/mariadb/statement.hpp"

#include <errmsg.h>
#include <fmt/format.h>

#include <cstring>
#include <new>
#include <utility>

namespace plumb::db::mariadb {
namespace {

/// A view of the value, as the library wants it; the value must outlive it.
MYSQL_BIND bind_of(const sql::Value& value) {
  MYSQL_BIND bind;
  std::memset(&bind, 0, sizeof bind);
  // The library takes pointers to data that it only reads.
  const auto bytes = [&bind](const std::string& data, enum_field_types type) {
    bind.buffer_type = type;
    bind.buffer = const_cast<char*>(data.data());
    bind.buffer_length = data.size();
    bind.length_value = data.size();
    bind.length = nullptr;
  };
  if (const auto* integer = std::get_if<std::int64_t>(&value)) {
    bind.buffer_type = MYSQL_TYPE_LONGLONG;
    bind.buffer = const_cast<std::int64_t*>(integer);
  } else if (const auto* real = std::get_if<double>(&value)) {
    bind.buffer_type = MYSQL_TYPE_DOUBLE;
    bind.buffer = const_cast<double*>(real);
  } else if (const auto* text = std::get_if<std::string>(&value)) {
    bytes(*text, MYSQL_TYPE_STRING);
  } else if (const auto* blob = std::get_if<sql::Blob>(&value)) {
    bytes(blob->bytes, MYSQL_TYPE_BLOB);
  } else {
    bind.buffer_type = MYSQL_TYPE_NULL;
  }
  return bind;
}

}  // namespace

MariaDbPrepared::MariaDbPrepared(Session& session, std::string_view sql)
    : session_(session), sql_(sql), statement_(mysql_stmt_init(session.handle())) {
  if (!statement_) throw std::bad_alloc();
  session_.watched([this] {
    if (mysql_stmt_prepare(statement_.get(), sql_.data(), sql_.size()) != 0)
      throw last_error(statement_.get(), sql_);
  });
  parameter_count_ = mysql_stmt_param_count(statement_.get());
}

void MariaDbPrepared::check_count(std::size_t given) const {
  if (given == parameter_count_) return;
  throw DatabaseError(DatabaseErrorKind::Other, "mariadb", CR_INVALID_PARAMETER_NO,
                      fmt::format("the statement has {} parameters, {} were given", parameter_count_, given),
                      sql_);
}

std::uint64_t MariaDbPrepared::execute(std::span<const sql::Value> parameters) {
  check_count(parameters.size());
  std::vector<MYSQL_BIND> binds;
  binds.reserve(parameters.size());
  for (const auto& value : parameters) binds.push_back(bind_of(value));
  for (auto& bind : binds) {
    if (bind.length == nullptr) bind.length = &bind.length_value;
  }
  const unsigned int one_row = 0;
  mysql_stmt_attr_set(statement_.get(), STMT_ATTR_ARRAY_SIZE, &one_row);
  if (!binds.empty() && mysql_stmt_bind_param(statement_.get(), binds.data()) != 0) {
    throw last_error(statement_.get(), sql_);
  }
  return session_.watched([this] { return run(); });
}

void MariaDbPrepared::check_counts(std::span<const sql::Row> rows) const {
  for (const auto& row : rows) check_count(row.size());
}

std::uint64_t MariaDbPrepared::execute_many(std::span<const sql::Row> rows) {
  check_counts(rows);
  // Without parameters there is nothing to bind an array of.
  if (parameter_count_ == 0) return PreparedStatement::execute_many(rows);
  std::vector<BulkParameters> arrays = arrays_of(rows);
  return session_.watched([&] { return run_many(arrays); });
}

void MariaDbPrepared::load_many(std::span<const sql::Row> rows) {
  check_counts(rows);
  if (parameter_count_ == 0) PreparedStatement::load_many(rows);
  else loaded_ = arrays_of(rows);
}

void MariaDbPrepared::start_many() {
  if (parameter_count_ == 0) return PreparedStatement::start_many();
  session_.wait();  // for what was started before
  started_ = std::exchange(loaded_, {});
  session_.watched_behind([this] { changed_ = run_many(started_); });
}

std::uint64_t MariaDbPrepared::finish() {
  session_.finish();
  return PreparedStatement::finish();
}

std::vector<BulkParameters> MariaDbPrepared::arrays_of(std::span<const sql::Row> rows) const {
  std::vector<BulkParameters> arrays;
  while (!rows.empty()) {
    arrays.emplace_back(rows, parameter_count_);
    rows = rows.subspan(arrays.back().row_count());
  }
  return arrays;
}

std::uint64_t MariaDbPrepared::run_many(std::vector<BulkParameters>& arrays) {
  std::uint64_t changed = 0;
  for (BulkParameters& bulk : arrays) {
    const auto count = static_cast<unsigned int>(bulk.row_count());
    mysql_stmt_attr_set(statement_.get(), STMT_ATTR_ARRAY_SIZE, &count);
    if (mysql_stmt_bind_param(statement_.get(), bulk.binds()) != 0) throw last_error(statement_.get(), sql_);
    changed += run();
  }
  return changed;
}

std::uint64_t MariaDbPrepared::run() {
  MYSQL_STMT* statement = statement_.get();
  if (mysql_stmt_execute(statement) != 0) throw last_error(statement, sql_);
  std::uint64_t changed = 0;
  bool more = true;
  while (more) {
    if (mysql_stmt_field_count(statement) != 0) {
      if (mysql_stmt_store_result(statement) != 0) throw last_error(statement, sql_);
      mysql_stmt_free_result(statement);
    } else {
      changed += mysql_stmt_affected_rows(statement);
    }
    const int next = mysql_stmt_next_result(statement);
    if (next > 0) throw last_error(statement, sql_);
    more = next == 0;
  }
  return changed;
}

}  // namespace plumb::db::mariadb
