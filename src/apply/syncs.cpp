#include "apply/syncs.hpp"

#include "apply/history.hpp"
#include "introspect/live_state.hpp"

namespace plumb::apply {
namespace {

std::int64_t signed_number(std::uint64_t number) { return static_cast<std::int64_t>(number); }

std::uint64_t count(const sql::Value& value) { return static_cast<std::uint64_t>(db::as_integer(value)); }

}  // namespace

/// Where a deployment is one transaction, its row is written at the end.
std::int64_t running_number(db::Connection& connection, const Dialect& dialect) {
  return next_number(connection) - (dialect.capabilities().transactional_ddl ? 0 : 1);
}

void record_sync(db::Connection& connection, std::int64_t deployment, const std::vector<SyncedTable>& tables) {
  const auto insert = connection.prepare(
      "REPLACE INTO plumb_syncs (deployment, table_name, mode, compared, inserted, updated, deleted, retired, unchanged, kept, conflicts, only_here, duration_ms) "
      "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
  for (const SyncedTable& one : tables) {
    insert->execute(std::vector<sql::Value>{deployment, one.table, one.mode, signed_number(one.compared), signed_number(one.inserted), signed_number(one.updated),
                                            signed_number(one.deleted), signed_number(one.retired), signed_number(one.unchanged), signed_number(one.kept),
                                            signed_number(one.conflicts), signed_number(one.only_here), one.duration_ms});
  }
}

std::vector<SyncedTable> synced_tables(db::Connection& connection, const Dialect& dialect, std::int64_t deployment) {
  std::vector<SyncedTable> tables;
  if (!has_bookkeeping(connection, dialect, "plumb_syncs")) return tables;
  const auto result = connection.query(
      "SELECT table_name, mode, compared, inserted, updated, deleted, retired, unchanged, kept, conflicts, only_here, duration_ms FROM plumb_syncs WHERE deployment = " +
      std::to_string(deployment) + " ORDER BY table_name");
  for (const sql::Row& row : result.rows) {
    tables.push_back({db::as_text(row[0]), db::as_text(row[1]), count(row[2]), count(row[3]), count(row[4]), count(row[5]), count(row[6]), count(row[7]), count(row[8]),
                      count(row[9]), count(row[10]), db::as_integer(row[11])});
  }
  return tables;
}

}  // namespace plumb::apply
