#include "language/grammar/lex.hpp"

#include <cstring>

namespace plumb::language::grammar {
namespace {

std::string_view view(Iterator from, Iterator to) {
  return {from, static_cast<std::size_t>(to - from)};
}

/// A column of that type cannot be told from an earlier name: `was date` alone on a line.
void report_ambiguous_was(State& state, Iterator p, Iterator end) {
  const SourceSpan span = state.source_span(p, end);
  for (const Diagnostic& known : *state.diagnostics) {
    if (known.span == span && known.code == "ambiguous") return;
  }
  const std::string text(view(p, end));
  ++state.errors;
  state.diagnostics->push_back(
      {Severity::Error,
       "ambiguous",
       span,
       "`" + text +
           "` on a line of its own could be a column called `was` or an earlier name; "
           "put the name in backquotes",
       {}});
}

bool continues_with_was(State& state, Iterator p, const Glance& next) {
  if (!next.is_name) return false;
  if (!is_type_word(next.word)) return true;
  if (*next.behind == '(' || *next.behind == '?' || *next.behind == '=') return false;
  const Glance third = glance(next.behind, state.end);
  if (third.is_name && line_end(next.behind, state.end) > next.behind && *next.behind != '\n') {
    if (third.word == "unsigned") return false;
  }
  report_ambiguous_was(state, p, next.word.data() + next.word.size());
  return true;
}

/// Words that can stand behind a column, an index or a key, and at the beginning of no declaration, as far as
/// what follows tells.
bool continues_member(State& state, Iterator p) {
  if (*p == '=' || *p == '(' || *p == ',' || *p == '?') return true;
  const Iterator stop = word_end(p);
  const std::string_view word = view(p, stop);
  switch (*p) {
    case 'a':
      if (word == "as") return *glance(p, state.end).behind == '(';
      if (word == "auto") break;
      return false;
    case 'b':
      return word == "backfill" && *glance(p, state.end).behind == '(';
    case 'c':
      if (word == "collate" || word == "charset" || word == "constraint") break;
      return false;
    case 'd':
      if (word == "deferrable") break;
      return false;
    case 'i':
      if (word == "invisible" || word == "initially") break;
      return false;
    case 'l':
      if (word == "local") break;
      return false;
    case 'm':
      if (word == "match") break;
      return false;
    case 'n':
      return word == "not" && glance(glance(p, state.end).behind, state.end).word == "deferrable";
    case 'o': {
      if (word != "on") return false;
      const std::string_view event = glance(glance(p, state.end).behind, state.end).word;
      return event == "update" || event == "delete";
    }
    case 'r':
      if (word == "references") break;
      return false;
    case 's':
      if (word == "stored") break;
      return false;
    case 'u':
      if (word == "unsigned" || word == "unchecked") break;
      return false;
    case 'v':
      if (word == "virtual") break;
      return false;
    case 'w':
      if (word == "where") return *glance(p, state.end).behind == '(';
      if (word == "was") {
        const Iterator behind = glance(p, state.end).behind;
        return continues_with_was(state, p, glance(behind, state.end));
      }
      return false;
    default:
      return false;
  }
  // A column of that name has a type behind it, on the same line.
  const Iterator behind = glance(p, state.end).behind;
  if (line_end(p, state.end) < behind) return true;
  return !is_type_word(glance(glance(p, state.end).behind, state.end).word);
}

bool continues_item(Iterator p) {
  if (*p == '{' || *p == '(' || *p == ',' || *p == '=') return true;
  const std::string_view word = view(p, word_end(p));
  for (const std::string_view one :
       {"was", "version", "after", "before", "instead", "insert", "update", "delete", "of", "on", "when",
        "columns", "header", "comment", "unchecked"}) {
    if (word == one) return true;
  }
  return false;
}

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

/// Appends what the escape at `p` (its backslash) stands for; the place behind it, or nullptr.
Iterator unescape(Iterator p, std::string& out) {
  switch (p[1]) {
    case 'n':
      out.push_back('\n');
      return p + 2;
    case 't':
      out.push_back('\t');
      return p + 2;
    case 'r':
      out.push_back('\r');
      return p + 2;
    case '"':
      out.push_back('"');
      return p + 2;
    case '\\':
      out.push_back('\\');
      return p + 2;
    case 'x': {
      const int high = hex_digit(p[2]);
      const int low = high < 0 ? -1 : hex_digit(p[3]);
      if (low < 0) return nullptr;
      out.push_back(static_cast<char>(high * 16 + low));
      return p + 4;
    }
    default:
      return nullptr;
  }
}

}  // namespace

Iterator line_end(Iterator p, Iterator end) {
  const void* found = std::memchr(p, '\n', static_cast<std::size_t>(end - p));
  return found == nullptr ? end : static_cast<Iterator>(found);
}

Iterator skip_lines(Iterator p, Iterator end, bool docs) {
  for (;;) {
    while (is_blank(*p) || *p == '\n') ++p;
    if (!is_comment(p) || (is_doc(p) && !docs)) return p;
    p = line_end(p, end);
  }
}

std::optional<TypeKind> kind_of_word(std::string_view word) {
  if (word.empty()) return std::nullopt;
  const auto one = [&](std::string_view name, TypeKind kind) {
    return word == name ? std::optional<TypeKind>(kind) : std::nullopt;
  };
  switch (word[0]) {
    case 'b':
      if (auto kind = one("bool", TypeKind::Bool)) return kind;
      if (auto kind = one("bigint", TypeKind::BigInt)) return kind;
      if (auto kind = one("blob", TypeKind::Blob)) return kind;
      return one("binary", TypeKind::Binary);
    case 'c':
      return one("char", TypeKind::Char);
    case 'd':
      if (auto kind = one("datetime", TypeKind::DateTime)) return kind;
      if (auto kind = one("date", TypeKind::Date)) return kind;
      if (auto kind = one("decimal", TypeKind::Decimal)) return kind;
      return one("double", TypeKind::Double);
    case 'e':
      return one("enum", TypeKind::Enum);
    case 'f':
      return one("float", TypeKind::Float);
    case 'i':
      if (auto kind = one("int", TypeKind::Int)) return kind;
      return one("inet6", TypeKind::Inet6);
    case 'j':
      return one("json", TypeKind::Json);
    case 'l':
      if (auto kind = one("longtext", TypeKind::LongText)) return kind;
      return one("longblob", TypeKind::LongBlob);
    case 'm':
      if (auto kind = one("mediumint", TypeKind::MediumInt)) return kind;
      if (auto kind = one("mediumtext", TypeKind::MediumText)) return kind;
      return one("mediumblob", TypeKind::MediumBlob);
    case 'n':
      return one("native", TypeKind::Native);
    case 's':
      if (auto kind = one("serial", TypeKind::Serial)) return kind;
      if (auto kind = one("smallint", TypeKind::SmallInt)) return kind;
      if (auto kind = one("serial_ref", TypeKind::SerialRef)) return kind;
      return one("set", TypeKind::Set);
    case 't':
      if (auto kind = one("text", TypeKind::Text)) return kind;
      if (auto kind = one("tinyint", TypeKind::TinyInt)) return kind;
      if (auto kind = one("timestamp", TypeKind::Timestamp)) return kind;
      return one("time", TypeKind::Time);
    case 'u':
      return one("uuid", TypeKind::Uuid);
    case 'v':
      if (auto kind = one("varchar", TypeKind::Varchar)) return kind;
      return one("varbinary", TypeKind::Varbinary);
    case 'y':
      return one("year", TypeKind::Year);
    default:
      return std::nullopt;
  }
}

bool is_type_word(std::string_view word) {
  return word == "ref" || kind_of_word(word).has_value();
}

bool continues(State& state, Iterator p) {
  switch (state.mode) {
    case Mode::Items:
      return continues_item(p);
    case Mode::Members:
      return continues_member(state, p);
    case Mode::Once:
      return *p == '(';
    case Mode::Data:
      return *p == '(' || *p == '=' || *p == '{' || *p == ',';
    case Mode::Rows:
      return false;
  }
  return false;
}

Glance glance(Iterator p, Iterator end) {
  Glance seen;
  if (*p == '`') {
    Iterator stop = p + 1;
    while (stop < end && *stop != '\n' && (*stop != '`' || stop[1] == '`')) stop += *stop == '`' ? 2 : 1;
    seen.is_name = true;
    seen.behind = skip_lines(stop < end ? stop + 1 : end, end, false);
    return seen;
  }
  const Iterator stop = word_end(p);
  seen.word = view(p, stop);
  seen.is_name = stop != p;
  seen.behind = skip_lines(stop, end, false);
  return seen;
}

Iterator scan_quoted_name(State& state, Iterator p, std::string_view& text) {
  Iterator stop = p + 1;
  bool doubled = false;
  for (;; ++stop) {
    if (*stop == '\n' || stop == state.end) {
      state.set_problem("unterminated-name", p, stop, "the name in backquotes does not end on its line");
      return nullptr;
    }
    if (*stop != '`') continue;
    if (stop[1] != '`') break;
    doubled = true;
    ++stop;
  }
  if (stop == p + 1) {
    state.set_problem("empty-name", p, stop + 1, "the name is empty");
    return nullptr;
  }
  text = view(p + 1, stop);
  if (!doubled) return stop + 1;
  std::string single;
  for (std::size_t i = 0; i < text.size(); ++i) {
    single.push_back(text[i]);
    if (text[i] == '`') ++i;
  }
  text = state.out->strings.emplace_back(std::move(single));
  return stop + 1;
}

Iterator scan_string(State& state, Iterator p, std::string_view& text) {
  Iterator stop = p + 1;
  while (*stop != '"' && *stop != '\\' && *stop != '\n' && stop != state.end) ++stop;
  if (*stop == '"') {
    text = view(p + 1, stop);
    return stop + 1;
  }
  std::string unescaped(view(p + 1, stop));
  while (*stop != '"') {
    if (*stop == '\n' || stop == state.end) {
      if (stop > p && stop[-1] == '\r') --stop;
      state.set_problem("unterminated-string", p, stop,
                        "the string does not end on its line; a line end inside is written `\\n`");
      return nullptr;
    }
    if (*stop != '\\') {
      unescaped.push_back(*stop++);
      continue;
    }
    const Iterator behind = unescape(stop, unescaped);
    if (behind == nullptr) {
      const bool alone = stop + 1 == state.end || stop[1] == '\n';
      state.set_problem("bad-escape", stop, alone ? stop + 1 : stop + 2,
                        "a backslash stands before `n`, `t`, `r`, `\"`, `\\` or `x` with two hex digits; a "
                        "backslash itself is written `\\\\`");
      return nullptr;
    }
    stop = behind;
  }
  text = state.out->strings.emplace_back(std::move(unescaped));
  return stop + 1;
}

Iterator scan_number(Iterator p) {
  Iterator at = *p == '-' ? p + 1 : p;
  if (!is_digit(*at)) return p;
  while (is_digit(*at)) ++at;
  if (*at == '.' && is_digit(at[1])) {
    ++at;
    while (is_digit(*at)) ++at;
  }
  if (*at == 'e' || *at == 'E') {
    Iterator exponent = at[1] == '+' || at[1] == '-' ? at + 2 : at + 1;
    if (is_digit(*exponent)) {
      at = exponent;
      while (is_digit(*at)) ++at;
    }
  }
  return in_word(*at) ? p : at;
}

Iterator token_end(const State& state, Iterator p) {
  if (p >= state.end || *p == '\n') return p;
  Iterator stop = word_end(p);
  if (stop != p) return stop;
  if (*p == '"' || *p == '`') {
    stop = p + 1;
    while (stop < state.end && *stop != *p && *stop != '\n') ++stop;
    return stop < state.end && *stop == *p ? stop + 1 : stop;
  }
  if (is_digit(*p) || *p == '-') {
    stop = p + 1;
    while (in_word(*stop) || (*stop == '.' && is_digit(stop[1]))) ++stop;
    return stop;
  }
  if (is_comment(p)) return p + 2;
  return p + 1;
}

std::string description_at(const State& state, Iterator p) {
  if (p >= state.end) return "the end of the file";
  if (*p == '\n' || (*p == '\r' && p[1] == '\n')) return "the end of the line";
  if (is_doc(p)) return "a doc comment";
  if (*p == '"') return "a string";
  const auto byte = static_cast<unsigned char>(*p);
  if (byte < 0x20 || byte == 0x7F) return "a control character";
  return "`" + std::string(view(p, token_end(state, p))) + "`";
}

}  // namespace plumb::language::grammar
