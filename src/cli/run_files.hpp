// cli/run_files.hpp: the log and the report of a run, in the folder of --log-dir.
#pragma once

#include <optional>
#include <string>

#include "apply/apply.hpp"
#include "apply/run_log.hpp"
#include "apply/run_report.hpp"
#include "cli/arguments.hpp"
#include "cli/session.hpp"

namespace plumb::cli {

/// TIME-VERB.log, .json and .txt; nothing where no folder was given.
class RunFiles {
 public:
  /// Begins the log. Throws FileError where it cannot be written.
  RunFiles(const Arguments& arguments, const Session& session, const std::string& verb, const plan::Plan& plan);

  apply::RunLog* log() { return log_ ? &*log_ : nullptr; }

  /// Ends the log and writes the report. A report that cannot be written is said on stderr: the run is done.
  void write_report(const apply::Result& result);

 private:
  const Arguments& arguments_;
  const Session& session_;
  const plan::Plan& plan_;
  std::string path_;  ///< without the ending
  std::optional<apply::RunLog> log_;
  apply::RunReport report_;
};

}  // namespace plumb::cli
