#include "data/write_rows.hpp"

#include <algorithm>
#include <functional>
#include <map>
#include <memory>

#include "support/error.hpp"
#include "support/graph.hpp"
#include "support/text.hpp"

namespace plumb::data {
namespace {

constexpr std::size_t rows_in_a_batch = 2000;
/// A chain of rows that refer to each other takes a round a link; after these, open references are cheaper.
constexpr int rounds_before_opening = 8;

/// Rows of one statement, written together; when that fails, one by one, to tell which row it was.
class Batches {
 public:
  explicit Batches(db::Connection& connection) : connection_(connection) {}

  void add(const std::string& sql, sql::Row values, std::function<std::string()> place) {
    Batch& batch = batches_[sql];
    batch.rows.push_back(std::move(values));
    batch.places.push_back(std::move(place));
    if (batch.rows.size() == rows_in_a_batch) flush(sql, batch);
  }

  void flush() {
    for (auto& [sql, batch] : batches_) flush(sql, batch);
  }

 private:
  struct Batch {
    std::unique_ptr<db::PreparedStatement> statement;
    std::vector<sql::Row> rows;
    std::vector<std::function<std::string()>> places;
  };

  void flush(const std::string& sql, Batch& batch) {
    if (batch.rows.empty()) return;
    if (!batch.statement) batch.statement = connection_.prepare(sql);
    connection_.execute("SAVEPOINT plumb_rows");
    try {
      batch.statement->execute_many(batch.rows);
    } catch (const DatabaseError& error) {
      if (error.kind() == DatabaseErrorKind::Constraint || error.kind() == DatabaseErrorKind::Other || error.kind() == DatabaseErrorKind::MissingExtension)
        find_the_row(batch);
      throw;
    }
    connection_.execute("RELEASE SAVEPOINT plumb_rows");
    batch.rows.clear();
    batch.places.clear();
  }

  /// Throws when a single row fails too. Returns when none does or the transaction is gone: then the first
  /// error stands.
  void find_the_row(Batch& batch) {
    try {
      connection_.execute("ROLLBACK TO SAVEPOINT plumb_rows");
    } catch (const DatabaseError&) {
      return;
    }
    for (std::size_t i = 0; i < batch.rows.size(); ++i) {
      try {
        batch.statement->execute(batch.rows[i]);
      } catch (const DatabaseError& error) {
        throw DatabaseError(error.kind(), error.engine(), error.code(),
                            batch.places[i]() + ": " + error.what() + "; nothing was written", error.sql());
      }
    }
  }

  db::Connection& connection_;
  std::map<std::string, Batch> batches_;
};

class Writer {
 public:
  Writer(db::Connection& connection, const Dialect& dialect, const Package& package, const MasterTables& tables, const DatabaseRows& rows, Handles& handles,
         const Work& work, UndoLog& undo)
      : connection_(connection), dialect_(dialect), package_(package), tables_(tables), rows_(rows), handles_(handles), work_(work), undo_(undo), batches_(connection),
        same_(std::string(dialect.keeping_forms().same)) {}

  /// Updates first: they may free a value of a unique index that a new row has. Then what goes, as far as nothing refers to
  /// it, for the same reason.
  void write() {
    for (const std::size_t index : tables_.by_reference) update_table(index);
    const auto waits = delete_rows(tables_.by_reference, true);
    insert_rows();
    update_later();
    delete_rows(waits, false);
    undo_.flush();
  }

 private:
  struct Waiting {
    std::size_t table;
    const MasterRow* row;
  };
  /// Fields of a row that stands, which wait for new rows.
  struct Later {
    std::size_t table;
    const RowDifference* difference;
    std::vector<std::size_t> columns;
  };
  /// A field of a new row that could not be set at once.
  struct Open {
    std::size_t table;
    const MasterRow* row;
    std::size_t column;
  };

  std::string quoted(const std::string& name) const { return dialect_.quote(name); }

  /// The value to bind; nothing when it refers to a row that does not stand yet.
  std::optional<sql::Value> bound(const MasterColumn& column, const Json& value) const {
    if (!column.parent || value.is_null()) return to_database(value, column);
    const auto& handles = handles_.handle_of_key[*column.parent];
    const auto handle = handles.find(column.parent_column);
    if (handle == handles.end()) return std::nullopt;
    const auto found = handle->second.find(key_text(value));
    return found == handle->second.end() ? std::nullopt : std::optional<sql::Value>(found->second);
  }

  std::function<std::string()> place(std::size_t index, const MasterRow& row) const {
    return [this, index, &row] {
      return row.number == 0 ? "table `" + tables_.tables[index].name + "`, row " + row.key : place_of(package_, tables_, index, row);
    };
  }

