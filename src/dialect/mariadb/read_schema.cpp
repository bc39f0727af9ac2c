// Reads a MariaDB database: one packet for the list of what there is, one or a few for the definitions.
//
// SHOW CREATE for every object is both the only complete account and the cheapest: the information_schema
// tables cost two to five times as much for less.
#include "dialect/read_schema.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "dialect/mariadb/grants.hpp"
#include "dialect/mariadb/show_create.hpp"
#include "sql/quote.hpp"
#include "support/error.hpp"
#include "support/text.hpp"

namespace plumb::mariadb {
namespace {

using db::as_text;

constexpr std::string_view own_prefix = "plumb_";

// Source: https://mariadb.com/kb/en/mariadb-error-codes/
constexpr int database_access_denied = 1044;
constexpr int no_such_table = 1146;
constexpr int option_prevents_statement = 1290;
constexpr int trigger_does_not_exist = 1360;

std::string backquoted(std::string_view name) {
  return sql::quote_name(name, sql::Quoting::Backquotes);
}

bool is_own(std::string_view name) {
  return name.substr(0, own_prefix.size()) == own_prefix;
}

enum class Kind { Table, View, Sequence, Trigger };

std::string_view word_of(Kind kind) {
  switch (kind) {
    case Kind::Table:
      return "table";
    case Kind::View:
      return "view";
    case Kind::Sequence:
      return "sequence";
    case Kind::Trigger:
      return "trigger";
  }
  return {};
}

/// Something that the database holds and whose definition is to be read.
struct Item {
  Kind kind = Kind::Table;
  std::string name;
};

/// The definition of an Item: the server's text, or why there is none.
struct Definition {
  std::string text;
  std::string problem;  ///< the server cannot show it
  bool gone = false;    ///< somebody dropped it meanwhile
};

/// What the list of triggers says and their definition does not.
struct TriggerRow {
  Trigger trigger;
  std::string shown_body;  ///< characters outside of the basic plane are question marks
};

struct Listing {
  std::string database;
  std::vector<Item> items;
  std::vector<TriggerRow> triggers;
  Options defaults;
};

// ---- rights ----

std::vector<std::string> read_grants(db::Connection& connection) {
  std::vector<std::string> grants;
  try {
    connection.for_each_row("SHOW GRANTS",
                            [&](const sql::Row& row) { grants.push_back(as_text(row.at(0))); });
  } catch (const DatabaseError& error) {
    // The server runs without its grant tables: everybody may do everything.
    if (error.code() != option_prevents_statement) throw;
    grants.emplace_back("GRANT ALL PRIVILEGES ON *.* TO ``@``");
  }
  return grants;
}

/// Without the TRIGGER privilege on the database its triggers look as if they were not there, and so do
/// tables without any privilege. Source: https://mariadb.com/kb/en/information-schema-triggers-table/
void check_privileges(db::Connection& connection, const std::string& database) {
  if (grants_on_database(read_grants(connection), database, "TRIGGER")) return;
  const auto user = db::single_value(connection, "SELECT CURRENT_USER()");
  throw DatabaseError(
      DatabaseErrorKind::AccessDenied, "mariadb", database_access_denied,
      fmt::format("user `{}` lacks the privilege TRIGGER on database `{}`: its triggers and other people's "
                  "tables would "
                  "look as if they were not there; GRANT SELECT, SHOW VIEW, TRIGGER ON {}.* to that user",
                  user ? as_text(*user) : "?", database, backquoted(database)));
}

// ---- the list ----

std::optional<Kind> kind_of(std::string_view table_type) {
  if (table_type == "BASE TABLE" || table_type == "SYSTEM VERSIONED") return Kind::Table;
  if (table_type == "VIEW") return Kind::View;
  if (table_type == "SEQUENCE") return Kind::Sequence;
  return std::nullopt;  // TEMPORARY TABLE, from 11.2 on; system views
}

TriggerRow trigger_of(const sql::Row& row) {
  TriggerRow out;
  Trigger& trigger = out.trigger;
  trigger.name = as_text(row.at(0));
  trigger.table = as_text(row.at(1));
  trigger.timing = as_text(row.at(2)) == "BEFORE" ? TriggerTiming::Before : TriggerTiming::After;
  const std::string event = as_text(row.at(3));
  trigger.event = event == "INSERT"   ? TriggerEvent::Insert
                  : event == "UPDATE" ? TriggerEvent::Update
                                      : TriggerEvent::Delete;
  trigger.context.order = static_cast<std::uint32_t>(std::get<std::int64_t>(row.at(4)));
  out.shown_body = as_text(row.at(5));
  trigger.context.definer = as_text(row.at(6));
  trigger.context.sql_mode = as_text(row.at(7));
  return out;
}

Listing read_listing(db::Connection& connection) {
  // Only a comparison with a constant keeps the server from opening every database it has.
  const std::vector<std::string> queries = {
      "SELECT DATABASE()", "SHOW FULL TABLES",
      "SELECT TRIGGER_NAME, EVENT_OBJECT_TABLE, ACTION_TIMING, EVENT_MANIPULATION, ACTION_ORDER, "
      "ACTION_STATEMENT,"
      " DEFINER, SQL_MODE FROM information_schema.TRIGGERS WHERE EVENT_OBJECT_SCHEMA = DATABASE()",
      "SELECT DEFAULT_CHARACTER_SET_NAME, DEFAULT_COLLATION_NAME FROM information_schema.SCHEMATA"
      " WHERE SCHEMA_NAME = DATABASE()"};
  const std::vector<db::ResultSet> results = connection.query_all(queries);
  Listing listing;
  listing.database = as_text(results[0].rows.at(0).at(0));
  for (const auto& row : results[1].rows) {
    const std::string name = as_text(row.at(0));
    const auto kind = kind_of(as_text(row.at(1)));
    if (kind && !is_own(name)) listing.items.push_back({*kind, name});
  }
  for (const auto& row : results[2].rows) {
    TriggerRow trigger = trigger_of(row);
    if (is_own(trigger.trigger.table)) continue;
    listing.items.push_back({Kind::Trigger, trigger.trigger.name});
    listing.triggers.push_back(std::move(trigger));
  }
  if (!results[3].rows.empty()) {
    listing.defaults["charset"] = as_text(results[3].rows[0].at(0));
    listing.defaults["collate"] = as_text(results[3].rows[0].at(1));
  }
  return listing;
}

// ---- the definitions ----

std::string show_create(const Item& item) {
  switch (item.kind) {
    case Kind::Table:
      return "SHOW CREATE TABLE " + backquoted(item.name);
    case Kind::View:
      return "SHOW CREATE VIEW " + backquoted(item.name);
    case Kind::Sequence:
      return "SHOW CREATE SEQUENCE " + backquoted(item.name);
    case Kind::Trigger:
      return "SHOW CREATE TRIGGER " + backquoted(item.name);
  }
  return {};
}

Definition definition_of(const Item& item, const db::ResultSet& result) {
  const std::size_t column = item.kind == Kind::Trigger ? 2 : 1;
  return {as_text(result.rows.at(0).at(column)), {}, false};
}

bool means_gone(const DatabaseError& error) {
  return error.code() == no_such_table || error.code() == trigger_does_not_exist;
}

/// True when the object alone is at fault (its storage engine is missing, its file is damaged), not the
/// session.
bool is_about_the_object(const DatabaseError& error) {
  switch (error.kind()) {
    case DatabaseErrorKind::Connection:
    case DatabaseErrorKind::AccessDenied:
    case DatabaseErrorKind::Locked:
    case DatabaseErrorKind::Full:
      return false;
    case DatabaseErrorKind::Other:
    case DatabaseErrorKind::ReadOnly:
    case DatabaseErrorKind::Corrupt:
    case DatabaseErrorKind::Constraint:
      return true;
  }
  return false;
}

std::vector<Definition> read_at_once(db::Connection& connection, const std::vector<Item>& items) {
  std::vector<std::string> queries;
  queries.reserve(items.size());
  for (const auto& item : items) queries.push_back(show_create(item));
  const std::vector<db::ResultSet> results = connection.query_all(queries);
  std::vector<Definition> out;
  out.reserve(items.size());
  for (std::size_t i = 0; i < items.size(); ++i) out.push_back(definition_of(items[i], results[i]));
  return out;
}

/// One by one, for the rare case that some cannot be shown.
std::vector<Definition> read_singly(db::Connection& connection, const std::vector<Item>& items) {
  std::vector<Definition> out;
  out.reserve(items.size());
  for (const auto& item : items) {
    try {
      out.push_back(definition_of(item, connection.query(show_create(item))));
    } catch (const DatabaseError& error) {
      if (!is_about_the_object(error)) throw;
      out.push_back({{}, error.what(), means_gone(error)});
    }
  }
  return out;
}

// ---- the schema ----

class SchemaBuilder {
 public:
  explicit SchemaBuilder(Listing& listing) : listing_(listing) {
    schema_.options.emplace("mariadb", listing.defaults);
    for (auto& row : listing_.triggers) triggers_.emplace(row.trigger.name, &row);
  }

