// cli/command_papers.cpp: plumb completion, plumb manual.
#include <iostream>

#include "cli/command_line.hpp"
#include "cli/commands.hpp"
#include "cli/completions.hpp"
#include "cli/manual.hpp"
#include "cli/version.hpp"
#include "support/error.hpp"
#include "support/file.hpp"

namespace plumb::cli {

int command_completion(const Arguments& arguments) {
  if (arguments.paths.size() != 1) throw UsageError("one shell: bash, zsh or fish");
  std::cout << completions(command_line(), arguments.paths.front());
  return Ok;
}

int command_manual(const Arguments& arguments) {
  if (arguments.paths.size() != 1) throw UsageError("one folder for the manual pages");
  const std::string& folder = arguments.paths.front();
  make_folders(folder);
  for (const auto& [name, text] : manual_pages(command_line(), version_text, release_date)) write_file(folder + "/" + name, text);
  return Ok;
}

}  // namespace plumb::cli
