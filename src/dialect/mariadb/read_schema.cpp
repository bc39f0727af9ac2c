// Reads a MariaDB database: one packet for the list of what there is, one or a few for the definitions, which
// are parsed while the server prints the next ones.
//
// SHOW CREATE for every object is both the only complete account and the cheapest: the information_schema
// tables cost two to five times as much for less.
#include "dialect/read_schema.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "dialect/mariadb/read_listing.hpp"
#include "dialect/mariadb/show_create.hpp"
#include "sql/quote.hpp"
#include "support/error.hpp"
#include "support/text.hpp"

namespace plumb::mariadb {
namespace {

using db::as_text;

// Source: https://mariadb.com/kb/en/mariadb-error-codes/
constexpr int no_such_table = 1146;
constexpr int trigger_does_not_exist = 1360;
constexpr int only_reads = 1792;  // ER_CANT_EXECUTE_IN_READ_ONLY_TRANSACTION

/// How often a list is made at most when others drop or rename what stands on it.
constexpr int longest_chase = 3;

std::string backquoted(std::string_view name) {
  return sql::quote_name(name, sql::Quoting::Backquotes);
}

/// The queries for the definitions: the tables (and what else is listed with them), then the triggers.
std::vector<std::string> definition_queries(const Listing& listing) {
  std::vector<std::string> queries;
  queries.reserve(listing.tables.size() + listing.triggers.size());
  for (const auto& name : listing.tables) queries.push_back("SHOW CREATE TABLE " + backquoted(name));
  for (const auto& listed : listing.triggers) {
    queries.push_back("SHOW CREATE TRIGGER " + backquoted(listed.trigger.name));
  }
  return queries;
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
    case DatabaseErrorKind::TimedOut:
    case DatabaseErrorKind::MissingExtension:
      return true;
  }
  return false;
}

bool is_sequence(const Table& table) {
  const auto& options = table.options.at("mariadb");
  return options.find("sequence") != options.end();
}

/// Takes the definitions in, one by one, in the order of definition_queries.
class SchemaBuilder {
 public:
  explicit SchemaBuilder(const Listing& listing) : listing_(listing) {
    schema_.options.emplace("mariadb", listing.defaults);
  }

  void add(std::size_t number, const db::ResultSet& shown) {
    if (number >= listing_.tables.size())
      return add_trigger(trigger(number), as_text(shown.rows.at(0).at(2)));
    const std::string text = as_text(shown.rows.at(0).at(1));
    if (shown.columns.at(0) == "View") return add_view(listing_.tables[number], text);
    add_table(listing_.tables[number], text);
  }

  void add_view_at(std::size_t number, const std::string& text) { add_view(listing_.tables.at(number), text); }

  void add_unreadable(std::size_t number, std::string reason) {
    if (number >= listing_.tables.size())
      return add_opaque("trigger", trigger(number).trigger.name, std::move(reason), {});
    add_opaque("table", listing_.tables[number], std::move(reason), {});
  }

  void add_sequence(const std::string& name, std::string definition) {
    const bool is_told = !definition.empty();
    add_opaque("sequence", name, "sequences have no place in a description", std::move(definition));
    for (auto& [key, opaque] : schema_.opaque) {
      if (opaque.kind == "sequence" && opaque.name == name) opaque.makeable.set = is_told;
    }
  }

  /// A procedure, function, package or event: these have names of their own beside those of tables.
  void add_program(const std::string& kind, const std::string& name, std::string definition) {
    schema_.opaque[name + " (" + kind + ")"] = {kind, name, "routines and events have no place in a description", std::move(definition), {}};
  }

  const std::vector<std::string>& sequences() const { return sequences_; }
  Schema& schema() { return schema_; }

 private:
  const ListedTrigger& trigger(std::size_t number) const {
    return listing_.triggers[number - listing_.tables.size()];
  }

  void add_opaque(const std::string& kind, const std::string& name, std::string reason,
                  std::string definition) {
    // A trigger may bear the name of a table.
    const std::string key = schema_.opaque.count(name) == 0 ? name : name + " (" + kind + ")";
    schema_.opaque[key] = {kind, name, std::move(reason), std::move(definition), {}};
  }

  void add_table(const std::string& name, const std::string& text) {
    if (text.substr(0, 17) == "CREATE TEMPORARY ") {
      return add_opaque("table", name, "a temporary table of this session hides it", text);
    }
    auto parsed = parse_show_create_table(text);
    if (const auto* problem = std::get_if<ParseProblem>(&parsed))
      return add_opaque("table", name, problem->reason, text);
    Table& table = std::get<Table>(parsed);
    leave_out_database(table, listing_.database);
    if (is_sequence(table)) {
      sequences_.push_back(name);
    } else {
      schema_.tables.emplace_hint(schema_.tables.end(), name, std::move(table));
    }
  }

