// dialect/mariadb/respell.cpp: asks the server how it prints what a description wrote.
//
// A temporary table is created, read back and dropped: it shadows nothing (it has a name of its own), other sessions
// never see it, and it is gone with the connection. It holds no foreign keys, no fulltext indexes, no partitions.
#include <algorithm>
#include <optional>

#include "db/target.hpp"
#include "dialect/mariadb/mariadb_dialect.hpp"
#include "dialect/mariadb/render.hpp"
#include "dialect/mariadb/scratch.hpp"
#include "dialect/mariadb/show_create.hpp"
#include "support/error.hpp"
#include "support/text.hpp"

namespace plumb::mariadb {
namespace {

constexpr std::string_view scratch_table = "plumb_respell";
constexpr std::string_view scratch_view = "plumb_respell_view";

/// What a type says that the server does not print for a temporary table, or at all.
std::string unprinted_clause(const std::string& type) {
  for (const std::string_view clause : {row_clause, reference_system}) {
    const std::size_t at = type.find(clause);
    if (at != std::string::npos) return type.substr(at);
  }
  return {};
}

/// The storage engines that take a table of any form by themselves; the others want files, other tables or servers.
bool stands_alone(const std::string& engine) { return engine == "InnoDB" || engine == "Aria" || engine == "MyISAM" || engine == "MEMORY" || engine == "CSV"; }

/// The table without what says nothing about spellings and what a temporary table cannot have.
Table bare(Table table) {
  for (Column& column : table.columns) {
    const std::string& type = column.type.native.common;
    column.type = native_type(type.substr(0, type.size() - unprinted_clause(type).size()));
    if (column.extra.starts_with("WITHOUT SYSTEM VERSIONING")) column.extra.clear();
    column.invisible = false;  // wants a default, which what the server fills in has not
  }
  const auto is_of_period = [](const IndexPart& part) { return part.expression.has_value(); };
  if (table.primary_key) std::erase_if(table.primary_key->parts, is_of_period);
  for (Index& index : table.indexes) std::erase_if(index.parts, is_of_period);
  std::erase_if(table.options["mariadb"], [](const auto& option) {
    return !(option.first == "charset" || option.first == "collate" || (option.first == "engine" && stands_alone(option.second)));
  });
  table.extra.clear();
  return table;
}

std::vector<std::string> round_of(const Table& declared) {
  const Table table = bare(declared);
  CreateOptions options;
  options.temporary = true;
  options.name = scratch_table;
  return {create_table(table, options), "SHOW CREATE TABLE " + quoted(scratch_table), "DROP TEMPORARY TABLE " + quoted(scratch_table)};
}

/// A session that only plans is read-only, and the server counts temporary tables as writing.
class Writable {
 public:
  explicit Writable(db::Connection& connection) : connection_(connection), was_read_only_(db::single_integer(connection, "SELECT @@tx_read_only") != 0) {
    if (was_read_only_) connection_.execute("SET SESSION tx_read_only = 0");
  }
  ~Writable() {
    try {
      if (was_read_only_) connection_.execute("SET SESSION tx_read_only = 1");
    } catch (const DatabaseError&) {
      // the session is gone
    }
  }
  Writable(const Writable&) = delete;
  Writable& operator=(const Writable&) = delete;

