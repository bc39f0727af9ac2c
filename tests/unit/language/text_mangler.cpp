#include "text_mangler.hpp"

#include <algorithm>
#include <random>
#include <vector>

#include "language/parse.hpp"
#include "support/source_text.hpp"

namespace plumb::test {
namespace {

class Mangler {
 public:
  Mangler(const std::string& text, std::uint32_t seed) : text_(text), random_(seed) {
    std::vector<Diagnostic> diagnostics;
    language::grammar::Recording recording;
    const SourceText source("text", text);
    language::parse(source, 0, diagnostics, &recording);
    for (const auto& span : recording.sql) sql_.push_back(span);
    std::sort(sql_.begin(), sql_.end(), [](const auto& a, const auto& b) { return a.offset < b.offset; });
  }

  std::string run() {
    while (at_ < text_.size()) step();
    return std::move(out_);
  }

 private:
  bool chance(unsigned percent) { return random_() % 100 < percent; }

  void copy(std::size_t length) {
    out_.append(text_, at_, length);
    at_ += length;
  }

  void step() {
    while (next_sql_ < sql_.size() && sql_[next_sql_].offset < at_) ++next_sql_;
    const char c = text_[at_];
    if (c == '(' && next_sql_ < sql_.size() && sql_[next_sql_].offset == at_)
      return copy(sql_[next_sql_].length);
    if (c == '"' || c == '`') return copy(quoted_length(c));
    if (c == '/' && text_[at_ + 1] == '/') return copy(std::min(text_.find('\n', at_), text_.size()) - at_);
    if (c == '(') ++depth_;
    if (c == ')') --depth_;
    if (c == '{' || c == '}') braces(c);
    if (c == ' ') return spaces();
    if (c == '\n') return line_end();
    copy(1);
  }

  std::size_t quoted_length(char close) const {
    std::size_t i = at_ + 1;
    for (; text_[i] != close || (close == '`' && text_[i + 1] == '`'); ++i) {
      if (text_[i] == (close == '"' ? '\\' : '`')) ++i;
    }
    return i + 1 - at_;
  }

  /// A row's braces are like parentheses: they open in the middle of a line, behind nothing but spaces.
  void braces(char c) {
    const std::size_t line = text_.rfind('\n', at_) + 1;
    const bool first = text_.find_first_not_of(' ', line) == at_;
    const bool closes_line = text_[std::min(at_ + 1, text_.size() - 1)] == '\n';
    if (c == '{' && first && !closes_line) ++depth_;
    if (c == '}' && !first && depth_ > 0) --depth_;
  }

  std::string comment() { return "// note " + std::to_string(comments_++) + " ({\"`';\n"; }

  void spaces() {
    std::size_t end = at_;
    while (text_[end] == ' ') ++end;
    const bool indent = at_ == 0 || text_[at_ - 1] == '\n';
    if (in_data_format()) {
      out_ += chance(50) ? " " : "  \t ";
    } else if (depth_ > 0 && chance(10)) {
      out_ += chance(50) ? "\n   " : " " + comment();
    } else if (!indent && continues(end) && chance(30)) {
      out_ += chance(60) ? "\n      " : " " + comment() + "\n  " + comment() + "   ";
    } else {
      out_ += chance(50) ? " " : chance(50) ? "\t  " : "    ";
    }
    at_ = end;
  }

  /// There a line is a line.
  bool in_data_format() const {
    const std::size_t begin = text_.rfind("\ndata format", at_);
    const std::size_t end = text_.rfind("\n}", at_);
    return begin != std::string::npos && (end == std::string::npos || end < begin);
  }

  /// A word here goes on with the declaration even at the beginning of a line.
  bool continues(std::size_t at) const {
    const std::size_t line = text_.rfind('\n', at) + 1;
    const std::size_t first = text_.find_first_not_of(' ', line);
    if (first == line) return false;  // not a column's line
    for (const std::string item : {"trigger ", "view ", "table ", "seed ", "once "}) {
      if (text_.compare(first, item.size(), item) == 0) return false;
    }
    if (text_[at] == '=') return true;
    for (const char* word : {"on update", "on delete", "backfill ("}) {
      if (text_.compare(at, std::string(word).size(), word) == 0) return true;
    }
    return false;
  }

  void line_end() {
    ++at_;
    const std::size_t next = text_.find_first_not_of(" \n", at_);
    const char last = out_.empty()                                      ? '\n'
                      : out_.find_last_not_of(' ') == std::string::npos ? '\n'
                                                                        : out_[out_.find_last_not_of(' ')];
    const bool comment_line = is_comment_line();
    const bool declaration_follows = next != std::string::npos && text_[next] != '}' && text_[next] != '/' &&
                                     text_[next] != '{' && text_[next] != '(';
    if (!comment_line && depth_ == 0 && last != '{' && last != '}' && last != '\n' && declaration_follows &&
        text_[at_] == ' ' && chance(15)) {
      out_ += chance(50) ? ";" : " ;; ";
      at_ = next;
      return;
    }
    if (!comment_line && chance(15))
      out_ += "  " + comment();
    else
      out_ += chance(10) ? " \r\n" : "\n";
    if (depth_ == 0 && chance(10)) out_ += "\n\n\n";
    if (depth_ == 0 && chance(10)) out_ += "  " + comment();
  }

  bool is_comment_line() const {
    const std::size_t line = out_.rfind('\n') == std::string::npos ? 0 : out_.rfind('\n') + 1;
    const std::size_t first = out_.find_first_not_of(" \t", line);
    return first != std::string::npos && out_.compare(first, 2, "//") == 0;
  }

  const std::string& text_;
  std::mt19937 random_;
  std::vector<language::ast::Span> sql_;
  std::size_t next_sql_ = 0;
  std::size_t at_ = 0;
  int depth_ = 0;
  int comments_ = 0;
  std::string out_;
};

}  // namespace

std::string mangled(const std::string& text, std::uint32_t seed) {
  return Mangler(text, seed).run();
}

}  // namespace plumb::test
