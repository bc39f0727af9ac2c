#include "data/differences.hpp"

#include <algorithm>

#include "data/coarse_keys.hpp"
#include "data/quick_standing.hpp"
#include "data/stopwatch.hpp"
#include "support/error.hpp"
#include "support/text.hpp"

namespace plumb::data {
namespace {

constexpr std::size_t most_keys_listed = 10'000;

[[noreturn]] void has_changed(const Package& package, const MasterTables& tables, std::size_t table) {
  throw FileError(package.shown_file(tables.tables[table].name), "has changed while it was read");
}

class Comparer {
 public:
  Comparer(const Package& package, const MasterTables& tables, const DatabaseRows& rows, const Handles& handles, const InFull& in_full, const Memory* memory, Problems& problems)
      : package_(package), tables_(tables), rows_(rows), handles_(handles), in_full_(in_full), memory_(memory), problems_(problems), reader_(package, tables, problems),
        again_(package, tables, told_already_) {
    found_.tables.resize(tables.tables.size());
    changed_.resize(tables.tables.size());
    matched_.resize(tables.tables.size());
    stands_.resize(tables.tables.size());
    surplus_.resize(tables.tables.size());
  }

  Differences compare() {
    note_files_of_no_table(package_, tables_, problems_);
    reader_.on_list = [&](std::size_t table, const Json& owner) { found_.tables[table].owners.insert(key_hash(owner)); };
    for_each_root([&](std::size_t root) { hash_package(root); });
    refuse_repeated_keys();
    for (std::size_t index = 0; index < tables_.tables.size(); ++index) read_database(index);
    for (std::size_t index = 0; index < tables_.tables.size(); ++index) recall(index);
    for_each_root([&](std::size_t root) { pair_up(root); });
    for (auto& table : found_.tables) std::sort(table.only_target_keys.begin(), table.only_target_keys.end());
    found_.database = std::to_string(database_hash_);
    return std::move(found_);
  }

 private:
  template <class Work>
  void for_each_root(const Work& work) {
    for (std::size_t index = 0; index < tables_.tables.size(); ++index) {
      if (!tables_.tables[index].owner) work(index);
    }
  }

  // --- the package, by hashes

  void hash_package(std::size_t root) {
    const Stopwatch watch(found_.tables[root].duration);
    if (package_.file_of(tables_.tables[root].name).empty()) return;
    TableDifference& table = found_.tables[root];
    table.wanted.reserve(package_.likely_rows(tables_.tables[root].name));
    table.in_package = true;
    const auto visit = [&](std::size_t index, const MasterRow& row) {
      TableDifference& of_row = found_.tables[index];
      of_row.in_package = true;
      if (is_whole(tables_.tables[index], row)) of_row.wanted.add(hash_of(tables_.tables[index], row, bytes_));
      else if (!of_row.partial.insert(key_of(index, row)).second) repeated_.insert(key_of(index, row));
    };
    quick_sum_ = 0;
    reader_.read(root, visit, [&](QuickRow& row, const RowText&) {
      table.wanted.add(row.hash());
      quick_sum_ += part_of_sum(table.wanted.rows().back().content, root);
    });
    quick_sums_[root] = quick_sum_;
  }

  std::uint64_t key_of(std::size_t index, const MasterRow& row) {
    bytes_.clear();
    for (const std::size_t k : tables_.tables[index].key) append_value(bytes_, row.values[k]);
    return hash_of(bytes_);
  }

  void refuse_repeated_keys() {
    for (auto& table : found_.tables) {
      table.wanted.sort();
      const auto& rows = table.wanted.rows();
      for (std::size_t i = 0; i < rows.size(); ++i) {
        if ((i > 0 && rows[i].key == rows[i - 1].key) || (!table.partial.empty() && table.partial.contains(rows[i].key))) repeated_.insert(rows[i].key);
      }
    }
    if (repeated_.empty()) return;
    std::vector<std::unordered_map<std::string, std::size_t>> first(tables_.tables.size());
    const auto note = [&](std::size_t index, const MasterRow& row) {
      if (!repeated_.contains(key_of(index, row))) return;
      const auto [other, is_new] = first[index].emplace(row.key, row.number);
      if (is_new) return;
      problems_.add(place_of(package_, tables_, index, row) + ": the natural key stands twice in `" + tables_.tables[index].name + "`, in row " +
                    std::to_string(other->second) + " too");
    };
    for_each_root([&](std::size_t root) { again_.read(root, note); });
  }

