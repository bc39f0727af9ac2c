#include "language/comments.hpp"

#include <algorithm>

#include "language/grammar/lex.hpp"
#include "language/parse.hpp"

namespace plumb::language {
namespace {

/// Behind the string or name in backquotes that begins at `at`. Neither goes on over a line end.
std::uint32_t behind_quoted(std::string_view text, std::uint32_t at) {
  const char quote = text[at];
  for (++at; at < text.size() && text[at] != '\n'; ++at) {
    if (quote == '"' && text[at] == '\\') ++at;
    else if (text[at] == quote) return at + 1;
  }
  return at;
}

}  // namespace

std::vector<SourceSpan> comments(const SourceText& source, std::uint32_t file) {
  std::vector<Diagnostic> ignored;
  grammar::Recording recording;
  const ast::File tree = parse(source, file, ignored, &recording);
  static_cast<void>(tree);
  std::sort(recording.sql.begin(), recording.sql.end(), [](const ast::Span& a, const ast::Span& b) { return a.offset < b.offset; });
  std::vector<SourceSpan> found;
  const std::string_view text = source.text();
  auto sql = recording.sql.begin();
  for (std::uint32_t at = 0; at < text.size();) {
    while (sql != recording.sql.end() && sql->offset < at) ++sql;
    if (sql != recording.sql.end() && sql->offset == at && sql->length > 0) {
      at += sql->length;
    } else if (text[at] == '"' || text[at] == '`') {
      at = behind_quoted(text, at);
    } else if (grammar::is_comment(text.data() + at)) {
      const auto end = static_cast<std::uint32_t>(std::min(text.find('\n', at), text.size()));
      if (!grammar::is_doc(text.data() + at)) found.push_back({file, at, end - at});
      at = end;
    } else {
      ++at;
    }
  }
  return found;
}

}  // namespace plumb::language
