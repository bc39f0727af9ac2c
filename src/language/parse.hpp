// language/parse.hpp: the text of one file in, its syntax tree and diagnostics out.
#pragma once

#include <vector>

#include "language/ast.hpp"
#include "language/grammar/state.hpp"
#include "support/diagnostic.hpp"
#include "support/source_text.hpp"

namespace plumb::language {

/// Reads one file; mistakes are added to `diagnostics` and left out of the tree, where a node without a span
/// stands in their place. `recording`, when given, learns what the formatter needs. The tree looks at the
/// text: `source` must outlive it.
ast::File parse(const SourceText& source, std::uint32_t file, std::vector<Diagnostic>& diagnostics,
                grammar::Recording* recording = nullptr);

}  // namespace plumb::language
