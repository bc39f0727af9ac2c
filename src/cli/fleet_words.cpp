#include "cli/fleet_words.hpp"

#include <algorithm>
#include <filesystem>
#include <set>

#include <nlohmann/json.hpp>

#include "support/text.hpp"

namespace plumb::cli {
namespace {

const std::set<std::string>& of_the_fleet() {
  static const std::set<std::string> names{"targets", "canary", "parallel", "max-failures", "drifted", "db", "output", "format", "json", "quiet", "verbose", "yes", "no-progress", "exit-code", "log-dir", "backup-dir"};
  return names;
}

const std::set<std::string>& of_planning() {
  static const std::set<std::string> names{"config",       "env",   "color",           "lock-timeout",  "to",           "scratch",  "packages",    "strict-order", "strip-definers", "rename",      "allow",     "no-attic", "rehearse",
                                           "no-rehearsal", "phase", "largest-rebuild", "alter-wrapper", "no-algorithm", "no-probe", "no-examples", "probe-timeout", "data",          "mode",        "on-conflict", "own-changes", "most-lost"};
  return names;
}

void add(const GivenOption& option, std::vector<std::string>& words) {
  if (option.values.empty()) words.push_back("--" + option.name);
  for (const auto& value : option.values) words.push_back("--" + option.name + "=" + value);
}

}  // namespace

std::vector<std::string> words_of_call(const Arguments& arguments) {
  std::vector<std::string> words = {arguments.verb};
  for (const auto& option : arguments.given) {
    if (!of_the_fleet().contains(option.name)) add(option, words);
  }
  words.emplace_back("--no-progress");
  return words;
}

std::vector<std::string> words_to_plan(const Arguments& arguments) {
  std::vector<std::string> words{"plan", "--no-progress"};
  for (const auto& option : arguments.given) {
    const bool is_a_part = arguments.verb == "deploy" && option.values.empty() && option.name == "data";  // there it is a flag
    if (of_planning().contains(option.name) && !is_a_part) add(option, words);
  }
  return words;
}

std::map<std::string, std::string> surroundings_of(const Arguments& arguments, const fleet::Member& member) {
  namespace fs = std::filesystem;
  std::map<std::string, std::string> variables{{"PLUMB_DB", member.url}, {"PLUMB_BACKUP_DIR", (fs::path(arguments.backup_dir) / member.folder).string()}};
  if (!arguments.log_dir.empty()) variables.emplace("PLUMB_LOG_DIR", (fs::path(arguments.log_dir) / member.folder).string());
  return variables;
}

std::string reason_of(const fleet::ChildResult& result) {
  constexpr std::string_view own = "plumb: ";
  constexpr std::string_view blocked = "blocked: ";
  constexpr int from_signal = 128;
  std::string said;
  std::string last;
  for (const auto raw : split_lines(result.err.empty() ? result.out : result.err)) {
    const std::string line(trim(raw));
    if (line.starts_with(blocked)) return line.substr(blocked.size());
    if (line.starts_with(own)) said += (said.empty() ? "" : "; ") + line.substr(own.size());
    if (!line.empty()) last = line;
  }
  if (!said.empty()) return said;
  if (result.exit_code > from_signal) return "ended by signal " + std::to_string(result.exit_code - from_signal);
  return last;
}

std::string status_in_words(const std::string& json) {
  const auto status = nlohmann::json::parse(json);
  const std::string version = status.at("version").is_null() ? "no version" : "version " + status.at("version").get<std::string>();
  return status.contains("pending") ? version + ", " + counted(status.at("pending").size(), "step") + " pending" : version;
}

std::string findings_in_words(const std::string& json) {
  const auto validation = nlohmann::json::parse(json);
  const auto& findings = validation.at("findings");
  if (findings.empty()) return "it differs";
  const auto worst = std::find_if(findings.begin(), findings.end(), [](const auto& one) { return one.at("level") == "error"; });
  const std::string text = (worst == findings.end() ? findings.front() : *worst).at("text").template get<std::string>();
  return findings.size() == 1 ? text : text + ", and " + counted(findings.size() - 1, "further finding");
}

}  // namespace plumb::cli
