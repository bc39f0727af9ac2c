#include "desired/scratch_database.hpp"

#include <unistd.h>

#include <cstdio>
#include <filesystem>
#include <random>
#include <vector>

#include "sql/quote.hpp"
#include "support/error.hpp"
#include "support/fingerprint.hpp"

namespace plumb::desired {
namespace {

constexpr std::string_view prefix = "plumb_scratch_";

std::string backquoted(std::string_view name) { return sql::quote_name(name, sql::Quoting::Backquotes); }
std::string literal(std::string_view text) { return sql::quote_string(text, true); }

/// Names of one server's scratch databases begin alike, so that nobody takes a replicated one for his own: the locks
/// of another server are not seen here.
std::string prefix_on(db::Connection& connection) {
  const auto server = db::single_value(connection, "SELECT CONCAT(@@hostname, ':', @@port, ':', @@datadir)");
  return std::string(prefix) + sha256_hex(server ? db::as_text(*server) : std::string()).substr(0, 8) + "_";
}

bool take_lock(db::Connection& connection, const std::string& name) { return db::single_integer(connection, "SELECT GET_LOCK(" + literal(name) + ", 0)") == 1; }

void drop_what_dead_runs_left(db::Connection& connection, const std::string& begin) {
  const auto left = connection.query("SELECT schema_name FROM information_schema.schemata WHERE LEFT(schema_name, " + std::to_string(begin.size()) + ") = " + literal(begin));
  for (const auto& row : left.rows) {
    const std::string name = db::as_text(row.at(0));
    if (!take_lock(connection, name)) continue;  // a living run's
    try {
      connection.execute("DROP DATABASE IF EXISTS " + backquoted(name));
    } catch (const DatabaseError& error) {
      if (error.kind() == DatabaseErrorKind::Connection) throw;
      // another user's: that user's next run drops it
    }
    connection.query("SELECT RELEASE_LOCK(" + literal(name) + ")");
  }
}

std::string random_letters() {
  std::random_device device;
  static constexpr std::string_view alphabet = "abcdefghijklmnopqrstuvwxyz";
  std::string out;
  for (int i = 0; i < 8; ++i) out.push_back(alphabet[device() % alphabet.size()]);
  return out;
}

/// " CHARACTER SET … COLLATE …" as the database of the connection has it; empty where it does not exist.
std::string defaults_of(db::Connection* like) {
  if (like == nullptr) return {};
  const auto found = like->query("SELECT default_character_set_name, default_collation_name FROM information_schema.schemata WHERE schema_name = DATABASE()");
  if (found.rows.empty()) return {};
  return " CHARACTER SET " + db::as_text(found.rows[0].at(0)) + " COLLATE " + db::as_text(found.rows[0].at(1));
}

[[noreturn]] void explain_denial(const DatabaseError& error, const db::Target& server) {
  throw DatabaseError(error.kind(), error.engine(), error.code(),
                      std::string(error.what()) + "; SQL is read by running it in a scratch database of its own on `" + server.display_name() +
                          "`: GRANT ALL ON `plumb\\_scratch\\_%`.* to that user, or name another server with --scratch URL",
                      error.sql());
}

}  // namespace

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
  const std::string begin = prefix_on(holder);
  drop_what_dead_runs_left(holder, begin);
  const std::string name = begin + std::to_string(db::single_integer(holder, "SELECT CONNECTION_ID()")) + "_" + random_letters();
  take_lock(holder, name);
  try {
    holder.execute("CREATE DATABASE " + backquoted(name) + defaults_of(like));
  } catch (const DatabaseError& error) {
    if (error.kind() == DatabaseErrorKind::AccessDenied) explain_denial(error, server);
    throw;
  }
  scratch->name_ = name;
  scratch->target_.database = name;
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
  scratch->file_ = (std::filesystem::temp_directory_path() / ("plumb_scratch_" + std::to_string(::getpid()) + "_" + random_letters() + ".db")).string();
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
    holder_->execute("DROP DATABASE IF EXISTS " + backquoted(name_));
  } catch (const DatabaseError&) {
    // the server is gone; the next run drops it
  }
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
