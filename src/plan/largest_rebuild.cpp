#include "plan/largest_rebuild.hpp"

#include <algorithm>

#include "support/bytes.hpp"
#include "support/text.hpp"

namespace plumb::plan {
namespace {

bool is_larger(const Step& step, const LargestRebuild& largest) {
  if (largest.rows && *step.rows > *largest.rows) return true;
  return largest.bytes && step.cost.bytes.value_or(*largest.bytes + 1) > *largest.bytes;
}

std::string size_in_words(const Step& step) {
  return counted(*step.rows, "row") + (step.cost.bytes ? ", " + bytes_in_words(*step.cost.bytes) : std::string(", a size that is not known"));
}

/// Words that are filled in when the program runs must not come from the schema.
bool holds_a_filled_word(const Alteration& alteration) {
  for (const std::string_view word : {"{table}", "{alter}", "{database}", "{host}", "{port}", "{socket}", "{user}"}) {
    if (alteration.table.find(word) != std::string::npos || alteration.clauses.find(word) != std::string::npos) return true;
  }
  return false;
}

/// True when every statement of the step is run through the wrapper.
bool wrap(Step& step, const std::vector<std::string>& wrapper, const Dialect& dialect) {
  if (wrapper.empty()) return false;
  std::vector<Command> commands = step.commands;
  for (Command& command : commands) {
    if (command.kind != CommandKind::Statement) continue;
    const auto alteration = dialect.taken_apart(command);
    if (!alteration || holds_a_filled_word(*alteration)) return false;
    for (const std::string& word : wrapper) command.program.push_back(replace_all(replace_all(word, "{table}", alteration->table), "{alter}", alteration->clauses));
  }
  step.commands = std::move(commands);
  return true;
}

}  // namespace

bool may_rebuild(const Step& step) {
  const std::string& algorithm = step.cost.algorithm;
  const bool may_copy = step.how == "alter" && algorithm.empty();
  return step.how == "rebuild" || algorithm == "inplace" || algorithm == "copy" || may_copy;
}

bool is_left_to_a_program(const Step& step) {
  const auto is_statement = [](const Command& command) { return command.kind == CommandKind::Statement; };
  return std::any_of(step.commands.begin(), step.commands.end(), is_statement) &&
         std::all_of(step.commands.begin(), step.commands.end(), [&](const Command& command) { return !is_statement(command) || !command.program.empty(); });
}

std::optional<LargestRebuild> parse_largest_rebuild(std::string_view text) {
  text = trim(text);
  std::size_t digits = 0;
  while (digits < text.size() && text[digits] >= '0' && text[digits] <= '9') ++digits;
  if (digits == 0 || digits > 15) return std::nullopt;
  const auto number = static_cast<std::uint64_t>(std::stoull(std::string(text.substr(0, digits))));
  std::string unit = to_lower(trim(text.substr(digits)));
  LargestRebuild largest;
  if (unit.empty() || unit == "row" || unit == "rows") {
    largest.rows = number;
    return largest;
  }
  static constexpr std::string_view prefixes = "kmgt";
  const std::size_t power = prefixes.find(unit.front());
  unit.erase(0, 1);
  if (power == std::string_view::npos || !(unit.empty() || unit == "b" || unit == "ib")) return std::nullopt;
  const std::uint64_t factor = std::uint64_t{1} << (10 * (power + 1));
  if (number > UINT64_MAX / factor) return std::nullopt;
  largest.bytes = number * factor;
  return largest;
}

void limit_rebuilds(Plan& plan, const LargestRebuild& largest, const std::vector<std::string>& wrapper, const Dialect& dialect) {
  if (!largest.is_set()) return;
  std::size_t number = 0;
  for (Step& step : plan.steps) {
    ++number;
    if (step.rows.value_or(0) == 0 || !may_rebuild(step) || !is_larger(step, largest) || wrap(step, wrapper, dialect) || plan.allowed.contains("slow")) continue;
    plan.blocked.push_back({"slow", "step " + std::to_string(number) + ": table `" + step.table + "` (" + size_in_words(step) + ") " + (step.how == "alter" && step.cost.algorithm.empty() ? "may be" : "is") +
                                       " written anew, and is larger than `largest-rebuild` permits; say `--allow slow`, or name an `alter-wrapper`", {}});
  }
}

}  // namespace plumb::plan
