// probe/ask_rows.hpp: puts the questions of a plan to the rows. Reads only.
#pragma once

#include <chrono>
#include <vector>

#include "db/connection.hpp"
#include "dialect/dialect.hpp"

namespace plumb {

/// Asks for these steps: fills their answers, examples and numbers of rows, and the answers of `further`. The questions about
/// one table are asked in one scan where that can be, all of them of one state of the database, each query for at most
/// `longest` (0: as long as it takes). What has no answer in that time, or fails, says so in `unanswered`.
/// Throws DatabaseError when the connection is lost.
void ask_rows(db::Connection& connection, const Dialect& dialect, const Schema& actual, std::chrono::seconds longest, std::vector<Step>& steps, const std::vector<Question*>& further = {});

}  // namespace plumb
