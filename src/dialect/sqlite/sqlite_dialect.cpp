#include "dialect/sqlite/sqlite_dialect.hpp"

#include "db/target.hpp"
#include "dialect/create_order.hpp"
#include "dialect/read_schema.hpp"
#include "dialect/sqlite/not_held.hpp"
#include "dialect/sqlite/render.hpp"
#include "dialect/sqlite/texts_after_renames.hpp"
#include "dialect/sqlite/triggers.hpp"
#include "dialect/sqlite/types.hpp"
#include "sql/tokens.hpp"
#include "support/error.hpp"
#include "support/text.hpp"

namespace plumb::sqlite {

const Capabilities& SqliteDialect::capabilities() const {
  static constexpr Capabilities capabilities{
      .transactional_ddl = true,
      .stores_comments = false,
      .needs_server = false,
      .foreign_keys_need_index = false,
      .table_names_fold_case = true,
      .renames_break_views = false,
  };
  return capabilities;
}

diff::MatchRules SqliteDialect::match_rules() const {
  diff::MatchRules rules;
  rules.lexis = sql::sqlite_lexis;
  rules.engine = "sqlite";
  rules.table_names_fold_case = true;
  rules.texts_after_renames = texts_after_renames;
  return rules;
}

std::string SqliteDialect::quote(std::string_view name) const { return quoted(name); }

Schema SqliteDialect::read(db::Connection& connection) const { return read_schema(connection); }

std::vector<std::string> SqliteDialect::session_begin() const {
  // foreign_keys can only be switched outside a transaction (sqlite.org/pragma.html#pragma_foreign_keys); with it on,
  // dropping a parent table in a rebuild would delete the rows of its children
  return {"PRAGMA foreign_keys = OFF", "PRAGMA legacy_alter_table = OFF", "PRAGMA recursive_triggers = OFF", "PRAGMA cache_size = -262144"};
}

CheckSwitch SqliteDialect::check_switch() const { return {"PRAGMA ignore_check_constraints = ON", "PRAGMA ignore_check_constraints = OFF"}; }

/// A sync writes in the order of its package, which a rebuild does not: it needs less memory for pages. Foreign keys are switched
/// on where no transaction has begun; in that of an apply they stay off, and broken_references_query() tells.
std::vector<std::string> SqliteDialect::sync_session() const { return {"PRAGMA foreign_keys = ON", "PRAGMA cache_size = -65536"}; }

std::vector<std::string> SqliteDialect::session_end() const {
  return {"PRAGMA legacy_alter_table = OFF", "PRAGMA foreign_keys = ON"};
}

std::vector<std::string> SqliteDialect::cannot_express(const Description& description) const {
  std::vector<std::string> sentences;
  for (const auto& [name, table] : description.schema.tables) {
    for (const Index& index : table.indexes) {
      if (index.kind == IndexKind::Fulltext || index.kind == IndexKind::Spatial) {
        sentences.push_back(std::string(index.kind == IndexKind::Fulltext ? "fulltext" : "spatial") + " index `" + index.name.text + "` of table `" + name +
                            "` has no counterpart on sqlite and is left out");
      }
    }
  }
  for (const auto& [name, view] : description.schema.views) {
    if (!view.query.is_for("sqlite")) sentences.push_back("view `" + name + "` has no query for sqlite and is left out");
  }
  for (const auto& [name, trigger] : description.schema.triggers) {
    if (!trigger.body.is_for("sqlite")) sentences.push_back("trigger `" + name + "` has no body for sqlite and is left out");
  }
  return sentences;
}

/// SQLite takes whatever the language can say.
std::vector<Concern> SqliteDialect::concerns(const Schema& /*schema*/) const { return {}; }

std::vector<std::string> SqliteDialect::not_held(const Table& table) const { return sqlite::not_held(table); }

std::vector<std::string> SqliteDialect::create_statements(const Schema& schema) const {
  std::vector<std::string> statements;
  for (const Table* table : in_reference_order(schema.tables).tables) {
    statements.push_back(create_table(*table));
    for (const Index& index : table->indexes) {
      if (!index.constraint) statements.push_back(create_index(index, table->name));
    }
  }
  std::vector<View> views;
  for (const auto& [name, view] : schema.views) views.push_back(view);
  for (const View* view : in_view_order(views, sql::sqlite_lexis)) statements.push_back(create_view(*view));
  for (const auto& [name, trigger] : schema.triggers) statements.push_back(create_trigger(trigger));
  return statements;
}

std::vector<std::string> SqliteDialect::recreate(const Schema& schema) const {
  std::vector<std::string> statements;
  const auto add_opaque = [&](auto&& is_meant) {
    for (const auto& [name, opaque] : schema.opaque) {
      if (!opaque.definition.empty() && opaque.kind != "shadow table" && is_meant(opaque)) statements.push_back(opaque.definition);
    }
  };
  add_opaque([](const Opaque& opaque) { return opaque.kind == "virtual table" || opaque.kind == "table"; });
  for (auto& sql : expanded_from_nothing(schema)) statements.push_back(std::move(sql));
  add_opaque([](const Opaque& opaque) { return opaque.kind != "virtual table" && opaque.kind != "table"; });
  if (!schema.statistics.names.empty()) statements.emplace_back("ANALYZE");
  for (const auto& name : schema.statistics.names) statements.push_back("SELECT count(*) FROM " + name);  // whether it is there
  return statements;
}

namespace {

/// Creates one table in an empty in-memory database and gives what SQLite stored of it.
std::optional<Refused> respell_table(db::Connection& scratch, Table& table) {
  try {
    scratch.execute(create_table(table));
    for (const Index& index : table.indexes) {
      if (!index.constraint) scratch.execute(create_index(index, table.name));
    }
  } catch (const DatabaseError& error) {
    scratch.execute("DROP TABLE IF EXISTS " + quoted(table.name));
    return Refused{"table `" + table.name + "`", error.what()};
  }
  scratch.execute("DROP TABLE " + quoted(table.name));
  return std::nullopt;
}

}  // namespace

std::vector<Refused> SqliteDialect::respell(db::Connection& /*connection*/, Schema& desired, const std::vector<std::string>& tables,
                                            const std::vector<std::string>& /*views*/) const {
  // SQLite keeps every text as it was written, so there is nothing to read back; what it refuses is found here
  const auto scratch = db::open(db::parse_target("sqlite::memory:"), db::OpenMode::CreateIfMissing);
  std::vector<Refused> refused;
  for (const std::string& name : tables) {
    const auto table = desired.tables.find(name);
    if (table == desired.tables.end()) continue;
    if (auto problem = respell_table(*scratch, table->second)) refused.push_back(std::move(*problem));
  }
  return refused;
}

}  // namespace plumb::sqlite
