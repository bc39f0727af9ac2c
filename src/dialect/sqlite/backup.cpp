// dialect/sqlite/backup.cpp: what backups ask of SQLite. The file itself is copied: there is no dump, no snapshot and no
// lock to speak of.
#include "dialect/backup_sql.hpp"
#include "support/text.hpp"

namespace plumb::sqlite {
namespace {

class SqliteBackupSql final : public BackupSql {
 public:
  std::string tables_query() const override {
    return "SELECT name, 1, 0 FROM sqlite_schema WHERE type = 'table' AND rootpage > 0 ORDER BY name";
  }
  std::string objects_query() const override { return "SELECT count(*) FROM sqlite_schema"; }
  std::string checksum_query(std::string_view /*table*/) const override { return {}; }
  /// The check tells of rows that are against their own table, too: these were saved as they stood, and nothing is damaged.
  std::string integrity_query() const override {
    return "SELECT coalesce(min(quick_check), 'ok') FROM pragma_quick_check(1000000) WHERE quick_check NOT GLOB 'CHECK constraint failed in *' AND quick_check NOT GLOB '* value in *'";
  }
  std::string begin_snapshot() const override { return {}; }
  std::string hold_tables(const std::vector<std::string>& /*tables*/) const override { return {}; }
  std::string release_tables() const override { return {}; }
  std::string database_query(std::string_view /*name*/) const override { return {}; }
  std::vector<std::string> create_database(std::string_view /*name*/, const Options& /*options*/) const override { return {}; }
  std::vector<std::string> empty_database(std::string_view /*name*/, const Options& /*options*/) const override { return {}; }
  std::vector<InexactTable> not_exact_in_dumps(db::Connection& /*connection*/) const override { return {}; }
  void write_exactly(db::Connection& /*connection*/, const Schema& /*schema*/, const std::string& /*table*/,
                     const std::function<void(std::string_view)>& /*sink*/) const override {}

  bool types_bind() const override { return false; }
  std::string exact_value(const std::string& column, const ColumnType& /*type*/) const override { return column; }
  std::string same_order(const std::string& column, const ColumnType& /*type*/) const override { return column + " COLLATE BINARY"; }
  std::vector<std::string> load_session() const override { return {"PRAGMA foreign_keys = OFF", "PRAGMA synchronous = OFF", "PRAGMA cache_size = -65536"}; }

  Options plain_defaults() const override { return {}; }

  /// Source: https://www.sqlite.org/autoinc.html
  std::map<std::string, std::uint64_t> next_numbers(db::Connection& connection) const override {
    std::map<std::string, std::uint64_t> numbers;
    if (db::single_integer(connection, "SELECT count(*) FROM sqlite_schema WHERE name = 'sqlite_sequence'") == 0) return numbers;
    for (const auto& row : connection.query("SELECT name, seq + 1 FROM sqlite_sequence WHERE seq > 0").rows) {
      if (const auto* next = std::get_if<std::int64_t>(&row.at(1))) numbers[db::as_text(row.at(0))] = static_cast<std::uint64_t>(*next);
    }
    return numbers;
  }
  std::vector<std::string> set_next_number(std::string_view table, std::uint64_t next) const override {
    const std::string name = "'" + replace_all(std::string(table), "'", "''") + "'";
    return {"DELETE FROM sqlite_sequence WHERE name = " + name, "INSERT INTO sqlite_sequence (name, seq) VALUES (" + name + ", " + std::to_string(next - 1) + ")"};
  }
};

}  // namespace

const BackupSql& backup_sql() {
  static const SqliteBackupSql sql;
  return sql;
}

}  // namespace plumb::sqlite
