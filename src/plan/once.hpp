// plan/once.hpp: the data steps of a description (`once`) in their place among the steps of a plan. Pure.
#pragma once

#include <map>
#include <string>

#include "model/once_run.hpp"
#include "plan/build.hpp"

namespace plumb::plan {

/// Adds the data steps that the database has not run yet (`runs`: those that it has, by name). Each stands after the steps on the
/// tables that it names, in `after` or in its statements, and before these tables' drops; among themselves they stand in the
/// order of their versions, then of the description, those without a version last. A step with another statement than
/// INSERT, UPDATE, DELETE, REPLACE, WITH, VALUES or SELECT blocks the plan: it could not be one transaction with its record.
/// An expand plan has none: they run when the version is reached, with the contract part. Notices say which steps wait for a later version, and which ran with another text.
/// Requires: the other steps are complete, ways back included.
void add_once_steps(Draft& draft, const Description& description, const Dialect& dialect, const std::map<std::string, OnceRun>& runs);

}  // namespace plumb::plan
