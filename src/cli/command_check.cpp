// cli/command_check.cpp: plumb check: parses, resolves and lints a description without a database.
#include <iostream>

#include <nlohmann/json.hpp>

#include "cli/commands.hpp"
#include "cli/session.hpp"
#include "cli/terminal.hpp"
#include "cli/version.hpp"
#include "desired/desired_state.hpp"
#include "language/load.hpp"
#include "lint/lint.hpp"
#include "sarif/sarif.hpp"
#include "support/error.hpp"
#include "support/text.hpp"

namespace plumb::cli {
namespace {

constexpr std::string_view not_on_engine = "not-on-engine";

/// A description with all that was found in it, lint included.
struct Checked {
  desired::Loaded loaded;
  std::vector<Diagnostic> findings;  ///< mistakes of the language first
};

std::string format_of(const Arguments& arguments) {
  if (!arguments.format.empty()) {
    for (const char* known : {"text", "json", "sarif"}) {
      if (arguments.format == known) return arguments.format;
    }
    throw UsageError("there is no format `" + arguments.format + "`; plumb check knows text, json and sarif");
  }
  if (arguments.output.ends_with(".sarif")) return "sarif";
  if (arguments.output.ends_with(".json") || arguments.json) return "json";
  return "text";
}

lint::Options lint_options(const Arguments& arguments) {
  lint::Options options;
  for (const auto& [rule, level] : arguments.lint) lint::set_level(options.levels, rule, level);
  if (!arguments.engine.empty()) {
    options.engines.push_back(&dialect_for(arguments.engine));
    options.all_engines = false;
    return options;
  }
  for (const std::string& name : dialect_names()) options.engines.push_back(&dialect_for(name));
  return options;
}

Checked check(const Arguments& arguments) {
  const lint::Options options = lint_options(arguments);
  language::Places places;
  Checked checked;
  if (desired::kind_of(arguments.paths) == desired::SourceKind::Language) {
    checked.loaded = {language::load(arguments.paths, &places), {}};
  } else {
    checked.loaded = desired::load(arguments.paths, desired_options(arguments));
  }
  checked.findings = checked.loaded.diagnostics;
  const auto& description = checked.loaded.description;
  for (const std::string& remark : checked.loaded.remarks) checked.findings.push_back({Severity::Warning, "not-taken-over", {0xFFFFFFFFU, 0, 0}, remark, {}});
  if (!description) return checked;
  if (!arguments.engine.empty()) {
    for (const std::string& sentence : dialect_for(arguments.engine).cannot_express(*description)) {
      checked.findings.push_back({Severity::Warning, std::string(not_on_engine), {0xFFFFFFFFU, 0, 0}, sentence, {}});
    }
  }
  for (Diagnostic& finding : lint::lint(*description, checked.loaded.sources, places, options)) checked.findings.push_back(std::move(finding));
  return checked;
}

std::size_t count_of(const std::vector<Diagnostic>& findings, Severity severity) {
  return static_cast<std::size_t>(std::count_if(findings.begin(), findings.end(), [&](const Diagnostic& one) { return one.severity == severity; }));
}

std::string sarif_of(const Checked& checked) {
  sarif::Log log;
  log.version = version_text;
  for (const lint::Rule& rule : lint::rules()) {
    const Severity level = rule.level == lint::Level::Error ? Severity::Error : rule.level == lint::Level::Note ? Severity::Note : Severity::Warning;
    log.rules.push_back({std::string(rule.name), level, std::string(rule.summary), std::string(rule.reason), std::string(rule.cure)});
  }
  log.rules.push_back({std::string(not_on_engine), Severity::Warning, "The engine has no counterpart for something that is declared.", {}, {}});
  sarif::add(log, checked.findings, checked.loaded.sources);
  return sarif::to_json(log);
}

std::string_view word_of(Severity severity) { return severity == Severity::Error ? "error" : severity == Severity::Warning ? "warning" : "note"; }

std::string json_of(const Checked& checked) {
  using Json = nlohmann::ordered_json;
  const auto& sources = checked.loaded.sources;
  Json json{{"check", 1}, {"schema", nullptr}, {"version", nullptr}, {"findings", Json::array()}};
  if (checked.loaded.description) {
    json["schema"] = checked.loaded.description->name;
    json["version"] = checked.loaded.description->version;
  }
  for (const Diagnostic& finding : checked.findings) {
    Json one{{"rule", finding.code}, {"level", word_of(finding.severity)}, {"message", finding.message}, {"file", nullptr}, {"line", nullptr}, {"column", nullptr}, {"notes", Json::array()}};
    if (finding.span.file < sources.size()) {
      const LineColumn at = sources[finding.span.file].line_column(finding.span.offset);
      one["file"] = sources[finding.span.file].path();
      one["line"] = at.line;
      one["column"] = at.column;
    }
    for (const DiagnosticNote& note : finding.notes) one["notes"].push_back(note.message);
    json["findings"].push_back(std::move(one));
  }
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::string summary_of(const Checked& checked) {
  const Description& description = *checked.loaded.description;
  const std::size_t errors = count_of(checked.findings, Severity::Error);
  const std::size_t warnings = count_of(checked.findings, Severity::Warning);
  std::string text = (description.name.empty() ? std::string("description") : description.name) + (description.version.empty() ? "" : " " + description.version) + ": ";
  text += counted(description.schema.tables.size(), "table") + ", " + counted(description.schema.views.size(), "view") + ", ";
  text += counted(description.schema.triggers.size(), "trigger") + ", " + counted(description.assertions.size(), "assertion") + "; ";
  text += errors == 0 ? std::string("no errors") : counted(errors, "error");
  return text + (warnings == 0 ? "" : ", " + counted(warnings, "warning")) + "\n";
}

void print(const Arguments& arguments, const Checked& checked, const std::string& format) {
  if (format == "sarif") return print_result(arguments, sarif_of(checked));
  if (format == "json") return print_result(arguments, json_of(checked));
  std::vector<Diagnostic> shown = checked.findings;
  if (arguments.quiet) std::erase_if(shown, [](const Diagnostic& one) { return one.severity != Severity::Error; });
  std::cerr << render(shown, checked.loaded.sources, color_on_stderr(arguments));
  if (checked.loaded.description && !arguments.quiet) print_result(arguments, summary_of(checked));
}

}  // namespace

int command_check(const Arguments& arguments) {
  const std::string format = format_of(arguments);
  const Checked checked = check(arguments);
  print(arguments, checked, format);
  if (!checked.loaded.description || has_errors(checked.findings)) return ErrorExit;
  return arguments.strict && count_of(checked.findings, Severity::Warning) > 0 ? ErrorExit : Ok;
}

}  // namespace plumb::cli
