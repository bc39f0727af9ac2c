// dialect/sqlite/costs.cpp: what a step writes anew and what others wait for. One transaction holds all steps.
#include <algorithm>
#include <filesystem>

#include "dialect/cost_rates.hpp"
#include "dialect/sqlite/render.hpp"
#include "dialect/sqlite/sqlite_dialect.hpp"
#include "sql/quote.hpp"
#include "support/bytes.hpp"
#include "support/error.hpp"
#include "support/text.hpp"

namespace plumb::sqlite {
namespace {

constexpr std::uint64_t mebibyte = 1024 * 1024;
constexpr WritingRate rebuilding{400'000, 80 * mebibyte};
constexpr WritingRate indexing{2'000'000, 0};

std::string literal(const std::string& text) { return sql::quote_string(text, false); }

const std::string& live_name(const Step& step) { return step.table_before.empty() ? step.table : step.table_before; }

bool begins_with(const Step& step, std::string_view begin, std::string_view part) {
  return std::any_of(step.commands.begin(), step.commands.end(), [&](const Command& command) {
    return command.sql.starts_with(begin) && command.sql.find(part) != std::string::npos;
  });
}

/// DROP COLUMN writes every row anew (sqlite.org/lang_altertable.html#altertabdropcol), and so does an UPDATE of all.
bool writes_rows_anew(const Step& step) {
  return step.how == "rebuild" || begins_with(step, "ALTER TABLE", " DROP COLUMN ") || begins_with(step, "UPDATE ", " SET ");
}

/// The pages of the table and its indexes; nothing where this SQLite has no dbstat (sqlite.org/dbstat.html).
std::optional<std::uint64_t> size_of(db::Connection& connection, const std::string& table) {
  try {
    const auto size = db::single_integer(connection, "SELECT sum(pgsize) FROM dbstat WHERE aggregate = TRUE AND name IN (SELECT name FROM sqlite_schema WHERE tbl_name = " + literal(table) + " COLLATE NOCASE)");
    return size > 0 ? std::optional(static_cast<std::uint64_t>(size)) : std::nullopt;
  } catch (const DatabaseError& error) {
    if (error.kind() != DatabaseErrorKind::Other) throw;
    return std::nullopt;
  }
}

/// With a write-ahead log readers go on; without one nobody reads while the transaction is written into the file. A
/// database in memory is nobody else's.
std::string lock_of(db::Connection& connection) {
  const auto mode = db::single_value(connection, "PRAGMA journal_mode");
  const std::string word = mode ? to_lower(db::as_text(*mode)) : std::string();
  if (word == "memory") return {};
  return word == "wal" ? "writes" : "all";
}

}  // namespace

void SqliteDialect::find_costs(const CostSources& sources, std::vector<Step>& steps) const {
  const std::string lock = lock_of(sources.connection);
  for (Step& step : steps) {
    const bool only_asks = std::all_of(step.commands.begin(), step.commands.end(), [](const Command& c) { return c.kind == CommandKind::Guard; });
    const bool goes_through_rows = step.rows.value_or(0) > 0 && (writes_rows_anew(step) || begins_with(step, "CREATE", " INDEX "));
    if (!only_asks && !lock.empty()) step.cost.lock = goes_through_rows ? lock : "moment";
    if (!goes_through_rows) continue;
    if (writes_rows_anew(step)) {
      step.cost.bytes = size_of(sources.connection, live_name(step));
      step.cost.seconds = seconds_to_write(step.rows, step.cost.bytes, rebuilding);
    } else {
      step.cost.seconds = seconds_to_write(step.rows, std::nullopt, indexing);
    }
  }
}

std::optional<Alteration> SqliteDialect::taken_apart(const Command& /*command*/) const { return std::nullopt; }

/// A new copy may be denser than the table, but hardly by more than half; pages that are free in the file are used first.
std::optional<std::string> SqliteDialect::lack_of_space(db::Connection& connection, const std::vector<Step>& steps) const {
  std::uint64_t written = 0;
  for (const Step& step : steps) {
    if (step.how == "rebuild") written += step.cost.bytes.value_or(0) / 2;
  }
  const std::filesystem::path file(connection.database());
  std::error_code problem;
  if (written == 0 || !std::filesystem::exists(file, problem)) return std::nullopt;
  const auto folder = file.has_parent_path() ? file.parent_path() : std::filesystem::path(".");
  const auto space = std::filesystem::space(folder, problem);
  if (problem) return std::nullopt;
  const auto reusable = static_cast<std::uint64_t>(db::single_integer(connection, "PRAGMA freelist_count") * db::single_integer(connection, "PRAGMA page_size"));
  const auto needed = written > reusable ? written - reusable : 0;
  if (needed <= space.available) return std::nullopt;
  return "the steps write at least " + bytes_in_words(needed) + " anew, and `" + folder.string() + "` has " + bytes_in_words(space.available, Rounding::Down) + " free; make room, then apply again";
}

}  // namespace plumb::sqlite
