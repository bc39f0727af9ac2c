// sarif/sarif.hpp: findings in the form that code scanning reads: SARIF 2.1.0 (docs.oasis-open.org/sarif/sarif/v2.1.0).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "support/diagnostic.hpp"

namespace plumb::sarif {

struct Rule {
  std::string id;  ///< stable: scanning services follow a finding by it
  Severity level = Severity::Warning;
  std::string summary;  ///< one sentence
  std::string reason;   ///< may be empty
  std::string help;     ///< what to do, in Markdown; may be empty
};

/// Lines and columns count from 1, columns in code points; 0: not known.
struct Place {
  std::string file;
  std::uint32_t line = 0;
  std::uint32_t column = 0;
  std::uint32_t end_column = 0;  ///< behind the last character
};

struct Result {
  std::string rule;  ///< the id of one of the rules
  Severity level = Severity::Warning;
  std::string message;
  std::optional<Place> place;
};

struct Log {
  std::string version;  ///< of plumb
  std::vector<Rule> rules;
  std::vector<Result> results;
};

/// The same bytes for the same log. Relative files are told as relative to the root of the sources.
std::string to_json(const Log& log);

/// Diagnostics as results; what has no place is put at the beginning of the first source, since scanning services pass
/// over results without one. Adds rules for codes that `log` has none for.
void add(Log& log, const std::vector<Diagnostic>& diagnostics, const std::vector<SourceText>& sources);

}  // namespace plumb::sarif
