// tests/unit/language/case_file.hpp: a golden case: a sentence, then sections, each behind `-- name --`.
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace plumb::test {

struct Case {
  std::string path;
  std::string story;
  std::vector<std::pair<std::string, std::string>> sections;  ///< name, text with its line ends

  /// The text of the section; empty when there is none.
  std::string section(const std::string& name) const;
  /// Sets the section, adding it at the end when there is none.
  void set_section(const std::string& name, std::string text);
};

/// All cases of a folder below tests/golden, in path order.
std::vector<Case> read_cases(const std::string& folder);
void write_case(const Case& one);
/// True when UPDATE_GOLDEN=1: outputs are written into the cases instead of being compared.
bool updates_golden();

}  // namespace plumb::test
