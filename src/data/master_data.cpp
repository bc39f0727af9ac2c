#include "data/master_data.hpp"

#include <algorithm>

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

MasterTables usable_tables(const Description& description) {
  MasterTables tables = master_tables(description);
  std::vector<std::string> reasons;
  for (const auto& error : tables.errors)
    reasons.push_back((error.origin.file.empty() ? "" : error.origin.to_string() + ": ") + error.text);
  if (!reasons.empty()) throw Error(join(reasons, "\n"));
  if (tables.tables.empty()) throw Error("the description has no master tables");
  return tables;
}

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
};

class Session {
 public:
  Session(db::Connection& connection, const Dialect& dialect, const Description& description, const std::string& path, const SyncOptions& options,
          const SeenTables& seen)
      : connection_(connection), dialect_(dialect), tables_(usable_tables(description)), package_(path, tables_), options_(options), seen_(seen), utc_(connection, dialect),
        rows_(connection, dialect, tables_, seen_, [this](std::string text) { problems_.add(std::move(text)); }) {}

  Compared compare() {
    Handles handles = rows_.handles();
    Differences found = differences(package_, tables_, rows_, handles, rows_needed(tables_, options_), problems_);
    if (problems_.empty()) find_equal_keys(connection_, dialect_, package_, tables_, rows_, handles, found, problems_);
    Work work = work_of(connection_, dialect_, package_, tables_, seen_, std::move(found), options_, problems_);
    return {std::move(handles), std::move(work)};
  }

  /// Requires: a transaction. Gives what was done; where problems or conflicts forbid it, nothing was.
  Comparison sync() {
    Compared compared = compare();
    Work& work = compared.work;
    if (!work.comparison.problems.empty() || work.comparison.conflicts() > 0) return std::move(work.comparison);
    if (!work.empty()) write(compared);
    Memory memory(connection_, dialect_);
    for (std::size_t index = 0; index < tables_.tables.size(); ++index) {
      if (work.in_package[index]) memory.keep(tables_.tables[index].name, work.brought[index]);
    }
    return std::move(work.comparison);
  }

 private:
  void write(Compared& compared) {
    const auto any = [&](const auto& condition) { return std::any_of(compared.work.tables.begin(), compared.work.tables.end(), condition); };
    const bool deletes = any([](const TableWork& table) { return !table.deleted.empty(); });
    const bool updates = any([](const TableWork& table) { return !table.updated.empty(); });
    std::optional<ProtectedRows> others;
    if (deletes || updates) others.emplace(connection_, dialect_, names_of(tables_), deletes);
    UndoLog undo(connection_, dialect_, options_.aside);
    {
      auto writable = others ? others->tables() : std::vector<std::string>();
      for (auto& name : names_of(tables_)) writable.push_back(std::move(name));
      if (undo.is_kept()) writable.push_back(options_.aside);
      const WriteGuard guard(connection_, writable);
      if (!guard.is_the_engines()) refuse_other_writers(connection_, dialect_, tables_, compared.work);
      write_rows(connection_, dialect_, package_, tables_, rows_, compared.handles, compared.work, undo);
    }
    if (others) others->check();
    check_written(compared.work);
  }

  /// After writing nothing may differ but what was left on purpose.
  void check_written(const Work& work) {
    Problems found;
    const DatabaseRows rows(connection_, dialect_, tables_, seen_, [&](std::string text) { found.add(std::move(text)); });
    const Handles handles = rows.handles();
    Differences left = differences(package_, tables_, rows, handles, InFull(tables_.tables.size(), false), found);
    for (std::size_t index = 0; index < left.tables.size(); ++index) {
      const TableDifference& table = left.tables[index];
      const auto is_left = [&](const std::string& key) { return work.tables[index].left.contains(key); };
      const auto refuse = [&](const MasterRow& row, const std::string& what) {
        throw Error(place_of(package_, tables_, index, row) + ": after writing, " + what + " not what the file says (a trigger may have changed it); everything was rolled back");
      };
      for (const MasterRow& row : table.inserted) {
        if (!is_left(row.key)) refuse(row, "the row is");
      }
      for (const RowDifference& row : table.updated) {
        if (is_left(row.wanted.key)) continue;
        const std::size_t c = row.columns.front();
        refuse(row.wanted, "`" + tables_.tables[index].columns[c].name + "` is " + shortened(shown(row.standing.row.values[c]), 60) + ", which is");
      }
    }
    if (!found.empty()) throw Error("after writing: " + found.all().front() + "; everything was rolled back");
  }

  db::Connection& connection_;
  const Dialect& dialect_;
  MasterTables tables_;
  Package package_;
  const SyncOptions& options_;
  const SeenTables& seen_;
  UtcSession utc_;
  Problems problems_;
  DatabaseRows rows_;
};

}  // namespace

