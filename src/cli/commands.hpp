// cli/commands.hpp: one function a verb. Each gives the exit code; errors of the world are thrown.
#pragma once

#include "cli/arguments.hpp"

namespace plumb::cli {

int command_init(const Arguments& arguments);
int command_fmt(const Arguments& arguments);
int command_check(const Arguments& arguments);
int command_inspect(const Arguments& arguments);
int command_diff(const Arguments& arguments);
int command_plan(const Arguments& arguments);
int command_show(const Arguments& arguments);
int command_apply(const Arguments& arguments);
int command_approve(const Arguments& arguments);
int command_validate(const Arguments& arguments);
int command_status(const Arguments& arguments);
int command_history(const Arguments& arguments);
int command_history_show(const Arguments& arguments);
int command_resume(const Arguments& arguments);
int command_rollback(const Arguments& arguments);
int command_purge(const Arguments& arguments);
int command_unlock(const Arguments& arguments);
int command_backup_create(const Arguments& arguments);
int command_backup_list(const Arguments& arguments);
int command_backup_verify(const Arguments& arguments);
int command_backup_prune(const Arguments& arguments);
int command_package(const Arguments& arguments);
int command_package_verify(const Arguments& arguments);
int command_package_show(const Arguments& arguments);
int command_preflight(const Arguments& arguments);
int command_deploy(const Arguments& arguments);
int command_install(const Arguments& arguments);
int command_versions(const Arguments& arguments);
int command_restore(const Arguments& arguments);
int command_data_export(const Arguments& arguments);
int command_data_diff(const Arguments& arguments);
int command_data_sync(const Arguments& arguments);
int command_data_seed(const Arguments& arguments);
int command_data_verify(const Arguments& arguments);
int command_data_seal(const Arguments& arguments);
int command_serve(const Arguments& arguments);
int command_completion(const Arguments& arguments);
int command_manual(const Arguments& arguments);

/// The verb of the call, for every database of --targets.
int command_fleet(const Arguments& arguments);

}  // namespace plumb::cli