  void add(const Item& item, Definition definition) {
    if (definition.gone) return;
    if (!definition.problem.empty()) return add_opaque(item, definition.problem, {});
    switch (item.kind) {
      case Kind::Table:
        return add_table(item, definition.text);
      case Kind::View:
        return add_view(item, definition.text);
      case Kind::Sequence:
        return add_opaque(item, "sequences have no place in a description", definition.text);
      case Kind::Trigger:
        return add_trigger(item, definition.text);
    }
  }

  Schema take() { return std::move(schema_); }
  Schema& schema() { return schema_; }

 private:
  void add_opaque(const Item& item, std::string reason, std::string definition) {
    const std::string kind(word_of(item.kind));
    // A trigger may bear the name of a table.
    const std::string key = schema_.opaque.count(item.name) == 0 ? item.name : item.name + " (" + kind + ")";
    schema_.opaque[key] = {kind, item.name, std::move(reason), std::move(definition)};
  }

  void add_table(const Item& item, const std::string& text) {
    auto parsed = parse_show_create_table(text);
    if (const auto* problem = std::get_if<ParseProblem>(&parsed))
      return add_opaque(item, problem->reason, text);
    schema_.tables.emplace(item.name, std::move(std::get<Table>(parsed)));
  }

  void add_view(const Item& item, const std::string& text) {
    auto parsed = parse_show_create_view(text);
    if (const auto* problem = std::get_if<ParseProblem>(&parsed))
      return add_opaque(item, problem->reason, text);
    schema_.views.emplace(item.name, std::move(std::get<View>(parsed)));
  }

