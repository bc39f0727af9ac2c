// dialect/mariadb/backup.cpp: what backups ask of MariaDB, and the tables that mariadb-dump does not save as they are.
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "dialect/backup_sql.hpp"
#include "dialect/dialect.hpp"
#include "dialect/mariadb/render.hpp"
#include "dialect/mariadb/show_create.hpp"
#include "support/text.hpp"

namespace plumb::mariadb {
namespace {

using Sink = std::function<void(std::string_view)>;

/// One INSERT is about that long.
constexpr std::size_t insert_bytes = 1U << 20U;

/// A column of a table, and how its values are asked for.
struct SavedColumn {
  std::string name;
  std::string expression;
};

/// FLOAT is printed with six digits, so it is read as DOUBLE. The members of ENUM and SET travel as numbers: those with
/// characters outside of the basic plane are printed as question marks.
std::string expression_for(const std::string& name, const std::string& type) {
  if (type == "float") return "CAST(" + name + " AS DOUBLE)";
  if (type == "enum" || type == "set") return name + " + 0";
  return name;
}

std::vector<SavedColumn> saved_columns(db::Connection& connection, const std::string& table, bool keeps_history) {
  std::vector<SavedColumn> columns;
  bool has_period = false;
  const auto listed = connection.query(
      "SELECT COLUMN_NAME, DATA_TYPE, IS_GENERATED, GENERATION_EXPRESSION FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = DATABASE() AND "
      "TABLE_NAME = " + quoted_string(table) + " ORDER BY ORDINAL_POSITION");
  for (const auto& row : listed.rows) {
    const std::string name = quoted(db::as_text(row[0]));
    const std::string generation = db::as_text(row[3]);
    const bool is_period_column = generation == "ROW START" || generation == "ROW END";
    has_period = has_period || is_period_column;
    if (db::as_text(row[2]) == "ALWAYS" && !is_period_column) continue;
    columns.push_back({name, expression_for(name, to_lower(db::as_text(row[1])))});
  }
  if (keeps_history && !has_period) {
    for (const char* name : {"row_start", "row_end"}) columns.push_back({name, name});
  }
  return columns;
}

std::string hex_literal(std::string_view bytes) {
  static constexpr char digits[] = "0123456789ABCDEF";
  std::string out = "x'";
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    out.push_back(digits[byte >> 4U]);
    out.push_back(digits[byte & 0x0FU]);
  }
  return out + "'";
}

struct AsLiteral {
  std::string operator()(std::monostate) const { return "NULL"; }
  std::string operator()(std::int64_t number) const { return std::to_string(number); }
  std::string operator()(double number) const { return fmt::format("{:.17g}", number); }
  std::string operator()(const std::string& text) const { return quoted_string(text); }
  std::string operator()(const sql::Blob& blob) const { return hex_literal(blob.bytes); }
};

std::string values_text(const sql::Row& row) {
  std::string out;
  for (const auto& value : row) out += (out.empty() ? "(" : ",") + std::visit(AsLiteral{}, value);
  return out + ")";
}

void write_rows(db::Connection& connection, const std::string& table, bool keeps_history, const Sink& sink) {
  const auto columns = saved_columns(connection, table, keeps_history);
  std::vector<std::string> names;
  std::vector<std::string> expressions;
  for (const auto& column : columns) {
    names.push_back(column.name);
    expressions.push_back(column.expression);
  }
  const std::string insert = "INSERT INTO " + quoted(table) + " (" + join(names, ", ") + ") VALUES\n";
  std::string statement;
  const std::string from = " FROM " + quoted(table) + (keeps_history ? " FOR SYSTEM_TIME ALL" : "");
  connection.for_each_row("SELECT " + join(expressions, ", ") + from, [&](const sql::Row& row) {
    statement += (statement.empty() ? insert : std::string(",\n")) + values_text(row);
    if (statement.size() < insert_bytes) return;
    sink(statement + ";\n");
    statement.clear();
  });
  if (!statement.empty()) sink(statement + ";\n");
}

/// A literal default whose characters SHOW CREATE prints as question marks, said again with the characters that it has.
void correct_defaults(db::Connection& connection, const Table& table, const Sink& sink) {
  for (const auto& [column, value] : connection.exact_defaults(table.name)) {
    const Column* known = table.find_column(column);
    const bool is_literal = known != nullptr && known->default_value && known->default_value->sql.text_for("mariadb").starts_with("'");
    if (!is_literal || is_valid_utf8(value) == false) continue;
    const bool has_others = std::any_of(value.begin(), value.end(), [](char c) { return static_cast<unsigned char>(c) >= 0xF0; });
    if (has_others) sink("ALTER TABLE " + quoted(table.name) + " ALTER COLUMN " + quoted(column) + " SET DEFAULT " + quoted_string(value) + ";\n");
  }
}

std::string defaults_of(const Options& options) {
  std::string out;
  if (const auto charset = options.find("charset"); charset != options.end()) out += " CHARACTER SET " + charset->second;
  if (const auto collation = options.find("collate"); collation != options.end()) out += " COLLATE " + collation->second;
  return out;
}

class MariaDbBackupSql final : public BackupSql {
 public:
  std::string tables_query() const override {
    return "SELECT t.TABLE_NAME, IFNULL(e.TRANSACTIONS = 'YES', 0), t.TABLE_TYPE = 'SYSTEM VERSIONED' FROM information_schema.TABLES AS t LEFT JOIN "
           "information_schema.ENGINES AS e ON e.ENGINE = t.ENGINE WHERE t.TABLE_SCHEMA = DATABASE() AND t.TABLE_TYPE IN ('BASE TABLE', 'SYSTEM VERSIONED') "
           "ORDER BY BINARY t.TABLE_NAME";
  }
  std::string objects_query() const override {
    return "SELECT (SELECT COUNT(*) FROM information_schema.TABLES WHERE TABLE_SCHEMA = DATABASE()) + (SELECT COUNT(*) FROM information_schema.ROUTINES WHERE "
           "ROUTINE_SCHEMA = DATABASE()) + (SELECT COUNT(*) FROM information_schema.EVENTS WHERE EVENT_SCHEMA = DATABASE())";
  }
  /// Source: https://mariadb.com/kb/en/checksum-table/
  std::string checksum_query(std::string_view table) const override { return "CHECKSUM TABLE " + quoted(table) + " EXTENDED"; }
  std::string integrity_query() const override { return {}; }
  std::string begin_snapshot() const override { return "START TRANSACTION WITH CONSISTENT SNAPSHOT"; }
  std::string hold_tables(const std::vector<std::string>& tables) const override {
    std::vector<std::string> locks;
    for (const auto& table : tables) locks.push_back(quoted(table) + " READ");
    return "LOCK TABLES " + join(locks, ", ");
  }
  std::string release_tables() const override { return "UNLOCK TABLES"; }
  std::string database_query(std::string_view name) const override {
    return "SELECT COUNT(*) FROM information_schema.SCHEMATA WHERE SCHEMA_NAME = " + quoted_string(std::string(name));
  }
  std::vector<std::string> create_database(std::string_view name, const Options& options) const override {
    return {"CREATE DATABASE " + quoted(name) + defaults_of(options)};
  }
  std::vector<std::string> empty_database(std::string_view name, const Options& options) const override {
    return {"DROP DATABASE " + quoted(name), "CREATE DATABASE " + quoted(name) + defaults_of(options)};
  }

