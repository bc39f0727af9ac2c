// apply/run_report.hpp: what came of a run: its steps, and the rows of the tables before and after it (docs/history.md).
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "apply/apply.hpp"

namespace plumb::apply {

/// The tables that the plan works on, as they are at one moment.
struct Measured {
  std::map<std::string, std::uint64_t> rows;  ///< of each of them that stands
  std::optional<std::uint64_t> bytes;         ///< of the whole database
};

struct KeptAside {
  std::string table;
  std::string what;
  std::optional<std::uint64_t> rows;
};

struct RunReport {
  std::string verb;  ///< "apply", "resume", "rollback"
  std::string database;
  std::string engine;
  std::string server_version;
  std::string applied_by;
  std::string started_at;
  std::string ended_at;
  Measured before;
  Measured after;
  std::vector<KeptAside> kept_aside;
  bool one_transaction = false;  ///< of the engine: every change of a plan is one, and nobody else writes meanwhile
};

/// For how long each step that was run kept others from writing into what it works on: as long as it ran where its lock, as the
/// plan says it, holds up writers; else nothing. A writer has waited at most that long for the step. Empty where all is one
/// transaction: then that is what writers wait for.
std::vector<std::chrono::milliseconds> held_up(const RunReport& report, const plan::Plan& plan, const Result& result);

/// The longest time that a writer can have waited at once.
std::chrono::milliseconds longest_wait(const RunReport& report, const plan::Plan& plan, const Result& result);

/// Counts the rows of the tables that the plan touches, or that its data steps name. What cannot be counted is left out.
Measured measure(db::Connection& connection, const Dialect& dialect, const plan::Plan& plan);

/// The attic tables that the plan fills and that stand.
std::vector<KeptAside> kept_aside(db::Connection& connection, const Dialect& dialect, const plan::Plan& plan);

/// "done", "failed", "stale", "locked", "refused", "half-done".
std::string_view word_of(Outcome outcome);

std::string to_json(const RunReport& report, const plan::Plan& plan, const Result& result);
std::string to_text(const RunReport& report, const plan::Plan& plan, const Result& result);

}  // namespace plumb::apply
