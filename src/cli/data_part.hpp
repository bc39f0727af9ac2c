// cli/data_part.hpp: master data as a part of a plan: reviewed with it, run after its schema, undone with it.
#pragma once

#include "apply/apply.hpp"
#include "cli/arguments.hpp"
#include "cli/session.hpp"
#include "data/master_data.hpp"
#include "model/description.hpp"
#include "plan/build.hpp"

namespace plumb::cli {

/// What --mode, --on-conflict, --own-changes and --most-lost say.
data::SyncOptions sync_options(const Arguments& arguments);

/// Compares the package of --data with the rows as the plan's steps will leave them, and appends the steps that bring it.
/// What is in the way blocks the plan. Gives what was found.
data::Comparison add_data_part(const Arguments& arguments, const Session& session, const Schema& actual, const Description& description, plan::Draft& draft);

/// Lets a run carry out the data part of `plan`, as far as --to and --data are there; undoing one needs neither. What was
/// prepared on this session is used where it still holds.
void let_sync(const Arguments& arguments, const Session& session, const plan::Plan& plan, apply::Options& options, std::shared_ptr<data::Prepared> prepared = {});

}  // namespace plumb::cli