std::uint64_t Comparison::changes() const {
  std::uint64_t count = 0;
  for (const TableChanges& table : tables) count += table.inserted.size() + table.updated.size() + table.deleted.size() + table.retired.size();
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
    for (const auto& key : table.inserted) add("+" + key);
    add_changes("~", table.updated);
    for (const auto& key : table.deleted) add("-" + key);
    add_changes("r", table.retired);
  }
  return sum.hex();
}

std::uint64_t export_rows(db::Connection& connection, const Dialect& dialect, const Description& description, const std::string& path, const std::string& time) {
  const MasterTables tables = usable_tables(description);
  const UtcSession utc(connection, dialect);
  Problems problems;
  const SeenTables as_they_are;
  const DatabaseRows rows(connection, dialect, tables, as_they_are, [&](std::string text) { problems.add(std::move(text)); });
  std::vector<std::vector<MasterRow>> read(tables.tables.size());
  {
    const ReadTransaction transaction(connection);
    const Handles handles = rows.handles();
    for (std::size_t index = 0; index < tables.tables.size(); ++index) {
      if (tables.tables[index].is_left_out) continue;
      std::unordered_set<std::string> keys;
      const bool checks_keys = tables.tables[index].handles.empty();
      rows.for_each(index, handles, [&](MasterRow row, const sql::Row&) {
        if (checks_keys && !keys.insert(row.key).second) problems.add("table `" + tables.tables[index].name + "` has several rows with the natural key " + row.key);
        row.address.clear();
        read[index].push_back(std::move(row));
      });
    }
  }
  if (!problems.empty()) throw Error(join(problems.all(), "\n"));
  write_package(path, tables, read, {connection.display_name(), time});
  std::uint64_t count = 0;
  for (const auto& table : read) count += table.size();
  return count;
}

std::vector<std::string> verify(const Description& description, const std::string& path) {
  const MasterTables tables = usable_tables(description);
  const Package package(path, tables);
  Problems problems;
  if (!package.is_sealed()) problems.add(package.path() + ": holds no checksums.txt; `plumb data seal` writes it");
  note_files_of_no_table(package, tables, problems);
  std::vector<std::unordered_set<std::string>> keys(tables.tables.size());
  std::vector<std::uint64_t> counts(tables.tables.size(), 0);
  const PackageReader reader(package, tables, problems);
  for (std::size_t root = 0; root < tables.tables.size(); ++root) {
    if (tables.tables[root].owner) continue;
    reader.read(root, [&](std::size_t index, MasterRow row) {
      ++counts[index];
      if (!keys[index].insert(row.key).second) problems.add(place_of(package, tables, index, row) + ": the natural key stands twice in `" + tables.tables[index].name + "`");
    });
  }
  for (std::size_t index = 0; index < tables.tables.size(); ++index) {
    const auto said = package.metadata().rows.find(tables.tables[index].name);
    if (said == package.metadata().rows.end() || tables.tables[index].is_left_out || package.metadata().data_format != tables.format.version || said->second == counts[index]) continue;
    problems.add(package.path() + "/metadata.json: says " + counted(said->second, "row") + " of `" + tables.tables[index].name + "`, and there are " + grouped(counts[index]));
  }
  return problems.all();
}

Comparison compare(db::Connection& connection, const Dialect& dialect, const Description& description, const std::string& path, const SyncOptions& options,
                   const SeenTables& seen) {
  const ReadTransaction transaction(connection);
  return compare_inside(connection, dialect, description, path, options, seen);
}

Comparison compare_inside(db::Connection& connection, const Dialect& dialect, const Description& description, const std::string& path,
                          const SyncOptions& options, const SeenTables& seen) {
  const auto begin = Clock::now();
  Session session(connection, dialect, description, path, options, seen);
  Comparison comparison = session.compare().work.comparison;
  comparison.duration = std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - begin);
  return comparison;
}

void prepare_sync(db::Connection& connection, const Dialect& dialect) {
  if (db::single_integer(connection, dialect.memory_query()) == 0) connection.execute(dialect.memory_table());
}

Comparison sync_inside(db::Connection& connection, const Dialect& dialect, const Description& description, const std::string& path, const SyncOptions& options) {
  const auto begin = Clock::now();
  for (const auto& statement : dialect.sync_session()) connection.execute(statement);
  const SeenTables as_they_are;
  Session session(connection, dialect, description, path, options, as_they_are);
  Comparison comparison = session.sync();
  comparison.duration = std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - begin);
  return comparison;
}

Comparison sync(db::Connection& connection, const Dialect& dialect, const Description& description, const std::string& path, const SyncOptions& options) {
  prepare_sync(connection, dialect);
  for (const auto& statement : dialect.sync_session()) connection.execute(statement);
  db::Transaction transaction(connection);
  Comparison comparison = sync_inside(connection, dialect, description, path, options);
  if (comparison.problems.empty() && comparison.conflicts() == 0) transaction.commit();
  return comparison;
}

}  // namespace plumb::data
