// tests/fault/deployment.hpp: one deployment with every kind of step.
#pragma once

#include <cstddef>

#include "db/connection.hpp"
#include "dialect/dialect.hpp"
#include "faults.hpp"
#include "plan/plan.hpp"
#include "support/mariadb_server.hpp"

namespace plumb::test {

extern const char* const mariadb_trigger;
extern const char* const sqlite_trigger;

constexpr std::size_t once_steps = 2;

/// The tables and rows with which the deployment begins, and a trigger.
void make_old(db::Connection& connection, const char* trigger);

/// The deployment's plan, as it comes back from its document. Throws Error when it is blocked.
plan::Plan plan_for(db::Connection& connection, const Dialect& dialect);

/// So many rows more, for statements that take their time. MariaDB.
void add_rows(db::Connection& connection, std::size_t rows);

/// Of a run that nothing disturbs.
Ends mariadb_ends(MariaDbServer& server, std::size_t further_rows = 0);

}  // namespace plumb::test
