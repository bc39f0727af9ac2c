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
    is_new_.resize(tables.tables.size());
    referred_.resize(tables.tables.size());
    ordinals_.resize(tables.tables.size());
    for (const MasterTable& table : tables.tables) {
      auto& columns = references_.emplace_back();
      for (std::size_t c = 0; c < table.columns.size(); ++c) {
        if (table.columns[c].parent) columns.push_back(c);
      }
    }
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
    begin_fresh(root);
    is_new_[root] = is_surely_new(root);
    if (is_new_[root] && coarse_.at(root).is_needed()) table.fresh.forms.reserve(package_.likely_rows(tables_.tables[root].name));
    const auto visit = [&](std::size_t index, MasterRow row) { hash_row(index, std::move(row)); };
    reader_.read(root, visit, [&](QuickRow& row, const RowText& text) {
      const RowHash hash = row.hash();
      table.wanted.add(hash);
      if (!is_new_[root]) return;
      for (const std::size_t c : references_[root]) {
        if (row.is_reference(c)) referred_[root][c].insert(row.referred_hash(c));
      }
      add_fresh(root, text.place.number, hash, row);
    });
  }

  void hash_row(std::size_t index, const MasterRow& row) {
    const MasterTable& table = tables_.tables[index];
    TableDifference& of_row = found_.tables[index];
    of_row.in_package = true;
    if (!is_whole(table, row)) {
      is_new_[index] = false;
      if (!of_row.partial.insert(key_of(index, row)).second) repeated_.insert(key_of(index, row));
      const RowHash fields = hash_of_fields(table, row, row, bytes_);
      of_row.fields.emplace(fields.key, fields.content);
      return;
    }
    const RowHash hash = hash_of(table, row, bytes_);
    of_row.wanted.add(hash);
    if (!is_new_[index]) return;
    const bool is_complete = std::none_of(row.values.begin(), row.values.end(), [](const Json& value) { return value.is_discarded(); });
    if (!is_complete || !references_[index].empty()) is_new_[index] = false;
    else add_fresh(index, row.number, hash, row);
  }

  /// Nothing stands and nothing was brought: what is new is known when the package has been read once.
  bool is_surely_new(std::size_t root) const {
    const MasterTable& table = tables_.tables[root];
    return QuickRow::suits(table) && rows_.is_empty(root) && (memory_ == nullptr || !memory_->knows(table.name));
  }

  void begin_fresh(std::size_t root) {
    found_.tables[root].fresh = {};
    ordinals_[root] = 0;
    coarse_.insert_or_assign(root, CoarseKeys(tables_.tables[root]));
    for (const std::size_t detail : tables_.tables[root].details) begin_fresh(detail);
  }

  static const std::string& key_of(const MasterRow& row) { return row.key; }
  static std::string key_of(const QuickRow& row) { return row.key(); }

  template <class Row>
  void add_fresh(std::size_t index, std::size_t number, const RowHash& hash, const Row& row) {
    FreshRows& fresh = found_.tables[index].fresh;
    if (fresh.keys.size() < most_keys_listed) fresh.keys.push_back(key_of(row));
    fresh.is_fresh.resize(number + 1, false);
    fresh.is_fresh[number] = true;
    ++fresh.count;
    fresh.sum += part_of_sum(hash.content, index);
    CoarseKeys& coarse = coarse_.at(index);
    if (!coarse.is_needed()) return;
    if (const auto form = coarse.form_of(row)) fresh.forms.push_back(*form);
    else fresh.all_plain = false;
  }

  std::uint64_t key_of(std::size_t index, const MasterRow& row) { return hash_of_key(tables_.tables[index], row, bytes_); }

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
      const bool differs = wanted ? !matched_[index][*wanted] : table.partial.contains(row.key) || table.fields.contains(row.key) || surplus_[index].contains(row.key);
      if (differs) table.last.emplace(row.key, row.content);
    });
  }

  // --- both

  void pair_up(std::size_t root) {
    const Stopwatch watch(found_.tables[root].duration);
    const TableDifference& table = found_.tables[root];
    if (!table.in_package || (is_new_[root] && table.standing == 0 && all_resolve(root))) return;
    begin_fresh(root);
    if (is_all_matched(root)) return count_unchanged(root);
    again_.read(
        root, [&](std::size_t index, MasterRow row) { pair_up(index, std::move(row)); },
        [&](QuickRow& row, const RowText& text) { pair_up(root, row, text); });
  }

  bool all_resolve(std::size_t root) {
    for (const auto& [column, keys] : referred_[root]) {
      const std::size_t parent = *tables_.tables[root].columns[column].parent;
      if (!std::all_of(keys.begin(), keys.end(), [&, of = parent](std::uint64_t key) { return is_in_package(of, key); })) return false;
    }
    return true;
  }

  bool is_in_package(std::size_t index, std::uint64_t key) const { return found_.tables[index].wanted.find(key) || found_.tables[index].partial.contains(key); }

  void count_unchanged(std::size_t index) {
    found_.tables[index].unchanged = found_.tables[index].wanted.size();
    for (const std::size_t detail : tables_.tables[index].details) count_unchanged(detail);
  }

  std::size_t number_of(std::size_t index, const RowHash& hash) const {
    const auto wanted = found_.tables[index].wanted.find(hash.key);
    if (!wanted || (found_.tables[index].wanted[*wanted].content != hash.content && !repeated_.contains(hash.key))) package_.has_changed(tables_.tables[index].name);
    return *wanted;
  }

  void pair_up(std::size_t index, QuickRow& row, const RowText& text) {
    TableDifference& table = found_.tables[index];
    const RowHash hash = row.hash();
    const std::size_t number = number_of(index, hash);
    if (matched_[index][number]) {
      ++table.unchanged;
      return;
    }
    if (stands_[index][number] || table.last.contains(hash.key)) return pair_up(index, again_.whole_row(index, text));
    const auto is_known = [&](std::size_t c) { return !row.is_reference(c) || is_in_package(*tables_.tables[index].columns[c].parent, row.referred_hash(c)); };
    if (!std::all_of(references_[index].begin(), references_[index].end(), is_known)) check_references(index, again_.whole_row(index, text));
    add_fresh(index, text.place.number, hash, row);
  }

  void pair_up(std::size_t index, MasterRow row) {
    TableDifference& table = found_.tables[index];
    const std::size_t ordinal = ++ordinals_[index];
    if (!is_whole(tables_.tables[index], row)) return pair_up_fields(index, std::move(row));
    const RowHash hash = hash_of(tables_.tables[index], row, bytes_);
    const std::size_t number = number_of(index, hash);
    if (matched_[index][number]) {
      ++table.unchanged;
      return;
    }
    if (stands_[index][number] || table.last.contains(hash.key)) return pair_up_fields(index, std::move(row));
    check_new(index, row);
    add_fresh(index, tables_.tables[index].owner ? ordinal : row.number, hash, row);
  }

  void pair_up_fields(std::size_t index, MasterRow row) {
    const auto standing = changed_[index].find(row.key);
    if (standing == changed_[index].end()) {
      check_new(index, row);
      found_.tables[index].inserted.push_back(std::move(row));
      return;
    }
    RowDifference difference{std::move(row), std::move(standing->second), {}};
    changed_[index].erase(standing);
    compare_pair(index, std::move(difference));
  }

  void check_new(std::size_t index, const MasterRow& row) {
    const MasterTable& table = tables_.tables[index];
    for (std::size_t c = 0; c < table.columns.size(); ++c) {
      if (!row.values[c].is_discarded() || table.columns[c].has_default) continue;
      problems_.add(place_of(package_, tables_, index, row) + ": the row is new, and `" + table.columns[c].name + "` is missing; the column has no default");
    }
    check_references(index, row);
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
    if (is_in_package(*column.parent, key_hash(reference))) return true;
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
  std::vector<std::vector<std::size_t>> references_;  ///< the columns that refer to rows
  std::vector<bool> is_new_;                          ///< nothing stands, and so every row that was read so far is fresh
  std::vector<std::map<std::size_t, std::unordered_set<std::uint64_t>>> referred_;  ///< of tables that are new: keys that each column refers to
  std::vector<std::size_t> ordinals_;                 ///< how many rows were paired up that were not read at a look
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

}  // namespace plumb::data
