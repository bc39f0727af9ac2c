#include "language/grammar/classify.hpp"

#include <optional>

namespace plumb::language::grammar {
namespace {

std::string_view word_at(Iterator p) {
  return {p, static_cast<std::size_t>(word_end(p) - p)};
}

MemberKind ambiguous(State& state, Iterator p, const Glance& second, const char* what) {
  const Iterator stop = second.word.data() + second.word.size();
  const std::string word(word_at(p));
  state.set_problem("ambiguous", p, stop,
                    "`" + word + " " + std::string(second.word) + " (` could be a column called `" + word +
                        "` or " + what + " called `" + std::string(second.word) +
                        "`; put the name in backquotes");
  return MemberKind::Ambiguous;
}

/// `index`, `unique`, … : a list or a name follows; a type makes it a column.
MemberKind key_or_column(State& state, Iterator p, MemberKind kind, const char* what) {
  const Glance first = glance(p, state.end);
  const Glance second = glance(first.behind, state.end);
  if (!second.is_name || !is_type_word(second.word)) {
    return second.is_name || *first.behind == '(' ? kind : MemberKind::Column;
  }
  if (*second.behind != '(') return MemberKind::Column;
  const Iterator inside = skip_lines(second.behind + 1, state.end, true);
  const bool number_or_string = is_digit(*inside) || *inside == '"' || *inside == ')';
  const bool labelled = second.word == "native" && *glance(inside, state.end).behind == ':';
  return number_or_string || labelled ? MemberKind::Column : ambiguous(state, p, second, what);
}

MemberKind if_word_follows(const State& state, Iterator p, std::string_view word, MemberKind kind) {
  return glance(glance(p, state.end).behind, state.end).word == word ? kind : MemberKind::Column;
}

MemberKind if_no_type_follows(const State& state, Iterator p, MemberKind kind) {
  const Glance second = glance(glance(p, state.end).behind, state.end);
  return second.is_name && !is_type_word(second.word) ? kind : MemberKind::Column;
}

MemberKind member_of_word(State& state, Iterator p, std::string_view word) {
  switch (*p) {
    case 'i':
      if (word == "index") return key_or_column(state, p, MemberKind::Index, "an index");
      break;
    case 'u':
      if (word == "unique") return key_or_column(state, p, MemberKind::UniqueKey, "a unique index");
      if (word == "use") {
        const Glance second = glance(glance(p, state.end).behind, state.end);
        const bool type = is_type_word(second.word);
        return second.is_name && !type ? MemberKind::Use : MemberKind::Column;
      }
      break;
    case 'f':
      if (word == "foreign") return if_word_follows(state, p, "key", MemberKind::ForeignKey);
      if (word == "fulltext") return key_or_column(state, p, MemberKind::Fulltext, "a fulltext index");
      break;
    case 's':
      if (word == "spatial") return key_or_column(state, p, MemberKind::Spatial, "a spatial index");
      if (word == "sync") return if_no_type_follows(state, p, MemberKind::Sync);
      break;
    case 'c':
      if (word == "check") return key_or_column(state, p, MemberKind::Check, "a check");
      if (word == "comment" && *glance(p, state.end).behind == '"') return MemberKind::Extra;
      break;
    case 'p':
      if (word == "primary") return if_word_follows(state, p, "key", MemberKind::PrimaryKey);
      break;
    case 'n':
      if (word == "natural") return if_word_follows(state, p, "key", MemberKind::NaturalKey);
      if (word == "nested") return if_word_follows(state, p, "in", MemberKind::Nested);
      break;
    case 'k':
      if (word == "keep") return if_word_follows(state, p, "undeclared", MemberKind::Keep);
      break;
    case 'o':
      if (word == "option") {
        const Glance second = glance(glance(p, state.end).behind, state.end);
        return second.is_name && !is_type_word(second.word) ? MemberKind::Option : MemberKind::Column;
      }
      break;
    case 'r':
      if (word == "retire") return if_no_type_follows(state, p, MemberKind::Retire);
      break;
    case 'e':
      if (word == "extra" && *glance(p, state.end).behind == '"') return MemberKind::Extra;
      break;
    default:
      break;
  }
  return MemberKind::Column;
}

}  // namespace

MemberKind classify_member(State& state, Iterator p) {
  if (*p == '}' || p == state.end) return MemberKind::End;
  if (*p == '`') return MemberKind::Column;
  if (!starts_word(*p) && !is_placeholder(p)) return MemberKind::Nothing;
  if ((p == state.begin || p[-1] == '\n') && begins_item_line(state, p)) return MemberKind::End;
  if (continues(state, p))
    return MemberKind::Nothing;  // behind `;` or `{`, where there is nothing to go on with
  return member_of_word(state, p, word_at(p));
}

ClauseKind classify_clause(const State& state, Iterator p) {
  if (*p == '=') return ClauseKind::Default;
  if (*p < 'a' || *p > 'z') return ClauseKind::None;
  const std::string_view word = word_at(p);
  switch (*p) {
    case 'a':
      if (word == "as") return ClauseKind::GeneratedAs;
      return word == "auto" ? ClauseKind::Flag : ClauseKind::None;
    case 'b':
      return word == "backfill" ? ClauseKind::Backfill : ClauseKind::None;
    case 'c':
      if (word == "check") return ClauseKind::Check;
      if (word == "comment") return ClauseKind::Extra;
      return word == "collate" || word == "charset" || word == "constraint" ? ClauseKind::Labelled
                                                                            : ClauseKind::None;
    case 'd':
      return word == "deferrable" ? ClauseKind::Flag : ClauseKind::None;
    case 'e':
      return word == "extra" ? ClauseKind::Extra : ClauseKind::None;
    case 'i':
      return word == "invisible" || word == "initially" ? ClauseKind::Flag : ClauseKind::None;
    case 'l':
      return word == "local" ? ClauseKind::Flag : ClauseKind::None;
    case 'm':
      return word == "match" ? ClauseKind::Labelled : ClauseKind::None;
    case 'n':
      if (word != "not") return ClauseKind::None;
      return glance(glance(p, state.end).behind, state.end).word == "deferrable" ? ClauseKind::Flag
                                                                                 : ClauseKind::None;
    case 'o':
      return word == "on" ? ClauseKind::On : ClauseKind::None;
    case 'p':
      return word == "primary" ? ClauseKind::Flag : ClauseKind::None;
    case 'r':
      return word == "references" ? ClauseKind::References : ClauseKind::None;
    case 'u':
      return word == "unique" || word == "unchecked" ? ClauseKind::Flag : ClauseKind::None;
    case 'w':
      if (word == "was") return ClauseKind::Was;
      return word == "where" ? ClauseKind::Where : ClauseKind::None;
    default:
      return ClauseKind::None;
  }
}

ItemKind classify_item(Iterator p, Iterator end) {
  if (p == end) return ItemKind::End;
  if (*p == '}') return ItemKind::PackageClose;
  const std::string_view word = word_at(p);
  struct Entry {
    std::string_view word;
    ItemKind kind;
  };
  static constexpr std::array<Entry, 17> entries{
      Entry{"table", ItemKind::Table},   Entry{"master", ItemKind::Table},
      Entry{"user", ItemKind::Table},    Entry{"system", ItemKind::Table},
      Entry{"view", ItemKind::View},     Entry{"trigger", ItemKind::Trigger},
      Entry{"drop", ItemKind::Drop},     Entry{"once", ItemKind::Once},
      Entry{"optional", ItemKind::Once}, Entry{"assert", ItemKind::Assert},
      Entry{"mixin", ItemKind::Mixin},   Entry{"package", ItemKind::PackageOpen},
      Entry{"schema", ItemKind::Schema}, Entry{"option", ItemKind::Option},
      Entry{"seed", ItemKind::Seed},     Entry{"data", ItemKind::DataFormat},
      Entry{"", ItemKind::Unknown}};
  for (const Entry& entry : entries) {
    if (word == entry.word) return entry.kind;
  }
  return ItemKind::Unknown;
}

bool begins_item_line(const State& state, Iterator p) {
  if (p != state.begin && p[-1] != '\n') return false;
  const ItemKind kind = classify_item(p, state.end);
  if (kind == ItemKind::Unknown || kind == ItemKind::End || kind == ItemKind::PackageClose) return false;
  const Glance first = glance(p, state.end);
  if (kind == ItemKind::Assert) return *first.behind == '"';
  if (kind == ItemKind::Option && state.mode == Mode::Members) return false;
  const Glance second = glance(first.behind, state.end);
  return second.is_name && !is_type_word(second.word);
}

}  // namespace plumb::language::grammar
