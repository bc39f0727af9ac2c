// cli/command_approve.cpp: plumb approve: somebody's consent, written into a saved plan.
#include <algorithm>
#include <iostream>

#include "cli/clock.hpp"
#include "cli/commands.hpp"
#include "cli/session.hpp"
#include "cli/terminal.hpp"
#include "plan/approval.hpp"
#include "plan/document.hpp"
#include "policy/judge.hpp"
#include "support/error.hpp"
#include "support/file.hpp"
#include "support/text.hpp"

namespace plumb::cli {
namespace {

/// One line of text that somebody gave on the command line.
std::string one_line(const std::string& option, const std::string& text) {
  const std::string trimmed(trim(text));
  const bool has_control = std::any_of(trimmed.begin(), trimmed.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; });
  if (has_control || !is_valid_utf8(trimmed)) throw UsageError(option + " takes one line of text");
  return trimmed;
}

int refuse(const Arguments& arguments, const std::string& why) {
  std::cerr << "plumb: `" << arguments.paths.front() << "` is not approved: " << why << "\n";
  return RefusedExit;
}

bool has_approval_of(const plan::Plan& plan, const std::string& name) {
  return std::any_of(plan.approvals.begin(), plan.approvals.end(), [&](const plan::Approval& one) { return equal_ignoring_case(one.by, name); });
}

}  // namespace

int command_approve(const Arguments& arguments) {
  if (arguments.paths.size() != 1) throw UsageError("plumb approve takes one plan file");
  const std::string by = one_line("--by", arguments.by);
  const std::string note = one_line("--note", arguments.note);
  if (by.empty()) throw UsageError("who approves it? say --by NAME");
  const std::string& path = arguments.paths.front();
  const std::string bytes = read_file(path);
  auto read = plan::read_plan(bytes);
  if (const auto* problem = std::get_if<plan::NotAPlan>(&read)) {
    std::cerr << "plumb: `" << path << "`: " << problem->reason << "; nothing was approved\n";
    return problem->changed ? StaleExit : ErrorExit;
  }
  plan::Plan& plan = std::get<plan::Plan>(read);
  if (!plan.blocked.empty()) return refuse(arguments, "the plan is blocked: " + plan.blocked.front().text);
  if (arguments.policy) {
    const auto judgement = policy::judge(plan, *arguments.policy);
    if (!judgement.refused.empty()) return refuse(arguments, judgement.refused.front().text);
  }
  if (has_approval_of(plan, by)) return refuse(arguments, by + " has approved it already");
  plan::approve(plan, by, note, utc_now());
  const bool is_json = trim(bytes).starts_with("{");
  write_file(path, is_json ? plan::to_json(plan) : plan::to_markdown(plan));
  if (arguments.quiet) return Ok;
  std::cout << plan::to_text(plan, color_on_stdout(arguments));
  std::cerr << by << " has approved `" << path << "`";
  const std::uint32_t needed = needed_approvals(arguments, plan);
  if (needed > 0) std::cerr << ": " << plan.approvals.size() << " of " << needed;
  std::cerr << "\n";
  return Ok;
}

}  // namespace plumb::cli
