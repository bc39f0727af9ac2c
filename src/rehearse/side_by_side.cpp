#include "rehearse/side_by_side.hpp"

#include <algorithm>

#include "sql/tokens.hpp"
#include "support/text.hpp"

namespace plumb::rehearse {
namespace {

bool names_two_tables(const Command& command, const sql::Lexis& lexis) {
  const auto tokens = sql::tokenize(command.sql, lexis);
  return std::any_of(tokens.begin(), tokens.end(), [](const sql::Token& token) {
    return token.kind == sql::TokenKind::Word && (equal_ignoring_case(token.text, "REFERENCES") || equal_ignoring_case(token.text, "FOREIGN"));
  });
}

/// A backfill may read other tables, which must have their form by then; the way back reads what was kept aside.
bool fills_from_anywhere(const std::vector<Command>& commands, Direction direction) {
  return direction == Direction::Up && std::any_of(commands.begin(), commands.end(), changes_rows_alone);
}

bool concerns_one_table(const Step& step) {
  if (step.once || step.table.empty() || !step.touched.views.empty() || !step.touched.triggers.empty()) return false;
  return std::all_of(step.touched.tables.begin(), step.touched.tables.end(), [&](const std::string& name) { return name == step.table; });
}

std::string group_of(const Step& step, Direction direction, const sql::Lexis& lexis) {
  const auto& commands = direction == Direction::Up ? step.commands : step.back.commands;
  const bool is_change = step.symbol == StepSymbol::Change || step.symbol == StepSymbol::Data;
  if (!is_change || !concerns_one_table(step) || fills_from_anywhere(commands, direction)) return {};
  const bool stays_at_home = std::none_of(commands.begin(), commands.end(), [&](const Command& command) { return names_two_tables(command, lexis); });
  return stays_at_home ? step.table : std::string();
}

}  // namespace

std::vector<std::string> groups_of(const plan::Plan& plan, const Dialect& dialect, Direction direction) {
  std::vector<std::string> groups(plan.steps.size());
  if (dialect.capabilities().transactional_ddl) return groups;
  const sql::Lexis lexis = dialect.match_rules().lexis;
  for (std::size_t i = 0; i < plan.steps.size(); ++i) {
    const Step& step = plan.steps[i];
    if (step.how == "note") groups[i] = i == 0 ? std::string() : groups[i - 1];  // of what the step before it did
    else groups[i] = group_of(step, direction, lexis);
  }
  return groups;
}

}  // namespace plumb::rehearse
