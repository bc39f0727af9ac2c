#include "data/master_data.hpp"

#include <algorithm>

#include "data/check_written.hpp"
#include "data/differences.hpp"
#include "data/memory.hpp"
#include "data/undo.hpp"
#include "data/work.hpp"
#include "data/write_guard.hpp"
#include "data/write_rows.hpp"
#include "support/error.hpp"
#include "support/fingerprint.hpp"
#include "support/text.hpp"

namespace plumb::data {
namespace {

using Clock = std::chrono::steady_clock;

std::vector<std::string> names_of(const MasterTables& tables) {
  std::vector<std::string> names;
  for (const MasterTable& table : tables.tables) {
    if (!table.is_left_out) names.push_back(table.name);
  }
  return names;
}

/// A package held against a database, and what follows from it.
struct Compared {
  Handles handles;
  Work work;
  std::uint64_t raw = 0;     ///< of the rows that stand
  std::uint64_t memory = 0;  ///< of what was brought before
};

class Session final : public Prepared {
 public:
  Session(db::Connection& connection, const Dialect& dialect, const Description& description, const std::string& path, const SyncOptions& options,
          const SeenTables& seen)
      : connection_(connection), dialect_(dialect), tables_(usable_tables(description)), package_(path, tables_), options_(options), seen_(seen),
        rows_(connection, dialect, tables_, seen_, [this](std::string text) { problems_.add(std::move(text)); }) {}

  const Comparison& compare() {
    const UtcSession utc(connection_, dialect_);
    const Memory memory(connection_, dialect_);
    compared_.handles = rows_.handles();
    Differences found = differences(package_, tables_, rows_, compared_.handles, rows_needed(tables_, options_), &memory, problems_);
    compared_.raw = found.raw;
    compared_.memory = memory.state();
    if (problems_.empty()) find_equal_keys(connection_, dialect_, package_, tables_, rows_, compared_.handles, found, problems_);
    compared_.work = work_of(connection_, dialect_, package_, tables_, seen_, std::move(found), options_, problems_);
    return compared_.work.comparison;
  }

  /// Whether rows of users refer to rows that go is asked anew each time.
  bool holds(const SyncOptions& options) const override {
    SyncOptions same = options;
    same.aside = options_.aside;
    const auto& changes = compared_.work.comparison.tables;
    const bool takes_away = std::any_of(changes.begin(), changes.end(), [](const TableChanges& table) { return !table.deleted.empty() || !table.retired.empty() || !table.kept.empty(); });
    if (is_used_ || !seen_.empty() || same != options_ || takes_away || !problems_.empty()) return false;
    const UtcSession utc(connection_, dialect_);
    return Memory(connection_, dialect_).state() == compared_.memory && raw_state(rows_, tables_.tables.size()) == compared_.raw;
  }

  /// Requires: a transaction, and compare(). Gives what was done; where problems or conflicts forbid it, nothing was.
  Comparison sync(const std::string& aside) {
    const UtcSession utc(connection_, dialect_);
    options_.aside = aside;
    is_used_ = true;
    Work& work = compared_.work;
    if (!work.comparison.problems.empty() || work.comparison.conflicts() > 0) return std::move(work.comparison);
    UndoLog undo(connection_, dialect_, options_.aside);
    if (!work.empty()) write(undo);
    Memory memory(connection_, dialect_);
    for (std::size_t index = 0; index < tables_.tables.size(); ++index) {
      if (!work.tables[index].in_package) continue;
      remember_fields(index, work.tables[index]);
      memory.keep(tables_.tables[index].name, work.tables[index].brought.rows(), std::move(work.tables[index].also_brought), undo);
    }
    undo.flush();
    return std::move(work.comparison);
  }

  const std::string& fingerprint() const { return package_.fingerprint(); }

 private:
  void write(UndoLog& undo) {
    Work& work = compared_.work;
    const auto any = [&](const auto& condition) { return std::any_of(work.tables.begin(), work.tables.end(), condition); };
    const bool deletes = any([](const TableWork& table) { return !table.deleted.empty(); });
    const bool updates = any([](const TableWork& table) { return !table.updated.empty(); });
    std::optional<ProtectedRows> others;
    if (deletes || updates) others.emplace(connection_, dialect_, names_of(tables_), deletes);
    {
      auto writable = others ? others->tables() : std::vector<std::string>();
      for (auto& name : names_of(tables_)) writable.push_back(std::move(name));
      if (undo.is_kept()) writable.push_back(options_.aside);
      const WriteGuard guard(connection_, writable);
      if (!guard.is_the_engines()) refuse_other_writers(connection_, dialect_, tables_, work);
      const auto spent = write_rows(connection_, dialect_, package_, tables_, rows_, compared_.handles, work, undo);
      for (TableChanges& table : work.comparison.tables) table.duration += std::chrono::duration_cast<std::chrono::milliseconds>(spent[*tables_.find(table.table)]);
    }
    if (others) others->check();
    check_written({connection_, dialect_, package_, tables_}, work);
  }

