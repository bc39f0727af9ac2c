#include "desired/sql_hints.hpp"

#include <algorithm>
#include <optional>

#include "support/text.hpp"

namespace plumb::desired {
namespace {

using sql::Token;
using sql::TokenKind;

constexpr std::string_view mark = "plumb:";

bool is_word(const Token& token, std::string_view word) { return token.kind == TokenKind::Word && equal_ignoring_case(token.text, word); }

bool among(const Token& token, std::initializer_list<std::string_view> words) {
  return std::any_of(words.begin(), words.end(), [&](std::string_view word) { return is_word(token, word); });
}

// ---- where things stand ----

/// A column, index or constraint of a CREATE TABLE, or the statement's head.
struct Element {
  HintPlace place;
  std::size_t begin = 0;
  std::size_t end = 0;  ///< behind its last token
};

/// The places of one file, in order.
class Places {
 public:
  Places(std::string_view text, const SqlScript& script, const sql::Lexis& lexis) : text_(text), lexis_(lexis) {
    for (const SqlStatement& statement : script.statements) add(statement);
  }

  /// What a comment at [begin, end) belongs to.
  HintPlace of_comment(std::size_t begin) const {
    const Element* before = nullptr;
    const Element* behind = nullptr;
    for (const Element& element : elements_) {
      if (element.begin > begin) {
        behind = &element;
        break;
      }
      before = &element;
    }
    const bool inside = before != nullptr && begin < before->end;
    if (inside || (before != nullptr && on_one_line(before->end, begin))) return before->place;
    return behind == nullptr ? HintPlace{} : behind->place;
  }

 private:
  bool on_one_line(std::size_t end, std::size_t begin) const {
    return end <= begin && text_.substr(end, begin - end).find('\n') == std::string_view::npos;
  }

  std::vector<Token> tokens_of(const SqlStatement& statement) const {
    auto tokens = sql::tokenize(statement.text, lexis_);
    for (Token& token : tokens) token.offset += statement.offset;
    return tokens;
  }

  static std::size_t end_of(const Token& token) { return token.offset + token.text.size(); }

  void add(const SqlStatement& statement) {
    const Token first = first_word(statement);
    if (is_word(first, "alter")) return add_alteration(statement);
    if (!is_word(first, "create")) return;
    const auto tokens = tokens_of(statement);
    std::size_t at = 1;
    constexpr std::size_t longest_head = 24;
    while (at < tokens.size() && at < longest_head && !among(tokens[at], {"table", "view", "index", "trigger", "procedure", "function"})) ++at;
    if (at >= tokens.size() || at >= longest_head) return;
    const Token& noun = tokens[at++];
    if (at + 1 < tokens.size() && is_word(tokens[at], "if")) at += is_word(tokens[at + 1], "not") ? 3 : 2;
    std::string name;
    at = name_at(tokens, at, name);
    if (is_word(noun, "view")) elements_.push_back({{HintPlace::Kind::View, name, {}}, statement.offset, end_of(tokens.back()) + 1});
    if (is_word(noun, "index")) add_index(statement, tokens, at, name);
    if (is_word(noun, "table")) add_table(statement, tokens, at, name);
  }

  Token first_word(const SqlStatement& statement) const {
    Token token = sql::next_token(statement.text, 0, lexis_);
    while (token.kind == TokenKind::Comment && !token.text.empty()) token = sql::next_token(statement.text, token.offset + token.text.size(), lexis_);
    return token;
  }

  /// Takes a name that may be qualified; gives the place behind it.
  static std::size_t name_at(const std::vector<Token>& tokens, std::size_t at, std::string& name) {
    if (at >= tokens.size()) return at;
    name = sql::unquoted(tokens[at++].text);
    while (at + 1 < tokens.size() && tokens[at].text == ".") {
      name = sql::unquoted(tokens[at + 1].text);
      at += 2;
    }
    return at;
  }

  void add_index(const SqlStatement& statement, const std::vector<Token>& tokens, std::size_t at, const std::string& name) {
    while (at < tokens.size() && !is_word(tokens[at], "on")) ++at;
    std::string table;
    name_at(tokens, at + 1, table);
    elements_.push_back({{HintPlace::Kind::Index, table, name}, statement.offset, end_of(tokens.back()) + 1});
  }

