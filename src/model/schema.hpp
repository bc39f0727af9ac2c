// model/schema.hpp: a whole state of a database, as a plain value.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "model/table.hpp"

namespace plumb {

struct View {
  std::string name;
  sql::EngineSql query;              ///< the select
  std::vector<std::string> columns;  ///< explicit column names, if any
  std::string comment;
  std::string header;  ///< MariaDB: ALGORITHM=… DEFINER=… SQL SECURITY …, as printed; not compared when empty
  Verbatim written;    ///< the engine's own CREATE VIEW
  bool operator==(const View&) const = default;
};

enum class TriggerTiming { Before, After, InsteadOf };
enum class TriggerEvent { Insert, Update, Delete };

/// MariaDB: what the server keeps of the session that created a trigger, and its turn among the triggers of the same
/// moment. Carried along to create it again as it was; no part of the state.
struct TriggerContext {
  std::string definer;      ///< "root@localhost"
  std::string sql_mode;     ///< under which the body runs
  std::string collation;    ///< of its literals: of the session that made it
  std::uint32_t order = 0;  ///< from 1
  bool operator==(const TriggerContext&) const { return true; }
};

struct Trigger {
  std::string name;
  std::string table;  ///< or view
  TriggerTiming timing = TriggerTiming::After;
  TriggerEvent event = TriggerEvent::Insert;
  std::vector<std::string> update_of;
  sql::EngineSql when;
  sql::EngineSql body;  ///< SQLite: the statements between BEGIN and END; MariaDB: as printed
  /// By engine; not compared where not said. MariaDB: "definer" (root@localhost), "sql_mode", "follows" (another trigger
  /// of the same moment).
  std::map<std::string, Options, std::less<>> options;
  Verbatim written;     ///< the engine's own CREATE TRIGGER
  TriggerContext context;
  /// Recognised as one that plumb made for an `on update now`: it goes when nothing declares it any more.
  Mark made_by_plumb;
  bool operator==(const Trigger&) const = default;
};

/// Something in a database that the model has no noun for (a virtual table, a sequence): named and left alone.
struct Opaque {
  std::string kind;  ///< "virtual table", "shadow table", "sequence", …
  std::string name;
  std::string reason;
  std::string definition;  ///< the engine's own CREATE text
  std::string table;       ///< an index, trigger or shadow table: the table that it belongs to, comes and goes with
  Mark makeable{};         ///< its definition, run as it is, makes it again (a virtual table whose module is there, a sequence)
  bool operator==(const Opaque&) const = default;
};

/// Tables in which the engine keeps what it knows about the rows of others (SQLite: sqlite_stat1); no part of the state.
struct StatisticsTables {
  std::vector<std::string> names;
  bool operator==(const StatisticsTables&) const { return true; }
};

/// True when both were created by the same text; who is named as the DEFINER does not count.
bool same_definition(const Opaque& a, const Opaque& b);

template <class T>
using ByName = std::map<std::string, T, std::less<>>;

struct Schema {
  ByName<Table> tables;
  ByName<View> views;
  ByName<Trigger> triggers;
  ByName<Opaque> opaque;
  StatisticsTables statistics;
  /// Defaults of the database or of the description's `option` lines, by engine.
  std::map<std::string, Options, std::less<>> options;
  bool operator==(const Schema&) const = default;
};

}  // namespace plumb
