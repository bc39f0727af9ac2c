#include "apply/once.hpp"

#include <vector>

#include "apply/history.hpp"
#include "support/text.hpp"

namespace plumb::apply {
namespace {

constexpr std::size_t longest_error = 2000;

void execute(db::Connection& connection, std::string_view sql, const std::vector<sql::Value>& values) { connection.prepare(sql)->execute(values); }

}  // namespace

void record_once(db::Connection& connection, const Once& once, std::int64_t deployment, const std::string& error) {
  forget_once(connection, once);  // an optional step that failed earlier
  execute(connection, "INSERT INTO plumb_once (name, version, checksum, deployment, ran_at, outcome, error) VALUES (?, ?, ?, ?, ?, ?, ?)",
          {once.name, once.version, once.checksum, deployment, now_utc(), std::string(error.empty() ? "done" : "failed"), error.empty() ? sql::Value() : sql::Value(shortened(error, longest_error))});
}

void forget_once(db::Connection& connection, const Once& once) { execute(connection, "DELETE FROM plumb_once WHERE name = ?", {once.name}); }

bool took_effect(db::Connection& connection, const Once& once) {
  for (const sql::Row& row : connection.query("SELECT name FROM plumb_once WHERE outcome = 'done'").rows) {
    if (db::as_text(row.at(0)) == once.name) return true;
  }
  return false;
}

}  // namespace plumb::apply
