#include "language/sql_text.hpp"

#include <algorithm>
#include <array>
#include <cstring>

#include "language/sql_scanner.hpp"
#include "support/text.hpp"

namespace plumb::language {
namespace {

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
  while (stop < end && in_sql_word(*stop)) ++stop;
  const std::string_view word(at, static_cast<std::size_t>(stop - at));
  return std::find(words.begin(), words.end(), word) != words.end();
}

/// The text without carriage returns before line feeds, and without white space at both ends.
std::string cleaned(std::string_view text) {
  text = trim(text);
  return text.find('\r') == std::string_view::npos ? std::string(text) : with_line_feeds(text);
}

sql::EngineSql all_cleaned(const sql::EngineSql& sql) {
  sql::EngineSql out(cleaned(sql.common));
  for (const auto& [engine, text] : sql.variants) out.variants.emplace_back(engine, cleaned(text));
  return out;
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

/// True when the text, the first part of which is labelled, is read to its end and by its own label only.
bool stands_alone(const std::string& labelled) {
  const std::string wrapped = "(" + labelled + ")";
  const char* end = wrapped.data() + wrapped.size();
  const Scanner scanner = scanned(wrapped.data() + 1, end, Rules::Sqlite);
  return scanner.closed() && scanner.at() == end - 1 && scanner.labels().size() == 1;
}

std::string label_for(const std::string& engine, const std::string& text) {
  if (engine != "mariadb" || text.find('\\') == std::string::npos) return engine;
  std::string particular = engine + " " + std::string(no_backslash_escapes);
  return !stands_alone(engine + ": " + text) && stands_alone(particular + ": " + text) ? particular : engine;
}

std::string with_labels(const sql::EngineSql& sql) {
  std::string out;
  append_part(out, sql.common);
  for (const auto& [engine, text] : sql.variants) {
    if (!out.empty()) out += out.back() == '\n' ? "| " : " | ";
    out += label_for(engine, text) + ": ";
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

std::string printed_engine_sql(const sql::EngineSql& given) {
  const sql::EngineSql sql = all_cleaned(given);
  std::string text = with_labels(sql);
  if (reads_back(text, sql) || !sql.variants.empty()) return text;
  for (const char* engine : {"mariadb", "sqlite"}) {
    sql::EngineSql labelled;
    labelled.variants.emplace_back(engine, sql.common);
    std::string attempt = std::string(engine) + ": ";
    append_part(attempt, sql.common);
    if (reads_back(attempt, labelled)) return attempt;
  }
  return text;
}

std::string with_line_feeds(std::string_view text) {
  std::string out;
  for (const char c : text) {
    while (c == '\n' && !out.empty() && out.back() == '\r') out.pop_back();
    out.push_back(c);
  }
  return out;
}

sql::EngineSql said_for(const sql::EngineSql& sql, const std::string& engine) {
  if (!sql.variants.empty() || is_printable(sql, engine)) return sql;
  sql::EngineSql labelled;
  labelled.variants.emplace_back(engine, sql.common);
  return is_printable(labelled, engine) ? labelled : sql;
}

bool is_printable(const sql::EngineSql& sql, std::string_view engine) {
  const std::string text = printed_engine_sql(sql);
  const sql::EngineSql again = split_engines(text);
  return reads_back(text, again) && again.text_for(engine) == cleaned(sql.text_for(engine));
}

}  // namespace plumb::language
