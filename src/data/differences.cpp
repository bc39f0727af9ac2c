#include "data/differences.hpp"

#include <algorithm>
#include <filesystem>
#include <unordered_map>

#include "support/text.hpp"

namespace plumb::data {
namespace {

constexpr std::size_t most_keys_listed = 10'000;
/// Files that are larger are read a second time rather than held.
constexpr std::uintmax_t largest_held = std::uintmax_t{48} << 20U;

class Comparer {
 public:
  Comparer(const Package& package, const MasterTables& tables, const DatabaseRows& rows, const Handles& handles, const InFull& in_full, Problems& problems)
      : package_(package), tables_(tables), rows_(rows), handles_(handles), in_full_(in_full), problems_(problems), reader_(package, tables, problems) {
    found_.tables.resize(tables.tables.size());
    held_.resize(tables.tables.size());
    changed_.resize(tables.tables.size());
    matched_.resize(tables.tables.size());
  }

  Differences compare() {
    note_files_of_no_table(package_, tables_, problems_);
    reader_.on_list = [&](std::size_t table, const Json& owner) { found_.tables[table].owners.insert(key_hash(owner)); };
    for_each_root([&](std::size_t root) { hash_package(root); });
    refuse_repeated_keys();
    for (std::size_t index = 0; index < tables_.tables.size(); ++index) read_database(index);
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
    const std::string path = package_.file_of(tables_.tables[root].name);
    if (path.empty()) return;
    std::error_code unknown;
    const auto size = std::filesystem::file_size(path, unknown);
    const bool is_held = unknown || size <= largest_held;
    const auto known = package_.metadata().rows.find(tables_.tables[root].name);
    if (known != package_.metadata().rows.end() && known->second <= size) found_.tables[root].wanted.reserve(known->second);
    found_.tables[root].in_package = true;
    reader_.read(root, [&](std::size_t index, MasterRow row) {
      TableDifference& table = found_.tables[index];
      table.in_package = true;
      if (is_whole(tables_.tables[index], row)) table.wanted.push_back(hash_of(tables_.tables[index], row, bytes_));
      else if (!table.partial.insert(key_of(index, row)).second) repeated_.insert(key_of(index, row));
      if (is_held) held_[index].push_back(std::move(row));
      else is_read_again_.insert(root);
    });
  }

  std::uint64_t key_of(std::size_t index, const MasterRow& row) {
    bytes_.clear();
    for (const std::size_t k : tables_.tables[index].key) append_value(bytes_, row.values[k]);
    return hash_of(bytes_);
  }

  static bool by_key(const RowHash& a, const RowHash& b) { return a.key != b.key ? a.key < b.key : a.content < b.content; }

  void refuse_repeated_keys() {
    for (auto& table : found_.tables) {
      std::sort(table.wanted.begin(), table.wanted.end(), by_key);
      for (std::size_t i = 0; i < table.wanted.size(); ++i) {
        if ((i > 0 && table.wanted[i].key == table.wanted[i - 1].key) || (!table.partial.empty() && table.partial.contains(table.wanted[i].key)))
          repeated_.insert(table.wanted[i].key);
      }
    }
    if (repeated_.empty()) return;
    std::vector<std::unordered_map<std::string, std::size_t>> first(tables_.tables.size());
    for_each_wanted([&](std::size_t index, const MasterRow& row) {
      if (!repeated_.contains(key_of(index, row))) return;
      const auto [other, is_new] = first[index].emplace(row.key, row.number);
      if (is_new) return;
      problems_.add(place_of(package_, tables_, index, row) + ": the natural key stands twice in `" + tables_.tables[index].name + "`, in row " +
                    std::to_string(other->second) + " too");
    });
  }

  /// Every row of the package again, out of the memory or the files.
  void for_each_wanted(const std::function<void(std::size_t, const MasterRow&)>& visit) {
    Problems told_already;
    const PackageReader again(package_, tables_, told_already);
    for (const std::size_t root : is_read_again_) again.read(root, [&](std::size_t index, const MasterRow& row) { visit(index, row); });
    for (std::size_t index = 0; index < held_.size(); ++index) {
      for (const MasterRow& row : held_[index]) visit(index, row);
    }
  }

  // --- the database

  const RowHash* wanted_hash(const TableDifference& table, std::uint64_t key) const {
    const auto found = std::lower_bound(table.wanted.begin(), table.wanted.end(), RowHash{key, 0}, by_key);
    return found == table.wanted.end() || found->key != key ? nullptr : &*found;
  }