  std::string condition(const MasterTable& table, const sql::Row& raw) const {
    std::vector<std::string> parts;
    for (std::size_t a = 0; a < table.address.size(); ++a) parts.push_back(quoted(table.address[a]) + " = " + dialect_.literal(raw[table.columns.size() + a]));
    return join(parts, " AND ");
  }

  // --- updates

  void update_table(std::size_t index) {
    const auto& updated = work_.tables[index].updated;
    if (updated.empty()) return;
    std::vector<const RowDifference*> order;
    const bool moves = moves_unique_values(index, order);
    for (const RowDifference* difference : order) {
      auto waiting = update_row(index, *difference, difference->columns);
      if (!waiting.empty()) later_.push_back({index, difference, std::move(waiting)});
      if (moves) batches_.flush();
    }
    batches_.flush();
  }

  /// Gives the columns that wait for rows which do not stand yet.
  std::vector<std::size_t> update_row(std::size_t index, const RowDifference& difference, const std::vector<std::size_t>& columns) {
    const MasterTable& table = tables_.tables[index];
    std::vector<std::size_t> waiting;
    std::vector<std::string> sets;
    std::vector<std::string> back;
    sql::Row values;
    for (const std::size_t c : columns) {
      const MasterColumn& column = table.columns[c];
      auto value = bound(column, difference.wanted.values[c]);
      if (!value && difference.wanted.values[c].is_object()) value = own_handle_of(difference, index, column, difference.wanted.values[c]);
      if (!value) {
        waiting.push_back(c);
        continue;
      }
      sets.push_back(quoted(column.name) + " = ?");
      if (undo_.is_kept()) {
        const auto let_go = gone_.find({&difference, c});
        const std::string before = let_go == gone_.end() ? dialect_.literal(difference.standing.raw[c]) : let_go->second;
        const bool is_exact = column.kind != ValueKind::Float && column.kind != ValueKind::Double;
        // what somebody writes later stays
        back.push_back(quoted(column.name) + " = " +
                       (is_exact ? "CASE WHEN " + quoted(column.name) + " " + same_ + " " + dialect_.literal(*value) + " THEN " + before + " ELSE " + quoted(column.name) + " END" : before));
      }
      values.push_back(std::move(*value));
    }
    if (sets.empty()) return waiting;
    std::vector<std::string> where;
    for (std::size_t a = 0; a < table.address.size(); ++a) {
      where.push_back(quoted(table.address[a]) + " = ?");
      values.push_back(difference.standing.raw[table.columns.size() + a]);
    }
    if (undo_.is_kept()) undo_.add(table.name, "UPDATE " + quoted(table.name) + " SET " + join(back, ", ") + " WHERE " + condition(table, difference.standing.raw));
    batches_.add("UPDATE " + quoted(table.name) + " SET " + join(sets, ", ") + " WHERE " + join(where, " AND "), std::move(values), place(index, difference.wanted));
    return waiting;
  }

  /// A row that refers to itself from now on.
  std::optional<sql::Value> own_handle_of(const RowDifference& difference, std::size_t index, const MasterColumn& column, const Json& value) const {
    const bool is_itself = column.parent == index && key_text(value) == difference.wanted.key;
    return is_itself ? own_handle(tables_.tables[index], difference.wanted, column) : std::nullopt;
  }

  void update_later() {
    for (const Later& later : later_) {
      if (!update_row(later.table, *later.difference, later.columns).empty()) lead_nowhere(later.table, later.difference->wanted);
    }
    batches_.flush();
    for (const Open& open : open_) set_open(open);
    batches_.flush();
  }

  [[noreturn]] void lead_nowhere(std::size_t index, const MasterRow& row) const {
    throw Error(place(index, row)() + ": a reference leads nowhere; nothing was written");
  }

  /// The row is found by its natural key: its id was the database's choice.
  void set_open(const Open& open) {
    const MasterTable& table = tables_.tables[open.table];
    const MasterColumn& column = table.columns[open.column];
    auto value = bound(column, open.row->values[open.column]);
    if (!value) lead_nowhere(open.table, *open.row);
    sql::Row values{std::move(*value)};
    std::vector<std::string> where;
    for (const std::size_t k : table.key) {
      auto part = bound(table.columns[k], open.row->values[k]);
      if (!part) lead_nowhere(open.table, *open.row);
      where.push_back(quoted(table.columns[k].name) + (sql::is_null(*part) ? " IS NULL" : " = ?"));
      if (!sql::is_null(*part)) values.push_back(std::move(*part));
    }
    const std::string begin = "UPDATE " + quoted(table.name) + " SET " + quoted(column.name);
    if (undo_.is_kept()) {
      const auto whole_key = key_condition(open.table, *open.row);
      if (whole_key) undo_.add(table.name, begin + " = NULL WHERE " + *whole_key);
    }
    batches_.add(begin + " = ? WHERE " + join(where, " AND "), std::move(values), place(open.table, *open.row));
  }

