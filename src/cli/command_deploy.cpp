// cli/command_deploy.cpp: plumb preflight, deploy, install.
#include <iostream>
#include <memory>

#include "apply/history.hpp"
#include "cli/commands.hpp"
#include "cli/deployment.hpp"
#include "cli/session.hpp"
#include "cli/terminal.hpp"
#include "deploy/preflight.hpp"
#include "support/error.hpp"
#include "support/file.hpp"
#include "support/text.hpp"
#include "support/version.hpp"

namespace plumb::cli {
namespace {

using Packages = std::vector<std::unique_ptr<deploy::Opened>>;

/// All of them are opened and compared before the first is deployed.
Packages open_packages(const Arguments& arguments) {
  Packages packages;
  for (const auto& path : arguments.paths) packages.push_back(std::make_unique<deploy::Opened>(path));
  if (packages.size() > 1 && !arguments.plans.empty()) throw UsageError("--plan is for one package; several bring theirs along");
  for (std::size_t i = 1; i < packages.size(); ++i) {
    const auto& before = packages[i - 1]->facts();
    const auto& after = packages[i]->facts();
    const std::string both = before.schema + " " + before.version + " and " + after.schema + " " + after.version;
    if (before.schema != after.schema) throw Error("the packages are of different schemas: " + both);
    if (!is_older(before.version, after.version)) throw Error("the packages are not in the order of their versions: " + both);
    if (!after.after.empty() && after.after != before.version) throw Error(after.schema + " " + after.version + " comes after " + after.after + ", and not after " + before.version);
  }
  return packages;
}

/// Where --log-dir says so.
void write_report(const Arguments& arguments, const std::vector<deploy::Report>& reports) {
  if (arguments.log_dir.empty() || reports.empty()) return;
  make_folders(arguments.log_dir);
  const std::string begin = arguments.log_dir + "/" + replace_all(replace_all(reports.front().started_at, "-", ""), ":", "") + "-" + arguments.verb;
  std::string path = begin;
  for (unsigned number = 2; file_exists(path + ".json"); ++number) path = begin + "-" + std::to_string(number);
  std::string text;
  for (const auto& report : reports) text += deploy::to_text(report);
  write_file(path + ".json", deploy::to_json(reports));
  write_file(path + ".txt", text);
  if (!arguments.quiet) std::cerr << "wrote " << path << ".json and .txt\n";
}

int carry_out(const Arguments& arguments, Deployment::Kind kind) {
  const Packages packages = open_packages(arguments);
  std::vector<deploy::Report> reports;
  int code = Ok;
  for (const auto& package : packages) {
    Deployment deployment(arguments, *package, kind);
    code = deployment.run();
    reports.push_back(deployment.report());
    if (!arguments.json && !arguments.quiet) std::cout << deploy::to_text(reports.back()) << std::flush;
    if (code != Ok) break;
    if (arguments.dry_run && packages.size() > 1) {
      std::cerr << "note: the plans of the packages after the first are made when those before them stand\n";
      break;
    }
  }
  if (arguments.json) std::cout << deploy::to_json(reports);
  write_report(arguments, reports);
  return code;
}

}  // namespace

int command_preflight(const Arguments& arguments) {
  deploy::Aim aim;
  if (!arguments.paths.empty()) {
    const deploy::Opened package(arguments.paths.front());
    aim = {package.facts().version, package.facts().after};
  }
  const Session session = open_session(arguments, db::OpenMode::ReadWrite);
  const auto checks = deploy::preflight(*session.connection, *session.dialect, aim);
  std::cout << (arguments.json ? deploy::to_json(checks) : deploy::to_text(checks, color_on_stdout(arguments)));
  return deploy::worst(checks) == CheckLevel::Bad ? ErrorExit : Ok;
}

int command_deploy(const Arguments& arguments) { return carry_out(arguments, Deployment::Kind::Update); }

int command_install(const Arguments& arguments) {
  if (arguments.paths.size() != 1) throw UsageError("plumb install takes one package");
  return carry_out(arguments, Deployment::Kind::Installation);
}

}  // namespace plumb::cli
