// probe/find_costs.hpp: what the steps of a plan cost, as the live database and its engine say.
#pragma once

#include <vector>

#include "db/connection.hpp"
#include "dialect/dialect.hpp"
#include "probe/make_plan.hpp"

namespace plumb {

/// Fills Step::cost. Without the right to a scratch database the steps say that it is not known how they run.
/// Throws DatabaseError.
void find_costs(db::Connection& connection, const Dialect& dialect, const Schema& actual, const PlanOptions& options, std::vector<Step>& steps);

}  // namespace plumb
