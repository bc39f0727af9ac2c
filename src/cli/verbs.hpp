// cli/verbs.hpp: which verbs there are, and which options each of them takes.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "cli/arguments.hpp"

namespace CLI {
class App;
}

namespace plumb::cli {

inline constexpr std::string_view about = "one description of a database for SQLite and MariaDB; plan, review, apply exactly that.";
inline constexpr std::string_view at_the_end = "\nplumb VERB --help says more. Exit codes: 0 done, 1 error, 2 differences, 3 refused, 4 stale, 5 locked, 6 interrupted, 64 usage.";

/// What the options write into: values whose form is looked at when all of them are known stand beside the arguments.
struct Raw {
  Arguments arguments;
  std::string color = "auto";
  std::string packages;
  std::string lock_timeout;
  std::string probe_timeout;
  std::string allow;
  std::string backup_dir;
  std::string cache;
  std::string validate_every;
  std::vector<std::string> lint;
};

/// Adds all verbs to `app`. `verbs`: their names, "data export", by what CLI11 has parsed.
void define(CLI::App& app, Raw& raw, std::map<const CLI::App*, std::string>& verbs);

}  // namespace plumb::cli
