#include "lint/suppressions.hpp"

#include <algorithm>

#include "language/comments.hpp"
#include "lint/rules.hpp"
#include "support/text.hpp"

namespace plumb::lint {
namespace {

constexpr std::string_view mark = "plumb:";
constexpr std::string_view allow = "allow";

bool is_of_rule(char c) { return (c >= 'a' && c <= 'z') || c == '-'; }

/// The line whose findings a comment allows: its own when something stands before it, else the next one that is more than
/// a comment or blank.
std::uint32_t line_of(const SourceText& source, const SourceSpan& comment) {
  std::uint32_t line = source.line_column(comment.offset).line;
  const auto declares = [&](std::uint32_t at) {
    const std::string_view text = trim(source.line(at));
    return !text.empty() && !text.starts_with("//");
  };
  if (declares(line)) return line;
  const std::uint32_t last = source.line_column(static_cast<std::uint32_t>(source.text().size())).line;
  for (++line; line <= last; ++line) {
    if (declares(line)) return line;
  }
  return 0;
}

class Reader {
 public:
  Reader(const SourceText& source, Suppressions& out) : source_(source), out_(out) {}

  void read(const SourceSpan& comment) {
    std::string_view text = source_.text().substr(comment.offset, comment.length);
    std::size_t at = 2;
    skip_blanks(text, at);
    if (text.substr(at, mark.size()) != mark) return;
    at += mark.size();
    skip_blanks(text, at);
    const bool says_allow = text.substr(at, allow.size()) == allow;
    at += says_allow ? allow.size() : 0;
    skip_blanks(text, at);
    const std::size_t before = out_.allowed.size();
    if (says_allow) read_names(comment, text, at);
    if (says_allow && (out_.allowed.size() > before || was_bad_)) return;
    out_.bad.push_back({{comment.file, comment.offset, static_cast<std::uint32_t>(trim(text).size())},
                        "this comment suppresses nothing; write `// plumb: allow` and the names of rules with commas between"});
  }

 private:
  static void skip_blanks(std::string_view text, std::size_t& at) {
    while (at < text.size() && (text[at] == ' ' || text[at] == '\t')) ++at;
  }

  /// Names with commas between; what follows the last one is the reason.
  void read_names(const SourceSpan& comment, std::string_view text, std::size_t at) {
    was_bad_ = false;
    const std::uint32_t line = line_of(source_, comment);
    for (;;) {
      const std::size_t begin = at;
      while (at < text.size() && is_of_rule(text[at])) ++at;
      if (at == begin) return;
      add(std::string(text.substr(begin, at - begin)), {comment.file, comment.offset + static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(at - begin)}, line);
      skip_blanks(text, at);
      if (at >= text.size() || text[at] != ',') return;
      ++at;
      skip_blanks(text, at);
    }
  }

  void add(std::string rule, SourceSpan place, std::uint32_t line) {
    if (find_rule(rule) != nullptr) {
      out_.allowed.push_back({std::move(rule), place, line, false});
      return;
    }
    was_bad_ = true;
    std::vector<std::string> names;
    for (const Rule& known : rules()) names.emplace_back(known.name);
    const std::string near = closest_match(rule, names);
    out_.bad.push_back({place, "there is no rule `" + rule + "`" + (near.empty() ? "" : "; did you mean `" + near + "`?")});
  }

  const SourceText& source_;
  Suppressions& out_;
  bool was_bad_ = false;
};

}  // namespace

Suppressions read_suppressions(const std::vector<SourceText>& sources) {
  Suppressions out;
  for (std::uint32_t file = 0; file < sources.size(); ++file) {
    if (sources[file].text().find(mark) == std::string_view::npos) continue;  // most files have none
    Reader reader(sources[file], out);
    for (const SourceSpan& comment : language::comments(sources[file], file)) reader.read(comment);
  }
  return out;
}

}  // namespace plumb::lint
