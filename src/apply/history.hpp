// apply/history.hpp: what was done to a database, kept in the database (table plumb_history, docs/history.md).
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "db/connection.hpp"
#include "dialect/dialect.hpp"

namespace plumb::apply {

struct Deployment {
  std::int64_t number = 0;
  std::string version;
  std::string checksum;          ///< SHA-256 of the statements
  std::string applied_by;        ///< user@host of the operating system
  std::string started_at;        ///< UTC, "2026-01-31T12:00:00Z"
  std::int64_t duration_ms = 0;
  std::string statements;
  std::int64_t statements_run = 0;
  std::string outcome;           ///< "running", "done", "failed", "undone", "abandoned"
  std::string error;
  std::string from_fingerprint;
  std::string to_fingerprint;
  std::string plan;              ///< the plan's JSON
  std::int64_t undoes = 0;       ///< the deployment that this one rolled back; 0: none
};

/// Makes plumb's own tables where they are missing.
void prepare_history(db::Connection& connection, const Dialect& dialect);

/// The number that the next row gets. Requires: plumb's own tables stand.
std::int64_t next_number(db::Connection& connection);

/// False when somebody has changed the statements or the plan of the row since they were written.
bool is_unchanged(const Deployment& deployment);

/// Writes a new row with the next number; gives the number.
std::int64_t record(db::Connection& connection, Deployment deployment);

/// Sets outcome, error, duration and count of a row that stands.
void record_outcome(db::Connection& connection, const Deployment& deployment);

/// The newest first; empty where plumb has never applied anything.
std::vector<Deployment> deployments(db::Connection& connection, const Dialect& dialect, std::size_t most = 50);

/// The newest deployment, when it is half done: begun and not ended, or stopped after statements that stand.
/// Requires: no run is under way (its lock is free).
std::optional<Deployment> half_done(db::Connection& connection, const Dialect& dialect);

/// The newest deployment, when it has not ended.
struct OpenDeployment {
  Deployment deployment;
  bool is_running = false;  ///< a run has the lock just now; else it is half done
};

/// "`plumb resume` goes on with it, …": what can be done with one that is half done.
std::string ways_out(const Deployment& half_done);

/// Looks again when a run ends while it looks, so that a deployment which ended well is never called half done.
std::optional<OpenDeployment> open_deployment(db::Connection& connection, const Dialect& dialect);

/// Sets the outcome alone.
void mark(db::Connection& connection, std::int64_t number, const std::string& outcome);

/// "user@host" of this process, and the present time in UTC.
std::string who();
std::string now_utc();
std::string utc_text(std::chrono::system_clock::time_point time);

}  // namespace plumb::apply
