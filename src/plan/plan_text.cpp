// plan/plan_text.cpp: a plan for a terminal, and its statements alone.
#include "plan/document.hpp"
#include "plan/wording.hpp"
#include "support/text.hpp"

namespace plumb::plan {
namespace {

const char* color_of(StepSymbol symbol) {
  switch (symbol) {
    case StepSymbol::Create: return "\x1b[32m";
    case StepSymbol::Change: return "\x1b[33m";
    case StepSymbol::Rename: return "\x1b[36m";
    case StepSymbol::Drop: return "\x1b[31m";
    case StepSymbol::Data: return "\x1b[35m";
  }
  return "";
}

std::size_t length_of_run(std::string_view text, std::size_t at) {
  const std::size_t end = text.find_first_not_of('`', at);
  return (end == std::string_view::npos ? text.size() : end) - at;
}

/// Where the next run of just so many backquotes begins.
std::size_t next_run(std::string_view text, std::size_t at, std::size_t length) {
  for (at = text.find('`', at); at != std::string_view::npos; at = text.find('`', at)) {
    const std::size_t found = length_of_run(text, at);
    if (found == length) return at;
    at += found;
  }
  return at;
}

/// Markdown without its marks. What stands as code stays as it is: SQL that somebody will run keeps its quotes.
std::string plain(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const std::size_t mark = text.find('`');
    out += replace_all(std::string(text.substr(0, mark)), "**", "");
    if (mark == std::string_view::npos) break;
    const std::size_t length = length_of_run(text, mark);
    const std::size_t end = next_run(text, mark + length, length);
    if (end == std::string_view::npos) return out + std::string(text.substr(mark));
    std::string_view code = text.substr(mark + length, end - mark - length);
    if (length > 1 && code.size() > 1 && code.front() == ' ' && code.back() == ' ') code = code.substr(1, code.size() - 2);
    out += code;
    text.remove_prefix(end + length);
  }
  return out;
}

std::string indented(const std::string& text, std::string_view indent) {
  std::string out;
  for (const auto line : split_lines(text)) out.append(indent).append(line).append("\n");
  return out;
}

}  // namespace

std::string to_text(const Plan& plan, bool color) {
  const auto painted = [&](const char* code, const std::string& text) { return color ? code + text + "\x1b[0m" : text; };
  std::string out = painted("\x1b[1m", plain(title(plan))) + "\n" + plain(first_line(plan)) + "\n\n";
  std::size_t number = 0;
  for (const Step& step : plan.steps) {
    const std::string risk = plain(risk_in_words(step, plan));
    out += painted(color_of(step.symbol), std::string(1, symbol_of(step.symbol)) + " " + std::to_string(++number) + ". " + plain(step.what));
    out += "  (" + how_in_words(step) + (step.rows ? ", " + counted(*step.rows, "row") : "") + "; " + risk + ")\n";
    for (const Command& command : step.commands) {
      out += indented(std::string(trim(script_of(command))), "      ");
    }
    for (const Question& question : step.questions) out += "    asked: " + plain(answer_in_words(question)) + "\n";
    for (const Risk& risk_of_step : step.risks) {
      out += "    risk: " + plain(risk_of_step.text) + (risk_of_step.declared ? ", declared" + (risk_of_step.origin.file.empty() ? "" : " in " + risk_of_step.origin.to_string()) : "") + "\n";
    }
    if (const std::string cost = cost_in_words(step); !cost.empty()) out += "    cost: " + cost + "\n";
    if (!step.compatibility.reason.empty()) out += "    applications: " + plain(step.compatibility.reason) + "\n";
    for (const auto& remark : step.remarks) out += "    " + plain(remark) + "\n";
    if (step.back.kind == BackKind::Loses || step.back.kind == BackKind::None) out += "    back: " + plain(back_in_words(step.back)) + "\n";
    out += "\n";
  }
  for (const auto& notice : plan.notices) out += "note: " + plain(notice_in_words(notice)) + "\n";
  if (!plan.notices.empty()) out += "\n";
  if (plan.policy.approvals > 0) out += "policy " + plan.policy.name + ": " + plain(approvals_in_words(plan)) + "\n\n";
  for (const auto& approval : plan.approvals) out += "approved by " + approval.by + ", " + time_in_words(approval.at) + (approval.note.empty() ? "" : ": " + approval.note) + "\n";
  if (!plan.approvals.empty()) out += "\n";
  for (const auto& refusal : plan.blocked) {
    out += painted("\x1b[1;31m", "blocked:") + " " + plain(refusal.text) + (refusal.origin.file.empty() ? "" : " (" + refusal.origin.to_string() + ")") + "\n";
  }
  return out;
}

std::string to_sql(const Plan& plan) {
  std::string out = "-- " + plain(title(plan)) + "\n-- " + plain(first_line(plan)) + "\n";
  std::size_t number = 0;
  for (const Step& step : plan.steps) {
    out += "\n-- " + std::to_string(++number) + ". " + replace_all(plain(step.what), "\n", " ") + "\n";
    for (const Command& command : step.commands) {
      out += script_of(command);
    }
  }
  return out;
}

}  // namespace plumb::plan
