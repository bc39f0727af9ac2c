// validate/report.cpp: the findings for people and for programs.
#include <nlohmann/json.hpp>

#include "support/text.hpp"
#include "validate/validate.hpp"

namespace plumb::validate {
namespace {

std::string_view word(Level level) {
  switch (level) {
    case Level::Error: return "error";
    case Level::Warning: return "warning";
    case Level::Note: return "note";
  }
  return {};
}

const char* color_of(Level level) {
  switch (level) {
    case Level::Error: return "\x1b[1;31m";
    case Level::Warning: return "\x1b[1;35m";
    case Level::Note: return "\x1b[1;36m";
  }
  return "";
}

}  // namespace

std::string to_text(const Report& report, bool strict, bool color) {
  std::string out;
  for (const Finding& finding : report.findings) {
    if (!finding.origin.file.empty()) out += finding.origin.to_string() + ": ";
    out += color ? color_of(finding.level) + std::string(word(finding.level)) + ":\x1b[0m " : std::string(word(finding.level)) + ": ";
    out += finding.text + " [" + finding.code + "]\n";
  }
  if (!report.findings.empty()) out += "\n";
  out += "compared " + counted(report.tables, "table") + ", checked the rows of " + counted(report.foreign_keys, "foreign key") + ", asked " + counted(report.assertions, "assertion") + "\n";
  if (!report.recorded_version.empty()) out += "version " + report.recorded_version + "\n";
  out += differs(report, strict) ? "the database differs from the description\n" : "the database is what the description says\n";
  return out;
}

std::string to_json(const Report& report, bool strict) {
  using Json = nlohmann::ordered_json;
  Json json{{"database", report.database}, {"valid", !differs(report, strict)}, {"strict", strict}};
  json["version"] = Json{{"recorded", report.recorded_version}, {"declared", report.declared_version}};
  json["tables"] = report.tables;
  json["foreign_keys"] = report.foreign_keys;
  json["assertions"] = report.assertions;
  json["findings"] = Json::array();
  for (const Finding& finding : report.findings) {
    Json one{{"level", word(finding.level)}, {"code", finding.code}, {"text", finding.text}};
    one["file"] = finding.origin.file.empty() ? Json(nullptr) : Json(finding.origin.file);
    one["line"] = finding.origin.file.empty() ? Json(nullptr) : Json(finding.origin.line);
    json["findings"].push_back(std::move(one));
  }
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace plumb::validate
