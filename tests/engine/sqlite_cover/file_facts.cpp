#include "engine/sqlite_cover/file_facts.hpp"

#include <gtest/gtest.h>
#include <sqlite3.h>

#include <algorithm>

#include "sql/quote.hpp"
#include "support/text.hpp"

namespace plumb::test {
namespace {

class File {
 public:
  explicit File(const std::string& path) { sqlite3_open(path.c_str(), &handle_); }
  ~File() { sqlite3_close(handle_); }
  File(const File&) = delete;
  File& operator=(const File&) = delete;

  void run(const std::string& script) {
    if (sqlite3_exec(handle_, script.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) ADD_FAILURE() << sqlite3_errmsg(handle_) << "\n" << script;
  }

  /// The rows, or nothing where the query is refused.
  bool ask(const std::string& sql, std::vector<std::vector<std::string>>& rows) {
    rows.clear();
    sqlite3_stmt* statement = nullptr;
    if (sqlite3_prepare_v2(handle_, sql.c_str(), -1, &statement, nullptr) != SQLITE_OK) return false;
    while (sqlite3_step(statement) == SQLITE_ROW) {
      auto& row = rows.emplace_back();
      for (int i = 0; i < sqlite3_column_count(statement); ++i) {
        const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(statement, i));  // in UTF-8, whatever the file's encoding is
        row.emplace_back(text == nullptr ? "" : text, text == nullptr ? 0U : static_cast<std::size_t>(sqlite3_column_bytes(statement, i)));
      }
    }
    return sqlite3_finalize(statement) == SQLITE_OK;
  }

  std::vector<std::vector<std::string>> rows(const std::string& sql) {
    std::vector<std::vector<std::string>> found;
    ask(sql, found);
    return found;
  }

 private:
  sqlite3* handle_ = nullptr;
};

std::string quoted(const std::string& name) { return sql::quote_name(name, sql::Quoting::DoubleQuotes); }

std::vector<std::string> rows_of(File& file, const std::string& table, const std::string& left_out) {
  const bool is_sequence = table == "sqlite_sequence" || table == "sqlite_stat1";
  std::vector<std::string> values;
  for (const auto& column : file.rows("SELECT name FROM pragma_table_xinfo(" + sql::quote_string(table, false) + ")")) {
    if (column[0] != left_out) values.push_back("typeof(" + quoted(column[0]) + ") || ' ' || quote(" + quoted(column[0]) + ")");
  }
  if (values.empty()) return {};
  const std::string list = join(values, ", ");
  std::vector<std::vector<std::string>> rows;
  // a text that no column bears means the rowid where there is one
  const bool numbered = !is_sequence && file.ask("SELECT _rowid_ || '', " + list + " FROM " + quoted(table), rows);
  if (!numbered && !file.ask("SELECT " + list + " FROM " + quoted(table), rows)) return {"cannot be read"};
  std::vector<std::string> texts;
  for (const auto& row : rows) texts.push_back(join(row, " | "));
  std::sort(texts.begin(), texts.end());
  return texts;
}

}  // namespace

FileFacts facts_of_file(const std::string& path, const std::string& left_out) {
  File file(path);
  FileFacts facts;
  for (const char* setting : {"user_version", "application_id", "page_size", "auto_vacuum", "encoding", "journal_mode"}) {
    facts.settings[setting] = file.rows(std::string("SELECT ") + setting + " || '' FROM pragma_" + setting).at(0).at(0);
  }
  const std::string objects = "SELECT type || '', name || '', sql || '' FROM sqlite_schema WHERE name NOT LIKE 'plumb\\_%' ESCAPE '\\' AND tbl_name NOT LIKE 'plumb\\_%' ESCAPE '\\'";
  for (const auto& row : file.rows(objects)) {
    const bool is_table = row[0] == "table";
    (is_table ? facts.tables[row[1]] : facts.texts[row[0] + " " + row[1]]) = row[2];
    if (is_table) facts.rows[row[1]] = rows_of(file, row[1], left_out);
  }
  for (const auto& row : file.rows("SELECT integrity_check || '' FROM pragma_integrity_check")) facts.integrity.push_back(row[0]);
  return facts;
}

void run_in_file(const std::string& path, const std::string& script) { File(path).run(script); }

}  // namespace plumb::test
