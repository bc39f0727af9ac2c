// language/grammar/tokens.hpp: the words and marks of the language as parsers for Spirit X3.
//
// There is no skipper: every token eats the white space behind it, so that a rule begins at its first token.
// Each token knows its name in the user's words (`what`), which is what an error says was expected.
#pragma once

#include <boost/spirit/home/x3.hpp>
#include <string>
#include <string_view>

#include "language/grammar/lex.hpp"
#include "language/grammar/state.hpp"
#include "language/sql_text.hpp"

namespace plumb::language::grammar {

namespace x3 = boost::spirit::x3;

struct state_tag;
using Context = x3::context<state_tag, State>;

template <class AnyContext>
State& state_of(const AnyContext& context) {
  return x3::get<state_tag>(context);
}

/// A string literal as a template argument.
template <std::size_t N>
struct Text {
  char data[N]{};
  constexpr Text(const char (&literal)[N]) {  // NOLINT: a literal is meant to convert
    for (std::size_t i = 0; i < N; ++i) data[i] = literal[i];
  }
  constexpr std::string_view view() const { return {data, N - 1}; }
};

/// The base of all tokens: `Derived::take(State&, Iterator, Attribute&)` gives the place behind, or nullptr.
template <class Derived, class Attribute>
struct Token : x3::parser<Derived> {
  using attribute_type = Attribute;
  static constexpr bool has_attribute = !std::is_same_v<Attribute, x3::unused_type>;

