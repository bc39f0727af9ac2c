// cli/arguments.hpp: what the user asked for, after flags, variables and plumb.toml have been put together.
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "deploy/hooks.hpp"
#include "deploy/package.hpp"
#include "policy/policy.hpp"

namespace plumb::cli {

/// Exit codes; scripts rely on them (docs/cli.md).
enum ExitCode : int {
  Ok = 0,
  ErrorExit = 1,
  DifferenceExit = 2,
  RefusedExit = 3,
  StaleExit = 4,
  LockedExit = 5,
  InterruptedExit = 6,
  UsageExit = 64,
};

enum class Color { Auto, Always, Never };

/// An option of the call: its long name, and its values unless it is a flag.
struct GivenOption {
  std::string name;
  std::vector<std::string> values;
};

struct Arguments {
  std::string verb;     ///< "plan", "data sync", …
  std::vector<std::string> paths;
  std::string db;
  std::vector<std::string> to;
  std::string output;   ///< -o
  std::string format;   ///< --format
  std::string engine;   ///< --engine
  std::string scratch;  ///< --scratch
  std::vector<std::string> renames;  ///< --rename
  std::vector<std::string> allow;
  std::string phase;    ///< --phase
  std::string largest_rebuild;  ///< --largest-rebuild
  std::string alter_wrapper;    ///< --alter-wrapper
  std::vector<std::pair<std::string, std::string>> lint;  ///< rule, level; what comes later holds
  std::chrono::seconds lock_timeout{10};
  std::optional<plumb::policy::Policy> policy;  ///< of the environment, from plumb.toml
  std::string by;       ///< --by
  std::string note;     ///< --note
  std::chrono::seconds probe_timeout{60};
  std::string config;   ///< --config
  std::string env;      ///< --env
  Color color = Color::Auto;
  bool yes = false;
  bool json = false;
  bool check = false;
  bool strict = false;
  bool strict_order = false;
  bool strip_definers = false;
  bool exit_code = false;
  bool dry_run = false;
  bool no_probe = false;
  bool no_examples = false;
  bool json_schema = false;        ///< plan
  bool no_rehearsal = false;
  bool no_algorithm = false;
  std::string rehearse;            ///< "schema" (default) or "data"
  bool no_attic = false;
  bool abandon = false;            ///< resume
  std::size_t steps = 0;           ///< rollback: that many deployments
  std::string to_version;          ///< rollback
  std::int64_t deployment = 0;     ///< rollback
  std::string data;                ///< --data: a package of master data
  std::string mode;                ///< --mode
  std::string on_conflict;         ///< --on-conflict
  std::string own_changes;         ///< --own-changes
  unsigned most_lost = 50;         ///< --most-lost
  std::string older_than = "30d";  ///< purge
  std::string require;             ///< status: a version or a range of them
  std::string log_dir;             ///< where runs write their logs and reports; empty: nowhere
  std::string journal;             ///< a file that gets the journal as well; empty: none
  bool ask_assertions = false;     ///< apply: --assert
  bool auto_rollback = false;      ///< apply
  std::string health;              ///< apply: a command that must succeed after the last step
  std::string backup_dir = "backups";
  bool backup = false;             ///< apply: one before the first step
  bool no_backup = false;          ///< restore --replace
  bool replace = false;            ///< restore
  bool all_tables = false;         ///< data export
  std::optional<unsigned> keep_days;  ///< backup prune
  std::optional<unsigned> keep;       ///< backup prune
  std::shared_ptr<const deploy::Opened> package;  ///< what --to was, where it was a deployment package
  std::string left_out;               ///< the beginning of --to that messages and plans do not say: of a package's folder
  std::string hooks_folder;           ///< package
  std::vector<std::string> plans;     ///< package, deploy
  std::string on_failure = "rollback";  ///< deploy
  bool part_backup = false;           ///< deploy: with any of these, those alone
  bool part_migrate = false;
  bool part_data = false;
  bool part_validate = false;
  bool no_hooks = false;              ///< deploy, install
  deploy::Hooks hooks;                ///< of plumb.toml
  bool quiet = false;
  bool verbose = false;
  bool no_progress = false;
  std::size_t limit = 20;
  std::string listen = "127.0.0.1:8182";  ///< serve
  std::chrono::seconds cache{5};          ///< serve
  std::chrono::seconds validate_every{900};  ///< serve
  double rate = 50;                       ///< serve: requests a second and client
  std::string token_file;                 ///< serve
  std::vector<std::string> origins;       ///< serve
  std::vector<std::string> packages;   ///< --packages, and what a deployment package holds of its description, which comes first
  std::string targets;                 ///< a list of many databases
  std::size_t canary = 1;              ///< --targets
  std::size_t parallel = 4;            ///< --targets
  std::size_t max_failures = 0;        ///< --targets
  bool drifted = false;                ///< --targets
  std::vector<GivenOption> given;      ///< the options as they stand in the call
};

/// The arguments, or the exit code with which the program ends at once (help was asked for, or the words are wrong;
/// the text is printed already). Throws UsageError and FileError for plumb.toml.
struct Parsed {
  std::optional<Arguments> arguments;
  int exit_code = 0;
};
Parsed parse(int argc, const char* const* argv);

}  // namespace plumb::cli
