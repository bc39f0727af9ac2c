// probe/ask_rows.hpp: puts the questions of a plan to the rows. Reads only.
#pragma once

#include <chrono>
#include <vector>

#include "db/connection.hpp"
#include "dialect/dialect.hpp"

namespace plumb {

struct HowToAsk {
  std::chrono::seconds longest{60};  ///< for each query; 0: as long as it takes
  bool name_rows = true;             ///< give examples, which hold values of rows
};

/// Asks for these steps: fills their answers, examples and numbers of rows, and the answers of `further`. The questions about
/// one table are asked in one scan where that can be, all of them of one state of the database, each query for at most
/// `how.longest`. What has no answer in that time, or fails, says so in `unanswered`
/// (plan::fails_over_rows: it fails over a row, and so would the step).
/// Throws DatabaseError when the connection is lost.
void ask_rows(db::Connection& connection, const Dialect& dialect, const Schema& actual, const HowToAsk& how, std::vector<Step>& steps, const std::vector<Question*>& further = {});

}  // namespace plumb