  template <class AnyContext, class RuleContext, class Target>
  bool parse(Iterator& first, const Iterator&, const AnyContext& context, RuleContext&,
             Target& target) const {
    State& state = state_of(context);
    if constexpr (has_attribute && std::is_same_v<std::remove_cv_t<Target>, Attribute>) {
      const Iterator behind = Derived::take(state, first, target);
      if (behind == nullptr) return false;
      first = behind;
    } else {
      Attribute value{};
      const Iterator behind = Derived::take(state, first, value);
      if (behind == nullptr) return false;
      first = behind;
      x3::traits::move_to(value, target);
    }
    return true;
  }
};

inline bool word_stands(Iterator p, std::string_view word) {
  return std::strncmp(p, word.data(), word.size()) == 0 && !in_word(p[word.size()]) &&
         !is_placeholder(p + word.size());
}

template <Text W>
struct WordToken : Token<WordToken<W>, x3::unused_type> {
  static Iterator take(State& state, Iterator p, x3::unused_type) {
    return word_stands(p, W.view()) ? skip(state, p + W.view().size()) : nullptr;
  }
  static std::string what() { return "`" + std::string(W.view()) + "`"; }
};
/// A whole word of the language.
template <Text W>
inline constexpr WordToken<W> word{};

template <Text W>
struct PlaceToken : Token<PlaceToken<W>, ast::Span> {
  static Iterator take(State& state, Iterator p, ast::Span& span) {
    if (!word_stands(p, W.view())) return nullptr;
    span = state.span(p, p + W.view().size());
    return skip(state, p + W.view().size());
  }
  static std::string what() { return "`" + std::string(W.view()) + "`"; }
};
/// The same, giving its place.
template <Text W>
inline constexpr PlaceToken<W> place{};

template <Text W>
struct FlagToken : Token<FlagToken<W>, bool> {
  static Iterator take(State& state, Iterator p, bool& set) {
    set = starts_word(W.data[0]) ? word_stands(p, W.view()) : *p == W.data[0];
    return set ? skip(state, p + W.view().size()) : p;
  }
  static std::string what() { return "`" + std::string(W.view()) + "`"; }
};
/// Whether the word or mark stands here; always succeeds.
template <Text W>
inline constexpr FlagToken<W> flag{};

enum class Spacing { Normal, Tight };

template <char C, Spacing S = Spacing::Normal>
struct MarkToken : Token<MarkToken<C, S>, x3::unused_type> {
  static Iterator take(State& state, Iterator p, x3::unused_type) {
    if (*p != C) return nullptr;
    if (S == Spacing::Tight && state.recording != nullptr)
      state.recording->tight.push_back(state.span(p, p).offset);
    if (C == '(') ++state.depth;
    if (C == ')' && state.depth > 0) --state.depth;
    return skip(state, p + 1);
  }
  static std::string what() { return std::string("`") + C + "`"; }
};
/// One character; parentheses count their depth.
template <char C>
inline constexpr MarkToken<C> mark{};
/// The same where `plumb fmt` puts no space before it.
template <char C>
inline constexpr MarkToken<C, Spacing::Tight> tight{};

template <Mode M>
struct OpenToken : Token<OpenToken<M>, x3::unused_type> {
  static Iterator take(State& state, Iterator p, x3::unused_type) {
    if (*p != '{') return nullptr;
    state.last_end = p + 1;
    state.mode = M;
    return skip_lines(p + 1, state.end, false);
  }
  static std::string what() { return "`{`"; }
};
/// `{`: what follows is read in that mode.
template <Mode M>
inline constexpr OpenToken<M> open{};

struct CloseToken : Token<CloseToken, x3::unused_type> {
  static Iterator take(State& state, Iterator p, x3::unused_type) { return take_close(state, p); }
  static std::string what() { return "`}`"; }
};
/// `}`: back to items; doc comments before it describe nothing, which is a warning.
inline constexpr CloseToken close{};

struct ClosePlaceToken : Token<ClosePlaceToken, ast::Span> {
  static Iterator take(State& state, Iterator p, ast::Span& span) {
    span = state.span(p, p + 1);
    return take_close(state, p);
  }
  static std::string what() { return "`}`"; }
};
/// The `}` of a package, giving its place.
inline constexpr ClosePlaceToken close_place{};

struct RowOpenToken : Token<RowOpenToken, x3::unused_type> {
  static Iterator take(State& state, Iterator p, x3::unused_type) {
    if (*p != '{') return nullptr;
    ++state.depth;
    return skip(state, p + 1);
  }
  static std::string what() { return "`{`"; }
};
/// `{` of a row: line ends mean nothing until its `}`.
inline constexpr RowOpenToken row_open{};

struct RowCloseToken : Token<RowCloseToken, x3::unused_type> {
  static Iterator take(State& state, Iterator p, x3::unused_type) {
    if (*p != '}') return nullptr;
    state.depth = 0;
    state.last_end = p + 1;
    p = skip_lines(p + 1, state.end, false);
    return *p == ',' || *p == ';' ? skip_lines(p + 1, state.end, false) : p;
  }
  static std::string what() { return "`}`"; }
};
/// `}` of a row, with a comma or semicolon behind it or not.
inline constexpr RowCloseToken row_close{};

struct NameToken : Token<NameToken, ast::Name> {
  static Iterator take(State& state, Iterator p, ast::Name& taken) {
    Iterator behind = p;
    if (*p == '`') {
      behind = scan_quoted_name(state, p, taken.text);
      if (behind == nullptr) return nullptr;
    } else {
      behind = word_end(p);
      if (behind == p) return nullptr;
      taken.text = std::string_view(p, static_cast<std::size_t>(behind - p));
    }
    taken.span = state.span(p, behind);
    return skip(state, behind);
  }
  static std::string what() { return "a name"; }
};
inline constexpr NameToken name{};

struct OptionalNameToken : Token<OptionalNameToken, ast::Name> {
  static Iterator take(State& state, Iterator p, ast::Name& taken) {
    if (*p != '`' && !starts_word(*p) && !is_placeholder(p)) return p;
    return NameToken::take(state, p, taken);
  }
  static std::string what() { return "a name"; }
};
/// A name or nothing; always succeeds, unless a name in backquotes does not end.
inline constexpr OptionalNameToken optional_name{};

template <Text W>
struct OptionalNameBeforeToken : Token<OptionalNameBeforeToken<W>, ast::Name> {
  static Iterator take(State& state, Iterator p, ast::Name& taken) {
    return word_stands(p, W.view()) ? p : OptionalNameToken::take(state, p, taken);
  }
  static std::string what() { return "a name"; }
};
/// A name or nothing; the word is not taken for a name.
template <Text W>
inline constexpr OptionalNameBeforeToken<W> optional_name_before{};

struct TypeWordToken : Token<TypeWordToken, ast::Name> {
  static Iterator take(State& state, Iterator p, ast::Name& word) {
    const Iterator stop = word_end(p);
    if (stop == p) return nullptr;
    word.text = std::string_view(p, static_cast<std::size_t>(stop - p));
    word.span = state.span(p, stop);
    return skip(state, stop);
  }
  static std::string what() { return "a type"; }
};
inline constexpr TypeWordToken type_word{};

/// A word before a colon, as in native(sqlite: "…"); nothing otherwise.
struct EngineLabelToken : Token<EngineLabelToken, ast::Name> {
  static Iterator take(State& state, Iterator p, ast::Name& taken) {
    const Iterator stop = word_end(p);
    if (stop == p) return p;
    const Iterator behind = skip_lines(stop, state.end, false);
    if (*behind != ':') return p;
    taken.text = std::string_view(p, static_cast<std::size_t>(stop - p));
    taken.span = state.span(p, stop);
    return skip(state, behind + 1);
  }
  static std::string what() { return "an engine"; }
};
inline constexpr EngineLabelToken engine_label{};

struct SqlToken : Token<SqlToken, ast::Sql> {
  static Iterator take(State& state, Iterator p, ast::Sql& taken) { return take_sql(state, p, taken); }
  static std::string what() { return "SQL in parentheses"; }
};
/// Engine SQL in parentheses.
inline constexpr SqlToken sql{};

/// A version number as it is written, good or bad.
struct VersionToken : Token<VersionToken, ast::Name> {
  static Iterator take(State& state, Iterator p, ast::Name& version) {
    return take_version(state, p, version);
  }
  static std::string what() { return "a version"; }
};
inline constexpr VersionToken version{};

template <unsigned Set>
struct ValueToken : Token<ValueToken<Set>, ast::Value> {
  static Iterator take(State& state, Iterator p, ast::Value& value) {
    return take_value(state, p, Set, value);
  }
  static std::string what() { return value_names(Set); }
};
template <unsigned Set>
inline constexpr ValueToken<Set> value{};

struct DocsToken : Token<DocsToken, ast::Span> {
  static Iterator take(State& state, Iterator p, ast::Span& span) {
    if (!is_doc(p)) return p;
    Iterator stop = p;
    Iterator at = p;
    while (is_doc(at)) {
      stop = line_end(at, state.end);
      at = skip_lines(stop, state.end, false);
    }
    span = state.span(p, stop);
    return at;
  }
  static std::string what() { return "a doc comment"; }
};
/// Doc comment lines; always succeeds.
inline constexpr DocsToken docs{};

struct EndToken : Token<EndToken, x3::unused_type> {
  static Iterator take(State& state, Iterator p, x3::unused_type) {
    if (*p == '\n' || *p == ';') {
      while (*p == '\n' || *p == ';') p = skip_lines(p + 1, state.end, false);
      return p;
    }
    return p == state.end || *p == '}' ? p : nullptr;
  }
  static std::string what() { return "the end of the line"; }
};
/// The end of a declaration: a line end, `;`, or a place before `}`.
inline constexpr EndToken end_of_declaration{};

struct PartEndToken : Token<PartEndToken, x3::unused_type> {
  static Iterator take(State& state, Iterator p, x3::unused_type) {
    while (*p == '\n' || *p == ';') p = skip_lines(p + 1, state.end, false);
    return p;
  }
  static std::string what() { return "the end of the line"; }
};
/// Line ends and semicolons, as many as there are.
inline constexpr PartEndToken end_of_part{};

struct ItemEndToken : Token<ItemEndToken, x3::unused_type> {
  static Iterator take(State& state, Iterator p, x3::unused_type) {
    const Iterator behind = EndToken::take(state, p, {});
    if (behind != nullptr) return behind;
    const bool after_brace =
        state.last_end > state.begin && (state.last_end[-1] == '}' || state.last_end[-1] == '{');
    return after_brace ? p : nullptr;
  }
  static std::string what() { return "the end of the line"; }
};
/// The same behind an item, where a brace is end enough.
inline constexpr ItemEndToken end_of_item{};

struct FileEndToken : Token<FileEndToken, x3::unused_type> {
  static Iterator take(State& state, Iterator p, x3::unused_type) {
    p = take_stray_docs(state, p);
    return p == state.end ? p : nullptr;
  }
  static std::string what() { return "the end of the file"; }
};
inline constexpr FileEndToken end_of_file{};

template <class T>
struct NothingToken : Token<NothingToken<T>, T> {
  static Iterator take(State&, Iterator p, T&) { return p; }
  static std::string what() { return "nothing"; }
};
/// Leaves a node as it is; always succeeds.
template <class T>
inline constexpr NothingToken<T> nothing{};

/// One or more of `Subject`, with commas between; behind a comma another one must stand.
template <class Subject>
struct CommaList : x3::unary_parser<Subject, CommaList<Subject>> {
  using element = typename x3::traits::attribute_of<Subject, Context>::type;
  using attribute_type = std::vector<element>;
  static constexpr bool has_attribute = true;
  static constexpr bool handles_container = true;

