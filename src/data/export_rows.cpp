#include <algorithm>

#include "data/package.hpp"
#include "data/write_guard.hpp"
#include "support/error.hpp"
#include "support/text.hpp"

namespace plumb::data {
namespace {

/// The rows of the master tables on their way into a package: large tables as lines that are put in order, the others held.
class Exported {
 public:
  Exported(db::Connection& connection, const Dialect& dialect, const MasterTables& tables)
      : connection_(connection), dialect_(dialect), tables_(tables), rows_(connection, dialect, tables, as_they_are_, [this](std::string text) { problems_.add(std::move(text)); }),
        content_(tables.tables.size()) {}

  /// Throws Error with everything that is wrong with the rows.
  std::vector<TableContent> read() {
    const ReadTransaction transaction(connection_);
    const Handles handles = rows_.handles();
    for (std::size_t index = 0; index < tables_.tables.size(); ++index) read_table(index, handles);
    if (!problems_.empty()) throw Error(join(problems_.all(), "\n"));
    return std::move(content_);
  }

 private:
  void read_table(std::size_t index, const Handles& handles) {
    const MasterTable& table = tables_.tables[index];
    if (table.is_left_out) return;
    TableContent& content = content_[index];
    const bool stands_alone = !table.owner && table.details.empty();
    if (stands_alone && rows_.count(index) > most_rows_of_an_array) content.lines = std::make_unique<SortedLines>();
    std::vector<std::uint64_t> keys;
    rows_.for_each(index, handles, [&](MasterRow row, const sql::Row&) {
      ++content.count;
      if (table.handles.empty()) keys.push_back(hash_of_key(table, row, bytes_));  // else reading the handles has said so
      row.address.clear();
      if (content.lines) content.lines->add(sort_key(table, row), line_of(table, row));
      else content.rows.push_back(std::move(row));
    });
    refuse_repeated_keys(index, handles, std::move(keys));
  }

  static std::string sort_key(const MasterTable& table, const MasterRow& row) {
    std::string bytes;
    for (const std::size_t k : table.key) append_sort_key(bytes, row.values[k]);
    return bytes;
  }

  void refuse_repeated_keys(std::size_t index, const Handles& handles, std::vector<std::uint64_t> keys) {
    const MasterTable& table = tables_.tables[index];
    std::sort(keys.begin(), keys.end());
    std::unordered_set<std::uint64_t> twice;
    for (std::size_t i = 1; i < keys.size(); ++i) {
      if (keys[i] == keys[i - 1]) twice.insert(keys[i]);
    }
    if (twice.empty()) return;
    std::unordered_set<std::string> seen;
    rows_.for_each(index, handles, [&](const MasterRow& row, const sql::Row&) {
      if (twice.contains(hash_of_key(table, row, bytes_)) && !seen.insert(row.key).second) problems_.add("table `" + table.name + "` has several rows with the natural key " + row.key);
    });
  }

  db::Connection& connection_;
  const Dialect& dialect_;
  const MasterTables& tables_;
  const SeenTables as_they_are_;
  Problems problems_;
  DatabaseRows rows_;
  std::vector<TableContent> content_;
  std::string bytes_;
};

}  // namespace

std::uint64_t export_rows(db::Connection& connection, const Dialect& dialect, const Description& description, const std::string& path, const std::string& time) {
  const MasterTables tables = usable_tables(description);
  const UtcSession utc(connection, dialect);
  const auto content = Exported(connection, dialect, tables).read();
  write_package(path, tables, content, {connection.display_name(), time});
  std::uint64_t count = 0;
  for (const TableContent& table : content) count += table.count;
  return count;
}

}  // namespace plumb::data
