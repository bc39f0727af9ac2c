#include "language/grammar/recover.hpp"

#include <algorithm>
#include <array>

#include "language/grammar/classify.hpp"
#include "support/text.hpp"

namespace plumb::language::grammar {
namespace {

constexpr std::size_t most_errors = 50;  // of one file

struct Advice {
  std::string_view word;
  std::string_view text;
};

/// What people who come from SQL write, and how it is said here.
constexpr std::array<Advice, 11> advices{
    Advice{"not", "columns are not null unless a `?` follows the type"},
    Advice{"null", "a nullable column has a `?` behind its type"},
    Advice{"default", "a default is written `= value`"},
    Advice{"auto_increment", "this is written `auto`"},
    Advice{"autoincrement", "this is written `auto`"},
    Advice{"generated", "a generated column is written `as (sql) stored`"},
    Advice{"unsigned", "`unsigned` stands between the type and the `?`"},
    Advice{"desc", "`desc` stands behind a column, inside the parentheses"},
    Advice{"asc", "`asc` stands behind a column, inside the parentheses"},
    Advice{"key", "a key stands on a line of its own: `primary key (…)`, `unique (…)`, `index (…)`"},
    Advice{"character", "this is written `charset name`"}};

const std::vector<std::string> clause_words{"auto",       "unique",     "was",     "backfill",  "references",
                                            "check",      "collate",    "charset", "invisible", "extra",
                                            "constraint", "comment",    "where",   "on",        "unchecked",
                                            "deferrable", "primary key", "local"};
const std::vector<std::string> member_words{"index",   "unique", "check",    "primary", "natural",
                                            "foreign", "use",    "fulltext", "spatial", "option",
                                            "sync",    "retire", "nested"};
const std::vector<std::string> item_words{"table",   "master", "system",   "user",    "view",
                                          "trigger", "drop",   "mixin",    "package", "schema",
                                          "option",  "once",   "optional", "assert",  "seed",
                                          "data"};

std::string_view word_at(Iterator p) {
  return {p, static_cast<std::size_t>(word_end(p) - p)};
}

std::string did_you_mean(std::string_view word, const std::vector<std::string>& candidates) {
  const std::string meant = word.empty() ? std::string() : closest_match(word, candidates);
  return meant.empty() || meant == word ? std::string() : "; did you mean `" + meant + "`?";
}

std::string hint_for(const State& state, Iterator where, const std::string& which) {
  if (*where == '#' || (where[0] == '-' && where[1] == '-') || (where[0] == '/' && where[1] == '*')) {
    return "; a comment begins with `//`";
  }
  const std::string_view word = word_at(where);
  if (which == "a version" && *where == '"') return "; a version stands without quotes";
  if (*where == '\'' && which.find("a string") != std::string::npos)
    return "; strings stand in double quotes";
  if (which == "the end of the line") {
    const std::string_view before = trim(std::string_view(state.begin + state.member_start, where));
    if (before.ends_with(" ref") && !word.empty()) return "; did you mean `ref(" + std::string(word) + ")`?";
    for (const Advice& advice : advices) {
      if (equal_ignoring_case(word, advice.word)) return "; " + std::string(advice.text);
    }
    return did_you_mean(word, clause_words);
  }
  if (which == "a declaration") return did_you_mean(word, item_words);
  if (which == "a type") {
    const std::string first(word_at(state.begin + state.member_start));
    if (first == "primary" || first == "natural" || first == "foreign")
      return "; did you mean `" + first + " key`?";
  }
  if (which == "a type" || which == "`(`")
    return did_you_mean(word_at(state.begin + state.member_start), member_words);
  if (which.starts_with("a column, an index") && !word.empty())
    return "; a column of that name stands in backquotes";
  if (which == "`key`" || which == "`indexes`") return "; a column of that name stands in backquotes";
  if (which == "a name" && is_digit(*where)) return "; a name that begins with a digit stands in backquotes";
  return {};
}

void record(State& state, Iterator where, const std::string& which) {
  if (state.gave_up) return;
  ++state.errors;
  if (state.problem) {
    state.diagnostics->push_back(std::move(*state.problem));
    state.problem.reset();
    return;
  }
  const SourceSpan span = state.source_span(where, token_end(state, where));
  if (state.last_error == where) return;  // what is missing here was told already
  state.last_error = where;
  if (is_doc(where) && which == "the end of the line") {
    state.diagnostics->push_back({Severity::Error,
                                  "misplaced-doc",
                                  state.source_span(where, where + 3),
                                  "a doc comment stands on a line of its own, before what it describes; "
                                  "a comment behind a declaration begins with `//`",
                                  {}});
    return;
  }
  state.diagnostics->push_back(
      {Severity::Error,
       "syntax",
       span,
       "expected " + which + ", got " + description_at(state, where) + hint_for(state, where, which),
       {}});
}

/// After too many errors the rest of the file is left unread.
bool give_up(State& state, Iterator& first, Iterator where) {
  if (!state.gave_up && state.errors < most_errors) return false;
  if (!state.gave_up) {
    state.diagnostics->push_back({Severity::Note,
                                  "too-many-errors",
                                  state.source_span(where, where),
                                  "the rest of this file was not read, there are too many errors",
                                  {}});
  }
  state.gave_up = true;
  first = state.end;
  return true;
}

/// Behind the string, quoted name or comment at `p`, as far as it ends on its line; behind one character
/// otherwise.
Iterator step(const State& state, Iterator p) {
  if (is_comment(p)) return line_end(p, state.end);
  if (*p != '"' && *p != '\'' && *p != '`') return p + 1;
  const Iterator stop = line_end(p, state.end);
  const Iterator close = std::find(p + 1, stop, *p);
  return close == stop ? p + 1 : close + 1;
}

bool looks_like_member(const State& state, Iterator p) {
  if (*p == '}' || is_doc(p)) return true;
  const Glance first = glance(p, state.end);
  if (!first.is_name) return false;
  const Glance second = glance(first.behind, state.end);
  if (is_type_word(second.word)) return true;
  if (std::find(member_words.begin(), member_words.end(), first.word) == member_words.end()) return false;
  return *first.behind == '(' || second.is_name;
}

Iterator next_member(State& state, Iterator p) {
  unsigned depth = state.depth;
  while (p < state.end) {
    if (*p == '\n') {
      const Iterator next = skip_lines(p, state.end, false);
      if (begins_item_line(state, next) || looks_like_member(state, next)) return next;
      if (depth == 0 && !continues(state, next)) return next;
      p = next;
      continue;
    }
    if (depth == 0 && *p == ';') return skip_lines(p + 1, state.end, false);
    if (depth == 0 && *p == '}') return p;
    if (*p == '(') ++depth;
    if (*p == ')' && depth > 0) --depth;
    p = step(state, p);
  }
  return state.end;
}

/// Of the braces since the last line that begins at the margin, how many are open at `where`.
unsigned open_braces(const State& state, Iterator where) {
  const auto is_at_margin = [&](Iterator p) { return (p == state.begin || p[-1] == '\n') && *p != ' ' && *p != '\t' && *p != '\n' && *p != '}'; };
  Iterator p = where;
  while (p != state.begin && !is_at_margin(p)) --p;
  unsigned braces = 0;
  while (p < where) {
    if (*p == '{') ++braces;
    if (*p == '}' && braces > 0) --braces;
    p = step(state, p);
  }
  return braces;
}

/// Outside of braces again: behind the block that is open or follows, or at the next line that begins an
/// item. The lines of a data format begin with the words of items: only those at the margin count there.
Iterator next_item(State& state, Iterator p, unsigned braces) {
  const bool in_data = state.mode == Mode::Data;
  state.mode = Mode::Items;
  const auto begins_item = [&](Iterator at) { return begins_item_line(state, at) && (!in_data || at == state.begin || at[-1] == '\n'); };
  if (begins_item(p)) return p;
  while (p < state.end) {
    if (*p == '\n') {
      const Iterator next = skip_lines(p, state.end, false);
      const bool at_line_start = next == state.end || next[-1] == '\n';
      if (begins_item(next) || (is_doc(next) && at_line_start)) return next;
      if (braces == 0 && at_line_start && *next != '{' && *next != '(' && *next != ')') return next;
      p = next;
      continue;
    }
    if (*p == '{') ++braces;
    if (*p == '}') {
      if (braces <= 1) return skip_lines(p + 1, state.end, false);
      --braces;
    }
    p = step(state, p);
  }
  return state.end;
}

}  // namespace

void recover_member(State& state, Iterator& first, Iterator where, const std::string& which) {
  record(state, where, which);
  if (give_up(state, first, where)) return;
  const Iterator begin =
      where == state.begin + state.member_start && *where != '}' ? step(state, where) : where;
  first = next_member(state, *where == '\n' ? where : begin);
  state.depth = 0;
}

void recover_item(State& state, Iterator& first, Iterator where, const std::string& which) {
  record(state, where, which);
  if (give_up(state, first, where)) return;
  const bool in_row = state.mode == Mode::Rows && state.depth > 0;
  const unsigned braces = state.mode == Mode::Data ? open_braces(state, where) : (state.mode == Mode::Items ? 0U : 1U) + (in_row ? 1U : 0U);
  first = next_item(state, where, braces);
  state.depth = 0;
}

}  // namespace plumb::language::grammar