  // --- the database

  void read_database(std::size_t index) {
    const Stopwatch watch(found_.tables[index].duration);
    TableDifference& table = found_.tables[index];
    matched_[index].assign(table.wanted.size(), false);
    stands_[index].assign(table.wanted.size(), false);
    std::vector<std::uint64_t> others;  // keys that the package has not
    std::unordered_set<std::uint64_t> suspects;
    const bool checks_keys = tables_.tables[index].handles.empty();
    QuickStanding at_a_look(tables_, index, handles_);
    rows_.for_each_raw(index, [&](const sql::Row& values) {
      ++table.standing;
      found_.raw += part_of_sum(raw_hash(values, bytes_), index);
      std::optional<MasterRow> row;
      auto hash = at_a_look.hash(values);
      if (!hash) {
        row = rows_.row_of(index, handles_, values);
        hash = hash_of(tables_.tables[index], *row, bytes_);
      }
      database_hash_ += part_of_sum(hash->content, index);
      const auto wanted = table.wanted.find(hash->key);
      if (wanted) {
        if (checks_keys && stands_[index][*wanted]) suspects.insert(hash->key);
        stands_[index][*wanted] = true;
      } else if (checks_keys) {
        others.push_back(hash->key);
      }
      if (wanted && table.wanted[*wanted].content == hash->content && (repeated_.empty() || !repeated_.contains(hash->key))) {
        matched_[index][*wanted] = true;
        return;
      }
      if (!row) row = rows_.row_of(index, handles_, values);
      if (wanted || table.partial.contains(hash->key)) {
        std::string key = row->key;
        changed_[index].emplace(std::move(key), StandingRow{std::move(*row), values});
      } else {
        only_target(index, hash->key, std::move(*row), values);
      }
    });
    refuse_repeated_rows(index, std::move(others), std::move(suspects));
  }

  void only_target(std::size_t index, std::uint64_t key, MasterRow row, const sql::Row& raw) {
    TableDifference& table = found_.tables[index];
    ++table.only_target_count;
    if (in_full_[index]) {
      surplus_[index].insert(key);
      table.only_target.push_back({std::move(row), raw});
    } else if (table.only_target_keys.size() < most_keys_listed) {
      table.only_target_keys.push_back(std::move(row.key));
    }
  }

  /// Where other tables refer to a table, reading has said so.
  void refuse_repeated_rows(std::size_t index, std::vector<std::uint64_t> keys, std::unordered_set<std::uint64_t> suspects) {
    std::sort(keys.begin(), keys.end());
    for (std::size_t i = 1; i < keys.size(); ++i) {
      if (keys[i] == keys[i - 1]) suspects.insert(keys[i]);
    }
    if (suspects.empty()) return;
    std::unordered_set<std::string> seen;
    std::unordered_set<std::string> told;
    rows_.for_each(index, handles_, [&](const MasterRow& row, const sql::Row&) {
      if (!suspects.contains(key_of(index, row)) || seen.insert(row.key).second || !told.insert(row.key).second) return;
      problems_.add("table `" + tables_.tables[index].name + "` has several rows with the natural key " + row.key);
    });
  }

  bool is_all_matched(std::size_t index) const {
    const TableDifference& table = found_.tables[index];
    if (!table.partial.empty() || std::find(matched_[index].begin(), matched_[index].end(), false) != matched_[index].end()) return false;
    return std::all_of(tables_.tables[index].details.begin(), tables_.tables[index].details.end(), [&](std::size_t detail) { return is_all_matched(detail); });
  }

  /// What the last sync brought of the rows that differ.
  void recall(std::size_t index) {
    TableDifference& table = found_.tables[index];
    if (memory_ == nullptr || (is_all_matched(index) && surplus_[index].empty())) return;
    table.brought_before = memory_->knows(tables_.tables[index].name);
    if (!table.brought_before) return;
    memory_->for_each(tables_.tables[index].name, [&](const RowHash& row) {
      const auto wanted = table.wanted.find(row.key);
      const bool differs = wanted ? !matched_[index][*wanted] : table.partial.contains(row.key) || surplus_[index].contains(row.key);
      if (differs) table.last.emplace(row.key, row.content);
    });
  }

  // --- both

