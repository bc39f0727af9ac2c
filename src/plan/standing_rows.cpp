#include "plan/standing_rows.hpp"

#include <algorithm>
#include <cstddef>
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

/// What was asked for this alone stands at the end of a step's questions, so that the numbers of the others stay.
void leave_out_questions_without_rows(Step& step) {
  for (std::size_t i = step.questions.size(); i-- > 0 && step.questions[i].is_about_standing_rows;) {
    if (step.questions[i].answer.value_or(0) != 0) continue;
    step.questions.erase(step.questions.begin() + static_cast<std::ptrdiff_t>(i));
    step.asked_again.erase(step.asked_again.begin() + static_cast<std::ptrdiff_t>(i));
  }
}

bool writes_rows(const Step& step) { return step.altered || step.how == "alter" || step.how == "update"; }

/// A new check that the engine alone looks at must stop the step.
bool leaves_a_check_to_the_engine(const Step& step) {
  return std::any_of(step.remarks.begin(), step.remarks.end(), [](const std::string& remark) { return remark.starts_with(not_asked_beforehand); });
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
    if (found == against_checks.end() || !writes_rows(step)) continue;
    if (!leaves_a_check_to_the_engine(step)) wrap(step.commands, dialect.check_switch());
    wrap(step.back.commands, dialect.check_switch());
    step.remarks.push_back("Checks are off while it runs and while it is undone: there are " + found->second + ", and they stay as they are.");
  }
}

}  // namespace plumb::plan
