// cli/command_data.cpp: plumb data export, verify, seal, diff, sync.
#include <algorithm>
#include <cstdlib>
#include <iostream>

#include "apply/history.hpp"
#include "cli/backup_run.hpp"
#include "cli/commands.hpp"
#include "cli/data_part.hpp"
#include "cli/run_plan.hpp"
#include "cli/session.hpp"
#include "cli/terminal.hpp"
#include "data/master_data.hpp"
#include "introspect/live_state.hpp"
#include "probe/make_plan.hpp"
#include "support/error.hpp"
#include "support/text.hpp"

namespace plumb::cli {
namespace {

std::string package_of(const Arguments& arguments) {
  if (arguments.paths.size() != 1) throw UsageError("which package? `plumb " + arguments.verb + "` takes one");
  return arguments.paths.front();
}

/// SOURCE_DATE_EPOCH stands for the present time where builds shall give the same bytes (reproducible-builds.org).
std::string time_of_export() {
  const char* fixed = std::getenv("SOURCE_DATE_EPOCH");
  if (fixed == nullptr) return apply::now_utc();
  const std::string text = fixed;
  if (text.empty() || text.size() > 10 || text.find_first_not_of("0123456789") != std::string::npos) throw UsageError("SOURCE_DATE_EPOCH must be a number of seconds");
  return apply::utc_text(std::chrono::system_clock::time_point(std::chrono::seconds(std::stoll(text))));
}

Arguments quietly(Arguments arguments) {
  arguments.quiet = true;
  return arguments;
}

/// Rows are read and written by the columns that the description says. Throws Error where the database has not got there yet.
void expect_master_tables(const Schema& live, const Description& description) {
  std::vector<std::string> lacking;
  for (const auto& [name, wanted] : description.schema.tables) {
    const auto intent = description.tables.find(name);
    if (intent == description.tables.end() || intent->second.row_class != RowClass::Master) continue;
    const auto standing = std::find_if(live.tables.begin(), live.tables.end(), [&, of = std::string_view(name)](const auto& table) { return equal_ignoring_case(table.first, of); });
    if (standing == live.tables.end()) {
      lacking.push_back("table `" + name + "`");
      continue;
    }
    for (const Column& column : wanted.columns) {
      if (standing->second.find_column(column.name) == nullptr) lacking.push_back("column `" + name + "." + column.name + "`");
    }
  }
  if (lacking.empty()) return;
  const std::size_t count = lacking.size();
  constexpr std::size_t most_named = 5;
  if (count > most_named) lacking.resize(most_named);
  throw Error("the database has no " + join(lacking, ", no ") + (count > most_named ? " and " + grouped(count - most_named) + " more" : "") +
              "; `plumb plan` shows how it comes to what the description says, `plumb plan --data PACKAGE` brings rows along");
}

/// Prints the comparison; gives the exit code when its problems or conflicts forbid going on.
int report(const Arguments& arguments, const data::Comparison& comparison) {
  if (arguments.json) std::cout << data::to_json(comparison);
  for (const auto& problem : comparison.problems) std::cerr << "plumb: " << problem << "\n";
  if (!comparison.problems.empty()) {
    std::cerr << "plumb: " << counted(comparison.problems.size(), "problem") << "; nothing was written\n";
    return ErrorExit;
  }
  if (!arguments.json && !arguments.quiet) std::cout << data::to_text(comparison, arguments.verbose) << std::flush;
  if (comparison.conflicts() == 0) return Ok;
  std::cerr << "plumb: " << counted(comparison.conflicts(), "row") << " changed here and there since the last sync; --on-conflict theirs takes the package's, ours keeps what is here; nothing was written\n";
  return RefusedExit;
}

/// A plan whose only part is the package.
plan::Draft plan_of_package(const Arguments& arguments, const Session& session, const LiveState& live, const Description& description, data::Comparison& found) {
  Description as_it_is = description;
  as_it_is.schema = live.schema.schema();
  as_it_is.is_complete = true;
  as_it_is.drops.clear();
  PlanOptions options;
  options.ask_rows = false;
  options.always_fingerprint = true;
  plan::Draft draft = make_plan(*session.connection, *session.dialect, live, as_it_is, options);
  draft.plan.steps.clear();
  draft.plan.notices.clear();
  draft.plan.blocked.clear();
  draft.plan.to = draft.plan.from;
  draft.plan.version_to = live.version;
  draft.plan.schema = description.name;
  draft.plan.description = description.fingerprint;
  found = add_data_part(arguments, session, live.schema.schema(), description, draft);
  return draft;
}

}  // namespace

int command_data_export(const Arguments& arguments) {
  if (arguments.all_tables) {
    if (arguments.output.empty()) throw UsageError("where to? say -o FILE" + std::string(backup::ending));
    const backup::Created created = make_portable_backup(arguments, arguments.output);
    const std::uint64_t all = backup::rows_of(created.manifest);
    if (arguments.json) std::cout << "{\"rows\": " << all << "}\n";
    else if (!arguments.quiet) std::cout << "wrote " << counted(all, "row") << " into " << created.path << "; `plumb restore` puts them into a database of either engine\n";
    return Ok;
  }
  if (arguments.output.empty()) throw UsageError("where to? say -o FOLDER or -o FILE.tar.zst");
  const auto description = load_description_of_rows(arguments);
  if (!description) return ErrorExit;
  const Session session = open_session(arguments, db::OpenMode::ReadOnly);
  expect_master_tables(introspect(*session.connection, *session.dialect).schema.schema(), *description);
  const auto rows = data::export_rows(*session.connection, *session.dialect, *description, arguments.output, time_of_export());
  if (arguments.json) std::cout << "{\"rows\": " << rows << "}\n";
  else if (!arguments.quiet) std::cout << "wrote " << counted(rows, "row") << " into " << arguments.output << "\n";
  return Ok;
}

int command_data_verify(const Arguments& arguments) {
  const std::string package = package_of(arguments);
  const auto description = load_description_of_rows(arguments);
  if (!description) return ErrorExit;
  const auto problems = data::verify(*description, package);
  for (const auto& problem : problems) std::cerr << "plumb: " << problem << "\n";
  if (!problems.empty()) return ErrorExit;
  if (!arguments.quiet) std::cout << package << ": whole, and it fits the description\n";
  return Ok;
}

int command_data_seal(const Arguments& arguments) {
  const std::string folder = package_of(arguments);
  data::seal(folder);
  if (!arguments.quiet) std::cout << "wrote " << folder << "/checksums.txt\n";
  return Ok;
}

int command_data_seed(const Arguments& arguments) {
  const auto description = load_description(arguments);
  if (!description) return ErrorExit;
  const Session session = open_session(arguments, db::OpenMode::ReadWrite);
  if (stops_at_half_done(arguments, session)) return InterruptedExit;
  const auto seeded = data::seed(*session.connection, *session.dialect, *description);
  if (arguments.quiet) return Ok;
  for (const auto& table : seeded) std::cout << table.table << ": " << (table.had_rows ? std::string("has rows, passed over") : counted(table.rows, "row") + " inserted") << "\n";
  if (seeded.empty()) std::cout << "the description has no seeds\n";
  return Ok;
}

int command_data_diff(const Arguments& arguments) {
  const std::string package = package_of(arguments);
  const auto description = load_description_of_rows(arguments);
  if (!description) return ErrorExit;
  const Session session = open_session(arguments, db::OpenMode::ReadOnly);
  expect_master_tables(introspect(*session.connection, *session.dialect).schema.schema(), *description);
  const data::Comparison comparison = data::compare(*session.connection, *session.dialect, *description, package, sync_options(arguments));
  if (const int code = report(arguments, comparison); code != Ok) return code;
  return comparison.changes() == 0 ? Ok : DifferenceExit;
}

int command_data_sync(const Arguments& given) {
  Arguments arguments = given;
  arguments.data = package_of(given);
  const auto description = load_description(arguments);
  if (!description) return ErrorExit;
  const Session session = open_session(arguments, arguments.dry_run ? db::OpenMode::ReadOnly : db::OpenMode::ReadWrite);
  const auto of_rows = load_description_of_rows(quietly(arguments));
  const LiveState live = introspect(*session.connection, *session.dialect);
  if (!of_rows) return ErrorExit;
  expect_master_tables(live.schema.schema(), *of_rows);
  if (arguments.dry_run) return report(arguments, data::compare(*session.connection, *session.dialect, *of_rows, arguments.data, sync_options(arguments)));
  if (stops_at_half_done(arguments, session)) return InterruptedExit;
  data::Comparison found;
  const plan::Draft draft = plan_of_package(arguments, session, live, *description, found);
  if (const int code = report(arguments, found); code != Ok) return code;
  if (found.changes() == 0) {
    data::sync(*session.connection, *session.dialect, *of_rows, arguments.data, sync_options(arguments), found.prepared);  // what is the same is remembered
    if (!arguments.json && !arguments.quiet) std::cout << "nothing to do\n";
    return Ok;
  }
  if (!arguments.yes && stdin_is_terminal() && !confirmed(arguments, "Write these rows? Only `yes` writes them: ")) {
    std::cerr << "not written\n";
    return RefusedExit;
  }
  Arguments silent = arguments;
  silent.json = false;
  silent.quiet = true;
  silent.auto_rollback = true;  // the table for what is kept aside is all that stands
  if (const int code = run_plan(silent, session, draft.plan, found.prepared); code != Ok) return code;
  if (!arguments.json && !arguments.quiet) std::cout << "synced and compared again: nothing differs\n";
  return Ok;
}

}  // namespace plumb::cli
