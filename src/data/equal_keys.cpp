#include <algorithm>
#include <unordered_map>

#include "data/differences.hpp"
#include "support/text.hpp"

namespace plumb::data {
namespace {

constexpr std::size_t most_texts = 500;
constexpr std::size_t most_bytes = std::size_t{1} << 20U;

bool is_collated(const MasterColumn& column) {
  return !column.parent &&
         (column.kind == ValueKind::Text || column.kind == ValueKind::Char || column.kind == ValueKind::Any);
}

bool is_plain(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= ' ' && c <= '~'; });
}

/// Plain texts that some collation may take for equal have the same form: case, trailing spaces, and the letters that are
/// one in Swedish, Lithuanian or classical Latin do not count.
std::string coarse_form(std::string_view text) {
  std::string form = to_lower(text.substr(0, text.find_last_not_of(' ') + 1));
  for (char& c : form) {
    if (c == 'w' || c == 'u') c = 'v';
    if (c == 'j' || c == 'y') c = 'i';
  }
  return form;
}

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
      : connection_(connection), dialect_(dialect), package_(package), tables_(tables), index_(index), table_(tables.tables[index]) {
    for (const std::size_t k : table_.key) {
      if (is_collated(table_.columns[k])) collated_.push_back(k);
    }
  }

  void find(const DatabaseRows& rows, const Handles& handles, const TableDifference& difference, Problems& problems) {
    if (collated_.empty() || difference.inserted.empty()) return;
    for (const MasterRow& row : difference.inserted) note(row);
    std::vector<const MasterRow*> suspects;
    std::vector<MasterRow> standing;
    if (difference.standing > 0) {
      rows.for_each(index_, handles, [&](MasterRow row, const sql::Row&) {
        if (is_suspect(row, 1)) standing.push_back(std::move(row));
      });
    }
    for (const MasterRow& row : standing) suspects.push_back(&row);
    for (const MasterRow& row : difference.inserted) {
      if (!standing.empty() || is_suspect(row, 2)) suspects.push_back(&row);
    }
    compare(suspects, problems);
  }

 private:
  /// The key with what differs coarsely alone; empty: it is not plain.
  std::string form_of(const MasterRow& row) const {
    std::string form;
    for (const std::size_t k : table_.key) {
      const Json& value = row.values[k];
      const bool is_text = value.is_string() && std::find(collated_.begin(), collated_.end(), k) != collated_.end();
      if (is_text && !is_plain(value.get_ref<const std::string&>())) return {};
      form += (is_text ? "=" + coarse_form(value.get_ref<const std::string&>()) : shown(value)) + "\n";
    }
    return form;
  }

  void note(const MasterRow& row) {
    const std::string form = form_of(row);
    if (form.empty()) all_plain_ = false;
    else ++forms_[form];
  }

  /// `least`: how many new rows of its form there must be.
  bool is_suspect(const MasterRow& row, std::size_t least) const {
    if (!all_plain_) return true;
    const std::string form = form_of(row);
    if (form.empty()) return true;
    const auto found = forms_.find(form);
    return found != forms_.end() && found->second >= least;
  }

  void compare(const std::vector<const MasterRow*>& suspects, Problems& problems) {
    if (suspects.empty()) return;
    std::map<std::size_t, Sameness> columns;
    for (const std::size_t k : collated_) {
      Sameness& column = columns.emplace(k, Sameness(connection_, dialect_, table_, k)).first->second;
      for (const MasterRow* row : suspects) column.add(*row);
      column.ask();
    }
    std::unordered_map<std::string, const MasterRow*> first;
    for (const MasterRow* row : suspects) {
      std::string text;
      for (const std::size_t k : table_.key) {
        const auto column = columns.find(k);
        text += (column == columns.end() ? shown(row->values[k]) : column->second.of(*row)) + "\n";
      }
      const auto [other, is_new] = first.emplace(std::move(text), row);
      if (!is_new && row->number != 0) problems.add(sentence(*row, *other->second));
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
  std::vector<std::size_t> collated_;
  std::unordered_map<std::string, std::size_t> forms_;  ///< of new rows
  bool all_plain_ = true;
};

}  // namespace

void find_equal_keys(db::Connection& connection, const Dialect& dialect, const Package& package, const MasterTables& tables, const DatabaseRows& rows,
                     const Handles& handles, const Differences& found, Problems& problems) {
  for (std::size_t index = 0; index < tables.tables.size(); ++index) {
    if (!rows.is_there(index)) continue;
    EqualKeys(connection, dialect, package, tables, index).find(rows, handles, found.tables[index], problems);
  }
}

}  // namespace plumb::data
