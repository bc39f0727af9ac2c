#include "serve/status_page.hpp"

#include <ctime>

#include "plan/build.hpp"
#include "plan/wording.hpp"
#include "serve/embedded_texts.hpp"
#include "serve/html.hpp"
#include "support/bytes.hpp"
#include "support/text.hpp"

namespace plumb::serve {
namespace {

constexpr std::size_t shown_steps = 200;
constexpr std::size_t shown_findings = 200;
constexpr std::size_t shown_backups = 20;

std::string tag(const std::string& name, const std::string& inner, const std::string& attributes = {}) { return "<" + name + (attributes.empty() ? "" : " " + attributes) + ">" + inner + "</" + name + ">"; }

std::string moment(const std::string& utc) { return utc.empty() ? "–" : tag("time", escaped(plan::time_in_words(utc)), "datetime=\"" + escaped(utc) + "\""); }

std::string or_dash(const std::string& text) { return text.empty() ? "–" : escaped(text); }

/// A row of cells; `names` are shown beside the values where there is no room for columns.
std::string row(const std::vector<std::string>& names, const std::vector<std::string>& cells) {
  std::string out;
  for (std::size_t i = 0; i < cells.size(); ++i) out += tag("td", tag("div", cells[i], {}), "data-name=\"" + escaped(names[i]) + "\"");
  return tag("tr", out) + "\n";
}

std::string table(const std::string& caption, const std::vector<std::string>& names, const std::vector<std::vector<std::string>>& rows) {
  std::string head;
  for (const auto& name : names) head += tag("th", escaped(name), "scope=\"col\"");
  std::string body;
  for (const auto& cells : rows) body += row(names, cells);
  return tag("table", tag("caption", escaped(caption), "class=\"unseen\"") + tag("thead", tag("tr", head)) + tag("tbody", body));
}

std::string more(std::size_t all, std::size_t shown) { return all <= shown ? std::string() : tag("p", "and " + counted(all - shown, "more", "more"), "class=\"quiet\""); }

std::string fact(const std::string& name, const std::string& value) { return tag("div", tag("dt", name) + tag("dd", value)) + "\n"; }

/// "3 days" between a moment and now.
std::string age_in_words(const std::string& utc) {
  std::tm parts{};
  if (::strptime(utc.c_str(), "%Y-%m-%dT%H:%M:%S", &parts) == nullptr) return "–";
  const auto minutes = static_cast<std::uint64_t>(std::max<std::time_t>(0, (std::time(nullptr) - ::timegm(&parts)) / 60));
  if (minutes < 2) return "just now";
  if (minutes < 120) return counted(minutes, "minute");
  if (minutes < 48 * 60) return counted(minutes / 60, "hour");
  return counted(minutes / (24 * 60), "day");
}

std::string outcome_of(const apply::Deployment& one) {
  const std::string kind = one.outcome == "done" ? "good" : one.outcome == "failed" || one.outcome == "running" ? "bad" : "quiet";
  return tag("span", escaped(one.outcome), "class=\"" + kind + "\"") + (one.undoes == 0 ? "" : " (rolls back #" + std::to_string(one.undoes) + ")") +
         (one.error.empty() ? "" : tag("p", escaped(shortened(one.error, 400)), "class=\"small\""));
}

std::string glance(const Subject& subject, const Health& health, const Known& known) {
  const Facts nothing;
  const Facts& facts = known.facts ? *known.facts : nothing;
  std::string out = fact("Required version", or_dash(health.required)) + fact("Database has", or_dash(facts.version)) + fact("Compatible", health.compatible ? "yes" : "<strong>no</strong>");
  const bool is_read = !facts.checked_at.empty();
  out += fact("Pending", is_read ? escaped(plan::summary(facts.plan)) : "not known");
  out += fact("Last deployment", facts.history.empty() ? (is_read ? "none" : "not known") : "#" + std::to_string(facts.history.front().number) + ", " + moment(facts.history.front().started_at) + ", " + escaped(facts.history.front().outcome));
  const auto* newest = newest_backup(known);
  out += fact("Newest backup", newest == nullptr ? "none found" : age_in_words(newest->manifest.created_at) + (age_in_words(newest->manifest.created_at) == "just now" ? "" : " old"));
  out += fact("Engine", escaped(std::string(subject.dialect->name()) + " " + facts.engine_version));
  return out + fact("Looked at", moment(facts.checked_at));
}

std::string sql_of(const std::vector<Command>& commands) {
  std::string sql;
  for (const Command& command : commands) sql += plan::script_of(command);
  return sql;
}

std::string step_details(const Step& step) {
  std::string items;
  const auto item = [&](const std::string& name, const std::string& text) { items += tag("li", (name.empty() ? "" : tag("strong", name) + " ") + marked_up(text)); };
  for (const Question& question : step.questions) item("Asked:", plan::answer_in_words(question));
  for (const Risk& risk : step.risks) item("Risk:", risk.text + (risk.declared ? ", declared" : ""));
  if (!step.compatibility.reason.empty()) item("Applications:", step.compatibility.reason);
  for (const auto& remark : step.remarks) item("", remark);
  if (step.back.kind != BackKind::Nothing) item("Back:", plan::back_in_words(step.back));
  return tag("pre", tag("code", escaped(sql_of(step.commands))), "tabindex=\"0\"") + (items.empty() ? "" : tag("ul", items));
}

std::string pending(const Known& known) {
  if (!known.facts || known.facts->checked_at.empty()) return tag("p", "Not known: the database has not been read.");
  const plan::Plan& plan = known.facts->plan;
  std::string out;
  for (const auto& refusal : plan.blocked) out += tag("li", marked_up(refusal.text));
  if (!out.empty()) out = tag("p", tag("strong", "In the way", "class=\"bad\"")) + tag("ul", out);
  if (plan.steps.empty()) return out + (plan.blocked.empty() ? tag("p", "Nothing: the database is what the description says.") : "");
  out += tag("p", marked_up(plan::title(plan)) + ". " + marked_up(plan::first_line(plan)));
  std::size_t number = 0;
  for (const Step& step : plan.steps) {
    if (++number > shown_steps) break;
    const std::string facts = marked_up(plan::risk_in_words(step, plan)) + " · " + escaped(plan::how_in_words(step)) + " · old application: " + marked_up(plan::yes_or_no(step.compatibility.old_application)) +
                              " · new application: " + marked_up(plan::yes_or_no(step.compatibility.new_application));
    const std::string symbol = tag("span", escaped(std::string(1, plan::symbol_of(step.symbol))), "class=\"symbol\" aria-hidden=\"true\"");
    out += tag("details", tag("summary", tag("span", std::to_string(number), "class=\"number\"") + symbol + tag("span", marked_up(step.what) + tag("span", facts, "class=\"small\""))) + step_details(step),
               "id=\"step-" + std::to_string(number) + "\"") + "\n";
  }
  out += more(plan.steps.size(), shown_steps);
  return out + tag("p", "The rows have not been asked: <code>plumb plan</code> does that, and writes the document that is reviewed.", "class=\"quiet\"");
}

std::string history(const Known& known) {
  if (!known.facts || known.facts->history.empty()) return tag("p", "plumb has recorded no deployment here.");
  std::vector<std::vector<std::string>> rows;
  for (const auto& one : known.facts->history) {
    rows.push_back({std::to_string(one.number), or_dash(one.version), outcome_of(one), moment(one.started_at), grouped(static_cast<std::uint64_t>(one.duration_ms)) + " ms", escaped(one.applied_by)});
  }
  return table("Deployments, the newest first", {"Number", "Version", "Outcome", "Begun", "Took", "By"}, rows);
}

std::string backups(const Known& known) {
  const auto all = backups_of(known);
  if (all.empty()) return tag("p", "No backup of this database was found.");
  std::vector<std::vector<std::string>> rows;
  for (const auto* one : all) {
    if (rows.size() == shown_backups) break;
    const std::string file = escaped(one->path.substr(one->path.rfind('/') + 1));
    if (!one->problem.empty()) rows.push_back({"–", "–", tag("span", "unusable", "class=\"bad\""), escaped(bytes_in_words(one->file_bytes)), file});
    else rows.push_back({moment(one->manifest.created_at), age_in_words(one->manifest.created_at), or_dash(one->manifest.version), escaped(bytes_in_words(one->file_bytes)), file});
  }
  return table("Backups, the newest first", {"Made", "Age", "Version", "Size", "File"}, rows) + more(all.size(), shown_backups);
}

std::string level_of(validate::Level level) {
  switch (level) {
    case validate::Level::Error: return tag("span", "difference", "class=\"bad\"");
    case validate::Level::Warning: return tag("span", "warning", "class=\"warn\"");
    case validate::Level::Note: return tag("span", "note", "class=\"quiet\"");
  }
  return {};
}

std::string findings(const Known& known) {
  if (!known.checked) return tag("p", "The rows have not been validated yet.");
  const Checked& checked = *known.checked;
  if (!checked.problem.empty()) return tag("p", "It could not be asked: " + escaped(checked.problem), "class=\"bad\"");
  std::vector<std::vector<std::string>> rows;
  for (const auto& finding : checked.report.findings) {
    if (rows.size() == shown_findings) break;
    rows.push_back({level_of(finding.level), marked_up(finding.text)});
  }
  const std::string when = tag("p", "Asked " + moment(checked.checked_at) + ": " + counted(checked.report.tables, "table") + ", " + counted(checked.report.foreign_keys, "foreign key") + ", " + counted(checked.report.assertions, "assertion") + ".", "class=\"quiet\"");
  if (rows.empty()) return tag("p", "Nothing found.") + when;
  return table("What validation found", {"Level", "What"}, rows) + more(checked.report.findings.size(), shown_findings) + when;
}

}  // namespace

std::string status_page(const Subject& subject, const Health& health, const Known& known) {
  const std::string name = subject.description.name.empty() ? std::string("database") : subject.description.name;
  return filled(embedded_texts().at("status.html"),
                {{"title", escaped(std::string(word(health.status)) + " · " + name)},
                 {"name", escaped(name)},
                 {"target", escaped(subject.target.display_name())},
                 {"status", std::string(word(health.status))},
                 {"reason", marked_up(reason(health))},
                 {"glance", glance(subject, health, known)},
                 {"pending", pending(known)},
                 {"history", history(known)},
                 {"backups", backups(known)},
                 {"findings", findings(known)},
                 {"tool", escaped("plumb " + subject.tool_version)}});
}

}  // namespace plumb::serve
