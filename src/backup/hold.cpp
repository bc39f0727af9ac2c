#include "backup/hold.hpp"

#include "support/error.hpp"

namespace plumb::backup {

HeldTables tables_of(db::Connection& connection, const BackupSql& sql) {
  HeldTables tables;
  for (const auto& row : connection.query(sql.tables_query()).rows) {
    (db::as_text(row.at(1)) == "1" ? tables.of_the_moment : tables.others).push_back(db::as_text(row.at(0)));
    tables.keep_history = tables.keep_history || db::as_text(row.at(2)) == "1";
  }
  return tables;
}

void Hold::release() {
  if (session_) session_->execute(sql_->release_tables());
  session_.reset();
}

Hold hold_tables(const db::Target& target, const BackupSql& sql, const std::vector<std::string>& tables) {
  if (tables.empty()) return {sql, nullptr};
  auto session = db::open(target, db::OpenMode::ReadWrite);
  try {
    session->execute(sql.hold_tables(tables));
  } catch (const DatabaseError& error) {
    if (error.kind() != DatabaseErrorKind::AccessDenied) throw;
    throw DatabaseError(error.kind(), error.engine(), error.code(), std::string(error.what()) + "; so that all of a backup is of one moment it needs the privilege LOCK TABLES, for a moment", error.sql());
  }
  return {sql, std::move(session)};
}

}  // namespace plumb::backup
