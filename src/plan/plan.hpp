// plan/plan.hpp: the ordered steps from one state to another, as a value that can be written down, read back and run.
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "dialect/step.hpp"
#include "diff/match.hpp"

namespace plumb::plan {

/// What `--allow` was given. "destructive" allows everything.
using Allowed = std::set<std::string, std::less<>>;
bool permits(const Allowed& allowed, RiskKind kind);
/// "drop-table" …
std::string_view risk_word(RiskKind kind);
/// Every word that --allow knows.
std::vector<std::string> allow_words();

/// Whether the plan has been tried out on a scratch database that holds the actual schema.
struct Rehearsal {
  enum class Outcome {
    NotDone,  ///< `text` says why
    Passed,   ///< up gave the desired schema, down the actual one again
    UpOnly,   ///< up gave the desired schema; the way back could not be walked, `text` says why
    Failed,   ///< `text` says where; the plan is not fit to apply
  };
  Outcome outcome = Outcome::NotDone;
  std::string text;
};

/// Which steps of the way a plan holds.
enum class Phase {
  Whole,
  Expand,    ///< those that an application made for the old schema does not notice
  Contract,  ///< the rest
};

/// Somebody's consent to exactly this plan; see plan/approval.hpp.
struct Approval {
  std::string by;
  std::string note;
  std::string at;        ///< UTC, "2026-11-21T10:31:05Z"
  std::string checksum;  ///< of the plan without approvals
};

/// The policy that the plan was made under. Without a name: none.
struct UnderPolicy {
  std::string name;
  std::string fingerprint;
  std::uint32_t approvals = 0;       ///< how many people must approve the plan
  std::vector<std::string> reasons;  ///< why
};

/// What the description says of the rows after the last step.
struct PlannedAssertion {
  std::string text;
  std::string sql;  ///< one value, which must be true
  Origin origin;
};

struct Plan {
  std::string schema;          ///< the description's name
  std::string engine;
  std::string engine_version;  ///< "10.11", "3.40"
  std::string version_from;    ///< as recorded in the database; empty: none yet
  std::string version_to;
  std::string version_after;   ///< which version the description says comes before; empty: it does not say
  std::string from;            ///< fingerprint of the database that the plan was made for
  std::string to;              ///< and of the state that it leads to
  std::string description;     ///< fingerprint of the description's text
  Allowed allowed;
  Phase phase = Phase::Whole;
  std::vector<Step> steps;
  std::vector<PlannedAssertion> assertions;
  Rehearsal rehearsal;
  std::vector<diff::Notice> notices;
  std::vector<diff::Refusal> blocked;  ///< reasons why it must not run; empty: it may
  UnderPolicy policy;
  std::vector<Approval> approvals;
};

/// True when there is nothing to run and nothing to record.
bool is_empty(const Plan& plan);

}  // namespace plumb::plan
