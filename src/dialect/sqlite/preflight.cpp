// dialect/sqlite/preflight.cpp: the file is whole, there is room beside it, and its folder takes a journal.
#include <unistd.h>

#include <filesystem>

#include "dialect/sqlite/sqlite_dialect.hpp"
#include "support/bytes.hpp"
#include "support/error.hpp"
#include "support/text.hpp"

namespace plumb::sqlite {
namespace {

/// Source: https://www.sqlite.org/pragma.html#pragma_quick_check
PreflightCheck wholeness(db::Connection& connection) {
  const auto found = connection.query("PRAGMA quick_check(5)");
  std::vector<std::string> lines;
  for (const auto& row : found.rows) lines.push_back(db::as_text(row.at(0)));
  if (lines == std::vector<std::string>{"ok"}) return {"file", CheckLevel::Good, "quick_check finds it whole"};
  return {"file", CheckLevel::Bad, "quick_check: " + join(lines, "; ")};
}

/// A rebuild writes a table a second time, and the journal the pages that it changes.
PreflightCheck room(const std::filesystem::path& file, const std::filesystem::path& folder) {
  std::error_code problem;
  const auto space = std::filesystem::space(folder, problem);
  if (problem) return {"free disk", CheckLevel::Warning, "not known: " + problem.message()};
  const std::uint64_t size = std::filesystem::exists(file) ? std::filesystem::file_size(file) : 0;
  const std::string text = bytes_in_words(space.available) + " free, the file has " + bytes_in_words(size);
  if (space.available < size) return {"free disk", CheckLevel::Bad, text + ": too little to write it anew"};
  return {"free disk", space.available < 2 * size ? CheckLevel::Warning : CheckLevel::Good, text};
}

}  // namespace

std::vector<PreflightCheck> SqliteDialect::preflight(db::Connection& connection) const {
  const std::filesystem::path file(connection.database());
  const auto folder = file.has_parent_path() ? file.parent_path() : std::filesystem::path(".");
  std::vector<PreflightCheck> checks{wholeness(connection), room(file, folder)};
  const bool is_writable = ::access(folder.c_str(), W_OK) == 0 && ::access(file.c_str(), W_OK) == 0;
  checks.push_back({"rights", is_writable ? CheckLevel::Good : CheckLevel::Bad, is_writable ? "the file and its folder can be written" : "the file, or its folder (which takes the journal), cannot be written"});
  return checks;
}

}  // namespace plumb::sqlite
