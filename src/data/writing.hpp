// data/writing.hpp: what everything that writes rows works with. For this folder alone.
#pragma once

#include <chrono>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "data/batches.hpp"
#include "data/undo.hpp"
#include "data/undo_of_inserts.hpp"
#include "data/work.hpp"

namespace plumb::data {

class Writing {
 public:
  /// Borrows everything.
  Writing(db::Connection& connection, const Dialect& dialect, const Package& package, const MasterTables& tables, const DatabaseRows& rows, Handles& handles,
          const Work& work, UndoLog& undo);

  db::Connection& connection;
  const Dialect& dialect;
  const Package& package;
  const MasterTables& tables;
  const DatabaseRows& rows;
  Handles& handles;
  const Work& work;
  UndoLog& undo;
  Batches batches;
  std::vector<std::chrono::nanoseconds> spent;  ///< by table

  std::string quoted(const std::string& name) const { return dialect.quote(name); }
  /// The operator that also takes two NULLs for the same.
  const std::string& same() const { return same_; }
  /// The value to bind; nothing when it refers to a row that does not stand yet.
  std::optional<sql::Value> bound(const MasterColumn& column, const Json& value) const;
  /// What a reference to the row with this natural key holds; null when that row does not stand yet.
  const sql::Value* handle(const MasterColumn& reference, const std::string& key) const;
  /// A row may refer to itself from the start when the value that it refers to is a field of it.
  std::optional<sql::Value> own_handle(const MasterTable& table, const MasterRow& row, const MasterColumn& column) const;
  /// Finds a row that stands by its address.
  std::string condition(const MasterTable& table, const sql::Row& raw) const;
  /// Finds a row by its natural key; nothing where that refers to a row that does not stand.
  std::optional<std::string> key_condition(std::size_t table, const MasterRow& row) const;
  /// "PACKAGE/TABLE.json: row 12 {…}".
  std::string place(const WrittenRow& written) const;
  std::string place(std::size_t table, const MasterRow& row) const { return place({table, &row, 0}); }

 private:
  std::string same_;
};

/// Fields of rows that stand.
class RowUpdates {
 public:
  explicit RowUpdates(Writing& writing) : writing_(writing) {}

  /// What can be changed now: the rest waits for rows that do not stand yet.
  void update(std::size_t table);
  /// The rest. Throws Error where a reference still leads nowhere.
  void update_the_rest();

 private:
  /// Fields of a row that wait for new rows.
  struct Later {
    std::size_t table;
    const RowDifference* difference;
    std::vector<std::size_t> columns;
  };

  std::vector<std::size_t> update_row(std::size_t table, const RowDifference& difference, const std::vector<std::size_t>& columns);
  std::string way_back(const MasterColumn& column, const RowDifference& difference, std::size_t c, const sql::Value& value) const;
  std::optional<sql::Value> own_handle_of(const RowDifference& difference, std::size_t table, const MasterColumn& column, const Json& value) const;
  bool moves_unique_values(std::size_t table, std::vector<const RowDifference*>& order);
  void let_go(std::size_t table, const RowDifference& row, const std::vector<std::size_t>& key);

  Writing& writing_;
  std::vector<Later> later_;
  std::map<std::pair<const RowDifference*, std::size_t>, std::string> gone_;  ///< values that rows have meanwhile
  std::int64_t let_go_ = 0;
};

/// Rows that go.
class RowDeletes {
 public:
  explicit RowDeletes(Writing& writing) : writing_(writing) {}

  /// Details before their owners. Where `may_wait`, tables whose rows something still refers to are left and given back.
  std::vector<std::size_t> remove(std::vector<std::size_t> tables, bool may_wait);

 private:
  void remove_from(std::size_t table);
  std::vector<const StandingRow*> children_first(std::size_t table) const;
  void keep_rows(const MasterTable& table, const std::vector<const StandingRow*>& rows);

  Writing& writing_;
};

/// New rows.
class RowInserts {
 public:
  explicit RowInserts(Writing& writing) : writing_(writing), undo_(writing.dialect, writing.tables, writing.undo, writing.batches) {}

  /// All of them, in an order in which references find their rows; in a circle a reference that may be null is left open.
  void insert();
  /// Sets these.
  void set_open();

 private:
  struct Waiting {
    std::size_t table;
    const MasterRow* row;
  };
  /// A field of a new row that could not be set at once.
  struct Open {
    std::size_t table;
    const MasterRow* row;
    std::size_t column;
  };

  void insert_fresh(std::size_t table, std::vector<Waiting>& waiting);
  bool find_referred(const MasterTable& table, const QuickRow& row);
  void end_of_pass(std::size_t table);
  std::vector<Waiting> insert_round(const std::vector<Waiting>& waiting, bool leave_open);
  bool insert_row(std::size_t table, const MasterRow& row, bool leave_open, bool is_lasting = true);
  const std::string& insert_statement(std::size_t table, const std::vector<std::size_t>& columns);
  void set_open(const Open& open);

  Writing& writing_;
  UndoOfInserts undo_;
  std::vector<Open> open_;
  std::deque<MasterRow> held_;  ///< fresh rows that wait
  std::map<std::pair<std::size_t, std::vector<std::size_t>>, std::string> statements_;
  std::vector<std::pair<std::size_t, const sql::Value*>> referred_;  ///< columns of the row that is inserted
};

/// A reference that nothing resolved.
[[noreturn]] void lead_nowhere(const Writing& writing, std::size_t table, const MasterRow& row);

}  // namespace plumb::data
