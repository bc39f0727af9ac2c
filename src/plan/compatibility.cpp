#include "plan/compatibility.hpp"

#include <algorithm>
#include <iterator>
#include <set>
#include <utility>

#include "dialect/effect.hpp"
#include "plan/noticed.hpp"
#include "support/text.hpp"

namespace plumb::plan {
namespace {

void append(Reasons& reasons, Reasons more) { std::move(more.begin(), more.end(), std::back_inserter(reasons)); }

class Judge {
 public:
  Judge(std::vector<Step>& steps, const Schema& actual, const Dialect& dialect) : steps_(steps), actual_(actual), state_(actual), dialect_(dialect), rules_(dialect.match_rules()) {}

  void run() {
    for (; number_ < steps_.size(); ++number_) judge(steps_[number_]);
  }

 private:
  void judge(Step& step) {
    Reasons old_application;
    Reasons new_application;
    const Effect& effect = step.effect;
    for (const auto& rename : effect.renames) judge_rename(rename, old_application);
    Effect first;
    first.renames = effect.renames;
    carry_out(state_, first, rules_);
    for (const auto& name : effect.triggers_dropped) judge_dropped_trigger(name, old_application, new_application);
    for (const auto& name : effect.views_dropped) judge_dropped_view(name, old_application, new_application);
    for (const auto& name : effect.tables_dropped) old_application.push_back("it names table `" + name + "`");
    for (const Table& table : effect.tables) judge_table(table, old_application, new_application);
    for (const View& view : effect.views) judge_view(view, old_application);
    for (const Trigger& trigger : effect.triggers) judge_trigger(trigger, old_application);
    Effect rest = effect;
    rest.renames.clear();
    carry_out(state_, rest, rules_);
    step.compatibility.old_application = old_application.empty();
    step.compatibility.new_application = new_application.empty();
    step.compatibility.reason = sentence(old_application, new_application);
  }

  static std::string sentence(const Reasons& old_application, const Reasons& new_application) {
    if (!old_application.empty() && old_application == new_application) return "either: " + join(old_application, "; ");
    std::vector<std::string> parts;
    if (!old_application.empty()) parts.push_back("the old one: " + join(old_application, "; "));
    if (!new_application.empty()) parts.push_back("the new one: " + join(new_application, "; "));
    return join(parts, ". ");
  }

  bool is_only_another_case(const diff::Rename& rename) const {
    return equal_ignoring_case(rename.from, rename.to) && (rename.kind != diff::Rename::Kind::Table || rules_.table_names_fold_case);
  }

  void judge_rename(const diff::Rename& rename, Reasons& old_application) {
    if (rename.kind == diff::Rename::Kind::Table) {
      auto moved = made_here_.extract(rename.from);
      if (!moved.empty()) made_here_.insert(rename.to);
    }
    if (is_only_another_case(rename) || rename.kind == diff::Rename::Kind::Index) return;
    old_application.push_back(rename.kind == diff::Rename::Kind::Table ? "it names table `" + rename.from + "`" : "it names `" + rename.table + "." + rename.from + "`");
  }

  template <class Made>
  bool comes_back(const Made& made) const {
    return std::any_of(steps_.begin() + static_cast<std::ptrdiff_t>(number_), steps_.end(), [&](const Step& step) { return made(step.effect); });
  }

  bool nobody_sees_between() const { return dialect_.capabilities().transactional_ddl; }

  void judge_dropped_trigger(const std::string& name, Reasons& old_application, Reasons& new_application) const {
    const bool returns = comes_back([&](const Effect& effect) { return std::any_of(effect.triggers.begin(), effect.triggers.end(), [&](const Trigger& t) { return t.name == name; }); });
    if (!returns) return old_application.push_back("it may rely on trigger `" + name + "`");
    if (nobody_sees_between()) return;
    old_application.push_back("trigger `" + name + "` is missing until it is made anew");
    new_application.push_back(old_application.back());
  }

  void judge_dropped_view(const std::string& name, Reasons& old_application, Reasons& new_application) const {
    const bool returns = comes_back([&](const Effect& effect) { return std::any_of(effect.views.begin(), effect.views.end(), [&](const View& v) { return v.name == name; }); });
    if (!returns) return old_application.push_back("it names view `" + name + "`");
    if (nobody_sees_between()) return;
    old_application.push_back("view `" + name + "` is missing until it is made anew");
    new_application.push_back(old_application.back());
  }

