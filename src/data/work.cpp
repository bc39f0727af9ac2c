#include "data/work.hpp"

#include <algorithm>

#include "data/judge.hpp"
#include "support/error.hpp"
#include "support/fingerprint.hpp"
#include "support/text.hpp"

namespace plumb::data {
namespace {

constexpr std::size_t few_rows = 10;  // of these any share may go
constexpr std::size_t most_keys_listed = 10'000;

Json json_of(const SeedValue& value) {
  switch (value.kind) {
    case SeedValue::Kind::Null:
    case SeedValue::Kind::Environment:
      return nullptr;
    case SeedValue::Kind::Bool:
      return value.text == "true";
    case SeedValue::Kind::Number:
      return Json::parse(value.text, nullptr, false);
    case SeedValue::Kind::String:
      return value.text;
  }
  return nullptr;
}

class Judge {
 public:
  Judge(db::Connection& connection, const Dialect& dialect, const Package& package, const MasterTables& tables, const SeenTables& seen, Differences found,
        const SyncOptions& options, Problems& problems)
      : connection_(connection), dialect_(dialect), package_(package), tables_(tables), seen_(seen), found_(std::move(found)), options_(options),
        problems_(problems), deleted_keys_(tables.tables.size()) {
    work_.tables.resize(tables.tables.size());
  }

  Work run() {
    for (const std::size_t index : tables_.by_reference) judge_table(index);
    work_.comparison.problems = problems_.all();
    work_.comparison.package = package_.fingerprint();
    work_.comparison.before = found_.database;
    return std::move(work_);
  }

 private:
  SyncMode mode_of(std::size_t index) const {
    if (options_.mode) return *options_.mode;
    while (tables_.tables[index].owner) index = *tables_.tables[index].owner;
    return tables_.tables[index].mode;
  }

  void judge_table(std::size_t index) {
    TableDifference& difference = found_.tables[index];
    TableWork& work = work_.tables[index];
    work.in_package = difference.in_package;
    work.standing = difference.standing;
    work.partial = difference.partial;
    work.fields = difference.fields;
    changes_ = {};
    changes_.table = tables_.tables[index].name;
    changes_.mode = mode_of(index);
    changes_.unchanged = difference.unchanged;
    changes_.duration = std::chrono::duration_cast<std::chrono::milliseconds>(difference.duration);
    changes_.compared = difference.unchanged + difference.fresh.count + difference.inserted.size() + difference.updated.size();
    const bool passes_over = changes_.mode == SyncMode::Init && difference.standing > 0;
    if (!passes_over) {
      take_fresh(index, difference);
      for (MasterRow& row : difference.inserted) judge_insert(index, std::move(row));
      for (RowDifference& row : difference.updated) judge_update(index, std::move(row));
      judge_surplus(index, difference);
    } else {
      work.in_package = false;  // nothing of it was brought
      work.is_passed_over = true;
    }
    changes_.only_target.insert(changes_.only_target.end(), difference.only_target_keys.begin(), difference.only_target_keys.end());
    changes_.only_target_count += difference.only_target_count - difference.only_target.size();
    std::sort(changes_.only_target.begin(), changes_.only_target.end());
    check_loss(index, difference);
    work.brought = std::move(difference.wanted);
    remember_what_stands(work.brought);
    if (changes_.inserted_count > 0) changes_.inserted_digest = inserted_->hex();
    inserted_.emplace();
    work_.comparison.tables.push_back(std::move(changes_));
  }

  void take_fresh(std::size_t index, TableDifference& difference) {
    FreshRows& fresh = difference.fresh;
    changes_.inserted = fresh.keys;
    changes_.inserted_count = fresh.count;
    if (fresh.count > 0) inserted_->update(std::to_string(fresh.count) + " " + std::to_string(fresh.sum));
    fresh.forms = {};
    work_.tables[index].fresh = std::move(fresh);
  }

  /// A row that the mode lets be was not brought: it counts as unchanged here until a sync changes it.
  void remember_what_stands(RowIndex& brought) {
    for (const RowHash& row : left_by_mode_) {
      if (const auto number = brought.find(row.key)) brought.set_content(*number, row.content);
    }
    left_by_mode_.clear();
  }

  static std::optional<std::uint64_t> last_of(const TableDifference& difference, std::uint64_t key) {
    const auto found = difference.last.find(key);
    return found == difference.last.end() ? std::nullopt : std::optional(found->second);
  }

  RowCase case_of(std::size_t index, const MasterRow* wanted, const MasterRow* standing) {
    const MasterTable& table = tables_.tables[index];
    if (wanted != nullptr && !is_whole(table, *wanted)) return case_of_fields(index, *wanted, standing);
    RowCase one;
    std::uint64_t key = 0;
    const auto content_of = [&](const MasterRow& row) {
      const RowHash hash = hash_of(table, row, bytes_);
      key = hash.key;
      return hash.content;
    };
    if (wanted != nullptr) one.package = content_of(*wanted);
    if (standing != nullptr) one.database = content_of(*standing);
    one.brought_before = found_.tables[index].brought_before;
    if (one.brought_before) one.last = last_of(found_.tables[index], key);
    return one;
  }

