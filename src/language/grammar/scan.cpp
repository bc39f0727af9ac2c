// The tokens of the language that are more than a word or a mark: values, SQL, versions, closing braces.
#include <algorithm>
#include <array>

#include "language/grammar/lex.hpp"
#include "language/sql_text.hpp"

namespace plumb::language::grammar {
namespace {

std::string_view view(Iterator from, Iterator to) {
  return {from, static_cast<std::size_t>(to - from)};
}

Iterator take_word_value(State& state, Iterator p, unsigned set, ast::Value& value) {
  const Iterator stop = word_end(p);
  value.text = view(p, stop);
  value.span = state.span(p, stop);
  const auto as = [&](ast::ValueKind kind) {
    value.kind = kind;
    return skip(state, stop);
  };
  if ((set & Constants) != 0) {
    if (value.text == "true" || value.text == "false") return as(ast::ValueKind::Bool);
    if (value.text == "null") return as(ast::ValueKind::Null);
  }
  if ((set & Now) != 0 && value.text == "now") return as(ast::ValueKind::Now);
  if ((set & Environment) != 0 && value.text == "env" && *skip_lines(stop, state.end, false) == '(') {
    const Iterator open = skip_lines(stop, state.end, false);
    if (state.recording != nullptr) state.recording->tight.push_back(state.span(open, open).offset);
    const Iterator inside = skip_lines(open + 1, state.end, false);
    if (*inside != '"') return nullptr;
    const Iterator behind = scan_string(state, inside, value.text);
    if (behind == nullptr) return nullptr;
    const Iterator close = skip_lines(behind, state.end, false);
    if (*close != ')') return nullptr;
    value.kind = ast::ValueKind::Environment;
    value.span = state.span(p, close + 1);
    return skip(state, close + 1);
  }
  return (set & Words) != 0 ? as(ast::ValueKind::Word) : nullptr;
}

/// The reading goes on: what follows is not misread for one string.
void report_dispute(State& state, std::string_view dispute) {
  const Iterator begin = dispute.data();
  const Iterator stop = std::min(begin + dispute.size(), line_end(begin, state.end));
  if (state.last_dispute != nullptr && begin <= state.last_dispute) return;  // the grammar may try a text twice
  state.last_dispute = begin;
  ++state.errors;
  state.diagnostics->push_back({Severity::Error, "ambiguous-sql", state.source_span(begin, stop), sentence_of_dispute(dispute), {}});
}

}  // namespace

Iterator take_value(State& state, Iterator p, unsigned set, ast::Value& value) {
  if (*p == '"') {
    if ((set & Strings) == 0) return nullptr;
    const Iterator behind = scan_string(state, p, value.text);
    if (behind == nullptr) return nullptr;
    value.kind = ast::ValueKind::String;
    value.span = state.span(p, behind);
    return skip(state, behind);
  }
  if (*p == '(') {
    if ((set & Expressions) == 0) return nullptr;
    ast::Sql sql;
    const Iterator behind = take_sql(state, p, sql);
    value = {ast::ValueKind::Sql, sql.text, sql.span};
    return behind;
  }
  if (is_digit(*p) || *p == '-') {
    const Iterator stop = (set & Numbers) == 0 ? p : scan_number(p);
    if (stop == p) return nullptr;
    value = {ast::ValueKind::Number, view(p, stop), state.span(p, stop)};
    return skip(state, stop);
  }
  if (*p == '`' && (set & Words) != 0) {
    const Iterator behind = scan_quoted_name(state, p, value.text);
    if (behind == nullptr) return nullptr;
    value.kind = ast::ValueKind::Word;
    value.span = state.span(p, behind);
    return skip(state, behind);
  }
  if (!starts_word(*p) && !is_placeholder(p)) return nullptr;
  return take_word_value(state, p, set, value);
}

Iterator take_sql(State& state, Iterator p, ast::Sql& sql) {
  if (*p != '(') return nullptr;
  const Closing closing = closing_parenthesis(p, state.end, state.depth > 0);
  const Iterator close = closing.parenthesis;
  if (close == nullptr) {
    state.set_problem("unterminated-sql", p, p + 1, "the parenthesis is not closed");
    return nullptr;
  }
  if (!closing.dispute.empty()) report_dispute(state, closing.dispute);
  sql.text = view(p + 1, close);
  sql.span = state.span(p, close + 1);
  if (state.recording != nullptr) state.recording->sql.push_back(sql.span);
  return skip(state, close + 1);
}

Iterator take_version(State& state, Iterator p, ast::Name& version) {
  if (!is_digit(*p) && !starts_word(*p)) return nullptr;
  Iterator stop = p;
  while (in_word(*stop) || *stop == '.' || *stop == '+' || (*stop == '-' && in_word(stop[1]))) ++stop;
  version.text = view(p, stop);
  version.span = state.span(p, stop);
  // what is no version by its signs is told when names are resolved; until then it stays in one piece
  const bool has_signs = std::any_of(p, stop, [](char c) { return c == '+' || c == '-'; });
  if (has_signs && state.recording != nullptr) state.recording->sql.push_back(version.span);
  return skip(state, stop);
}

Iterator take_close(State& state, Iterator p) {
  p = take_stray_docs(state, p);
  if (*p != '}') return nullptr;
  state.mode = Mode::Items;
  state.last_end = ++p;
  while (is_blank(*p)) ++p;
  return is_comment(p) && !is_doc(p) ? line_end(p, state.end) : p;
}

Iterator take_stray_docs(State& state, Iterator p) {
  Iterator at = p;
  Iterator stop = p;
  while (is_doc(at)) {
    stop = line_end(at, state.end);
    at = skip_lines(stop, state.end, false);
  }
  if (at == p || (*at != '}' && at != state.end)) return p;
  state.diagnostics->push_back({Severity::Warning,
                                "stray-doc",
                                state.source_span(p, line_end(p, state.end)),
                                "this doc comment has nothing behind it to describe",
                                {}});
  return at;
}

std::string value_names(unsigned set) {
  struct Named {
    ValueSet one;
    const char* name;
  };
  static constexpr std::array<Named, 7> all{Named{Strings, "a string"},
                                            Named{Numbers, "a number"},
                                            Named{Constants, "`true`, `false`, `null`"},
                                            Named{Now, "`now`"},
                                            Named{Environment, "`env(\"NAME\")`"},
                                            Named{Words, "a word"},
                                            Named{Expressions, "SQL in parentheses"}};
  std::vector<std::string> names;
  for (const Named& named : all) {
    if ((set & named.one) != 0) names.emplace_back(named.name);
  }
  std::string out;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (i != 0) out += i + 1 == names.size() ? " or " : ", ";
    out += names[i];
  }
  return out;
}

}  // namespace plumb::language::grammar
