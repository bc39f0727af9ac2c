#include "cli/data_part.hpp"

#include <algorithm>
#include <memory>
#include <nlohmann/json.hpp>

#include "apply/history.hpp"
#include "apply/syncs.hpp"
#include "diff/fingerprint.hpp"
#include "model/sync_mode.hpp"
#include "plan/live_names.hpp"
#include "plan/rows_after.hpp"
#include "plan/touched.hpp"
#include "probe/make_plan.hpp"
#include "support/error.hpp"
#include "support/text.hpp"

namespace plumb::cli {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t most_rows_shown = 20;
constexpr std::string_view sync_word = "-- sync ";
constexpr std::string_view undo_word = "-- undo sync ";

/// The description itself, or, where --packages takes tables out of it, as it is for rows.
std::shared_ptr<const Description> with_all_tables(const Arguments& arguments, const Description& description) {
  if (arguments.packages.empty()) return {std::shared_ptr<const Description>(), &description};
  Arguments silent = arguments;
  silent.quiet = true;
  auto loaded = load_description_of_rows(silent);
  if (!loaded) throw Error("the description cannot be read");
  return std::make_shared<const Description>(std::move(*loaded));
}

std::vector<std::string> master_names(const Description& description) {
  std::vector<std::string> names;
  for (const auto& [name, intent] : description.tables) {
    if (intent.row_class == RowClass::Master && description.schema.tables.contains(name)) names.push_back(name);
  }
  return names;
}

/// Master tables as the steps will leave them, where these change them.
data::SeenTables seen_tables(const Dialect& dialect, const Schema& actual, const Description& description, const diff::Match& match) {
  data::SeenTables seen;
  const plan::LiveNames names(match, dialect.match_rules().lexis);
  const PlanInput input{actual, match, match.changes, description};
  const plan::RowsAfter rows(input, dialect, names);
  for (const auto& name : master_names(description)) {
    const auto pair = rows.table(name);
    if (!pair) {
      seen.emplace(name, data::SeenTable{});
      continue;
    }
    data::SeenTable table{names.table(name), {}};
    bool is_plain = table.name == name;
    for (const Column& column : pair->after.columns) {
      std::string value = rows.value(*pair, column);
      if (value.empty()) value = "NULL";  // the engine will choose it
      is_plain = is_plain && value == dialect.quote(column.name);
      table.columns.emplace(column.name, std::move(value));
    }
    if (!is_plain) seen.emplace(name, std::move(table));
  }
  return seen;
}

std::string free_attic_name(db::Connection& connection, const Dialect& dialect, const std::string& fingerprint) {
  std::vector<std::string> taken;
  for (const auto& row : connection.query(dialect.attic_query()).rows) taken.push_back(db::as_text(row.at(0)));
  const std::string begin = std::string(attic_prefix) + fingerprint.substr(0, 8);
  for (std::size_t number = 1;; ++number) {
    const std::string name = begin + "_rows" + (number == 1 ? std::string() : std::to_string(number));
    if (std::find(taken.begin(), taken.end(), name) == taken.end()) return name;
  }
}

/// JSON as code in a line of Markdown.
std::string as_code(const std::string& json) { return "`" + replace_all(shortened(json, 120), "`", "'") + "`"; }

std::string in_words(const data::TableChanges& table) {
  std::vector<std::string> parts;
  const auto add = [&](std::size_t count, const char* what) {
    if (count > 0) parts.push_back(counted(count, what));
  };
  add(table.inserted_count, "insert");
  add(table.updated.size(), "update");
  add(table.deleted.size(), "delete");
  if (!table.retired.empty()) parts.push_back(grouped(table.retired.size()) + " retired");
  add(table.conflicts.size(), "conflict");
  parts.push_back(grouped(table.unchanged) + " unchanged");
  if (!table.kept.empty()) parts.push_back(grouped(table.kept.size()) + " kept");
  if (table.only_target_count > 0) parts.push_back(grouped(table.only_target_count) + " only here");
  return "`" + table.table + "`: " + join(parts, ", ");
}

std::string fields_in_words(const data::RowChange& change, const char* between) {
  std::vector<std::string> parts;
  for (const auto& field : change.fields) parts.push_back(field.column + " " + as_code(field.before) + between + as_code(field.after));
  return join(parts, ", ");
}

/// Each row with what changes in it; the first of each table.
std::vector<std::string> remarks_of(const data::Comparison& comparison) {
  std::vector<std::string> remarks;
  for (const auto& table : comparison.tables) {
    const bool is_quiet = table.inserted_count == 0 && table.updated.empty() && table.deleted.empty() && table.retired.empty() && table.kept.empty();
    if (is_quiet) continue;
    remarks.push_back(in_words(table) + ".");
    std::size_t shown = 0;
    const auto add = [&](const std::string& text) {
      if (++shown <= most_rows_shown) remarks.push_back("`" + table.table + "` " + text);
    };
    for (const auto& key : table.inserted) add("+ " + as_code(key));
    for (const auto& change : table.updated) add("~ " + as_code(change.key) + ": " + fields_in_words(change, " → "));
    for (const auto& key : table.deleted) add("- " + as_code(key));
    for (const auto& change : table.retired) add("~ " + as_code(change.key) + ", retired: " + fields_in_words(change, " → "));
    for (const auto& row : table.kept) add("= " + as_code(row.key) + ", kept: " + row.reason);
    shown += table.inserted_count - table.inserted.size();
    if (shown > most_rows_shown) remarks.push_back("`" + table.table + "`: " + grouped(shown - most_rows_shown) + " further rows; `plumb data diff --verbose` lists all.");
  }
  return remarks;
}

void block(const data::Comparison& comparison, plan::Plan& plan) {
  for (const auto& problem : comparison.problems) plan.blocked.push_back({"master-data", problem, {}});
  for (const auto& table : comparison.tables) {
    for (const auto& change : table.conflicts) {
      plan.blocked.push_back({"master-data-conflict",
                              "`" + table.table + "`, row " + as_code(change.key) + " was changed here and there since the last sync: " + fields_in_words(change, " here, in the package ") +
                                  "; --on-conflict theirs takes the package's, ours keeps what is here",
                              {}});
    }
  }
}

Json machine_part(const Arguments& arguments, const data::Comparison& comparison, const data::SyncOptions& options, const std::vector<std::string>& tables) {
  return Json{{"package", comparison.package},
              {"rows", comparison.before},
              {"changes", comparison.fingerprint()},
              {"mode", arguments.mode.empty() ? "declared" : arguments.mode},
              {"on_conflict", arguments.on_conflict.empty() ? "stop" : arguments.on_conflict},
              {"own_changes", arguments.own_changes.empty() ? "keep" : arguments.own_changes},
              {"most_lost", options.most_lost},
              {"aside", options.aside},
              {"tables", tables}};
}

data::SyncOptions options_of(const Json& part) {
  Arguments arguments;
  if (part.at("mode") != "declared") arguments.mode = part.at("mode").get<std::string>();
  arguments.on_conflict = part.at("on_conflict").get<std::string>();
  arguments.own_changes = part.at("own_changes").get<std::string>();
  arguments.most_lost = part.at("most_lost").get<unsigned>();
  data::SyncOptions options = sync_options(arguments);
  options.aside = part.at("aside").get<std::string>();
  return options;
}

void append_steps(const Dialect& dialect, const data::Comparison& comparison, const data::SyncOptions& options, const Json& part, plan::Plan& plan) {
  const sql::Lexis lexis = dialect.match_rules().lexis;
  Step keep;
  keep.symbol = StepSymbol::Data;
  keep.how = options.aside.empty() ? "create" : "keep aside";
  keep.what = options.aside.empty() ? "what syncs remember" : "master rows as they are, kept aside";
  keep.commands.push_back({CommandKind::Statement, dialect.memory_table(), {}});
  if (!options.aside.empty()) {
    keep.aside = options.aside;
    keep.commands.push_back({CommandKind::Statement, dialect.rows_aside(options.aside), {}});
    keep.touched.aside.push_back(options.aside);
  }
  const Schema nothing;
  keep.touched.before = plan::touched_fingerprint(keep.touched, nothing, {}, lexis);
  keep.touched.after = plan::touched_fingerprint(keep.touched, nothing, keep.touched.aside, lexis);
  plan.steps.push_back(std::move(keep));

  Step sync;
  sync.symbol = StepSymbol::Data;
  sync.how = "sync";
  sync.what = "master data: " + counted(comparison.changes(), "row") + " of package `" + comparison.package.substr(0, 12) + "`";
  sync.commands.push_back({CommandKind::Sync, std::string(sync_word) + part.dump(), {}});
  sync.rows = comparison.changes();
  sync.remarks = remarks_of(comparison);
  sync.touched.before = plan::touched_fingerprint(sync.touched, nothing, {}, lexis);
  sync.touched.after = sync.touched.before;
  if (options.aside.empty()) {
    sync.back = {BackKind::None, {}, "the rows as they were are not kept (--no-attic)"};
  } else {
    sync.back = {BackKind::Exact, {{CommandKind::Sync, std::string(undo_word) + Json{{"aside", options.aside}, {"tables", part.at("tables")}}.dump(), {}}}, {}};
  }
  plan.steps.push_back(std::move(sync));
}

/// The machine part of the plan's sync; nothing where it has none.
std::optional<Json> sync_of(const plan::Plan& plan) {
  for (const Step& step : plan.steps) {
    for (const Command& command : step.commands) {
      if (command.kind == CommandKind::Sync && command.sql.starts_with(sync_word)) return Json::parse(command.sql.substr(sync_word.size()));
    }
  }
  return std::nullopt;
}

bool changes_schema(const plan::Plan& plan) {
  return std::any_of(plan.steps.begin(), plan.steps.end(), [](const Step& step) { return step.symbol != StepSymbol::Data; });
}

/// The rows before anything is run, seen as the steps will leave them.
std::string changed_rows(const Arguments& arguments, const Session& session, const Description& description, const plan::Plan& plan, const Json& part,
                         std::shared_ptr<data::Prepared>& prepared) {
  if (prepared && prepared->holds(options_of(part))) return {};
  data::SeenTables seen;
  if (changes_schema(plan)) {
    const LiveState live = introspect(*session.connection, *session.dialect);
    PlanOptions options;
    options.ask_rows = false;
    options.phase = plan.phase;
    const plan::Draft draft = make_plan(*session.connection, *session.dialect, live, description, options);
    seen = seen_tables(*session.dialect, live.schema.schema(), description, draft.match);
  }
  const auto options = options_of(part);
  const bool in_transaction = session.dialect->capabilities().transactional_ddl;
  const auto of_rows = with_all_tables(arguments, description);
  const auto comparison = in_transaction ? data::compare_inside(*session.connection, *session.dialect, *of_rows, arguments.data, options, seen)
                                         : data::compare(*session.connection, *session.dialect, *of_rows, arguments.data, options, seen);
  prepared = comparison.prepared;
  if (comparison.package != part.at("package")) return "the package is not the one that this plan was made for";
  if (comparison.before != part.at("rows")) return "the database is not the one that this plan was made for: its master rows have changed since";
  return {};
}

std::uint64_t run_sync(const Arguments& arguments, const Session& session, const Description& description, const Json& part, const std::shared_ptr<data::Prepared>& prepared) {
  const auto done = data::sync_inside(*session.connection, *session.dialect, *with_all_tables(arguments, description), arguments.data, options_of(part), prepared);
  if (!done.problems.empty()) throw Error(join(done.problems, "\n"));
  if (done.conflicts() > 0) throw Error("rows were changed here and there; `plumb data diff` lists them");
  if (done.package != part.at("package") || done.fingerprint() != part.at("changes"))
    throw Error("the rows have changed since, and the sync would write something else than was reviewed; make a new plan");
  std::vector<apply::SyncedTable> tables;
  for (const auto& table : done.tables) {
    tables.push_back({table.table, std::string(word_of(table.mode)), table.compared, table.inserted_count, table.updated.size(), table.deleted.size(), table.retired.size(), table.unchanged,
                      table.kept.size(), table.decided, table.only_target_count, table.duration.count()});
  }
  // where each statement commits by itself, the tables were made before the transaction, or by an older plumb without this one
  if (session.dialect->capabilities().transactional_ddl) apply::prepare_history(*session.connection, *session.dialect);
  if (has_bookkeeping(*session.connection, *session.dialect, "plumb_syncs")) apply::record_sync(*session.connection, apply::running_number(*session.connection, *session.dialect), tables);
  return done.changes();
}

}  // namespace

