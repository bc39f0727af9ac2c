// language/resolve.hpp: the syntax trees of all files in, what they mean together out.
#pragma once

#include <vector>

#include "language/ast.hpp"
#include "language/places.hpp"
#include "model/description.hpp"
#include "support/diagnostic.hpp"
#include "support/source_text.hpp"

namespace plumb::language {

/// Gives every name its meaning. `files[i]` is the tree of `sources[i]`. Mistakes are added to `diagnostics`;
/// the description is then not complete. Its fingerprint is left empty. `places`, when given, learns where everything
/// stands.
Description resolve(const std::vector<SourceText>& sources, const std::vector<ast::File>& files,
                    std::vector<Diagnostic>& diagnostics, Places* places = nullptr);

}  // namespace plumb::language
