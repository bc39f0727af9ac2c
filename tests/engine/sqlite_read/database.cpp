#include "engine/sqlite_read/database.hpp"

#include <gtest/gtest.h>

#include "db/target.hpp"
#include "dialect/read_schema.hpp"
#include "dialect/sqlite/cross_check.hpp"
#include "support/text.hpp"

namespace plumb::sqlite {
namespace {

/// What sqlite3_table_column_metadata says of a column, in words.
std::string engine_words(sqlite3* handle, const std::string& table, const std::string& column) {
  const char* collation = nullptr;
  int automatic = 0;
  const int code = sqlite3_table_column_metadata(handle, "main", table.c_str(), column.c_str(), nullptr,
                                                 &collation, nullptr, nullptr, &automatic);
  if (code != SQLITE_OK) return sqlite3_errmsg(handle);
  return to_upper(collation) + (automatic != 0 ? " automatic" : "");
}

std::string our_words(const Column& column) {
  return (column.collation.empty() ? "BINARY" : column.collation) +
         (column.auto_increment ? " automatic" : "");
}

}  // namespace

Database::Database() {
  sqlite3_open((folder_ / "test.db").c_str(), &handle_);
  run("PRAGMA synchronous = OFF; PRAGMA journal_mode = MEMORY");
}

Database::~Database() {
  sqlite3_close(handle_);
}

void Database::run(std::string_view script) {
  if (!takes(script)) ADD_FAILURE() << sqlite3_errmsg(handle_) << "\n" << script;
}

bool Database::takes(std::string_view script) {
  return sqlite3_exec(handle_, std::string(script).c_str(), nullptr, nullptr, nullptr) == SQLITE_OK;
}

db::Connection& Database::connection() {
  if (!connection_)
    connection_ = db::open(db::parse_target("sqlite:" + folder_ / "test.db"), db::OpenMode::ReadWrite);
  return *connection_;
}

Schema Database::read() {
  return read_schema(connection());
}

std::vector<std::string> Database::differences() {
  const Schema schema = read();
  std::vector<std::string> found = cross_check(connection(), schema);
  for (const auto& [name, opaque] : schema.opaque)
    found.push_back(name + " is opaque: " + opaque.reason + "\n" + opaque.definition);
  for (const auto& [name, table] : schema.tables) {
    for (const auto& column : table.columns) {
      const std::string theirs = engine_words(handle_, name, column.name);
      if (theirs != our_words(column)) {
        found.push_back(name + "." + column.name + ": the engine says " + theirs + ", read was " +
                        our_words(column));
      }
    }
  }
  return found;
}

}  // namespace plumb::sqlite
