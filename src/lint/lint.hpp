// lint/lint.hpp: what is allowed in a description but will cause trouble later. The door of this folder. Pure.
#pragma once

#include <vector>

#include "dialect/dialect.hpp"
#include "language/places.hpp"
#include "lint/rules.hpp"
#include "model/description.hpp"
#include "support/diagnostic.hpp"
#include "support/source_text.hpp"

namespace plumb::lint {

struct Options {
  std::vector<const Dialect*> engines;  ///< for which the description is
  bool all_engines = true;              ///< there are no others: a suppression that nothing needs is unused
  Levels levels;
};

/// What the rules find, `code` being the rule's name. Findings that a comment in the sources allows are left out; comments
/// that allow nothing are findings themselves. The same place in a mixin is told once, however many tables use it.
/// Without places (a description in SQL) a finding points to its table's line where that is known.
std::vector<Diagnostic> lint(const Description& description, const std::vector<SourceText>& sources, const language::Places& places, const Options& options);

}  // namespace plumb::lint
