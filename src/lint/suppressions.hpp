// lint/suppressions.hpp: the comments that allow findings, for this folder alone.
#pragma once

#include <string>
#include <vector>

#include "support/source_text.hpp"

namespace plumb::lint {

/// One name in `// plumb: allow rule, rule: the reason`.
struct Suppression {
  std::string rule;
  SourceSpan place;        ///< of the name
  std::uint32_t line = 0;  ///< whose findings it allows: the comment's own, or the next declaration's
  bool used = false;
};

/// A comment that begins with `plumb:` and is not understood.
struct BadSuppression {
  SourceSpan place;
  std::string message;
};

struct Suppressions {
  std::vector<Suppression> allowed;
  std::vector<BadSuppression> bad;
};

Suppressions read_suppressions(const std::vector<SourceText>& sources);

}  // namespace plumb::lint
