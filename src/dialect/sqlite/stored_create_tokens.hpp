// dialect/sqlite/stored_create_tokens.hpp: the tokens of the stored-text grammar as Spirit X3 parsers.
//
// There is no skipper: every token eats the blanks and comments behind it, so each rule starts at its first
// token. A token that does not fit notes what it wanted; the notes at the furthest place make the message of
// a problem.
#pragma once

#include <algorithm>
#include <array>
#include <boost/spirit/home/x3.hpp>
#include <cstddef>
#include <string_view>
#include <type_traits>
#include <utility>

#include "dialect/sqlite/stored_create_ast.hpp"
#include "dialect/sqlite/stored_create_find.hpp"

namespace plumb::sqlite::stored {

namespace x3 = boost::spirit::x3;

/// How far a parse came, and what would have let it go on.
class Progress {
 public:
  explicit Progress(const char* begin) : furthest_(begin) {}

  bool wanted(const char* at, std::string_view what) {
    if (at > furthest_) {
      furthest_ = at;
      count_ = 0;
    }
    if (at == furthest_ && count_ < what_.size() &&
        std::find(what_.begin(), what_.begin() + count_, what) == what_.begin() + count_) {
      what_[count_++] = what;
    }
    return false;
  }
  const char* furthest() const { return furthest_; }
  std::size_t count() const { return count_; }
  std::string_view what(std::size_t i) const { return what_[i]; }

 private:
  const char* furthest_;
  std::size_t count_ = 0;
  std::array<std::string_view, 4> what_{};
};

struct progress_tag;

/// A string literal as a template parameter.
template <std::size_t N>
struct Word {
  char text[N]{};
  constexpr Word(const char (&from)[N]) {
    std::copy_n(from, N, text);
  }  // NOLINT: a literal is meant to convert
  constexpr std::string_view view() const { return {text, N - 1}; }
};

template <class Context>
Progress& progress(const Context& context) {
  return x3::get<progress_tag>(context);
}

/// A keyword without a value.
template <Word W>
struct Keyword : x3::parser<Keyword<W>> {
  using attribute_type = x3::unused_type;
  static constexpr bool has_attribute = false;
  template <class Iterator, class Context, class Rule, class Attribute>
  bool parse(Iterator& first, const Iterator& last, const Context& context, Rule&, Attribute&) const {
    return eat_word(first, last, W.view()) || progress(context).wanted(first, W.view());
  }
};
template <Word W>
inline constexpr Keyword<W> word{};

/// A keyword that stands for a value.
template <Word W, auto Value>
struct Meaning : x3::parser<Meaning<W, Value>> {
  using attribute_type = std::remove_const_t<decltype(Value)>;
  static constexpr bool has_attribute = true;
  template <class Iterator, class Context, class Rule, class Attribute>
  bool parse(Iterator& first, const Iterator& last, const Context& context, Rule&,
             Attribute& attribute) const {
    if (!eat_word(first, last, W.view())) return progress(context).wanted(first, W.view());
    x3::traits::move_to(attribute_type(Value), attribute);
    return true;
  }
};
template <Word W, auto Value>
inline constexpr Meaning<W, Value> meaning{};

/// One character.
template <char C>
struct Sign : x3::parser<Sign<C>> {
  using attribute_type = x3::unused_type;
  static constexpr bool has_attribute = false;
  template <class Iterator, class Context, class Rule, class Attribute>
  bool parse(Iterator& first, const Iterator& last, const Context& context, Rule&, Attribute&) const {
    static constexpr char text[] = {C};
    if (first == last || *first != C) return progress(context).wanted(first, std::string_view(text, 1));
    first = skip_blanks(first + 1, last);
    return true;
  }
};
template <char C>
inline constexpr Sign<C> sign{};

/// A stretch of text that a function finds.
template <Found (*Find)(const char*, const char*)>
struct Stretch : x3::parser<Stretch<Find>> {
  using attribute_type = ast::Slice;
  static constexpr bool has_attribute = true;
  template <class Iterator, class Context, class Rule, class Attribute>
  bool parse(Iterator& first, const Iterator& last, const Context& context, Rule&,
             Attribute& attribute) const {
    const Found found = Find(first, last);
    if (found.next == nullptr) return progress(context).wanted(found.problem, found.wanted);
    x3::traits::move_to(ast::Slice{found.text}, attribute);
    first = found.next;
    return true;
  }
};

inline constexpr Stretch<find_name> name{};
inline constexpr Stretch<find_listed_name> listed_name{};
inline constexpr Stretch<find_collation> collation{};
inline constexpr Stretch<find_type> type{};
inline constexpr Stretch<find_bracketed> bracketed{};
inline constexpr Stretch<find_part> part{};
inline constexpr Stretch<find_default> default_value{};
inline constexpr Stretch<find_rest> rest{};
inline constexpr Stretch<find_condition> condition{};
inline constexpr Stretch<find_body> body{};
inline constexpr Stretch<find_storage> storage{};
inline constexpr Stretch<find_end> the_end{};

/// A clause of the table is next; eats nothing.
struct TableClauseAhead : x3::parser<TableClauseAhead> {
  using attribute_type = x3::unused_type;
  static constexpr bool has_attribute = false;
  template <class Iterator, class Context, class Rule, class Attribute>
  bool parse(Iterator& first, const Iterator& last, const Context&, Rule&, Attribute&) const {
    return begins_table_clause(first, last);
  }
};
inline constexpr TableClauseAhead table_clause_ahead{};

/// A word that may be missing: the attribute says whether it stood there.
template <Word W>
struct Flag : x3::parser<Flag<W>> {
  using attribute_type = bool;
  static constexpr bool has_attribute = true;
  template <class Iterator, class Context, class Rule, class Attribute>
  bool parse(Iterator& first, const Iterator& last, const Context& context, Rule&,
             Attribute& attribute) const {
    attribute = eat_word(first, last, W.view());
    if (!attribute) progress(context).wanted(first, W.view());
    return true;
  }
};
template <Word W>
inline constexpr Flag<W> flag{};

/// A plus or minus that may be missing: then the attribute is a zero byte.
struct PlusOrMinus : x3::parser<PlusOrMinus> {
  using attribute_type = char;
  static constexpr bool has_attribute = true;
  template <class Iterator, class Context, class Rule, class Attribute>
  bool parse(Iterator& first, const Iterator& last, const Context&, Rule&, Attribute& attribute) const {
    attribute = '\0';
    if (first == last || (*first != '+' && *first != '-')) return true;
    attribute = *first;
    first = skip_blanks(first + 1, last);
    return true;
  }
};
inline constexpr PlusOrMinus plus_or_minus{};

/// The place where the parse stands; eats nothing.
struct Here : x3::parser<Here> {
  using attribute_type = const char*;
  static constexpr bool has_attribute = true;
  template <class Iterator, class Context, class Rule, class Attribute>
  bool parse(Iterator& first, const Iterator&, const Context&, Rule&, Attribute& attribute) const {
    attribute = first;
    return true;
  }
};
inline constexpr Here here{};

}  // namespace plumb::sqlite::stored
