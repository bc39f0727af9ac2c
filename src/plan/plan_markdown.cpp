// plan/plan_markdown.cpp: the document that people review in a pull request.
#include <algorithm>

#include "plan/approval.hpp"
#include "plan/document.hpp"
#include "plan/plan_json.hpp"
#include "plan/wording.hpp"
#include "support/error.hpp"
#include "support/text.hpp"

namespace plumb::plan {
namespace {

constexpr std::string_view machine_begin = "<details><summary>Machine part: do not edit; <code>apply</code> compares this document with it byte for byte</summary>\n\n";
constexpr std::string_view machine_end = "\n</details>\n";

/// Text inside a table cell: no bar and no line end may stand there.
std::string cell(std::string text) { return replace_all(replace_all(std::move(text), "|", "\\|"), "\n", " "); }

/// A fence longer than any run of backquotes in the text.
std::string fence_for(std::string_view text) {
  std::size_t longest = 2;
  std::size_t run = 0;
  for (const char c : text) {
    run = c == '`' ? run + 1 : 0;
    longest = std::max(longest, run);
  }
  return std::string(longest + 1, '`');
}

std::string rows_cell(const Step& step) { return step.rows ? grouped(*step.rows) : std::string("–"); }

std::string short_fingerprint(const std::string& fingerprint) { return fingerprint.empty() ? "–" : "`" + fingerprint.substr(0, 12) + "`"; }

void append_table(const Plan& plan, std::string& out) {
  out += "| # | | what | risk | how | rows | lock | old app | new app |\n|--:|:-:|---|---|---|--:|---|:-:|:-:|\n";
  std::size_t number = 0;
  for (const Step& step : plan.steps) {
    out += "| " + std::to_string(++number) + " | `" + symbol_of(step.symbol) + "` | " + cell(step.what) + " | " + cell(risk_in_words(step, plan)) + " | " + how_in_words(step) + " | " + rows_cell(step) + " | " + lock_in_words(step) + " | " +
           yes_or_no(step.compatibility.old_application) + " | " + yes_or_no(step.compatibility.new_application) + " |\n";
  }
  out += "\n";
}

std::string sql_of(const std::vector<Command>& commands) {
  std::string sql;
  for (const Command& command : commands) {
    sql += script_of(command);
  }
  return sql;
}

void append_sql(const std::vector<Command>& commands, const std::string& indent, std::string& out) {
  const std::string sql = sql_of(commands);
  const std::string fence = fence_for(sql);
  const std::string block = fence + "sql\n" + sql + fence;
  for (const auto line : split_lines(block)) out += (line.empty() ? std::string() : indent + std::string(line)) + "\n";
}

/// A short way back stands open, a long one is folded.
void append_back(const Step& step, std::string& out) {
  if (step.back.kind == BackKind::Nothing) return;
  out += "- **Back:** " + back_in_words(step.back) + ".\n";
  if (step.back.commands.empty()) return;
  const bool folded = step.back.commands.size() > 2;
  out += folded ? "  <details><summary>" + counted(step.back.commands.size(), "statement") + "</summary>\n\n" : "\n";
  append_sql(step.back.commands, "  ", out);
  out += folded ? "\n  </details>\n" : "\n";
}

/// Each attic table once: the step that fills it.
void append_kept(const Plan& plan, std::string& out) {
  std::string rows;
  for (const Step& step : plan.steps) {
    if (step.aside.empty() || step.how != "keep aside") continue;
    const auto& answer = step.questions.empty() ? step.rows : step.questions.front().answer;
    rows += "| " + cell(step.what) + " | " + (answer ? grouped(*answer) : std::string("–")) + " | `" + step.aside + "` |\n";
  }
  if (!rows.empty()) out += "## Kept aside for rollback\n\n| what | rows | where |\n|---|--:|---|\n" + rows + "\nUntil `plumb purge` lets go of it.\n\n";
}

/// The object alone; what happens to it stands in the table above and in the SQL below.
std::string heading_of(const Step& step) {
  std::string heading = replace_all(step.what, "\n", " ");
  const std::size_t colon = heading.find(": ");
  return colon == std::string::npos ? heading : heading.substr(0, colon);
}

void append_step(const Plan& plan, std::size_t number, const Step& step, std::string& out) {
  out += "## " + std::to_string(number) + " · " + heading_of(step) + "\n\n";
  append_sql(step.commands, "", out);
  for (const Question& question : step.questions) out += "- **Asked:** " + answer_in_words(question) + (question.blocks ? ". Must be 0.\n" : ".\n");
  for (const Risk& risk : step.risks) {
    const bool permitted = permits(plan.allowed, risk.kind);
    std::string line = "- **Risk:** " + risk.text;
    if (risk.declared) line += ", declared" + (risk.origin.file.empty() ? std::string() : " in " + risk.origin.to_string());
    else if (permitted) line += ", allowed by `--allow`";
    out += line + ".\n";
  }
  if (const std::string cost = cost_in_words(step); !cost.empty()) out += "- **Cost:** " + cost + ".\n";
  if (!step.compatibility.reason.empty()) out += "- **Applications:** " + step.compatibility.reason + ".\n";
  for (const auto& remark : step.remarks) out += "- " + remark + "\n";
  append_back(step, out);
  out += "\n";
}

/// What people wrote stands as it is: no Markdown of theirs may change what the document looks like.
std::string plain_text(std::string text) {
  std::string out;
  for (const char c : text) {
    if (std::string_view("\\`*_{}[]<>()#!|~&").find(c) != std::string_view::npos) out.push_back('\\');
    out.push_back(c);
  }
  return out;
}

void append_assertions(const Plan& plan, std::string& out) {
  if (plan.assertions.empty()) return;
  out += "## Must hold afterwards\n\n";
  for (const auto& one : plan.assertions) out += "- " + plain_text(one.text) + (one.origin.file.empty() ? "" : " (" + one.origin.to_string() + ")") + "\n";
  out += "\n`plumb validate` asks; so does `plumb apply --assert`, and takes a failure for its own.\n\n";
}

void append_approvals(const Plan& plan, std::string& out) {
  if (plan.policy.name.empty() && plan.approvals.empty()) return;
  out += "## Approvals\n\n";
  if (!plan.policy.name.empty()) out += "Made under the policy `" + plan.policy.name + "` (" + short_fingerprint(plan.policy.fingerprint) + "). ";
  out += approvals_in_words(plan) + "\n\n";
  for (const Approval& approval : plan.approvals) {
    out += "- **" + plain_text(approval.by) + "**, " + time_in_words(approval.at) + (approval.note.empty() ? "" : ": " + plain_text(approval.note)) + "\n";
  }
  if (!plan.approvals.empty()) out += "\n";
}

}  // namespace

std::string to_markdown(const Plan& plan) {
  std::string out = "# " + title(plan) + "\n\n**" + first_line(plan) + "**\n\n";
  if (!plan.blocked.empty()) {
    out += "## In the way\n\n";
    for (const auto& refusal : plan.blocked) {
      out += "- " + refusal.text + (refusal.origin.file.empty() ? "" : " (" + refusal.origin.to_string() + ")") + ".\n";
    }
    out += "\n";
  }
  if (!plan.steps.empty()) append_table(plan, out);
  std::size_t number = 0;
  for (const Step& step : plan.steps) append_step(plan, ++number, step, out);
  append_kept(plan, out);
  append_assertions(plan, out);
  if (!plan.notices.empty()) {
    out += "## Noticed\n\n";
    for (const auto& notice : plan.notices) out += "- " + notice_in_words(notice) + "\n";
    out += "\n";
  }
  append_approvals(plan, out);
  out += "From " + short_fingerprint(plan.from) + " to " + short_fingerprint(plan.to) + "; description " + short_fingerprint(plan.description) + "; " + plan.engine + " " + plan.engine_version + ".\n\n";
  const std::string json = to_json(plan);
  const std::string fence = fence_for(json);
  return out.append(machine_begin) + fence + "json\n" + json + fence + "\n" + std::string(machine_end);
}

namespace {

/// The JSON inside a Markdown plan; empty when there is none.
std::string_view machine_part(std::string_view bytes) {
  const std::size_t begin = bytes.rfind(machine_begin);
  if (begin == std::string_view::npos) return {};
  std::string_view rest = bytes.substr(begin + machine_begin.size());
  const std::size_t line = rest.find('\n');
  if (line == std::string_view::npos) return {};
  const std::string_view opening = rest.substr(0, line);
  const std::size_t ticks = std::min(opening.find_first_not_of('`'), opening.size());
  rest.remove_prefix(line + 1);
  const std::size_t end = rest.rfind("\n" + std::string(ticks, '`') + "\n");
  return end == std::string_view::npos ? std::string_view() : rest.substr(0, end + 1);
}

}  // namespace

namespace {

/// The file was a plan once, whatever has become of it: it has the beginning, or the words around the machine part.
bool was_a_plan(std::string_view bytes) {
  const auto holds = [&](std::string_view words) { return bytes.find(words) != std::string_view::npos; };
  const int words = holds("\"fingerprint\": {") + holds("\"steps\": [") + holds("\"blocked\": [") + holds("\"checksum\": ");
  return bytes.starts_with("# Plan ") || holds(machine_begin) || words >= 2;
}

}  // namespace

std::variant<Plan, NotAPlan> read_plan(std::string_view bytes) {
  const bool is_json = trim(bytes).starts_with("{");
  const std::string_view json = is_json ? bytes : machine_part(bytes);
  if (json.empty()) return NotAPlan{"it has no machine part: not a plan, or its end was cut off", was_a_plan(bytes)};
  try {
    Plan plan = plan_from_json(json);
    const std::string again = is_json ? to_json(plan) : to_markdown(plan);
    if (again == bytes) {
      if (const std::string problem = broken_approval(plan); !problem.empty()) return NotAPlan{problem, true};
      return plan;
    }
    const auto a = split_lines(again);
    const auto b = split_lines(bytes);
    std::size_t line = 0;
    while (line < a.size() && line < b.size() && a[line] == b[line]) ++line;
    return NotAPlan{"it was changed after plumb wrote it: line " + std::to_string(line + 1) + " differs from the machine part", true};
  } catch (const Error& error) {
    return NotAPlan{error.what(), was_a_plan(bytes)};
  }
}

}  // namespace plumb::plan
