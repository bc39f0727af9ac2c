#include <algorithm>

#include "data/master_data.hpp"
#include "data/one_form.hpp"
#include "model/sync_mode.hpp"
#include "support/text.hpp"

namespace plumb::data {
namespace {

constexpr std::size_t most = 10;

class Text {
 public:
  explicit Text(bool verbose) : verbose_(verbose) {}

  void add(const TableChanges& table) {
    const bool is_quiet = table.inserted_count == 0 && table.updated.empty() && table.deleted.empty() && table.retired.empty() && table.conflicts.empty() && table.kept.empty();
    if (is_quiet && (!verbose_ || table.only_target.empty())) return;
    out_ += heading(table);
    keys("  + ", table.inserted, "", table.inserted_count);
    changes("  ~ ", table.updated, " → ");
    keys("  - ", table.deleted, "");
    changes("  ~ ", table.retired, " → ", " (retired: rows of users refer to it)");
    limited(table.conflicts, [&](const RowChange& change) {
      out_ += "  ! " + change.key + " was changed here and there\n";
      for (const FieldChange& field : change.fields)
        out_ += "      " + field.column + ": here " + shortened(field.before, 100) + " | package " + shortened(field.after, 100) + "\n";
    });
    limited(table.kept, [&](const KeptRow& row) { out_ += "  = " + row.key + " (kept: " + row.reason + ")\n"; });
    if (verbose_) keys("  = ", table.only_target, " (only here, kept)");
  }

  std::string take() { return std::move(out_); }

 private:
  static std::string heading(const TableChanges& table) {
    std::string text = table.table + ": " + counted(table.inserted_count, "insert") + ", " + counted(table.updated.size(), "update");
    if (table.mode == SyncMode::Mirror || !table.deleted.empty()) text += ", " + counted(table.deleted.size(), "delete");
    if (!table.retired.empty()) text += ", " + grouped(table.retired.size()) + " retired";
    if (!table.conflicts.empty()) text += ", " + counted(table.conflicts.size(), "conflict");
    text += ", " + grouped(table.unchanged) + " unchanged, ";
    if (!table.kept.empty()) text += grouped(table.kept.size()) + " kept, ";
    text += grouped(table.only_target_count) + " only here";
    if (table.mode != SyncMode::Upsert) text += " (" + std::string(word_of(table.mode)) + ")";
    return text + "\n";
  }

  template <class List, class Print>
  void limited(const List& list, const Print& print, std::uint64_t count = 0) {
    count = std::max<std::uint64_t>(count, list.size());
    const std::size_t shown = verbose_ ? list.size() : std::min(list.size(), most);
    for (std::size_t i = 0; i < shown; ++i) print(list[i]);
    if (count > shown) out_ += "    … " + grouped(count - shown) + " more" + (list.size() > shown ? " (--verbose lists " + std::string(list.size() == count ? "all" : grouped(list.size())) + ")" : "") + "\n";
  }

  void keys(const std::string& mark, const std::vector<std::string>& list, const std::string& behind, std::uint64_t count = 0) {
    limited(list, [&](const std::string& key) { out_ += mark + key + behind + "\n"; }, count);
  }

  void changes(const std::string& mark, const std::vector<RowChange>& list, const std::string& between, const std::string& behind = {}) {
    limited(list, [&](const RowChange& change) {
      out_ += mark + change.key + behind + "\n";
      for (const FieldChange& field : change.fields) out_ += "      " + field.column + ": " + shortened(field.before, 100) + between + shortened(field.after, 100) + "\n";
    });
  }

  bool verbose_;
  std::string out_;
};

Json changes_json(const std::vector<RowChange>& changes) {
  Json list = Json::array();
  for (const RowChange& change : changes) {
    Json fields = Json::object();
    for (const FieldChange& field : change.fields) fields[field.column] = Json{{"before", Json::parse(field.before)}, {"after", Json::parse(field.after)}};
    list.push_back(Json{{"key", Json::parse(change.key)}, {"fields", std::move(fields)}});
  }
  return list;
}

Json keys_json(const std::vector<std::string>& keys) {
  Json list = Json::array();
  for (const auto& key : keys) list.push_back(Json::parse(key));
  return list;
}

}  // namespace

std::string to_text(const Comparison& comparison, bool verbose) {
  Text text(verbose);
  std::uint64_t unchanged = 0;
  std::uint64_t kept = 0;
  for (const TableChanges& table : comparison.tables) {
    unchanged += table.unchanged;
    kept += table.only_target_count + table.kept.size();
    text.add(table);
  }
  std::string sum = counted(comparison.changes(), "row") + " to change, " + grouped(unchanged) + " unchanged, " + grouped(kept) + " only in the database and kept";
  if (comparison.conflicts() > 0) sum += ", " + counted(comparison.conflicts(), "conflict");
  return text.take() + sum + "\n";
}

std::string to_json(const Comparison& comparison) {
  Json json{{"changes", comparison.changes()}, {"conflicts", comparison.conflicts()}, {"problems", comparison.problems}, {"package", comparison.package}};
  json["duration_ms"] = comparison.duration.count();
  json["tables"] = Json::array();
  for (const TableChanges& table : comparison.tables) {
    Json one{{"table", table.table}, {"mode", word_of(table.mode)}, {"compared", table.compared}, {"unchanged", table.unchanged}};
    one["inserted"] = keys_json(table.inserted);
    one["inserted_count"] = table.inserted_count;
    one["updated"] = changes_json(table.updated);
    one["deleted"] = keys_json(table.deleted);
    one["retired"] = changes_json(table.retired);
    one["conflicts"] = changes_json(table.conflicts);
    one["kept"] = Json::array();
    for (const KeptRow& row : table.kept) one["kept"].push_back(Json{{"key", Json::parse(row.key)}, {"reason", row.reason}});
    one["only_target"] = keys_json(table.only_target);
    one["only_target_count"] = table.only_target_count;
    one["decided"] = table.decided;
    one["duration_ms"] = table.duration.count();
    json["tables"].push_back(std::move(one));
  }
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace plumb::data
