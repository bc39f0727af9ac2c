#include "plan/standing_rows.hpp"

#include <algorithm>
#include <map>
#include <string>
#include <vector>

namespace plumb::plan {
namespace {

/// The way back does not take rows that stood for rows that came since.
void leave_out_guards(Plan& plan, const std::string& sql) {
  for (Step& step : plan.steps) std::erase_if(step.back.commands, [&](const Command& command) { return command.kind == CommandKind::Guard && command.sql == sql; });
}

void wrap(std::vector<Command>& commands, const CheckSwitch& checks) {
  if (commands.empty()) return;
  commands.insert(commands.begin(), {CommandKind::Session, checks.off, {}});
  commands.push_back({CommandKind::Session, checks.on, {}});
}

/// What was asked for this alone stands at the end of a step's questions.
void leave_out_questions_without_rows(Step& step) {
  while (!step.questions.empty() && step.questions.back().is_about_standing_rows && step.questions.back().answer.value_or(0) == 0) {
    step.questions.pop_back();
    step.asked_again.pop_back();
  }
}

}  // namespace

void let_standing_rows_be(Plan& plan, const Dialect& dialect) {
  std::map<std::string, std::string> against_checks;  // what is asked, by table
  for (Step& step : plan.steps) {
    leave_out_questions_without_rows(step);
    for (std::size_t i = 0; i < step.questions.size(); ++i) {
      const Question& question = step.questions[i];
      if (!question.is_about_standing_rows || question.answer.value_or(0) == 0) continue;
      leave_out_guards(plan, step.asked_again[i].sql);
      if (question.kind == QuestionKind::Violates) against_checks.emplace(step.table, question.text);
    }
  }
  for (Step& step : plan.steps) {
    const auto found = against_checks.find(step.table);
    if (found == against_checks.end() || !step.altered) continue;
    wrap(step.commands, dialect.check_switch());
    wrap(step.back.commands, dialect.check_switch());
    step.remarks.push_back("Checks are off while it runs and while it is undone: there are " + found->second + ", and they stay as they are.");
  }
}

}  // namespace plumb::plan
