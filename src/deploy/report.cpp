#include "deploy/report.hpp"

#include <nlohmann/json.hpp>

namespace plumb::deploy {
namespace {

using Json = nlohmann::ordered_json;

std::string padded(std::string text, std::size_t width) {
  text.resize(std::max(width, text.size() + 1), ' ');
  return text;
}

Json to_json(const Report& report) {
  Json json{{"package", report.package}, {"database", report.database}, {"schema", report.schema}, {"version", {{"from", report.version_from}, {"to", report.version_to}}},
            {"started_at", report.started_at}, {"succeeded", report.succeeded}, {"stands", report.stands}};
  json["phases"] = Json::array();
  for (const Phase& phase : report.phases) json["phases"].push_back(Json{{"name", phase.name}, {"outcome", phase.outcome}, {"duration_ms", phase.duration.count()}, {"text", phase.text}});
  json["output_of_hooks"] = report.lines;
  return json;
}

}  // namespace

std::string to_text(const Report& report) {
  std::string out = report.package + " on " + report.database + ", " + report.started_at + "\n";
  for (const Phase& phase : report.phases) {
    out += "  " + padded(phase.outcome, 9) + padded(phase.name, 16) + padded(std::to_string(phase.duration.count()) + " ms", 11) + phase.text + "\n";
  }
  for (const auto& line : report.lines) out += "  | " + line + "\n";
  return out + (report.succeeded ? "done: " : "not done: ") + report.stands + "\n";
}

std::string to_json(const std::vector<Report>& reports) {
  Json json = Json::array();
  for (const Report& report : reports) json.push_back(to_json(report));
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace plumb::deploy