  /// Of a row that leaves fields out, those that it has are compared with the ones that were brought; where these were others, the
  /// whole row that stood then tells whether this database has changed it.
  RowCase case_of_fields(std::size_t index, const MasterRow& wanted, const MasterRow* standing) {
    constexpr std::uint64_t same = 1;
    constexpr std::uint64_t changed_there = 2;
    constexpr std::uint64_t changed_here = 3;
    const MasterTable& table = tables_.tables[index];
    const TableDifference& difference = found_.tables[index];
    const RowHash fields = hash_of_fields(table, wanted, wanted, bytes_);
    const auto last_fields = last_of(difference, fields.key);
    const auto last_row = last_of(difference, hash_of_key(table, wanted, bytes_));
    RowCase one;
    one.brought_before = difference.brought_before;
    if (one.brought_before && (last_fields || last_row)) one.last = same;
    one.package = last_fields == fields.content ? same : changed_there;
    if (standing == nullptr) return one;
    const bool is_as_brought = last_fields ? last_fields == hash_of_fields(table, wanted, *standing, bytes_).content : last_row == hash_of(table, *standing, bytes_).content;
    one.database = is_as_brought ? same : changed_here;
    return one;
  }

  Verdict verdict_of(const RowCase& row, SyncMode mode) {
    if (is_decided(row, mode, options_)) ++changes_.decided;
    return judge(row, mode, options_);
  }

  RowChange change_of(std::size_t index, const RowDifference& row) const {
    const MasterTable& table = tables_.tables[index];
    RowChange change{row.wanted.key, {}};
    for (const std::size_t c : row.columns) change.fields.push_back({table.columns[c].name, shown(row.standing.row.values[c]), shown(row.wanted.values[c])});
    return change;
  }

  void leave(std::size_t index, const std::string& key, std::string reason) {
    work_.tables[index].left.insert(key);
    changes_.kept.push_back({key, std::move(reason)});
  }

  void judge_insert(std::size_t index, MasterRow row) {
    const Verdict verdict = verdict_of(case_of(index, &row, nullptr), changes_.mode);
    if (verdict == Verdict::Insert) {
      ++changes_.inserted_count;
      if (changes_.inserted.size() < most_keys_listed) changes_.inserted.push_back(row.key);
      inserted_->update("+" + row.key);
      work_.tables[index].inserted.push_back(std::move(row));
    } else if (verdict == Verdict::Conflict) {
      changes_.conflicts.push_back({row.key, {{"(row)", "null", "\"changed\""}}});
    } else {
      leave(index, row.key, "was deleted here");
    }
  }

  void judge_update(std::size_t index, RowDifference row) {
    const Verdict verdict = verdict_of(case_of(index, &row.wanted, &row.standing.row), changes_.mode);
    if (verdict == Verdict::Update) {
      changes_.updated.push_back(change_of(index, row));
      work_.tables[index].updated.push_back(std::move(row));
    } else if (verdict == Verdict::Conflict) {
      changes_.conflicts.push_back(change_of(index, row));
    } else {
      if (is_whole(tables_.tables[index], row.wanted)) {
        if (verdict == Verdict::Nothing) left_by_mode_.push_back(hash_of(tables_.tables[index], row.standing.row, bytes_));
      } else {
        leave_fields(index, row, verdict);
      }
      leave(index, row.wanted.key, verdict == Verdict::KeepOwn ? "was changed here" : "the mode changes no rows that stand");
    }
  }

  /// What a later sync is to know of a row that leaves fields out and stays as it is.
  void leave_fields(std::size_t index, const RowDifference& row, Verdict verdict) {
    const MasterTable& table = tables_.tables[index];
    TableWork& work = work_.tables[index];
    if (verdict == Verdict::Nothing) {
      const RowHash fields = hash_of_fields(table, row.wanted, row.standing.row, bytes_);
      work.fields.insert_or_assign(fields.key, fields.content);
      return;
    }
    const std::uint64_t key = hash_of_key(table, row.wanted, bytes_);
    work.own.emplace(key, last_of(found_.tables[index], key).value_or(0));
  }

  /// Details go when their owner's list does not hold them, or with their owner.
  SyncMode mode_of_surplus(std::size_t index, const MasterRow& row) const {
    const MasterTable& table = tables_.tables[index];
    if (!table.owner) return found_.tables[index].in_package ? changes_.mode : SyncMode::Upsert;
    const Json& owner = row.values[table.owner_reference];
    if (!owner.is_object()) return SyncMode::Upsert;
    const bool may_go = changes_.mode == SyncMode::Upsert || changes_.mode == SyncMode::Mirror;
    const bool is_listed = found_.tables[index].owners.contains(key_hash(owner));
    const bool owner_goes = deleted_keys_[*table.owner].contains(key_text(owner));
    return (may_go && is_listed) || owner_goes ? SyncMode::Mirror : SyncMode::Upsert;
  }

