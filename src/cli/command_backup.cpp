// cli/command_backup.cpp: plumb backup create, list, verify, prune; plumb restore.
#include <algorithm>
#include <iostream>
#include <optional>

#include <nlohmann/json.hpp>

#include "backup/restore.hpp"
#include "backup/shelf.hpp"
#include "cli/backup_run.hpp"
#include "cli/commands.hpp"
#include "cli/run_plan.hpp"
#include "cli/session.hpp"
#include "portable/portable.hpp"
#include "support/bytes.hpp"
#include "support/error.hpp"
#include "support/text.hpp"

namespace plumb::cli {
namespace {

using Json = nlohmann::ordered_json;

void print(const Json& json) { std::cout << json.dump(2, ' ', false, Json::error_handler_t::replace) << "\n"; }

bool is_portable(const backup::Manifest& manifest) { return manifest.form == backup::Form::Portable; }

Json summary_json(const std::string& path, std::uint64_t file_bytes, const backup::Manifest& manifest) {
  return Json{{"file", path},
              {"file_bytes", file_bytes},
              {"created_at", manifest.created_at},
              {"form", is_portable(manifest) ? "portable" : "native"},
              {"engine", manifest.engine},
              {"database", manifest.database},
              {"version", manifest.version.empty() ? Json(nullptr) : Json(manifest.version)},
              {"fingerprint", manifest.fingerprint},
              {"tables", manifest.tables.size()},
              {"rows", backup::rows_of(manifest)}};
}

std::string summary(const backup::Manifest& manifest) {
  return manifest.database + (is_portable(manifest) ? "  portable" : "") + "  " + (manifest.version.empty() ? std::string("no version") : "version " + manifest.version) + "  " + counted(manifest.tables.size(), "table") + "  " + counted(backup::rows_of(manifest), "row");
}

std::string line_of(const backup::Shelved& one) {
  if (!one.problem.empty()) return "unusable  " + one.problem;
  return one.manifest.created_at + "  " + bytes_in_words(one.file_bytes) + "  " + one.path + "  " + summary(one.manifest);
}

std::string only_path(const Arguments& arguments) {
  if (arguments.paths.size() != 1) throw UsageError("which backup? `plumb " + arguments.verb + "` takes one file");
  return arguments.paths.front();
}

/// The server on which a backup is tried out: --scratch, else --db.
std::optional<db::Target> server_of(const Arguments& arguments, const std::string& engine) {
  for (const auto* url : {&arguments.scratch, &arguments.db}) {
    if (url->empty()) continue;
    db::Target target = db::parse_target(*url);
    if (target.engine == engine) return target;
  }
  return std::nullopt;
}

int say_problems(const Arguments& arguments, const std::string& path, const backup::Verdict& verdict) {
  if (arguments.json) {
    Json json = summary_json(path, 0, verdict.manifest);
    json.erase("file_bytes");
    json["good"] = verdict.problems.empty();
    json["problems"] = verdict.problems;
    print(json);
  }
  for (const auto& problem : verdict.problems) std::cerr << "plumb: " << problem << "\n";
  if (!verdict.problems.empty()) return ErrorExit;
  if (!arguments.json && !arguments.quiet) std::cout << "good: restored and compared  " << summary(verdict.manifest) << "\n";
  return Ok;
}

}  // namespace

int command_backup_create(const Arguments& arguments) {
  if (!arguments.format.empty() && arguments.format != "native" && arguments.format != "json") throw UsageError("there is no format `" + arguments.format + "` for backups; plumb knows native and json");
  const backup::Created created = arguments.format == "json" ? make_portable_backup(arguments, arguments.output) : make_backup(arguments, arguments.output);
  if (arguments.json) {
    Json json = summary_json(created.path, created.file_bytes, created.manifest);
    json["saved_exactly"] = Json::array();
    for (const auto& table : created.manifest.saved_exactly) json["saved_exactly"].push_back(Json{{"table", table.name}, {"why", table.why}});
    print(json);
    return Ok;
  }
  if (arguments.quiet) return Ok;
  std::cout << "wrote " << created.path << " (" << bytes_in_words(created.file_bytes) << ", read back): " << summary(created.manifest) << "\n";
  for (const auto& table : created.manifest.saved_exactly) std::cerr << "note: " << table.name << " is saved in a part of its own: " << replace_all(table.why, "`", "") << "\n";
  return Ok;
}

int command_backup_list(const Arguments& arguments) {
  const auto shelf = backup::list(arguments.backup_dir);
  if (arguments.json) {
    Json json = Json::array();
    for (const auto& one : shelf) {
      json.push_back(summary_json(one.path, one.file_bytes, one.manifest));
      json.back()["problem"] = one.problem.empty() ? Json(nullptr) : Json(one.problem);
    }
    print(json);
    return Ok;
  }
  if (shelf.empty()) std::cout << "there is no backup in " << arguments.backup_dir << "\n";
  for (const auto& one : shelf) std::cout << line_of(one) << "\n";
  return Ok;
}

int command_backup_verify(const Arguments& arguments) {
  const std::string path = only_path(arguments);
  const backup::Manifest manifest = backup::manifest_of(path);
  const auto server = server_of(arguments, manifest.engine);
  const auto verify = is_portable(manifest) ? portable::verify : backup::verify;
  backup::Verdict verdict;
  with_progress(arguments, [&](const backup::Progress& progress) { verdict = verify(path, server ? &*server : nullptr, progress); });
  return say_problems(arguments, path, verdict);
}

int command_backup_prune(const Arguments& arguments) {
  backup::Retention retention{arguments.keep_days, arguments.keep};
  if (!retention.keep_days && !retention.keep) retention.keep_days = 30;
  std::vector<backup::Shelved> going;
  with_progress(arguments, [&](const backup::Progress& progress) { going = backup::outdated(backup::list(arguments.backup_dir), retention, progress); });
  if (arguments.json) {
    Json json = Json::array();
    for (const auto& one : going) json.push_back(summary_json(one.path, one.file_bytes, one.manifest));
    print(json);
  } else if (!arguments.quiet) {
    for (const auto& one : going) std::cout << line_of(one) << "\n";
    if (going.empty()) std::cout << "no backup in " << arguments.backup_dir << " is to go\n";
  }
  if (arguments.dry_run) return Ok;
  if (!going.empty() && !confirmed(arguments, "Remove them? Only `yes` does: ")) {
    std::cerr << "nothing was removed\n";
    return RefusedExit;
  }
  backup::remove(going, arguments.backup_dir);
  if (!going.empty() && !arguments.json && !arguments.quiet) std::cout << "removed " << counted(going.size(), "backup") << "\n";
  return Ok;
}

int command_restore(const Arguments& arguments) {
  const std::string path = only_path(arguments);
  const db::Target target = target_of(arguments);
  const backup::Manifest manifest = backup::manifest_of(path);
  if (manifest.engine != target.engine && !is_portable(manifest)) {
    std::cerr << "plumb: the backup is of " << manifest.engine << ", and the target is " << target.engine << "; nothing was changed. A backup that was made with --format json can be restored there\n";
    return ErrorExit;
  }
  const std::uint64_t objects = backup::objects_in(target);
  if (objects > 0 && !arguments.replace) {
    std::cerr << "plumb: `" << target.display_name() << "` is not empty (" << counted(objects, "object") << "); nothing was changed. Name an empty or a new database, or say --replace\n";
    return RefusedExit;
  }
  if (!arguments.json && !arguments.quiet) std::cerr << manifest.created_at << "  " << summary(manifest) << "\n";
  const std::string question = objects > 0 ? "Replace all that stands in `" + target.display_name() + "` by this backup? Only `yes` does: " : "Restore it into `" + target.display_name() + "`? Only `yes` does: ";
  if (!confirmed(arguments, question)) {
    std::cerr << "not restored\n";
    return RefusedExit;
  }
  if (objects > 0 && !arguments.no_backup) back_up_before(arguments);
  std::vector<std::string> notes;
  with_progress(arguments, [&](const backup::Progress& progress) {
    if (is_portable(manifest)) notes = portable::restore(path, target, progress);
    else backup::restore(path, target, progress);
  });
  for (const auto& note : notes) std::cerr << "note: " << note << "\n";
  if (arguments.json) print(summary_json(path, 0, manifest));
  else if (!arguments.quiet) std::cout << "restored and compared: " << counted(manifest.tables.size(), "table") << ", " << counted(backup::rows_of(manifest), "row") << "\n";
  return Ok;
}

}  // namespace plumb::cli
