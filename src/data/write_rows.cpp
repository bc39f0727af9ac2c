#include "data/write_rows.hpp"

#include <algorithm>
#include <functional>
#include <map>
#include <memory>

#include "support/error.hpp"
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
  Writer(db::Connection& connection, const Dialect& dialect, const std::string& folder,
         const MasterTables& tables, Rows& standing)
      : connection_(connection),
        dialect_(dialect),
        folder_(folder),
        tables_(tables),
        standing_(standing),
        batches_(connection) {}

  /// Updates first: they may free a value of a unique index that a new row has.
  void write(const Package& package, const Differences& found) {
    const bool all_updated = update_rows(found);
    insert_rows(found);
    if (all_updated && !left_open_) return;
    standing_ = read_rows(connection_, dialect_, tables_);
    if (!update_rows(differences(folder_, tables_, standing_, package)))
      throw Error("a reference of a row that was just written leads nowhere; nothing was written");
  }

 private:
  struct Waiting {
    std::size_t table;
    const MasterRow* row;
  };

  /// The value to bind; nothing when it refers to a row that does not stand yet.
  std::optional<sql::Value> bound(const MasterColumn& column, const Json& value) const {
    if (!column.parent || value.is_null()) return to_database(value, column);
    const auto& handles = standing_.handle_of_key[*column.parent];
    const auto handle = handles.find(column.parent_column);
    if (handle == handles.end()) return std::nullopt;
    const auto found = handle->second.find(key_text(value));
    return found == handle->second.end() ? std::nullopt : std::optional<sql::Value>(found->second);
  }

  std::function<std::string()> place(std::size_t index, const MasterRow& row) const {
    return [this, index, &row] { return place_of(folder_, tables_.tables[index], row); };
  }

  /// False when references kept a row from being updated.
  bool update_rows(const Differences& found) {
    bool all = true;
    for (const std::size_t index : tables_.by_reference) {
      for (const RowDifference& difference : found.tables[index].updated)
        all = update_row(index, difference) && all;
      batches_.flush();
    }
    return all;
  }

  bool update_row(std::size_t index, const RowDifference& difference) {
    const MasterTable& table = tables_.tables[index];
    std::vector<std::string> sets;
    sql::Row values;
    for (const std::size_t c : difference.columns) {
      auto value = bound(table.columns[c], difference.wanted->values[c]);
      if (!value) return false;
      sets.push_back(dialect_.quote(table.columns[c].name) + " = ?");
      values.push_back(std::move(*value));
    }
    std::vector<std::string> where;
    for (std::size_t a = 0; a < table.address.size(); ++a) {
      where.push_back(dialect_.quote(table.address[a]) + " = ?");
      values.push_back(difference.standing->address[a]);
    }
    batches_.add("UPDATE " + dialect_.quote(table.name) + " SET " + join(sets, ", ") + " WHERE " +
                     join(where, " AND "),
                 std::move(values), place(index, *difference.wanted));
    return true;
  }

  void insert_rows(const Differences& found) {
    std::vector<Waiting> waiting;
    for (const std::size_t index : tables_.by_reference) {
      for (const MasterRow* row : found.tables[index].inserted) waiting.push_back({index, row});
    }
    for (int round = 0; !waiting.empty(); ++round) {
      const std::size_t before = waiting.size();
      waiting = insert_round(waiting, round >= rounds_before_opening);
      if (waiting.size() == before) waiting = insert_round(waiting, true);
      if (waiting.size() != before) continue;
      const Waiting& first = waiting.front();
      throw Error(place_of(folder_, tables_.tables[first.table], *first.row) +
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
      if (left.size() - waited_before != static_cast<std::size_t>(end - begin))
        read_handles(connection_, dialect_, tables_, index, standing_);
      begin = end;
    }
    return left;
  }

  bool insert_row(std::size_t index, const MasterRow& row, bool leave_open) {
    const MasterTable& table = tables_.tables[index];
    std::vector<std::string> names;
    sql::Row values;
    bool left_open = false;
    for (std::size_t c = 0; c < table.columns.size(); ++c) {
      const MasterColumn& column = table.columns[c];
      if (row.values[c].is_discarded()) continue;
      auto value = bound(column, row.values[c]);
      if (!value && refers_to_itself(index, row, column, row.values[c]))
        value = own_handle(table, row, column);
      if (!value) {
        if (!leave_open || !column.nullable || column.in_key) return false;
        value = sql::Value();
        left_open = true;
      }
      names.push_back(dialect_.quote(column.name));
      values.push_back(std::move(*value));
    }
    left_open_ = left_open_ || left_open;
    const std::vector<std::string> marks(names.size(), "?");
    batches_.add("INSERT INTO " + dialect_.quote(table.name) + " (" + join(names, ", ") + ") VALUES (" +
                     join(marks, ", ") + ")",
                 std::move(values), place(index, row));
    return true;
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
  const std::string& folder_;
  const MasterTables& tables_;
  Rows& standing_;
  Batches batches_;
  bool left_open_ = false;
};

}  // namespace

void write_rows(db::Connection& connection, const Dialect& dialect, const std::string& folder,
                const MasterTables& tables, Rows& standing, const Package& package,
                const Differences& found) {
  Writer(connection, dialect, folder, tables, standing).write(package, found);
}

}  // namespace plumb::data
