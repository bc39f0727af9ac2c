// dialect/sqlite/backup.cpp: what backups ask of SQLite. The file itself is copied: there is no dump, no snapshot and no
// lock to speak of.
#include "dialect/backup_sql.hpp"

namespace plumb::sqlite {
namespace {

class SqliteBackupSql final : public BackupSql {
 public:
  std::string tables_query() const override {
    return "SELECT name, 1, 0 FROM sqlite_schema WHERE type = 'table' AND rootpage > 0 ORDER BY name";
  }
  std::string objects_query() const override { return "SELECT count(*) FROM sqlite_schema"; }
  std::string checksum_query(std::string_view /*table*/) const override { return {}; }
  std::string integrity_query() const override { return "PRAGMA quick_check(1)"; }
  std::string begin_snapshot() const override { return {}; }
  std::string hold_tables(const std::vector<std::string>& /*tables*/) const override { return {}; }
  std::string release_tables() const override { return {}; }
  std::string database_query(std::string_view /*name*/) const override { return {}; }
  std::vector<std::string> create_database(std::string_view /*name*/, const Options& /*options*/) const override { return {}; }
  std::vector<std::string> empty_database(std::string_view /*name*/, const Options& /*options*/) const override { return {}; }
  std::vector<InexactTable> not_exact_in_dumps(db::Connection& /*connection*/) const override { return {}; }
  void write_exactly(db::Connection& /*connection*/, const Schema& /*schema*/, const std::string& /*table*/,
                     const std::function<void(std::string_view)>& /*sink*/) const override {}
};

}  // namespace

const BackupSql& backup_sql() {
  static const SqliteBackupSql sql;
  return sql;
}

}  // namespace plumb::sqlite
