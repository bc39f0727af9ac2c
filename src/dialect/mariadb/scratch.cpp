#include "dialect/mariadb/scratch.hpp"

#include <random>

#include "dialect/mariadb/render.hpp"
#include "support/error.hpp"
#include "support/fingerprint.hpp"

namespace plumb::mariadb {
namespace {

constexpr std::string_view database_prefix = "plumb_scratch_";

/// Names of one server's scratch databases begin alike, so that nobody takes a replicated one for his own: the locks
/// of another server are not seen here.
std::string prefix_on(db::Connection& connection) {
  const auto server = db::single_value(connection, "SELECT CONCAT(@@hostname, ':', @@port, ':', @@datadir)");
  return std::string(database_prefix) + sha256_hex(server ? db::as_text(*server) : std::string()).substr(0, 8) + "_";
}

bool take_lock(db::Connection& connection, const std::string& name) { return db::single_integer(connection, "SELECT GET_LOCK(" + quoted_string(name) + ", 0)") == 1; }

void release_lock(db::Connection& connection, const std::string& name) { connection.query("SELECT RELEASE_LOCK(" + quoted_string(name) + ")"); }

/// Runs `drop` for each of the objects whose maker is dead.
template <class Drop>
void drop_the_dead(db::Connection& connection, const std::string& list, const Drop& drop) {
  const auto left = connection.query(list);
  for (const auto& row : left.rows) {
    const std::string lock = db::as_text(row.at(0));
    if (!take_lock(connection, lock)) continue;  // a living run's
    try {
      connection.execute(drop(row));
    } catch (const DatabaseError& error) {
      if (error.kind() == DatabaseErrorKind::Connection) throw;
      // another user's: that user's next run drops it
    }
    release_lock(connection, lock);
  }
}

std::string begins_with(std::string_view column, std::string_view begin) {
  return "LEFT(" + std::string(column) + ", " + std::to_string(begin.size()) + ") = " + quoted_string(begin);
}

std::string random_letters() {
  std::random_device device;
  static constexpr std::string_view alphabet = "abcdefghijklmnopqrstuvwxyz";
  std::string out;
  for (int i = 0; i < 8; ++i) out.push_back(alphabet[device() % alphabet.size()]);
  return out;
}

}  // namespace

std::string create_scratch_database(db::Connection& holder, std::string_view defaults) {
  const std::string begin = prefix_on(holder);
  drop_the_dead(holder, "SELECT schema_name FROM information_schema.schemata WHERE " + begins_with("schema_name", begin),
                [](const sql::Row& row) { return "DROP DATABASE IF EXISTS " + quoted(db::as_text(row.at(0))); });
  std::string name = begin + std::to_string(db::single_integer(holder, "SELECT CONNECTION_ID()")) + "_" + random_letters();
  take_lock(holder, name);
  try {
    holder.execute("CREATE DATABASE " + quoted(name) + std::string(defaults));
  } catch (const DatabaseError& error) {
    if (error.kind() != DatabaseErrorKind::Connection) release_lock(holder, name);
    throw;
  }
  return name;
}

void drop_scratch_database(db::Connection& holder, const std::string& name) {
  holder.execute("DROP DATABASE IF EXISTS " + quoted(name));
  release_lock(holder, name);
}

Unlogged::Unlogged(db::Connection& connection) : connection_(connection) {
  try {
    if (db::single_integer(connection, "SELECT @@sql_log_bin") == 0) return;
    connection.execute("SET SESSION sql_log_bin = 0");
    was_logged_ = true;
  } catch (const DatabaseError& error) {
    if (error.kind() == DatabaseErrorKind::Connection) throw;
  }
}

Unlogged::~Unlogged() {
  try {
    if (was_logged_) connection_.execute("SET SESSION sql_log_bin = 1");
  } catch (const DatabaseError&) {
    // the session is gone
  }
}

}  // namespace plumb::mariadb