  void judge_table(const Table& after, Reasons& old_application, Reasons& new_application) {
    const auto standing = state_.tables.find(after.name);
    if (standing == state_.tables.end()) {
      made_here_.insert(after.name);
      return;
    }
    if (made_here_.contains(after.name)) return;
    const Table& before = standing->second;
    for (const Column& column : after.columns) {
      if (before.find_column(column.name) != nullptr) continue;
      added_.insert({after.name, to_lower(column.name)});
      if (column.nullable && is_tightened_later(after.name, column.name)) new_application.push_back("`" + after.name + "." + column.name + "` is not filled yet");
    }
    append(old_application, noticed_in_table(as_the_old_application_knows_it(before, after), dialect_));
  }

  bool is_tightened_later(const std::string& table, const std::string& column) const {
    return std::any_of(steps_.begin() + static_cast<std::ptrdiff_t>(number_) + 1, steps_.end(), [&](const Step& step) {
      return std::any_of(step.effect.tables.begin(), step.effect.tables.end(), [&](const Table& t) {
        const Column* later = t.name == table ? t.find_column(column) : nullptr;
        return later != nullptr && !later->nullable;
      });
    });
  }

  /// Columns that earlier steps added are new to it, and count where they change; keys that are only put back are none.
  diff::Pair<Table> as_the_old_application_knows_it(Table before, Table after) const {
    for (Column& column : after.columns) {
      const Column* had = before.find_column(column.name);
      if (!added_.contains({after.name, to_lower(column.name)}) || had == nullptr) continue;
      if (*had == column) column.nullable = true;
    }
    std::erase_if(before.columns, [&](const Column& column) { return added_.contains({after.name, to_lower(column.name)}); });
    const Table* first = as_it_was(after.name);
    if (first != nullptr) {
      const auto had = [&](const ForeignKey& key) { return std::any_of(first->foreign_keys.begin(), first->foreign_keys.end(), [&](const ForeignKey& k) { return is_the_same(k, key); }); };
      std::erase_if(after.foreign_keys, [&](const ForeignKey& key) { return had(key) && std::find(before.foreign_keys.begin(), before.foreign_keys.end(), key) == before.foreign_keys.end(); });
    }
    std::erase_if(before.foreign_keys, [&](const ForeignKey& key) { return is_put_back(after, key); });
    return {std::move(before), std::move(after)};
  }

  /// Renames may have come between.
  static bool is_the_same(const ForeignKey& a, const ForeignKey& b) { return a.name == b.name && a.on_delete == b.on_delete && a.on_update == b.on_update; }

  /// Taken off by this step and put on again by a later one.
  bool is_put_back(const Table& after, const ForeignKey& key) const {
    if (std::any_of(after.foreign_keys.begin(), after.foreign_keys.end(), [&](const ForeignKey& k) { return k.name == key.name; })) return false;
    return comes_back([&](const Effect& effect) {
      return std::any_of(effect.tables.begin(), effect.tables.end(), [&](const Table& t) {
        return t.name == after.name && std::any_of(t.foreign_keys.begin(), t.foreign_keys.end(), [&](const ForeignKey& k) { return is_the_same(k, key); });
      });
    });
  }

  const Table* as_it_was(std::string name) const {
    for (const Step& step : steps_) {
      for (const auto& rename : step.effect.renames) {
        if (rename.kind == diff::Rename::Kind::Table && rename.to == name) name = rename.from;
      }
    }
    const auto found = actual_.tables.find(name);
    return found == actual_.tables.end() ? nullptr : &found->second;
  }

  void judge_view(const View& view, Reasons& old_application) const {
    const auto before = actual_.views.find(view.name);
    if (before == actual_.views.end() || sql::same_expression(before->second.query.common, view.query.common, rules_.lexis)) return;
    old_application.push_back("view `" + view.name + "` gives something else");
  }

  void judge_trigger(const Trigger& trigger, Reasons& old_application) const {
    const auto before = actual_.triggers.find(trigger.name);
    if (before == actual_.triggers.end()) return append(old_application, noticed_in_new_trigger(trigger, rules_.lexis));
    if (!sql::same_expression(before->second.body.common, trigger.body.common, rules_.lexis)) old_application.push_back("trigger `" + trigger.name + "` does something else");
  }

  std::vector<Step>& steps_;
  const Schema& actual_;
  Schema state_;
  const Dialect& dialect_;
  diff::MatchRules rules_;
  std::size_t number_ = 0;
  std::set<std::string> made_here_;                          ///< tables
  std::set<std::pair<std::string, std::string>> added_;      ///< table and column, in small letters
};

}  // namespace

void judge_compatibility(std::vector<Step>& steps, const Schema& actual, const Dialect& dialect) { Judge(steps, actual, dialect).run(); }

}  // namespace plumb::plan
