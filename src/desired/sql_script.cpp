#include "desired/sql_script.hpp"

#include <algorithm>
#include <array>

#include "support/text.hpp"

namespace plumb::desired {
namespace {

using sql::Token;
using sql::TokenKind;

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

bool is_word(const Token& token, std::string_view word) { return token.kind == TokenKind::Word && equal_ignoring_case(token.text, word); }

template <std::size_t N>
bool is_one_of(const Token& token, const std::array<std::string_view, N>& words) {
  return std::any_of(words.begin(), words.end(), [&](std::string_view word) { return is_word(token, word); });
}

/// Follows how deep in BEGIN … END, CASE … END, IF … END IF and loops of a stored program the tokens are.
class ProgramDepth {
 public:
  void take(const Token& token) {
    if (token.kind == TokenKind::Comment) return;
    ++number_;
    if (number_ == 1) is_create_ = is_word(token, "create");
    if (number_ <= longest_head) is_program_ = is_program_ || (is_create_ && is_one_of(token, programs));
    if (is_program_) follow(token);
    last_ = token;
  }

  bool is_inside() const { return is_program_ && depth_ > 0; }

 private:
  void follow(const Token& token) {
    const bool after_end = is_word(last_, "end");
    if (is_word(token, "end")) {
      if (depth_ > 0) --depth_;
    } else if (is_word(token, "case")) {
      if (!after_end) ++depth_;  // END CASE has been counted
    } else if (!after_end && ((depth_ == 0 && is_word(token, "begin")) || (begins_statement() && is_one_of(token, openers)))) {
      ++depth_;
    }
  }

  bool begins_statement() const {
    if (last_.kind == TokenKind::Symbol) return last_.text == ";" || last_.text == ":" || last_.text == ")";
    return is_one_of(last_, before_statements);
  }

  static constexpr std::size_t longest_head = 16;  // CREATE OR REPLACE DEFINER = a@b TRIGGER …
  static constexpr std::array<std::string_view, 4> programs{"trigger", "procedure", "function", "event"};
  static constexpr std::array<std::string_view, 6> openers{"begin", "if", "loop", "while", "repeat", "for"};
  static constexpr std::array<std::string_view, 9> before_statements{"begin", "then", "else", "do", "loop", "repeat", "atomic", "row", "deterministic"};

  std::size_t number_ = 0;
  std::size_t depth_ = 0;
  bool is_create_ = false;
  bool is_program_ = false;
  Token last_;
};

/// A trigger of SQLite goes on until `; END ;`.
class SqliteTrigger {
 public:
  void take(const Token& token) {
    if (token.kind == TokenKind::Comment) return;
    ++number_;
    if (number_ == 1) is_create_ = is_word(token, "create");
    if (number_ <= 3) is_trigger_ = is_trigger_ || (is_create_ && is_word(token, "trigger"));
    before_last_ = last_;
    last_ = token;
  }
  /// Asked before the `;` is taken.
  bool is_inside() const { return is_trigger_ && !(is_word(last_, "end") && before_last_.text == ";"); }

 private:
  std::size_t number_ = 0;
  bool is_create_ = false;
  bool is_trigger_ = false;
  Token last_;
  Token before_last_;
};

class Splitter {
 public:
  Splitter(std::string_view text, const sql::Lexis& lexis) : text_(text), lexis_(lexis), is_mariadb_(lexis.version_comments) {}

  SqlScript split() {
    if (text_.starts_with("\xFF\xFE") || text_.starts_with("\xFE\xFF")) {
      problem(0, 2, "the file is in UTF-16; save it in UTF-8");
      return std::move(script_);
    }
    at_ = text_.starts_with(byte_order_mark) ? byte_order_mark.size() : 0;
    while (at_ < text_.size()) {
      if (!begin_statement()) continue;
      read_statement();
    }
    return std::move(script_);
  }

 private:
  void problem(std::size_t offset, std::size_t length, std::string message) { script_.problems.push_back({offset, length, std::move(message)}); }

  std::size_t line_end(std::size_t at) const {
    const std::size_t end = text_.find('\n', at);
    return end == std::string_view::npos ? text_.size() : end;
  }

  bool begins_line(std::size_t at) const {
    while (at > 0 && (text_[at - 1] == ' ' || text_[at - 1] == '\t' || text_[at - 1] == '\r')) --at;
    return at == 0 || text_[at - 1] == '\n';
  }

  std::string line_of(std::size_t at) const { return std::string(trim(text_.substr(at, line_end(at) - at))); }

  /// Passes over comments, empty statements and the clients' own commands; true where a statement begins.
  bool begin_statement() {
    const Token token = sql::next_token(text_, at_, lexis_);
    if (token.text.empty()) {
      at_ = text_.size();
      return false;
    }
    const std::size_t behind = token.offset + token.text.size();
    const bool opens_code = token.kind == TokenKind::Comment && is_mariadb_ && token.text.size() > 2 && token.text.starts_with("/*") && !token.text.ends_with("*/");
    if (token.kind == TokenKind::Comment && !opens_code) {
      at_ = behind;
      return false;
    }
    if (text_.substr(token.offset).starts_with(delimiter_)) {
      at_ = token.offset + delimiter_.size();
      return false;
    }
    at_ = token.offset;
    return is_mariadb_ ? !follow_mariadb_command(token) : !refuse_sqlite_command(token);
  }

