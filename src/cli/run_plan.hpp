// cli/run_plan.hpp: runs a plan with progress on the terminal, and says what came of it.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "apply/apply.hpp"
#include "cli/arguments.hpp"
#include "cli/session.hpp"
#include "data/master_data.hpp"

namespace plumb::cli {

using RunOfPlan = std::function<apply::Result(const apply::Options&)>;

/// Gives the exit code. Ctrl-C interrupts the run. Where --log-dir says so, the run of `verb` leaves a log and a report.
/// Throws FileError before anything is run when these cannot be written.
int run_and_report(const Arguments& arguments, const Session& session, const std::string& verb, const plan::Plan& plan, const RunOfPlan& run);

/// The same for a plan that is applied. `prepared`: its data part, compared on this session already.
int run_plan(const Arguments& arguments, const Session& session, const plan::Plan& plan, std::shared_ptr<data::Prepared> prepared = {});

/// Undoes the deployment `number` of `plan`, done or half done, on a session of its own: the old one may be what failed. Nothing where
/// there is nothing to undo.
std::optional<apply::Result> undo_deployment(const Arguments& arguments, const plan::Plan& plan, std::int64_t number);

/// --yes, or the answer `yes` to the question. Throws UsageError when there is nobody to ask.
bool confirmed(const Arguments& arguments, const std::string& question);

}  // namespace plumb::cli
