#include "data/check_written.hpp"

#include <algorithm>

#include "data/quick_standing.hpp"
#include "support/error.hpp"
#include "support/text.hpp"

namespace plumb::data {
namespace {

class Check {
 public:
  Check(const WhereWritten& where, const Work& work)
      : where_(where), tables_(where.tables), work_(work), rows_(where.connection, where.dialect, tables_, as_they_are_, [this](std::string text) { found_.add(std::move(text)); }),
        handles_(rows_.handles()) {}

  void run() {
    bool is_clear = true;
    for (std::size_t index = 0; index < tables_.tables.size(); ++index) is_clear = is_clear && stands_as_brought(index);
    if (!is_clear || !found_.empty()) compare_again();
    if (!found_.empty()) throw Error("after writing: " + found_.all().front() + "; everything was rolled back");
  }

 private:
  /// True where every row that was brought has the hash that it should have. Rows that leave fields out have none.
  bool stands_as_brought(std::size_t index) {
    const TableWork& work = work_.tables[index];
    if (!work.in_package) return true;
    const auto is_partial = [&](const MasterRow& row) { return !is_whole(tables_.tables[index], row); };
    if (std::any_of(work.inserted.begin(), work.inserted.end(), is_partial)) return false;
    if (std::any_of(work.updated.begin(), work.updated.end(), [&](const RowDifference& row) { return is_partial(row.wanted); })) return false;
    if (!work.also_brought.empty()) return false;
    return work.rows_afterwards() == work.brought.size() ? has_the_same_sum(index) : holds_each(index);
  }

  /// Where there are no other rows.
  bool has_the_same_sum(std::size_t index) {
    const RowIndex& brought = work_.tables[index].brought;
    std::uint64_t count = 0;
    std::uint64_t sum = 0;
    for_each_hash(index, [&](const RowHash& hash) {
      ++count;
      sum += part_of_sum(hash.content, index);
    });
    if (count != brought.size()) return false;
    for (const RowHash& row : brought.rows()) sum -= part_of_sum(row.content, index);
    return sum == 0;
  }

  bool holds_each(std::size_t index) {
    const RowIndex& brought = work_.tables[index].brought;
    std::vector<bool> seen(brought.size(), false);
    std::size_t count = 0;
    for_each_hash(index, [&](const RowHash& hash) {
      const auto number = brought.find(hash.key);
      if (!number || seen[*number] || brought[*number].content != hash.content) return;
      seen[*number] = true;
      ++count;
    });
    return count == brought.size();
  }

  template <class Visit>
  void for_each_hash(std::size_t index, const Visit& visit) {
    QuickStanding at_a_look(tables_, index, handles_);
    rows_.for_each_raw(index, [&](const sql::Row& values) {
      auto hash = at_a_look.hash(values);
      if (!hash) hash = hash_of(tables_.tables[index], rows_.row_of(index, handles_, values), bytes_);
      visit(*hash);
    });
  }

  void compare_again() {
    const Differences left = differences(where_.package, tables_, rows_, handles_, InFull(tables_.tables.size(), false), nullptr, found_);
    for (std::size_t index = 0; index < left.tables.size(); ++index) {
      if (!work_.tables[index].is_passed_over) look_at(index, left.tables[index]);
    }
  }

  void look_at(std::size_t index, const TableDifference& table) const {
    const auto is_left = [&](const std::string& key) { return work_.tables[index].left.contains(key); };
    const auto expect_left = [&](const MasterRow& row) {
      if (!is_left(row.key)) refuse(index, row, "the row is");
    };
    for (const MasterRow& row : table.inserted) expect_left(row);
    for_each_fresh(where_.package, tables_, index, table.fresh, expect_left, {});
    for (const RowDifference& row : table.updated) {
      if (is_left(row.wanted.key)) continue;
      const std::size_t c = row.columns.front();
      refuse(index, row.wanted, "`" + tables_.tables[index].columns[c].name + "` is " + shortened(shown(row.standing.row.values[c]), 60) + ", which is");
    }
  }

  [[noreturn]] void refuse(std::size_t index, const MasterRow& row, const std::string& what) const {
    throw Error(place_of(where_.package, tables_, index, row) + ": after writing, " + what + " not what the file says (a trigger may have changed it); everything was rolled back");
  }

  const WhereWritten& where_;
  const MasterTables& tables_;
  const Work& work_;
  const SeenTables as_they_are_;
  Problems found_;
  DatabaseRows rows_;
  Handles handles_;
  std::string bytes_;
};

}  // namespace

void check_written(const WhereWritten& where, const Work& work) { Check(where, work).run(); }

}  // namespace plumb::data
