#include "dialect/mariadb/read_listing.hpp"

#include <fmt/format.h>

#include <utility>

#include "dialect/mariadb/grants.hpp"
#include "sql/quote.hpp"
#include "support/error.hpp"

namespace plumb::mariadb {
namespace {

using db::as_text;

constexpr std::string_view own_prefix = "plumb_";

// Source: https://mariadb.com/kb/en/mariadb-error-codes/
constexpr int database_access_denied = 1044;
constexpr int option_prevents_statement = 1290;

bool is_own(std::string_view name) {
  return name.substr(0, own_prefix.size()) == own_prefix;
}

TriggerEvent event_of(std::string_view word) {
  if (word == "INSERT") return TriggerEvent::Insert;
  return word == "UPDATE" ? TriggerEvent::Update : TriggerEvent::Delete;
}

ListedTrigger trigger_of(const sql::Row& row) {
  ListedTrigger out;
  out.trigger.name = as_text(row.at(0));
  out.trigger.table = as_text(row.at(1));
  out.trigger.timing = as_text(row.at(2)) == "BEFORE" ? TriggerTiming::Before : TriggerTiming::After;
  out.trigger.event = event_of(as_text(row.at(3)));
  out.trigger.context.order = static_cast<std::uint32_t>(std::get<std::int64_t>(row.at(4)));
  out.trigger.context.definer = as_text(row.at(5));
  out.trigger.context.sql_mode = as_text(row.at(6));
  out.trigger.context.collation = as_text(row.at(7));
  return out;
}

std::vector<std::string> read_grants(db::Connection& connection) {
  std::vector<std::string> grants;
  try {
    connection.for_each_row("SHOW GRANTS",
                            [&](const sql::Row& row) { grants.push_back(as_text(row.at(0))); });
  } catch (const DatabaseError& error) {
    // The server runs without its grant tables: everybody may do everything.
    if (error.code() != option_prevents_statement) throw;
    grants.emplace_back("GRANT ALL PRIVILEGES ON *.* TO ``@``");
  }
  return grants;
}

}  // namespace

Listing read_listing(db::Connection& connection) {
  // SHOW FULL TABLES would open every table to tell its type, which its definition tells anyway. Only a
  // comparison with a constant keeps information_schema from opening every database that the server has.
  const std::vector<std::string> queries = {
      "SELECT DATABASE()", "SHOW TABLES",
      "SELECT TRIGGER_NAME, EVENT_OBJECT_TABLE, ACTION_TIMING, EVENT_MANIPULATION, ACTION_ORDER, "
      "DEFINER, SQL_MODE, COLLATION_CONNECTION FROM information_schema.TRIGGERS WHERE EVENT_OBJECT_SCHEMA = DATABASE()",
      "SELECT DEFAULT_CHARACTER_SET_NAME, DEFAULT_COLLATION_NAME FROM information_schema.SCHEMATA"
      " WHERE SCHEMA_NAME = DATABASE()"};
  const std::vector<db::ResultSet> results = connection.query_all(queries);
  Listing listing;
  listing.database = as_text(results[0].rows.at(0).at(0));
  for (const auto& row : results[1].rows) {
    std::string name = as_text(row.at(0));
    if (!is_own(name)) listing.tables.push_back(std::move(name));
  }
  for (const auto& row : results[2].rows) {
    ListedTrigger trigger = trigger_of(row);
    if (!is_own(trigger.trigger.table)) listing.triggers.push_back(std::move(trigger));
  }
  if (!results[3].rows.empty()) {
    listing.defaults["charset"] = as_text(results[3].rows[0].at(0));
    listing.defaults["collate"] = as_text(results[3].rows[0].at(1));
  }
  return listing;
}

/// Without the TRIGGER privilege on the database its triggers look as if they were not there, and so do
/// tables without any privilege. Source: https://mariadb.com/kb/en/information-schema-triggers-table/
void check_privileges(db::Connection& connection, const std::string& database) {
  if (grants_on_database(read_grants(connection), database, "TRIGGER")) return;
  const auto user = db::single_value(connection, "SELECT CURRENT_USER()");
  throw DatabaseError(
      DatabaseErrorKind::AccessDenied, "mariadb", database_access_denied,
      fmt::format("user `{}` lacks the privilege TRIGGER on database `{}`: its triggers and other people's "
                  "tables would "
                  "look as if they were not there; GRANT SELECT, SHOW VIEW, TRIGGER ON {}.* to that user",
                  user ? as_text(*user) : "?", database,
                  sql::quote_name(database, sql::Quoting::Backquotes)));
}

}  // namespace plumb::mariadb
