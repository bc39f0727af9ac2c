#include "data/master_data.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "data/package.hpp"
#include "sql/tokens.hpp"
#include "support/error.hpp"
#include "support/text.hpp"

namespace plumb::data {
namespace {

std::string shown(const Json& value) { return value.dump(-1, ' ', false, Json::error_handler_t::replace); }

MasterTables usable_tables(const Description& description) {
  MasterTables tables = master_tables(description);
  std::vector<std::string> reasons;
  for (const auto& error : tables.errors) reasons.push_back((error.origin.file.empty() ? "" : error.origin.to_string() + ": ") + error.text);
  if (!reasons.empty()) throw Error(join(reasons, "\n"));
  if (tables.tables.empty()) throw Error("the description has no master tables");
  return tables;
}

/// Which row of the database a row of the folder is, and which fields differ.
struct Differences {
  const MasterRow* standing = nullptr;
  std::vector<std::size_t> columns;
};

Differences differences(const MasterTable& table, const MasterRow& wanted, const std::map<std::string, const MasterRow*>& standing) {
  Differences found;
  const auto row = standing.find(wanted.key);
  if (row == standing.end()) return found;
  found.standing = row->second;
  for (std::size_t c = 0; c < table.columns.size(); ++c) {
    if (!wanted.values[c].is_discarded() && wanted.values[c] != found.standing->values[c]) found.columns.push_back(c);
  }
  return found;
}

std::map<std::string, const MasterRow*> by_key(const std::vector<MasterRow>& rows) {
  std::map<std::string, const MasterRow*> map;
  for (const MasterRow& row : rows) map.emplace(row.key, &row);
  return map;
}

Comparison compared(const MasterTables& tables, const Rows& standing, const Package& package) {
  Comparison result;
  result.problems = package.problems;
  for (const std::size_t index : tables.by_reference) {
    const MasterTable& table = tables.tables[index];
    TableChanges changes;
    changes.table = table.name;
    const auto rows = by_key(standing.tables[index]);
    std::set<std::string> wanted_keys;
    for (const MasterRow& wanted : package.rows.tables[index]) {
      wanted_keys.insert(wanted.key);
      const Differences found = differences(table, wanted, rows);
      if (found.standing == nullptr) {
        changes.inserted.push_back(wanted.key);
      } else if (found.columns.empty()) {
        ++changes.unchanged;
      } else {
        RowChange change{wanted.key, {}};
        for (const std::size_t c : found.columns) change.fields.push_back({table.columns[c].name, shown(found.standing->values[c]), shown(wanted.values[c])});
        changes.updated.push_back(std::move(change));
      }
    }
    for (const auto& [key, row] : rows) {
      if (!wanted_keys.contains(key)) changes.only_target.push_back(key);
    }
    result.tables.push_back(std::move(changes));
  }
  return result;
}

/// Writes one comparison's worth of rows.
class Writer {
 public:
  Writer(db::Connection& connection, const Dialect& dialect, const MasterTables& tables, Rows& standing, const Package& package)
      : connection_(connection), dialect_(dialect), tables_(tables), standing_(standing), package_(package) {}

  void run() {
    for (const std::size_t index : tables_.by_reference) insert_rows(index);
    for (const std::size_t index : tables_.by_reference) update_rows(index);
  }

 private:
  /// The value to bind; nothing when it refers to a row that does not stand yet.
  std::optional<sql::Value> bound(const MasterColumn& column, const Json& value) const {
    if (!column.parent || value.is_null()) return to_database(value, column);
    const auto& handles = standing_.handle_of_key[*column.parent];
    const auto handle = handles.find(column.parent_column);
    if (handle == handles.end()) return std::nullopt;
    const auto found = handle->second.find(key_text(value));
    return found == handle->second.end() ? std::nullopt : std::optional<sql::Value>(found->second);
  }

  db::PreparedStatement& insert_statement(const MasterTable& table, const std::vector<std::size_t>& columns) {
    std::vector<std::string> names;
    std::vector<std::string> marks;
    for (const std::size_t c : columns) {
      names.push_back(dialect_.quote(table.columns[c].name));
      marks.emplace_back("?");
    }
    return prepared("INSERT INTO " + dialect_.quote(table.name) + " (" + join(names, ", ") + ") VALUES (" + join(marks, ", ") + ")");
  }

  db::PreparedStatement& prepared(const std::string& sql) {
    auto& statement = statements_[sql];
    if (!statement) statement = connection_.prepare(sql);
    return *statement;
  }

