#include "dialect/mariadb/text_steps.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include "dialect/add_step.hpp"
#include "dialect/create_order.hpp"
#include "dialect/mariadb/render.hpp"
#include "dialect/mariadb/trigger_turns.hpp"
#include "sql/tokens.hpp"
#include "support/text.hpp"

namespace plumb::mariadb {
namespace {

/// The views and triggers that go, or are made anew later.
class TakenOff {
 public:
  TakenOff(const PlanInput& input, std::set<std::string>& views_taken_off) : input_(input), taken_off_(views_taken_off) {}

  std::vector<Step> run() {
    for (const auto& trigger : changes().triggers_dropped) {
      if (input_.attic.prefix.empty() && is_dropped(trigger.table)) continue;
      Step& step = add_step(steps_, StepSymbol::Drop, "trigger `" + trigger.name + "` on `" + trigger.table + "`", "drop");
      step.commands.push_back(statement("DROP TRIGGER " + quoted(trigger.name)));
      step.effect.triggers_dropped.push_back(trigger.name);
    }
    for (const auto& pair : changes().triggers_altered) {
      Step& step = add_step(steps_, StepSymbol::Change, "trigger `" + pair.before.name + "` on `" + pair.before.table + "`: taken off, made anew below", "drop");
      step.commands.push_back(statement("DROP TRIGGER " + quoted(pair.before.name)));
      step.effect.triggers_dropped.push_back(pair.before.name);
    }
    drop_views();
    return std::move(steps_);
  }

 private:
  const diff::Changes& changes() const { return input_.changes; }

  bool is_dropped(const std::string& table) const {
    return std::any_of(changes().tables_dropped.begin(), changes().tables_dropped.end(), [&](const Table& t) { return t.name == table; });
  }

  /// The view's old text names something that is gone or another one at the end, so that the text could not be put back there.
  bool loses_its_ground(const View& before) const {
    std::set<std::string> gone;
    for (const auto& rename : input_.match.renames) gone.insert(to_lower(rename.from));
    for (const auto& table : changes().tables_dropped) gone.insert(to_lower(table.name));
    for (const auto& view : changes().views_dropped) gone.insert(to_lower(view.name));
    for (const auto& pair : changes().views_altered) {
      if (pair.before.name != before.name) gone.insert(to_lower(pair.before.name));
    }
    for (const auto& pair : changes().tables_altered) {
      for (const Column& column : diff::compare(pair.before, pair.after).columns_dropped) gone.insert(to_lower(column.name));
    }
    const auto tokens = sql::tokenize(before.query.common, sql::mariadb_lexis);
    return std::any_of(tokens.begin(), tokens.end(), [&](const sql::Token& token) {
      return (token.kind == sql::TokenKind::Word || token.kind == sql::TokenKind::QuotedName) && gone.contains(to_lower(sql::unquoted(token.text)));
    });
  }

  /// Those that name others go first: on the way back they come when these stand again.
  void drop_views() {
    std::vector<View> going = changes().views_dropped;
    for (const auto& pair : changes().views_altered) {
      if (!loses_its_ground(pair.before)) continue;
      going.push_back(pair.before);
      taken_off_.insert(pair.before.name);
    }
    const auto order = in_view_order(going, sql::mariadb_lexis);
    for (auto view = order.rbegin(); view != order.rend(); ++view) {
      const std::string& name = (*view)->name;
      const bool comes_again = taken_off_.contains(name);
      Step& step = comes_again ? add_step(steps_, StepSymbol::Change, "view `" + name + "`: taken off, made anew below", "drop") : add_step(steps_, StepSymbol::Drop, "view `" + name + "`", "drop");
      step.commands.push_back(statement("DROP VIEW " + quoted(name)));
      step.effect.views_dropped.push_back(name);
      if (!comes_again) step.risks.push_back({RiskKind::DropView, "drops the view `" + name + "`", false, -1, {}});
    }
  }

  const PlanInput& input_;
  std::set<std::string>& taken_off_;
  std::vector<Step> steps_;
};

constexpr std::string_view session_collation = "utf8mb4_general_ci";  // db/mariadb/connect.cpp

/// The views and triggers that are new, or come again.
class Made {
 public:
  Made(const PlanInput& input, const std::set<std::string>& views_taken_off) : input_(input), taken_off_(views_taken_off) {}