  void pair_up(std::size_t root) {
    const Stopwatch watch(found_.tables[root].duration);
    if (!found_.tables[root].in_package) return;
    if (is_all_matched(root)) return count_unchanged(root);
    begin_fresh(root);
    quick_sum_ = 0;
    again_.read(
        root, [&](std::size_t index, MasterRow row) { pair_up(index, std::move(row)); },
        [&](QuickRow& row, const RowText& text) { pair_up(root, row, text); });
    if (quick_sum_ != quick_sums_[root]) has_changed(package_, tables_, root);
  }

  void count_unchanged(std::size_t index) {
    found_.tables[index].unchanged = found_.tables[index].wanted.size();
    for (const std::size_t detail : tables_.tables[index].details) count_unchanged(detail);
  }

  void begin_fresh(std::size_t root) {
    if (!QuickRow::suits(tables_.tables[root])) return;
    TableDifference& table = found_.tables[root];
    is_all_new_ = table.standing == 0 && table.last.empty();
    coarse_.emplace(root, CoarseKeys(tables_.tables[root]));
    if (is_all_new_) table.fresh.forms.reserve(table.wanted.size());
  }

  std::size_t number_of(std::size_t index, const RowHash& hash) const {
    const auto wanted = found_.tables[index].wanted.find(hash.key);
    if (!wanted || (found_.tables[index].wanted[*wanted].content != hash.content && !repeated_.contains(hash.key))) has_changed(package_, tables_, index);
    return *wanted;
  }

  void pair_up(std::size_t index, QuickRow& row, const RowText& text) {
    TableDifference& table = found_.tables[index];
    const RowHash hash = row.hash();
    quick_sum_ += part_of_sum(hash.content, index);
    if (!is_all_new_) {
      const std::size_t number = number_of(index, hash);
      if (matched_[index][number]) {
        ++table.unchanged;
        return;
      }
      if (stands_[index][number] || table.last.contains(hash.key)) return pair_up(index, again_.whole_row(index, text));
    }
    if (table.fresh.keys.size() < most_keys_listed || !row.is_bindable()) {
      const MasterRow whole = again_.whole_row(index, text);
      check_references(index, whole);
      if (table.fresh.keys.size() < most_keys_listed) table.fresh.keys.push_back(whole.key);
    }
    table.fresh.is_fresh.resize(text.place.number + 1, false);
    table.fresh.is_fresh[text.place.number] = true;
    ++table.fresh.count;
    table.fresh.sum += part_of_sum(hash.content, index);
    CoarseKeys& coarse = coarse_.at(index);
    if (!coarse.is_needed()) return;
    if (const auto form = coarse.form_of(row)) table.fresh.forms.push_back(*form);
    else table.fresh.all_plain = false;
  }

  void pair_up(std::size_t index, MasterRow row) {
    TableDifference& table = found_.tables[index];
    const bool whole = is_whole(tables_.tables[index], row);
    if (whole && matched_[index][number_of(index, hash_of(tables_.tables[index], row, bytes_))]) {
      ++table.unchanged;
      return;
    }
    const auto standing = changed_[index].find(row.key);
    if (standing == changed_[index].end()) return add_insert(index, std::move(row));
    RowDifference difference{std::move(row), std::move(standing->second), {}};
    changed_[index].erase(standing);
    compare_pair(index, std::move(difference));
  }

  void add_insert(std::size_t index, MasterRow row) {
    const MasterTable& table = tables_.tables[index];
    for (std::size_t c = 0; c < table.columns.size(); ++c) {
      if (!row.values[c].is_discarded() || table.columns[c].has_default) continue;
      problems_.add(place_of(package_, tables_, index, row) + ": the row is new, and `" + table.columns[c].name + "` is missing; the column has no default");
    }
    check_references(index, row);
    found_.tables[index].inserted.push_back(std::move(row));
  }

  void compare_pair(std::size_t index, RowDifference difference) {
    const MasterTable& table = tables_.tables[index];
    for (std::size_t c = 0; c < table.columns.size(); ++c) {
      const Json& wanted = difference.wanted.values[c];
      if (wanted.is_discarded() || table.columns[c].is_local || wanted == difference.standing.row.values[c]) continue;
      difference.columns.push_back(c);
      if (std::find(table.address.begin(), table.address.end(), table.columns[c].name) == table.address.end()) continue;
      problems_.add(place_of(package_, tables_, index, difference.wanted) + ": `" + table.columns[c].name + "` is a part of the primary key and is " +
                    shown(difference.standing.row.values[c]) + " in the database; primary keys that stand are never changed");
    }
    if (difference.columns.empty()) {
      ++found_.tables[index].unchanged;
      return;
    }
    check_references(index, difference.wanted);
    found_.tables[index].updated.push_back(std::move(difference));
  }

