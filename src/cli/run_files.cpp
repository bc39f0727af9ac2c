#include "cli/run_files.hpp"

#include <iostream>

#include "apply/history.hpp"
#include "cli/version.hpp"
#include "support/error.hpp"
#include "support/file.hpp"
#include "support/text.hpp"

namespace plumb::cli {
namespace {

/// "LOGS/20260131T120000Z-apply", with a number where that stands already.
std::string free_path(const std::string& folder, const std::string& started_at, const std::string& verb) {
  const std::string begin = folder + "/" + replace_all(replace_all(started_at, "-", ""), ":", "") + "-" + verb;
  std::string path = begin;
  for (unsigned number = 2; file_exists(path + ".log"); ++number) path = begin + "-" + std::to_string(number);
  return path;
}

std::string first_line(const apply::RunReport& report, const plan::Plan& plan) {
  std::string text = std::string("plumb ") + version_text + ", " + report.verb;
  if (!plan.schema.empty()) text += " of " + plan.schema;
  if (!plan.version_to.empty()) text += ", version " + (plan.version_from.empty() || plan.version_from == plan.version_to ? std::string() : plan.version_from + " to ") + plan.version_to;
  return text + ", on " + report.database + " (" + report.engine + " " + report.server_version + "), by " + report.applied_by + ", " + counted(plan.steps.size(), "step");
}

}  // namespace

RunFiles::RunFiles(const Arguments& arguments, const Session& session, const std::string& verb, const plan::Plan& plan) : arguments_(arguments), session_(session), plan_(plan) {
  if (arguments.log_dir.empty()) return;
  make_folders(arguments.log_dir);
  report_.verb = verb;
  report_.database = session.connection->display_name();
  report_.engine = std::string(session.dialect->name());
  report_.server_version = session.connection->server_version();
  report_.applied_by = apply::who();
  report_.started_at = apply::now_utc();
  path_ = free_path(arguments.log_dir, report_.started_at, verb);
  log_.emplace(path_ + ".log");
  log_->note(first_line(report_, plan));
  report_.before = apply::measure(*session.connection, *session.dialect, plan);
}

void RunFiles::write_report(const apply::Result& result) {
  if (!log_) return;
  log_->note("ended: " + std::string(apply::word_of(result.outcome)) + ", " + counted(result.statements_run.size(), "statement") + " in " + std::to_string(result.duration.count()) + " ms");
  if (!result.message.empty()) log_->note(result.message);
  report_.after = apply::measure(*session_.connection, *session_.dialect, plan_);
  report_.kept_aside = apply::kept_aside(*session_.connection, *session_.dialect, plan_);
  report_.ended_at = apply::now_utc();
  try {
    write_file(path_ + ".json", apply::to_json(report_, plan_, result));
    write_file(path_ + ".txt", apply::to_text(report_, plan_, result));
    if (!arguments_.quiet) std::cerr << "wrote " << path_ << ".log, .json and .txt\n";
  } catch (const FileError& error) {
    std::cerr << "plumb: the report was not written: " << error.what() << "\n";
  }
}

}  // namespace plumb::cli