  std::optional<std::string> key_condition(std::size_t index, const MasterRow& row) const {
    const MasterTable& table = tables_.tables[index];
    std::vector<std::string> where;
    for (const std::size_t k : table.key) {
      const auto part = bound(table.columns[k], row.values[k]);
      if (!part) return std::nullopt;
      where.push_back(quoted(table.columns[k].name) + " " + same_ + " " + dialect_.literal(*part));
    }
    return join(where, " AND ");
  }

  // --- unique values that move

  static std::string tuple(const std::vector<std::size_t>& columns, const std::vector<Json>& values, const std::vector<Json>& otherwise) {
    std::string text;
    for (const std::size_t c : columns) {
      const Json& value = values[c].is_discarded() ? otherwise[c] : values[c];
      if (value.is_null()) return {};  // NULLs are never equal
      text += shown(value) + "\n";
    }
    return text;
  }

  /// The order in which the rows of a table are updated; true where it counts. Where values go round in a circle, one row lets
  /// go of its value first.
  bool moves_unique_values(std::size_t index, std::vector<const RowDifference*>& order) {
    const auto& updated = work_.tables[index].updated;
    std::vector<std::pair<std::size_t, std::size_t>> edges;
    std::map<std::pair<std::size_t, std::size_t>, const std::vector<std::size_t>*> key_of_edge;
    for (const auto& key : tables_.tables[index].unique) {
      std::map<std::string, std::size_t> holders;
      const auto touches = [&](const RowDifference& row) {
        return std::any_of(key.begin(), key.end(), [&](std::size_t c) { return std::find(row.columns.begin(), row.columns.end(), c) != row.columns.end(); });
      };
      for (std::size_t i = 0; i < updated.size(); ++i) {
        if (!touches(updated[i])) continue;
        const std::string held = tuple(key, updated[i].standing.row.values, updated[i].standing.row.values);
        if (!held.empty()) holders.emplace(held, i);
      }
      for (std::size_t i = 0; i < updated.size() && !holders.empty(); ++i) {
        if (!touches(updated[i])) continue;
        const auto holder = holders.find(tuple(key, updated[i].wanted.values, updated[i].standing.row.values));
        if (holder == holders.end() || holder->second == i) continue;
        edges.emplace_back(holder->second, i);
        key_of_edge.emplace(edges.back(), &key);
      }
    }
    if (edges.empty()) {
      for (const RowDifference& row : updated) order.push_back(&row);
      return false;
    }
    const Order sorted = ordered(updated.size(), edges);
    for (const auto& edge : sorted.broken) let_go(index, updated[edge.first], *key_of_edge.at(edge));
    for (const std::size_t i : sorted.nodes) order.push_back(&updated[i]);
    return true;
  }

  void let_go(std::size_t index, const RowDifference& row, const std::vector<std::size_t>& key) {
    const MasterTable& table = tables_.tables[index];
    const auto nullable = std::find_if(key.begin(), key.end(), [&](std::size_t c) { return table.columns[c].nullable; });
    const auto text = std::find_if(key.begin(), key.end(), [&](std::size_t c) { return table.columns[c].kind == ValueKind::Text || table.columns[c].kind == ValueKind::Char; });
    const auto number = std::find_if(key.begin(), key.end(), [&](std::size_t c) { return table.columns[c].kind == ValueKind::Integer && !table.columns[c].type.is_unsigned && !table.columns[c].parent; });
    ++let_go_;
    sql::Value meanwhile;
    std::size_t column = 0;
    if (nullable != key.end()) {
      column = *nullable;
    } else if (text != key.end()) {
      column = *text;
      meanwhile = "~" + std::to_string(let_go_);
    } else if (number != key.end()) {
      column = *number;
      meanwhile = -100 - let_go_;
    } else {
      throw Error(place(index, row.wanted)() + ": its unique value and those of other rows go round in a circle, and no column of them can hold another value meanwhile; nothing was written");
    }
    sql::Row values{meanwhile};
    std::vector<std::string> where;
    for (std::size_t a = 0; a < table.address.size(); ++a) {
      where.push_back(quoted(table.address[a]) + " = ?");
      values.push_back(row.standing.raw[table.columns.size() + a]);
    }
    const std::string begin = "UPDATE " + quoted(table.name) + " SET " + quoted(table.columns[column].name) + " = ";
    gone_.emplace(std::pair{&row, column}, dialect_.literal(meanwhile));
    undo_.add(table.name, begin + dialect_.literal(row.standing.raw[column]) + " WHERE " + condition(table, row.standing.raw));
    batches_.add(begin + "? WHERE " + join(where, " AND "), std::move(values), place(index, row.wanted));
    batches_.flush();
  }