data::SyncOptions sync_options(const Arguments& arguments) {
  data::SyncOptions options;
  options.mode = sync_mode(arguments.mode);
  if (arguments.on_conflict == "theirs") options.on_conflict = data::OnConflict::Theirs;
  if (arguments.on_conflict == "ours") options.on_conflict = data::OnConflict::Ours;
  options.overwrite_own = arguments.own_changes == "overwrite";
  options.most_lost = arguments.most_lost;
  return options;
}

data::Comparison add_data_part(const Arguments& arguments, const Session& session, const Schema& actual, const Description& description, plan::Draft& draft) {
  data::SyncOptions options = sync_options(arguments);
  const data::SeenTables seen = seen_tables(*session.dialect, actual, description, draft.match);
  data::Comparison comparison = data::compare(*session.connection, *session.dialect, *with_all_tables(arguments, description), arguments.data, options, seen);
  block(comparison, draft.plan);
  if (!comparison.problems.empty() || comparison.conflicts() > 0 || comparison.changes() == 0) return comparison;
  if (draft.plan.from.empty()) {
    draft.plan.from = diff::fingerprint(actual, session.dialect->match_rules().lexis);
    draft.plan.to = draft.plan.from;
  }
  if (!arguments.no_attic) options.aside = free_attic_name(*session.connection, *session.dialect, comparison.package);
  append_steps(*session.dialect, comparison, options, machine_part(arguments, comparison, options, master_names(description)), draft.plan);
  return comparison;
}

