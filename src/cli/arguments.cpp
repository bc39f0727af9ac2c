#include "cli/arguments.hpp"

#include <cstdlib>
#include <functional>
#include <iostream>
#include <map>

#include <CLI/CLI.hpp>

#include "archive/archive.hpp"
#include "cli/config.hpp"
#include "cli/duration.hpp"
#include "cli/hooks_file.hpp"
#include "cli/policy_file.hpp"
#include "cli/verbs.hpp"
#include "cli/version.hpp"
#include "plan/build.hpp"
#include "support/error.hpp"
#include "support/file.hpp"
#include "support/text.hpp"

namespace plumb::cli {
namespace {

constexpr std::string_view default_config = "plumb.toml";

/// "drop-table, narrow" in its words; throws UsageError for one that is none.
void parse_allow(const std::string& text, std::vector<std::string>& words) {
  const auto known = plan::allow_words();
  std::string_view rest = text;
  while (!rest.empty()) {
    const std::size_t comma = rest.find(',');
    const std::string word(trim(rest.substr(0, comma)));
    if (!word.empty()) {
      if (std::find(known.begin(), known.end(), word) == known.end()) {
        const std::string near = closest_match(word, known);
        throw UsageError("--allow does not know `" + word + "`; " + (near.empty() ? "it knows " + join(known, ", ") : "did you mean `" + near + "`?"));
      }
      words.push_back(word);
    }
    if (comma == std::string_view::npos) break;
    rest.remove_prefix(comma + 1);
  }
}

/// plumb.toml's `[lint]` first, then --lint, so that the flag holds.
void parse_lint(const Settings& settings, const std::vector<std::string>& flags, std::vector<std::pair<std::string, std::string>>& levels) {
  for (auto setting = settings.lower_bound(lint_prefix); setting != settings.end() && setting->first.starts_with(lint_prefix); ++setting) {
    levels.emplace_back(setting->first.substr(lint_prefix.size()), setting->second);
  }
  for (const std::string& flag : flags) {
    const std::size_t equals = flag.find('=');
    if (equals == std::string::npos) throw UsageError("--lint takes RULE=LEVEL, as in `--lint nullable-boolean=off`, not `" + flag + "`");
    levels.emplace_back(flag.substr(0, equals), flag.substr(equals + 1));
  }
}

std::string environment(const std::string& option) {
  const std::string name = "PLUMB_" + replace_all(to_upper(option), "-", "_");
  const char* value = std::getenv(name.c_str());
  return value == nullptr ? std::string() : std::string(value);
}

/// The settings file, given or here; empty: none.
std::string config_path(const Arguments& arguments) {
  if (!arguments.config.empty()) return arguments.config;
  return file_exists(std::string(default_config)) ? std::string(default_config) : std::string();
}

/// Flags come first, then PLUMB_ variables, then plumb.toml.
void fill_gaps(Raw& raw, const CLI::App& used) {
  Arguments& arguments = raw.arguments;
  if (arguments.env.empty()) arguments.env = environment("env");
  if (arguments.config.empty()) arguments.config = environment("config");
  Settings settings;
  if (const std::string path = config_path(arguments); !path.empty()) settings = read_config(path, arguments.env);
  else if (!arguments.env.empty()) throw UsageError("--env " + arguments.env + " needs a plumb.toml, and there is none here");
  if (const std::string path = config_path(arguments); !path.empty()) {
    arguments.policy = read_policy(path, arguments.env);
    arguments.hooks = read_hooks(path, arguments.env);
  }
  const auto setting = [&](const std::string& key) {
    if (std::string value = environment(key); !value.empty()) return value;
    const auto found = settings.find(key);
    return found == settings.end() ? std::string() : found->second;
  };
  if (arguments.db.empty()) arguments.db = setting("db");
  if (arguments.to.empty()) {
    if (std::string to = setting("to"); !to.empty()) arguments.to.push_back(std::move(to));
  }
  if (used.get_option_no_throw("--packages") != nullptr) {
    if (raw.packages.empty()) raw.packages = setting("packages");
    if (!raw.packages.empty()) arguments.packages.push_back(raw.packages);
  }
  if (arguments.scratch.empty()) arguments.scratch = setting("scratch");
  if (arguments.log_dir.empty()) arguments.log_dir = setting("log-dir");
  if (arguments.journal.empty()) arguments.journal = setting("journal");
  if (arguments.health.empty()) arguments.health = setting("health");
  if (!arguments.auto_rollback) arguments.auto_rollback = setting("auto-rollback") == "true";
  if (arguments.auto_rollback) arguments.ask_assertions = true;
  if (raw.backup_dir.empty()) raw.backup_dir = setting("backup-dir");
  if (!raw.backup_dir.empty()) arguments.backup_dir = raw.backup_dir;
  if (raw.lock_timeout.empty()) raw.lock_timeout = setting("lock-timeout");
  if (raw.probe_timeout.empty()) raw.probe_timeout = setting("probe-timeout");
  if (raw.allow.empty()) raw.allow = setting("allow");
  if (arguments.largest_rebuild.empty()) arguments.largest_rebuild = setting("largest-rebuild");
  if (arguments.alter_wrapper.empty()) arguments.alter_wrapper = setting("alter-wrapper");
  if (used.get_option("--color")->count() == 0) {
    if (std::string color = setting("color"); !color.empty()) raw.color = color;
  }
  if (setting("strict") == "true") arguments.strict = true;
  if (setting("examples") == "false") arguments.no_examples = true;
  if (!raw.lock_timeout.empty()) arguments.lock_timeout = parse_duration(raw.lock_timeout);
  if (!raw.probe_timeout.empty()) arguments.probe_timeout = parse_duration(raw.probe_timeout);
  if (!raw.cache.empty()) arguments.cache = parse_duration(raw.cache);
  if (!raw.validate_every.empty()) arguments.validate_every = parse_duration(raw.validate_every);
  parse_allow(raw.allow, arguments.allow);
  parse_lint(settings, raw.lint, arguments.lint);
  if (raw.color == "always") arguments.color = Color::Always;
  else if (raw.color == "never") arguments.color = Color::Never;
  else if (raw.color != "auto") throw UsageError("--color takes auto, always or never, not `" + raw.color + "`");
}

/// A deployment package is a description as well, and brings its master data along.
void open_package_of_to(Arguments& arguments) {
  if (arguments.to.size() != 1 || !archive::is_archive_name(arguments.to.front())) return;
  arguments.package = std::make_shared<deploy::Opened>(arguments.to.front());
  arguments.to = {arguments.package->description()};
  arguments.left_out = arguments.package->folder() + "/";
  if (const std::string& held = arguments.package->facts().packages; !held.empty()) arguments.packages.insert(arguments.packages.begin(), held);
  const bool may_sync = arguments.verb == "plan" || arguments.verb == "apply" || arguments.verb == "resume";
  if (arguments.data.empty() && may_sync) arguments.data = arguments.package->data();
}

std::vector<GivenOption> given_options(const CLI::App& used) {
  std::vector<GivenOption> given;
  for (const CLI::Option* option : used.get_options()) {
    if (option->count() == 0 || option->get_lnames().empty()) continue;
    const bool is_flag = option->get_items_expected_max() == 0;
    given.push_back({option->get_lnames().front(), is_flag ? std::vector<std::string>() : option->results()});
  }
  return given;
}

std::vector<std::string> verb_names(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::App* sub : app.get_subcommands({})) names.push_back(sub->get_name());
  return names;
}

}  // namespace