  /// Inserts what is missing. Rows whose references do not stand yet wait for another round; in a circle a nullable
  /// reference is left open and set by the updates that follow.
  void insert_rows(std::size_t index) {
    const MasterTable& table = tables_.tables[index];
    const auto standing = by_key(standing_.tables[index]);
    std::vector<const MasterRow*> waiting;
    for (const MasterRow& row : package_.rows.tables[index]) {
      if (!standing.contains(row.key)) waiting.push_back(&row);
    }
    while (!waiting.empty()) {
      std::vector<const MasterRow*> next;
      for (const MasterRow* row : waiting) {
        if (!try_insert(table, *row, false)) next.push_back(row);
      }
      read_handles(connection_, dialect_, tables_, index, standing_);
      if (next.size() == waiting.size()) {
        for (const MasterRow* row : next) {
          if (!try_insert(table, *row, true)) throw Error("row " + row->key + " of `" + table.name + "` needs rows that need it, and none of the references may be null meanwhile");
        }
        read_handles(connection_, dialect_, tables_, index, standing_);
        return;
      }
      waiting = std::move(next);
    }
  }

  bool try_insert(const MasterTable& table, const MasterRow& row, bool leave_open) {
    std::vector<std::size_t> columns;
    std::vector<sql::Value> values;
    bool left_open = false;
    for (std::size_t c = 0; c < table.columns.size(); ++c) {
      if (row.values[c].is_discarded()) continue;
      auto value = bound(table.columns[c], row.values[c]);
      if (!value) {
        if (!leave_open || !table.columns[c].nullable || table.columns[c].in_key) return false;
        value = sql::Value();
        left_open = true;
      }
      columns.push_back(c);
      values.push_back(std::move(*value));
    }
    insert_statement(table, columns).execute(values);
    if (left_open) reopened_ = true;
    return true;
  }

  void update_rows(std::size_t index) {
    const MasterTable& table = tables_.tables[index];
    // rows that were inserted with an open reference look different now, so what stands is read once more
    const Rows again = reopened_ ? read_rows(connection_, dialect_, tables_) : Rows();
    const auto standing = by_key(reopened_ ? again.tables[index] : standing_.tables[index]);
    for (const MasterRow& row : package_.rows.tables[index]) {
      const Differences found = differences(table, row, standing);
      if (found.standing == nullptr || found.columns.empty()) continue;
      std::vector<std::string> sets;
      std::vector<sql::Value> values;
      for (const std::size_t c : found.columns) {
        sets.push_back(dialect_.quote(table.columns[c].name) + " = ?");
        const auto value = bound(table.columns[c], row.values[c]);
        if (!value) throw Error("row " + row.key + " of `" + table.name + "`: `" + table.columns[c].name + "` refers to " + shown(row.values[c]) + ", which does not stand");
        values.push_back(*value);
      }
      std::vector<std::string> where;
      for (std::size_t a = 0; a < table.address.size(); ++a) {
        where.push_back(dialect_.quote(table.address[a]) + " = ?");
        values.push_back(found.standing->address[a]);
      }
      prepared("UPDATE " + dialect_.quote(table.name) + " SET " + join(sets, ", ") + " WHERE " + join(where, " AND ")).execute(values);
    }
  }

  db::Connection& connection_;
  const Dialect& dialect_;
  const MasterTables& tables_;
  Rows& standing_;
  const Package& package_;
  std::map<std::string, std::unique_ptr<db::PreparedStatement>> statements_;
  bool reopened_ = false;
};

/// A trigger on a master table could write anywhere. Where the engine cannot stop it, such a trigger stops the sync.
void refuse_triggers_into_other_tables(db::Connection& connection, const Dialect& dialect, const MasterTables& tables) {
  const Schema schema = dialect.read(connection);
  const sql::Lexis lexis = dialect.match_rules().lexis;
  for (const auto& [name, trigger] : schema.triggers) {
    if (!tables.find(trigger.table) || trigger.event == TriggerEvent::Delete) continue;
    const auto tokens = sql::tokenize(trigger.body.common, lexis);
    for (std::size_t i = 0; i < tokens.size(); ++i) {
      const std::string word = sql::unquoted(tokens[i].text);
      const bool is_table = schema.tables.contains(word) && (i + 1 >= tokens.size() || tokens[i + 1].text != ".");
      if (tokens[i].kind == sql::TokenKind::String || !is_table || tables.find(word)) continue;
      throw Error("trigger `" + name + "` on master table `" + trigger.table + "` names `" + word + "`, which is no master table: a sync could write rows there; nothing was written");
    }
  }
}

/// The engine's own guard, lifted at the end.
class WriteGuard {
 public:
  WriteGuard(db::Connection& connection, const Dialect& dialect, const MasterTables& tables) : connection_(connection) {
    std::vector<std::string> names;
    for (const MasterTable& table : tables.tables) names.push_back(table.name);
    if (!connection_.allow_writes_only_to(names)) refuse_triggers_into_other_tables(connection, dialect, tables);
  }
  ~WriteGuard() { connection_.allow_writes_only_to(std::nullopt); }
  WriteGuard(const WriteGuard&) = delete;
  WriteGuard& operator=(const WriteGuard&) = delete;

