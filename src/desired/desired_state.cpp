#include "desired/desired_state.hpp"

#include <algorithm>
#include <set>

#include "desired/load_sql.hpp"
#include "desired/scratch_database.hpp"
#include "support/error.hpp"
#include "support/file.hpp"
#include "support/text.hpp"

namespace plumb::desired {
namespace {

constexpr std::string_view sql_ending = ".sql";
constexpr std::size_t largest_file_bytes = std::size_t{1} << 30U;  // offsets are 32 bits

/// A folder with a description may hold SQL of other use beside it.
SourceKind kind_of_folder(const std::string& path) {
  if (!files_below(path, ".plumb").empty()) return SourceKind::Language;
  if (!files_below(path, sql_ending).empty()) return SourceKind::Sql;
  throw FileError(path, "holds no .plumb file and no .sql file");
}

SourceKind kind_of_one(const std::string& path) {
  if (db::is_target_url(path)) return SourceKind::Database;
  if (is_folder(path)) return kind_of_folder(path);
  return to_lower(path).ends_with(sql_ending) ? SourceKind::Sql : SourceKind::Language;
}

/// Words that only one of the engines reads.
void find_words_of_engines(std::string_view text, bool& of_sqlite, bool& of_mariadb, bool& has_backquotes) {
  static const std::set<std::string, std::less<>> sqlite{"autoincrement", "pragma", "rowid", "sqlite_sequence"};
  static const std::set<std::string, std::less<>> mariadb{"auto_increment", "charset", "delimiter"};
  if (text.find("-- MariaDB dump") != std::string_view::npos || text.find("-- MySQL dump") != std::string_view::npos) of_mariadb = true;
  for (sql::Token token = sql::next_token(text, 0, sql::mariadb_lexis); !token.text.empty() && !(of_sqlite && of_mariadb);
       token = sql::next_token(text, token.offset + token.text.size(), sql::mariadb_lexis)) {
    if (token.kind == sql::TokenKind::Unterminated) return;
    has_backquotes = has_backquotes || token.kind == sql::TokenKind::QuotedName;
    if (token.kind != sql::TokenKind::Word) continue;
    const std::string word = to_lower(token.text);
    of_sqlite = of_sqlite || sqlite.contains(word);
    of_mariadb = of_mariadb || mariadb.contains(word);
  }
}

language::Loaded load_sql_files(const std::vector<std::string>& paths, const DesiredOptions& options) {
  std::vector<SourceText> sources = read_sql_sources(paths);
  const std::string engine = engine_of_sql(sources, options);
  const Dialect& dialect = dialect_for(engine);
  if (engine == "sqlite") return load_sql(std::move(sources), dialect, *ScratchDatabase::in_memory(), {});
  const bool has_target = options.target && options.target->engine == "mariadb";
  if (options.scratch && options.scratch->engine != "mariadb") throw UsageError("--scratch: SQL for MariaDB needs a MariaDB server, not `" + options.scratch->display_name() + "`");
  if (!options.scratch && !has_target) {
    throw UsageError("SQL for MariaDB is read by running it in a scratch database, and there is no server for it; say --scratch mariadb://user@host/any (the database's name does not matter)");
  }
  const auto like = has_target ? db::open(*options.target, db::OpenMode::ReadOnly) : nullptr;
  const auto scratch = ScratchDatabase::on_mariadb(options.scratch ? *options.scratch : *options.target, like.get());
  return load_sql(std::move(sources), dialect, *scratch, has_target ? options.target->database : std::string());
}

}  // namespace

SourceKind kind_of(const std::vector<std::string>& paths) {
  const SourceKind kind = kind_of_one(paths.front());
  for (const std::string& path : paths) {
    if (kind_of_one(path) != kind) throw UsageError("`" + paths.front() + "` and `" + path + "` cannot be one description: it is written in .plumb, or in .sql, or it is one database");
  }
  if (kind == SourceKind::Database && paths.size() > 1) throw UsageError("one database is the desired state, not several");
  return kind;
}

std::vector<SourceText> read_sql_sources(const std::vector<std::string>& paths) {
  std::vector<SourceText> sources;
  const auto add = [&](const std::string& path) {
    std::string text = read_file(path);
    if (text.size() > largest_file_bytes) throw FileError(path, "is too large, more than 1 GiB; a description needs no rows (mariadb-dump --no-data)");
    sources.emplace_back(path, std::move(text));
  };
  for (const std::string& path : paths) {
    if (!is_folder(path)) add(path);
    else for (const std::string& file : files_below(path, sql_ending)) add(file);
  }
  return sources;
}

std::string engine_of_sql(const std::vector<SourceText>& sources, const DesiredOptions& options) {
  if (options.target) return options.target->engine;
  if (!options.engine.empty()) return options.engine;
  if (options.scratch) return options.scratch->engine;
  const std::string engine = recognised_engine(sources, Backquotes::SayMariaDb);
  if (engine.empty()) throw UsageError("`" + sources.front().path() + "`: whose SQL is this? say --engine sqlite or --engine mariadb");
  return engine;
}

std::string recognised_engine(const std::vector<SourceText>& sources, Backquotes backquotes) {
  bool of_sqlite = false;
  bool of_mariadb = false;
  bool has_backquotes = false;
  for (const SourceText& source : sources) find_words_of_engines(source.text(), of_sqlite, of_mariadb, has_backquotes);
  if (!of_sqlite && backquotes == Backquotes::SayMariaDb) of_mariadb = of_mariadb || has_backquotes;
  if (of_sqlite == of_mariadb) return {};
  return of_sqlite ? "sqlite" : "mariadb";
}

Loaded load(const std::vector<std::string>& paths, const DesiredOptions& options) {
  switch (kind_of(paths)) {
    case SourceKind::Language: return {language::load(language::read_sources(paths, options.left_out)), {}};
    case SourceKind::Sql: return {load_sql_files(paths, options), {}};
    case SourceKind::Database: return load_database(paths.front(), options.target ? options.target->engine : options.engine);
  }
  return {};
}

}  // namespace plumb::desired
