// apply/syncs.hpp: what the master data part of a deployment came to, table by table (table plumb_syncs, docs/history.md).
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "db/connection.hpp"
#include "dialect/dialect.hpp"

namespace plumb::apply {

/// Rows, but for the time.
struct SyncedTable {
  std::string table;
  std::string mode;
  std::uint64_t compared = 0;   ///< of the package
  std::uint64_t inserted = 0;
  std::uint64_t updated = 0;
  std::uint64_t deleted = 0;
  std::uint64_t retired = 0;
  std::uint64_t unchanged = 0;
  std::uint64_t kept = 0;       ///< as they are, although the package says otherwise
  std::uint64_t conflicts = 0;  ///< changed here and there, and decided by --on-conflict
  std::uint64_t only_here = 0;
  std::int64_t duration_ms = 0;
};

/// The deployment whose steps run on this connection just now. Requires: plumb's own tables stand.
std::int64_t running_number(db::Connection& connection, const Dialect& dialect);

/// Writes them, in the transaction of the rows themselves. Requires: plumb's own tables stand.
void record_sync(db::Connection& connection, std::int64_t deployment, const std::vector<SyncedTable>& tables);

/// By name; empty where the deployment brought no master data.
std::vector<SyncedTable> synced_tables(db::Connection& connection, const Dialect& dialect, std::int64_t deployment);

}  // namespace plumb::apply