 private:
  db::Connection& connection_;
  bool was_read_only_;
};

/// Takes over the server's spelling; what the description left open stays open, and what a temporary table cannot
/// hold stays as it was.
void adopt(Table& desired, const Table& printed) {
  for (Column& column : desired.columns) {
    const Column* as_printed = printed.find_column(column.name);
    if (as_printed == nullptr) continue;
    column.type = native_type(as_printed->type.native.common + unprinted_clause(column.type.native.common));
    // the server prints "?" for what is outside of the basic plane, and keeps it as it was written
    const bool is_lossy = column.default_value && as_printed->default_value && is_lossy_print(as_printed->default_value->sql.common, column.default_value->sql.common);
    if (!is_lossy) column.default_value = as_printed->default_value;
    if (column.generated && as_printed->generated) column.generated = as_printed->generated;
    if (column.collation != diff::inherited) {
      column.charset = as_printed->charset;
      column.collation = as_printed->collation;
    }
    column.comment = as_printed->comment;
    for (std::size_t i = 0; i < column.checks.size() && i < as_printed->checks.size(); ++i) {
      column.checks[i].expression = as_printed->checks[i].expression;
    }
  }
  for (Check& check : desired.checks) {
    const auto found = std::find_if(printed.checks.begin(), printed.checks.end(), [&](const Check& c) { return c.name == check.name; });
    if (found != printed.checks.end()) check.expression = found->expression;
  }
  for (Index& index : desired.indexes) {
    const Index* as_printed = printed.find_index(index.name.text);
    if (as_printed == nullptr || as_printed->parts.size() != index.parts.size()) continue;
    // a text without a length gets the longest prefix that there is
    for (std::size_t i = 0; i < index.parts.size(); ++i) index.parts[i].length = as_printed->parts[i].length;
  }
  desired.comment = printed.comment;
}

std::string shown_text(const db::ResultSet& result) {
  return result.rows.empty() || result.rows[0].size() < 2 ? std::string() : db::as_text(result.rows[0][1]);
}

DatabaseError right_is_missing(const DatabaseError& error, const std::string& scratch, const std::string& rights) {
  return {error.kind(), error.engine(), error.code(),
          "planning a change asks the server for its own spelling in a " + scratch + ", and the right to that is missing: GRANT " + rights + " (" + error.what() + ")", error.sql()};
}

/// A database for what cannot be temporary, made when the first is asked for.
class RealPlace {
 public:
  explicit RealPlace(db::Connection& connection) : connection_(connection) {}
  ~RealPlace() {
    try {
      if (database_) drop_scratch_database(connection_, *database_);
    } catch (const DatabaseError&) {
      // the server is gone; the next run drops it
    }
  }
  RealPlace(const RealPlace&) = delete;
  RealPlace& operator=(const RealPlace&) = delete;

  /// Throws DatabaseError (AccessDenied) where the right to make one is missing.
  const std::string& database() {
    if (database_) return *database_;
    try {
      database_ = create_scratch_database(connection_, {});
    } catch (const DatabaseError& error) {
      if (error.kind() != DatabaseErrorKind::AccessDenied) throw;
      throw right_is_missing(error, "scratch database", "ALL ON `plumb\\_scratch\\_%`.*");
    }
    return *database_;
  }

