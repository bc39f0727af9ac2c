#include <algorithm>
#include <array>
#include <set>

#include "data/write_guard.hpp"
#include "sql/tokens.hpp"
#include "support/error.hpp"
#include "support/text.hpp"

namespace plumb::data {
namespace {

bool is_word(const sql::Token& token, std::string_view word) {
  return token.kind == sql::TokenKind::Word && equal_ignoring_case(token.text, word);
}

/// Looks for whatever a trigger's statements could write besides master tables. It does not have to
/// understand them: a name that could be meant is enough to refuse.
class TriggerCheck {
 public:
  TriggerCheck(db::Connection& connection, const Dialect& dialect, const MasterTables& tables)
      : tables_(tables),
        lexis_(dialect.match_rules().lexis),
        schema_(dialect.read(connection)),
        database_(connection.database()) {
    if (const std::string query = dialect.functions_query(); !query.empty()) {
      for (const auto& row : connection.query(query).rows)
        functions_.insert(to_lower(db::as_text(row.at(0))));
    }
  }

  const Schema& schema() const { return schema_; }

  /// Triggers of all master tables, because one may set off another.
  void refuse_triggers() const {
    for (const auto& [name, trigger] : schema_.triggers) {
      if (!tables_.find(trigger.table)) continue;
      const std::string reached = reach(trigger.body.common);
      if (reached.empty()) continue;
      throw Error("trigger `" + name + "` on master table `" + trigger.table + "` " + reached +
                  ": a sync could write rows there; nothing was written");
    }
  }

 private:
  std::string reach(const std::string& body) const {
    const auto tokens = sql::tokenize(body, lexis_);
    for (std::size_t i = 0; i < tokens.size(); ++i) {
      if (tokens[i].kind != sql::TokenKind::Word && tokens[i].kind != sql::TokenKind::QuotedName) continue;
      const std::string_view next = i + 1 < tokens.size() ? tokens[i + 1].text : std::string_view();
      const std::string word = sql::unquoted(tokens[i].text);
      if (is_word(tokens[i], "call")) return "calls a procedure";
      if (next == "(" && functions_.contains(to_lower(word))) return "calls the function `" + word + "`";
      if (next == "." && names_a_database(tokens, i)) return "names `" + word + "`, another database";
      const bool is_object =
          schema_.tables.contains(word) || schema_.views.contains(word) || schema_.opaque.contains(word);
      if (is_object && next != "." && !tables_.find(word))
        return "names `" + word + "`, which is no master table";
    }
    return {};
  }

  /// After a word that a table's name follows, `a`.`b` is a table of another database.
  bool names_a_database(const std::vector<sql::Token>& tokens, std::size_t i) const {
    static constexpr std::array<std::string_view, 6> before_tables{"into", "update", "from",
                                                                   "join", "insert", "replace"};
    if (i == 0 || equal_ignoring_case(sql::unquoted(tokens[i].text), database_)) return false;
    return std::any_of(before_tables.begin(), before_tables.end(),
                       [&](std::string_view word) { return is_word(tokens[i - 1], word); });
  }

