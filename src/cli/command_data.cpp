// cli/command_data.cpp: plumb data export, diff, sync.
#include "cli/commands.hpp"
#include "support/error.hpp"

namespace plumb::cli {

int command_data_export(const Arguments&) { throw UsageError("not there yet"); }
int command_data_diff(const Arguments&) { throw UsageError("not there yet"); }
int command_data_sync(const Arguments&) { throw UsageError("not there yet"); }

}  // namespace plumb::cli
