// deploy/report.hpp: what a deployment did, phase by phase, and what stands.
#pragma once

#include <chrono>
#include <string>
#include <vector>

namespace plumb::deploy {

struct Phase {
  std::string name;      ///< "preflight", "backup", "plan", "maintenance-on", "apply", "validate", "health", "maintenance-off", "rollback"
  std::string outcome;   ///< "done", "failed", "skipped"
  std::string text;      ///< what came of it, in a line
  std::chrono::milliseconds duration{};
};

struct Report {
  std::string package;
  std::string database;
  std::string schema;
  std::string version_from;
  std::string version_to;
  std::string started_at;
  std::vector<Phase> phases;
  std::vector<std::string> lines;  ///< what hooks printed
  std::string stands;              ///< "the end: version 0.6.0", "the start: …"
  bool succeeded = false;
};

std::string to_text(const Report& report);
std::string to_json(const std::vector<Report>& reports);

}  // namespace plumb::deploy
