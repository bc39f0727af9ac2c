#include "dialect/mariadb/mariadb_dialect.hpp"

#include <algorithm>

#include "dialect/create_order.hpp"
#include "dialect/mariadb/not_held.hpp"
#include "dialect/mariadb/render.hpp"
#include "dialect/mariadb/sizes.hpp"
#include "dialect/mariadb/show_create.hpp"
#include "dialect/mariadb/types.hpp"
#include "dialect/read_schema.hpp"
#include "sql/tokens.hpp"
#include "support/text.hpp"

namespace plumb::mariadb {

const Capabilities& MariaDbDialect::capabilities() const {
  static constexpr Capabilities capabilities{
      .transactional_ddl = false,
      .stores_comments = true,
      .needs_server = true,
      .foreign_keys_need_index = true,
      .table_names_fold_case = false,
      .renames_break_views = true,
      .grants_algorithms = true,
  };
  return capabilities;
}

diff::MatchRules MariaDbDialect::match_rules() const {
  diff::MatchRules rules;
  rules.lexis = sql::mariadb_lexis;
  rules.engine = "mariadb";
  rules.foreign_keys_need_index = true;
  rules.is_hashed = is_hashed;
  rules.renames_break_views = true;
  rules.foreign_keys_share_collation = true;
  rules.options_of_every_trigger = {"definer", "sql_mode"};
  rules.words_that_undo = {"NOT IGNORED", std::string(without_versioning), std::string(not_partitioned)};
  // only MEMORY has both kinds; whatever else is said, the others build a B-tree (mariadb.com/kb/en/storage-engine-index-types)
  rules.words_of_default_index = {{"MEMORY", {"USING HASH"}}, {"", {"USING BTREE", "USING HASH"}}};
  rules.engine_options["Aria"]["page_checksum"] = "1";  // mariadb.com/kb/en/aria-system-variables/#aria_page_checksum
  return rules;
}

std::string MariaDbDialect::quote(std::string_view name) const { return quoted(name); }

Schema MariaDbDialect::read(db::Connection& connection) const {
  Schema schema = read_schema(connection);
  // what a CREATE TABLE without ENGINE would get
  const auto engine = db::single_value(connection, "SELECT @@default_storage_engine");
  if (engine) schema.options["mariadb"].emplace("engine", db::as_text(*engine));
  return schema;
}

std::vector<std::string> MariaDbDialect::session_begin() const { return {"SET SESSION foreign_key_checks = 1", "SET SESSION check_constraint_checks = 1",
          // a versioned table refuses every change otherwise (error 4119)
          "SET SESSION system_versioning_alter_history = KEEP"}; }

CheckSwitch MariaDbDialect::check_switch() const { return {"SET SESSION check_constraint_checks = 0", "SET SESSION check_constraint_checks = 1"}; }

std::vector<std::string> MariaDbDialect::sync_session() const { return {"SET SESSION foreign_key_checks = 1, SESSION unique_checks = 1"}; }

std::vector<std::string> MariaDbDialect::session_end() const { return {}; }

bool MariaDbDialect::fills_by_itself(const Column& column, const diff::Pair<Table>&) const { return column.type.native.common.find(row_clause) != std::string::npos; }

std::vector<std::string> MariaDbDialect::not_held(const Table& table) const { return mariadb::not_held(table); }

std::vector<std::string> MariaDbDialect::cannot_express(const Description& description) const {
  std::vector<std::string> sentences;
  const auto left_out = [&](const std::string& what) { sentences.push_back(what + " has no counterpart on mariadb and is left out"); };
  for (const auto& [name, table] : description.schema.tables) {
    for (const Index& index : table.indexes) {
      if (has_expression(index.parts)) left_out("index `" + index.name.text + "` of table `" + name + "` is over an expression, which");
      if (index.where) left_out("the `where` of index `" + index.name.text + "` of table `" + name + "`");
    }
    for (const ForeignKey& key : table.foreign_keys) {
      if (key.on_delete == ForeignKeyAction::SetDefault || key.on_update == ForeignKeyAction::SetDefault) {
        left_out("`set default` of foreign key `" + key.name.text + "` of table `" + name + "`");
      }
      if (!key.extra.empty()) left_out("`" + key.extra + "` of foreign key `" + key.name.text + "` of table `" + name + "`");
    }
  }
  for (const auto& [name, view] : description.schema.views) {
    if (!view.query.is_for("mariadb")) sentences.push_back("view `" + name + "` has no query for mariadb and is left out");
  }
  for (const auto& [name, trigger] : description.schema.triggers) {
    if (!trigger.body.is_for("mariadb")) sentences.push_back("trigger `" + name + "` has no body for mariadb and is left out");
    if (!trigger.when.empty()) left_out("the `when` of trigger `" + name + "`");
    if (!trigger.update_of.empty()) left_out("the column list of trigger `" + name + "`");
    if (trigger.timing == TriggerTiming::InsteadOf) left_out("trigger `" + name + "` (instead of)");
  }
  return sentences;
}

std::vector<std::string> MariaDbDialect::create_statements(const Schema& schema) const {
  std::vector<std::string> statements;
  const TableOrder order = in_reference_order(schema.tables);
  std::map<std::string, std::vector<std::string>> late;
  for (const auto& [table, key] : order.late) late[table->name].push_back(key->name.text);
  for (const Table* table : order.tables) {
    CreateOptions options;
    if (const auto found = late.find(table->name); found != late.end()) options.without_foreign_keys = found->second;
    statements.push_back(create_table(*table, options));
  }
  for (const auto& [table, key] : order.late) {
    statements.push_back("ALTER TABLE " + quoted(table->name) + " ADD " + foreign_key_definition(*key));
  }
  std::vector<View> views;
  for (const auto& [name, view] : schema.views) views.push_back(view);
  for (const View* view : in_view_order(views, sql::mariadb_lexis)) statements.push_back(create_view(*view));
  for (const auto& [name, trigger] : schema.triggers) statements.push_back(create_trigger(trigger));
  return statements;
}

std::vector<std::string> MariaDbDialect::recreate(const Schema& schema) const {
  std::vector<std::string> statements;
  for (const std::string_view kind : {"sequence", "table", "function", "procedure"}) {
    for (const auto& [name, opaque] : schema.opaque) {
      if (opaque.kind == kind && !opaque.definition.empty()) statements.push_back(opaque.definition);
    }
  }
  for (auto& sql : expanded_from_nothing(schema)) statements.push_back(std::move(sql));
  return statements;
}

}  // namespace plumb::mariadb
