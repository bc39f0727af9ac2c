#include "language/sql_text.hpp"

#include <algorithm>
#include <array>
#include <cstring>

#include "support/text.hpp"

namespace plumb::language {
namespace {

bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\v';
}

bool in_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

/// `sqlite:` or `mariadb:`, and where the text behind it begins.
struct Label {
  std::string_view engine;
  const char* before = nullptr;  ///< the `|`, or the name itself at the beginning
  const char* name = nullptr;
  const char* behind = nullptr;
};

const char* skip_space(const char* at, const char* end) {
  while (at < end && is_space(*at)) ++at;
  return at;
}

/// A word and a colon that is not `::` or `:=`.
std::optional<Label> any_label(const char* at, const char* end) {
  at = skip_space(at, end);
  const char* stop = at;
  while (stop < end && in_word(*stop)) ++stop;
  if (stop == at) return std::nullopt;
  const char* colon = skip_space(stop, end);
  if (colon >= end || *colon != ':') return std::nullopt;
  if (colon + 1 < end && (colon[1] == ':' || colon[1] == '=')) return std::nullopt;
  return Label{std::string_view(at, static_cast<std::size_t>(stop - at)), at, at, colon + 1};
}

std::optional<Label> engine_label(const char* at, const char* end) {
  const auto label = any_label(at, end);
  return label && is_engine_name(label->engine) ? label : std::nullopt;
}

/// By whose rules text is read that is not labelled with an engine.
enum class Rules { Sqlite, Mariadb };

/// A string, quoted name or comment: what stands in it closes nothing.
struct Stretch {
  const char* begin = nullptr;
  const char* end = nullptr;
  bool operator==(const Stretch&) const = default;
};

/// One pass over engine SQL, without recursion.
class Scanner {
 public:
  Scanner(const char* begin, const char* end, Rules rules) : at_(begin), end_(end), rules_(rules) {
    take_label(begin, begin);
  }

  /// Moves to the `)` that closes, or to the end.
  void run() {
    while (at_ < end_ && !closed_) step();
  }

  bool closed() const { return closed_; }
  const char* at() const { return at_; }
  /// Something stood in unlabelled text that the other engine may read otherwise.
  bool may_be_disputed() const { return may_be_disputed_; }
  /// Those of the unlabelled text.
  const std::vector<Stretch>& stretches() const { return stretches_; }
  /// Strings with a word right behind them, which no SQL has: signs of a wrong reading.
  std::size_t oddities() const { return oddities_; }
  const std::vector<Label>& labels() const { return labels_; }

 private:
  void step() {
    switch (*at_) {
      case '(':
        ++depth_;
        ++at_;
        return;
      case ')':
        if (--depth_ == 0) {
          closed_ = true;
        } else {
          ++at_;
        }
        return;
      case '\'':
      case '"':
      case '`':
      case '[':
      case '#':
      case '-':
      case '/':
        step_over(at_);
        return;
      case '|': {
        const char* bar = at_++;
        if (depth_ == 1) take_label(at_, bar);
        return;
      }
      default:
        ++at_;
        return;
    }
  }

  void step_over(const char* begin) {
    skip_stretch();
    if (at_ == begin) {
      ++at_;
    } else if (!labelled_) {
      stretches_.push_back({begin, at_});
    }
  }

  /// Moves behind what begins here, if anything does.
  void skip_stretch() {
    switch (*at_) {
      case '[':
        dispute();
        if (rules_ == Rules::Sqlite) skip_quoted(']');
        return;
      case '#':
        skip_line();
        return;
      case '-':
        if (begins_line_comment()) skip_line();
        return;
      case '/':
        if (at_ + 1 < end_ && at_[1] == '*') skip_block();
        return;
      default:
        skip_quoted(*at_);
        return;
    }
  }

  /// For MariaDB 5--3 is 5 - -3 (mariadb.com/kb/en/comment-syntax/).
  bool begins_line_comment() {
    if (at_ + 1 >= end_ || at_[1] != '-') return false;
    if (at_ + 2 >= end_ || is_space(at_[2])) return true;
    dispute();
    return rules_ == Rules::Sqlite;
  }

  void dispute() { may_be_disputed_ = may_be_disputed_ || !labelled_; }

  void take_label(const char* from, const char* before) {
    auto label = engine_label(from, end_);
    if (!label) return;
    label->before = before;
    labels_.push_back(*label);
    labelled_ = true;
    rules_ = label->engine == "mariadb" ? Rules::Mariadb : Rules::Sqlite;
    at_ = label->behind;
  }

  void skip_quoted(char close) {
    const bool has_escapes = close == '\'' || close == '"';
    for (++at_; at_ < end_; ++at_) {
      if (*at_ == '\\' && has_escapes) {
        dispute();
        if (rules_ == Rules::Mariadb && at_ + 1 < end_) ++at_;
      } else if (*at_ == close) {
        if (close != ']' && at_ + 1 < end_ && at_[1] == close) {
          ++at_;
        } else {
          ++at_;
          if (close == '\'' && at_ < end_ && in_word(*at_)) ++oddities_;
          return;
        }
      }
    }
  }

