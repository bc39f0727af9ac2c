// fault/planned.hpp: plans for the texts of descriptions, as these tests carry them out and undo them.
#pragma once

#include <string>
#include <vector>

#include "apply/apply.hpp"
#include "db/connection.hpp"
#include "plan/build.hpp"

namespace plumb::test {

/// Throws Error with the diagnostics.
Description description_of(const std::string& text);

/// From the database to the text; what its steps would lose is kept aside.
plan::Draft draft_for(db::Connection& connection, const Description& description, plan::Allowed allowed = {});

/// The draft's plan as it is read from its document. Throws Error where something is in its way.
plan::Plan read_again(const plan::Draft& draft);

plan::Plan planned(db::Connection& connection, const std::string& text, plan::Allowed allowed = {});

/// Undoes all of it; it was the database's first deployment.
apply::Result roll_back(db::Connection& connection, const plan::Plan& plan);

}  // namespace plumb::test
