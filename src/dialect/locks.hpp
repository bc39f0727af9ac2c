// dialect/locks.hpp: who holds what a run waits for, and how long a statement of it waits.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "dialect/dialect.hpp"

namespace plumb {

/// A session of another client, as a person needs to know it.
struct LockHolder {
  std::int64_t connection = 0;
  std::string who;    ///< "app@10.0.0.7:5123"
  std::string state;  ///< "sleeping in a transaction for 312 s", "running for 3 s: SELECT …"
};

/// Whether a session holds plumb's lock of the database; asking takes nothing. Throws DatabaseError.
bool run_lock_is_held(db::Connection& connection, const Dialect& dialect);

/// The session that holds plumb's lock of the database, or none; other users' sessions only with the right to see them.
/// Throws DatabaseError.
std::vector<LockHolder> holders_of_run_lock(db::Connection& connection, const Dialect& dialect);

/// Sessions with open transactions, the oldest first, at most five: one of them is what a statement waits for. None where
/// the right to see them is missing, or where the engine has no sessions.
std::vector<LockHolder> open_transactions(db::Connection& connection, const Dialect& dialect);

/// Makes every later statement of the session give up after a second when another client holds its table: while an ALTER
/// waits, everybody else's queries on that table queue up behind it (mariadb.com/kb/en/metadata-locking). The caller tries
/// again.
void wait_shortly(db::Connection& connection, const Dialect& dialect);

/// Ends the session of another client.
void end_session(db::Connection& connection, const Dialect& dialect, std::int64_t holder);

/// "connection 12 (app@10.0.0.7, sleeping in a transaction for 312 s)", joined by commas.
std::string in_words(const std::vector<LockHolder>& holders);

}  // namespace plumb
