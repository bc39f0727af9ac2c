// cli/command_package.cpp: plumb package, package verify, package show, versions.
#include <algorithm>
#include <filesystem>
#include <iostream>

#include <nlohmann/json.hpp>

#include "archive/archive.hpp"
#include "cli/commands.hpp"
#include "cli/session.hpp"
#include "cli/version.hpp"
#include "data/master_data.hpp"
#include "deploy/package.hpp"
#include "introspect/live_state.hpp"
#include "model/packages.hpp"
#include "support/error.hpp"
#include "support/file.hpp"
#include "support/limited_program.hpp"
#include "support/text.hpp"
#include "support/version.hpp"

namespace plumb::cli {
namespace {

using Json = nlohmann::ordered_json;

std::string only_path(const Arguments& arguments) {
  if (arguments.paths.size() != 1) throw UsageError("which package? `plumb " + arguments.verb + "` takes one");
  return arguments.paths.front();
}

/// What git prints, without the line's end; empty where it fails.
std::string git(const std::string& folder, std::vector<std::string> words) {
  words.insert(words.begin(), {"git", "-C", folder});
  std::string out;
  try {
    const Ending ending = run_for(words, {{"LC_ALL", "C"}}, std::chrono::seconds(20), [&](std::string_view text) { out += text; });
    return ending.status == 0 && ending.in_time ? std::string(trim(out)) : std::string();
  } catch (const Error&) {
    return {};  // there is no git
  }
}

std::string commit_of(const std::string& path) {
  const std::string folder = is_folder(path) ? path : std::filesystem::absolute(path).parent_path().string();
  const std::string commit = git(folder, {"rev-parse", "HEAD"});
  if (commit.empty()) return {};
  return git(folder, {"status", "--porcelain", "--", "."}).empty() ? commit : commit + "-modified";
}

bool has_master_tables(const Description& description) {
  return std::any_of(description.tables.begin(), description.tables.end(), [&](const auto& entry) { return entry.second.row_class == RowClass::Master && !is_left_out(description, entry.second.package); });
}

/// Rows by table of a folder of master data, details that stand inside of others not counted.
std::map<std::string, std::uint64_t> rows_of(const std::string& folder) {
  std::map<std::string, std::uint64_t> rows;
  for (const auto& path : files_below(folder, ".json")) {
    const std::string name = std::filesystem::path(path).stem().string();
    if (name != "metadata") rows[name] = Json::parse(read_file(path)).size();
  }
  for (const auto& path : files_below(folder, ".jsonl")) {
    const std::string text = read_file(path);
    rows[std::filesystem::path(path).stem().string()] = static_cast<std::uint64_t>(std::count(text.begin(), text.end(), '\n'));
  }
  return rows;
}

Json facts_json(const deploy::Opened& package) {
  const auto& facts = package.facts();
  Json json{{"package", package.path()}, {"schema", facts.schema}, {"version", facts.version}, {"after", facts.after.empty() ? Json(nullptr) : Json(facts.after)}, {"data_format", facts.data_format},
            {"description", facts.description}, {"tool", facts.tool}, {"commit", facts.commit.empty() ? Json(nullptr) : Json(facts.commit)}, {"packages", facts.packages.empty() ? Json(nullptr) : Json(facts.packages)}, {"tables", facts.tables}, {"rows", facts.rows}};
  json["files"] = package.files();
  return json;
}

std::uint64_t all_rows(const deploy::Facts& facts) {
  std::uint64_t rows = 0;
  for (const auto& [table, count] : facts.rows) rows += count;
  return rows;
}

/// Everything that must fit together, and does not.
std::vector<std::string> problems_of(const Arguments& arguments, const deploy::Opened& package) {
  Arguments of_package = arguments;
  of_package.to = {package.description()};
  of_package.packages.clear();
  if (!package.facts().packages.empty()) of_package.packages.push_back(package.facts().packages);
  const auto description = load_description_of_rows(of_package);
  if (!description) return {"the description has errors"};
  std::vector<std::string> problems;
  if (description->version != package.facts().version || description->name != package.facts().schema) problems.emplace_back("metadata.json tells another schema or version than the description");
  if (!package.data().empty()) {
    for (const auto& problem : data::verify(*description, package.data())) problems.push_back("data: " + problem);
  }
  deploy::hooks_of_folder(package.hooks());
  return problems;
}

}  // namespace

int command_package(const Arguments& arguments) {
  if (arguments.to.empty()) throw UsageError("of which description? say --to FILE");
  const auto description = load_description_of_rows(arguments);
  if (!description) return ErrorExit;
  if (description->version.empty()) throw UsageError("the description has no version; a package needs one: `schema NAME version 1.2.0`");
  deploy::Sources sources{arguments.to, arguments.data, arguments.hooks_folder, arguments.plans};
  deploy::Facts facts;
  facts.schema = description->name;
  facts.version = description->version;
  facts.after = description->after;
  facts.data_format = description->data_format.version;
  facts.description = description->fingerprint;
  facts.tool = std::string("plumb ") + version_text;
  facts.commit = commit_of(arguments.to.front());
  if (!arguments.packages.empty()) facts.packages = arguments.packages.back();
  facts.tables = static_cast<std::size_t>(std::count_if(description->tables.begin(), description->tables.end(), [&](const auto& entry) { return !is_left_out(*description, entry.second.package); }));
  const archive::ScratchFolder scratch;
  if (sources.data.empty() && !arguments.db.empty() && has_master_tables(*description)) {
    const Session session = open_session(arguments, db::OpenMode::ReadOnly);
    sources.data = scratch.path() + "/data";
    data::export_rows(*session.connection, *session.dialect, *description, sources.data);
  } else if (archive::is_archive_name(sources.data)) {
    sources.data = scratch.path() + "/data";
    std::filesystem::create_directory(sources.data);
    archive::unpack(arguments.data, sources.data);
  } else if (!sources.data.empty() && is_folder(sources.data) && !file_exists(sources.data + "/checksums.txt")) {
    sources.data = scratch.path() + "/data";  // a folder that is edited by hand is sealed on its way
    std::filesystem::copy(arguments.data, sources.data);
    data::seal(sources.data);
  }
  if (!sources.data.empty()) facts.rows = rows_of(sources.data);
  if (!sources.hooks.empty()) deploy::hooks_of_folder(sources.hooks);
  std::string path = arguments.output.empty() ? deploy::file_name(facts) : arguments.output;
  if (is_folder(path)) path = (std::filesystem::path(path) / deploy::file_name(facts)).string();
  deploy::write(facts, sources, path);
  const deploy::Opened written(path);
  if (const auto problems = problems_of(arguments, written); !problems.empty()) {
    for (const auto& problem : problems) std::cerr << "plumb: " << problem << "\n";
    std::filesystem::remove(path);
    return ErrorExit;
  }
  if (arguments.json) std::cout << facts_json(written).dump(2) << "\n";
  else if (!arguments.quiet) std::cout << "wrote " << path << ": " << facts.schema << " " << facts.version << ", " << counted(facts.tables, "table") << ", " << counted(all_rows(facts), "row") << " of master data\n";
  return Ok;
}

int command_package_verify(const Arguments& arguments) {
  const deploy::Opened package(only_path(arguments));
  const auto problems = problems_of(arguments, package);
  for (const auto& problem : problems) std::cerr << "plumb: " << problem << "\n";
  if (!problems.empty()) return ErrorExit;
  if (!arguments.quiet) std::cout << package.path() << ": whole, and all in it fits together\n";
  return Ok;
}

int command_package_show(const Arguments& arguments) {
  const deploy::Opened package(only_path(arguments));
  if (arguments.json) {
    std::cout << facts_json(package).dump(2) << "\n";
    return Ok;
  }
  const auto& facts = package.facts();
  std::cout << facts.schema << " " << facts.version << (facts.after.empty() ? "" : ", after " + facts.after) << "\n";
  std::cout << "made by " << facts.tool << (facts.commit.empty() ? "" : " from commit " + facts.commit) << "\n";
  if (!facts.packages.empty()) std::cout << "of the description the packages " << facts.packages << "\n";
  std::cout << counted(facts.tables, "table") << ", " << counted(all_rows(facts), "row") << " of master data (format " << facts.data_format << ")\n";
  for (const auto& [table, rows] : facts.rows) std::cout << "  " << table << ": " << rows << "\n";
  for (const auto& file : package.files()) std::cout << file << "\n";
  return Ok;
}

int command_versions(const Arguments& arguments) {
  std::vector<deploy::Facts> packages;
  for (const auto& path : arguments.paths) packages.push_back(deploy::Opened(path).facts());
  std::stable_sort(packages.begin(), packages.end(), [](const deploy::Facts& a, const deploy::Facts& b) { return a.schema != b.schema ? a.schema < b.schema : is_older(a.version, b.version); });
  std::string recorded;
  if (!arguments.db.empty()) {
    const Session session = open_session(arguments, db::OpenMode::ReadOnly);
    recorded = recorded_version(*session.connection, *session.dialect);
  }
  const auto stands = [&](const deploy::Facts& facts) -> std::string {
    if (arguments.db.empty()) return {};
    if (facts.version == recorded) return "here";
    if (is_older(facts.version, recorded)) return "passed";
    return facts.after == recorded || (facts.after.empty() && !recorded.empty()) || recorded.empty() ? "may be next" : "later";
  };
  Json json = Json::array();
  std::string text;
  for (std::size_t i = 0; i < packages.size(); ++i) {
    const auto& facts = packages[i];
    const bool follows = i > 0 && packages[i - 1].schema == facts.schema && !facts.after.empty() && facts.after != packages[i - 1].version;
    const std::string gap = follows ? "comes after " + facts.after + ", which is not among these" : std::string();
    json.push_back(Json{{"schema", facts.schema}, {"version", facts.version}, {"after", facts.after.empty() ? Json(nullptr) : Json(facts.after)}, {"data_format", facts.data_format}, {"tables", facts.tables}, {"rows", all_rows(facts)}, {"stands", stands(facts)}, {"gap", gap}});
    text += facts.schema + "  " + facts.version + "  after " + (facts.after.empty() ? "-" : facts.after) + "  data format " + std::to_string(facts.data_format) + "  " + counted(facts.tables, "table") + "  " + counted(all_rows(facts), "row") + (stands(facts).empty() ? "" : "  " + stands(facts)) + (gap.empty() ? "" : "  (" + gap + ")") + "\n";
  }
  if (arguments.json) std::cout << json.dump(2) << "\n";
  else std::cout << (arguments.db.empty() ? std::string() : "the database has " + (recorded.empty() ? std::string("no version") : "version " + recorded) + "\n") << text;
  return Ok;
}

}  // namespace plumb::cli
