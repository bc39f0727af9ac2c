// cli/session.hpp: what most verbs begin with: a database and a description.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "cli/arguments.hpp"
#include "db/connection.hpp"
#include "db/target.hpp"
#include "desired/desired_state.hpp"
#include "dialect/dialect.hpp"
#include "introspect/live_state.hpp"
#include "model/description.hpp"
#include "plan/plan.hpp"
#include "probe/make_plan.hpp"

namespace plumb::cli {

struct Session {
  std::unique_ptr<db::Connection> connection;
  const Dialect* dialect = nullptr;
};

/// --db, with the time to wait for locks. Throws UsageError when it is missing.
db::Target target_of(const Arguments& arguments);

/// Opens --db. Throws UsageError when it is missing.
Session open_session(const Arguments& arguments, db::OpenMode mode);

/// The same to plan with: read-only, and an SQLite file that does not exist yet counts as an empty database.
Session open_session_to_plan(const Arguments& arguments);

/// Says on stderr that a deployment is half done and what to do, and gives true. A run that is under way just now is a note.
bool stops_at_half_done(const Arguments& arguments, const Session& session);

/// Loads --to; its diagnostics go to stderr. Nothing when it has errors.
std::optional<Description> load_description(const Arguments& arguments);
std::optional<Description> load_description(const Arguments& arguments, const std::vector<std::string>& paths);

/// The same for master data: tables of packages that are left out still stand in it, because rows refer to theirs.
std::optional<Description> load_description_of_rows(const Arguments& arguments);

/// The live state of the session's database. Throws UsageError where --rename names what neither it nor the description
/// has.
LiveState look_at(const Arguments& arguments, const Session& session, const Description& description);

/// The same with options of its own.
std::optional<Description> load_description(const Arguments& arguments, const std::vector<std::string>& paths, const desired::DesiredOptions& options);

/// What --db, --engine and --scratch say about reading a description.
desired::DesiredOptions desired_options(const Arguments& arguments);

/// Tries the plan out on a scratch database (in memory, or on the server of --scratch or --db), unless --no-rehearsal.
void rehearse_plan(const Arguments& arguments, const Session& session, const LiveState& live, plan::Plan& plan);

/// How many people must have approved the plan: by what it says itself and by the policy here.
std::uint32_t needed_approvals(const Arguments& arguments, const plan::Plan& plan);

plan::Allowed allowed_of(const Arguments& arguments);

/// Runs the programs of a plan's commands, with what the target says filled into their words and its password in the environment.
std::function<void(const std::vector<std::string>&)> program_runner(const Arguments& arguments);

/// How the options say that a plan for the session's database is made.
PlanOptions plan_options(const Arguments& arguments);

/// Prints to stdout, or writes the file of -o.
void print_result(const Arguments& arguments, const std::string& text);

}  // namespace plumb::cli
