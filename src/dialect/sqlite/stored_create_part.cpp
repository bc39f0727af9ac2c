#include "dialect/sqlite/stored_create_part.hpp"

#include <algorithm>
#include <array>

#include "dialect/sqlite/stored_create_scan.hpp"
#include "support/text.hpp"

namespace plumb::sqlite::stored {
namespace {

// The engine's own parser stops at 100 open brackets; here only those count that a COLLATE stands between.
constexpr int deepest_collation = 100;

bool is_one_of(std::string_view word, std::initializer_list<std::string_view> words) {
  return std::any_of(words.begin(), words.end(), [&](std::string_view w) { return is_word(word, w); });
}

/// What one walk over the tokens outside of brackets finds.
struct Outline {
  bool valid = true;
  std::string_view without_order;
  bool descending = false;
  std::string_view collation;          ///< of the whole expression
  std::string_view without_collation;  ///< when there is one
  std::string_view operand;            ///< then: without those before it either
  std::string_view only_token;         ///< when there is no other
};

/// Reads operands and operators in turn: many words (DESC, END, LIKE) are a name where an operand is due and
/// something else behind one.
class Walk {
 public:
  explicit Walk(std::string_view text) : text_(text), tokens_(text) {}

  Outline run() {
    for (Token token = tokens_.next(); token.kind != Lexeme::End; token = tokens_.next()) {
      if (ended_ || token.kind == Lexeme::Illegal) return invalid();
      ++count_;
      if (count_ == 1) first_ = token;
      step(token);
      if (failed_) return invalid();
      if (token.text != "(") end_ = token.text.data() + token.text.size();
    }
    if (operand_due_ || collation_name_due_ || cases_ != 0 || count_ == 0) return invalid();
    return finish();
  }

 private:
  static Outline invalid() {
    Outline outline;
    outline.valid = false;
    return outline;
  }

  void step(const Token& token) {
    if (token.text == "(") {
      if (!operand_due_ && !after_word_) failed_ = true;
      failed_ = failed_ || !skip_brackets();
      operand_done(false);
    } else if (token.text == ")") {
      failed_ = true;
    } else if (collation_name_due_) {
      take_collation(token);
    } else if (operand_due_) {
      operand(token);
    } else {
      behind_operand(token);
    }
  }

  bool skip_brackets() {
    std::size_t depth = 1;
    while (depth > 0) {
      const Token token = tokens_.next();
      if (token.kind == Lexeme::End || token.kind == Lexeme::Illegal) return false;
      if (token.text == "(") ++depth;
      if (token.text == ")") --depth;
      end_ = token.text.data() + token.text.size();
    }
    closed_by_bracket_ = true;
    return true;
  }

  void operand_done(bool is_word) {
    operand_due_ = false;
    after_word_ = is_word;
    collation_ = {};
  }

  /// An operator that binds looser than COLLATE: what follows is not the whole expression's.
  void looser() {
    if (cases_ == 0) looser_ = true;
  }

  void operand(const Token& token) {
    if (token.kind == Lexeme::Symbol) {  // the rest of an operator, or a sign
      if (token.text != "+" && token.text != "-" && token.text != "~") looser();
      return;
    }
    if (token.kind != Lexeme::Word) return operand_done(token.kind == Lexeme::Quoted);
    if (is_word(token.text, "case")) {
      ++cases_;
    } else if (is_word(token.text, "null") || !is_reserved(token.text)) {
      operand_done(true);
    } else {
      looser();  // NOT, DISTINCT, WHEN …
    }
  }

  void behind_operand(const Token& token) {
    if (token.kind == Lexeme::Symbol) {
      if (token.text != ".") looser();
      operand_due_ = true;
    } else if (token.kind == Lexeme::Word) {
      word_behind_operand(token);
    } else {
      failed_ = true;
    }
  }

