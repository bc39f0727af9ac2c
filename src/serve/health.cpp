#include "serve/health.hpp"

#include <algorithm>

#include "support/text.hpp"

namespace plumb::serve {
namespace {

class Judge {
 public:
  Judge(const Subject& subject, const Facts* facts, const Checked* checked) : subject_(subject), facts_(facts), checked_(checked) {
    health_.required = subject.required.empty() ? subject.description.version : subject.required;
  }

  Health run() {
    if (facts_ == nullptr || (facts_->checked_at.empty() && facts_->problem.empty())) {
      say(Status::Error, "the database has not answered yet");
      return std::move(health_);
    }
    if (!facts_->problem.empty()) judge_problem();
    if (facts_->checked_at.empty()) return sorted();
    judge_version();
    judge_deployments();
    judge_plan();
    judge_findings();
    return sorted();
  }

 private:
  void say(Status status, std::string text) {
    health_.status = std::max(health_.status, status);
    said_.emplace_back(status, std::move(text));
  }

  Health sorted() {
    std::stable_sort(said_.begin(), said_.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
    for (auto& [status, text] : said_) health_.reasons.push_back(std::move(text));
    return std::move(health_);
  }

  /// A deployment holds the lock for a while; whatever else is wrong may last.
  void judge_problem() {
    const bool may_pass = facts_->is_locked && !facts_->checked_at.empty();
    if (may_pass) say(Status::Warning, "another client holds the database; this is the state of " + facts_->checked_at);
    else say(Status::Error, "the database cannot be read: " + facts_->problem);
  }

  void judge_version() {
    const std::string& actual = facts_->version;
    const std::string& required = health_.required;
    if (required.empty()) {
      health_.compatible = facts_->plan.steps.empty() && facts_->plan.blocked.empty();
      return;
    }
    health_.compatible = is_met(actual);
    if (health_.compatible) return;
    if (actual.empty()) return say(Status::Warning, "update needed: the database has no recorded version, " + required + " is required");
    if (is_newer(actual)) return say(Status::Error, "the database is newer: it has version " + actual + ", " + required + " is required");
    say(Status::Warning, "update needed: the database has version " + actual + ", " + required + " is required");
  }

  bool is_met(const std::string& actual) const {
    if (!subject_.range) return actual == subject_.description.version;
    const auto version = parse_version(actual);
    return version && subject_.range->contains(*version);
  }

  bool is_newer(const std::string& actual) const { return is_older(subject_.description.version, actual); }

  void judge_deployments() {
    if (facts_->half_done) {
      const std::string number = "deployment #" + std::to_string(facts_->half_done->number);
      if (facts_->is_running) say(Status::Warning, number + " is running just now");
      else say(Status::Error, number + " is half done; " + apply::ways_out(*facts_->half_done));
    }
    for (const auto number : facts_->changed_records) say(Status::Warning, "what was recorded of deployment #" + std::to_string(number) + " has been changed since");
  }

  void judge_plan() {
    if (!health_.compatible || facts_->half_done || facts_->plan.steps.empty()) return;
    say(Status::Warning, "the database differs from the description: " + counted(facts_->plan.steps.size(), "step") + " pending");
  }

  void judge_findings() {
    if (checked_ == nullptr || !health_.compatible || checked_->fingerprint != facts_->fingerprint) return;
    const auto& findings = checked_->report.findings;
    const auto errors = static_cast<std::uint64_t>(std::count_if(findings.begin(), findings.end(), [](const validate::Finding& one) { return one.level == validate::Level::Error && one.code != "version"; }));
    if (errors > 0) say(Status::Warning, "validation found " + counted(errors, "difference"));
  }

  const Subject& subject_;
  const Facts* facts_;
  const Checked* checked_;
  Health health_;
  std::vector<std::pair<Status, std::string>> said_;
};

}  // namespace

std::string_view word(Status status) {
  switch (status) {
    case Status::Ok: return "ok";
    case Status::Warning: return "warning";
    case Status::Error: return "error";
  }
  return "error";
}

int http_status(Status status) { return status == Status::Error ? 500 : 200; }

Health judge(const Subject& subject, const Facts* facts, const Checked* checked) { return Judge(subject, facts, checked).run(); }

std::string reason(const Health& health) { return health.reasons.empty() ? "the database is what the description says" : join(health.reasons, "; "); }

}  // namespace plumb::serve
