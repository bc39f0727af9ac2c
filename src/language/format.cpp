#include "language/format.hpp"

#include <algorithm>
#include <cstdint>
#include <string_view>

#include "language/grammar/lex.hpp"
#include "language/layout.hpp"
#include "language/parse.hpp"
#include "language/resolve/table_builder.hpp"
#include "language/sql_text.hpp"
#include "support/text.hpp"

namespace plumb::language {
namespace {

using grammar::Iterator;

/// What the syntax tree knows about places in the text.
struct Landmarks {
  struct ColumnPlace {
    std::uint32_t start = 0;
    std::uint32_t type = 0;
    std::size_t gap = 2;
  };
  std::vector<std::uint32_t> starts;  ///< where declarations begin
  std::vector<std::uint32_t> rows;    ///< the `{` of seed rows
  std::vector<ColumnPlace> columns;
  std::vector<std::uint32_t>
      hints;  ///< `was` and `backfill` on columns' lines: no part of the state, set off a little
  grammar::Recording recording;
};

bool is_local(const ast::Clause& clause) {
  const auto* flag = std::get_if<ast::Flag>(&clause);
  return flag != nullptr && flag->word == ast::Word::Local;
}

class LandmarkCollector {
 public:
  explicit LandmarkCollector(Landmarks& out) : out_(out) {}

  void collect(const ast::File& file) {
    for (const ast::Item& item : file.items) {
      out_.starts.push_back(item.span.offset);
      if (const auto* table = std::get_if<ast::Table>(&item.body)) collect(table->members);
      if (const auto* mixin = std::get_if<ast::Mixin>(&item.body)) collect(mixin->members);
      if (const auto* once = std::get_if<ast::Once>(&item.body)) {
        for (const ast::OncePart& part : once->parts) {
          out_.starts.push_back(part.span.offset);
          out_.columns.push_back({part.span.offset, part.sql.span.offset, 1});
        }
      }
      if (const auto* format = std::get_if<ast::DataFormat>(&item.body)) {
        for (const ast::DataFrom& upgrade : format->upgrades) {
          out_.starts.push_back(upgrade.span.offset);
          for (const ast::DataLine& line : upgrade.lines) out_.starts.push_back(line.span.offset);
        }
      }
      if (const auto* seed = std::get_if<ast::Seed>(&item.body)) {
        for (const ast::Row& row : seed->rows) {
          out_.starts.push_back(row.span.offset);
          out_.rows.push_back(row.span.offset);
        }
      }
    }
    std::sort(out_.starts.begin(), out_.starts.end());
    const auto by_offset = [](const ast::Span& a, const ast::Span& b) { return a.offset < b.offset; };
    std::sort(out_.recording.sql.begin(), out_.recording.sql.end(), by_offset);
    std::sort(out_.recording.tight.begin(), out_.recording.tight.end());
  }

 private:
  void collect(const std::vector<ast::Member>& members) {
    for (const ast::Member& member : members) {
      out_.starts.push_back(member.span.offset);
      const auto* column = std::get_if<ast::Column>(&member.body);
      if (column == nullptr) continue;
      out_.columns.push_back({column->name.span.offset, column->type.word.span.offset, 2});
      for (const ast::Clause& clause : column->clauses) {
        const bool hint =
            std::holds_alternative<ast::Was>(clause) || std::holds_alternative<ast::Backfill>(clause) || is_local(clause);
        if (hint) out_.hints.push_back(clause_span(clause).offset);
      }
    }
  }

  Landmarks& out_;
};

bool contains(const std::vector<std::uint32_t>& sorted, std::uint32_t offset) {
  return std::binary_search(sorted.begin(), sorted.end(), offset);
}

struct Token {
  enum class Kind { Word, Mark, Sql, Comment, Doc, End };
  Kind kind = Kind::End;
  std::string_view text;
  std::uint32_t offset = 0;
  std::size_t newlines = 0;  ///< line ends between it and the token before
  bool is(char mark) const { return kind == Kind::Mark && text.front() == mark; }
  bool is_comment() const { return kind == Kind::Comment || kind == Kind::Doc; }
};

/// The tokens of a text that is known to be right.
class Lexer {
 public:
  Lexer(std::string_view text, const Landmarks& landmarks)
      : begin_(text.data()), at_(text.data()), end_(text.data() + text.size()), landmarks_(landmarks) {
    if (text.starts_with("\xEF\xBB\xBF")) at_ += 3;
  }

  Token next() {
    Token token;
    for (; at_ < end_ && (grammar::is_blank(*at_) || *at_ == '\n'); ++at_)
      token.newlines += *at_ == '\n' ? 1U : 0U;
    token.offset = static_cast<std::uint32_t>(at_ - begin_);
    if (at_ == end_) return token;
    const Iterator stop = take(token);
    token.text = std::string_view(at_, static_cast<std::size_t>(stop - at_));
    at_ = stop;
    return token;
  }

