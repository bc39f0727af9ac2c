// cli/command_line.hpp: the verbs and options as data, for what is written from them: completions and manual pages.
#pragma once

#include <string>
#include <vector>

namespace plumb::cli {

struct CommandOption {
  std::vector<std::string> names;    ///< with their dashes, the short one first: -o, --output
  std::string value;                 ///< what its value is called (FILE, URL); empty: a flag
  std::vector<std::string> choices;  ///< the only values that it takes; empty: any
  std::string text;
};

struct Operand {
  std::string name;
  std::string text;
  bool required = false;
  bool several = false;
};

struct Command {
  std::vector<std::string> path;  ///< the words behind `plumb`: {"data", "export"}; empty for plumb itself
  std::string text;
  std::string more;  ///< what the help says at its end
  std::vector<CommandOption> options;
  std::vector<Operand> operands;
  std::vector<Command> commands;
};

/// The whole command line of plumb, from what also parses it.
Command command_line();

/// Every command of `command`, itself first, those with verbs of their own before these.
std::vector<const Command*> all_commands(const Command& command);

}  // namespace plumb::cli
