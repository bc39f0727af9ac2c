// language/comments.hpp: the `//` comments of a description, which mean nothing to the language itself.
#pragma once

#include <vector>

#include "support/source_text.hpp"

namespace plumb::language {

/// The places of all `//` comments in the order of the text, without documentation (`///`) and without what stands in
/// strings, names in backquotes and SQL. `file` goes into the places.
std::vector<SourceSpan> comments(const SourceText& source, std::uint32_t file);

}  // namespace plumb::language
