// serve/metrics.cpp: what is known as figures for Prometheus.
#include <array>
#include <ctime>

#include "serve/documents.hpp"
#include "support/file.hpp"
#include "support/text.hpp"

namespace plumb::serve {
namespace {

std::string label(const std::string& text) { return "\"" + replace_all(replace_all(replace_all(text, "\\", "\\\\"), "\"", "\\\""), "\n", "\\n") + "\""; }

class Page {
 public:
  void gauge(const std::string& name, const std::string& help, double value) { one(name, help, "gauge", value); }
  void counter(const std::string& name, const std::string& help, std::uint64_t value) { one(name, help, "counter", static_cast<double>(value)); }
  void begin(const std::string& name, const std::string& help, const std::string& type) { text_ += "# HELP " + name + " " + help + "\n# TYPE " + name + " " + type + "\n"; }
  void sample(const std::string& name, const std::string& labels, double value) {
    std::array<char, 40> digits{};
    std::snprintf(digits.data(), digits.size(), "%.15g", value);
    text_ += name + (labels.empty() ? "" : "{" + labels + "}") + " " + digits.data() + "\n";
  }
  std::string take() { return std::move(text_); }

 private:
  void one(const std::string& name, const std::string& help, const std::string& type, double value) {
    begin(name, help, type);
    sample(name, {}, value);
  }
  std::string text_;
};

/// Of "2026-11-21T10:31:05Z", whatever parts of a second stand in it; 0 for another text.
double unix_time(const std::string& utc) {
  std::tm parts{};
  if (::strptime(utc.c_str(), "%Y-%m-%dT%H:%M:%S", &parts) == nullptr) return 0;
  return static_cast<double>(::timegm(&parts));
}

/// Source: https://man7.org/linux/man-pages/man5/proc_pid_statm.5.html
double resident_bytes() {
  try {
    const std::string statm = read_file("/proc/self/statm");
    const std::size_t space = statm.find(' ');
    return std::stod(statm.substr(space + 1)) * 4096.0;
  } catch (const std::exception&) {
    return 0;
  }
}

void add_state(Page& page, const Subject& subject, const Health& health, const Known& known) {
  const Facts nothing;
  const Facts& facts = known.facts ? *known.facts : nothing;
  page.gauge("plumb_up", "Whether the last look at the database worked.", known.facts && facts.problem.empty() && !facts.checked_at.empty() ? 1 : 0);
  page.begin("plumb_status", "The health: 1 for the one that holds.", "gauge");
  for (const Status status : {Status::Ok, Status::Warning, Status::Error}) page.sample("plumb_status", "status=" + label(std::string(word(status))), health.status == status ? 1 : 0);
  page.gauge("plumb_compatible", "Whether the database has a required version.", health.compatible ? 1 : 0);
  page.begin("plumb_version_info", "Versions, as labels.", "gauge");
  page.sample("plumb_version_info", "plumb=" + label(subject.tool_version) + ",schema=" + label(subject.description.name) + ",required=" + label(health.required) + ",actual=" + label(facts.version) +
                                        ",engine=" + label(std::string(subject.dialect->name())) + ",engine_version=" + label(facts.engine_version), 1);
  page.gauge("plumb_pending_steps", "Steps from the database to the description.", static_cast<double>(facts.plan.steps.size()));
  page.gauge("plumb_half_done", "Whether a deployment is half done and not running.", facts.half_done && !facts.is_running ? 1 : 0);
  page.gauge("plumb_changed_records", "Deployments whose record was changed afterwards.", static_cast<double>(facts.changed_records.size()));
  if (!facts.history.empty()) {
    page.gauge("plumb_last_deployment_timestamp_seconds", "When the last deployment began.", unix_time(facts.history.front().started_at));
    page.gauge("plumb_last_deployment_done", "Whether it was carried out.", facts.history.front().outcome == "done" ? 1 : 0);
  }
  page.gauge("plumb_state_age_seconds", "How old these figures are.", age_of(known));
  page.gauge("plumb_look_duration_seconds", "How long the last look took.", static_cast<double>(facts.took.count()) / 1000);
}

void add_findings(Page& page, const Known& known) {
  if (!known.checked) return;
  std::array<double, 3> counts{};
  for (const auto& finding : known.checked->report.findings) ++counts[static_cast<std::size_t>(finding.level)];
  page.begin("plumb_validate_findings", "What the last validation found.", "gauge");
  page.sample("plumb_validate_findings", "level=\"error\"", counts[0]);
  page.sample("plumb_validate_findings", "level=\"warning\"", counts[1]);
  page.sample("plumb_validate_findings", "level=\"note\"", counts[2]);
  page.gauge("plumb_validate_timestamp_seconds", "When that was.", unix_time(known.checked->checked_at));
}

void add_backups(Page& page, const Known& known) {
  if (!known.shelf) return;
  double usable = 0;
  for (const auto* one : backups_of(known)) usable += one->problem.empty() ? 1 : 0;
  page.gauge("plumb_backups", "Usable backups of the database.", usable);
  if (const auto* newest = newest_backup(known)) page.gauge("plumb_backup_newest_timestamp_seconds", "When the newest of them was made.", unix_time(newest->manifest.created_at));
}

void add_counters(Page& page, const Counters& counters) {
  page.counter("plumb_looks_total", "How often the database was asked for its state.", counters.looks);
  page.counter("plumb_looks_failed_total", "How often that did not work.", counters.failed_looks);
  page.counter("plumb_checks_total", "How often its rows were validated.", counters.checks);
  page.begin("plumb_http_responses_total", "Answers by the class of their status.", "counter");
  for (const int digit : {2, 3, 4, 5}) page.sample("plumb_http_responses_total", "code=\"" + std::to_string(digit) + "xx\"", static_cast<double>(counters.answers[digit]));
  page.counter("plumb_http_limited_total", "Requests turned away by the limit of their client.", counters.limited);
  page.counter("plumb_http_turned_away_total", "Connections for which there was no place.", counters.turned_away);
  page.gauge("plumb_http_connections", "Open connections.", static_cast<double>(counters.connections));
  page.gauge("process_resident_memory_bytes", "Resident memory.", resident_bytes());
}

}  // namespace

std::string metrics_text(const Subject& subject, const Health& health, const Known& known, const Counters& counters) {
  Page page;
  add_state(page, subject, health, known);
  add_findings(page, known);
  add_backups(page, known);
  add_counters(page, counters);
  return page.take();
}

}  // namespace plumb::serve
