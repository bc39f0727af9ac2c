// fleet/roll_out.hpp: the order in which the databases of a fleet are worked on: a few first, then several at a time, until too
// many have failed.
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

namespace plumb::fleet {

enum class Outcome {
  Failed,
  Differs,    ///< something is to be done, or was found; no failure
  Done,
  Nothing,    ///< the database is what it should be
  NotBegun,   ///< the run ended before
};

/// "failed", "nothing to do", …
std::string_view word(Outcome outcome);

struct Result {
  Outcome outcome = Outcome::NotBegun;
  int exit_code = 0;     ///< of the verb for this database
  std::string message;   ///< why it failed, or what there is
  std::chrono::milliseconds duration{};
};

struct Order {
  std::size_t canaries = 0;   ///< so many first, one after the other; a failure among them ends the run
  std::size_t parallel = 1;   ///< at a time, afterwards
  std::size_t most_failures = std::numeric_limits<std::size_t>::max();  ///< one more ends the run
  std::function<bool()> ends;  ///< true: nothing further begins
};

/// Calls `work` for each number below `count`, from several threads. `on_result` hears of every result, one at a time. What has begun
/// is brought to its end. What `work` throws is a failure.
void roll_out(std::size_t count, const Order& order, const std::function<Result(std::size_t)>& work, const std::function<void(std::size_t, const Result&)>& on_result);

/// The exit code of the whole run: the gravest of all; 1 where something has not begun and nothing failed.
int exit_code_of(const std::vector<Result>& results);

}  // namespace plumb::fleet
