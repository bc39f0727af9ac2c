// dialect/preflight.hpp: what can be said of a database before a deployment begins.
#pragma once

#include <string>
#include <vector>

namespace plumb {

enum class CheckLevel {
  Good,
  Warning,  ///< the deployment may go on, somebody should know
  Bad,      ///< it would fail, or nobody can say what it would come to
};

/// A line of the checklist.
struct PreflightCheck {
  std::string name;   ///< "rights", "free disk"
  CheckLevel level = CheckLevel::Good;
  std::string text;
};

}  // namespace plumb