void let_sync(const Arguments& arguments, const Session& session, const plan::Plan& plan, apply::Options& options, std::shared_ptr<data::Prepared> given) {
  const auto part = sync_of(plan);
  std::shared_ptr<const Description> description;
  const auto prepared = std::make_shared<std::shared_ptr<data::Prepared>>(std::move(given));
  if (part && !arguments.data.empty() && !arguments.to.empty()) {
    auto loaded = load_description(arguments);
    if (!loaded) throw Error("the description cannot be read");
    description = std::make_shared<const Description>(std::move(*loaded));
    options.changed_rows = [&arguments, &session, &plan, description, part, prepared] { return changed_rows(arguments, session, *description, plan, *part, *prepared); };
  }
  if (part && !description) return;
  options.sync = [&arguments, &session, description, prepared](const std::string& what) -> std::uint64_t {
    if (what.starts_with(undo_word)) {
      const Json undo = Json::parse(what.substr(undo_word.size()));
      return data::undo(*session.connection, *session.dialect, undo.at("aside").get<std::string>(), undo.at("tables").get<std::vector<std::string>>());
    }
    if (!what.starts_with(sync_word) || description == nullptr) throw Error("the plan holds a data part that this plumb does not know");
    return run_sync(arguments, session, *description, Json::parse(what.substr(sync_word.size())), *prepared);
  };
}

}  // namespace plumb::cli
