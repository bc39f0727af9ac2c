#include "data/undo.hpp"

#include "data/one_form.hpp"
#include "data/master_data.hpp"
#include "data/memory.hpp"
#include "data/write_guard.hpp"
#include "support/error.hpp"

namespace plumb::data {
namespace {

constexpr std::size_t most_statements = 500;
constexpr std::size_t most_bytes = std::size_t{1} << 19U;
constexpr const char* kind = "statements";

}  // namespace

UndoLog::UndoLog(db::Connection& connection, const Dialect& dialect, std::string aside) : connection_(connection), aside_(std::move(aside)) {
  if (is_kept()) insert_ = connection_.prepare("INSERT INTO " + dialect.quote(aside_) + " (number, table_name, kind, content) VALUES (?, ?, ?, ?)");
}

bool UndoLog::is_full(const std::string& table) const { return table != table_ || statements_.size() >= most_statements || bytes_ >= most_bytes; }

void UndoLog::add(const std::string& table, std::string statement) {
  if (!is_kept()) return;
  if (is_full(table)) flush();
  table_ = table;
  bytes_ += statement.size();
  statements_.push_back(std::move(statement));
}

void UndoLog::flush() {
  if (statements_.empty()) return;
  Json list = Json::array();
  for (auto& statement : statements_) list.push_back(std::move(statement));
  insert_->execute(std::vector<sql::Value>{++number_, table_, std::string(kind), shown(list)});
  statements_.clear();
  bytes_ = 0;
}

void UndoLog::forget() {
  statements_.clear();
  bytes_ = 0;
}

std::uint64_t undo(db::Connection& connection, const Dialect& dialect, const std::string& aside, const std::vector<std::string>& tables) {
  for (const auto& statement : dialect.sync_session()) connection.execute(statement);
  std::vector<std::string> pieces;
  const bool remembers = db::single_integer(connection, dialect.memory_query()) > 0;
  connection.for_each_row("SELECT content, table_name FROM " + dialect.quote(aside) + " ORDER BY number DESC", [&](const sql::Row& row) {
    if (remembers || db::as_text(row[1]) != memory_name) pieces.push_back(db::as_text(row[0]));
  });
  std::uint64_t count = 0;
  const UtcSession utc(connection, dialect);
  const ProtectedRows others(connection, dialect, tables, true);
  auto writable = others.tables();
  writable.insert(writable.end(), tables.begin(), tables.end());
  writable.emplace_back(memory_name);
  {
    const WriteGuard guard(connection, writable);
    for (const auto& piece : pieces) {
      const Json statements = Json::parse(piece);
      for (auto statement = statements.rbegin(); statement != statements.rend(); ++statement) {
        connection.execute(statement->get_ref<const std::string&>());
        ++count;
      }
    }
  }
  others.check();
  return count;
}

}  // namespace plumb::data