  std::vector<Step> run() {
    std::vector<View> views = changes().views_created;
    for (const auto& pair : changes().views_altered) views.push_back(pair.after);
    for (const View* view : in_view_order(views, sql::mariadb_lexis)) {
      const bool altered = std::any_of(changes().views_altered.begin(), changes().views_altered.end(),
                                       [&](const auto& pair) { return pair.after.name == view->name; });
      std::string sql = create_view(*view);
      if (altered && !taken_off_.contains(view->name)) sql.insert(std::string_view("CREATE ").size(), "OR REPLACE ");
      Step& step = add_step(steps_, altered ? StepSymbol::Change : StepSymbol::Create, "view `" + view->name + "`", "create");
      step.commands.push_back(statement(std::move(sql)));
      step.effect.views.push_back(*view);
    }
    create_triggers();
    return std::move(steps_);
  }

 private:
  const diff::Changes& changes() const { return input_.changes; }

  void create_triggers() {
    if (changes().triggers_created.empty() && changes().triggers_altered.empty()) return;
    ByName<Trigger> triggers = input_.match.from().triggers;
    for (const auto& trigger : changes().triggers_dropped) triggers.erase(trigger.name);
    std::map<std::string, StepSymbol> to_make;
    for (const auto& trigger : changes().triggers_created) {
      triggers.insert_or_assign(trigger.name, trigger);
      to_make.emplace(trigger.name, StepSymbol::Create);
    }
    for (const auto& pair : changes().triggers_altered) {
      triggers.insert_or_assign(pair.after.name, pair.after);
      to_make.emplace(pair.after.name, StepSymbol::Change);
    }
    for (const auto& [moment, turn] : in_turn(triggers, input_.match.from().triggers)) {
      for (std::size_t i = 0; i < turn.size(); ++i) {
        const auto symbol = to_make.find(turn[i]->name);
        if (symbol == to_make.end()) continue;
        // those before this one stand by now; of those behind it, only what is not made anew
        const auto next = std::find_if(turn.begin() + static_cast<std::ptrdiff_t>(i) + 1, turn.end(), [&](const Trigger* t) { return !to_make.contains(t->name); });
        std::string place;
        if (next != turn.end()) place = i == 0 ? "PRECEDES " + quoted((*next)->name) : "FOLLOWS " + quoted(turn[i - 1]->name);
        add_trigger(*turn[i], symbol->second, place);
      }
    }
  }

  /// The mode in which a trigger was read or tried out, else the server's own.
  static std::string mode_of_origin(const Trigger& trigger) {
    const TriggerContext& context = trigger.context;
    const bool has_origin = !context.sql_mode.empty() || !context.definer.empty() || context.order != 0;
    return has_origin ? context.sql_mode : std::string(default_sql_mode);
  }

  /// A trigger keeps the sql_mode and the collation of the session that makes it.
  void add_trigger(const Trigger& trigger, StepSymbol symbol, const std::string& place) {
    const auto options = trigger.options.find("mariadb");
    const bool says_mode = options != trigger.options.end() && options->second.contains("sql_mode");
    Step& step = add_step(steps_, symbol, "trigger `" + trigger.name + "` on `" + trigger.table + "`", "create");
    step.commands.push_back({CommandKind::Session, "SET @plumb_sql_mode = @@SESSION.sql_mode", {}});
    step.commands.push_back({CommandKind::Session, "SET SESSION sql_mode = " + quoted_string(says_mode ? options->second.at("sql_mode") : mode_of_origin(trigger)), {}});
    const std::string& collation = trigger.context.collation;
    const bool has_its_own = !collation.empty() && collation != session_collation;
    if (has_its_own) step.commands.push_back({CommandKind::Session, "SET SESSION collation_connection = " + quoted_string(collation), {}});
    step.commands.push_back(statement(create_trigger(trigger, place)));
    if (has_its_own) step.commands.push_back({CommandKind::Session, "SET SESSION collation_connection = " + quoted_string(session_collation), {}});
    step.commands.push_back({CommandKind::Session, "SET SESSION sql_mode = @plumb_sql_mode", {}});
    step.effect.triggers.push_back(trigger);
  }

  const PlanInput& input_;
  const std::set<std::string>& taken_off_;
  std::vector<Step> steps_;
};

}  // namespace

std::vector<Step> TextSteps::taken_off() { return TakenOff(input_, views_taken_off_).run(); }

std::vector<Step> TextSteps::made() const { return Made(input_, views_taken_off_).run(); }

}  // namespace plumb::mariadb
