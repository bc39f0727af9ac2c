// desired/sql_statement.hpp: what a statement of an .sql file is for, and what of it may run in a scratch database.
#pragma once

#include <string>
#include <string_view>

#include "sql/tokens.hpp"

namespace plumb::desired {

enum class StatementUse {
  Run,        ///< makes the schema
  Pass,       ///< has no part in a schema (rows, transactions, locks): passed over without a word
  PassAloud,  ///< the same, and the user is told `reason`
  Refuse,     ///< must not run: `reason` says why
};

enum class ObjectKind { None, Table, View, Trigger, Index };

struct StatementMeaning {
  StatementUse use = StatementUse::Run;
  std::string reason;                   ///< Run: a remark for the user, if any
  std::string sql;                      ///< Run: as it is sent, without the database's own name and without DEFINER
  ObjectKind creates = ObjectKind::None;
  std::string name;                     ///< of what it creates
  std::string definer;                  ///< as written, quoted in MariaDB's way: `root`@`localhost`; empty: not said
};

/// MariaDB. `database` is the name that the statements may use for the described database itself; `scratch` is what it
/// is called while they run. Every name of another database is refused, except where a view reads from it.
StatementMeaning mariadb_meaning(std::string_view statement, std::string_view database, std::string_view scratch);

StatementMeaning sqlite_meaning(std::string_view statement);

/// The database that a MariaDB statement makes the current one (USE, CREATE DATABASE); empty: none.
std::string named_database(std::string_view statement);

}  // namespace plumb::desired
