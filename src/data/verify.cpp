#include <algorithm>
#include <unordered_set>

#include "data/master_data.hpp"
#include "data/package.hpp"
#include "data/row_hash.hpp"
#include "support/text.hpp"

namespace plumb::data {
namespace {

/// A package by itself. Keys are held as hashes, eight bytes a row.
class Verification {
 public:
  Verification(const Package& package, const MasterTables& tables) : package_(package), tables_(tables), keys_(tables.tables.size()) {}

  std::vector<std::string> run() {
    if (!package_.is_sealed()) problems_.add(package_.path() + ": holds no checksums.txt; `plumb data seal` writes it");
    note_files_of_no_table(package_, tables_, problems_);
    const PackageReader reader(package_, tables_, problems_);
    for_each_root([&](std::size_t root) {
      reader.read(
          root, [&](std::size_t index, const MasterRow& row) { keys_[index].push_back(hash_of_key(tables_.tables[index], row, bytes_)); },
          [&](QuickRow& row, const RowText&) { keys_[root].push_back(row.hash().key); });
    });
    for (std::size_t index = 0; index < keys_.size(); ++index) compare_count(index);
    tell_repeated_keys();
    return problems_.all();
  }

 private:
  template <class Work>
  void for_each_root(const Work& work) const {
    for (std::size_t index = 0; index < tables_.tables.size(); ++index) {
      if (!tables_.tables[index].owner) work(index);
    }
  }

  void compare_count(std::size_t index) {
    const Metadata& metadata = package_.metadata();
    const auto said = metadata.rows.find(tables_.tables[index].name);
    if (said == metadata.rows.end() || tables_.tables[index].is_left_out || metadata.data_format != tables_.format.version || said->second == keys_[index].size()) return;
    problems_.add(package_.path() + "/metadata.json: says " + counted(said->second, "row") + " of `" + tables_.tables[index].name + "`, and there are " + grouped(keys_[index].size()));
  }

  void tell_repeated_keys() {
    std::vector<std::unordered_set<std::uint64_t>> twice(keys_.size());
    for (std::size_t index = 0; index < keys_.size(); ++index) {
      auto& keys = keys_[index];
      std::sort(keys.begin(), keys.end());
      for (std::size_t i = 1; i < keys.size(); ++i) {
        if (keys[i] == keys[i - 1]) twice[index].insert(keys[i]);
      }
    }
    if (std::all_of(twice.begin(), twice.end(), [](const auto& keys) { return keys.empty(); })) return;
    std::vector<std::unordered_set<std::string>> seen(keys_.size());
    Problems told_already;
    const PackageReader again(package_, tables_, told_already);
    for_each_root([&](std::size_t root) {
      again.read(root, [&](std::size_t index, const MasterRow& row) {
        if (!twice[index].contains(hash_of_key(tables_.tables[index], row, bytes_)) || seen[index].insert(row.key).second) return;
        problems_.add(place_of(package_, tables_, index, row) + ": the natural key stands twice in `" + tables_.tables[index].name + "`");
      });
    });
  }

  const Package& package_;
  const MasterTables& tables_;
  Problems problems_;
  std::vector<std::vector<std::uint64_t>> keys_;
  std::string bytes_;
};

}  // namespace

std::vector<std::string> verify(const Description& description, const std::string& path) {
  const MasterTables tables = usable_tables(description);
  const Package package(path, tables);
  return Verification(package, tables).run();
}

}  // namespace plumb::data
