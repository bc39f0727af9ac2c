#include "dialect/mariadb/trial.hpp"

#include <algorithm>

#include "dialect/mariadb/alter_clauses.hpp"
#include "dialect/mariadb/mariadb_dialect.hpp"
#include "dialect/mariadb/render.hpp"
#include "sql/tokens.hpp"
#include "support/error.hpp"
#include "support/text.hpp"

namespace plumb::mariadb {
namespace {

constexpr int algorithm_not_supported = 1845;
constexpr int algorithm_not_supported_with_reason = 1846;

/// A try too many means that the server's hints go in a circle.
constexpr int most_tries = 8;

bool is_word(const sql::Token& token, std::string_view word) { return token.kind == sql::TokenKind::Word && equal_ignoring_case(token.text, word); }

bool is_quoted_name(const sql::Token& token) { return token.kind == sql::TokenKind::QuotedName; }

std::vector<sql::Token> tokens_of(std::string_view sql) { return sql::tokenize(sql, sql::mariadb_lexis); }

/// PARTITION BY and REMOVE PARTITIONING stand behind the list of changes and are parted from it by no comma.
bool is_partitioning(std::string_view sql) {
  const auto tokens = tokens_of(sql);
  return tokens.size() > 3 && (is_word(tokens[3], "PARTITION") || is_word(tokens[3], "REMOVE"));
}

/// Statements that are granted any algorithm and copy the table all the same: another storage engine, partitions.
bool always_copies(std::string_view sql) {
  if (is_partitioning(sql) || sql.ends_with(must_copy)) return true;
  const auto tokens = tokens_of(sql);
  int depth = 0;
  for (std::size_t i = 0; i + 1 < tokens.size(); ++i) {
    if (tokens[i].text == "(") ++depth;
    if (tokens[i].text == ")") --depth;
    if (depth == 0 && is_word(tokens[i], "ENGINE") && tokens[i + 1].text == "=") return true;
  }
  return false;
}

/// Tables that a statement refers to by a foreign key, of the same database.
std::vector<std::string> referenced_tables(std::string_view sql) {
  std::vector<std::string> names;
  const auto tokens = tokens_of(sql);
  for (std::size_t i = 0; i + 2 < tokens.size(); ++i) {
    if (is_word(tokens[i], "REFERENCES") && is_quoted_name(tokens[i + 1]) && tokens[i + 2].text != ".") names.push_back(sql::unquoted(tokens[i + 1].text));
  }
  return names;
}

/// CREATE TABLE `x`: the name.
std::string created_table(std::string_view sql) {
  const auto tokens = tokens_of(sql);
  const bool creates = tokens.size() > 2 && is_word(tokens[0], "CREATE") && is_word(tokens[1], "TABLE") && is_quoted_name(tokens[2]);
  return creates ? sql::unquoted(tokens[2].text) : std::string();
}

/// RENAME TABLE `from` TO `to`.
std::optional<std::pair<std::string, std::string>> renamed_table(std::string_view sql) {
  const auto tokens = tokens_of(sql);
  if (tokens.size() < 5 || !is_word(tokens[0], "RENAME") || !is_quoted_name(tokens[2]) || !is_quoted_name(tokens[4])) return std::nullopt;
  return std::pair(sql::unquoted(tokens[2].text), sql::unquoted(tokens[4].text));
}

/// The word behind `Try ALGORITHM=` or `Try LOCK=` in the text of a refusal.
std::string hinted(std::string_view refusal, std::string_view option) {
  const std::string words = "Try " + std::string(option) + "=";
  const std::size_t at = refusal.find(words);
  if (at == std::string_view::npos) return {};
  const std::string_view rest = refusal.substr(at + words.size());
  return std::string(rest.substr(0, rest.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ")));
}

/// The server names the cheapest algorithm and lock that it would grant. What asks for no lock and cannot be had so may be a
/// copy under another name.
Grant next_way(const Grant& refused, const std::string& sql, std::string_view refusal) {
  const std::string algorithm = hinted(refusal, "ALGORITHM");
  if (algorithm == "COPY") return {"COPY", "SHARED"};
  const auto tokens = tokens_of(sql);
  const bool adds_fulltext = std::any_of(tokens.begin(), tokens.end(), [](const sql::Token& token) { return is_word(token, "FULLTEXT"); });
  if (algorithm == "INPLACE" && refused.algorithm == "INSTANT" && adds_fulltext) return {"NOCOPY", "SHARED"};  // granted to the second one of a table
  if (!algorithm.empty()) return {algorithm, "NONE"};
  const std::string lock = hinted(refusal, "LOCK");
  if (lock.empty()) return refused.lock == "NONE" ? Grant{refused.algorithm, "SHARED"} : Grant{"COPY", "SHARED"};
  const bool is_copy = refused.algorithm == "INSTANT" || refusal.find("COPY algorithm") != std::string_view::npos;
  return {is_copy ? "COPY" : refused.algorithm, lock};
}

/// Those that stand, and those that their foreign keys refer to: a copy is refused without them.
std::set<std::string> with_parents(const Schema& actual, const std::set<std::string>& wanted) {
  std::set<std::string> all;
  for (const std::string& name : wanted) {
    const auto table = actual.tables.find(name);
    if (table == actual.tables.end()) continue;
    all.insert(name);
    for (const ForeignKey& key : table->second.foreign_keys) {
      if (key.database.empty() && actual.tables.contains(key.table)) all.insert(key.table);
    }
  }
  return all;
}

/// The server has made it for a foreign key that had none, and knows that: LIKE copies the knowledge, and the foreign key that is put on then takes
/// another name for it.
bool may_have_come_by_itself(const Table& table, const Index& index) {
  if (index.kind != IndexKind::Plain) return false;
  return std::any_of(table.foreign_keys.begin(), table.foreign_keys.end(), [&](const ForeignKey& key) {
    return std::equal(key.columns.begin(), key.columns.end(), index.parts.begin(), index.parts.end(), [](const std::string& column, const IndexPart& part) { return equal_ignoring_case(column, part.column); });
  });
}

/// It looks at two tables.
bool concerns_foreign_keys(const std::string& sql) {
  const auto tokens = tokens_of(sql);
  return std::any_of(tokens.begin(), tokens.end(), [](const sql::Token& token) { return is_word(token, "REFERENCES") || is_word(token, "FOREIGN"); });
}

/// Runs the ALTER TABLE in the cheapest way that the server grants; nothing where it grants none. Throws DatabaseError when it
/// refuses the statement itself.
std::optional<Grant> granted(db::Connection& session, const std::string& sql) {
  Grant way = always_copies(sql) ? Grant{"COPY", "SHARED"} : Grant{"INSTANT", "NONE"};
  for (int tries = 0; tries < most_tries; ++tries) {
    try {
      session.execute(with_grant(sql, way));
      return way;
    } catch (const DatabaseError& error) {
      if (error.code() != algorithm_not_supported && error.code() != algorithm_not_supported_with_reason) throw;
      way = next_way(way, sql, error.what());
    }
  }
  return std::nullopt;
}

}  // namespace

std::string altered_table(std::string_view sql) {
  const auto tokens = tokens_of(sql);
  const bool alters = tokens.size() > 3 && is_word(tokens[0], "ALTER") && is_word(tokens[1], "TABLE") && is_quoted_name(tokens[2]);
  return alters ? sql::unquoted(tokens[2].text) : std::string();
}

std::string with_grant(const std::string& sql, const Grant& grant) {
  if (sql.ends_with(must_copy)) return sql + ", LOCK=" + grant.lock;
  const std::string clause = "ALGORITHM=" + grant.algorithm + ", LOCK=" + grant.lock;
  if (!is_partitioning(sql)) return sql + (sql.find('\n') == std::string::npos ? ", " : ",\n  ") + clause;
  const sql::Token name = tokens_of(sql)[2];
  return sql.substr(0, name.offset + name.text.size()) + " " + clause + sql.substr(name.offset + name.text.size());
}

std::string clauses_without_grant(const std::string& sql) {
  const sql::Token name = tokens_of(sql)[2];
  const std::string rest(trim(std::string_view(sql).substr(name.offset + name.text.size())));
  const auto tokens = tokens_of(rest);
  for (std::size_t i = 0; i + 6 < tokens.size(); ++i) {
    if (!is_word(tokens[i], "ALGORITHM") || tokens[i + 1].text != "=" || tokens[i + 3].text != "," || !is_word(tokens[i + 4], "LOCK")) continue;
    const std::size_t end = tokens[i + 6].offset + tokens[i + 6].text.size();
    const std::string before(trim(std::string_view(rest).substr(0, i == 0 ? 0 : tokens[i - 1].offset)));
    return before.empty() ? std::string(trim(std::string_view(rest).substr(end))) : before;
  }
  if (!rest.ends_with(must_copy)) return rest;
  const std::string before(trim(std::string_view(rest).substr(0, rest.size() - must_copy.size())));
  return before.ends_with(',') ? before.substr(0, before.size() - 1) : before;
}

Trial::Trial(db::Connection& scratch, SideBySide::Open further, const std::string& live, const Schema& actual, const std::vector<Step>& steps) : scratch_(scratch), lanes_(std::move(further)), live_(live) {
  std::map<std::string, std::string> earlier;  // a name that the plan gives, and the one that the table has now
  std::set<std::string> wanted;
  const auto want = [&](const std::string& name) {
    named_.insert(name);
    const auto renamed = earlier.find(name);
    wanted.insert(renamed == earlier.end() ? name : renamed->second);
  };
  for (const Step& step : steps) {
    for (const Command& command : step.commands) {
      if (const auto rename = renamed_table(command.sql)) {
        const auto before = earlier.find(rename->first);
        earlier[rename->second] = before == earlier.end() ? rename->first : before->second;
      }
      const std::string table = altered_table(command.sql);
      if (table.empty()) continue;
      want(table);
      for (const std::string& parent : referenced_tables(command.sql)) want(parent);
    }
  }
  for (const auto& [name, table] : actual.tables) live_names_.emplace(name, name);
  make_tables(actual, wanted);
}

void Trial::make_tables(const Schema& actual, const std::set<std::string>& wanted) {
  const auto mode = db::single_value(scratch_, "SELECT @@SESSION.sql_mode");
  set("SET SESSION sql_mode = ''");  // LIKE refuses defaults that the mode forbids
  set("SET SESSION foreign_key_checks = 0");
  std::vector<std::string> names;
  std::vector<std::string> statements;
  std::set<std::string> made;
  for (const std::string& name : with_parents(actual, wanted)) {
    names.push_back(name);
    statements.push_back("CREATE TABLE IF NOT EXISTS " + quoted(name) + " LIKE " + quoted(live_) + "." + quoted(name));
    made.insert(name);
  }
  for (const std::string& name : run_all(names, statements)) {  // some kinds of table have no LIKE
    broken_.insert(name);
    made.erase(name);
  }
  put_on_foreign_keys(actual, wanted, made);
  set("SET SESSION sql_mode = " + quoted_string(mode ? db::as_text(*mode) : std::string()));
  for (const auto& statement : MariaDbDialect().session_begin()) set(statement);
}

/// LIKE leaves them out, and the server refuses changes of columns that have one.
void Trial::put_on_foreign_keys(const Schema& actual, const std::set<std::string>& wanted, const std::set<std::string>& made) {
  std::vector<std::string> names;
  std::vector<std::string> statements;
  for (const std::string& name : made) {
    const Table& table = actual.tables.at(name);
    std::vector<std::string> clauses;
    for (const Index& index : table.indexes) {
      if (!may_have_come_by_itself(table, index)) continue;
      clauses.push_back("DROP KEY " + quoted(index.name.text));
      clauses.push_back("ADD " + index_definition(index));
    }
    for (const ForeignKey& key : table.foreign_keys) {
      if (key.database.empty()) clauses.push_back("ADD " + foreign_key_definition(key));
    }
    if (clauses.empty() || !wanted.contains(name)) continue;
    names.push_back(name);
    statements.push_back("ALTER TABLE " + quoted(name) + " " + join(clauses, ", "));
  }
  broken_.merge(run_all(names, statements));
}

std::set<std::string> Trial::run_all(const std::vector<std::string>& names, const std::vector<std::string>& statements) {
  const auto done = lanes_.run(names, [&](db::Connection& session, std::size_t i) {
    session.execute(statements[i]);
    return true;
  });
  std::set<std::string> failed;
  for (std::size_t i = 0; i < statements.size(); ++i) {
    if (done[i] != 0) continue;
    try {
      run(statements[i]);
    } catch (const DatabaseError& error) {
      if (error.kind() == DatabaseErrorKind::Connection || error.kind() == DatabaseErrorKind::Locked) throw;
      failed.insert(names[i]);
    }
  }
  return failed;
}

void Trial::set(const std::string& setting) {
  run(setting);
  lanes_.set(setting);
}

void Trial::run(const std::string& sql) { scratch_.execute(sql); }

std::string Trial::live_name(const std::string& table) const {
  const auto found = live_names_.find(table);
  return found == live_names_.end() ? std::string() : found->second;
}

Tried Trial::alter_alone(const std::string& sql) {
  const std::string table = altered_table(sql);
  if (broken_.contains(table)) return {std::nullopt, "an empty table of its form cannot be made"};
  try {
    if (const auto grant = granted(scratch_, sql)) return {grant, {}};
    broken_.insert(table);
    return {std::nullopt, "the server grants no algorithm"};
  } catch (const DatabaseError& error) {
    if (error.kind() == DatabaseErrorKind::Connection) throw;
    broken_.insert(table);
    return {std::nullopt, "the server does not run it on an empty table (mariadb error " + std::to_string(error.code()) + ")"};
  }
}

std::vector<Tried> Trial::alter(const std::vector<std::string>& statements) {
  std::vector<Tried> tried;
  for (auto next = statements.begin(); next != statements.end();) {
    const auto end = std::find_if(next, statements.end(), concerns_foreign_keys);
    for (Tried& one : alter_side_by_side({next, end})) tried.push_back(std::move(one));
    next = end;
    if (next != statements.end()) tried.push_back(alter_alone(*next++));
  }
  return tried;
}

std::vector<Tried> Trial::alter_side_by_side(const std::vector<std::string>& statements) {
  std::vector<Tried> tried(statements.size());
  std::vector<std::string> names;
  for (const std::string& sql : statements) names.push_back(altered_table(sql));
  const auto done = lanes_.run(names, [&](db::Connection& session, std::size_t i) {
    if (broken_.contains(names[i])) return false;
    tried[i].grant = granted(session, statements[i]);
    return tried[i].grant.has_value();
  });
  for (std::size_t i = 0; i < statements.size(); ++i) {
    if (done[i] == 0) tried[i] = alter_alone(statements[i]);
  }
  return tried;
}

bool Trial::is_followed(const std::string& sql) const {
  if (const auto rename = renamed_table(sql)) return true;
  return named_.contains(created_table(sql));
}

void Trial::follow(const std::string& sql) {
  const auto rename = renamed_table(sql);
  const std::string created = created_table(sql);
  if (rename) {
    auto renamed = live_names_.extract(rename->first);
    if (!renamed.empty()) live_names_[rename->second] = renamed.mapped();
  }
  const bool counts = rename ? named_.contains(rename->second) || named_.contains(rename->first) : named_.contains(created);
  if (!counts) return;
  try {
    if (!created.empty()) run("SET SESSION foreign_key_checks = 0");
    run(sql);
    if (!created.empty()) run("SET SESSION foreign_key_checks = 1");
  } catch (const DatabaseError& error) {
    if (error.kind() == DatabaseErrorKind::Connection) throw;
    broken_.insert(rename ? rename->second : created);
  }
}

}  // namespace plumb::mariadb
