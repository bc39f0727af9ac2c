#include "cli/command_line.hpp"

#include <CLI/CLI.hpp>

#include "cli/verbs.hpp"
#include "support/text.hpp"

namespace plumb::cli {
namespace {

CommandOption option_of(const CLI::Option& given) {
  CommandOption option;
  for (const std::string& name : given.get_snames()) option.names.push_back("-" + name);
  for (const std::string& name : given.get_lnames()) option.names.push_back("--" + name);
  option.text = given.get_description();
  if (given.get_items_expected_max() == 0) return option;
  option.value = given.get_type_name();  // "MODE:{init,append}" where only those are taken
  if (const std::size_t check = option.value.find(':'); check != std::string::npos) {
    const std::string taken = option.value.substr(check + 1);
    option.value.resize(check);
    if (taken.starts_with('{') && taken.ends_with('}')) {
      for (const std::string_view choice : split(std::string_view(taken).substr(1, taken.size() - 2), ',')) option.choices.emplace_back(choice);
    }
  }
  return option;
}

Command command_of(const CLI::App& app, std::vector<std::string> path) {
  Command command{std::move(path), app.get_description(), std::string(trim(app.get_footer())), {}, {}, {}};
  for (const CLI::Option* option : app.get_options()) {
    if (!option->get_positional()) command.options.push_back(option_of(*option));
    else command.operands.push_back({option->get_name(true), option->get_description(), option->get_required(), option->get_name(true).ends_with('s')});  // files, but file
  }
  for (const CLI::App* sub : app.get_subcommands({})) {
    std::vector<std::string> below = command.path;
    below.push_back(sub->get_name());
    command.commands.push_back(command_of(*sub, std::move(below)));
  }
  return command;
}

}  // namespace

Command command_line() {
  CLI::App app{std::string(about)};
  app.name("plumb");
  app.footer(std::string(at_the_end));
  Raw raw;
  std::map<const CLI::App*, std::string> verbs;
  define(app, raw, verbs);
  return command_of(app, {});
}

std::vector<const Command*> all_commands(const Command& command) {
  std::vector<const Command*> commands{&command};
  for (const Command& sub : command.commands) {
    const auto below = all_commands(sub);
    commands.insert(commands.end(), below.begin(), below.end());
  }
  return commands;
}

}  // namespace plumb::cli
