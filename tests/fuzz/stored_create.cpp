// Any text as a stored CREATE text, held against the engine: what SQLite takes must be understood, as its
// pragmas have it; and written again from the model it must be read the same.
#include <algorithm>
#include <chrono>
#include <sqlite3.h>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "db/connection.hpp"
#include "dialect/read_schema.hpp"
#include "dialect/sqlite/cross_check.hpp"
#include "dialect/sqlite/render.hpp"
#include "dialect/sqlite/stored_create.hpp"
#include "fuzz/target.hpp"
#include "support/error.hpp"
#include "support/text.hpp"

namespace {

using plumb::Schema;
using plumb::fuzz::fail;

/// What a fuzzed statement may do: create things, and what the engine does on the way.
int allow(void* anything, int action, const char*, const char*, const char* database, const char*) {
  const bool all = *static_cast<const bool*>(anything);
  if (all) return SQLITE_OK;
  switch (action) {
    case SQLITE_CREATE_TABLE:
    case SQLITE_CREATE_INDEX:
    case SQLITE_CREATE_VIEW:
    case SQLITE_CREATE_TRIGGER:
    case SQLITE_INSERT:
    case SQLITE_UPDATE:
    case SQLITE_DELETE:
    case SQLITE_READ:
    case SQLITE_SELECT:
    case SQLITE_FUNCTION:
    case SQLITE_RECURSIVE:
    case SQLITE_REINDEX:
      return database == nullptr || std::string_view(database) == "main" ? SQLITE_OK : SQLITE_DENY;
    default:
      return SQLITE_DENY;
  }
}

int stop(void*) {
  return 1;
}

/// A session with a database in memory whose handle the fuzzer keeps.
class MemoryDatabase final : public plumb::db::Connection {
 public:
  MemoryDatabase() {
    sqlite3_open(":memory:", &handle_);
    sqlite3_set_authorizer(handle_, allow, &all_allowed_);
    sqlite3_limit(handle_, SQLITE_LIMIT_LENGTH, 1'000'000);
  }
  ~MemoryDatabase() override { sqlite3_close(handle_); }
  MemoryDatabase(const MemoryDatabase&) = delete;
  MemoryDatabase& operator=(const MemoryDatabase&) = delete;

  /// True when the text's first statement ran to its end, doing nothing but creating.
  bool creates(std::string_view text) {
    all_allowed_ = false;
    constexpr int steps = 20'000;
    sqlite3_progress_handler(handle_, steps, stop, nullptr);
    sqlite3_stmt* statement = nullptr;
    bool done = sqlite3_prepare_v2(handle_, text.data(), static_cast<int>(text.size()), &statement,
                                   nullptr) == SQLITE_OK;
    done = done && statement != nullptr && sqlite3_stmt_readonly(statement) == 0 &&
           sqlite3_step(statement) == SQLITE_DONE;
    sqlite3_finalize(statement);
    sqlite3_progress_handler(handle_, 0, nullptr, nullptr);
    all_allowed_ = true;
    return done;
  }
  const char* message() { return sqlite3_errmsg(handle_); }

  std::uint64_t execute(std::string_view sql) override {
    if (sqlite3_exec(handle_, std::string(sql).c_str(), nullptr, nullptr, nullptr) != SQLITE_OK)
      fail(message(), sql);
    return 0;
  }
  void for_each_row(std::string_view sql, const std::function<void(const plumb::sql::Row&)>& visit) override {
    sqlite3_stmt* statement = nullptr;
    int code = sqlite3_prepare_v2(handle_, sql.data(), static_cast<int>(sql.size()), &statement, nullptr);
    if (code != SQLITE_OK) fail(message(), sql);
    plumb::sql::Row row;
    while ((code = sqlite3_step(statement)) == SQLITE_ROW) {
      row.clear();
      for (int i = 0; i < sqlite3_column_count(statement); ++i) row.push_back(value(statement, i));
      visit(row);
    }
    if (code != SQLITE_DONE) fail(message(), sql);
    sqlite3_finalize(statement);
  }
  plumb::db::ResultSet query(std::string_view sql) override {
    plumb::db::ResultSet result;
    for_each_row(sql, [&](const plumb::sql::Row& row) { result.rows.push_back(row); });
    return result;
  }