  void skip_line() {
    const void* found = std::memchr(at_, '\n', static_cast<std::size_t>(end_ - at_));
    at_ = found == nullptr ? end_ : static_cast<const char*>(found);
  }

  void skip_block() {
    const std::string_view rest(at_, static_cast<std::size_t>(end_ - at_));
    const std::size_t close = rest.find("*/", 2);
    at_ = close == std::string_view::npos ? end_ : at_ + close + 2;
  }

  const char* at_;
  const char* end_;
  Rules rules_;
  std::size_t depth_ = 1;
  bool closed_ = false;
  bool labelled_ = false;
  bool may_be_disputed_ = false;
  std::size_t oddities_ = 0;
  std::vector<Stretch> stretches_;
  std::vector<Label> labels_;
};

Scanner scanned(const char* begin, const char* end, Rules rules) {
  Scanner scanner(begin, end, rules);
  scanner.run();
  return scanner;
}

/// Whether a declaration can end or go on behind the parenthesis.
bool can_follow(const char* at, const char* end, bool in_list) {
  while (at < end && (*at == ' ' || *at == '\t' || *at == '\r')) ++at;
  if (at >= end) return true;
  if (std::strchr(in_list ? ",)\n" : "\n;{}(", *at) != nullptr) return true;
  if (*at == '/' && at + 1 < end && at[1] == '/') return true;
  static constexpr std::array<std::string_view, 31> words{
      "as",         "asc",        "auto",    "backfill", "charset",    "check",  "collate",   "comment",
      "constraint", "deferrable", "desc",    "down",     "extra",      "header", "initially", "invisible",
      "match",      "not",        "on",      "primary",  "references", "stored", "unchecked", "unique",
      "unsigned",   "up",         "virtual", "was",      "when",       "where",  "option"};
  const char* stop = at;
  while (stop < end && in_word(*stop)) ++stop;
  const std::string_view word(at, static_cast<std::size_t>(stop - at));
  return std::find(words.begin(), words.end(), word) != words.end();
}

/// The text without carriage returns before line feeds, and without white space at both ends.
std::string cleaned(std::string_view text) {
  text = trim(text);
  if (text.find('\r') == std::string_view::npos) return std::string(text);
  return replace_all(std::string(text), "\r\n", "\n");
}

std::string_view between(const char* begin, const char* end) {
  return {begin, static_cast<std::size_t>(end - begin)};
}

void find_unknown_engine(std::string_view captured, const char* end, std::vector<LabelProblem>& problems) {
  const auto label = any_label(captured.data(), end);
  if (!label) return;
  problems.push_back({static_cast<std::size_t>(label->name - captured.data()), label->engine.size(),
                      "unknown-engine", unknown_engine(label->engine)});
}

/// A line end where the last line may hold a comment that would swallow what follows.
void append_part(std::string& out, const std::string& text) {
  out += text;
  const std::size_t line = text.rfind('\n') == std::string::npos ? 0 : text.rfind('\n') + 1;
  const std::string_view last = std::string_view(text).substr(line);
  if (last.find("--") != std::string_view::npos || last.find('#') != std::string_view::npos) out += "\n";
}

std::string with_labels(const sql::EngineSql& sql) {
  std::string out;
  append_part(out, sql.common);
  for (const auto& [engine, text] : sql.variants) {
    if (!out.empty()) out += out.back() == '\n' ? "| " : " | ";
    out += engine + ": ";
    append_part(out, text);
  }
  return out;
}

bool same_labels(const std::vector<Label>& a, const std::vector<Label>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const Label& one, const Label& other) { return one.before == other.before; });
}

/// The first stretch that both readings do not have in common. Requires: there is one.
Stretch first_disputed(const std::vector<Stretch>& a, const std::vector<Stretch>& b) {
  const auto [in_a, in_b] = std::mismatch(a.begin(), a.end(), b.begin(), b.end());
  if (in_a == a.end()) return *in_b;
  if (in_b == b.end()) return *in_a;
  return in_a->begin < in_b->begin || (in_a->begin == in_b->begin && in_a->end < in_b->end) ? *in_a : *in_b;
}

/// Of two readings with different ends the one that is likelier meant: so that what follows is read for its own mistakes.
const char* likelier_end(const Scanner& sqlite, const Scanner& mariadb, const char* end, bool in_list) {
  if (!sqlite.closed() || !mariadb.closed()) return sqlite.closed() ? sqlite.at() : mariadb.at();
  if (sqlite.oddities() != mariadb.oddities()) return sqlite.oddities() < mariadb.oddities() ? sqlite.at() : mariadb.at();
  const bool sqlite_fits = can_follow(sqlite.at() + 1, end, in_list);
  const bool mariadb_fits = can_follow(mariadb.at() + 1, end, in_list);
  if (sqlite_fits != mariadb_fits) return sqlite_fits ? sqlite.at() : mariadb.at();
  return std::min(sqlite.at(), mariadb.at());  // a reading that has lost its way runs on
}