  void add_trigger(const Item& item, const std::string& text) {
    TriggerRow& row = *triggers_.at(item.name);
    const auto body = exact_body(row.shown_body, text);
    if (!body) return add_opaque(item, "its text and the list of triggers do not agree", text);
    row.trigger.body = *body;
    row.trigger.written.text = text;
    schema_.triggers.emplace(item.name, std::move(row.trigger));
  }

  /// The body as it was written: the list has it with question marks for characters outside of the basic
  /// plane, the definition has every character. Nothing when the two do not agree.
  static std::optional<std::string> exact_body(const std::string& shown, std::string_view definition) {
    if (shown.find('?') == std::string::npos) return shown;
    const std::string_view body = trigger_body(definition);
    return is_lossy_print(shown, body) ? std::optional(std::string(body)) : std::nullopt;
  }

  Listing& listing_;
  std::map<std::string, TriggerRow*, std::less<>> triggers_;
  Schema schema_;
};

// ---- default values outside of the basic plane ----

/// A printed string in which a question mark may stand for something else.
bool is_doubtful(const Column& column) {
  if (!column.default_value || column.charset.empty()) return false;
  const std::string& text = column.default_value->sql.common;
  return text.front() == '\'' && text.find('?') != std::string::npos;
}

/// The server prints literal defaults in a charset without the characters beyond the basic plane (emoji), but
/// keeps them.
void restore_defaults(db::Connection& connection, Schema& schema) {
  for (auto& [name, table] : schema.tables) {
    if (std::none_of(table.columns.begin(), table.columns.end(), is_doubtful)) continue;
    const std::map<std::string, std::string> exact = connection.exact_defaults(name);
    for (auto& column : table.columns) {
      const auto value = exact.find(column.name);
      if (!is_doubtful(column) || value == exact.end()) continue;
      std::string literal = string_literal(value->second);
      std::string& text = column.default_value->sql.common;
      if (is_lossy_print(text, literal)) text = std::move(literal);
    }
  }
}

bool anything_gone(const std::vector<Definition>& definitions) {
  return std::any_of(definitions.begin(), definitions.end(), [](const Definition& one) { return one.gone; });
}

/// How often a list is made at most when others drop or rename what stands on it.
constexpr int longest_chase = 3;

}  // namespace

Schema read_schema(db::Connection& connection) {
  Listing listing = read_listing(connection);
  check_privileges(connection, listing.database);
  std::vector<Definition> definitions;
  try {
    definitions = read_at_once(connection, listing.items);
  } catch (const DatabaseError& error) {
    if (!is_about_the_object(error)) throw;
    // One of them is gone since it was listed, or cannot be shown.
    definitions = read_singly(connection, listing.items);
  }
  for (int look = 1; look < longest_chase && anything_gone(definitions); ++look) {
    // What is gone may stand under another name now.
    listing = read_listing(connection);
    definitions = read_singly(connection, listing.items);
  }
  SchemaBuilder builder(listing);
  for (std::size_t i = 0; i < listing.items.size(); ++i)
    builder.add(listing.items[i], std::move(definitions[i]));
  restore_defaults(connection, builder.schema());
  return builder.take();
}

}  // namespace plumb::mariadb
