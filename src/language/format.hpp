// language/format.hpp: the text of a description, laid out.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "support/diagnostic.hpp"
#include "support/source_text.hpp"

namespace plumb::language {

struct Formatted {
  std::optional<std::string> text;  ///< nothing when the source has errors
  std::vector<Diagnostic> diagnostics;
};

/// Lays out one file: comments kept, one declaration a line, columns of a table aligned. Formatting twice
/// changes nothing; the parsed meaning never changes.
Formatted format(const SourceText& source);

}  // namespace plumb::language
