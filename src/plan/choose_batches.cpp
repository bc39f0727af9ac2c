#include "plan/choose_batches.hpp"

#include <algorithm>
#include <map>
#include <string>

namespace plumb::plan {
namespace {

using Rows = std::map<std::string, std::uint64_t>;

Rows counted_rows(const std::vector<Step>& steps) {
  Rows rows;
  for (const Step& step : steps) {
    if (step.rows) rows[step.table] = std::max(rows[step.table], *step.rows);
  }
  return rows;
}

void choose(std::vector<Command>& commands, const Rows& rows) {
  std::vector<Command> chosen;
  for (Command& command : commands) {
    const auto counted = rows.find(command.rows_of);
    const bool is_large = !command.when_large.empty() && counted != rows.end() && counted->second >= rows_worth_batches;
    if (is_large) std::move(command.when_large.begin(), command.when_large.end(), std::back_inserter(chosen));
    else chosen.push_back(std::move(command));
    chosen.back().when_large.clear();
    chosen.back().rows_of.clear();
  }
  commands = std::move(chosen);
}

}  // namespace

void choose_batches(std::vector<Step>& steps) {
  const Rows rows = counted_rows(steps);
  for (Step& step : steps) {
    choose(step.commands, rows);
    choose(step.back.commands, rows);
  }
}

}  // namespace plumb::plan
