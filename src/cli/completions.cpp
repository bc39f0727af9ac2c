// cli/completions.cpp: bash (complete -F), zsh (compadd and _describe) and fish (complete). Each script holds a table of the command line:
// for the verb that stands on the line its verbs, its options, and for an option what its value is.
#include "cli/completions.hpp"

#include <algorithm>

#include "support/error.hpp"
#include "support/text.hpp"

namespace plumb::cli {
namespace {

/// What a shell offers for a value: files, nothing (anything goes), or the words that are taken.
enum class Offer { Files, Folders, Nothing, Words };

Offer offer_of(const CommandOption& option) {
  if (!option.choices.empty()) return Offer::Words;
  static const std::vector<std::string> files{"FILE", "PATH", "PACKAGE", "COMMAND"};
  static const std::vector<std::string> folders{"DIR", "FOLDER"};
  if (std::find(folders.begin(), folders.end(), option.value) != folders.end()) return Offer::Folders;
  return std::find(files.begin(), files.end(), option.value) != files.end() ? Offer::Files : Offer::Nothing;
}

std::string in_single_quotes(std::string_view text) { return "'" + replace_all(std::string(text), "'", "'\\''") + "'"; }

std::vector<std::string> names_of_options(const Command& command) {
  std::vector<std::string> names;
  for (const CommandOption& option : command.options) names.insert(names.end(), option.names.begin(), option.names.end());
  return names;
}

std::vector<std::string> names_of_commands(const Command& command) {
  std::vector<std::string> names;
  for (const Command& sub : command.commands) names.push_back(sub.path.back());
  return names;
}

/// The patterns of a `case` in which the verb is followed by one of the option's names: `'plan --to'|'plan -x'`.
std::string bash_patterns(const Command& command, const CommandOption& option) {
  std::vector<std::string> patterns;
  for (const std::string& name : option.names) patterns.push_back("'" + join(command.path, " ") + " " + name + "'");
  return join(patterns, "|");
}

std::string bash_value(const CommandOption& option) {
  switch (offer_of(option)) {
    case Offer::Files: return "_plumb_files -f";
    case Offer::Folders: return "_plumb_files -d";
    case Offer::Words: return "COMPREPLY=($(compgen -W " + in_single_quotes(join(option.choices, " ")) + " -- \"$word\"))";
    case Offer::Nothing: return "COMPREPLY=()";
  }
  return {};
}

std::string bash(const Command& plumb) {
  std::string values;
  std::string words;
  std::string verbs;
  for (const Command* command : all_commands(plumb)) {
    const std::string path = join(command->path, " ");
    for (const CommandOption& option : command->options) {
      if (!option.value.empty()) values += "    " + bash_patterns(*command, option) + ") " + bash_value(option) + "; return ;;\n";
    }
    words += "    '" + path + "') options=" + in_single_quotes(join(names_of_options(*command), " ")) + "; verbs=" + in_single_quotes(join(names_of_commands(*command), " ")) +
             "; files=" + (command->operands.empty() ? "" : "yes") + " ;;\n";
    for (const Command& sub : command->commands) verbs += "      '" + std::string(trim(path + " " + sub.path.back())) + "') verb=\"$next\" ;;\n";
  }
  return R"(# Completions of plumb for bash: source this file, or install it as /usr/share/bash-completion/completions/plumb.

_plumb_files() {
  compopt -o filenames 2>/dev/null
  local IFS=$'\n'
  COMPREPLY=($(compgen "$1" -- "$word"))
}

_plumb() {
  local word="${COMP_WORDS[COMP_CWORD]}" before="${COMP_WORDS[COMP_CWORD-1]}" verb="" next="" options="" verbs="" files="" i
  COMPREPLY=()
  for ((i = 1; i < COMP_CWORD; i++)); do
    next="${verb:+$verb }${COMP_WORDS[i]}"
    case "$next" in
)" + verbs + R"(    esac
  done
  case "$verb $before" in
)" + values + R"(  esac
  case "$verb" in
)" + words + R"(  esac
  if [[ $word == -* ]]; then
    COMPREPLY=($(compgen -W "$options" -- "$word"))
  elif [[ -n $files ]]; then
    _plumb_files -f
    COMPREPLY+=($(compgen -W "$verbs" -- "$word"))
  else
    COMPREPLY=($(compgen -W "$verbs" -- "$word"))
  fi
}

complete -F _plumb plumb
)";
}

/// A text inside of a specification of zsh's _arguments: brackets and colons mean something there.
std::string zsh_text(std::string_view text) {
  std::string escaped = replace_all(std::string(text), "\\", "\\\\");
  for (const char* sign : {"[", "]", ":"}) escaped = replace_all(escaped, sign, std::string("\\") + sign);
  return escaped;
}

std::string zsh_action(const CommandOption& option) {
  switch (offer_of(option)) {
    case Offer::Files: return "_files";
    case Offer::Folders: return "_files -/";
    case Offer::Words: return "(" + join(option.choices, " ") + ")";
    case Offer::Nothing: return " ";
  }
  return {};
}

std::string zsh_function(const Command& command) { return "_plumb" + (command.path.empty() ? "" : "_" + join(command.path, "_")); }

void add_zsh(const Command& command, std::string& text) {
  std::vector<std::string> specifications;
  for (const CommandOption& option : command.options) {
    for (const std::string& name : option.names) {
      const std::string value = option.value.empty() ? "" : ":" + zsh_text(option.value) + ":" + zsh_action(option);
      specifications.push_back(in_single_quotes("*" + name + "[" + zsh_text(option.text) + "]" + value));
    }
  }
  if (command.commands.empty()) {
    for (const Operand& operand : command.operands) specifications.push_back(in_single_quotes("*:" + zsh_text(operand.text) + ":_files"));
    text += zsh_function(command) + "() {\n  _arguments -s \\\n    " + join(specifications, " \\\n    ") + "\n}\n\n";
    return;
  }
  specifications.push_back("'1: :->verb'");
  specifications.push_back("'*:: :->rest'");
  text += zsh_function(command) + "() {\n  local line state\n  local -a verbs\n  verbs=(\n";
  for (const Command& sub : command.commands) text += "    " + in_single_quotes(replace_all(sub.path.back(), ":", "\\:") + ":" + sub.text) + "\n";
  text += "  )\n  _arguments -C \\\n    " + join(specifications, " \\\n    ") + "\n  case $state in\n    verb)\n      _describe verb verbs\n" +
          (command.operands.empty() ? "" : "      _files\n") + "      ;;\n    rest)\n      case $line[1] in\n";
  for (const Command& sub : command.commands) text += "        " + sub.path.back() + ") " + zsh_function(sub) + " ;;\n";
  text += "      esac\n      ;;\n  esac\n}\n\n";
  for (const Command& sub : command.commands) add_zsh(sub, text);
}

std::string zsh(const Command& plumb) {
  std::string text = "#compdef plumb\n# Completions of plumb for zsh: install this file as _plumb in a folder of $fpath.\n\n";
  add_zsh(plumb, text);
  return text + "if [[ $funcstack[1] == _plumb ]]; then\n  _plumb \"$@\"\nelse\n  compdef _plumb plumb\nfi\n";
}

std::string in_fish_quotes(std::string_view text) { return "'" + replace_all(replace_all(std::string(text), "\\", "\\\\"), "'", "\\'") + "'"; }

std::string fish(const Command& plumb) {
  std::string text = R"(# Completions of plumb for fish: install this file as plumb.fish in ~/.config/fish/completions.

# The verb that stands on the line is exactly this one.
function __plumb_at
    set -l words (commandline -opc)
    set -l verb
    for word in $words[2..-1]
        switch (string join -- ' ' $verb $word)
            case )";
  std::vector<std::string> paths;
  for (const Command* command : all_commands(plumb)) {
    if (!command->path.empty()) paths.push_back(in_fish_quotes(join(command->path, " ")));
  }
  text += join(paths, " ") + R"(
                set -a verb $word
        end
    end
    test "$verb" = "$argv"
end

complete -c plumb -f
)";
  for (const Command* command : all_commands(plumb)) {
    const std::string at = "complete -c plumb -n " + in_fish_quotes("__plumb_at " + join(command->path, " "));
    for (const Command& sub : command->commands) text += at + " -a " + sub.path.back() + " -d " + in_fish_quotes(sub.text) + "\n";
    if (!command->operands.empty()) text += at + " -F\n";
    for (const CommandOption& option : command->options) {
      text += at;
      for (const std::string& name : option.names) text += name.starts_with("--") ? " -l " + name.substr(2) : " -s " + name.substr(1);
      if (!option.value.empty()) {
        switch (offer_of(option)) {
          case Offer::Files: text += " -r -F"; break;
          case Offer::Folders: text += " -x -a '(__fish_complete_directories)'"; break;
          case Offer::Words: text += " -x -a " + in_fish_quotes(join(option.choices, " ")); break;
          case Offer::Nothing: text += " -x"; break;
        }
      }
      text += " -d " + in_fish_quotes(option.text) + "\n";
    }
  }
  return text;
}

}  // namespace

std::string completions(const Command& command, std::string_view shell) {
  if (shell == "bash") return bash(command);
  if (shell == "zsh") return zsh(command);
  if (shell == "fish") return fish(command);
  throw UsageError("plumb writes completions for bash, zsh and fish, not for `" + std::string(shell) + "`");
}

}  // namespace plumb::cli