  void read_database(std::size_t index) {
    TableDifference& table = found_.tables[index];
    matched_[index].assign(table.wanted.size(), false);
    std::vector<std::uint64_t> keys;
    const bool checks_keys = tables_.tables[index].handles.empty();
    if (checks_keys) keys.reserve(rows_.count(index));
    rows_.for_each(index, handles_, [&](MasterRow row, const sql::Row& raw) {
      ++table.standing;
      const RowHash hash = hash_of(tables_.tables[index], row, bytes_);
      database_hash_ += (hash.content ^ (index * 0x9E3779B97F4A7C15U)) * 0xD6E8FEB86659FD93U;
      if (checks_keys) keys.push_back(hash.key);
      const RowHash* wanted = wanted_hash(table, hash.key);
      if (wanted != nullptr && wanted->content == hash.content && !repeated_.contains(hash.key)) {
        matched_[index][static_cast<std::size_t>(wanted - table.wanted.data())] = true;
      } else if (wanted != nullptr || table.partial.contains(hash.key)) {
        std::string key = row.key;
        changed_[index].emplace(std::move(key), StandingRow{std::move(row), raw});
      } else {
        only_target(index, std::move(row), raw);
      }
    });
    refuse_repeated_rows(index, std::move(keys));
  }

  void only_target(std::size_t index, MasterRow row, const sql::Row& raw) {
    TableDifference& table = found_.tables[index];
    ++table.only_target_count;
    if (in_full_[index]) {
      table.only_target.push_back({std::move(row), raw});
    } else if (table.only_target_keys.size() < most_keys_listed) {
      table.only_target_keys.push_back(std::move(row.key));
    }
  }

  /// Where other tables refer to a table, reading has said so.
  void refuse_repeated_rows(std::size_t index, std::vector<std::uint64_t> keys) {
    std::sort(keys.begin(), keys.end());
    std::unordered_map<std::uint64_t, std::unordered_set<std::string>> suspects;
    for (std::size_t i = 1; i < keys.size(); ++i) {
      if (keys[i] == keys[i - 1]) suspects.try_emplace(keys[i]);
    }
    if (suspects.empty()) return;
    std::unordered_set<std::string> told;
    rows_.for_each(index, handles_, [&](const MasterRow& row, const sql::Row&) {
      const auto suspect = suspects.find(key_of(index, row));
      if (suspect == suspects.end() || suspect->second.insert(row.key).second || !told.insert(row.key).second) return;
      problems_.add("table `" + tables_.tables[index].name + "` has several rows with the natural key " + row.key);
    });
  }

  // --- both

  void pair_up(std::size_t root) {
    if (is_read_again_.contains(root)) {
      Problems told_already;
      const PackageReader again(package_, tables_, told_already);
      again.read(root, [&](std::size_t index, MasterRow row) { pair_up(index, std::move(row)); });
      return;
    }
    pair_up_held(root);
  }

  void pair_up_held(std::size_t index) {
    for (MasterRow& row : held_[index]) pair_up(index, std::move(row));
    held_[index] = {};
    for (const std::size_t detail : tables_.tables[index].details) pair_up_held(detail);
  }

  void pair_up(std::size_t index, MasterRow row) {
    TableDifference& table = found_.tables[index];
    const bool whole = is_whole(tables_.tables[index], row);
    const RowHash* wanted = whole ? wanted_hash(table, key_of(index, row)) : nullptr;
    if (wanted != nullptr && matched_[index][static_cast<std::size_t>(wanted - table.wanted.data())]) {
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
    if (wanted_hash(parent, key) != nullptr || parent.partial.contains(key)) return true;
    const auto& standing = handles_.handle_of_key[*column.parent];
    const auto handle = standing.find(column.parent_column);
    return handle != standing.end() && handle->second.contains(key_text(reference));
  }

  const Package& package_;
  const MasterTables& tables_;
  const DatabaseRows& rows_;
  const Handles& handles_;
  const InFull& in_full_;
  Problems& problems_;
  PackageReader reader_;
  Differences found_;
  std::string bytes_;
  std::unordered_set<std::uint64_t> repeated_;
  std::unordered_set<std::size_t> is_read_again_;               ///< tables whose files are too large to hold
  std::vector<std::vector<MasterRow>> held_;                    ///< the rows of the others
  std::vector<std::vector<bool>> matched_;                      ///< for each of `wanted`: the database has the same
  std::vector<std::unordered_map<std::string, StandingRow>> changed_;  ///< by natural key
  std::uint64_t database_hash_ = 0;
};

}  // namespace

std::uint64_t key_hash(const Json& reference) {
  std::string bytes;
  for (const auto& [name, field] : reference.items()) append_value(bytes, field);
  return hash_of(bytes);
}

Differences differences(const Package& package, const MasterTables& tables, const DatabaseRows& rows, const Handles& handles, const InFull& in_full,
                        Problems& problems) {
  return Comparer(package, tables, rows, handles, in_full, problems).compare();
}

}  // namespace plumb::data
