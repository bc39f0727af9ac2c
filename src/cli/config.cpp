#include "cli/config.hpp"

#include <filesystem>
#include <sstream>
#include <vector>

#include <toml.hpp>

#include "db/target.hpp"
#include "support/error.hpp"
#include "support/file.hpp"
#include "support/text.hpp"

namespace plumb::cli {
namespace {

const std::vector<std::string>& known_keys() {
  static const std::vector<std::string> keys{"schema", "db", "packages", "lock-timeout", "probe-timeout", "allow", "color", "strict", "examples", "scratch", "largest-rebuild", "alter-wrapper", "log-dir", "backup-dir", "journal", "health", "auto-rollback"};
  return keys;
}

std::string as_setting(const std::string& key, const toml::value& value, const std::string& path) {
  if (value.is_string()) return value.as_string().str;
  if (value.is_integer()) return std::to_string(value.as_integer());
  if (value.is_boolean()) return value.as_boolean() ? "true" : "false";
  if (value.is_array()) {
    std::vector<std::string> parts;
    for (const auto& one : value.as_array()) parts.push_back(as_setting(key, one, path));
    return join(parts, ",");
  }
  throw UsageError("`" + path + "`: `" + key + "` must be a text, a number, true or false, or a list of these");
}

std::string resolved(const std::string& value, const std::filesystem::path& folder) {
  if (value.empty() || std::filesystem::path(value).is_absolute()) return value;
  return folder.empty() ? value : (folder / value).string();
}

void take_lint(Settings& settings, const toml::value& lint, const std::string& path) {
  if (!lint.is_table()) throw UsageError("`" + path + "`: `lint` is a table: `[lint]` and lines like `nullable-boolean = \"off\"`");
  for (const auto& [rule, level] : lint.as_table()) settings[std::string(lint_prefix) + rule] = as_setting(rule, level, path);
}

void take(Settings& settings, const toml::table& table, const std::string& path, bool top_level) {
  const std::filesystem::path folder = std::filesystem::path(path).parent_path();
  for (const auto& [key, value] : table) {
    if ((top_level && key == "env") || key == "policy" || key == "hooks") continue;  // see policy_file.hpp, hooks_file.hpp
    if (top_level && key == "lint") {
      take_lint(settings, value, path);
      continue;
    }
    const auto& keys = known_keys();
    if (std::find(keys.begin(), keys.end(), key) == keys.end()) {
      const std::string near = closest_match(key, keys);
      throw UsageError("`" + path + "`: unknown key `" + key + "`" + (near.empty() ? "" : "; did you mean `" + near + "`?"));
    }
    std::string text = as_setting(key, value, path);
    if (key == "schema") {
      settings["to"] = db::is_target_url(text) ? text : resolved(text, folder);
    } else if (key == "db" && text.starts_with("sqlite:") && !text.starts_with("sqlite::")) {
      settings["db"] = "sqlite:" + resolved(text.substr(7), folder);
    } else if (key == "log-dir" || key == "backup-dir" || key == "journal") {
      settings[key] = resolved(text, folder);
    } else {
      settings[key] = std::move(text);
    }
  }
}

}  // namespace

Settings read_config(const std::string& path, const std::string& env) {
  Settings settings;
  toml::value file;
  try {
    std::istringstream stream(read_file(path));
    file = toml::parse(stream, path);
  } catch (const toml::exception& error) {
    throw UsageError("`" + path + "` is no valid TOML: " + error.what());
  }
  take(settings, file.as_table(), path, true);
  if (env.empty()) return settings;
  std::vector<std::string> names;
  if (file.contains("env") && file.at("env").is_table()) {
    for (const auto& [name, table] : file.at("env").as_table()) {
      names.push_back(name);
      if (name == env && table.is_table()) {
        take(settings, table.as_table(), path, false);
        return settings;
      }
    }
  }
  throw UsageError("`" + path + "` has no environment `" + env + "`" + (names.empty() ? "" : "; it has " + join(names, ", ")));
}

}  // namespace plumb::cli
