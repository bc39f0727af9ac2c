#include "cli/policy_file.hpp"

#include <algorithm>
#include <filesystem>
#include <functional>
#include <map>
#include <vector>

#include "cli/toml_file.hpp"
#include "support/error.hpp"
#include "support/file.hpp"
#include "support/text.hpp"

namespace plumb::cli {
namespace {

class Reader {
 public:
  Reader(std::string path, std::string name) : path_(std::move(path)) { policy_.name = std::move(name); }

  policy::Policy read(const toml::table& table) {
    using Take = std::function<void(const toml::value&)>;
    const std::map<std::string, Take, std::less<>> keys{
        {"name", [&](const toml::value& value) { policy_.name = text(value, "name"); }},
        {"refuse", [&](const toml::value& value) { take_kinds(value, "refuse", policy_.refuse); }},
        {"require-approval", [&](const toml::value& value) { take_kinds(value, "require-approval", policy_.require_approval); }},
        {"approvals", [&](const toml::value& value) { take_approvals(value); }},
        {"windows", [&](const toml::value& value) { take_windows(value); }},
        {"timezone", [&](const toml::value& value) { policy_.timezone = text(value, "timezone"); }},
        {"largest-rebuild", [&](const toml::value& value) { take_largest_rebuild(value); }},
        {"versions", [&](const toml::value& value) { take_versions(value); }},
        {"review", [&](const toml::value& value) { take_review(value); }},
    };
    for (const auto& [key, value] : table) {
      const auto take = keys.find(key);
      if (take == keys.end()) refuse_key(key, keys);
      take->second(value);
    }
    return std::move(policy_);
  }

 private:
  [[noreturn]] void refuse(const std::string& why) const { throw UsageError("`" + path_ + "`: policy: " + why); }

  template <class Keys>
  [[noreturn]] void refuse_key(const std::string& key, const Keys& keys) const {
    std::vector<std::string> names;
    for (const auto& [name, take] : keys) names.push_back(name);
    const std::string near = closest_match(key, names);
    refuse("unknown key `" + key + "`" + (near.empty() ? "; it knows " + join(names, ", ") : "; did you mean `" + near + "`?"));
  }

  std::string text(const toml::value& value, const std::string& key) const {
    if (!value.is_string() || trim(value.as_string().str).empty()) refuse("`" + key + "` must be a text");
    return value.as_string().str;
  }

  /// One text, or a list of them.
  std::vector<std::string> texts(const toml::value& value, const std::string& key) const {
    if (!value.is_array()) return {text(value, key)};
    std::vector<std::string> all;
    for (const auto& one : value.as_array()) all.push_back(text(one, key));
    return all;
  }

  void take_kinds(const toml::value& value, const std::string& key, policy::Kinds& into) const {
    for (const std::string& word : texts(value, key)) into.insert(policy::read_kind(word));
  }

  void take_approvals(const toml::value& value) {
    constexpr std::int64_t most = 100;
    if (!value.is_integer() || value.as_integer() < 1 || value.as_integer() > most) refuse("`approvals` must be a number of people, from 1");
    policy_.approvals = static_cast<std::uint32_t>(value.as_integer());
  }

  void take_windows(const toml::value& value) {
    for (const std::string& one : texts(value, "windows")) {
      const auto windows = policy::read_window(one);
      policy_.windows.insert(policy_.windows.end(), windows.begin(), windows.end());
    }
    if (policy_.windows.empty()) refuse("`windows` has none, so nothing could ever run; leave it out if any time is right");
  }

  void take_largest_rebuild(const toml::value& value) {
    for (const std::string& one : texts(value, "largest-rebuild")) policy::read_largest_rebuild(one, policy_);
  }

  void take_versions(const toml::value& value) {
    if (!value.is_table() || value.as_table().size() != 1 || !value.contains("step")) refuse("`versions` has one key: `versions.step = \"sequential\"`");
    const std::string step = text(value.at("step"), "versions.step");
    if (step != "sequential" && step != "any") refuse("`versions.step` must be \"sequential\" or \"any\"");
    policy_.versions_in_sequence = step == "sequential";
  }

  void take_review(const toml::value& value) {
    if (!value.is_boolean()) refuse("`review` must be true or false");
    policy_.review = value.as_boolean();
  }

  std::string path_;
  policy::Policy policy_;
};

policy::Policy read_policy_value(const toml::value& value, const std::string& config_path, const std::string& name) {
  if (value.is_table()) return Reader(config_path, name).read(value.as_table());
  if (!value.is_string()) throw UsageError("`" + config_path + "`: `policy` is a table, or the name of a file with one");
  const std::filesystem::path path = std::filesystem::path(config_path).parent_path() / value.as_string().str;
  return Reader(path.string(), path.stem().string()).read(parsed_toml(path.string()).as_table());
}

}  // namespace

std::optional<policy::Policy> read_policy(const std::string& config_path, const std::string& env) {
  const toml::value file = parsed_toml(config_path);
  const toml::value* value = found_for(file, env, "policy");
  if (value == nullptr) return std::nullopt;
  const bool is_of_env = !env.empty() && value != (file.contains("policy") ? &file.at("policy") : nullptr);
  return read_policy_value(*value, config_path, is_of_env ? env : "default");
}

}  // namespace plumb::cli