Parsed parse(int argc, const char* const* argv) {
  CLI::App app{"plumb: " + std::string(about)};
  app.name("plumb");
  app.set_version_flag("--version", std::string("plumb ") + version_text);
  app.require_subcommand(0, 1);
  app.footer(std::string(at_the_end));
  Raw raw;
  std::map<const CLI::App*, std::string> verbs;
  define(app, raw, verbs);
  try {
    app.parse(argc, argv);
  } catch (const CLI::CallForHelp&) {
    const auto chosen = app.get_subcommands();
    const CLI::App* shown = &app;
    while (!shown->get_subcommands().empty()) shown = shown->get_subcommands().front();
    std::cout << shown->help();
    return {std::nullopt, Ok};
  } catch (const CLI::CallForVersion&) {
    std::cout << "plumb " << version_text << "\n";
    return {std::nullopt, Ok};
  } catch (const CLI::ParseError& error) {
    std::cerr << "plumb: " << error.what() << "\n";
    if (argc > 1) {
      const std::string near = closest_match(argv[1], verb_names(app));
      const auto names = verb_names(app);
      if (std::find(names.begin(), names.end(), argv[1]) == names.end() && !near.empty()) std::cerr << "did you mean `plumb " << near << "`?\n";
    }
    std::cerr << "`plumb --help` lists the verbs\n";
    return {std::nullopt, UsageExit};
  }
  const CLI::App* used = &app;
  while (!used->get_subcommands().empty()) used = used->get_subcommands().front();
  if (used == &app || !verbs.contains(used) || verbs.at(used) == "data") {
    std::cout << used->help();
    return {std::nullopt, used == &app && argc == 1 ? static_cast<int>(Ok) : static_cast<int>(UsageExit)};
  }
  raw.arguments.verb = verbs.at(used);
  raw.arguments.given = given_options(*used);
  fill_gaps(raw, *used);
  open_package_of_to(raw.arguments);
  return {std::move(raw.arguments), Ok};
}

}  // namespace plumb::cli