  std::string_view engine() const override { return "sqlite"; }
  std::string server_version() override { return sqlite3_libversion(); }
  std::string display_name() const override { return "memory"; }
  std::string database() const override { return "memory"; }
  std::vector<plumb::db::ResultSet> query_all(std::span<const std::string>) override { return {}; }
  std::unique_ptr<plumb::db::PreparedStatement> prepare(std::string_view) override { return nullptr; }
  void begin() override {}
  void begin_snapshot() override {}
  void let_go_of_tables() override {}
  void limit_time(std::chrono::seconds) override {}
  void commit() override {}
  void rollback() override {}
  std::vector<std::string> warnings() override { return {}; }
  void on_progress(std::function<bool()>) override {}
  bool allow_writes_only_to(const std::optional<std::vector<std::string>>&) override { return false; }

 private:
  static plumb::sql::Value value(sqlite3_stmt* statement, int column) {
    switch (sqlite3_column_type(statement, column)) {
      case SQLITE_INTEGER:
        return sqlite3_column_int64(statement, column);
      case SQLITE_NULL:
        return std::monostate();
      default:
        break;
    }
    const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(statement, column));
    return std::string(text, static_cast<std::size_t>(sqlite3_column_bytes(statement, column)));
  }

  sqlite3* handle_ = nullptr;
  bool all_allowed_ = true;
};

void create_again(MemoryDatabase& database, const std::string& sql, std::string_view text) {
  if (!database.creates(sql)) fail("not taken again: " + std::string(database.message()) + "\n" + sql, text);
}

/// Creates what `schema` has beyond `base`.
void write_again(MemoryDatabase& database, const Schema& base, const Schema& schema, std::string_view text) {
  for (const auto& [name, table] : schema.tables) {
    const bool is_new = !base.tables.contains(name);
    if (is_new) create_again(database, plumb::sqlite::create_table(table), text);
    for (const auto& index : table.indexes) {
      if (index.constraint) continue;
      // an index may have an empty name, as those of constraints have none
      const auto is_it = [&](const plumb::Index& one) { return !one.constraint && one.name.text == index.name.text; };
      const bool stood = !is_new && std::any_of(base.tables.at(name).indexes.begin(), base.tables.at(name).indexes.end(), is_it);
      if (!stood) create_again(database, plumb::sqlite::create_index(index, name), text);
    }
  }
  for (const auto& [name, view] : schema.views) {
    if (!base.views.contains(name)) create_again(database, plumb::sqlite::create_view(view), text);
  }
  for (const auto& [name, trigger] : schema.triggers) {
    if (!base.triggers.contains(name)) create_again(database, plumb::sqlite::create_trigger(trigger), text);
  }
}

Schema read_right(MemoryDatabase& database, std::string_view text) {
  Schema schema = plumb::sqlite::read_schema(database);
  for (const auto& [name, opaque] : schema.opaque)
    fail(opaque.kind + ": " + opaque.reason, opaque.definition);
  for (const auto& difference : plumb::sqlite::cross_check(database, schema)) fail(difference, text);
  return schema;
}

void hold_against_engine(std::string_view text) {
  static MemoryDatabase database;
  static const Schema base = [] {
    database.execute(
        "CREATE TABLE p(x PRIMARY KEY, y UNIQUE, UNIQUE(x, y));"
        "CREATE TABLE b(a text COLLATE nocase, b int, c, \"d e\", desc, UNIQUE(a)); CREATE VIEW w AS SELECT "
        "a, b FROM b");
    return plumb::sqlite::read_schema(database);
  }();
  database.execute("SAVEPOINT before");
  if (database.creates(text)) {
    const Schema schema = read_right(database, text);
    database.execute("ROLLBACK TO before");
    write_again(database, base, schema, text);
    if (read_right(database, text) != schema) fail("written again it is read differently", text);
  }
  database.execute("ROLLBACK TO before; RELEASE before");
}

}  // namespace

void plumb::fuzz::check(std::string_view text) {
  const auto object = sqlite::parse_stored_create(text);
  if (const auto* problem = std::get_if<sqlite::ParseProblem>(&object)) {
    if (problem->offset > text.size() || problem->reason.empty()) fail("a problem without place or reason", text);
  }
  const std::string_view stored = plumb::trim(text.substr(0, text.find('\0')));  // there every stored text ends
  const bool breaks_the_engine = stored.ends_with("/*");  // 3.40 stores a view so, and then cannot read its own schema
  if (!breaks_the_engine) hold_against_engine(stored);
}
