// serve/facts.hpp: what one look at the database found. Values that are never changed once they are shared.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "apply/history.hpp"
#include "backup/shelf.hpp"
#include "plan/plan.hpp"
#include "validate/validate.hpp"

namespace plumb::serve {

using Clock = std::chrono::steady_clock;

/// The state of the database, and what the description wants of it.
struct Facts {
  std::string checked_at;              ///< UTC; of the last look that worked. Empty: none has
  Clock::time_point looked;            ///< when this look ended
  std::chrono::milliseconds took{};
  std::string problem;                 ///< why the last look did not work; the rest is then what was known before
  bool is_locked = false;              ///< the problem is another client's lock
  std::string database_name;           ///< as backups call it: "shop"; empty: not known yet
  std::string engine_version;          ///< "10.11.19-MariaDB"
  std::string version;                 ///< recorded in the database; empty: none
  std::string fingerprint;             ///< of the schema
  bool is_as_deployed = false;         ///< it is what the last deployment of this very description left
  plan::Plan plan;                     ///< the way to the description; the rows were not asked
  std::optional<apply::Deployment> half_done;
  bool is_running = false;             ///< a deployment is under way
  std::vector<apply::Deployment> history;  ///< the newest first, without plans and statements
  std::vector<std::int64_t> changed_records;
};

/// The backups of the folder that are of the same engine.
struct Shelf {
  Clock::time_point looked;
  std::vector<backup::Shelved> backups;  ///< the newest first; unusable files too
};

/// What the check after a deployment says, rows included.
struct Checked {
  std::string checked_at;
  Clock::time_point looked;
  std::chrono::milliseconds took{};
  std::string fingerprint;  ///< of the schema that was validated
  std::string problem;  ///< why it could not be asked
  validate::Report report;
};

}  // namespace plumb::serve
