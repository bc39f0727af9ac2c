#include "sarif/sarif.hpp"

#include <algorithm>
#include <cctype>

#include <nlohmann/json.hpp>

namespace plumb::sarif {
namespace {

using Json = nlohmann::ordered_json;

std::string_view word_of(Severity level) {
  switch (level) {
    case Severity::Error: return "error";
    case Severity::Warning: return "warning";
    case Severity::Note: return "note";
  }
  return "none";
}

/// A path as a URI reference (RFC 3986): what is neither unreserved nor a slash is percent-encoded.
std::string uri_of(const std::string& path) {
  constexpr std::string_view hex = "0123456789ABCDEF";
  std::string uri = path.starts_with('/') ? "file://" : "";
  std::string_view rest = path;
  while (rest.starts_with("./")) rest.remove_prefix(2);
  for (const char c : rest) {
    const auto byte = static_cast<unsigned char>(c);
    const bool plain = byte < 0x80 && (std::isalnum(byte) != 0 || c == '/' || c == '-' || c == '.' || c == '_' || c == '~');
    if (plain) {
      uri.push_back(c);
    } else {
      uri.push_back('%');
      uri.push_back(hex[byte >> 4U]);
      uri.push_back(hex[byte & 0xFU]);
    }
  }
  return uri;
}

Json message(const std::string& text) { return Json{{"text", text}}; }

Json rule_json(const Rule& rule) {
  Json json{{"id", rule.id}, {"shortDescription", message(rule.summary)}};
  if (!rule.reason.empty()) json["fullDescription"] = message(rule.reason);
  if (!rule.help.empty()) json["help"] = Json{{"text", rule.help}, {"markdown", rule.help}};
  json["defaultConfiguration"] = Json{{"level", word_of(rule.level)}};
  return json;
}

Json location(const Place& place) {
  Json artifact{{"uri", uri_of(place.file)}};
  if (!place.file.starts_with('/')) artifact["uriBaseId"] = "%SRCROOT%";
  Json physical{{"artifactLocation", std::move(artifact)}};
  if (place.line > 0) {
    Json region{{"startLine", place.line}};
    if (place.column > 0) region["startColumn"] = place.column;
    if (place.end_column > place.column) region["endColumn"] = place.end_column;
    physical["region"] = std::move(region);
  }
  return Json{{"physicalLocation", std::move(physical)}};
}

Json result_json(const Log& log, const Result& result) {
  const auto rule = std::find_if(log.rules.begin(), log.rules.end(), [&](const Rule& one) { return one.id == result.rule; });
  Json json{{"ruleId", result.rule}};
  if (rule != log.rules.end()) json["ruleIndex"] = rule - log.rules.begin();
  json["level"] = word_of(result.level);
  json["message"] = message(result.message);
  json["locations"] = Json::array();
  if (result.place) json["locations"].push_back(location(*result.place));
  return json;
}

Place place_of(const SourceSpan& span, const std::vector<SourceText>& sources) {
  if (span.file >= sources.size()) return {sources.empty() ? std::string() : sources.front().path(), 1, 0, 0};
  const SourceText& source = sources[span.file];
  const LineColumn begin = source.line_column(span.offset);
  const LineColumn end = source.line_column(span.offset + span.length);
  return {source.path(), begin.line, begin.column, end.line == begin.line ? end.column : 0};
}

}  // namespace

std::string to_json(const Log& log) {
  Json driver{{"name", "plumb"}, {"semanticVersion", log.version}, {"rules", Json::array()}};
  for (const Rule& rule : log.rules) driver["rules"].push_back(rule_json(rule));
  Json run{{"tool", Json{{"driver", std::move(driver)}}}, {"columnKind", "unicodeCodePoints"}, {"results", Json::array()}};
  for (const Result& result : log.results) run["results"].push_back(result_json(log, result));
  Json json{{"$schema", "https://json.schemastore.org/sarif-2.1.0.json"}, {"version", "2.1.0"}, {"runs", Json::array({std::move(run)})}};
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

void add(Log& log, const std::vector<Diagnostic>& diagnostics, const std::vector<SourceText>& sources) {
  for (const Diagnostic& diagnostic : diagnostics) {
    const bool known = std::any_of(log.rules.begin(), log.rules.end(), [&](const Rule& rule) { return rule.id == diagnostic.code; });
    if (!known) log.rules.push_back({diagnostic.code, diagnostic.severity, "A mistake in the description: " + diagnostic.code + ".", {}, "docs/language.md explains the codes of mistakes."});
    std::string text = diagnostic.message;
    for (const DiagnosticNote& note : diagnostic.notes) text += "; " + note.message;
    log.results.push_back({diagnostic.code, diagnostic.severity, std::move(text), place_of(diagnostic.span, sources)});
  }
}

}  // namespace plumb::sarif