  constexpr explicit CommaList(const Subject& one) : x3::unary_parser<Subject, CommaList<Subject>>(one) {}

  template <class AnyContext, class RuleContext>
  bool parse(Iterator& first, const Iterator& last, const AnyContext& context, RuleContext& rule_context,
             attribute_type& list) const {
    State& state = state_of(context);
    for (bool must = false;; must = true) {
      element& one = list.emplace_back();
      if (!this->subject.parse(first, last, context, rule_context, one)) {
        list.pop_back();
        if (must) boost::throw_exception(x3::expectation_failure<Iterator>(first, x3::what(this->subject)));
        return false;
      }
      if (*first != ',') return true;
      first = skip_lines(skip(state, first + 1), state.end, false);
    }
  }
};
template <class Subject>
constexpr auto comma_list(const Subject& subject) {
  return CommaList<typename x3::extension::as_parser<Subject>::value_type>(x3::as_parser(subject));
}

}  // namespace plumb::language::grammar

namespace boost::spirit::x3 {

/// All tokens of ours say themselves what they are.
template <class T>
struct get_info<T, std::enable_if_t<std::is_convertible_v<decltype(T::what()), std::string>>> {
  using result_type = std::string;
  result_type operator()(const T&) const { return T::what(); }
};

template <class Subject>
struct get_info<plumb::language::grammar::CommaList<Subject>> {
  using result_type = std::string;
  result_type operator()(const plumb::language::grammar::CommaList<Subject>& list) const {
    return x3::what(list.subject);
  }
};

}  // namespace boost::spirit::x3
