#include "cli/plumb_program.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>

#include "sql/quote.hpp"
#include "support/text.hpp"

extern char** environ;

namespace plumb::test {
namespace {

std::string quoted(const db::Connection& connection, const std::string& name) {
  const std::string mark = connection.engine() == "sqlite" ? "\"" : "`";
  return mark + replace_all(name, mark, mark + mark) + mark;
}

std::string value_text(const sql::Value& value) {
  return sql::is_null(value) ? "NULL" : std::to_string(value.index()) + "'" + db::as_text(value) + "'";
}

std::string rows_text(const db::ResultSet& result) {
  std::vector<std::string> lines;
  for (const sql::Row& row : result.rows) {
    std::string line;
    for (std::size_t i = 0; i < row.size(); ++i) line += result.columns[i] + "=" + value_text(row[i]) + " ";
    lines.push_back(std::move(line));
  }
  std::sort(lines.begin(), lines.end());
  return join(lines, "\n") + "\n";
}

bool is_of_plumb(const std::string& name) {
  return name.starts_with("plumb_");
}

/// Whatever the order of the tables' columns.
std::string rows_of_tables(db::Connection& connection) {
  std::string out;
  const bool is_sqlite = connection.engine() == "sqlite";
  const std::string tables = is_sqlite ? "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name" : "SELECT table_name FROM information_schema.tables WHERE table_schema = DATABASE() AND table_type IN ('BASE TABLE', 'SYSTEM VERSIONED') ORDER BY table_name";
  for (const auto& table : connection.query(tables).rows) {
    const std::string name = db::as_text(table[0]);
    if (is_of_plumb(name)) continue;
    const std::string of_table = sql::quote_string(name, false) + (is_sqlite ? ") WHERE hidden <> 1 ORDER BY lower(name)" : " AND table_schema = DATABASE() ORDER BY lower(column_name)");
    std::vector<std::string> columns;
    for (const auto& column : connection.query((is_sqlite ? "SELECT name FROM pragma_table_xinfo(" : "SELECT column_name FROM information_schema.columns WHERE table_name = ") + of_table).rows) columns.push_back(quoted(connection, db::as_text(column[0])));
    out += name + "\n" + rows_text(connection.query("SELECT " + join(columns, ", ") + " FROM " + quoted(connection, name)));
  }
  return out;
}

std::string content_of_sqlite(db::Connection& connection) {
  std::string out;
  for (const auto& row :
       connection.query("SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY type, name").rows) {
    const std::string name = db::as_text(row[1]);
    if (is_of_plumb(name) || is_of_plumb(db::as_text(row[2]))) continue;
    out += db::as_text(row[0]) + " " + name + ": " + db::as_text(row[3]) + "\n";
    if (db::as_text(row[0]) != "table") continue;
    const std::string without = name == "sqlite_sequence" ? " WHERE name NOT LIKE 'plumb_%'" : "";
    out += rows_text(connection.query("SELECT * FROM " + quoted(connection, name) + without));
  }
  return out;
}

std::string content_of_mariadb(db::Connection& connection) {
  std::string out;
  for (const auto& row : connection.query("SHOW FULL TABLES").rows) {
    const std::string name = db::as_text(row[0]);
    if (is_of_plumb(name)) continue;
    out += db::as_text(connection.query("SHOW CREATE TABLE " + quoted(connection, name)).rows.at(0).at(1)) +
           "\n";
    if (db::as_text(row[1]) == "BASE TABLE")
      out += rows_text(connection.query("SELECT * FROM " + quoted(connection, name)));
  }
  for (const auto& row : connection.query("SHOW TRIGGERS").rows) {
    for (std::size_t i = 0; i < 5; ++i) out += db::as_text(row.at(i)) + " ";
    out += "\n";
  }
  return out;
}

}  // namespace

std::string plumb_program() {
  return PLUMB_PROGRAM;
}

RunResult run_plumb(std::vector<std::string> arguments, RunOptions options) {
  arguments.insert(arguments.begin(), plumb_program());
  for (char** entry = environ; *entry != nullptr; ++entry) {
    const std::string text = *entry;
    const std::string name = text.substr(0, text.find('='));
    if (name.starts_with("PLUMB_")) options.environment.insert({name, ""});
  }
  return run(arguments, options);
}

std::string content_of(db::Connection& connection) {
  return connection.engine() == "sqlite" ? content_of_sqlite(connection) : content_of_mariadb(connection);
}

void run_script(const db::Target& target, const std::string& sql) {
  std::vector<std::string> command;
  if (target.engine == "sqlite") {
    command = {"sqlite3", "-bail", target.path};
  } else {
    command = {"mariadb",
               "--no-defaults",
               "--default-character-set=utf8mb4",
               "--user=root",
               "--socket=" + target.parameters.at("socket"),
               target.database};
  }
  RunOptions options;
  options.input = sql;
  const RunResult result = run(command, options);
  if (result.exit_code != 0)
    ADD_FAILURE() << command.front() << " failed: " << result.err << "\n" << sql.substr(0, 2000);
}

Workplace::Workplace(MariaDbServer& server) : engine_("mariadb"), database_(server.fresh_database()), target_(database_->target()) {}

Workplace::Workplace(const std::string& engine) : engine_(engine) {
  if (engine == "sqlite") {
    target_.engine = "sqlite";
    target_.path = folder_ / "data.db";
    db::open(target_, db::OpenMode::CreateIfMissing);
    return;
  }
  database_.emplace(MariaDbServer::shared().fresh_database());
  target_ = database_->target();
}

std::string Workplace::write(const std::string& name, const std::string& text) const {
  const std::filesystem::path path = folder_ / name;
  std::filesystem::create_directories(path.parent_path());
  std::ofstream(path, std::ios::binary) << text;
  return name;
}

std::string Workplace::read(const std::string& name) const {
  std::ifstream file(folder_ / name, std::ios::binary);
  if (!file) throw std::runtime_error("there is no file " + name);
  return {std::istreambuf_iterator<char>(file), {}};
}

RunResult Workplace::plumb(std::vector<std::string> arguments, RunOptions options) const {
  if (options.folder.empty()) options.folder = folder();
  return run_plumb(std::move(arguments), std::move(options));
}

RunResult Workplace::plumb_on_db(std::vector<std::string> arguments, RunOptions options) const {
  arguments.emplace_back("--db");
  arguments.push_back(url());
  return plumb(std::move(arguments), std::move(options));
}

void Workplace::bring_to(const std::string& description) {
  write("earlier.plumb", description);
  const RunResult result = plumb_on_db({"apply", "--to", "earlier.plumb", "--yes", "--allow", "destructive"});
  ASSERT_EQ(result.exit_code, 0) << result.out << result.err;
}

std::unique_ptr<db::Connection> Workplace::connect(db::OpenMode mode) const {
  return db::open(target_, mode);
}

std::int64_t Workplace::number(const std::string& query) const {
  return db::single_integer(*connect(db::OpenMode::ReadOnly), query);
}

std::string Workplace::text(const std::string& query) const {
  const auto value = db::single_value(*connect(db::OpenMode::ReadOnly), query);
  return value ? db::as_text(*value) : std::string();
}

std::vector<std::string> Workplace::list(const std::string& query) const {
  std::vector<std::string> out;
  for (const auto& row : connect(db::OpenMode::ReadOnly)->query(query).rows)
    out.push_back(db::as_text(row.at(0)));
  return out;
}

std::string Workplace::rows() const { return rows_of_tables(*connect(db::OpenMode::ReadOnly)); }

std::string Workplace::content() const {
  return content_of(*connect(db::OpenMode::ReadOnly));
}

void OnBothEngines::SetUp() {
  if (std::string(GetParam()) == "mariadb" && !mariadb_is_wanted())
    GTEST_SKIP() << "PLUMB_TEST_ENGINES leaves MariaDB out";
  place_.emplace(GetParam());
}

std::string name_of_engine(const testing::TestParamInfo<const char*>& engine) {
  return engine.param;
}

testing::AssertionResult ended_with(int exit_code, const RunResult& result) {
  if (result.exit_code == exit_code && !result.timed_out) return testing::AssertionSuccess();
  return testing::AssertionFailure() << "exit code " << result.exit_code << " instead of " << exit_code
                                     << (result.timed_out ? " (timed out)" : "") << "\n--- stdout\n"
                                     << result.out << "--- stderr\n"
                                     << result.err;
}

testing::AssertionResult contains(const std::string& text, const std::string& part) {
  if (text.find(part) != std::string::npos) return testing::AssertionSuccess();
  return testing::AssertionFailure() << "`" << part << "` is not in:\n" << text;
}

testing::AssertionResult lacks(const std::string& text, const std::string& part) {
  if (text.find(part) == std::string::npos) return testing::AssertionSuccess();
  return testing::AssertionFailure() << "`" << part << "` is in:\n" << text;
}

}  // namespace plumb::test