  // --- deletes

  /// Takes rows away, details before their owners; gives the tables whose rows something still refers to.
  std::vector<std::size_t> delete_rows(std::vector<std::size_t> indexes, bool may_wait) {
    std::vector<std::size_t> waits;
    if (!may_wait) std::reverse(indexes.begin(), indexes.end());
    for (auto index = indexes.rbegin(); index != indexes.rend(); ++index) {
      if (work_.tables[*index].deleted.empty()) continue;
      if (!may_wait) {
        delete_table(*index);
        continue;
      }
      undo_.flush();
      connection_.execute("SAVEPOINT plumb_deletes");
      try {
        delete_table(*index);
        undo_.flush();
        connection_.execute("RELEASE SAVEPOINT plumb_deletes");
      } catch (const DatabaseError& error) {
        if (error.kind() != DatabaseErrorKind::Constraint) throw;
        connection_.execute("ROLLBACK TO SAVEPOINT plumb_deletes");
        undo_.forget();
        waits.push_back(*index);
      }
    }
    return waits;
  }

  void delete_table(std::size_t index) {
    const MasterTable& table = tables_.tables[index];
    std::vector<const StandingRow*> rows = children_first(index);
    if (undo_.is_kept()) keep_rows(table, rows);
    std::vector<std::string> where;
    for (const auto& name : table.address) where.push_back(quoted(name) + " = ?");
    Batches batches(connection_);
    for (const StandingRow* row : rows) {
      sql::Row values(row->raw.begin() + static_cast<std::ptrdiff_t>(table.columns.size()), row->raw.end());
      batches.add("DELETE FROM " + quoted(table.name) + " WHERE " + join(where, " AND "), std::move(values), place(index, row->row));
    }
    batches.flush();
  }

  std::vector<const StandingRow*> children_first(std::size_t index) const {
    const auto& deleted = work_.tables[index].deleted;
    std::map<std::string, std::size_t> numbers;
    for (std::size_t i = 0; i < deleted.size(); ++i) numbers.emplace(deleted[i].row.key, i);
    std::vector<std::pair<std::size_t, std::size_t>> edges;
    const MasterTable& table = tables_.tables[index];
    for (std::size_t c = 0; c < table.columns.size(); ++c) {
      if (table.columns[c].parent != index) continue;
      for (std::size_t i = 0; i < deleted.size(); ++i) {
        const Json& value = deleted[i].row.values[c];
        const auto parent = value.is_object() ? numbers.find(key_text(value)) : numbers.end();
        if (parent != numbers.end() && parent->second != i) edges.emplace_back(i, parent->second);
      }
    }
    std::vector<const StandingRow*> rows;
    for (const std::size_t i : ordered(deleted.size(), edges).nodes) rows.push_back(&deleted[i]);
    return rows;
  }

  /// The whole rows as INSERT statements, in the order in which they go.
  void keep_rows(const MasterTable& table, const std::vector<const StandingRow*>& rows) {
    std::vector<std::string> names;
    for (const auto& name : table.stored) names.push_back(quoted(name));
    const std::string begin = "INSERT INTO " + quoted(table.name) + " (" + join(names, ", ") + ") VALUES (";
    for (const StandingRow* row : rows) {
      const auto result = connection_.query("SELECT " + join(names, ", ") + " FROM " + quoted(table.name) + " WHERE " + condition(table, row->raw));
      if (result.rows.size() != 1) throw Error("table `" + table.name + "`, row " + row->row.key + " was not found again; nothing was written");
      std::vector<std::string> values;
      for (const auto& value : result.rows.front()) values.push_back(dialect_.literal(value));
      undo_.add(table.name, begin + join(values, ", ") + ")");
    }
  }

  // --- inserts