  void add_table(const SqlStatement& statement, const std::vector<Token>& tokens, std::size_t at, const std::string& name) {
    const HintPlace table{HintPlace::Kind::Table, name, {}};
    if (at >= tokens.size() || tokens[at].text != "(") {
      elements_.push_back({table, statement.offset, end_of(tokens.back()) + 1});
      return;
    }
    elements_.push_back({table, statement.offset, end_of(tokens[at])});
    std::size_t depth = 1;
    std::size_t first = ++at;
    for (; at < tokens.size() && depth > 0; ++at) {
      const Token& token = tokens[at];
      if (token.kind != TokenKind::Symbol) continue;
      if (token.text == "(") ++depth;
      if (token.text == ")") --depth;
      const bool ends = (depth == 1 && token.text == ",") || depth == 0;
      if (!ends) continue;
      // the comma belongs to the element, so that a comment behind it does too
      if (first < at) elements_.push_back({part_of(name, tokens, first, at), tokens[first].offset, end_of(token.text == "," ? token : tokens[at - 1])});
      first = at + 1;
    }
    if (at < tokens.size() || depth == 0) elements_.push_back({table, tokens[at - 1].offset, end_of(tokens.back()) + 1});
  }

  /// ALTER TABLE: a column or key that a clause adds or names again; other clauses are about the table.
  void add_alteration(const SqlStatement& statement) {
    const auto tokens = tokens_of(statement);
    if (tokens.size() < 4 || !is_word(tokens[1], "table")) return;
    std::string name;
    std::size_t at = is_word(tokens[2], "if") ? 4 : 2;
    at = name_at(tokens, at, name);
    elements_.push_back({{HintPlace::Kind::Table, name, {}}, statement.offset, at < tokens.size() ? tokens[at].offset : end_of(tokens.back())});
    std::size_t depth = 0;
    std::size_t first = at;
    for (; at <= tokens.size(); ++at) {
      const bool at_end = at == tokens.size();
      if (!at_end && tokens[at].text == "(") ++depth;
      if (!at_end && tokens[at].text == ")" && depth > 0) --depth;
      if (!at_end && (depth > 0 || tokens[at].text != ",")) continue;
      // the comma or semicolon belongs to the clause, so that a comment behind it does too
      if (first < at) elements_.push_back({part_of_clause(name, tokens, first, at), tokens[first].offset, at_end ? end_of(tokens.back()) + 1 : end_of(tokens[at])});
      first = at + 1;
    }
  }

  HintPlace part_of_clause(const std::string& table, const std::vector<Token>& tokens, std::size_t first, std::size_t end) const {
    std::size_t at = first + 1;
    const bool adds = is_word(tokens[first], "add");
    const bool changes = is_word(tokens[first], "change");
    if (!adds && !changes && !is_word(tokens[first], "modify")) return {HintPlace::Kind::Table, table, {}};
    if (at < end && is_word(tokens[at], "column")) ++at;
    if (at < end && is_word(tokens[at], "if")) at += adds ? 3 : 2;
    if (changes) ++at;  // the earlier name
    if (at >= end || tokens[at].text == "(") return {HintPlace::Kind::Table, table, {}};
    return adds ? part_of(table, tokens, at, end) : HintPlace{HintPlace::Kind::Column, table, sql::unquoted(tokens[at].text)};
  }

  HintPlace part_of(const std::string& table, const std::vector<Token>& tokens, std::size_t first, std::size_t end) const {
    const Token& token = tokens[first];
    const bool is_mariadb = lexis_.version_comments;
    const bool is_constraint = among(token, {"constraint", "primary", "unique", "check", "foreign"}) ||
                               (is_mariadb && (among(token, {"key", "index", "fulltext", "spatial"}) || (is_word(token, "period") && first + 1 < end && is_word(tokens[first + 1], "for"))));
    if (!is_constraint) return {HintPlace::Kind::Column, table, sql::unquoted(token.text)};
    for (std::size_t i = first + 1; i < end && tokens[i].text != "("; ++i) {
      if (!is_name(tokens[i]) || among(tokens[i], {"key", "index", "unique", "primary", "foreign", "check", "if", "not", "exists"})) continue;
      return {HintPlace::Kind::Index, table, sql::unquoted(tokens[i].text)};
    }
    return {HintPlace::Kind::Index, table, {}};
  }

  std::string_view text_;
  const sql::Lexis& lexis_;
  std::vector<Element> elements_;
};

// ---- what they say ----

/// Reads the hints of one comment.
class HintReader {
 public:
  HintReader(std::string_view comment, std::size_t offset, const HintPlace& place, const sql::Lexis& lexis, std::uint32_t file, std::vector<Diagnostic>& diagnostics)
      : comment_(comment), offset_(offset), place_(place), file_(file), diagnostics_(diagnostics), tokens_(sql::tokenize(comment, lexis)) {}

  std::vector<SqlHint> read() {
    while (at_ < tokens_.size() && !failed_) {
      if (tokens_[at_].text == ";" || tokens_[at_].text == ",") ++at_;
      else read_hint();
    }
    return failed_ ? std::vector<SqlHint>() : std::move(hints_);
  }