  bool follow_mariadb_command(const Token& token) {
    if (is_word(token, "delimiter")) {
      const std::size_t behind = token.offset + token.text.size();
      std::string_view rest = trim(text_.substr(behind, line_end(behind) - behind));
      rest = rest.substr(0, rest.find_first_of(" \t\r"));
      if (rest.empty()) problem(token.offset, token.text.size(), "DELIMITER needs the new delimiter behind it, on the same line");
      else delimiter_ = rest;
      at_ = line_end(behind);
      return true;
    }
    const bool is_command = token.text == "\\" || (is_word(token, "source") && begins_line(token.offset));
    if (!is_command) return false;
    problem(token.offset, line_of(token.offset).size(), "`" + shortened(line_of(token.offset), 60) + "` is a command of the mariadb client, not SQL");
    at_ = line_end(token.offset);
    return true;
  }

  /// What the program is told about its output and its errors changes no schema (sqlite.org/cli.html#special_commands_to_sqlite3_dot_commands_).
  static bool is_about_the_output(std::string_view line) {
    static constexpr std::array commands{"bail", "echo", "headers", "header", "mode", "print", "timeout", "timer", "width", "changes", "nullvalue", "separator"};
    const std::string_view word = line.substr(1, line.find_first_of(" \t\r") - 1);
    return std::any_of(commands.begin(), commands.end(), [&](const char* one) { return equal_ignoring_case(word, one); });
  }

  bool refuse_sqlite_command(const Token& token) {
    if (token.text != "." || !begins_line(token.offset)) return false;
    if (is_about_the_output(line_of(token.offset))) {
      at_ = line_end(token.offset);
      return true;
    }
    problem(token.offset, line_of(token.offset).size(), "`" + shortened(line_of(token.offset), 60) + "` is a command of the sqlite3 program, not SQL");
    at_ = line_end(token.offset);
    return true;
  }

  /// Where the delimiter stands in a token that is no string, name or comment; npos for nowhere.
  std::size_t delimiter_in(const Token& token) const {
    if (token.kind != TokenKind::Word && token.kind != TokenKind::Symbol && token.kind != TokenKind::Number) return std::string_view::npos;
    for (std::size_t i = 0; i < token.text.size(); ++i) {
      if (text_.substr(token.offset + i).starts_with(delimiter_)) return token.offset + i;
    }
    return std::string_view::npos;
  }

  void add(std::size_t begin, std::size_t end) {
    const std::string_view statement = trim(text_.substr(begin, end - begin));
    if (!statement.empty()) script_.statements.push_back({begin, statement});
  }

  /// The first word at or behind `offset`.
  Token word_behind(std::size_t offset) const {
    Token token = sql::next_token(text_, offset, lexis_);
    while (!token.text.empty() && token.kind != TokenKind::Word) token = sql::next_token(text_, token.offset + token.text.size(), lexis_);
    return token;
  }

  /// One in which no other statement can stand.
  bool begins_simple_statement() const {
    const auto is_among = [](const Token& word, const auto& words) { return std::any_of(words.begin(), words.end(), [&](const char* one) { return is_word(word, one); }); };
    static constexpr std::array verbs{"drop", "set", "insert", "update", "delete", "replace", "truncate", "grant"};
    static constexpr std::array nouns{"table", "temporary", "index", "unique", "fulltext", "spatial"};
    const Token verb = word_behind(at_);
    return is_among(verb, verbs) || (is_word(verb, "create") && is_among(word_behind(verb.offset + verb.text.size()), nouns));
  }

  void read_statement() {
    const std::size_t begin = at_;
    ProgramDepth program;
    SqliteTrigger trigger;
    const bool plain_delimiter = delimiter_ == ";";
    bool is_first = true;
    const bool is_simple = !plain_delimiter && begins_simple_statement();
    for (Token token = sql::next_token(text_, at_, lexis_); !token.text.empty(); token = sql::next_token(text_, at_, lexis_)) {
      if (token.kind == TokenKind::Unterminated) {
        problem(token.offset, 1, token.text.starts_with("/*") ? "this comment never ends" : "what is quoted here never ends");
        at_ = text_.size();
        return;
      }
      const std::size_t end = delimiter_in(token);
      if (is_simple && token.text == ";") {  // the client sends all up to the delimiter, and the server takes it apart
        at_ = token.offset + 1;
        return add(begin, token.offset);
      }
      const bool inside = plain_delimiter && (is_mariadb_ ? program.is_inside() : trigger.is_inside());
      if (end != std::string_view::npos && !inside) {
        at_ = end + delimiter_.size();
        return add(begin, end);
      }
      if (is_mariadb_) program.take(token);
      else trigger.take(token);
      at_ = token.offset + token.text.size();
      if (is_first && is_mariadb_ && is_word(token, "use")) return read_use(begin);
      is_first = is_first && token.kind == TokenKind::Comment;
    }
    at_ = text_.size();
    add(begin, text_.size());
  }

  /// The client takes USE without a delimiter.
  void read_use(std::size_t begin) {
    const std::size_t stop = line_end(at_);
    const std::size_t delimiter = text_.find(delimiter_, at_);
    add(begin, std::min(stop, delimiter));
    at_ = delimiter < stop ? delimiter + delimiter_.size() : stop;
  }

  std::string_view text_;
  const sql::Lexis& lexis_;
  bool is_mariadb_;
  std::size_t at_ = 0;
  std::string delimiter_ = ";";
  SqlScript script_;
};

}  // namespace

SqlScript split(std::string_view text, const sql::Lexis& lexis) { return Splitter(text, lexis).split(); }

}  // namespace plumb::desired