 private:
  db::Connection& connection_;
};

}  // namespace

std::uint64_t Comparison::changes() const {
  std::uint64_t count = 0;
  for (const TableChanges& table : tables) count += table.inserted.size() + table.updated.size();
  return count;
}

std::uint64_t export_rows(db::Connection& connection, const Dialect& dialect, const Description& description, const std::string& folder) {
  const MasterTables tables = usable_tables(description);
  const Rows rows = read_rows(connection, dialect, tables);
  std::uint64_t count = 0;
  for (std::size_t index = 0; index < rows.tables.size(); ++index) {
    std::set<std::string> keys;
    for (const MasterRow& row : rows.tables[index]) {
      if (!keys.insert(row.key).second) throw Error("table `" + tables.tables[index].name + "` has two rows with the natural key " + row.key);
    }
    count += rows.tables[index].size();
  }
  write_package(folder, tables, rows);
  return count;
}

Comparison compare(db::Connection& connection, const Dialect& dialect, const Description& description, const std::string& folder) {
  const MasterTables tables = usable_tables(description);
  const Rows standing = read_rows(connection, dialect, tables);
  return compared(tables, standing, read_package(folder, tables, standing));
}

Comparison sync(db::Connection& connection, const Dialect& dialect, const Description& description, const std::string& folder) {
  const MasterTables tables = usable_tables(description);
  for (const auto& statement : dialect.sync_session()) connection.query(statement);
  db::Transaction transaction(connection);
  Rows standing = read_rows(connection, dialect, tables);
  const Package package = read_package(folder, tables, standing);
  Comparison result = compared(tables, standing, package);
  if (!result.problems.empty() || result.changes() == 0) return result;
  {
    const WriteGuard guard(connection, dialect, tables);
    Writer(connection, dialect, tables, standing, package).run();
  }
  const Rows after = read_rows(connection, dialect, tables);
  const Comparison left = compared(tables, after, package);
  if (left.changes() != 0) {
    for (const TableChanges& table : left.tables) {
      const std::string key = !table.updated.empty() ? table.updated.front().key : !table.inserted.empty() ? table.inserted.front() : "";
      if (!key.empty()) throw Error("after writing, row " + key + " of `" + table.table + "` is not what the folder says (a trigger or a narrower type may have changed it); everything was rolled back");
    }
  }
  transaction.commit();
  return result;
}

std::string to_text(const Comparison& comparison, bool verbose) {
  constexpr std::size_t most = 10;
  std::string out;
  std::uint64_t unchanged = 0;
  std::uint64_t kept = 0;
  for (const TableChanges& table : comparison.tables) {
    unchanged += table.unchanged;
    kept += table.only_target.size();
    if (table.inserted.empty() && table.updated.empty() && (!verbose || table.only_target.empty())) continue;
    out += table.table + ": " + counted(table.inserted.size(), "insert") + ", " + counted(table.updated.size(), "update") + ", " + grouped(table.unchanged) + " unchanged, " +
           grouped(table.only_target.size()) + " only here\n";
    const auto limited = [&](const auto& list, const auto& print) {
      for (std::size_t i = 0; i < list.size() && (verbose || i < most); ++i) print(list[i]);
      if (!verbose && list.size() > most) out += "    … " + grouped(list.size() - most) + " more (--verbose lists all)\n";
    };
    limited(table.inserted, [&](const std::string& key) { out += "  + " + key + "\n"; });
    limited(table.updated, [&](const RowChange& change) {
      out += "  ~ " + change.key + "\n";
      for (const FieldChange& field : change.fields) out += "      " + field.column + ": " + shortened(field.before, 100) + " → " + shortened(field.after, 100) + "\n";
    });
    if (verbose) limited(table.only_target, [&](const std::string& key) { out += "  = " + key + " (only here, kept)\n"; });
  }
  return out + counted(comparison.changes(), "row") + " to change, " + grouped(unchanged) + " unchanged, " + grouped(kept) + " only in the database and kept\n";
}

std::string to_json(const Comparison& comparison) {
  Json json{{"changes", comparison.changes()}, {"problems", comparison.problems}};
  json["tables"] = Json::array();
  for (const TableChanges& table : comparison.tables) {
    Json one{{"table", table.table}, {"unchanged", table.unchanged}};
    one["inserted"] = Json::array();
    for (const auto& key : table.inserted) one["inserted"].push_back(Json::parse(key));
    one["updated"] = Json::array();
    for (const RowChange& change : table.updated) {
      Json fields = Json::object();
      for (const FieldChange& field : change.fields) fields[field.column] = Json{{"before", Json::parse(field.before)}, {"after", Json::parse(field.after)}};
      one["updated"].push_back(Json{{"key", Json::parse(change.key)}, {"fields", std::move(fields)}});
    }
    one["only_target"] = Json::array();
    for (const auto& key : table.only_target) one["only_target"].push_back(Json::parse(key));
    json["tables"].push_back(std::move(one));
  }
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace plumb::data