 private:
  const Token& now() const {
    static const Token none;
    return at_ < tokens_.size() ? tokens_[at_] : none;
  }

  SourceSpan span_of(const Token& token) const {
    const std::size_t offset = token.text.empty() ? comment_.size() : token.offset;
    return {file_, static_cast<std::uint32_t>(offset_ + offset), static_cast<std::uint32_t>(std::max<std::size_t>(token.text.size(), 1))};
  }

  void fail(std::string code, std::string message) {
    if (!failed_) diagnostics_.push_back({Severity::Error, std::move(code), span_of(now()), std::move(message), {}});
    failed_ = true;
  }

  std::string found() const { return now().text.empty() ? "the comment ends here" : "found `" + std::string(now().text) + "`"; }

  bool take(std::string_view word) {
    if (!is_word(now(), word) && now().text != word) return false;
    ++at_;
    return true;
  }

  void expect(std::string_view word) {
    if (!take(word)) fail("bad-hint", "expected `" + std::string(word) + "`; " + found());
  }

  /// In double quotes, too, where the engine's SQL takes them for a string.
  std::string take_name(const char* what) {
    if (!is_name(now()) && !now().text.starts_with('"')) {
      fail("bad-hint", std::string("expected ") + what + "; " + found());
      return {};
    }
    return sql::unquoted(tokens_[at_++].text);
  }

  SqlHint& add(SqlHint::Kind kind, const Token& word) {
    SqlHint hint;
    hint.kind = kind;
    hint.place = place_;
    hint.span = span_of(word);
    hints_.push_back(std::move(hint));
    return hints_.back();
  }

  std::vector<std::string> take_names(const char* what) {
    std::vector<std::string> names{take_name(what)};
    while (!failed_ && now().text == ",") {
      ++at_;
      names.push_back(take_name(what));
    }
    return names;
  }

  void belongs_to(std::initializer_list<HintPlace::Kind> kinds, const Token& word, const char* what) {
    if (std::find(kinds.begin(), kinds.end(), place_.kind) != kinds.end() || failed_) return;
    diagnostics_.push_back({Severity::Error, "misplaced-hint", span_of(word), "`" + std::string(word.text) + "` belongs to " + what + ", and " + standing() + "; put it on the same line or on the line before", {}});
    failed_ = true;
  }

  std::string standing() const {
    switch (place_.kind) {
      case HintPlace::Kind::Nothing: return "nothing follows here that can have it";
      case HintPlace::Kind::Table: return "here stands table `" + place_.table + "`";
      case HintPlace::Kind::Column: return "here stands column `" + place_.table + "." + place_.name + "`";
      case HintPlace::Kind::Index: return "here stands an index or constraint of table `" + place_.table + "`";
      case HintPlace::Kind::View: return "here stands view `" + place_.table + "`";
    }
    return {};
  }

  void read_hint() {
    using Place = HintPlace::Kind;
    const Token word = now();
    if (take("was")) {
      belongs_to({Place::Table, Place::Column, Place::Index, Place::View}, word, "a table, column, index or view");
      add(SqlHint::Kind::Was, word).names = take_names("an earlier name");
    } else if (take("master") || take("system") || take("user")) {
      belongs_to({Place::Table}, word, "a table");
      add(SqlHint::Kind::Class, word).row_class = is_word(word, "master") ? RowClass::Master : is_word(word, "system") ? RowClass::System : RowClass::User;
    } else if (take("natural")) {
      belongs_to({Place::Table}, word, "a table");
      expect("key");
      expect("(");
      add(SqlHint::Kind::NaturalKey, word).names = take_names("a column's name");
      expect(")");
    } else if (take("backfill")) {
      belongs_to({Place::Column}, word, "a column");
      add(SqlHint::Kind::Backfill, word).text = take_brackets();
    } else if (take("keep")) {
      belongs_to({Place::Table}, word, "a table");
      expect("undeclared");
      expect("indexes");
      add(SqlHint::Kind::KeepIndexes, word);
    } else if (take("drop")) {
      read_drop(word);
    } else if (take("schema")) {
      read_schema(word);
    } else {
      const std::string near = closest_match(to_lower(now().text), {"was", "master", "system", "user", "natural key", "backfill", "keep undeclared indexes", "drop", "schema"});
      fail("unknown-hint", "plumb knows no hint `" + std::string(now().text) + "`" +
                               (near.empty() ? "; it knows was, master, system, user, natural key, backfill, keep undeclared indexes, drop and schema" : "; did you mean `" + near + "`?"));
    }
  }

