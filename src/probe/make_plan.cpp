#include "probe/make_plan.hpp"

#include <algorithm>

#include "dialect/trigger_check.hpp"
#include "diff/fingerprint.hpp"
#include "model/packages.hpp"
#include "plan/choose_batches.hpp"
#include "plan/once.hpp"
#include "plan/standing_rows.hpp"
#include "probe/ask_rows.hpp"
#include "probe/find_costs.hpp"
#include "support/error.hpp"
#include "support/text.hpp"
#include "support/version.hpp"

namespace plumb {
namespace {

/// Names of what still looks different, so that the engine must say how it spells it.
struct Unsettled {
  std::vector<std::string> tables;
  std::vector<std::string> views;
};

Unsettled unsettled(const diff::Changes& changes, const Schema& desired) {
  Unsettled names;
  const auto add_table = [&](const std::string& name) {
    if (desired.tables.contains(name)) names.tables.push_back(name);
  };
  for (const auto& table : changes.tables_created) add_table(table.name);
  for (const auto& pair : changes.tables_altered) add_table(pair.after.name);
  for (const auto& view : changes.views_created) names.views.push_back(view.name);
  for (const auto& pair : changes.views_altered) {
    if (desired.views.contains(pair.after.name)) names.views.push_back(pair.after.name);
  }
  return names;
}

std::vector<Refused> respell(db::Connection& connection, const Dialect& dialect, Schema& desired, const Unsettled& names, const PlanOptions& options) {
  try {
    return dialect.respell(connection, desired, names.tables, names.views);
  } catch (const DatabaseError& error) {
    if (options.needs_server_spelling || error.kind() != DatabaseErrorKind::AccessDenied) throw;
    return {};
  }
}

/// Names of this plan's attic tables begin like this: by the state that it starts from, so that the same plan has the same
/// bytes anywhere, and by a letter where an earlier plan from that state has left its own.
std::string free_attic_prefix(db::Connection& connection, const Dialect& dialect, const std::string& fingerprint) {
  std::vector<std::string> taken;
  for (const auto& row : connection.query(dialect.attic_query()).rows) taken.push_back(db::as_text(row.at(0)));
  const std::string begin = std::string(attic_prefix) + fingerprint.substr(0, 8);
  for (std::string suffix;; suffix = suffix.empty() ? "b" : suffix.back() == 'z' ? suffix + "b" : suffix.substr(0, suffix.size() - 1) + static_cast<char>(suffix.back() + 1)) {
    const std::string prefix = begin + suffix + "_";
    if (std::none_of(taken.begin(), taken.end(), [&](const std::string& name) { return name.starts_with(prefix); })) return prefix;
  }
}

bool may_lose(const plan::Draft& draft) { return !draft.match.changes.tables_altered.empty() || !draft.match.changes.tables_dropped.empty(); }

/// A guard without a query for its rows says how many there are, and not which.
void name_no_rows(std::vector<Step>& steps) {
  for (Step& step : steps) {
    for (Command& command : step.commands) command.finds.clear();
    for (Command& command : step.back.commands) command.finds.clear();
  }
}

bool answers(db::Connection& connection, const Dialect& dialect, const std::string& view) {
  Question question;
  question.kind = QuestionKind::Answers;
  question.table = view;
  try {
    connection.query(dialect.spell(question));
  } catch (const DatabaseError& error) {
    if (error.kind() != DatabaseErrorKind::Other) throw;
    return false;
  }
  return true;
}

/// What goes of these does not come back; a file takes any text.
void tell_views_without_way_back(db::Connection& connection, const Dialect& dialect, const Schema& actual, plan::Draft& draft) {
  if (!dialect.capabilities().needs_server) return;
  for (Step& step : draft.plan.steps) {
    std::vector<std::string> views = step.effect.views_dropped;
    for (const View& view : step.effect.views) views.push_back(view.name);
    for (const std::string& view : views) {
      if (!actual.views.contains(view) || step.back.commands.empty() || answers(connection, dialect, view)) continue;
      step.back = {BackKind::None, {}, "view `" + view + "` does not answer as it stands, and the server makes no view over what is not there"};
    }
  }
}

/// What was broken before this plan is not the plan's affair: where it does not work now either, it is not asked about.
void leave_out_if_broken(db::Connection& connection, Step& step, std::vector<Command>::iterator command, const std::string& what, plan::Draft& draft) {
  try {
    connection.query(command->sql);
  } catch (const DatabaseError& error) {
    if (error.kind() != DatabaseErrorKind::Other && error.kind() != DatabaseErrorKind::MissingExtension) throw;
    step.commands.erase(command);
    draft.plan.notices.push_back({diff::NoticeKind::Opaque, what + " (" + error.what() + ")", {}});
  }
}

void leave_out_what_was_broken(db::Connection& connection, const Dialect& dialect, const Schema& actual, plan::Draft& draft) {
  for (Step& step : draft.plan.steps) {
    if (step.how != "check") continue;
    for (const auto& [name, view] : actual.views) {
      Question question;
      question.kind = QuestionKind::Answers;
      question.table = name;
      const std::string sql = dialect.spell(question);
      const auto& altered = draft.match.changes.views_altered;
      const auto command = std::find_if(step.commands.begin(), step.commands.end(), [&](const Command& c) { return c.sql == sql; });
      if (command == step.commands.end() || std::any_of(altered.begin(), altered.end(), [&, n = name](const auto& pair) { return pair.after.name == n; })) continue;
      leave_out_if_broken(connection, step, command, "view `" + name + "`, which does not answer", draft);
    }
    for (const auto& [name, trigger] : actual.triggers) {
      const auto command = std::find_if(step.commands.begin(), step.commands.end(), [&, message = does_not_work(trigger)](const Command& c) { return c.message == message; });
      if (command != step.commands.end()) leave_out_if_broken(connection, step, command, "trigger `" + name + "`, which does not work", draft);
    }
  }
  std::erase_if(draft.plan.steps, [](const Step& step) { return step.how == "check" && step.commands.empty(); });
}

/// What a part of a description refers to outside of it must be there already.
void require_other_packages(const Schema& actual, const Description& description) {
  const auto stands = [&](const std::string& table) {
    return std::any_of(actual.tables.begin(), actual.tables.end(), [&](const auto& entry) { return equal_ignoring_case(entry.first, table); });
  };
  const auto require = [&](const std::string& what, const std::string& package, const std::string& table) {
    const std::string missing = left_out_package_of_table(description, table);
    if (missing.empty() || stands(table)) return;
    throw Error(what + (package.empty() ? std::string() : " of package `" + package + "`") + " needs table `" + table + "` of package `" + missing + "`, which --packages leaves out and the database does not have; bring `" + missing + "` there first");
  };
  for (const auto& [name, table] : description.schema.tables) {
    const auto intent = description.tables.find(name);
    for (const ForeignKey& key : table.foreign_keys) {
      if (key.database.empty()) require("table `" + name + "`", intent == description.tables.end() ? std::string() : intent->second.package, key.table);
    }
  }
  for (const auto& [name, trigger] : description.schema.triggers) {
    const auto place = description.trigger_places.find(name);
    require("trigger `" + name + "`", place == description.trigger_places.end() ? std::string() : place->second.package, trigger.table);
  }
}

/// Going back is what rollback is for: it has the ways back, and the values that were kept.
void refuse_to_go_back(plan::Plan& plan, const std::string& declared) {
  if (!is_older(declared, plan.version_from)) return;
  plan.blocked.push_back({"older-description", "the database is newer: " + plan.version_from + " > " + declared + "; `plumb rollback --to-version " + declared + "` goes back", {}});
}

}  // namespace

plan::Draft make_plan(db::Connection& connection, const Dialect& dialect, const Description& description, const PlanOptions& options) {
  return make_plan(connection, dialect, introspect(connection, dialect), description, options);
}

plan::Draft make_plan(db::Connection& connection, const Dialect& dialect, const LiveState& live, const Description& description, const PlanOptions& options) {
  const Schema& actual = live.schema.schema();
  require_other_packages(actual, description);
  CanonicalSchema desired = dialect.canonicalise(description.schema);
  const sql::Lexis lexis = dialect.match_rules().lexis;
  plan::Draft draft = plan::build(live.schema, desired, description, dialect, options.allowed);
  const std::string attic = options.keep_aside && may_lose(draft) ? free_attic_prefix(connection, dialect, diff::fingerprint(actual, lexis)) : std::string();
  const Unsettled names = unsettled(draft.match.changes, desired.schema());
  const bool is_settled = names.tables.empty() && names.views.empty();
  if (is_settled && (options.phase != plan::Phase::Whole || !attic.empty())) draft = plan::build(live.schema, desired, description, dialect, options.allowed, attic, options.phase);
  if (!is_settled && (options.asks_server_spelling || !dialect.capabilities().needs_server)) {
    Schema settled = desired.schema();
    const auto refused = respell(connection, dialect, settled, names, options);
    draft = plan::build(live.schema, dialect.canonicalise(settled), description, dialect, options.allowed, attic, options.phase);
    for (const auto& refusal : refused) {
      const auto intent = description.tables.find(refusal.object);
      draft.plan.blocked.push_back({"engine-refuses", refusal.object + " is refused by " + std::string(dialect.name()) + ": " + refusal.reason, intent == description.tables.end() ? Origin() : intent->second.origin});
    }
  }
  draft.plan.engine_version = live.engine_version;
  draft.plan.version_from = live.version;
  const bool keeps_version = draft.plan.version_to.empty() || options.phase == plan::Phase::Expand;  // it is reached with the last part
  if (keeps_version) draft.plan.version_to = live.version;  // the description has none, so it stays
  const bool changes_schema = !draft.plan.steps.empty();
  if (!description.once_steps.empty()) plan::add_once_steps(draft, description, dialect, once_runs(connection, dialect));
  refuse_to_go_back(draft.plan, description.version);
  if (!plan::is_empty(draft.plan) || options.always_fingerprint) {
    draft.plan.from = diff::fingerprint(actual, lexis);
    draft.plan.to = !changes_schema ? draft.plan.from : diff::fingerprint(draft.match.target(), lexis);
  }
  if (options.ask_rows) {
    leave_out_what_was_broken(connection, dialect, actual, draft);
    tell_views_without_way_back(connection, dialect, actual, draft);
    std::vector<Question*> further;
    for (auto& suggestion : draft.suggestions) {
      for (Question& question : suggestion.questions) further.push_back(&question);
    }
    ask_rows(connection, dialect, actual, {options.longest_question, options.name_rows}, draft.plan.steps, further);
    plan::guard_what_was_answered(draft.plan);
  }
  plan::let_standing_rows_be(draft.plan, dialect);
  if (options.find_costs) find_costs(connection, dialect, actual, options, draft.plan.steps);
  plan::choose_batches(draft.plan.steps);
  plan::limit_rebuilds(draft.plan, options.largest_rebuild, options.alter_wrapper, dialect);
  plan::tell_suggestions(draft);
  plan::assess(draft.plan);
  if (!options.name_rows) name_no_rows(draft.plan.steps);
  return draft;
}

}  // namespace plumb
