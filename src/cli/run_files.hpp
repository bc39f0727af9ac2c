// cli/run_files.hpp: the log and the report of a run, in the folder of --log-dir, and the journal of --journal.
#pragma once

#include <optional>
#include <string>

#include "apply/apply.hpp"
#include "apply/journal_file.hpp"
#include "apply/run_log.hpp"
#include "apply/run_report.hpp"
#include "cli/arguments.hpp"
#include "cli/session.hpp"

namespace plumb::cli {

/// TIME-VERB.log, .json and .txt, and lines of the journal; nothing where no folder and no file was given.
class RunFiles {
 public:
  /// Begins the log and the run in the journal. Throws FileError where it cannot be written.
  RunFiles(const Arguments& arguments, const Session& session, const std::string& verb, const plan::Plan& plan);

  apply::RunLog* log() { return log_ ? &*log_ : nullptr; }

  apply::JournalFile* journal() { return journal_ ? &*journal_ : nullptr; }

  /// Ends the log and writes the report. A report that cannot be written is said on stderr: the run is done.
  void write_report(const apply::Result& result);

 private:
  void begin_journal(const std::string& verb);
  void begin_log(const std::string& verb);
  void end_journal(const apply::Result& result);

  const Arguments& arguments_;
  const Session& session_;
  const plan::Plan& plan_;
  std::string path_;  ///< without the ending
  std::optional<apply::RunLog> log_;
  std::optional<apply::JournalFile> journal_;
  apply::RunReport report_;
};

}  // namespace plumb::cli