  void check_references(std::size_t index, const MasterRow& row) {
    const MasterTable& table = tables_.tables[index];
    for (std::size_t c = 0; c < table.columns.size(); ++c) {
      const MasterColumn& column = table.columns[c];
      if (!column.parent || !row.values[c].is_object() || resolves(column, row.values[c])) continue;
      problems_.add(place_of(package_, tables_, index, row) + ": `" + column.name + "` refers to " + key_text(row.values[c]) +
                    ", which is neither in the folder nor in the database's `" + tables_.tables[*column.parent].name + "`");
    }
  }

  bool resolves(const MasterColumn& column, const Json& reference) const {
    const TableDifference& parent = found_.tables[*column.parent];
    const std::uint64_t key = key_hash(reference);
    if (parent.wanted.find(key) || parent.partial.contains(key)) return true;
    const auto& standing = handles_.handle_of_key[*column.parent];
    const auto handle = standing.find(column.parent_column);
    return handle != standing.end() && handle->second.contains(key_text(reference));
  }

  const Package& package_;
  const MasterTables& tables_;
  const DatabaseRows& rows_;
  const Handles& handles_;
  const InFull& in_full_;
  const Memory* memory_;
  Problems& problems_;
  PackageReader reader_;
  Problems told_already_;
  PackageReader again_;  ///< what is wrong was told when it was read first
  Differences found_;
  std::string bytes_;
  std::unordered_set<std::uint64_t> repeated_;
  std::vector<std::vector<bool>> matched_;  ///< for each of `wanted`: the database has the same
  std::vector<std::vector<bool>> stands_;   ///< for each of `wanted`: the database has a row with its key
  std::vector<std::unordered_set<std::uint64_t>> surplus_;             ///< keys of rows that may be taken away
  std::vector<std::unordered_map<std::string, StandingRow>> changed_;  ///< by natural key
  std::map<std::size_t, CoarseKeys> coarse_;
  std::map<std::size_t, std::uint64_t> quick_sums_;  ///< of the rows of each file that were read at a look
  std::uint64_t quick_sum_ = 0;                      ///< of the file that is read
  bool is_all_new_ = false;                 ///< the table whose rows are paired up is empty
  std::uint64_t database_hash_ = 0;
};

}  // namespace

std::uint64_t part_of_sum(std::uint64_t hash, std::size_t table) { return (hash ^ (table * 0x9E3779B97F4A7C15U)) * 0xD6E8FEB86659FD93U; }

std::uint64_t key_hash(const Json& reference) {
  std::string bytes;
  for (const auto& [name, field] : reference.items()) append_value(bytes, field);
  return hash_of(bytes);
}

Differences differences(const Package& package, const MasterTables& tables, const DatabaseRows& rows, const Handles& handles, const InFull& in_full,
                        const Memory* memory, Problems& problems) {
  return Comparer(package, tables, rows, handles, in_full, memory, problems).compare();
}

std::uint64_t raw_state(const DatabaseRows& rows, std::size_t tables) {
  std::uint64_t sum = 0;
  std::string bytes;
  for (std::size_t index = 0; index < tables; ++index)
    rows.for_each_raw(index, [&](const sql::Row& values) { sum += part_of_sum(raw_hash(values, bytes), index); });
  return sum;
}

void for_each_fresh(const Package& package, const MasterTables& tables, std::size_t table, const FreshRows& fresh,
                    const std::function<void(MasterRow)>& visit, const PackageReader::VisitQuick& quick) {
  if (fresh.count == 0) return;
  Problems told_already;
  const PackageReader again(package, tables, told_already);
  std::uint64_t count = 0;
  std::uint64_t sum = 0;
  const auto ignore = [](std::size_t, const MasterRow&) {};
  again.read(table, ignore, [&](QuickRow& row, const RowText& text) {
    if (text.place.number >= fresh.is_fresh.size() || !fresh.is_fresh[text.place.number]) return;
    ++count;
    sum += part_of_sum(row.hash().content, table);
    if (quick) quick(row, text);
    else visit(again.whole_row(table, text));
  });
  if (count != fresh.count || sum != fresh.sum) has_changed(package, tables, table);
}

}  // namespace plumb::data
