// serve/documents.cpp: the JSON answers.
#include "serve/documents.hpp"

#include <nlohmann/json.hpp>

namespace plumb::serve {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t listed_steps = 100;

Json text_or_null(const std::string& text) { return text.empty() ? Json(nullptr) : Json(text); }

Json last_deployment(const Known& known) {
  if (!known.facts || known.facts->history.empty()) return nullptr;
  const apply::Deployment& last = known.facts->history.front();
  return Json{{"number", last.number}, {"version", text_or_null(last.version)}, {"outcome", last.outcome}, {"started_at", last.started_at}, {"duration_ms", last.duration_ms}};
}

std::string text_of(const Json& json) { return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n"; }

bool is_read(const Known& known) { return known.facts && !known.facts->checked_at.empty(); }

}  // namespace

double age_of(const Known& known) { return known.facts ? std::chrono::duration<double>(Clock::now() - known.facts->looked).count() : 0; }

std::string health_json(const Subject& subject, const Health& health, const Known& known) {
  Json pending = Json::array();
  const std::size_t steps = known.facts ? known.facts->plan.steps.size() : 0;
  for (std::size_t i = 0; i < steps && i < listed_steps; ++i) pending.push_back(known.facts->plan.steps[i].what);
  return text_of(Json{{"status", word(health.status)},
                      {"reason", reason(health)},
                      {"reasons", health.reasons},
                      {"schema", subject.description.name},
                      {"required_version", text_or_null(health.required)},
                      {"actual_version", known.facts ? text_or_null(known.facts->version) : Json(nullptr)},
                      {"compatible", health.compatible},
                      {"pending_count", is_read(known) ? Json(steps) : Json(nullptr)},
                      {"pending", pending},
                      {"last_deployment", last_deployment(known)},
                      {"checked_at", known.facts ? text_or_null(known.facts->checked_at) : Json(nullptr)},
                      {"age_seconds", static_cast<std::int64_t>(age_of(known))}});
}

std::string version_json(const Subject& subject, const Known& known) {
  return text_of(Json{{"tool", Json{{"name", "plumb"}, {"version", subject.tool_version}}},
                      {"description", Json{{"schema", subject.description.name}, {"version", text_or_null(subject.description.version)}, {"fingerprint", subject.description.fingerprint}}},
                      {"database", Json{{"target", subject.target.display_name()},
                                        {"engine", subject.dialect->name()},
                                        {"engine_version", known.facts ? text_or_null(known.facts->engine_version) : Json(nullptr)},
                                        {"version", known.facts ? text_or_null(known.facts->version) : Json(nullptr)},
                                        {"fingerprint", known.facts ? text_or_null(known.facts->fingerprint) : Json(nullptr)}}},
                      {"last_deployment", last_deployment(known)}});
}

std::vector<const backup::Shelved*> backups_of(const Known& known) {
  std::vector<const backup::Shelved*> backups;
  const std::string name = known.facts ? known.facts->database_name : std::string();
  if (!known.shelf) return backups;
  for (const auto& one : known.shelf->backups) {
    if (!one.problem.empty() || name.empty() || one.manifest.name == name) backups.push_back(&one);
  }
  return backups;
}

const backup::Shelved* newest_backup(const Known& known) {
  for (const auto* one : backups_of(known)) {
    if (one->problem.empty()) return one;
  }
  return nullptr;
}

}  // namespace plumb::serve
