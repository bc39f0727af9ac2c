#include "deploy/package.hpp"

#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "archive/archive.hpp"
#include "archive/checksums.hpp"
#include "plan/document.hpp"
#include "support/error.hpp"
#include "support/file.hpp"

namespace plumb::deploy {
namespace fs = std::filesystem;
namespace {

using Json = nlohmann::ordered_json;

constexpr const char* metadata_name = "metadata.json";

std::string to_json(const Facts& facts) {
  Json json{{"format", facts.packages.empty() ? 1 : format_version}, {"schema", facts.schema}, {"version", facts.version}};
  json["after"] = facts.after.empty() ? Json(nullptr) : Json(facts.after);
  json["data_format"] = facts.data_format;
  json["description"] = facts.description;
  json["tool"] = facts.tool;
  json["commit"] = facts.commit.empty() ? Json(nullptr) : Json(facts.commit);
  if (!facts.packages.empty()) json["packages"] = facts.packages;
  json["tables"] = facts.tables;
  json["rows"] = Json::object();
  for (const auto& [table, rows] : facts.rows) json["rows"][table] = rows;
  return json.dump(2) + "\n";
}

Facts facts_from(const std::string& text, const std::string& path) {
  try {
    const Json json = Json::parse(text);
    Facts facts;
    facts.format = json.at("format").get<int>();
    if (facts.format < 1 || facts.format > format_version) throw Error("`" + path + "`: the format of the package is " + std::to_string(facts.format) + ", and this plumb reads up to " + std::to_string(format_version));
    const auto text_or_none = [&](const char* key) { return json.at(key).is_null() ? std::string() : json.at(key).get<std::string>(); };
    facts.schema = json.at("schema").get<std::string>();
    facts.version = json.at("version").get<std::string>();
    facts.after = text_or_none("after");
    facts.data_format = json.at("data_format").get<std::uint32_t>();
    facts.description = json.at("description").get<std::string>();
    facts.tool = json.at("tool").get<std::string>();
    facts.commit = text_or_none("commit");
    if (json.contains("packages")) facts.packages = json.at("packages").get<std::string>();
    facts.tables = json.at("tables").get<std::size_t>();
    facts.rows = json.at("rows").get<std::map<std::string, std::uint64_t>>();
    return facts;
  } catch (const Json::exception& error) {
    throw Error("`" + path + "`: metadata.json cannot be read: " + error.what());
  }
}

void copy_one(const fs::path& from, const fs::path& to) {
  std::error_code problem;
  fs::create_directories(to.parent_path(), problem);
  if (fs::exists(to)) throw Error("`" + from.string() + "`: two files of the package would be called `" + to.filename().string() + "`");
  fs::copy_file(from, to, problem);
  if (problem) throw FileError(from.string(), "cannot be copied: " + problem.message());
}

/// The files below a folder keep their places; a file by itself stands at the top.
void copy_description(const std::vector<std::string>& paths, const fs::path& folder) {
  for (const std::string& path : paths) {
    if (!is_folder(path)) {
      copy_one(path, folder / fs::path(path).filename());
      continue;
    }
    for (const std::string ending : {".plumb", ".sql"}) {
      for (const auto& file : files_below(path, ending)) copy_one(file, folder / fs::relative(file, path));
    }
  }
}

void copy_data(const std::string& path, const fs::path& folder) {
  fs::create_directories(folder);
  if (archive::is_archive_name(path)) {
    archive::unpack(path, folder.string());
    return;
  }
  if (!is_folder(path)) throw FileError(path, "is no folder of master data");
  for (const auto& name : archive::files_of(path)) copy_one(fs::path(path) / name, folder / name);
}

void copy_hooks(const std::string& path, const fs::path& folder) {
  for (const auto& name : archive::files_of(path)) copy_one(fs::path(path) / name, folder / name);
}

/// plan/<engine>.md or .json.
void copy_plan(const std::string& path, const fs::path& folder) {
  const std::string bytes = read_file(path);
  const auto read = plan::read_plan(bytes);
  if (const auto* problem = std::get_if<plan::NotAPlan>(&read)) throw Error("`" + path + "`: " + problem->reason);
  copy_one(path, folder / (std::get<plan::Plan>(read).engine + fs::path(path).extension().string()));
}

}  // namespace

std::string file_name(const Facts& facts) {
  std::string name = facts.schema.empty() ? std::string("schema") : facts.schema;
  if (!facts.version.empty()) name += "_" + facts.version;
  std::replace(name.begin(), name.end(), '/', '_');
  return name + ".tar.zst";
}

void write(const Facts& facts, const Sources& sources, const std::string& path) {
  const archive::ScratchFolder scratch;
  const fs::path folder(scratch.path());
  copy_description(sources.description, folder / "schema");
  if (!sources.data.empty()) copy_data(sources.data, folder / "data");
  if (!sources.hooks.empty()) copy_hooks(sources.hooks, folder / "hooks");
  for (const auto& plan : sources.plans) copy_plan(plan, folder / "plan");
  write_file((folder / metadata_name).string(), to_json(facts));
  auto names = archive::files_of(folder.string());
  write_file((folder / archive::checksums_name).string(), archive::checksums_of(folder.string(), names));
  names.emplace_back(archive::checksums_name);
  archive::pack(folder.string(), names, path);
}

Opened::Opened(const std::string& path) : path_(path) {
  files_ = archive::unpack(path, folder_.path());
  const auto holds = [&](const char* name) { return std::find(files_.begin(), files_.end(), name) != files_.end(); };
  if (!holds(metadata_name) || !holds(archive::checksums_name)) throw Error("`" + path + "` is no deployment package: it has no metadata.json or no checksums.txt");
  auto others = files_;
  std::erase(others, archive::checksums_name);
  const auto problems = archive::check_checksums(folder_.path(), others);
  if (!problems.empty()) throw Error("`" + path + "`: " + problems.front() + (problems.size() > 1 ? ", and " + std::to_string(problems.size() - 1) + " more" : std::string()));
  facts_ = facts_from(read_file(folder_.path() + "/" + metadata_name), path);
  if (!is_folder(description())) throw Error("`" + path + "` is no deployment package: it has no description");
}

std::string Opened::data() const {
  const std::string folder = folder_.path() + "/data";
  return is_folder(folder) ? folder : std::string();
}

std::string Opened::plan(const std::string& engine) const {
  for (const char* ending : {".md", ".json"}) {
    const std::string file = folder_.path() + "/plan/" + engine + ending;
    if (file_exists(file)) return file;
  }
  return {};
}

}  // namespace plumb::deploy
