#include "data/differences.hpp"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

#include "support/text.hpp"

namespace plumb::data {
namespace {

class Comparer {
 public:
  Comparer(const std::string& folder, const MasterTables& tables, const Rows& standing,
           const Package& package)
      : folder_(folder), tables_(tables), standing_(standing), package_(package) {
    found_.tables.resize(tables.tables.size());
  }

  Differences compare() {
    found_.problems = package_.problems;
    found_.problems.insert(found_.problems.end(), standing_.problems.begin(), standing_.problems.end());
    for (std::size_t index = 0; index < tables_.tables.size(); ++index) compare_table(index);
    return std::move(found_);
  }

 private:
  void compare_table(std::size_t index) {
    const MasterTable& table = tables_.tables[index];
    std::unordered_map<std::string_view, const MasterRow*> standing;
    for (const MasterRow& row : standing_.tables[index]) {
      const bool is_new = standing.emplace(row.key, &row).second;
      // where other tables refer to this one, reading has said so
      if (!is_new && table.handles.empty())
        found_.problems.push_back("table `" + table.name + "` has several rows with the natural key " +
                                  row.key);
    }
    TableDifference& result = found_.tables[index];
    for (const MasterRow& wanted : package_.rows.tables[index]) {
      const auto row = standing.find(wanted.key);
      if (row == standing.end()) {
        add_insert(table, wanted, result);
      } else {
        add_pair(table, wanted, *row->second, result);
        row->second = nullptr;
      }
    }
    for (const MasterRow& row : standing_.tables[index]) {
      if (standing.find(row.key)->second == &row) result.only_target.push_back(&row);
    }
    std::sort(result.only_target.begin(), result.only_target.end(),
              [](const MasterRow* a, const MasterRow* b) { return a->key < b->key; });
  }

  void add_insert(const MasterTable& table, const MasterRow& row, TableDifference& result) {
    for (std::size_t c = 0; c < table.columns.size(); ++c) {
      if (!row.values[c].is_discarded() || table.columns[c].has_default) continue;
      found_.problems.push_back(place_of(folder_, table, row) + ": the row is new, and `" +
                                table.columns[c].name + "` is missing; the column has no default");
    }
    result.inserted.push_back(&row);
  }

  void add_pair(const MasterTable& table, const MasterRow& wanted, const MasterRow& standing,
                TableDifference& result) {
    RowDifference difference{&wanted, &standing, {}};
    for (std::size_t c = 0; c < table.columns.size(); ++c) {
      if (wanted.values[c].is_discarded() || wanted.values[c] == standing.values[c]) continue;
      difference.columns.push_back(c);
      if (std::find(table.address.begin(), table.address.end(), table.columns[c].name) == table.address.end())
        continue;
      found_.problems.push_back(place_of(folder_, table, wanted) + ": `" + table.columns[c].name +
                                "` is a part of the primary key and is " + shown(standing.values[c]) +
                                " in the database; primary keys that stand are never changed");
    }
    if (difference.columns.empty()) {
      ++result.unchanged;
    } else {
      result.updated.push_back(std::move(difference));
    }
  }

  const std::string& folder_;
  const MasterTables& tables_;
  const Rows& standing_;
  const Package& package_;
  Differences found_;
};

}  // namespace

bool Differences::empty() const {
  return std::all_of(tables.begin(), tables.end(), [](const TableDifference& table) {
    return table.inserted.empty() && table.updated.empty();
  });
}

Differences differences(const std::string& folder, const MasterTables& tables, const Rows& standing,
                        const Package& package) {
  return Comparer(folder, tables, standing, package).compare();
}

Comparison comparison_of(const MasterTables& tables, const Differences& found) {
  Comparison result;
  result.problems = found.problems;
  for (const std::size_t index : tables.by_reference) {
    const MasterTable& table = tables.tables[index];
    const TableDifference& difference = found.tables[index];
    TableChanges changes;
    changes.table = table.name;
    changes.unchanged = difference.unchanged;
    for (const MasterRow* row : difference.inserted) changes.inserted.push_back(row->key);
    for (const RowDifference& row : difference.updated) {
      RowChange change{row.wanted->key, {}};
      for (const std::size_t c : row.columns)
        change.fields.push_back(
            {table.columns[c].name, shown(row.standing->values[c]), shown(row.wanted->values[c])});
      changes.updated.push_back(std::move(change));
    }
    for (const MasterRow* row : difference.only_target) changes.only_target.push_back(row->key);
    result.tables.push_back(std::move(changes));
  }
  return result;
}

}  // namespace plumb::data
