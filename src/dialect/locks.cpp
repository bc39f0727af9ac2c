#include "dialect/locks.hpp"

#include "sql/quote.hpp"
#include "support/error.hpp"
#include "support/text.hpp"

namespace plumb {
namespace {

constexpr std::string_view columns = "p.ID, p.USER, p.HOST, p.COMMAND, p.TIME, coalesce(p.INFO, '')";

/// As Dialect::lock_query spells it.
std::string lock_name(const db::Connection& connection) { return sql::quote_string("plumb:" + connection.database(), true); }

std::vector<LockHolder> holders(db::Connection& connection, const std::string& query) {
  std::vector<LockHolder> found;
  for (const auto& row : connection.query(query).rows) {
    LockHolder holder;
    holder.connection = std::stoll(db::as_text(row.at(0)));
    holder.who = db::as_text(row.at(1)) + "@" + db::as_text(row.at(2));
    const std::string seconds = db::as_text(row.at(4)) + " s";
    const std::string statement = shortened(replace_all(db::as_text(row.at(5)), "\n", " "), 120);
    holder.state = db::as_text(row.at(3)) == "Sleep" ? "sleeping in a transaction for " + seconds : "running for " + seconds + (statement.empty() ? std::string() : ": " + statement);
    found.push_back(std::move(holder));
  }
  return found;
}

}  // namespace

bool run_lock_is_held(db::Connection& connection, const Dialect& dialect) {
  if (!dialect.capabilities().needs_server) return false;
  return db::single_integer(connection, "SELECT IS_FREE_LOCK(" + lock_name(connection) + ")") == 0;
}

std::vector<LockHolder> holders_of_run_lock(db::Connection& connection, const Dialect& dialect) {
  if (!dialect.capabilities().needs_server) return {};
  return holders(connection, "SELECT " + std::string(columns) + " FROM information_schema.PROCESSLIST p WHERE p.ID = IS_USED_LOCK(" + lock_name(connection) + ")");
}

std::vector<LockHolder> open_transactions(db::Connection& connection, const Dialect& dialect) {
  if (!dialect.capabilities().needs_server) return {};
  try {
    return holders(connection, "SELECT " + std::string(columns) + " FROM information_schema.INNODB_TRX t JOIN information_schema.PROCESSLIST p ON p.ID = t.trx_mysql_thread_id"
                               " WHERE p.ID <> CONNECTION_ID() ORDER BY t.trx_started LIMIT 5");
  } catch (const DatabaseError& error) {
    if (error.kind() == DatabaseErrorKind::Connection) throw;
    return {};  // without the PROCESS privilege
  }
}

void wait_shortly(db::Connection& connection, const Dialect& dialect) {
  if (dialect.capabilities().needs_server) connection.execute("SET SESSION lock_wait_timeout = 1");
}

void end_session(db::Connection& connection, const Dialect& dialect, std::int64_t holder) {
  if (dialect.capabilities().needs_server) connection.execute("KILL " + std::to_string(holder));
}

std::string in_words(const std::vector<LockHolder>& holders) {
  std::vector<std::string> parts;
  for (const auto& holder : holders) parts.push_back("connection " + std::to_string(holder.connection) + " (" + holder.who + ", " + holder.state + ")");
  return join(parts, ", ");
}

}  // namespace plumb