 private:
  Iterator take(Token& token) {
    if (grammar::is_comment(at_)) {
      token.kind = grammar::is_doc(at_) ? Token::Kind::Doc : Token::Kind::Comment;
      return grammar::line_end(at_, end_);
    }
    while (next_sql_ < landmarks_.recording.sql.size() &&
           landmarks_.recording.sql[next_sql_].offset < token.offset) {
      ++next_sql_;
    }
    if (next_sql_ < landmarks_.recording.sql.size() &&
        landmarks_.recording.sql[next_sql_].offset == token.offset) {
      token.kind = Token::Kind::Sql;
      return at_ + landmarks_.recording.sql[next_sql_].length;
    }
    token.kind = Token::Kind::Word;
    const Iterator word = grammar::word_end(at_);
    if (word != at_) return word;
    if (*at_ == '"' || *at_ == '`') return quoted();
    if (grammar::is_digit(*at_) || *at_ == '-') return number();
    token.kind = Token::Kind::Mark;
    return at_ + 1;
  }

  Iterator quoted() const {
    Iterator p = at_ + 1;
    for (; p < end_ && (*p != *at_ || (*at_ == '`' && p[1] == '`')); ++p) {
      if (*p == (*at_ == '"' ? '\\' : '`')) ++p;
    }
    return p < end_ ? p + 1 : end_;
  }

  Iterator number() const {
    Iterator p = at_ + 1;
    while (p < end_ && (grammar::in_word(*p) || *p == '.' ||
                        ((*p == '+' || *p == '-') && (p[-1] == 'e' || p[-1] == 'E')))) {
      ++p;
    }
    return p;
  }

  Iterator begin_;
  Iterator at_;
  Iterator end_;
  const Landmarks& landmarks_;
  std::size_t next_sql_ = 0;
};

std::string clean_comment(const Token& token) {
  std::string_view text = token.text;
  while (!text.empty() && (grammar::is_blank(text.back()))) text.remove_suffix(1);
  if (token.kind != Token::Kind::Doc) return std::string(text);
  text.remove_prefix(3);
  if (text.empty()) return "///";
  return (text.front() == ' ' ? "///" : "/// ") + std::string(text);
}

/// Turns tokens into lines.
class Formatter {
 public:
  Formatter(std::string_view text, const Landmarks& landmarks) : landmarks_(landmarks) {
    Lexer lexer(text, landmarks);
    do {
      tokens_.push_back(lexer.next());
    } while (tokens_.back().kind != Token::Kind::End);
    blocks_.push_back(0);
  }

  std::vector<Line> run() {
    for (std::size_t i = 0; i + 1 < tokens_.size(); ++i) take(i);
    return std::move(lines_);
  }

 private:
  void take(std::size_t i) {
    const Token& token = tokens_[i];
    if (token.is_comment()) return take_comment(i);
    if (token.is('}') && depth_ == 0) return close_block();
    if (contains(landmarks_.starts, token.offset)) {
      start_line(token, blocks_.size() - 1);
      depth_ = 0;
      find_column(token.offset);
    } else if (token.is('{') && !contains(landmarks_.rows, token.offset)) {
      return open_block(token);
    } else if (token.is(';') || (token.is(',') && depth_ == 0 && after_row_)) {
      return;
    } else if (breaks_before(token)) {
      continue_line(token);
    }
    append(token);
  }

  /// A line break inside a declaration stays where it was.
  bool breaks_before(const Token& token) const {
    if (lines_.back().kind == Line::Kind::Comment || !lines_.back().comment.empty()) return true;
    return token.newlines > 0 && token.kind != Token::Kind::Sql && !token.is('(') && !token.is(',');
  }

  void continue_line(const Token& token) {
    const bool closes = depth_ > 0 && (token.is(')') || token.is('}'));
    const std::size_t deeper = closes ? 0 : 1;
    lines_.push_back({Line::Kind::Code, blocks_.size() - 1 + deeper, blocks_.back(), {}, {}, {}, 2});
    column_ = nullptr;
    before_ = nullptr;
  }

  void start_line(const Token& token, std::size_t indent) {
    keep_blank(token);
    lines_.push_back({Line::Kind::Code, indent, blocks_.back(), {}, {}, {}, 2});
    before_ = nullptr;
    column_ = nullptr;
    after_row_ = false;
    opened_ = false;
  }

  /// One of the blank lines before a declaration or comment stays, unless it is the first of its block.
  void keep_blank(const Token& token) {
    if (token.newlines < 2 || lines_.empty() || opened_) return;
    lines_.push_back({Line::Kind::Blank, 0, blocks_.back(), {}, {}, {}, 2});
  }

