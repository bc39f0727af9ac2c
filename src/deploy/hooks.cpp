#include "deploy/hooks.hpp"

#include <algorithm>
#include <filesystem>

#include "support/error.hpp"
#include "support/limited_program.hpp"
#include "support/text.hpp"

namespace plumb::deploy {
namespace {

/// Cuts what a program prints into lines.
class Lines {
 public:
  explicit Lines(const std::function<void(const std::string&)>& say) : say_(say) {}
  void take(std::string_view text) {
    for (const char c : text) {
      if (c == '\n') flush();
      else if (begun_.size() < longest) begun_.push_back(c);
    }
  }
  void flush() {
    if (!begun_.empty()) say_(begun_);
    begun_.clear();
  }

 private:
  static constexpr std::size_t longest = 4096;
  const std::function<void(const std::string&)>& say_;
  std::string begun_;
};

std::string run(const Hook& hook, std::string_view name, const std::map<std::string, std::string>& facts, const std::function<void(const std::string&)>& say) {
  const std::string what = "the hook `" + std::string(name) + "` (" + hook.command.front() + ")";
  try {
    Lines lines(say);
    const Ending ending = run_for(hook.command, facts, hook.longest, [&](std::string_view text) { lines.take(text); });
    lines.flush();
    if (!ending.in_time) return what + " did not end within " + counted(static_cast<std::uint64_t>(hook.longest.count()), "second");
    return ending.status == 0 ? std::string() : what + " ended with " + std::to_string(ending.status);
  } catch (const Error& error) {
    return what + ": " + error.what();
  }
}

}  // namespace

const std::vector<std::string>& hook_names() {
  static const std::vector<std::string> names{"before-backup", "after-backup", "maintenance-on", "before-apply", "after-apply", "before-validate", "after-validate", "health", "maintenance-off", "failed"};
  return names;
}

Hooks hooks_of_folder(const std::string& folder) {
  Hooks hooks;
  if (!std::filesystem::is_directory(folder)) return hooks;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    const std::string name = entry.path().filename().string();
    const auto& names = hook_names();
    if (std::find(names.begin(), names.end(), name) == names.end()) throw FileError(entry.path().string(), "is no hook; hooks are called " + join(names, ", "));
    Hook hook;
    hook.command = {std::filesystem::absolute(entry.path()).string()};
    hook.must = name != "failed";
    hooks[name].push_back(std::move(hook));
  }
  return hooks;
}

std::string run_hooks(const Hooks& hooks, std::string_view name, const std::map<std::string, std::string>& facts, const std::function<void(const std::string&)>& say) {
  const auto found = hooks.find(name);
  if (found == hooks.end()) return {};
  for (const Hook& hook : found->second) {
    const std::string problem = run(hook, name, facts, say);
    if (problem.empty()) continue;
    if (hook.must) return problem;
    say(problem + "; the deployment goes on");
  }
  return {};
}

}  // namespace plumb::deploy
