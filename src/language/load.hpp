// language/load.hpp: description files in, a Description or diagnostics out. The door of this folder.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "language/places.hpp"
#include "model/description.hpp"
#include "support/diagnostic.hpp"
#include "support/source_text.hpp"

namespace plumb::language {

struct Loaded {
  std::optional<Description> description;  ///< nothing when any diagnostic is an error
  std::vector<Diagnostic> diagnostics;
  std::vector<SourceText> sources;  ///< SourceSpan::file is an index into these
};

/// Reads, parses and resolves `.plumb` files; a folder stands for all `*.plumb` below it in path order. All
/// paths together are one description, one namespace. Throws FileError when a path cannot be read, and when a
/// folder holds no description. `places`, when given, learns where everything stands.
Loaded load(const std::vector<std::string>& paths, Places* places = nullptr);

/// The texts alone, under the names that messages and plans give them: `left_out` at the beginning of a path is not said.
std::vector<SourceText> read_sources(const std::vector<std::string>& paths, const std::string& left_out = {});

/// The same for texts that are in memory already.
Loaded load(std::vector<SourceText> sources, Places* places = nullptr);

/// What Description::fingerprint is for these texts.
std::string fingerprint_of(const std::vector<SourceText>& sources);

}  // namespace plumb::language
