#include "unit/sqlite/stored_text.hpp"

#include <gtest/gtest.h>
#include <sqlite3.h>

#include <memory>

namespace plumb::sqlite {
namespace {

struct Close {
  void operator()(sqlite3* handle) const { sqlite3_close(handle); }
};

template <class Kind>
Kind object_of(std::string_view script, std::string_view name) {
  const std::string text = stored_text(script, name);
  StoredObject object = parse_stored_create(text);
  if (auto* found = std::get_if<Kind>(&object)) return std::move(*found);
  const auto* problem = std::get_if<ParseProblem>(&object);
  ADD_FAILURE() << text << "\n" << (problem != nullptr ? problem->reason : "is another kind of object");
  return {};
}

}  // namespace

std::string stored_text(std::string_view script, std::string_view name) {
  sqlite3* opened = nullptr;
  if (sqlite3_open(":memory:", &opened) != SQLITE_OK) ADD_FAILURE() << "no database in memory";
  const std::unique_ptr<sqlite3, Close> handle(opened);
  if (sqlite3_exec(opened, std::string(script).c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) {
    ADD_FAILURE() << sqlite3_errmsg(opened) << "\n" << script;
    return {};
  }
  sqlite3_stmt* statement = nullptr;
  sqlite3_prepare_v2(opened, "SELECT sql FROM sqlite_schema WHERE name = ?", -1, &statement, nullptr);
  sqlite3_bind_text(statement, 1, name.data(), static_cast<int>(name.size()), SQLITE_TRANSIENT);
  std::string text;
  if (sqlite3_step(statement) == SQLITE_ROW) {
    text = reinterpret_cast<const char*>(sqlite3_column_text(statement, 0));  // NOLINT: how SQLite gives text
  } else {
    ADD_FAILURE() << "no object `" << name << "` after\n" << script;
  }
  sqlite3_finalize(statement);
  return text;
}

Table table_of(std::string_view script, std::string_view name) {
  return object_of<Table>(script, name);
}
Index index_of(std::string_view script, std::string_view name) {
  return object_of<StoredIndex>(script, name).index;
}
View view_of(std::string_view script, std::string_view name) {
  return object_of<View>(script, name);
}
Trigger trigger_of(std::string_view script, std::string_view name) {
  return object_of<Trigger>(script, name);
}

Column column_of(std::string_view definition) {
  Table table = table_of("CREATE TABLE t(" + std::string(definition) + ")");
  if (table.columns.empty()) return {};
  return std::move(table.columns.front());
}

ParseProblem problem_of(std::string_view text) {
  StoredObject object = parse_stored_create(text);
  if (auto* problem = std::get_if<ParseProblem>(&object)) return std::move(*problem);
  ADD_FAILURE() << "understood: " << text;
  return {};
}

}  // namespace plumb::sqlite
