#include "data/master_data.hpp"

#include <algorithm>

#include "data/differences.hpp"
#include "data/write_rows.hpp"
#include "support/error.hpp"
#include "support/text.hpp"

namespace plumb::data {
namespace {

MasterTables usable_tables(const Description& description) {
  MasterTables tables = master_tables(description);
  std::vector<std::string> reasons;
  for (const auto& error : tables.errors)
    reasons.push_back((error.origin.file.empty() ? "" : error.origin.to_string() + ": ") + error.text);
  if (!reasons.empty()) throw Error(join(reasons, "\n"));
  if (tables.tables.empty()) throw Error("the description has no master tables");
  return tables;
}

/// Timestamps in UTC while it lives, where there are any.
class UtcSession {
 public:
  UtcSession(db::Connection& connection, const Dialect& dialect, const MasterTables& tables)
      : connection_(connection) {
    const auto is_timestamp = [](const MasterColumn& column) {
      return column.type.kind == TypeKind::Timestamp;
    };
    const bool any = std::any_of(tables.tables.begin(), tables.tables.end(), [&](const MasterTable& table) {
      return std::any_of(table.columns.begin(), table.columns.end(), is_timestamp);
    });
    if (!any) return;
    for (const auto& statement : dialect.utc_begin()) connection.execute(statement);
    end_ = dialect.utc_end();
  }
  ~UtcSession() {
    try {
      for (const auto& statement : end_) connection_.execute(statement);
    } catch (const DatabaseError&) {
      // the session is gone, and its time zone with it
    }
  }
  UtcSession(const UtcSession&) = delete;
  UtcSession& operator=(const UtcSession&) = delete;

 private:
  db::Connection& connection_;
  std::vector<std::string> end_;
};

Differences found_differences(db::Connection& connection, const Dialect& dialect, const std::string& folder,
                              const MasterTables& tables, const Rows& standing, const Package& package) {
  Differences found = differences(folder, tables, standing, package);
  find_equal_keys(connection, dialect, folder, tables, standing, found);
  return found;
}

/// After writing nothing may differ.
void check_written(db::Connection& connection, const Dialect& dialect, const std::string& folder,
                   const MasterTables& tables, const Package& package) {
  const Rows after = read_rows(connection, dialect, tables);
  const Differences left = differences(folder, tables, after, package);
  for (std::size_t index = 0; index < left.tables.size(); ++index) {
    const TableDifference& table = left.tables[index];
    const auto refuse = [&](const MasterRow& row, const std::string& what) {
      throw Error(place_of(folder, tables.tables[index], row) + ": after writing, " + what +
                  " not what the file says (a trigger may have changed it); everything was rolled back");
    };
    if (!table.inserted.empty()) refuse(*table.inserted.front(), "the row is");
    if (table.updated.empty()) continue;
    const RowDifference& row = table.updated.front();
    const std::size_t c = row.columns.front();
    refuse(*row.wanted, "`" + tables.tables[index].columns[c].name + "` is " +
                            shortened(shown(row.standing->values[c]), 60) + ", which is");
  }
  if (!left.problems.empty())
    throw Error("after writing: " + left.problems.front() + "; everything was rolled back");
}

}  // namespace

std::uint64_t Comparison::changes() const {
  std::uint64_t count = 0;
  for (const TableChanges& table : tables) count += table.inserted.size() + table.updated.size();
  return count;
}

std::uint64_t export_rows(db::Connection& connection, const Dialect& dialect, const Description& description,
                          const std::string& folder) {
  const MasterTables tables = usable_tables(description);
  const UtcSession utc(connection, dialect, tables);
  const Rows rows = [&] {
    const ReadTransaction transaction(connection);
    return read_rows(connection, dialect, tables);
  }();
  const Differences found = differences(folder, tables, rows, empty_package(tables));
  if (!found.problems.empty()) throw Error(join(found.problems, "\n"));
  write_package(folder, tables, rows);
  std::uint64_t count = 0;
  for (const auto& table : rows.tables) count += table.size();
  return count;
}

Comparison compare(db::Connection& connection, const Dialect& dialect, const Description& description,
                   const std::string& folder) {
  const MasterTables tables = usable_tables(description);
  const UtcSession utc(connection, dialect, tables);
  const ReadTransaction transaction(connection);
  const Rows standing = read_rows(connection, dialect, tables);
  const Package package = read_package(folder, tables, standing);
  return comparison_of(tables, found_differences(connection, dialect, folder, tables, standing, package));
}

Comparison sync(db::Connection& connection, const Dialect& dialect, const Description& description,
                const std::string& folder) {
  const MasterTables tables = usable_tables(description);
  for (const auto& statement : dialect.sync_session()) connection.execute(statement);
  const UtcSession utc(connection, dialect, tables);
  db::Transaction transaction(connection);
  Rows standing = read_rows(connection, dialect, tables);
  const Package package = read_package(folder, tables, standing);
  Comparison result;
  {
    const Differences found = found_differences(connection, dialect, folder, tables, standing, package);
    result = comparison_of(tables, found);
    if (!result.problems.empty() || found.empty()) return result;
    const WriteGuard guard(connection, dialect, tables, found);
    write_rows(connection, dialect, folder, tables, standing, package, found);
  }
  check_written(connection, dialect, folder, tables, package);
  transaction.commit();
  return result;
}

}  // namespace plumb::data