  std::vector<InexactTable> not_exact_in_dumps(db::Connection& connection) const override {
    std::vector<InexactTable> found;
    std::set<std::string> known;
    const auto rows = connection.query(
        "SELECT c.TABLE_NAME, c.COLUMN_NAME, c.DATA_TYPE = 'float', IFNULL(c.COLUMN_DEFAULT LIKE 'nextval(%' OR c.COLUMN_DEFAULT LIKE 'lastval(%', 0) FROM information_schema.COLUMNS AS c JOIN information_schema.TABLES AS t ON t.TABLE_SCHEMA = "
        "c.TABLE_SCHEMA AND t.TABLE_NAME = c.TABLE_NAME WHERE c.TABLE_SCHEMA = DATABASE() AND t.TABLE_TYPE IN ('BASE TABLE', 'SYSTEM VERSIONED') AND c.IS_GENERATED = "
        "'NEVER' AND (c.DATA_TYPE = 'float' OR c.COLUMN_DEFAULT LIKE 'nextval(%' OR c.COLUMN_DEFAULT LIKE 'lastval(%' OR c.COLUMN_DEFAULT LIKE '''%?%''' OR (c.DATA_TYPE IN ('enum', 'set') AND c.COLUMN_TYPE LIKE '%?%')) ORDER BY BINARY "
        "c.TABLE_NAME, c.ORDINAL_POSITION");
    for (const auto& row : rows.rows) {
      const std::string table = db::as_text(row[0]);
      if (!known.insert(table).second) continue;
      const std::string column = "column `" + db::as_text(row[1]) + "`";
      const bool asks_sequence = db::as_text(row[3]) == "1";  // a dump names the database of the sequence, and locks the table without it
      const std::string shown = asks_sequence ? column + " asks a sequence of this database" : column + " is shown with question marks, which may stand for other characters";
      found.push_back({table, db::as_text(row[2]) == "1" ? "FLOAT " + column : shown});
    }
    return found;
  }