  void word_behind_operand(const Token& token) {
    if (is_word(token.text, "collate")) {
      before_collate_ = end_;
      if (collation_.empty()) before_collations_ = end_;
      collation_name_due_ = true;
    } else if (is_one_of(token.text, {"isnull", "notnull"})) {
      looser();
      operand_done(false);
    } else if (cases_ > 0 && is_word(token.text, "end")) {
      --cases_;
      operand_done(false);
    } else if (cases_ > 0 && is_one_of(token.text, {"when", "then", "else"})) {
      operand_due_ = true;
    } else if (is_one_of(token.text, {"and", "or", "is", "like", "glob", "regexp", "match", "escape", "in",
                                      "between", "not"})) {
      looser();
      operand_due_ = true;
    } else if (cases_ == 0 && is_one_of(token.text, {"asc", "desc"})) {
      descending_ = is_word(token.text, "desc");
      before_order_ = end_;
      ended_ = true;
    } else {
      failed_ = true;
    }
  }

  void take_collation(const Token& token) {
    collation_name_due_ = false;
    after_word_ = false;
    if (!is_name(token)) failed_ = true;
    if (cases_ == 0 && !looser_) collation_ = token.text;
  }

  std::string_view until(const char* end) const {
    return trim(text_.substr(0, static_cast<std::size_t>(end - text_.data())));
  }

  Outline finish() const {
    Outline outline;
    outline.without_order = ended_ ? until(before_order_) : trim(text_);
    outline.descending = descending_;
    if (!looser_ && !collation_.empty()) {
      outline.collation = collation_;
      outline.without_collation = until(before_collate_);
      outline.operand = until(before_collations_);
    }
    if (count_ == (ended_ ? 2U : 1U) && !closed_by_bracket_) outline.only_token = first_.text;
    return outline;
  }

  std::string_view text_;
  Tokens tokens_;
  Token first_;
  std::size_t count_ = 0;  ///< of the tokens outside of brackets
  int cases_ = 0;          ///< CASE without its END
  bool operand_due_ = true;
  bool collation_name_due_ = false;
  bool after_word_ = false;  ///< a bracket here would hold the arguments of a function
  bool closed_by_bracket_ = false;
  bool looser_ = false;
  bool descending_ = false;
  bool ended_ = false;  ///< ASC or DESC was read
  bool failed_ = false;
  std::string_view collation_;
  const char* end_ = nullptr;                ///< of the last token
  const char* before_collate_ = nullptr;     ///< of the last token before the last COLLATE
  const char* before_collations_ = nullptr;  ///< of the last token before the first of several COLLATEs
  const char* before_order_ = nullptr;
};

bool names_a_column(std::string_view token) {
  const Token whole = token_at(token.data(), token.data() + token.size());
  return is_name(whole) && !is_one_of(token, {"current_date", "current_time", "current_timestamp"});
}

}  // namespace

std::string expression_text(const Part& part) {
  return verbatim(without_outer_brackets(part.expression, part.expression.size()));
}

std::optional<Part> take_part(std::string_view text) {
  Outline outline = Walk(text).run();
  if (!outline.valid) return std::nullopt;
  Part part;
  part.descending = outline.descending;
  part.expression = outline.without_order;
  std::string_view rest = outline.without_order;
  for (int depth = 0; depth < deepest_collation && outline.valid; ++depth) {
    if (!outline.only_token.empty()) {
      if (names_a_column(outline.only_token)) part.column = outline.only_token;
      return part;
    }
    if (!outline.collation.empty() && part.collation.empty()) {
      part.collation = outline.collation;
      part.expression = outline.without_collation;
    }
    const std::string_view inside =
        outline.collation.empty() ? without_outer_brackets(rest, rest.size()) : outline.operand;
    if (inside.size() == rest.size()) return part;
    rest = inside;
    outline = Walk(rest).run();
    if (outline.without_order.size() != rest.size()) return part;
  }
  return part;
}

}  // namespace plumb::sqlite::stored
