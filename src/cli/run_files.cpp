#include "cli/run_files.hpp"

#include <iostream>

#include <nlohmann/json.hpp>

#include "apply/history.hpp"
#include "cli/version.hpp"
#include "support/error.hpp"
#include "plan/document.hpp"
#include "support/file.hpp"
#include "support/fingerprint.hpp"
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
  if (!arguments.journal.empty()) begin_journal(verb);
  if (!arguments.log_dir.empty()) begin_log(verb);
}

void RunFiles::begin_journal(const std::string& verb) {
  const std::string text = plan::to_sql(plan_);
  const nlohmann::ordered_json facts{{"verb", verb}, {"database", session_.connection->display_name()}, {"by", apply::who()}, {"version", {{"from", plan_.version_from}, {"to", plan_.version_to}}},
                                     {"fingerprint", {{"from", plan_.from}, {"to", plan_.to}}}, {"steps", plan_.steps.size()}, {"checksum", sha256_hex(text)}, {"plan", text}};
  journal_.emplace(arguments_.journal);
  journal_->run(facts.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace));
}

void RunFiles::end_journal(const apply::Result& result) {
  if (!journal_) return;
  try {
    journal_->ended(apply::word_of(result.outcome), result.message);
  } catch (const FileError& error) {
    std::cerr << "plumb: " << error.what() << "\n";
  }
}

void RunFiles::begin_log(const std::string& verb) {
  make_folders(arguments_.log_dir);
  report_.verb = verb;
  report_.database = session_.connection->display_name();
  report_.engine = std::string(session_.dialect->name());
  report_.one_transaction = session_.dialect->capabilities().transactional_ddl;
  report_.server_version = session_.connection->server_version();
  report_.applied_by = apply::who();
  report_.started_at = apply::now_utc();
  path_ = free_path(arguments_.log_dir, report_.started_at, verb);
  log_.emplace(path_ + ".log");
  log_->note(first_line(report_, plan_));
  report_.before = apply::measure(*session_.connection, *session_.dialect, plan_);
}

void RunFiles::write_report(const apply::Result& result) {
  end_journal(result);
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