  const MasterTables& tables_;
  sql::Lexis lexis_;
  Schema schema_;
  std::string database_;
  std::set<std::string> functions_;
};

bool acts(ForeignKeyAction action) {
  return action == ForeignKeyAction::Cascade || action == ForeignKeyAction::SetNull ||
         action == ForeignKeyAction::SetDefault;
}

/// A changed column that another table's foreign key follows would change that table's rows.
void refuse_cascades(const Schema& schema, const MasterTables& tables, const Work& work) {
  std::set<std::pair<std::string, std::string>> changed;
  for (std::size_t index = 0; index < tables.tables.size(); ++index) {
    const MasterTable& table = tables.tables[index];
    for (const RowDifference& row : work.tables[index].updated) {
      for (const std::size_t c : row.columns)
        changed.emplace(to_lower(table.name), to_lower(table.columns[c].name));
    }
  }
  for (const auto& [name, table] : schema.tables) {
    if (tables.find(name)) continue;
    for (const ForeignKey& key : table.foreign_keys) {
      const bool reaches =
          acts(key.on_update) &&
          std::any_of(key.referenced.begin(), key.referenced.end(), [&](const std::string& column) {
            return changed.contains({to_lower(key.table), to_lower(column)});
          });
      if (!reaches) continue;
      throw Error("foreign key `" + key.name.text + "` of table `" + name +
                  "`, which is no master table, follows a column of `" + key.table +
                  "` that the sync would change: its rows would change too; nothing was written");
    }
  }
}

bool is_one_of(const std::vector<std::string>& names, std::string_view name) {
  return std::any_of(names.begin(), names.end(), [&](const std::string& one) { return equal_ignoring_case(one, name); });
}

/// Tables that are not written and that an action of a foreign key could reach from those that are, directly or through others.
std::set<std::string> reached_tables(const Schema& schema, const std::vector<std::string>& written) {
  std::set<std::string> reached;
  std::vector<std::string> from = written;
  for (std::size_t i = 0; i < from.size(); ++i) {
    for (const auto& [name, table] : schema.tables) {
      if (is_one_of(from, name)) continue;
      const bool follows = std::any_of(table.foreign_keys.begin(), table.foreign_keys.end(), [&](const ForeignKey& key) {
        return key.database.empty() && equal_ignoring_case(key.table, from[i]) && (acts(key.on_delete) || acts(key.on_update));
      });
      if (!follows) continue;
      reached.insert(name);
      from.push_back(name);
    }
  }
  return reached;
}

}  // namespace

WriteGuard::WriteGuard(db::Connection& connection, const std::vector<std::string>& tables)
    : connection_(connection), is_the_engines_(connection.allow_writes_only_to(tables)) {}

WriteGuard::~WriteGuard() {
  connection_.allow_writes_only_to(std::nullopt);
}

void refuse_other_writers(db::Connection& connection, const Dialect& dialect, const MasterTables& tables, const Work& work) {
  const TriggerCheck check(connection, dialect, tables);
  check.refuse_triggers();
  refuse_cascades(check.schema(), tables, work);
}

ProtectedRows::ProtectedRows(db::Connection& connection, const Dialect& dialect, const std::vector<std::string>& written, bool deletes)
    : connection_(connection), dialect_(dialect) {
  if (!deletes && WriteGuard(connection, written).is_the_engines()) return;
  for (const auto& table : reached_tables(dialect.read(connection), written)) before_.emplace(table, state_of(table));
}

std::pair<std::uint64_t, std::uint64_t> ProtectedRows::state_of(const std::string& table) const {
  std::uint64_t rows = 0;
  std::uint64_t sum = 0;
  std::string bytes;
  connection_.for_each_row("SELECT * FROM " + dialect_.quote(table), [&](const sql::Row& values) {
    bytes.clear();
    for (const auto& value : values) {
      const std::string text = db::as_text(value);
      bytes += std::to_string(value.index()) + ":" + std::to_string(text.size()) + ":" + text;
    }
    ++rows;
    sum += hash_of(bytes);
  });
  return {rows, sum};
}

std::vector<std::string> ProtectedRows::tables() const {
  std::vector<std::string> names;
  for (const auto& [table, state] : before_) names.push_back(table);
  return names;
}

void ProtectedRows::check() const {
  for (const auto& [table, before] : before_) {
    if (state_of(table) != before) throw Error("rows of `" + table + "`, which is no master table, would change; everything was rolled back");
  }
}

UtcSession::UtcSession(db::Connection& connection, const Dialect& dialect) : connection_(connection) {
  for (const auto& statement : dialect.utc_begin()) connection.execute(statement);
  end_ = dialect.utc_end();
}

UtcSession::~UtcSession() {
  try {
    for (const auto& statement : end_) connection_.execute(statement);
  } catch (const DatabaseError&) {
    // the session is gone, and its time zone with it
  }
}

}  // namespace plumb::data
