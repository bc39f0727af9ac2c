// language/layout.hpp: the lines of a description, with the types of each block aligned.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace plumb::language {

struct Line {
  enum class Kind { Blank, Comment, Code };
  Kind kind = Kind::Code;
  std::size_t indent = 0;  ///< levels of two spaces
  std::size_t block = 0;   ///< which braces it stands between: types of one block are aligned with each other
  std::string text;        ///< all of it, or a column's name
  std::string type;        ///< a column's type and what follows it; empty on other lines
  std::string comment;     ///< `// …` at the end
  std::size_t gap = 2;     ///< spaces between name and type
};

/// The lines as text, each with its line end.
std::string laid_out(const std::vector<Line>& lines);

}  // namespace plumb::language