  void judge_surplus(std::size_t index, TableDifference& difference) {
    std::vector<StandingRow*> going;
    for (StandingRow& row : difference.only_target) {
      const SyncMode mode = mode_of_surplus(index, row.row);
      switch (verdict_of(case_of(index, nullptr, &row.row), mode)) {
        case Verdict::Delete:
          going.push_back(&row);
          break;
        case Verdict::Conflict:
          changes_.conflicts.push_back({row.row.key, {{"(row)", "\"changed\"", "null"}}});
          break;
        case Verdict::KeepOwn:
          leave(index, row.row.key, "was " + std::string(last_of(difference, hash_of(tables_.tables[index], row.row, bytes_).key) ? "changed" : "added") + " here");
          break;
        case Verdict::Nothing:
        case Verdict::Insert:
        case Verdict::Update:
          ++changes_.only_target_count;
          if (changes_.only_target.size() < most_keys_listed) changes_.only_target.push_back(row.row.key);
          break;
      }
    }
    take_away(index, going);
  }

  std::string standing_name(std::size_t index) const {
    const auto seen = seen_.find(tables_.tables[index].name);
    return seen == seen_.end() ? tables_.tables[index].name : seen->second.name;
  }

  void take_away(std::size_t index, const std::vector<StandingRow*>& going) {
    std::vector<const sql::Row*> rows;
    for (const StandingRow* row : going) rows.push_back(&row->raw);
    const auto reasons = referred_by_users(connection_, dialect_, tables_, standing_name(index), index, rows);
    for (std::size_t i = 0; i < going.size(); ++i) {
      if (!reasons[i].empty()) {
        retire_or_keep(index, *going[i], reasons[i]);
        continue;
      }
      changes_.deleted.push_back(going[i]->row.key);
      deleted_keys_[index].insert(going[i]->row.key);
      work_.tables[index].deleted.push_back(std::move(*going[i]));
    }
    std::sort(changes_.deleted.begin(), changes_.deleted.end());
  }

  /// It is remembered as it is left, so that it goes when nobody refers to it any more.
  void retire_or_keep(std::size_t index, StandingRow& row, const std::string& reason) {
    const MasterTable& table = tables_.tables[index];
    const auto remember = [&](const MasterRow& left) { work_.tables[index].also_brought.push_back(hash_of(table, left, bytes_)); };
    if (!table.retired_by) {
      remember(row.row);
      return leave(index, row.row.key, reason);
    }
    const std::size_t c = *table.retired_by;
    const Json value = in_one_form(json_of(table.retired), table.columns[c]);
    if (row.row.values[c] == value) {
      remember(row.row);
      return leave(index, row.row.key, reason + ", and it is retired");
    }
    RowDifference difference{row.row, std::move(row), {c}};
    difference.wanted.values[c] = value;
    remember(difference.wanted);
    changes_.retired.push_back(change_of(index, difference));
    work_.tables[index].left.insert(difference.wanted.key);
    work_.tables[index].updated.push_back(std::move(difference));
  }

  void check_loss(std::size_t index, const TableDifference& difference) {
    const std::uint64_t lost = work_.tables[index].deleted.size();
    if (tables_.tables[index].owner || lost < few_rows || lost * 100 <= difference.standing * options_.most_lost) return;
    problems_.add("table `" + tables_.tables[index].name + "` would lose " + grouped(lost) + " of " + grouped(difference.standing) + " rows, more than " +
                  std::to_string(options_.most_lost) + " of a hundred; --most-lost says how many may go");
  }

  db::Connection& connection_;
  const Dialect& dialect_;
  const Package& package_;
  const MasterTables& tables_;
  const SeenTables& seen_;
  Differences found_;
  const SyncOptions& options_;
  Problems& problems_;
  Work work_;
  TableChanges changes_;  ///< of the table that is judged
  std::optional<Sha256> inserted_{std::in_place};  ///< of the rows that it gets
  std::vector<std::unordered_set<std::string>> deleted_keys_;
  std::vector<RowHash> left_by_mode_;
  std::string bytes_;
};

}  // namespace

bool Work::empty() const {
  return std::all_of(tables.begin(), tables.end(), [](const TableWork& table) { return table.empty(); });
}

InFull rows_needed(const MasterTables& tables, const SyncOptions& options) {
  InFull needed;
  for (const MasterTable& table : tables.tables) needed.push_back(table.owner.has_value() || options.mode.value_or(table.mode) == SyncMode::Mirror);
  return needed;
}

Work work_of(db::Connection& connection, const Dialect& dialect, const Package& package, const MasterTables& tables, const SeenTables& seen,
             Differences found, const SyncOptions& options, Problems& problems) {
  return Judge(connection, dialect, package, tables, seen, std::move(found), options, problems).run();
}

}  // namespace plumb::data
