#include <algorithm>
#include <functional>
#include <unordered_map>

#include "data/coarse_keys.hpp"
#include "data/differences.hpp"
#include "data/spread.hpp"
#include "support/text.hpp"

namespace plumb::data {
namespace {

constexpr std::size_t most_texts = 500;
constexpr std::size_t most_bytes = std::size_t{1} << 20U;

/// Texts of one column, and what the engine gives for each: equal for those that it takes for equal.
class Sameness {
 public:
  Sameness(db::Connection& connection, const Dialect& dialect, const MasterTable& table, std::size_t column)
      : connection_(connection), dialect_(dialect), table_(table), column_(column) {}

  void add(const MasterRow& row) {
    const Json& value = row.values[column_];
    if (value.is_string()) values_.try_emplace(value.get<std::string>());
  }

  void ask() {
    std::vector<std::string> texts;
    std::size_t bytes = 0;
    for (const auto& [text, value] : values_) {
      if (texts.size() == most_texts || bytes > most_bytes) ask_for(texts);
      if (texts.empty()) bytes = 0;
      texts.push_back(text);
      bytes += text.size();
    }
    ask_for(texts);
  }

  std::string of(const MasterRow& row) const {
    const Json& value = row.values[column_];
    return value.is_string() ? "=" + values_.at(value.get<std::string>()) : shown(value);
  }

 private:
  void ask_for(std::vector<std::string>& texts) {
    if (texts.empty()) return;
    std::vector<std::string> key;
    for (const std::size_t k : table_.key) key.push_back(table_.columns[k].name);
    const auto result =
        connection_.query(dialect_.sameness_query(table_.name, key, table_.columns[column_].name, texts));
    for (std::size_t i = 0; i < texts.size(); ++i) values_[texts[i]] = db::as_text(result.rows.at(0).at(i));
    texts.clear();
  }

  db::Connection& connection_;
  const Dialect& dialect_;
  const MasterTable& table_;
  std::size_t column_;
  std::unordered_map<std::string, std::string> values_;
};

/// One table's natural keys as the engine compares them. It is asked for those alone that could be equal to a new one.
class EqualKeys {
 public:
  EqualKeys(db::Connection& connection, const Dialect& dialect, const Package& package, const MasterTables& tables, std::size_t index)
      : connection_(connection), dialect_(dialect), package_(package), tables_(tables), index_(index), table_(tables.tables[index]), coarse_(table_) {}

  void find(const DatabaseRows& rows, const Handles& handles, TableDifference& difference, Problems& problems) {
    if (!coarse_.is_needed() || (difference.inserted.empty() && difference.fresh.count == 0)) return;
    note_forms(difference);
    std::vector<MasterRow> suspects;
    if (difference.standing > 0) {
      rows.for_each(index_, handles, [&](MasterRow row, const sql::Row&) {
        if (is_suspect(row)) suspects.push_back(key_alone(std::move(row)));
      });
    }
    for (const MasterRow& row : suspects) note_again(row);
    if (suspects.empty() && all_plain_ && twice_.empty()) return;
    const auto add_new = [&](MasterRow row) {
      if (is_one_of_several(row)) suspects.push_back(key_alone(std::move(row)));
    };
    for (const MasterRow& row : difference.inserted) add_new(row);
    for_each_fresh(package_, tables_, index_, difference.fresh, add_new, {});
    compare(suspects, problems);
  }

 private:
  /// The forms of the new rows, sorted; those that several have.
  void note_forms(TableDifference& difference) {
    forms_ = std::move(difference.fresh.forms);
    all_plain_ = difference.fresh.all_plain;
    for (const MasterRow& row : difference.inserted) {
      if (const auto form = coarse_.form_of(row)) forms_.push_back(*form);
      else all_plain_ = false;
    }
    sort_spread(forms_, [](std::uint64_t form) { return form; }, std::less<>());
    for (std::size_t i = 1; i < forms_.size(); ++i) {
      if (forms_[i] == forms_[i - 1]) twice_.insert(forms_[i]);
    }
  }

  /// Where one key is not plain, it may be equal to any other.
  bool is_suspect(const MasterRow& row) {
    if (!all_plain_) return true;
    const auto form = coarse_.form_of(row);
    return !form || std::binary_search(forms_.begin(), forms_.end(), *form);
  }

  /// The rest need not be held.
  MasterRow key_alone(MasterRow row) const {
    for (std::size_t c = 0; c < row.values.size(); ++c) {
      if (!table_.columns[c].in_key) row.values[c] = nullptr;
    }
    row.address.clear();
    return row;
  }

  void note_again(const MasterRow& row) {
    if (const auto form = coarse_.form_of(row)) twice_.insert(*form);
    else all_plain_ = false;
  }

  bool is_one_of_several(const MasterRow& row) {
    if (!all_plain_) return true;
    const auto form = coarse_.form_of(row);
    return !form || twice_.contains(*form);
  }

  void compare(const std::vector<MasterRow>& suspects, Problems& problems) {
    if (suspects.empty()) return;
    std::map<std::size_t, Sameness> columns;
    for (const std::size_t k : coarse_.collated()) {
      Sameness& column = columns.emplace(k, Sameness(connection_, dialect_, table_, k)).first->second;
      for (const MasterRow& row : suspects) column.add(row);
      column.ask();
    }
    std::unordered_map<std::string, const MasterRow*> first;
    for (const MasterRow& row : suspects) {
      std::string text;
      for (const std::size_t k : table_.key) {
        const auto column = columns.find(k);
        text += (column == columns.end() ? shown(row.values[k]) : column->second.of(row)) + "\n";
      }
      const auto [other, is_new] = first.emplace(std::move(text), &row);
      if (!is_new && row.number != 0) problems.add(sentence(row, *other->second));
    }
  }

  std::string sentence(const MasterRow& row, const MasterRow& other) const {
    const std::string whose = other.number == 0 ? "the database's row " + other.key
                                                : "row " + std::to_string(other.number) + " " + other.key;
    return place_of(package_, tables_, index_, row) + ": the database takes this natural key for that of " + whose +
           ", because its collation ignores the difference; spell both the same";
  }

  db::Connection& connection_;
  const Dialect& dialect_;
  const Package& package_;
  const MasterTables& tables_;
  std::size_t index_;
  const MasterTable& table_;
  CoarseKeys coarse_;
  std::vector<std::uint64_t> forms_;
  std::unordered_set<std::uint64_t> twice_;
  bool all_plain_ = true;
};

}  // namespace

void find_equal_keys(db::Connection& connection, const Dialect& dialect, const Package& package, const MasterTables& tables, const DatabaseRows& rows,
                     const Handles& handles, Differences& found, Problems& problems) {
  for (std::size_t index = 0; index < tables.tables.size(); ++index) {
    if (!rows.is_there(index)) continue;
    EqualKeys(connection, dialect, package, tables, index).find(rows, handles, found.tables[index], problems);
  }
}

}  // namespace plumb::data
