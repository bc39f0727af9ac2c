// cli/command_language.cpp: plumb fmt.
#include <iostream>
#include <iterator>

#include "cli/commands.hpp"
#include "cli/terminal.hpp"
#include "language/format.hpp"
#include "support/error.hpp"
#include "support/file.hpp"

namespace plumb::cli {
namespace {

std::vector<std::string> description_files(const std::vector<std::string>& paths) {
  std::vector<std::string> files;
  for (const auto& path : paths) {
    if (!is_folder(path)) {
      files.push_back(path);
      continue;
    }
    const auto below = files_below(path, ".plumb");
    if (below.empty()) throw FileError(path, "holds no .plumb file");
    files.insert(files.end(), below.begin(), below.end());
  }
  return files;
}

int format_standard_input(const Arguments& arguments) {
  const SourceText source("<stdin>", std::string(std::istreambuf_iterator<char>(std::cin), {}));
  const auto formatted = language::format(source);
  if (!formatted.text) {
    std::cerr << render(formatted.diagnostics, {source}, color_on_stderr(arguments));
    return ErrorExit;
  }
  if (arguments.check) return *formatted.text == source.text() ? Ok : DifferenceExit;
  std::cout << *formatted.text;
  return Ok;
}

}  // namespace

int command_fmt(const Arguments& arguments) {
  if (arguments.paths.size() == 1 && arguments.paths.front() == "-") return format_standard_input(arguments);
  int exit_code = Ok;
  for (const auto& path : description_files(arguments.paths)) {
    const SourceText source(path, read_file(path));
    const auto formatted = language::format(source);
    if (!formatted.text) {
      std::cerr << render(formatted.diagnostics, {source}, color_on_stderr(arguments));
      exit_code = ErrorExit;
      continue;
    }
    if (*formatted.text == source.text()) continue;
    std::cout << path << "\n";
    if (arguments.check) {
      if (exit_code == Ok) exit_code = DifferenceExit;
    } else {
      write_file(path, *formatted.text);
    }
  }
  return exit_code;
}

}  // namespace plumb::cli
