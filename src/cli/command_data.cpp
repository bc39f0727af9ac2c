// cli/command_data.cpp: plumb data export, diff, sync.
#include <iostream>

#include "cli/commands.hpp"
#include "cli/session.hpp"
#include "cli/terminal.hpp"
#include "data/master_data.hpp"
#include "support/error.hpp"
#include "support/text.hpp"

namespace plumb::cli {
namespace {

std::string folder_of(const Arguments& arguments) {
  if (arguments.paths.size() != 1) throw UsageError("which folder? `plumb " + arguments.verb + "` takes one");
  return arguments.paths.front();
}

/// Prints the comparison; gives the exit code when its problems forbid going on.
int report(const Arguments& arguments, const data::Comparison& comparison) {
  if (arguments.json) std::cout << data::to_json(comparison);
  for (const auto& problem : comparison.problems) std::cerr << "plumb: " << problem << "\n";
  if (!comparison.problems.empty()) {
    std::cerr << "plumb: " << counted(comparison.problems.size(), "problem") << "; nothing was written\n";
    return ErrorExit;
  }
  if (!arguments.json && !arguments.quiet) std::cout << data::to_text(comparison, arguments.verbose) << std::flush;
  return Ok;
}

}  // namespace

int command_data_export(const Arguments& arguments) {
  if (arguments.output.empty()) throw UsageError("where to? say -o FOLDER");
  const auto description = load_description(arguments);
  if (!description) return ErrorExit;
  const Session session = open_session(arguments, db::OpenMode::ReadOnly);
  const auto rows = data::export_rows(*session.connection, *session.dialect, *description, arguments.output);
  if (arguments.json) std::cout << "{\"rows\": " << rows << "}\n";
  else if (!arguments.quiet) std::cout << "wrote " << counted(rows, "row") << " into " << arguments.output << "\n";
  return Ok;
}

int command_data_diff(const Arguments& arguments) {
  const std::string folder = folder_of(arguments);
  const auto description = load_description(arguments);
  if (!description) return ErrorExit;
  const Session session = open_session(arguments, db::OpenMode::ReadOnly);
  const data::Comparison comparison = data::compare(*session.connection, *session.dialect, *description, folder);
  if (const int code = report(arguments, comparison); code != Ok) return code;
  return comparison.changes() == 0 ? Ok : DifferenceExit;
}

int command_data_sync(const Arguments& arguments) {
  const std::string folder = folder_of(arguments);
  const auto description = load_description(arguments);
  if (!description) return ErrorExit;
  const Session session = open_session(arguments, arguments.dry_run ? db::OpenMode::ReadOnly : db::OpenMode::ReadWrite);
  if (arguments.dry_run) return report(arguments, data::compare(*session.connection, *session.dialect, *description, folder));
  if (!arguments.yes && stdin_is_terminal()) {
    const data::Comparison comparison = data::compare(*session.connection, *session.dialect, *description, folder);
    if (const int code = report(arguments, comparison); code != Ok || comparison.changes() == 0) return code;
    std::cerr << "Write these rows? Only `yes` writes them: " << std::flush;
    std::string answer;
    std::getline(std::cin, answer);
    if (trim(answer) != "yes") {
      std::cerr << "not written\n";
      return RefusedExit;
    }
  }
  const data::Comparison done = data::sync(*session.connection, *session.dialect, *description, folder);
  if (const int code = report(arguments, done); code != Ok) return code;
  if (!arguments.json && !arguments.quiet) std::cout << (done.changes() == 0 ? "nothing to do\n" : "synced and compared again: nothing differs\n");
  return Ok;
}

}  // namespace plumb::cli
