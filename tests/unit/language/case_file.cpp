#include "case_file.hpp"

#include <cstdlib>

#include "support/file.hpp"
#include "support/text.hpp"

namespace plumb::test {
namespace {

/// The name in `-- name --`; empty for any other line.
std::string section_name(std::string_view line) {
  if (!line.starts_with("-- ") || !line.ends_with(" --") || line.size() < 7) return {};
  return std::string(line.substr(3, line.size() - 6));
}

Case parsed(const std::string& path) {
  Case one;
  one.path = path;
  const std::string text = read_file(path);
  for (const std::string_view line : split_lines(text)) {
    const std::string name = section_name(line);
    if (!name.empty()) {
      one.sections.emplace_back(name, std::string());
    } else {
      std::string& into = one.sections.empty() ? one.story : one.sections.back().second;
      into.append(line).append("\n");
    }
  }
  return one;
}

}  // namespace

std::string Case::section(const std::string& name) const {
  for (const auto& [known, text] : sections) {
    if (known == name) return text;
  }
  return {};
}

void Case::set_section(const std::string& name, std::string text) {
  for (auto& [known, old] : sections) {
    if (known != name) continue;
    old = std::move(text);
    return;
  }
  sections.emplace_back(name, std::move(text));
}

std::vector<Case> read_cases(const std::string& folder) {
  std::vector<Case> cases;
  for (const std::string& path :
       files_below(std::string(PLUMB_SOURCE_DIR) + "/tests/golden/" + folder, ".case")) {
    cases.push_back(parsed(path));
  }
  return cases;
}

void write_case(const Case& one) {
  std::string text = one.story;
  for (const auto& [name, body] : one.sections) text += "-- " + name + " --\n" + body;
  write_file(one.path, text);
}

bool updates_golden() {
  const char* value = std::getenv("UPDATE_GOLDEN");
  return value != nullptr && std::string_view(value) == "1";
}

}  // namespace plumb::test