bool closes_at(const Closing& closing, const char* place) {
  return closing.parenthesis == place && closing.dispute.empty();
}

bool reads_back(const std::string& text, const sql::EngineSql& sql) {
  const std::string wrapped = "(" + text + ")";
  const char* end = wrapped.data() + wrapped.size();
  return closes_at(closing_parenthesis(wrapped.data(), end, false), end - 1) && split_engines(text) == sql;
}

}  // namespace

const std::vector<std::string>& engine_names() {
  static const std::vector<std::string> names{"mariadb", "sqlite"};
  return names;
}

std::string unknown_engine(std::string_view word) {
  const std::string meant = closest_match(word, engine_names());
  return "engine `" + std::string(word) + "` is not known; " +
         (meant.empty() ? "`mariadb` and `sqlite` are" : "did you mean `" + meant + "`?");
}

bool is_engine_name(std::string_view word) {
  return word == "mariadb" || word == "sqlite";
}

Closing closing_parenthesis(const char* open, const char* end, bool in_list) {
  const Scanner sqlite = scanned(open + 1, end, Rules::Sqlite);
  if (!sqlite.may_be_disputed()) return {sqlite.closed() ? sqlite.at() : nullptr, {}};
  const Scanner mariadb = scanned(open + 1, end, Rules::Mariadb);
  if (!sqlite.closed() && !mariadb.closed()) return {};
  const bool same = sqlite.at() == mariadb.at() && sqlite.closed() == mariadb.closed() && same_labels(sqlite.labels(), mariadb.labels());
  if (same) return {sqlite.at(), {}};
  const Stretch disputed = first_disputed(sqlite.stretches(), mariadb.stretches());
  return {likelier_end(sqlite, mariadb, end, in_list), between(disputed.begin, disputed.end)};
}

std::string sentence_of_dispute(std::string_view dispute) {
  const std::string_view what = dispute.front() == '[' ? "for SQLite this is a name in brackets, for MariaDB it is none"
                                : dispute.front() == '-' ? "for SQLite a comment begins here, for MariaDB only where white space follows the dashes"
                                : "for SQLite this ends at the first quote, for MariaDB a backslash before a quote makes it a part of the text";
  return std::string(what) + "; say whom the SQL is for: `(sqlite: …)`, `(mariadb: …)` or a part for each";
}

sql::EngineSql split_engines(std::string_view captured, std::vector<LabelProblem>* problems) {
  sql::EngineSql sql;
  if (captured.find(':') == std::string_view::npos) {
    sql.common = cleaned(captured);
    return sql;
  }
  const char* end = captured.data() + captured.size();
  const Scanner scanner = scanned(captured.data(), end, Rules::Sqlite);
  const auto& labels = scanner.labels();
  if (labels.empty()) {
    sql.common = cleaned(captured);
    return sql;
  }
  sql.common = cleaned(between(captured.data(), labels.front().before));
  if (problems != nullptr && !sql.common.empty())
    find_unknown_engine(captured, labels.front().before, *problems);
  for (std::size_t i = 0; i < labels.size(); ++i) {
    const Label& label = labels[i];
    const char* stop = i + 1 < labels.size() ? labels[i + 1].before : end;
    const auto same = [&](const auto& variant) { return variant.first == label.engine; };
    const auto offset = static_cast<std::size_t>(label.name - captured.data());
    std::string text = cleaned(between(label.behind, stop));
    if (problems != nullptr && std::any_of(sql.variants.begin(), sql.variants.end(), same)) {
      problems->push_back({offset, label.engine.size(), "duplicate-clause",
                           "the SQL for `" + std::string(label.engine) + "` is given twice"});
    } else if (problems != nullptr && text.empty()) {
      problems->push_back({offset, label.engine.size(), "empty-sql",
                           "no SQL stands behind `" + std::string(label.engine) + ":`"});
    }
    sql.variants.emplace_back(label.engine, std::move(text));
  }
  return sql;
}

std::string printed_engine_sql(const sql::EngineSql& sql) {
  std::string text = with_labels(sql);
  if (reads_back(text, sql) || !sql.variants.empty()) return text;
  for (const char* engine : {"mariadb", "sqlite"}) {
    sql::EngineSql labelled;
    labelled.variants.emplace_back(engine, sql.common);
    std::string attempt = with_labels(labelled);
    if (reads_back(attempt, labelled)) return attempt;
  }
  return text;
}

}  // namespace plumb::language
