// dialect/mariadb/show_create_tokens.hpp: the tokens of the SHOW CREATE grammar as Spirit X3 parsers.
//
// There is no skipper: every token eats the blanks behind it, so each rule starts at its first token. A token
// that is required and does not fit notes what it wanted; the notes at the furthest place make the message of
// a problem.
#pragma once

#include <algorithm>
#include <array>
#include <boost/spirit/home/x3.hpp>
#include <cstddef>
#include <string_view>
#include <utility>

#include "dialect/mariadb/show_create_ast.hpp"
#include "dialect/mariadb/show_create_scan.hpp"

namespace plumb::mariadb::show_create {

namespace x3 = boost::spirit::x3;

/// How far a parse came, and what would have let it go on.
class Progress {
 public:
  explicit Progress(const char* begin) : furthest_(begin) {}

  bool wanted(const char* at, std::string_view what) {
    if (at < furthest_) return false;
    if (at > furthest_) count_ = 0;
    furthest_ = at;
    const auto noted = what_.begin() + static_cast<std::ptrdiff_t>(count_);
    if (count_ < what_.size() && std::find(what_.begin(), noted, what) == noted) what_[count_++] = what;
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

/// What the parsers share: how far they came, and the table that they fill.
struct State {
  Progress progress;
  ast::Table& table;
};
struct state_tag;

template <class Context>
State& state(const Context& context) {
  return x3::get<state_tag>(context);
}

/// A string literal as a template parameter.
template <std::size_t N>
struct Word {
  char text[N]{};
  constexpr Word(const char (&from)[N]) {
    std::copy_n(from, N, text);
  }  // NOLINT: a literal is meant to convert
  constexpr std::string_view view() const { return {text, N - 1}; }
};

inline bool eat_word(const char*& at, const char* end, std::string_view word) {
  const char* behind = behind_word(at, end, word);
  if (behind == nullptr) return false;
  at = skip_blanks(behind, end);
  return true;
}

/// Words that must stand there.
template <Word W>
struct Keyword : x3::parser<Keyword<W>> {
  using attribute_type = x3::unused_type;
  static constexpr bool has_attribute = false;
  template <class Iterator, class Context, class Rule, class Attribute>
  bool parse(Iterator& first, const Iterator& last, const Context& context, Rule&, Attribute&) const {
    return eat_word(first, last, W.view()) || state(context).progress.wanted(first, W.view());
  }
};
template <Word W>
inline constexpr Keyword<W> word{};

/// Words that may stand there: the attribute says whether they did.
template <Word W>
struct Flag : x3::parser<Flag<W>> {
  using attribute_type = bool;
  static constexpr bool has_attribute = true;
  template <class Iterator, class Context, class Rule, class Attribute>
  bool parse(Iterator& first, const Iterator& last, const Context&, Rule&, Attribute& attribute) const {
    attribute = eat_word(first, last, W.view());
    return true;
  }
};
template <Word W>
inline constexpr Flag<W> flag{};

/// Words that stand for a value.
template <Word W, auto Value>
struct Meaning : x3::parser<Meaning<W, Value>> {
  using attribute_type = std::remove_const_t<decltype(Value)>;
  static constexpr bool has_attribute = true;
  template <class Iterator, class Context, class Rule, class Attribute>
  bool parse(Iterator& first, const Iterator& last, const Context& context, Rule&,
             Attribute& attribute) const {
    if (!eat_word(first, last, W.view())) return state(context).progress.wanted(first, W.view());
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
    if (first == last || *first != C) return state(context).progress.wanted(first, std::string_view(text, 1));
    first = skip_blanks(first + 1, last);
    return true;
  }
};
template <char C>
inline constexpr Sign<C> sign{};

using Find = Found (*)(const char*, const char*);

template <Find F, class Iterator, class Context, class Attribute>
bool take(Iterator& first, const Iterator& last, const Context& context, Attribute& attribute) {
  const Found found = F(first, last);
  if (found.next == nullptr) return state(context).progress.wanted(found.problem, found.wanted);
  x3::traits::move_to(ast::Slice{found.text.data(), found.text.data() + found.text.size()}, attribute);
  first = found.next;
  return true;
}

/// A stretch of the text that a function finds.
template <Find F>
struct Stretch : x3::parser<Stretch<F>> {
  using attribute_type = ast::Slice;
  static constexpr bool has_attribute = true;
  template <class Iterator, class Context, class Rule, class Attribute>
  bool parse(Iterator& first, const Iterator& last, const Context& context, Rule&,
             Attribute& attribute) const {
    return take<F>(first, last, context, attribute);
  }
};
template <Find F>
inline constexpr Stretch<F> stretch{};

/// Words with a stretch behind them; both may be missing, one alone may not.
template <Word W, Find F>
struct After : x3::parser<After<W, F>> {
  using attribute_type = ast::Slice;
  static constexpr bool has_attribute = true;
  template <class Iterator, class Context, class Rule, class Attribute>
  bool parse(Iterator& first, const Iterator& last, const Context& context, Rule&,
             Attribute& attribute) const {
    return !eat_word(first, last, W.view()) || take<F>(first, last, context, attribute);
  }
};
template <Word W, Find F>
inline constexpr After<W, F> after{};

/// Appends what its subject reads to a list of the table, and has no attribute itself.
template <class Subject, class Item, std::vector<Item> ast::Table::*List>
struct Into : x3::unary_parser<Subject, Into<Subject, Item, List>> {
  using base_type = x3::unary_parser<Subject, Into<Subject, Item, List>>;
  using attribute_type = x3::unused_type;
  static constexpr bool has_attribute = false;
  constexpr explicit Into(const Subject& reader) : base_type(reader) {}
  template <class Iterator, class Context, class Rule, class Attribute>
  bool parse(Iterator& first, const Iterator& last, const Context& context, Rule& rule, Attribute&) const {
    Item item;
    if (!this->subject.parse(first, last, context, rule, item)) return false;
    (state(context).table.*List).push_back(std::move(item));
    return true;
  }
};
template <auto List, class Item, class Subject>
constexpr auto into_list(const Subject& reader) {
  return Into<typename x3::extension::as_parser<Subject>::value_type, Item, List>(x3::as_parser(reader));
}

}  // namespace plumb::mariadb::show_create
