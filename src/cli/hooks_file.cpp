#include "cli/hooks_file.hpp"

#include <algorithm>

#include "cli/duration.hpp"
#include "cli/toml_file.hpp"
#include "support/error.hpp"
#include "support/program.hpp"
#include "support/text.hpp"

namespace plumb::cli {
namespace {

class Reader {
 public:
  explicit Reader(std::string path) : path_(std::move(path)) {}

  deploy::Hooks read(const toml::value& value) const {
    if (!value.is_table()) throw UsageError("`" + path_ + "`: `hooks` is a table: `[hooks]` and lines like `health = \"curl …\"`");
    deploy::Hooks hooks;
    for (const auto& [name, entry] : value.as_table()) {
      const auto& names = deploy::hook_names();
      if (std::find(names.begin(), names.end(), name) == names.end()) {
        const std::string near = closest_match(name, names);
        refuse("there is no hook `" + name + "`" + (near.empty() ? "; there are " + join(names, ", ") : "; did you mean `" + near + "`?"));
      }
      if (!entry.is_array()) {
        hooks[name].push_back(hook(name, entry));
        continue;
      }
      for (const auto& one : entry.as_array()) hooks[name].push_back(hook(name, one));
    }
    return hooks;
  }

 private:
  [[noreturn]] void refuse(const std::string& why) const { throw UsageError("`" + path_ + "`: hooks: " + why); }

  deploy::Hook hook(const std::string& name, const toml::value& value) const {
    deploy::Hook made;
    made.must = name != "failed";
    if (value.is_string()) {
      made.command = split_words(value.as_string().str);
    } else if (value.is_table()) {
      for (const auto& [key, one] : value.as_table()) {
        if (key == "run" && one.is_string()) made.command = split_words(one.as_string().str);
        else if (key == "timeout" && one.is_string()) made.longest = parse_duration(one.as_string().str);
        else if (key == "must" && one.is_boolean()) made.must = one.as_boolean();
        else refuse("`" + name + "` has `run` (a command), `timeout` (as \"30s\") and `must` (true or false), not `" + key + "`");
      }
    }
    if (made.command.empty()) refuse("`" + name + "` must be a command, or a table with `run`");
    return made;
  }

  std::string path_;
};

}  // namespace

deploy::Hooks read_hooks(const std::string& config_path, const std::string& env) {
  const toml::value file = parsed_toml(config_path);
  const toml::value* value = found_for(file, env, "hooks");
  return value == nullptr ? deploy::Hooks() : Reader(config_path).read(*value);
}

}  // namespace plumb::cli