  void insert_rows() {
    std::vector<Waiting> waiting;
    for (const std::size_t index : tables_.by_reference) {
      for (const MasterRow& row : work_.tables[index].inserted) waiting.push_back({index, &row});
    }
    for (int round = 0; !waiting.empty(); ++round) {
      const std::size_t before = waiting.size();
      waiting = insert_round(waiting, round >= rounds_before_opening);
      if (waiting.size() == before) waiting = insert_round(waiting, true);
      if (waiting.size() != before) continue;
      const Waiting& first = waiting.front();
      throw Error(place(first.table, *first.row)() +
                  ": the row needs rows that need it, and none of these references may be null meanwhile; "
                  "nothing was written");
    }
  }

  /// Inserts what can be inserted; gives the rows that wait on.
  std::vector<Waiting> insert_round(const std::vector<Waiting>& waiting, bool leave_open) {
    std::vector<Waiting> left;
    for (auto begin = waiting.begin(); begin != waiting.end();) {
      const std::size_t index = begin->table;
      const auto end =
          std::find_if(begin, waiting.end(), [&](const Waiting& one) { return one.table != index; });
      const std::size_t waited_before = left.size();
      for (auto one = begin; one != end; ++one) {
        if (!insert_row(index, *one->row, leave_open)) left.push_back(*one);
      }
      batches_.flush();
      if (left.size() - waited_before != static_cast<std::size_t>(end - begin)) rows_.read_handles(index, handles_);
      begin = end;
    }
    return left;
  }

  bool insert_row(std::size_t index, const MasterRow& row, bool leave_open) {
    const MasterTable& table = tables_.tables[index];
    std::vector<std::size_t> columns;
    sql::Row values;
    std::vector<std::size_t> open;
    for (std::size_t c = 0; c < table.columns.size(); ++c) {
      const MasterColumn& column = table.columns[c];
      if (row.values[c].is_discarded()) continue;
      auto value = bound(column, row.values[c]);
      if (!value && refers_to_itself(index, row, column, row.values[c]))
        value = own_handle(table, row, column);
      if (!value) {
        if (!leave_open || !column.nullable || column.in_key) return false;
        value = sql::Value();
        open.push_back(c);
      }
      columns.push_back(c);
      values.push_back(std::move(*value));
    }
    for (const std::size_t c : open) open_.push_back({index, &row, c});
    if (undo_.is_kept()) {
      if (const auto where = key_condition(index, row)) undo_.add(table.name, "DELETE FROM " + quoted(table.name) + " WHERE " + *where);
    }
    batches_.add(insert_statement(index, columns), std::move(values), place(index, row));
    return true;
  }

  const std::string& insert_statement(std::size_t index, const std::vector<std::size_t>& columns) {
    std::string& statement = statements_[{index, columns}];
    if (!statement.empty()) return statement;
    const MasterTable& table = tables_.tables[index];
    std::vector<std::string> names;
    for (const std::size_t c : columns) names.push_back(quoted(table.columns[c].name));
    const std::vector<std::string> marks(names.size(), "?");
    statement = "INSERT INTO " + quoted(table.name) + " (" + join(names, ", ") + ") VALUES (" + join(marks, ", ") + ")";
    return statement;
  }

  static bool refers_to_itself(std::size_t index, const MasterRow& row, const MasterColumn& column,
                               const Json& value) {
    return column.parent == index && key_text(value) == row.key;
  }

  /// A row may refer to itself from the start when the value that it refers to is a field of it.
  std::optional<sql::Value> own_handle(const MasterTable& table, const MasterRow& row,
                                       const MasterColumn& column) const {
    for (std::size_t c = 0; c < table.columns.size(); ++c) {
      const MasterColumn& own = table.columns[c];
      if (own.name == column.parent_column && !own.parent && !row.values[c].is_discarded())
        return to_database(row.values[c], own);
    }
    return std::nullopt;
  }

  db::Connection& connection_;
  const Dialect& dialect_;
  const Package& package_;
  const MasterTables& tables_;
  const DatabaseRows& rows_;
  Handles& handles_;
  const Work& work_;
  UndoLog& undo_;
  Batches batches_;
  std::string same_;
  std::vector<Later> later_;
  std::vector<Open> open_;
  std::map<std::pair<std::size_t, std::vector<std::size_t>>, std::string> statements_;
  std::map<std::pair<const RowDifference*, std::size_t>, std::string> gone_;  ///< values that rows have meanwhile
  std::int64_t let_go_ = 0;
};

}  // namespace

void write_rows(db::Connection& connection, const Dialect& dialect, const Package& package, const MasterTables& tables, const DatabaseRows& rows,
                Handles& handles, const Work& work, UndoLog& undo) {
  Writer(connection, dialect, package, tables, rows, handles, work, undo).write();
}

}  // namespace plumb::data
