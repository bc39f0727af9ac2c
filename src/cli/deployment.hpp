// cli/deployment.hpp: one package brought to one database, phase by phase.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "cli/arguments.hpp"
#include "cli/session.hpp"
#include "deploy/package.hpp"
#include "deploy/report.hpp"
#include "plan/plan.hpp"

namespace plumb::cli {

/// preflight → backup → plan → maintenance on → apply (schema, data steps, master data) → validate → health → maintenance off. What fails
/// is undone as far as --on-failure says, and the report says what stands.
class Deployment {
 public:
  enum class Kind { Update, Installation };

  Deployment(const Arguments& arguments, const deploy::Opened& package, Kind kind);

  /// Gives the exit code.
  int run();
  const deploy::Report& report() const { return report_; }

 private:
  struct Ended {
    int code = 0;
    std::string text;
    bool skipped = false;
  };
  /// Runs a phase and writes it down; true when the deployment goes on.
  bool phase(const std::string& name, const std::function<Ended()>& work);

  Ended preflight();
  Ended back_up();
  Ended make_plan();
  Ended read_reviewed_plan(const std::string& path);
  Ended show_and_ask();
  Ended apply();
  Ended sync_alone();
  void look_for_own(const Session& session, int code);
  Ended seed();
  Ended validate();
  Ended hook(const std::string& name);
  void after_failure();
  void undo();
  std::string what_stands();

  bool wants(bool part) const;
  bool has_hook(const std::string& name) const { return !hooks_.empty() && hooks_.contains(name); }
  void say(const std::string& line);
  std::map<std::string, std::string> facts() const;

  Arguments arguments_;   ///< as the inner verbs see them: quiet, with the package's files
  const Arguments& given_;
  const deploy::Opened& package_;
  Kind kind_;
  deploy::Hooks hooks_;
  deploy::Report report_;
  std::optional<plan::Plan> plan_;
  std::int64_t last_before_ = 0;  ///< the newest deployment in the history before this one
  std::int64_t number_ = 0;       ///< of the deployment in the history, once it has run
  bool data_apart_ = false;       ///< the master data cannot be compared before the data steps have run, and has a plan of its own
  int code_ = 0;
  bool maintenance_ = false;      ///< the hook has run
  bool undone_ = false;
};

}  // namespace plumb::cli