  /// Of rows that leave fields out, the fields that were brought, and the whole rows as they stand now.
  void remember_fields(std::size_t index, TableWork& work) const {
    if (work.partial.empty()) return;
    for (const auto& [key, content] : work.fields) work.also_brought.push_back({key, content});
    const Handles handles = rows_.handles();
    std::string bytes;
    rows_.for_each(index, handles, [&](const MasterRow& row, const sql::Row&) {
      const RowHash hash = hash_of(tables_.tables[index], row, bytes);
      if (!work.partial.contains(hash.key)) return;
      const auto own = work.own.find(hash.key);
      work.also_brought.push_back(own == work.own.end() ? hash : RowHash{hash.key, own->second});
    });
  }

  db::Connection& connection_;
  const Dialect& dialect_;
  MasterTables tables_;
  Package package_;
  SyncOptions options_;
  const SeenTables seen_;
  Problems problems_;
  DatabaseRows rows_;
  Compared compared_;
  bool is_used_ = false;
};

}  // namespace

std::uint64_t Comparison::changes() const {
  std::uint64_t count = 0;
  for (const TableChanges& table : tables) count += table.inserted_count + table.updated.size() + table.deleted.size() + table.retired.size();
  return count;
}

std::uint64_t Comparison::conflicts() const {
  std::uint64_t count = 0;
  for (const TableChanges& table : tables) count += table.conflicts.size();
  return count;
}

std::string Comparison::fingerprint() const {
  Sha256 sum;
  const auto add = [&](const std::string& text) { sum.update(std::to_string(text.size()) + ":" + text); };
  const auto add_changes = [&](const char* kind, const std::vector<RowChange>& changes) {
    for (const RowChange& change : changes) {
      add(kind + change.key);
      for (const FieldChange& field : change.fields) {
        add(field.column);
        add(field.before);
        add(field.after);
      }
    }
  };
  for (const TableChanges& table : tables) {
    add(table.table);
    add("+" + table.inserted_digest);
    add_changes("~", table.updated);
    for (const auto& key : table.deleted) add("-" + key);
    add_changes("r", table.retired);
  }
  return sum.hex();
}

Comparison compare(db::Connection& connection, const Dialect& dialect, const Description& description, const std::string& path, const SyncOptions& options,
                   const SeenTables& seen) {
  const ReadTransaction transaction(connection);
  return compare_inside(connection, dialect, description, path, options, seen);
}

Comparison compare_inside(db::Connection& connection, const Dialect& dialect, const Description& description, const std::string& path,
                          const SyncOptions& options, const SeenTables& seen) {
  const auto begin = Clock::now();
  const auto session = std::make_shared<Session>(connection, dialect, description, path, options, seen);
  Comparison comparison = session->compare();
  if (seen.empty()) comparison.prepared = session;
  comparison.duration = std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - begin);
  return comparison;
}

void prepare_sync(db::Connection& connection, const Dialect& dialect) {
  if (db::single_integer(connection, dialect.memory_query()) == 0) connection.execute(dialect.memory_table());
}

Comparison sync_inside(db::Connection& connection, const Dialect& dialect, const Description& description, const std::string& path, const SyncOptions& options,
                       const std::shared_ptr<Prepared>& prepared) {
  const auto begin = Clock::now();
  for (const auto& statement : dialect.sync_session()) connection.execute(statement);
  auto session = std::dynamic_pointer_cast<Session>(prepared);
  if (!session || !session->holds(options)) {
    session = std::make_shared<Session>(connection, dialect, description, path, options, SeenTables());
    session->compare();
  }
  Comparison comparison = session->sync(options.aside);
  comparison.duration = std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - begin);
  return comparison;
}

Comparison sync(db::Connection& connection, const Dialect& dialect, const Description& description, const std::string& path, const SyncOptions& options,
                const std::shared_ptr<Prepared>& prepared) {
  prepare_sync(connection, dialect);
  for (const auto& statement : dialect.sync_session()) connection.execute(statement);
  db::Transaction transaction(connection);
  Comparison comparison = sync_inside(connection, dialect, description, path, options, prepared);
  if (comparison.problems.empty() && comparison.conflicts() == 0) transaction.commit();
  return comparison;
}

}  // namespace plumb::data
