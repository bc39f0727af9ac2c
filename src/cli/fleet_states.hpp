// cli/fleet_states.hpp: the states in which the databases of a fleet are found. Those in the same state get the same plan.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/arguments.hpp"
#include "fleet/targets.hpp"
#include "plan/plan.hpp"

namespace plumb::cli {

/// What was found of one database before anything is planned.
struct Look {
  std::string state;        ///< SHA-256 of all that a plan depends on but for rows; empty where there is a problem
  std::string fingerprint;  ///< of the schema, as plans name it
  std::string engine;
  std::string version;
  bool is_drifted = false;  ///< not as its last deployment left it
  std::string problem;
  int exit_code = 0;        ///< where there is a problem
};

/// Reads the database and changes nothing. Throws nothing. Threads may call it.
Look look_at_member(const Arguments& arguments, const fleet::Member& member);

/// Databases that begin in the same state.
struct Group {
  Look look;
  std::vector<std::size_t> members;
  std::string file;                ///< of its plan; empty: there is none
  std::optional<plan::Plan> plan;

  std::string name() const { return look.state.substr(0, 12); }
  bool is_in_order() const { return plan && plan::is_empty(*plan) && plan->blocked.empty(); }
};

/// Those without a problem, in the order of the first of each state.
std::vector<Group> groups_of(const std::vector<Look>& looks);

}  // namespace plumb::cli