  void write_exactly(db::Connection& connection, const Schema& schema, const std::string& name, const Sink& sink) const override {
    const auto shown = connection.query("SHOW CREATE TABLE " + quoted(name));
    const std::string definition = without_database(db::as_text(shown.rows.at(0).at(1)), connection.database());
    const bool keeps_history = db::single_integer(connection, "SELECT TABLE_TYPE = 'SYSTEM VERSIONED' FROM information_schema.TABLES WHERE TABLE_SCHEMA = DATABASE() AND "
                                                                  "TABLE_NAME = " + quoted_string(name)) == 1;
    sink("SET NAMES utf8mb4;\nSET @plumb_sql_mode = @@SESSION.sql_mode, @plumb_time_zone = @@SESSION.time_zone, @plumb_keys = @@SESSION.foreign_key_checks, @plumb_checks = @@SESSION.check_constraint_checks;\n"
         "SET SESSION sql_mode = 'NO_AUTO_VALUE_ON_ZERO,ALLOW_INVALID_DATES', SESSION time_zone = '+00:00', SESSION foreign_key_checks = 0, SESSION check_constraint_checks = 0;\n");
    sink(definition + ";\n");
    if (keeps_history) sink("SET SESSION system_versioning_insert_history = 1;\n");
    sink("START TRANSACTION;\n");
    write_rows(connection, name, keeps_history, sink);
    sink("COMMIT;\n");
    if (keeps_history) sink("SET SESSION system_versioning_insert_history = 0, SESSION system_versioning_alter_history = KEEP;\n");
    if (const auto table = schema.tables.find(name); table != schema.tables.end()) correct_defaults(connection, table->second, sink);
    sink("SET SESSION sql_mode = @plumb_sql_mode, SESSION time_zone = @plumb_time_zone, SESSION foreign_key_checks = @plumb_keys, SESSION check_constraint_checks = @plumb_checks;\n");
    Schema triggers;
    for (const auto& [trigger_name, trigger] : schema.triggers) {
      if (trigger.table == name) triggers.triggers.emplace(trigger_name, trigger);
    }
    const Script script = dialect_for("mariadb").script(triggers);
    for (const auto& part : script.parts) sink(part.sql);
  }

  bool types_bind() const override { return true; }
  /// A FLOAT is printed with six digits; as a sum it is a DOUBLE and exact.
  std::string exact_value(const std::string& column, const ColumnType& type) const override { return type.kind == TypeKind::Float ? column + " + 0e0" : column; }
  std::string same_order(const std::string& column, const ColumnType& type) const override { return is_ordered_by_value(type.kind) ? column : "CAST(CONVERT(" + column + " USING utf8mb4) AS BINARY)"; }
  std::vector<std::string> load_session() const override { return {"SET SESSION foreign_key_checks = 0, check_constraint_checks = 0, sql_mode = concat(@@SESSION.sql_mode, ',ALLOW_INVALID_DATES')"}; }
  Options plain_defaults() const override { return {{"charset", "utf8mb4"}, {"collate", "utf8mb4_nopad_bin"}}; }

  std::map<std::string, std::uint64_t> next_numbers(db::Connection& connection) const override {
    std::map<std::string, std::uint64_t> numbers;
    const auto rows = connection.query("SELECT TABLE_NAME, AUTO_INCREMENT FROM information_schema.TABLES WHERE TABLE_SCHEMA = DATABASE() AND AUTO_INCREMENT > 1").rows;
    for (const auto& row : rows) numbers[db::as_text(row.at(0))] = std::stoull(db::as_text(row.at(1)));
    return numbers;
  }
  std::vector<std::string> set_next_number(std::string_view table, std::uint64_t next) const override {
    return {"ALTER TABLE " + quoted(table) + " AUTO_INCREMENT = " + std::to_string(next)};
  }

 private:
  static bool is_ordered_by_value(TypeKind kind) {
    static const std::set<TypeKind> kinds{TypeKind::Bool, TypeKind::TinyInt, TypeKind::SmallInt, TypeKind::MediumInt, TypeKind::Int, TypeKind::BigInt, TypeKind::Year, TypeKind::Serial, TypeKind::SerialRef,
                                          TypeKind::Decimal, TypeKind::Float, TypeKind::Double, TypeKind::Date, TypeKind::Time, TypeKind::DateTime, TypeKind::Timestamp,
                                          TypeKind::Binary, TypeKind::Varbinary, TypeKind::Blob, TypeKind::MediumBlob, TypeKind::LongBlob, TypeKind::Native};
    return kinds.contains(kind);
  }
};

}  // namespace

const BackupSql& backup_sql() {
  static const MariaDbBackupSql sql;
  return sql;
}

}  // namespace plumb::mariadb
