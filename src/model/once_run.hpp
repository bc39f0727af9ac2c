// model/once_run.hpp: what a database knows of a data step that has run in it.
#pragma once

#include <string>

namespace plumb {

struct OnceRun {
  std::string checksum;  ///< SHA-256 of the statements that were run
  bool failed = false;   ///< an optional step that was tried and took no effect
};

}  // namespace plumb
