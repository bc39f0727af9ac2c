#include "plan/way_back.hpp"

#include <algorithm>
#include <memory>

#include "support/text.hpp"

namespace plumb::plan {
namespace {

diff::Rename inverse(const diff::Rename& rename) { return {rename.kind, rename.table, rename.to, rename.from}; }

/// The way from `after` to `before`, as if somebody had asked for it.
diff::Match match_back(const Schema& after, const Schema& before, const Effect& effect, const diff::MatchRules& rules) {
  diff::Match match;
  Effect renames;
  for (auto rename = effect.renames.rbegin(); rename != effect.renames.rend(); ++rename) renames.renames.push_back(inverse(*rename));
  Schema start = after;
  carry_out(start, renames, rules);
  match.changes = diff::diff(start, before);
  match.start = std::make_shared<const Schema>(std::move(start));
  match.renames = std::move(renames.renames);
  return match;
}

std::vector<Command> commands_back(const Schema& after, const Schema& before, const Effect& effect, const Dialect& dialect) {
  const diff::Match match = match_back(after, before, effect, dialect.match_rules());
  const Description nothing_said;
  std::vector<Command> commands;
  for (Step& step : dialect.expand({after, match, match.changes, nothing_said})) {
    if (step.how == "check") continue;  // views answer again when every step is undone
    for (Command& command : step.commands) commands.push_back(std::move(command));
  }
  return commands;
}

bool has_risk(const Step& step, RiskKind kind) {
  return std::any_of(step.risks.begin(), step.risks.end(), [&](const Risk& risk) { return risk.kind == kind; });
}

/// What the statements of the way back cannot bring again.
std::vector<std::string> losses(const Step& step) {
  std::vector<std::string> lost;
  for (const auto& table : step.effect.tables_dropped) lost.push_back("the rows of `" + table + "`");
  if (step.altered) {
    std::vector<std::string> columns;
    for (const Column& column : diff::compare(step.altered->before, step.altered->after).columns_dropped) {
      if (!column.generated) columns.push_back("`" + column.name + "`");
    }
    if (!columns.empty()) lost.push_back("the values of " + join(columns, ", "));
  }
  if (has_risk(step, RiskKind::Narrow)) lost.emplace_back("values that this step changes");
  if (has_risk(step, RiskKind::RebuildOpaque)) lost.emplace_back("details that plumb does not understand");
  return lost;
}

bool fills_a_column_that_stood(const Step& step, const Schema& before) {
  if (step.effect.empty()) return false;
  const auto is_fill = [](const Command& command) { return command.kind == CommandKind::Fill; };
  if (!step.altered || std::none_of(step.commands.begin(), step.commands.end(), is_fill) || !before.tables.contains(step.table)) return false;
  const auto altered = diff::compare(step.altered->before, step.altered->after).columns_altered;
  return std::any_of(altered.begin(), altered.end(), [](const auto& pair) { return pair.before.nullable && !pair.after.nullable; });
}

Back way_back(const Step& step, const Schema& before, const Schema& after, const Dialect& dialect) {
  Back back;
  if (step.effect.empty()) return back;
  back.commands = commands_back(after, before, step.effect, dialect);
  std::vector<std::string> lost = losses(step);
  if (fills_a_column_that_stood(step, before)) lost.emplace_back("NULLs that this step fills");
  back.kind = lost.empty() ? BackKind::Exact : BackKind::Loses;
  if (!lost.empty()) back.text = join(lost, " and ") + " do not";
  return back;
}

}  // namespace

void add_ways_back(std::vector<Step>& steps, const Schema& actual, const Dialect& dialect) {
  const diff::MatchRules rules = dialect.match_rules();
  Schema state = actual;
  for (Step& step : steps) {
    const TouchedPart part = carry_out_and_show(state, step.effect, rules);
    step.back = way_back(step, part.before, part.after, dialect);
  }
}

}  // namespace plumb::plan
