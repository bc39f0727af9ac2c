#include "plan/inverse.hpp"

#include <algorithm>
#include <utility>

namespace plumb::plan {
namespace {

StepSymbol opposite(StepSymbol symbol) {
  switch (symbol) {
    case StepSymbol::Create: return StepSymbol::Drop;
    case StepSymbol::Drop: return StepSymbol::Create;
    case StepSymbol::Change:
    case StepSymbol::Rename:
    case StepSymbol::Data: return symbol;
  }
  return symbol;
}

Step undo(const Step& step) {
  Step back;
  back.symbol = opposite(step.symbol);
  back.what = "undo: " + step.what;
  back.how = "undo";
  back.table = step.table_before.empty() || step.symbol != StepSymbol::Rename ? step.table : step.table_before;
  back.table_before = step.symbol == StepSymbol::Rename ? step.table : std::string();
  back.commands = step.back.commands;
  back.touched = step.touched;
  std::swap(back.touched.before, back.touched.after);
  back.once = step.once;
  if (back.once) back.once->undo = true;
  if (step.back.kind == BackKind::Loses) back.remarks.push_back("Does not come back: " + step.back.text + ".");
  return back;
}

/// Rows that cannot go back are found before anything is undone, so that the way does not end halfway.
void ask_first(Plan& back) {
  Step first;
  first.symbol = StepSymbol::Data;
  first.what = "rows that came since have what the way back needs";
  first.how = "check";
  const auto ask = [&](const Command& command) {
    if (command.kind == CommandKind::Guard && command.message.find(came_since) != std::string::npos && std::find(first.commands.begin(), first.commands.end(), command) == first.commands.end()) first.commands.push_back(command);
  };
  for (const Step& step : back.steps) {
    for (const Command& command : step.commands) {
      ask(command);
      if (command.company) std::for_each(command.company->guards.begin(), command.company->guards.end(), ask);
    }
  }
  if (!first.commands.empty()) back.steps.insert(back.steps.begin(), std::move(first));
}

bool failed(const Step& step, const std::map<std::string, OnceRun>& runs) {
  const auto run = step.once ? runs.find(step.once->name) : runs.end();
  return run != runs.end() && run->second.failed;
}

}  // namespace

Plan inverse(const Plan& plan, std::size_t steps, const std::map<std::string, OnceRun>& runs) {
  Plan back;
  back.schema = plan.schema;
  back.engine = plan.engine;
  back.engine_version = plan.engine_version;
  back.version_from = plan.version_to;
  back.version_to = plan.version_from;
  if (steps == plan.steps.size()) back.from = plan.to;
  back.to = plan.from;
  back.description = plan.description;
  back.rehearsal = plan.rehearsal;
  for (std::size_t i = std::min(steps, plan.steps.size()); i-- > 0;) {
    const Step& step = plan.steps[i];
    if (step.back.kind == BackKind::None && !failed(step, runs)) back.blocked.push_back({"no-way-back", "step " + std::to_string(i + 1) + " (" + step.what + ") has no way back: " + step.back.text, {}});
    if (!step.back.commands.empty() || step.once) back.steps.push_back(undo(step));
  }
  ask_first(back);
  return back;
}

}  // namespace plumb::plan
