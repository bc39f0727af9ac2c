// cli/backup_run.hpp: backups with progress on the terminal.
#pragma once

#include <functional>

#include "backup/create.hpp"
#include "cli/arguments.hpp"

namespace plumb::cli {

/// Runs work that shows its progress; Ctrl-C ends it by an Error, so that nothing half done stays.
void with_progress(const Arguments& arguments, const std::function<void(const backup::Progress&)>& work);

/// Makes a backup of --db into -o or a new file of the folder of the backups.
backup::Created make_backup(const Arguments& arguments, const std::string& output);

/// The same in the portable form. What that does not hold is a note each on stderr.
backup::Created make_portable_backup(const Arguments& arguments, const std::string& output);

/// The same before something is changed, and says so on stderr. An SQLite file that does not exist yet has nothing to back up.
void back_up_before(const Arguments& arguments);

}  // namespace plumb::cli
