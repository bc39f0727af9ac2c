#include "plan/wording.hpp"

#include <algorithm>
#include <utility>

#include "plan/build.hpp"
#include "support/bytes.hpp"
#include "support/text.hpp"

namespace plumb::plan {

char symbol_of(StepSymbol symbol) {
  switch (symbol) {
    case StepSymbol::Create: return '+';
    case StepSymbol::Change: return '~';
    case StepSymbol::Rename: return '>';
    case StepSymbol::Drop: return '-';
    case StepSymbol::Data: return '*';
  }
  return '?';
}

std::string risk_in_words(const Step& step, const Plan& plan) {
  for (const Question& question : step.questions) {
    if (question.blocks && question.answer && *question.answer > 0) return "**blocked**: " + grouped(*question.answer) + " in the way";
    if (question.blocks && fails_over_a_row(question)) return "**blocked**: fails over the rows";
  }
  for (const Risk& risk : step.risks) {
    const Question* decides = risk.decided_by >= 0 ? &step.questions[static_cast<std::size_t>(risk.decided_by)] : nullptr;
    if (decides != nullptr && decides->answer && *decides->answer == 0) {
      if (risk.kind == RiskKind::DropTable) return "safe: no rows";
      if (risk.kind == RiskKind::DropColumn) return "safe: no values";
      continue;
    }
    const bool permitted = risk.declared || permits(plan.allowed, risk.kind);
    if (!permitted) return "**blocked**: needs permission";
    const std::string how_much = decides != nullptr && decides->answer ? grouped(*decides->answer) : std::string();
    const std::string verb = step.aside.empty() ? "**loses " : "**kept aside**: **";
    switch (risk.kind) {
      case RiskKind::DropTable: return verb + (how_much.empty() ? std::string("rows") : how_much + (how_much == "1" ? " row" : " rows")) + "**";
      case RiskKind::DropColumn: return verb + (how_much.empty() ? std::string("values") : how_much + (how_much == "1" ? " value" : " values")) + "**";
      case RiskKind::DropView: return "drops a view";
      case RiskKind::RebuildOpaque: return "**loses what no description can say**";
      case RiskKind::Narrow: return "**may change " + (how_much.empty() ? std::string("values") : how_much + " values") + "**";
    }
  }
  const bool asked = std::any_of(step.questions.begin(), step.questions.end(), [](const Question& q) { return q.blocks && q.answer.has_value(); });
  const bool open = std::any_of(step.questions.begin(), step.questions.end(), [](const Question& q) { return q.blocks && !q.answer && !q.unanswered.empty(); });
  if (open) return "not answered: asked when it runs";
  if (asked && step.rows == 0) return "safe: no rows";
  const bool guarded = std::any_of(step.commands.begin(), step.commands.end(), [](const Command& c) { return c.kind == CommandKind::Guard; });
  if (asked) return "safe: asked";
  return guarded ? "safe: guarded" : "safe";
}

std::string code(std::string text) {
  text = replace_all(std::move(text), "\n", " ");
  std::size_t longest = 0;
  std::size_t run = 0;
  for (const char c : text) {
    run = c == '`' ? run + 1 : 0;
    longest = std::max(longest, run);
  }
  const std::string quotes(longest + 1, '`');
  return longest == 0 ? quotes + text + quotes : quotes + " " + text + " " + quotes;
}

std::string found_in_words(const Question& question) {
  std::vector<std::string> examples;
  for (const auto& example : question.examples) examples.push_back(code(example));
  return grouped(*question.answer) + (examples.empty() ? std::string() : ", for example " + join(examples, "; "));
}

std::string answer_in_words(const Question& question) {
  if (question.answer) return question.text + ": **" + grouped(*question.answer) + "**" + found_in_words(question).substr(grouped(*question.answer).size());
  const std::string why = question.unanswered.empty() ? "not asked" : "**" + replace_all(question.unanswered, "\n", " ") + "**";
  return question.text + ": " + why + (question.blocks && !fails_over_a_row(question) ? "; asked again when the step runs" : "");
}

std::string title(const Plan& plan) {
  std::string text = "Plan" + (plan.schema.empty() ? std::string() : " `" + plan.schema + "`");
  if (!plan.version_to.empty()) {
    if (plan.version_from.empty()) text += " to " + plan.version_to;
    else if (plan.version_from == plan.version_to) text += " " + plan.version_to;
    else text += " " + plan.version_from + " → " + plan.version_to;
  }
  if (plan.phase != Phase::Whole) text += plan.phase == Phase::Expand ? " (expand)" : " (contract)";
  return text + " on " + plan.engine;
}

std::string first_line(const Plan& plan) {
  std::string text = summary(plan);
  if (!text.empty()) text[0] = to_upper(text.substr(0, 1))[0];
  text += ". ";
  if (const std::string rehearsed = rehearsal_in_words(plan.rehearsal); !plan.steps.empty() && !rehearsed.empty()) text += rehearsed + ". ";
  return text + (plan.blocked.empty() ? "Nothing blocked." : "Blocked: " + counted(plan.blocked.size(), "reason") + ", it cannot be applied.");
}

std::string how_in_words(const Step& step) { return step.cost.algorithm.empty() ? step.how : step.how + ", " + step.cost.algorithm; }

std::string lock_in_words(const Step& step) {
  if (step.cost.lock.empty()) return "–";
  if (step.cost.lock == "writes") return "writes wait";
  return step.cost.lock == "all" ? "all wait" : step.cost.lock;
}

std::string yes_or_no(bool yes) { return yes ? "yes" : "**no**"; }

std::string cost_in_words(const Step& step) {
  std::vector<std::string> parts;
  if (step.cost.bytes) parts.push_back(bytes_in_words(*step.cost.bytes) + " written anew");
  if (step.cost.seconds) parts.push_back("about " + counted(*step.cost.seconds, "second"));
  return join(parts, ", ");
}

std::string back_in_words(const Back& back) {
  switch (back.kind) {
    case BackKind::Nothing: return {};
    case BackKind::Exact: return back.text.empty() ? "nothing is lost" : back.text;
    case BackKind::Loses: return "the schema comes back; " + back.text;
    case BackKind::None: return "none: " + back.text;
  }
  return {};
}

std::string rehearsal_in_words(const Rehearsal& rehearsal) {
  switch (rehearsal.outcome) {
    case Rehearsal::Outcome::NotDone: return rehearsal.text.empty() ? std::string() : "Not rehearsed: " + rehearsal.text;
    case Rehearsal::Outcome::Passed: return "Rehearsed up and down" + (rehearsal.text.empty() ? std::string() : " " + rehearsal.text) + ": equal";
    case Rehearsal::Outcome::UpOnly: return "Rehearsed up: equal; not down: " + rehearsal.text;
    case Rehearsal::Outcome::Failed: return "**The rehearsal failed**: " + rehearsal.text;
  }
  return {};
}

std::string approvals_in_words(const Plan& plan) {
  if (plan.policy.approvals == 0) return plan.approvals.empty() ? "Needs no approval." : "Needs no approval and has:";
  return "Needs the approval of " + counted(plan.policy.approvals, "person", "people") + ": " + join(plan.policy.reasons, "; ") + ".";
}

std::string time_in_words(const std::string& time) {
  constexpr std::size_t to_the_minute = 16;
  return time.size() < to_the_minute ? time : time.substr(0, 10) + " " + time.substr(11, 5) + " UTC";
}

namespace {

std::string guard_in_words(const Command& guard) {
  const std::string stops = "-- stops unless 0: " + replace_all(replace_all(guard.message, "{n}", "rows"), "\n", " ");
  return guard.finds.empty() ? stops : stops + "\n-- and names some of: " + replace_all(guard.finds, "\n", " ");
}

/// What a shell would be given.
std::string program_in_words(const Command& command) {
  std::string line = "-- carried out by:";
  for (const std::string& word : command.program) {
    const bool is_plain = !word.empty() && word.find_first_of(" \t\n'\"\\$`&|;<>()*?[]#~!") == std::string::npos;
    line += " " + (is_plain ? word : "'" + replace_all(replace_all(word, "'", "'\\''"), "\n", " ") + "'");
  }
  return line;
}

std::string batches_in_words(const Batches& batches) {
  return "-- in batches of " + grouped(rows_in_a_batch) + " rows by " + replace_all(batches.column, "\n", " ") + ", each a transaction of its own";
}

}  // namespace

std::string script_of(const Command& command) {
  std::string lines;
  if (command.kind == CommandKind::Guard) lines += guard_in_words(command) + "\n";
  if (!command.program.empty()) lines += program_in_words(command) + "\n";
  if (command.batches) lines += batches_in_words(*command.batches) + "\n";
  const auto statements = statements_of(command);
  if (command.kind == CommandKind::Fill && command.company) lines += "-- " + std::string(command.batches ? "in each: " : "in one transaction: ") + counted(statements.size(), "statement") + "\n";
  std::string guards;
  for (const Command& guard : command.company ? command.company->guards : std::vector<Command>()) guards += script_of(guard);
  const bool is_locked = command.company && !command.company->lock.empty();
  if (!is_locked) lines += std::exchange(guards, {});
  for (const auto& statement : statements) lines += statement + ";\n" + std::exchange(guards, {});  // right behind the lock
  return lines;
}

std::string notice_in_words(const diff::Notice& notice) {
  const std::string place = notice.origin.file.empty() ? std::string() : " (" + notice.origin.to_string() + ")";
  switch (notice.kind) {
    case diff::NoticeKind::HintUsed: return "Used by this plan: " + notice.text + place + ".";
    case diff::NoticeKind::HintApplied: return "Applied already: " + notice.text + place + ".";
    case diff::NoticeKind::HintUnused: return "Never found, under the old name or the new one: " + notice.text + place + ".";
    case diff::NoticeKind::DidYouMean: return "Did you mean " + notice.text + place + "?";
    case diff::NoticeKind::Undeclared: return "Undeclared and left alone: " + notice.text + ".";
    case diff::NoticeKind::Opaque: return "Not understood and left alone: " + notice.text + ".";
    case diff::NoticeKind::NotCarriedOut: return "Not carried out: " + notice.text + place + ".";
  }
  return notice.text;
}

}  // namespace plumb::plan
