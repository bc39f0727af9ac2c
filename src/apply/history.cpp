#include "apply/history.hpp"

#include <pwd.h>
#include <unistd.h>

#include <array>
#include <ctime>

#include "dialect/locks.hpp"
#include "introspect/live_state.hpp"
#include "plan/document.hpp"
#include "support/fingerprint.hpp"

namespace plumb::apply {
void prepare_history(db::Connection& connection, const Dialect& dialect) {
  if (has_bookkeeping(connection, dialect) && has_bookkeeping(connection, dialect, "plumb_once") && has_bookkeeping(connection, dialect, "plumb_syncs")) return;
  for (const auto& statement : dialect.bookkeeping_tables()) connection.execute(statement);
}

std::int64_t next_number(db::Connection& connection) { return db::single_integer(connection, "SELECT coalesce(max(number), 0) + 1 FROM plumb_history"); }

bool is_unchanged(const Deployment& deployment) {
  if (sha256_hex(deployment.statements) != deployment.checksum) return false;
  if (deployment.plan.empty()) return true;
  const auto read = plan::read_plan(deployment.plan);
  const auto* problem = std::get_if<plan::NotAPlan>(&read);
  return problem == nullptr || !problem->changed;
}

std::int64_t record(db::Connection& connection, Deployment deployment) {
  deployment.number = next_number(connection);
  const auto insert = connection.prepare(
      "INSERT INTO plumb_history (number, version, checksum, applied_by, started_at, duration_ms, statements, statements_run, outcome, error, "
      "from_fingerprint, to_fingerprint, plan, undoes) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
  const std::vector<sql::Value> values{deployment.number, deployment.version, deployment.checksum, deployment.applied_by, deployment.started_at, deployment.duration_ms,
                                       deployment.statements, deployment.statements_run, deployment.outcome,
                                       deployment.error.empty() ? sql::Value() : sql::Value(deployment.error), deployment.from_fingerprint, deployment.to_fingerprint,
                                       deployment.plan, deployment.undoes == 0 ? sql::Value() : sql::Value(deployment.undoes)};
  insert->execute(values);
  return deployment.number;
}

void record_outcome(db::Connection& connection, const Deployment& deployment) {
  const auto update = connection.prepare("UPDATE plumb_history SET outcome = ?, error = ?, duration_ms = ?, statements_run = ? WHERE number = ?");
  const std::vector<sql::Value> values{deployment.outcome, deployment.error.empty() ? sql::Value() : sql::Value(deployment.error), deployment.duration_ms,
                                       deployment.statements_run, deployment.number};
  update->execute(values);
}

namespace {

std::vector<Deployment> deployments_that(db::Connection& connection, const Dialect& dialect, const std::string& clauses) {
  std::vector<Deployment> list;
  if (!has_bookkeeping(connection, dialect)) return list;
  const auto result = connection.query(
      "SELECT number, version, checksum, applied_by, started_at, duration_ms, statements, statements_run, outcome, error, from_fingerprint, "
      "to_fingerprint, plan, undoes FROM plumb_history " + clauses);
  for (const sql::Row& row : result.rows) {
    list.push_back({db::as_integer(row[0]), db::as_text(row[1]), db::as_text(row[2]), db::as_text(row[3]), db::as_text(row[4]), db::as_integer(row[5]), db::as_text(row[6]), db::as_integer(row[7]),
                    db::as_text(row[8]), db::as_text(row[9]), db::as_text(row[10]), db::as_text(row[11]),
                    db::as_text(row[12]), db::as_integer(row[13])});
  }
  return list;
}

}  // namespace

std::vector<Deployment> deployments(db::Connection& connection, const Dialect& dialect, std::size_t most) {
  return deployments_that(connection, dialect, "ORDER BY number DESC LIMIT " + std::to_string(most));
}

std::string ways_out(const Deployment& half_done) {
  return std::string("`plumb resume` goes on with it") + (half_done.undoes != 0 ? "" : ", `plumb rollback` undoes what it has done");
}

/// A plan of many tables takes megabytes: it is read only where it is asked for.
std::optional<Deployment> half_done(db::Connection& connection, const Dialect& dialect) {
  auto newest = deployments_that(connection, dialect, "WHERE number = (SELECT max(number) FROM plumb_history) AND (outcome = 'running' OR (outcome = 'failed' AND statements_run > 0))");
  return newest.empty() ? std::nullopt : std::optional(std::move(newest.front()));
}

std::optional<OpenDeployment> open_deployment(db::Connection& connection, const Dialect& dialect) {
  auto open = half_done(connection, dialect);
  while (open) {
    if (run_lock_is_held(connection, dialect)) return OpenDeployment{std::move(*open), true};
    auto again = half_done(connection, dialect);
    if (again && again->number == open->number) return OpenDeployment{std::move(*again), false};
    open = std::move(again);
  }
  return std::nullopt;
}

void mark(db::Connection& connection, std::int64_t number, const std::string& outcome) {
  const auto update = connection.prepare("UPDATE plumb_history SET outcome = ? WHERE number = ?");
  const std::vector<sql::Value> values{outcome, number};
  update->execute(values);
}

std::string who() {
  std::array<char, 256> host{};
  if (::gethostname(host.data(), host.size() - 1) != 0) host[0] = '\0';
  const passwd* user = ::getpwuid(::geteuid());
  return std::string(user != nullptr ? user->pw_name : "unknown") + "@" + host.data();
}

std::string now_utc() { return utc_text(std::chrono::system_clock::now()); }

std::string utc_text(std::chrono::system_clock::time_point time) {
  const std::time_t now = std::chrono::system_clock::to_time_t(time);
  std::tm parts{};
  ::gmtime_r(&now, &parts);
  std::array<char, 32> text{};
  std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%SZ", &parts);
  return text.data();
}

}  // namespace plumb::apply
