// support/diagnostic.hpp: one thing wrong with the user's text. A value, never thrown.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "support/source_text.hpp"

namespace plumb {

enum class Severity { Error, Warning, Note };

/// A second place or a hint that belongs to a diagnostic.
struct DiagnosticNote {
  std::string message;
  std::optional<SourceSpan> span;
};

/// Wording: lower case, no full stop, names in backquotes, the situation before the hint
/// ("column `emial` not found in table `users`; did you mean `email`?").
struct Diagnostic {
  Severity severity = Severity::Error;
  std::string code;  ///< stable, kebab-case: "unknown-column"
  SourceSpan span;
  std::string message;
  std::vector<DiagnosticNote> notes;
};

bool has_errors(const std::vector<Diagnostic>& diagnostics);

/// The diagnostics as text: `file:line:column: error: message [code]`, the line, a caret under the place.
/// Sorted by file and offset. `color` adds ANSI sequences.
std::string render(const std::vector<Diagnostic>& diagnostics, const std::vector<SourceText>& sources, bool color);

}  // namespace plumb
