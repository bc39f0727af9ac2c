// deploy/hooks.hpp: commands of the user's that run around the phases of a deployment.
#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace plumb::deploy {

struct Hook {
  std::vector<std::string> command;   ///< the program, found by PATH, and its arguments
  std::chrono::seconds longest{60};
  bool must = true;                   ///< a failure stops the deployment
};

/// By name; those of one name run in their order.
using Hooks = std::map<std::string, std::vector<Hook>, std::less<>>;

/// The names that there are, in the order in which they run: "before-backup" … "maintenance-off", "failed".
const std::vector<std::string>& hook_names();

/// What a package's folder `hooks` holds: programs that are called like the hook. Throws FileError where one is called otherwise.
Hooks hooks_of_folder(const std::string& folder);

/// Runs the hooks of that name. Each line that they print is given away. Gives why the deployment must stop, or nothing (empty).
std::string run_hooks(const Hooks& hooks, std::string_view name, const std::map<std::string, std::string>& facts, const std::function<void(const std::string&)>& say);

}  // namespace plumb::deploy
