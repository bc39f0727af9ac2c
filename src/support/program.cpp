#include "support/program.hpp"

#include <unistd.h>

#include "support/error.hpp"
#include "support/spawn.hpp"

namespace plumb {

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
  Spawn what{command, variables, {{STDOUT_FILENO, STDERR_FILENO}}, false, {}};
  return exit_status(wait_for(spawn(std::move(what))));
}

}  // namespace plumb
