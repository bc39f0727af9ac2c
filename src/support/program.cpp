#include "support/program.hpp"

#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "support/error.hpp"
#include "support/program_words.hpp"

extern char** environ;

namespace plumb {

std::vector<std::string> environment_with(const std::map<std::string, std::string>& variables) {
  std::vector<std::string> all;
  for (char** entry = environ; *entry != nullptr; ++entry) {
    const std::string_view text = *entry;
    if (!variables.contains(std::string(text.substr(0, text.find('='))))) all.emplace_back(text);
  }
  for (const auto& [name, value] : variables) all.push_back(name + "=" + value);
  return all;
}

std::vector<char*> pointers_to(std::vector<std::string>& texts) {
  std::vector<char*> pointers;
  for (auto& text : texts) pointers.push_back(text.data());
  pointers.push_back(nullptr);
  return pointers;
}

std::vector<std::string> split_words(std::string_view text) {
  std::vector<std::string> words;
  bool is_open = false;
  char quote = '\0';
  for (const char c : text) {
    if (quote != '\0') {
      if (c == quote) quote = '\0';
      else words.back().push_back(c);
      continue;
    }
    if (c == ' ' || c == '\t') {
      is_open = false;
      continue;
    }
    if (!is_open) words.emplace_back();
    is_open = true;
    if (c == '\'' || c == '"') quote = c;
    else words.back().push_back(c);
  }
  if (quote != '\0') throw UsageError("`" + std::string(text) + "`: a quote does not end");
  return words;
}

int run_program(const std::vector<std::string>& command, const std::map<std::string, std::string>& variables) {
  std::vector<std::string> words = command;
  std::vector<std::string> environment = environment_with(variables);
  const auto arguments = pointers_to(words);
  const auto entries = pointers_to(environment);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, STDERR_FILENO, STDOUT_FILENO);
  pid_t child = 0;
  const int problem = posix_spawnp(&child, arguments.front(), &actions, nullptr, arguments.data(), entries.data());
  posix_spawn_file_actions_destroy(&actions);
  if (problem != 0) throw Error("`" + command.front() + "` cannot be started: " + std::strerror(problem));
  int status = 0;
  while (waitpid(child, &status, 0) < 0) {
    if (errno != EINTR) throw Error("`" + command.front() + "`: its end cannot be awaited: " + std::strerror(errno));
  }
  return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

}  // namespace plumb
