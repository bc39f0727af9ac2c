#include "cli/toml_file.hpp"

#include <sstream>

#include "support/error.hpp"
#include "support/file.hpp"

namespace plumb::cli {

toml::value parsed_toml(const std::string& path) {
  try {
    std::istringstream stream(read_file(path));
    return toml::parse(stream, path);
  } catch (const toml::exception& error) {
    throw UsageError("`" + path + "` is no valid TOML: " + error.what());
  }
}

const toml::value* found_for(const toml::value& file, const std::string& env, const std::string& key) {
  if (!env.empty() && file.contains("env") && file.at("env").is_table() && file.at("env").contains(env) && file.at("env").at(env).contains(key)) return &file.at("env").at(env).at(key);
  return file.contains(key) ? &file.at(key) : nullptr;
}

}  // namespace plumb::cli
