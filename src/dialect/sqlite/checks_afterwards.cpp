#include "dialect/sqlite/checks_afterwards.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include "dialect/add_step.hpp"
#include "dialect/question_sql.hpp"
#include "dialect/sqlite/questions.hpp"
#include "dialect/sqlite/render.hpp"
#include "dialect/trigger_check.hpp"
#include "sql/tokens.hpp"
#include "support/text.hpp"

namespace plumb::sqlite {
namespace {

class Checks {
 public:
  explicit Checks(const PlanInput& input) : input_(input), changes_(input.changes) {}

  std::vector<Step> run() {
    if (!may_break()) return {};
    const Schema target = input_.match.target();
    check_views(target);
    check_triggers(target);
    check_virtual_tables();
    return std::move(steps_);
  }

 private:
  void add(std::string what, std::vector<Command> guards) {
    add_step(steps_, StepSymbol::Data, std::move(what), "check").commands = std::move(guards);
  }

  bool may_break() const {
    const diff::Changes& all = changes_;
    return !input_.match.renames.empty() || !all.tables_altered.empty() || !all.tables_dropped.empty() || !all.views_altered.empty() || !all.views_dropped.empty();
  }

  /// A trigger that stands and names what is gone would fail every statement that fires it. Preparing such a statement prepares the
  /// trigger, too, and EXPLAIN runs nothing; its first row begins with 0 (sqlite.org/lang_explain.html).
  void check_triggers(const Schema& target) {
    const std::set<std::string> others = names_that_mean_others();
    if (others.empty()) return;
    const auto meets = [&](const Trigger& trigger) {
      const auto tokens = sql::tokenize(trigger.body.common + " " + trigger.when.common, sql::sqlite_lexis);
      return others.contains(to_lower(trigger.table)) || std::any_of(tokens.begin(), tokens.end(), [&](const sql::Token& token) { return others.contains(to_lower(sql::unquoted(token.text))); });
    };
    std::vector<Command> guards;
    for (const auto& [name, trigger] : target.triggers) {
      const std::string sql = !trigger.made_by_plumb.set && input_.match.from().triggers.contains(name) && meets(trigger) ? firing(trigger, target) : std::string();
      if (!sql.empty()) guards.push_back({CommandKind::Guard, sql, does_not_work(trigger)});
    }
    if (guards.empty()) return;
    add("every trigger still works", std::move(guards));
  }

  /// A full-text table may read its rows from a table that its arguments name (sqlite.org/fts5.html#external_content_tables), which
  /// only a read of it shows.
  void check_virtual_tables() {
    const std::set<std::string> others = names_that_mean_others();
    std::vector<Command> guards;
    for (const auto& [key, opaque] : input_.match.from().opaque) {
      if (opaque.kind != "virtual table" || !opaque.makeable.set || changes_.opaque_dropped.contains(key) || !meets_words_of(opaque.definition, others)) continue;
      guards.push_back({CommandKind::Guard, "SELECT 0 FROM (SELECT count(*) FROM (SELECT * FROM " + quoted(opaque.name) + " LIMIT 1))", "virtual table `" + opaque.name + "` does not answer"});
    }
    if (!guards.empty()) add("every virtual table still answers", std::move(guards));
  }

  /// Names, and the names that stand in quotes.
  static bool meets_words_of(const std::string& definition, const std::set<std::string>& names) {
    const auto tokens = sql::tokenize(definition, sql::sqlite_lexis);
    return std::any_of(tokens.begin(), tokens.end(), [&](const sql::Token& token) {
      const std::string_view text = token.kind == sql::TokenKind::String ? token.text.substr(1, token.text.size() - 2) : token.text;
      return names.contains(to_lower(token.kind == sql::TokenKind::String ? std::string(text) : sql::unquoted(text)));
    });
  }

  /// Tables and views, in lower case, that are gone, new under their name, or have other columns.
  std::set<std::string> names_that_mean_others() const {
    std::set<std::string> names;
    const auto add_name = [&](const std::string& name) { names.insert(to_lower(name)); };
    for (const auto& rename : input_.match.renames) {
      const bool is_table = rename.kind == diff::Rename::Kind::Table;
      add_name(is_table ? rename.from : rename.table);
      if (is_table) add_name(rename.to);
    }
    for (const auto& pair : changes_.tables_altered) {
      const diff::TableDelta delta = diff::compare(pair.before, pair.after);
      if (!delta.columns_added.empty() || !delta.columns_dropped.empty()) add_name(pair.after.name);
    }
    for (const Table& table : changes_.tables_dropped) add_name(table.name);
    for (const View& view : changes_.views_dropped) add_name(view.name);
    for (const auto& pair : changes_.views_altered) add_name(pair.after.name);
    return names;
  }

  /// A statement that fires the trigger, explained; empty where none is known.
  static std::string firing(const Trigger& trigger, const Schema& target) {
    const std::string name = quoted(trigger.table);
    if (trigger.event == TriggerEvent::Insert) return "EXPLAIN INSERT INTO " + name + " DEFAULT VALUES";
    if (trigger.event == TriggerEvent::Delete) return "EXPLAIN DELETE FROM " + name;
    std::string column = trigger.update_of.empty() ? std::string() : trigger.update_of.front();
    const auto table = target.tables.find(trigger.table);
    if (column.empty() && table != target.tables.end()) {
      const auto& columns = table->second.columns;
      const auto stored = std::find_if(columns.begin(), columns.end(), [](const Column& one) { return !one.generated; });
      if (stored != columns.end()) column = stored->name;
    }
    return column.empty() ? std::string() : "EXPLAIN UPDATE " + name + " SET " + quoted(column) + " = " + quoted(column);
  }

  /// A view that names what is gone would break silently; asked for no row it says so.
  void check_views(const Schema& target) {
    if (target.views.empty()) return;
    std::vector<Command> guards;
    for (const auto& [name, view] : target.views) {
      Question question;
      question.kind = QuestionKind::Answers;
      question.table = name;
      guards.push_back({CommandKind::Guard, question_sql(question, question_style()), "view `" + name + "` does not answer"});
    }
    add("every view still answers", std::move(guards));
  }

  const PlanInput& input_;
  const diff::Changes& changes_;
  std::vector<Step> steps_;
};

}  // namespace

std::vector<Step> checks_afterwards(const PlanInput& input) { return Checks(input).run(); }

}  // namespace plumb::sqlite
