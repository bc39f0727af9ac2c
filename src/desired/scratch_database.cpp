#include "desired/scratch_database.hpp"

#include <stdlib.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>

#include "desired/lanes.hpp"
#include "dialect/mariadb/render.hpp"
#include "dialect/mariadb/scratch.hpp"
#include "support/error.hpp"

namespace plumb::desired {
namespace {

[[noreturn]] void explain_denial(const DatabaseError& error, const db::Target& server) {
  throw DatabaseError(error.kind(), error.engine(), error.code(),
                      std::string(error.what()) + "; SQL is read by running it in a scratch database of its own on `" + server.display_name() +
                          "`: GRANT ALL ON `plumb\\_scratch\\_%`.* to that user, or name another server with --scratch URL",
                      error.sql());
}

/// To drop a table, too, is to wait for the disk several times.
void drop_tables_side_by_side(const ScratchDatabase& scratch, db::Connection& holder) {
  const auto tables = holder.query("SHOW FULL TABLES FROM " + mariadb::quoted(scratch.name()) + " WHERE table_type = 'BASE TABLE'");
  constexpr std::size_t many = 32;
  if (tables.rows.size() < many) return;
  Lanes lanes(scratch, "SET SESSION foreign_key_checks = 0");
  for (const auto& row : tables.rows) lanes.take("DROP TABLE " + mariadb::quoted(db::as_text(row.at(0))));
  lanes.finish(holder);
}

}  // namespace

std::string defaults_of(db::Connection& connection) {
  const auto found = connection.query("SELECT default_character_set_name, default_collation_name FROM information_schema.schemata WHERE schema_name = DATABASE()");
  if (found.rows.empty()) return {};
  return " CHARACTER SET " + db::as_text(found.rows[0].at(0)) + " COLLATE " + db::as_text(found.rows[0].at(1));
}

std::unique_ptr<ScratchDatabase> ScratchDatabase::on_mariadb(const db::Target& server, db::Connection* like) {
  std::unique_ptr<ScratchDatabase> scratch(new ScratchDatabase());
  scratch->target_ = server;
  scratch->target_.database.clear();
  scratch->holder_ = db::open(scratch->target_, db::OpenMode::ReadWrite);
  db::Connection& holder = *scratch->holder_;
  try {
    holder.execute("SET SESSION sql_log_bin = 0");  // replicas have no use for it
  } catch (const DatabaseError& error) {
    if (error.kind() == DatabaseErrorKind::Connection) throw;
  }
  try {
    if (like != nullptr) scratch->defaults_ = defaults_of(*like);
    scratch->name_ = mariadb::create_scratch_database(holder, scratch->defaults_);
  } catch (const DatabaseError& error) {
    if (error.kind() == DatabaseErrorKind::AccessDenied) explain_denial(error, server);
    throw;
  }
  scratch->target_.database = scratch->name_;
  return scratch;
}

std::unique_ptr<ScratchDatabase> ScratchDatabase::in_memory() {
  std::unique_ptr<ScratchDatabase> scratch(new ScratchDatabase());
  scratch->target_ = db::parse_target("sqlite::memory:");
  scratch->holder_ = db::open(scratch->target_, db::OpenMode::CreateIfMissing);
  return scratch;
}

std::unique_ptr<ScratchDatabase> ScratchDatabase::in_a_file() {
  std::unique_ptr<ScratchDatabase> scratch(new ScratchDatabase());
  constexpr std::string_view ending = ".db";
  std::string path = (std::filesystem::temp_directory_path() / ("plumb_scratch_" + std::to_string(::getpid()) + "_XXXXXX" + std::string(ending))).string();
  const int file = ::mkstemps(path.data(), static_cast<int>(ending.size()));
  if (file < 0) throw FileError(path, std::string("cannot be made: ") + std::strerror(errno));
  ::close(file);
  scratch->file_ = path;
  scratch->target_ = db::parse_target("sqlite:" + scratch->file_);
  scratch->holder_ = db::open(scratch->target_, db::OpenMode::CreateIfMissing);
  return scratch;
}

ScratchDatabase::~ScratchDatabase() {
  if (!file_.empty()) {
    holder_.reset();
    std::error_code ignored;
    for (const std::string_view ending : {"", "-journal", "-wal", "-shm"}) std::filesystem::remove(file_ + std::string(ending), ignored);
  }
  if (name_.empty()) return;
  try {
    drop_tables_side_by_side(*this, *holder_);
    mariadb::drop_scratch_database(*holder_, name_);
  } catch (const DatabaseError&) {
    // the server is gone; the next run drops it
  }
}

void ScratchDatabase::clear() const {
  holder_->execute("DROP DATABASE " + mariadb::quoted(name_));
  holder_->execute("CREATE DATABASE " + mariadb::quoted(name_) + defaults_);
}

std::shared_ptr<db::Connection> ScratchDatabase::connect() const {
  if (name_.empty()) return holder_;
  auto connection = std::shared_ptr<db::Connection>(db::open(target_, db::OpenMode::ReadWrite));
  try {
    connection->execute("SET SESSION sql_log_bin = 0");
  } catch (const DatabaseError& error) {
    if (error.kind() == DatabaseErrorKind::Connection) throw;
  }
  return connection;
}

}  // namespace plumb::desired