  void add_view(const std::string& name, const std::string& text) {
    auto parsed = parse_show_create_view(text);
    if (const auto* problem = std::get_if<ParseProblem>(&parsed))
      return add_opaque("view", name, problem->reason, text);
    View& view = std::get<View>(parsed);
    view.query.common = without_database(view.query.common, listing_.database);
    schema_.views.emplace(name, std::move(view));
  }

  void add_trigger(const ListedTrigger& listed, const std::string& text) {
    const std::string& name = listed.trigger.name;
    const std::string_view body = trigger_body(text);
    if (body.empty()) return add_opaque("trigger", name, "its body cannot be found in its text", text);
    Trigger& trigger = schema_.triggers.emplace(name, listed.trigger).first->second;
    trigger.body = std::string(body);
    trigger.written.text = text;
    Options& options = trigger.options["mariadb"];
    options["definer"] = trigger.context.definer;
    options["sql_mode"] = trigger.context.sql_mode;
    for (const ListedTrigger& other : listing_.triggers) {
      const Trigger& before = other.trigger;
      const bool same_moment = before.table == trigger.table && before.timing == trigger.timing && before.event == trigger.event;
      if (same_moment && before.context.order + 1 == trigger.context.order) options["follows"] = before.name;
    }
  }

  const Listing& listing_;
  std::vector<std::string> sequences_;
  Schema schema_;
};

// ---- what SHOW CREATE TABLE does not tell ----

/// Runs the work; that an object is gone meanwhile, or cannot be shown, is no failure here.
template <class Work>
void where_it_can_be_told(Work work) {
  try {
    work();
  } catch (const DatabaseError& error) {
    if (!is_about_the_object(error)) throw;
  }
}

void read_sequences(db::Connection& connection, SchemaBuilder& builder) {
  for (const auto& name : builder.sequences()) {
    std::string definition;
    where_it_can_be_told([&] {
      definition = as_text(connection.query("SHOW CREATE SEQUENCE " + backquoted(name)).rows.at(0).at(1));
    });
    builder.add_sequence(name, std::move(definition));
  }
}

/// A printed string in which a question mark may stand for something else.
bool is_doubtful(const Column& column) {
  if (!column.default_value || column.charset.empty()) return false;
  const std::string& text = column.default_value->sql.common;
  return text.front() == '\'' && text.find('?') != std::string::npos;
}

/// The server prints literal defaults in a charset without the characters beyond the basic plane (emoji), but
/// keeps them.
void restore_defaults(db::Connection& connection, Schema& schema) {
  for (auto& entry : schema.tables) {
    Table& table = entry.second;
    if (std::none_of(table.columns.begin(), table.columns.end(), is_doubtful)) continue;
    std::map<std::string, std::string> exact;
    where_it_can_be_told([&] { exact = connection.exact_defaults(table.name); });
    for (auto& column : table.columns) {
      const auto value = exact.find(column.name);
      if (!is_doubtful(column) || value == exact.end()) continue;
      std::string literal = string_literal(value->second);
      std::string& text = column.default_value->sql.common;
      if (text == literal || !is_lossy_print(text, literal)) continue;
      table.written.text = replace_all(table.written.text, " DEFAULT " + text, " DEFAULT " + literal);
      text = std::move(literal);
    }
  }
}

bool is_geometry(const Column& column) {
  static constexpr std::array<std::string_view, 9> words = {"geometry", "point", "linestring", "polygon", "multipoint", "multilinestring",
                                                            "multipolygon", "geometrycollection", "geomcollection"};
  return std::find(words.begin(), words.end(), column.type.native.common) != words.end();
}

/// REF_SYSTEM_ID is kept and not printed. Source: https://mariadb.com/kb/en/information-schema-geometry_columns-table/
void restore_reference_systems(db::Connection& connection, Schema& schema) {
  const bool has_geometry = std::any_of(schema.tables.begin(), schema.tables.end(), [](const auto& entry) {
    return std::any_of(entry.second.columns.begin(), entry.second.columns.end(), is_geometry);
  });
  if (!has_geometry) return;
  connection.for_each_row("SELECT F_TABLE_NAME, G_GEOMETRY_COLUMN, SRID FROM information_schema.GEOMETRY_COLUMNS"
                          " WHERE F_TABLE_SCHEMA = DATABASE() AND SRID <> 0",
                          [&](const sql::Row& row) {
                            const auto table = schema.tables.find(as_text(row.at(0)));
                            if (table == schema.tables.end()) return;
                            Column* column = table->second.find_column(as_text(row.at(1)));
                            if (column != nullptr && is_geometry(*column)) column->type = native_type(column->type.native.common + std::string(reference_system) + as_text(row.at(2)));
                          });
}

/// What the server keeps beside the tables. It is named, so that nobody takes a description for the whole of the
/// database; what this user may not see is not listed by the server.
void read_programs(db::Connection& connection, SchemaBuilder& builder) {
  struct Program {
    std::string kind;
    std::string name;
  };
  std::vector<Program> programs;
  const auto list = [&](const std::string& query) {
    where_it_can_be_told([&] {
      connection.for_each_row(query, [&](const sql::Row& row) { programs.push_back({as_text(row.at(0)), as_text(row.at(1))}); });
    });
  };
  list("SELECT ROUTINE_TYPE, ROUTINE_NAME FROM information_schema.ROUTINES WHERE ROUTINE_SCHEMA = DATABASE()");
  list("SELECT 'EVENT', EVENT_NAME FROM information_schema.EVENTS WHERE EVENT_SCHEMA = DATABASE()");
  for (const Program& program : programs) {
    std::string definition;
    where_it_can_be_told([&] {
      const auto shown = connection.query("SHOW CREATE " + program.kind + " " + backquoted(program.name));
      const std::size_t place = program.kind == "EVENT" ? 3 : 2;
      if (!sql::is_null(shown.rows.at(0).at(place))) definition = as_text(shown.rows[0][place]);
    });
    builder.add_program(to_lower(program.kind), program.name, std::move(definition));
  }
}

Schema finished(db::Connection& connection, SchemaBuilder& builder) {
  read_sequences(connection, builder);
  restore_defaults(connection, builder.schema());
  restore_reference_systems(connection, builder.schema());
  read_programs(connection, builder);
  return std::move(builder.schema());
}

// ---- the two ways to read ----

Schema read_at_once(db::Connection& connection, const Listing& listing) {
  SchemaBuilder builder(listing);
  connection.for_each_result(
      definition_queries(listing),
      [&](std::size_t number, const db::ResultSet& shown) { builder.add(number, shown); });
  return finished(connection, builder);
}

/// As SHOW CREATE VIEW has it, which a transaction that only reads refuses where the view takes a number from a sequence (error 1792).
/// Empty: it is no view.
std::string view_text(db::Connection& connection, const std::string& name) {
  const auto found = connection.query("SELECT algorithm, definer, security_type, view_definition, check_option FROM information_schema.views WHERE table_schema = DATABASE() AND table_name = " + sql::quote_string(name, true));
  if (found.rows.empty()) return {};
  const sql::Row& view = found.rows.front();
  const std::string definer = as_text(view.at(1));
  const std::size_t at = definer.rfind('@');
  const std::string check = as_text(view.at(4));
  return "CREATE ALGORITHM=" + as_text(view.at(0)) + " DEFINER=" + backquoted(definer.substr(0, at)) + "@" + backquoted(definer.substr(at + 1)) + " SQL SECURITY " + as_text(view.at(2)) + " VIEW " + backquoted(name) + " AS " + as_text(view.at(3)) +
         (check == "NONE" ? std::string() : " WITH " + check + " CHECK OPTION");
}

/// One by one, for the rare case that some are gone or cannot be shown. `anything_gone` says whether any was.
Schema read_singly(db::Connection& connection, const Listing& listing, bool& anything_gone) {
  SchemaBuilder builder(listing);
  anything_gone = false;
  const std::vector<std::string> queries = definition_queries(listing);
  for (std::size_t number = 0; number < queries.size(); ++number) {
    try {
      builder.add(number, connection.query(queries[number]));
    } catch (const DatabaseError& error) {
      if (!is_about_the_object(error)) throw;
      anything_gone = anything_gone || means_gone(error);
      const std::string text = error.code() == only_reads && number < listing.tables.size() ? view_text(connection, listing.tables[number]) : std::string();
      if (!text.empty()) builder.add_view_at(number, text);
      else if (!means_gone(error)) builder.add_unreadable(number, error.what());
    }
  }
  return finished(connection, builder);
}

}  // namespace

Schema read_schema(db::Connection& connection) {
  Listing listing = read_listing(connection);
  check_privileges(connection, listing.database);
  try {
    return read_at_once(connection, listing);
  } catch (const DatabaseError& error) {
    if (!is_about_the_object(error)) throw;
  }
  // Something is gone since it was listed, and may stand under another name now; or it cannot be shown.
  for (int look = 1;; ++look) {
    listing = read_listing(connection);
    bool anything_gone = false;
    Schema schema = read_singly(connection, listing, anything_gone);
    if (!anything_gone || look == longest_chase) return schema;
  }
}

}  // namespace plumb::mariadb