  /// "( … )" with everything between, as written.
  std::string take_brackets() {
    const std::size_t first = at_;
    expect("(");
    std::size_t depth = 1;
    while (!failed_ && depth > 0) {
      if (now().text.empty()) {
        fail("bad-hint", "the bracket is not closed in this comment");
        return {};
      }
      if (now().text == "(") ++depth;
      if (now().text == ")") --depth;
      ++at_;
    }
    if (failed_) return {};
    const std::size_t begin = tokens_[first].offset + 1;
    return std::string(trim(comment_.substr(begin, tokens_[at_ - 1].offset - begin)));
  }

  void read_drop(const Token& word) {
    DropKind kind = DropKind::Table;
    if (take("table")) kind = DropKind::Table;
    else if (take("column")) kind = DropKind::Column;
    else if (take("view")) kind = DropKind::View;
    else if (take("trigger")) kind = DropKind::Trigger;
    else if (take("index")) kind = DropKind::Index;
    else return fail("bad-hint", "expected `table`, `column`, `view`, `trigger` or `index` behind `drop`; " + found());
    do {
      SqlHint& hint = add(SqlHint::Kind::Drop, word);
      hint.drop = kind;
      hint.names.push_back(take_name("a name"));
      if (kind != DropKind::Column && kind != DropKind::Index) continue;
      if (!take(".")) return fail("bad-hint", std::string("write it as table.") + (kind == DropKind::Column ? "column" : "index"));
      hints_.back().names.push_back(take_name("a name"));
    } while (!failed_ && take(","));
  }

  /// A version number is several tokens: 1.2.0 is "1.2" and ".0".
  std::string take_version() {
    std::string version;
    std::size_t end = std::string::npos;
    while (now().kind == TokenKind::Number || now().text == ".") {
      if (end != std::string::npos && now().offset != end) break;
      version += now().text;
      end = now().offset + now().text.size();
      ++at_;
    }
    if (version.empty()) fail("bad-hint", "expected a version like 1.2.0; " + found());
    return version;
  }

  void read_schema(const Token& word) {
    SqlHint hint;
    hint.kind = SqlHint::Kind::Schema;
    hint.span = span_of(word);
    hint.names = {take_name("the schema's name"), {}, {}};
    if (take("version")) hint.names[1] = take_version();
    if (take("after")) hint.names[2] = take_version();
    hints_.push_back(std::move(hint));
  }

  std::string_view comment_;
  std::size_t offset_;
  HintPlace place_;
  std::uint32_t file_;
  std::vector<Diagnostic>& diagnostics_;
  std::vector<Token> tokens_;
  std::size_t at_ = 0;
  bool failed_ = false;
  std::vector<SqlHint> hints_;
};

/// What a comment says behind its opening, and where that begins; nothing for a comment that is no hint.
std::optional<std::pair<std::string_view, std::size_t>> hint_text(const Token& comment) {
  std::string_view text = comment.text;
  std::size_t begin = 2;
  if (text.starts_with("#")) begin = 1;
  if (text.starts_with("/*")) {
    if (!text.ends_with("*/") || text.size() < 4) return std::nullopt;  // the opening of a version comment
    text.remove_suffix(2);
  } else if (!text.starts_with("--") && !text.starts_with("#")) {
    return std::nullopt;
  }
  while (begin < text.size() && (text[begin] == ' ' || text[begin] == '\t' || text[begin] == '\n' || text[begin] == '\r' || text[begin] == '-')) ++begin;
  if (!equal_ignoring_case(text.substr(begin, mark.size()), mark)) return std::nullopt;
  begin += mark.size();
  return std::pair(text.substr(begin), comment.offset + begin);
}

}  // namespace

std::vector<SqlHint> find_hints(std::string_view text, const SqlScript& script, const sql::Lexis& lexis, std::uint32_t file, std::vector<Diagnostic>& diagnostics) {
  std::vector<SqlHint> hints;
  if (text.find(mark) == std::string_view::npos) return hints;  // as in most files
  std::optional<Places> places;
  for (Token token = sql::next_token(text, 0, lexis); !token.text.empty() && token.kind != TokenKind::Unterminated;
       token = sql::next_token(text, token.offset + token.text.size(), lexis)) {
    if (token.kind != TokenKind::Comment) continue;
    const auto found = hint_text(token);
    if (!found) continue;
    if (!places) places.emplace(text, script, lexis);
    auto read = HintReader(found->first, found->second, places->of_comment(token.offset), lexis, file, diagnostics).read();
    std::move(read.begin(), read.end(), std::back_inserter(hints));
  }
  return hints;
}

}  // namespace plumb::desired
