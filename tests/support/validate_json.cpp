#include "support/validate_json.hpp"

#include <filesystem>

#include "support/run.hpp"

namespace plumb::test {

testing::AssertionResult fit_schema(const std::string& schema, const std::vector<std::string>& documents) {
  // Debian's own interpreter is the one that has Debian's packages
  const std::string python = std::filesystem::exists("/usr/bin/python3") ? "/usr/bin/python3" : "python3";
  std::vector<std::string> command{python, PLUMB_TEST_SUPPORT "/validate_json.py", schema};
  command.insert(command.end(), documents.begin(), documents.end());
  const RunResult result = run(command);
  if (result.exit_code == 0) return testing::AssertionSuccess();
  return testing::AssertionFailure() << "exit code " << result.exit_code << "\n" << result.out << result.err;
}

}  // namespace plumb::test
