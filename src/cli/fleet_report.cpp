#include "cli/fleet_report.hpp"

#include <algorithm>
#include <iostream>
#include <map>

#include <nlohmann/json.hpp>

#include "plan/build.hpp"
#include "plan/document.hpp"
#include "support/file.hpp"
#include "support/text.hpp"

namespace plumb::cli {
namespace {

using fleet::Outcome;
using Json = nlohmann::ordered_json;

constexpr std::size_t most_names = 10;

std::map<Outcome, std::size_t> counts_of(const FleetReport& report) {
  std::map<Outcome, std::size_t> counts;
  for (const auto& result : report.results) ++counts[result.outcome];
  return counts;
}

/// "a, b, c and 17 further".
std::string some_of(const std::vector<std::string>& names) {
  const std::size_t shown = std::min(names.size(), most_names);
  std::string text = join({names.begin(), names.begin() + static_cast<std::ptrdiff_t>(shown)}, ", ");
  return shown == names.size() ? text : text + " and " + grouped(names.size() - shown) + " further";
}

/// Databases of which the same is to be said, together.
std::string findings(const FleetReport& report) {
  std::vector<std::string> order;
  std::map<std::string, std::vector<std::string>> names;
  for (std::size_t i = 0; i < report.members.size(); ++i) {
    const auto& result = report.results[i];
    if (result.outcome == Outcome::Failed || result.message.empty()) continue;
    const std::string line = std::string(fleet::word(result.outcome)) + ": " + result.message;
    if (names[line].empty()) order.push_back(line);
    names[line].push_back(report.members[i].name);
  }
  std::string text;
  for (const auto& line : order) text += line + "\n  " + counted(names[line].size(), "database") + ": " + some_of(names[line]) + "\n";
  return text;
}

}  // namespace

std::string to_text(const FleetReport& report) {
  std::string text = findings(report);
  for (std::size_t i = 0; i < report.members.size(); ++i) {
    const auto& result = report.results[i];
    if (result.outcome == Outcome::Failed) text += "failed: " + report.members[i].name + " (exit " + std::to_string(result.exit_code) + "): " + result.message + "\n";
  }
  std::vector<std::string> parts;
  for (const auto& [outcome, count] : counts_of(report)) parts.push_back(grouped(count) + " " + std::string(fleet::word(outcome)));
  text += counted(report.members.size(), "database") + ": " + join(parts, ", ") + (report.was_interrupted ? "; interrupted" : "") + "\n";
  return text;
}

std::string to_json(const FleetReport& report) {
  Json json{{"verb", report.verb}, {"started_at", report.started_at}, {"duration_ms", report.duration.count()}, {"exit_code", fleet::exit_code_of(report.results)}, {"interrupted", report.was_interrupted}};
  json["counts"] = Json::object();
  for (const auto& [outcome, count] : counts_of(report)) json["counts"][std::string(fleet::word(outcome))] = count;
  json["states"] = Json::array();
  for (const Group& group : report.groups) {
    json["states"].push_back(Json{{"state", group.name()}, {"engine", group.look.engine}, {"version", group.look.version}, {"fingerprint", group.look.fingerprint}, {"databases", group.members.size()},
                                  {"plan", group.plan ? Json(plan::summary(*group.plan)) : Json(nullptr)}});
  }
  json["databases"] = Json::array();
  for (std::size_t i = 0; i < report.members.size(); ++i) {
    const auto& result = report.results[i];
    const bool was_seen = i < report.looks.size() && !report.looks[i].state.empty();
    json["databases"].push_back(Json{{"name", report.members[i].name}, {"outcome", fleet::word(result.outcome)}, {"exit_code", result.exit_code}, {"message", result.message.empty() ? Json(nullptr) : Json(result.message)},
                                     {"state", was_seen ? Json(report.looks[i].state.substr(0, 12)) : Json(nullptr)}, {"version_before", was_seen ? Json(report.looks[i].version) : Json(nullptr)}, {"duration_ms", result.duration.count()}});
  }
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

void write_fleet_report(const Arguments& arguments, const FleetReport& report) {
  make_folders(arguments.log_dir);
  const std::string begin = arguments.log_dir + "/" + replace_all(replace_all(report.started_at, "-", ""), ":", "") + "-" + report.verb + "-fleet";
  std::string path = begin;
  for (unsigned number = 2; file_exists(path + ".json"); ++number) path = begin + "-" + std::to_string(number);
  write_file(path + ".json", to_json(report));
  write_file(path + ".txt", to_text(report));
  if (!arguments.quiet) std::cerr << "wrote " << path << ".json and .txt\n";
}

}  // namespace plumb::cli