 private:
  db::Connection& connection_;
  std::optional<std::string> database_;
};

/// A temporary table has no partitions: a real one is made for their spelling and dropped again.
void respell_clauses(db::Connection& connection, RealPlace& place, Table& desired, std::vector<Refused>& refused) {
  if (undoes(desired.extra)) return;
  if (desired.extra.find("PARTITION") == std::string::npos && desired.extra.find("partition") == std::string::npos) return;
  CreateOptions options;
  options.database = place.database();
  options.name = scratch_table;
  for (const ForeignKey& key : desired.foreign_keys) options.without_foreign_keys.push_back(key.name.text);
  const std::string name = quoted(options.database) + "." + quoted(options.name);
  try {
    connection.execute(create_table(desired, options));
    const auto printed = parse_show_create_table(shown_text(connection.query("SHOW CREATE TABLE " + name)));
    connection.execute("DROP TABLE " + name);
    if (const Table* table = std::get_if<Table>(&printed)) desired.extra = table->extra;
  } catch (const DatabaseError& error) {
    if (error.kind() == DatabaseErrorKind::Connection) throw;
    refused.push_back({"table `" + desired.name + "`", error.what()});
  }
}

void adopt_text(Table& desired, std::string text, const std::string& database) {
  constexpr std::string_view temporary = "CREATE TEMPORARY TABLE";
  if (text.starts_with(temporary)) text.replace(0, temporary.size(), "CREATE TABLE");
  auto parsed = parse_show_create_table(text);
  Table* printed = std::get_if<Table>(&parsed);
  if (printed == nullptr) return;
  leave_out_database(*printed, database);
  adopt(desired, *printed);
}

/// One at a time, to find which table the server refuses.
void respell_singly(db::Connection& connection, Schema& desired, const std::vector<std::string>& names, std::vector<Refused>& refused) {
  for (const std::string& name : names) {
    const auto table = desired.tables.find(name);
    if (table == desired.tables.end() || !table->second.written.text.empty()) continue;
    const auto round = round_of(table->second);
    try {
      connection.execute("DROP TEMPORARY TABLE IF EXISTS " + quoted(scratch_table));
      connection.execute(round[0]);
      adopt_text(table->second, shown_text(connection.query(round[1])), connection.database());
      connection.execute(round[2]);
    } catch (const DatabaseError& error) {
      if (error.kind() == DatabaseErrorKind::AccessDenied) {
        throw right_is_missing(error, "temporary table", "CREATE TEMPORARY TABLES");
      }
      if (error.kind() == DatabaseErrorKind::Connection) throw;
      refused.push_back({"table `" + name + "`", error.what()});
    }
  }
}

bool stands(db::Connection& connection, const std::string& view) {
  return db::single_integer(connection, "SELECT count(*) FROM information_schema.views WHERE table_schema = DATABASE() AND table_name = " + quoted_string(view)) != 0;
}

/// Views cannot be temporary, so one is made in a scratch database, over the tables of this one.
void respell_view(db::Connection& connection, RealPlace& place, View& view) {
  std::string name;
  try {
    name = quoted(place.database()) + "." + quoted(scratch_view);
  } catch (const DatabaseError& error) {
    // a new view is compared with none
    if (error.kind() != DatabaseErrorKind::AccessDenied || stands(connection, view.name)) throw;
    return;
  }
  try {
    const std::string columns = create_view(View{view.name, view.query, view.columns, {}, {}, {}}, scratch_view).substr(std::string_view("CREATE VIEW ").size() + quoted(scratch_view).size());
    connection.execute("CREATE OR REPLACE VIEW " + name + columns);  // whose it is does not show in its query, and would want a right of its own
    const std::string text = shown_text(connection.query("SHOW CREATE VIEW " + name));
    const std::size_t as = text.find(" AS ", text.find(name));
    if (as != std::string::npos) {
      view.query = sql::EngineSql(without_database(text.substr(as + 4), connection.database()));
      view.columns.clear();
    }
  } catch (const DatabaseError& error) {
    if (error.kind() == DatabaseErrorKind::Connection) throw;
    if (error.kind() == DatabaseErrorKind::AccessDenied && stands(connection, view.name)) throw right_is_missing(error, "scratch database", "ALL ON `plumb\\_scratch\\_%`.*");
    // it may name what the plan has yet to create: its own spelling must do
  }
}

/// With lower_case_table_names = 1 the server keeps another name than the one it is given.
/// Source: https://mariadb.com/kb/en/server-system-variables/#lower_case_table_names
std::vector<Refused> names_that_become_others(db::Connection& connection, const std::vector<std::string>& tables) {
  std::vector<Refused> refused;
  const auto has_capitals = [](const std::string& name) { return to_lower(name) != name; };
  if (std::none_of(tables.begin(), tables.end(), has_capitals) || db::single_integer(connection, "SELECT @@lower_case_table_names") != 1) return refused;
  for (const std::string& name : tables) {
    if (has_capitals(name)) refused.push_back({"table `" + name + "`", "this server keeps the names of tables in small letters (lower_case_table_names); write `" + to_lower(name) + "`"});
  }
  return refused;
}

}  // namespace

std::vector<Refused> MariaDbDialect::respell(db::Connection& connection, Schema& desired, const std::vector<std::string>& tables,
                                             const std::vector<std::string>& views) const {
  const Writable writable(connection);
  const Unlogged unlogged(connection);
  std::vector<Refused> refused = names_that_become_others(connection, tables);
  std::vector<std::string> batch;
  std::vector<Table*> asked;
  for (const std::string& name : tables) {
    const auto table = desired.tables.find(name);
    if (table == desired.tables.end() || !table->second.written.text.empty()) continue;  // a server's own spelling already
    const auto round = round_of(table->second);
    batch.insert(batch.end(), round.begin(), round.end());
    asked.push_back(&table->second);
  }
  try {
    const auto results = connection.query_all(batch);
    for (std::size_t i = 0; i < asked.size(); ++i) adopt_text(*asked[i], shown_text(results[3 * i + 1]), connection.database());
  } catch (const DatabaseError& error) {
    if (error.kind() == DatabaseErrorKind::Connection) throw;
    respell_singly(connection, desired, tables, refused);
  }
  RealPlace place(connection);
  for (Table* table : asked) respell_clauses(connection, place, *table, refused);
  for (const std::string& name : views) {
    const auto view = desired.views.find(name);
    if (view != desired.views.end()) respell_view(connection, place, view->second);
  }
  return refused;
}

}  // namespace plumb::mariadb
