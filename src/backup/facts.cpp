#include "backup/facts.hpp"

#include <map>

#include "dialect/backup_sql.hpp"
#include "diff/fingerprint.hpp"
#include "support/text.hpp"

namespace plumb::backup {

void note_schema(db::Connection& connection, const Dialect& dialect, Manifest& manifest) { note_schema(connection, dialect, introspect(connection, dialect), manifest); }

void note_schema(db::Connection& connection, const Dialect& dialect, const LiveState& live, Manifest& manifest) {
  manifest.engine_version = connection.server_version();
  manifest.version = live.version;
  manifest.fingerprint = diff::fingerprint(live.schema.schema(), dialect.match_rules().lexis);
  const auto options = live.schema.schema().options.find(std::string(dialect.name()));
  if (options == live.schema.schema().options.end()) return;
  for (const std::string name : {"charset", "collate"}) {
    if (const auto value = options->second.find(name); value != options->second.end()) manifest.defaults[name] = value->second;
  }
}

TableFacts facts_of(db::Connection& connection, const Dialect& dialect, const std::string& table) {
  TableFacts facts{table, static_cast<std::uint64_t>(db::single_integer(connection, "SELECT count(*) FROM " + dialect.quote(table))), {}, {}, 0, {}};
  const std::string query = backup_sql_for(dialect.name()).checksum_query(table);
  if (query.empty()) return facts;
  const auto answer = connection.query(query);
  if (!answer.rows.empty()) facts.checksum = db::as_text(answer.rows[0].at(1));
  return facts;
}

std::vector<std::string> differences(db::Connection& connection, const Dialect& dialect, const Manifest& manifest) {
  std::vector<std::string> found;
  if (const std::string query = backup_sql_for(dialect.name()).integrity_query(); !query.empty()) {
    const auto sound = db::single_value(connection, query);
    if (!sound || db::as_text(*sound) != "ok") found.push_back("the database is damaged: " + (sound ? db::as_text(*sound) : std::string()));
  }
  Manifest now;
  note_schema(connection, dialect, now);
  if (now.fingerprint != manifest.fingerprint) found.emplace_back("the schema is another one");
  if (now.version != manifest.version) found.push_back("the recorded version is `" + now.version + "` instead of `" + manifest.version + "`");
  std::map<std::string, const TableFacts*> missing;
  for (const auto& table : manifest.tables) missing.emplace(table.name, &table);
  for (const auto& row : connection.query(backup_sql_for(dialect.name()).tables_query()).rows) {
    const std::string name = db::as_text(row.at(0));
    const auto expected = missing.find(name);
    if (expected == missing.end()) {
      found.push_back("table `" + name + "` is new");
      continue;
    }
    const TableFacts facts = facts_of(connection, dialect, name);
    const TableFacts& before = *expected->second;
    if (facts.rows != before.rows) found.push_back("table `" + name + "` has " + counted(facts.rows, "row") + " instead of " + grouped(before.rows));
    else if (facts.checksum != before.checksum) found.push_back("the rows of table `" + name + "` are others");
    missing.erase(expected);
  }
  for (const auto& [name, facts] : missing) found.push_back("table `" + name + "` is missing");
  return found;
}

}  // namespace plumb::backup
