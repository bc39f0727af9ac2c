// language/grammar/state.hpp: what the tokens of one file share while it is parsed.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "language/ast.hpp"
#include "support/diagnostic.hpp"

namespace plumb::language::grammar {

using Iterator = const char*;

/// What stands between the braces around the place: decides which words go on with the declaration before.
enum class Mode { Items, Members, Once, Rows, Data };

/// Places that `plumb fmt` wants to know.
struct Recording {
  std::vector<ast::Span> sql;        ///< what is left as it is: parentheses that hold SQL, versions with signs
  std::vector<std::uint32_t> tight;  ///< `(` and `=` that stand without spaces
};

struct State {
  Iterator begin = nullptr;
  Iterator end = nullptr;       ///< *end == '\0'
  Iterator last_end = nullptr;  ///< behind the last token, without the white space after it
  std::uint32_t file = 0;
  unsigned depth = 0;  ///< open parentheses of lists, in which line ends mean nothing
  Mode mode = Mode::Items;
  ast::File* out = nullptr;
  std::vector<Diagnostic>* diagnostics = nullptr;
  /// What a scanner found wrong: told instead of "expected a string".
  std::optional<Diagnostic> problem;
  Recording* recording = nullptr;
  std::size_t errors = 0;
  Iterator last_error = nullptr;
  Iterator last_dispute = nullptr;  ///< the last SQL that was told to be read differently by the engines
  std::vector<ast::Member> gathered;  ///< the members of the table that is being read
  bool gave_up = false;               ///< too many errors: the rest of the file is not read
  std::uint32_t member_start = 0;     ///< where the member that is being read begins

  ast::Span span(Iterator from, Iterator to) const {
    return {static_cast<std::uint32_t>(from - begin), static_cast<std::uint32_t>(to - from)};
  }
  SourceSpan source_span(Iterator from, Iterator to) const {
    return {file, static_cast<std::uint32_t>(from - begin), static_cast<std::uint32_t>(to - from)};
  }
  void set_problem(std::string code, Iterator from, Iterator to, std::string message) {
    if (!problem)
      problem = Diagnostic{Severity::Error, std::move(code), source_span(from, to), std::move(message), {}};
  }
};

}  // namespace plumb::language::grammar
