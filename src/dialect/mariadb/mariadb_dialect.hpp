// dialect/mariadb/mariadb_dialect.hpp: MariaDB 10.11 as plumb sees it.
#pragma once

#include "dialect/dialect.hpp"
#include "sql/reserved_words.hpp"

namespace plumb::mariadb {

class MariaDbDialect final : public Dialect {
 public:
  std::string_view name() const override { return "mariadb"; }
  const Capabilities& capabilities() const override;
  diff::MatchRules match_rules() const override;
  std::string quote(std::string_view name) const override;
  Schema read(db::Connection& connection) const override;
  Schema lift(const Schema& schema) const override;
  std::vector<std::string> cannot_express(const Description& description) const override;
  std::vector<Concern> concerns(const Schema& schema) const override;
  bool is_reserved(std::string_view word) const override { return sql::is_reserved_on_mariadb(word); }
  std::vector<Refused> respell(db::Connection& connection, Schema& desired, const std::vector<std::string>& tables,
                               const std::vector<std::string>& views) const override;
  std::vector<std::string> not_held(const Table& table) const override;
  std::vector<Step> expand(const PlanInput& input) const override;
  void find_costs(const CostSources& sources, std::vector<Step>& steps) const override;
  std::optional<Alteration> taken_apart(const Command& command) const override;
  std::optional<std::string> lack_of_space(db::Connection& connection, const std::vector<Step>& steps) const override;
  std::vector<Command> keep_values(const KeptValues& values) const override;
  std::vector<Command> drop_aside(const std::string& aside) const override;
  std::vector<Command> bring_table_back(const Table& table, const std::string& aside) const override;
  std::vector<std::string> row_key(const diff::Pair<Table>& pair) const override;
  KeepingForms keeping_forms() const override;
  std::string attic_query() const override;
  std::vector<PreflightCheck> preflight(db::Connection& connection) const override;
  BatchQueries batch_queries(const Batches& batches) const override;
  std::string spell(const Question& question) const override;
  bool fills_by_itself(const Column& column, const diff::Pair<Table>& table) const override;
  std::string spell_together(const std::vector<Question>& questions) const override;
  std::string spell_rows(const Question& question, const Table& table) const override;
  std::vector<Question> about_clauses(const diff::Pair<Table>& table) const override;
  bool comes_back(const diff::Pair<Column>& column, const diff::Pair<Table>& table) const override;
  std::vector<Question> narrowing(const diff::Pair<Column>& column, const diff::Pair<Table>& table) const override;
  std::string converted(const diff::Pair<Column>& column) const override;
  std::string key_value(const std::string& value, const IndexPart& part) const override;
  std::string broken_references_query() const override;
  CheckSwitch check_switch() const override;
  std::vector<std::string> session_begin() const override;
  std::vector<std::string> session_end() const override;
  std::vector<std::string> sync_session() const override;
  std::vector<std::string> utc_begin() const override;
  std::vector<std::string> utc_end() const override;
  std::string sameness_query(std::string_view table, const std::vector<std::string>& key, std::string_view column,
                             const std::vector<std::string>& texts) const override;
  std::string literal(const sql::Value& value) const override;
  std::string memory_query() const override;
  std::string memory_table() const override;
  std::string rows_aside(const std::string& aside) const override;
  std::string functions_query() const override;
  std::string bookkeeping_query(std::string_view table) const override;
  std::string size_query() const override;
  std::vector<std::string> bookkeeping_tables() const override;
  std::string lock_query(std::string_view database, unsigned seconds) const override;
  std::string unlock_query(std::string_view database) const override;
  std::vector<std::string> wait_for_tables(const std::vector<std::string>& tables) const override;
  std::vector<std::string> create_statements(const Schema& schema) const override;
  std::vector<std::string> recreate(const Schema& schema) const override;
  Script script(const Schema& schema) const override;

 protected:
  Schema in_own_spelling(const Schema& schema, ByName<Table> as_read) const override;
};

}  // namespace plumb::mariadb
