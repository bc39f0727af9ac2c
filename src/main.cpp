// plumb: parses the arguments, runs the verb, turns what was thrown into one sentence and an exit code.

#include <functional>
#include <iostream>
#include <map>
#include <string>

#include "cli/arguments.hpp"
#include "cli/commands.hpp"
#include "cli/version.hpp"
#include "support/error.hpp"

namespace {

using plumb::cli::Arguments;

int run(const Arguments& arguments) {
  static const std::map<std::string, std::function<int(const Arguments&)>> verbs{
      {"init", plumb::cli::command_init},
      {"fmt", plumb::cli::command_fmt},
      {"check", plumb::cli::command_check},
      {"inspect", plumb::cli::command_inspect},
      {"diff", plumb::cli::command_diff},
      {"plan", plumb::cli::command_plan},
      {"show", plumb::cli::command_show},
      {"apply", plumb::cli::command_apply},
      {"approve", plumb::cli::command_approve},
      {"validate", plumb::cli::command_validate},
      {"status", plumb::cli::command_status},
      {"history", plumb::cli::command_history},
      {"history show", plumb::cli::command_history_show},
      {"resume", plumb::cli::command_resume},
      {"rollback", plumb::cli::command_rollback},
      {"purge", plumb::cli::command_purge},
      {"unlock", plumb::cli::command_unlock},
      {"backup create", plumb::cli::command_backup_create},
      {"backup list", plumb::cli::command_backup_list},
      {"backup verify", plumb::cli::command_backup_verify},
      {"backup prune", plumb::cli::command_backup_prune},
      {"restore", plumb::cli::command_restore},
      {"data export", plumb::cli::command_data_export},
      {"data diff", plumb::cli::command_data_diff},
      {"data sync", plumb::cli::command_data_sync},
      {"data seed", plumb::cli::command_data_seed},
      {"data verify", plumb::cli::command_data_verify},
      {"data seal", plumb::cli::command_data_seal},
      {"package", plumb::cli::command_package},
      {"package verify", plumb::cli::command_package_verify},
      {"package show", plumb::cli::command_package_show},
      {"preflight", plumb::cli::command_preflight},
      {"deploy", plumb::cli::command_deploy},
      {"install", plumb::cli::command_install},
      {"versions", plumb::cli::command_versions},
      {"serve", plumb::cli::command_serve},
      {"completion", plumb::cli::command_completion},
      {"manual", plumb::cli::command_manual},
      {"version", [](const Arguments&) {
         std::cout << "plumb " << plumb::cli::version_text << "\n";
         return 0;
       }},
  };
  return arguments.targets.empty() ? verbs.at(arguments.verb)(arguments) : plumb::cli::command_fleet(arguments);
}

}  // namespace

int main(int argc, char** argv) {
  try {
    const auto parsed = plumb::cli::parse(argc, argv);
    const int exit_code = parsed.arguments ? run(*parsed.arguments) : parsed.exit_code;
    std::cout.flush();
    if (std::cout) return exit_code;
    std::cerr << "plumb: standard output cannot be written\n";
    return exit_code == plumb::cli::Ok ? static_cast<int>(plumb::cli::ErrorExit) : exit_code;
  } catch (const plumb::UsageError& error) {
    std::cerr << "plumb: " << error.what() << "\n";
    return plumb::cli::UsageExit;
  } catch (const plumb::DatabaseError& error) {
    std::cerr << "plumb: " << error.what() << "\n";
    return error.kind() == plumb::DatabaseErrorKind::Locked ? plumb::cli::LockedExit : plumb::cli::ErrorExit;
  } catch (const std::exception& error) {
    std::cerr << "plumb: " << error.what() << "\n";
    return plumb::cli::ErrorExit;
  }
}
