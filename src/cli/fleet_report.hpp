// cli/fleet_report.hpp: what came of a run for many databases (docs/fleets.md).
#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "cli/arguments.hpp"
#include "cli/fleet_states.hpp"
#include "fleet/roll_out.hpp"
#include "fleet/targets.hpp"

namespace plumb::cli {

struct FleetReport {
  std::string verb;
  std::string started_at;
  std::chrono::milliseconds duration{};
  std::vector<fleet::Member> members;
  std::vector<Look> looks;               ///< of each member; empty: nobody looked
  std::vector<fleet::Result> results;    ///< of each member
  std::vector<Group> groups;             ///< with what was planned for them
  bool was_interrupted = false;
};

/// Counts, what differs, and every failure with its reason.
std::string to_text(const FleetReport& report);
std::string to_json(const FleetReport& report);

/// Both, into the folder of --log-dir. Throws FileError.
void write_fleet_report(const Arguments& arguments, const FleetReport& report);

}  // namespace plumb::cli