  void find_column(std::uint32_t offset) {
    while (next_column_ < landmarks_.columns.size() && landmarks_.columns[next_column_].start < offset)
      ++next_column_;
    const bool is_column =
        next_column_ < landmarks_.columns.size() && landmarks_.columns[next_column_].start == offset;
    column_ = is_column ? &landmarks_.columns[next_column_] : nullptr;
    if (is_column) lines_.back().gap = column_->gap;
  }

  void take_comment(std::size_t i) {
    const Token& token = tokens_[i];
    const bool ends_line = token.newlines == 0 && !lines_.empty() && token.kind == Token::Kind::Comment &&
                           lines_.back().kind == Line::Kind::Code && lines_.back().comment.empty();
    if (ends_line) {
      lines_.back().comment = clean_comment(token);
      return;
    }
    const bool between = is_between_declarations(i);
    if (between) keep_blank(token);
    const std::size_t deeper = between ? 0 : 1;
    lines_.push_back(
        {Line::Kind::Comment, blocks_.size() - 1 + deeper, blocks_.back(), clean_comment(token), {}, {}, 2});
    opened_ = false;
  }

  /// Whether the next token that is no comment begins a declaration or ends a block.
  bool is_between_declarations(std::size_t i) const {
    while (tokens_[i].is_comment() || tokens_[i].is(';')) ++i;
    const Token& token = tokens_[i];
    return token.kind == Token::Kind::End || (token.is('}') && depth_ == 0) ||
           contains(landmarks_.starts, token.offset);
  }

  void open_block(const Token& token) {
    if (breaks_before(token) &&
        (lines_.back().kind == Line::Kind::Comment || !lines_.back().comment.empty())) {
      lines_.push_back({Line::Kind::Code, blocks_.size() - 1, blocks_.back(), "{", {}, {}, 2});
    } else {
      lines_.back().text += " {";
    }
    blocks_.push_back(++last_block_);
    opened_ = true;
    after_row_ = false;
  }

  void close_block() {
    blocks_.pop_back();
    lines_.push_back({Line::Kind::Code, blocks_.size() - 1, blocks_.back(), "}", {}, {}, 2});
    before_ = nullptr;
    opened_ = false;
    after_row_ = false;
  }

  void append(const Token& token) {
    if (token.is(')') || (token.is('}') && depth_ > 0)) --depth_;
    std::string& cell = cell_for(token);
    if (before_ != nullptr && !cell.empty() && needs_space(*before_, token)) cell += ' ';
    if (!cell.empty() && contains(landmarks_.hints, token.offset)) cell += ' ';
    if (token.kind == Token::Kind::Sql && token.text.find('\r') != std::string_view::npos) {
      cell += with_line_feeds(token.text);
    } else {
      cell += token.text;
    }
    if (token.is('(') || token.is('{')) ++depth_;
    after_row_ = token.is('}') && depth_ == 0;
    before_comma_ = token.is(',') ? before_ : nullptr;
    before_ = &token;
  }

  std::string& cell_for(const Token& token) {
    Line& line = lines_.back();
    return column_ == nullptr || token.offset < column_->type ? line.text : line.type;
  }

  static bool is_number(const Token& token) {
    return token.kind == Token::Kind::Word && grammar::is_digit(token.text.front());
  }

  bool needs_space(const Token& before, const Token& token) const {
    if (token.is(',') || token.is(')') || token.is('?') || token.is(':') || token.is('.')) return false;
    if (before.is('(') || before.is('.')) return false;
    if (token.is('(') || token.is('=')) return !contains(landmarks_.recording.tight, token.offset);
    if (before_comma_ != nullptr && is_number(*before_comma_) && is_number(token))
      return false;  // decimal(10,2)
    if (before.is('=')) return !contains(landmarks_.recording.tight, before.offset);
    return true;
  }

  const Landmarks& landmarks_;
  std::vector<Token> tokens_;
  std::vector<Line> lines_;
  std::vector<std::size_t> blocks_;  ///< the open ones, by number
  std::size_t last_block_ = 0;
  std::size_t depth_ = 0;  ///< open parentheses and row braces
  std::size_t next_column_ = 0;
  const Landmarks::ColumnPlace* column_ = nullptr;
  const Token* before_ = nullptr;        ///< the one before on this line
  const Token* before_comma_ = nullptr;  ///< the one before the comma that is `before_`
  bool opened_ = false;                  ///< nothing stands in the block yet
  bool after_row_ = false;               ///< a comma here separates rows
};

}  // namespace

Formatted format(const SourceText& source) {
  Formatted out;
  Landmarks landmarks;
  const ast::File file = parse(source, 0, out.diagnostics, &landmarks.recording);
  if (has_errors(out.diagnostics)) return out;
  LandmarkCollector(landmarks).collect(file);
  out.text = laid_out(Formatter(source.text(), landmarks).run());
  return out;
}

}  // namespace plumb::language
