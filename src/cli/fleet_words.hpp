// cli/fleet_words.hpp: what the runs for single databases of a fleet are called with, and what their endings mean.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "cli/arguments.hpp"
#include "fleet/child.hpp"
#include "fleet/targets.hpp"

namespace plumb::cli {

/// The verb with the options of the call that are about one database.
std::vector<std::string> words_of_call(const Arguments& arguments);

/// `plumb plan` with those options of the call that planning knows.
std::vector<std::string> words_to_plan(const Arguments& arguments);

/// The database, and folders of its own for logs and backups. In the environment nobody else sees a password.
std::map<std::string, std::string> surroundings_of(const Arguments& arguments, const fleet::Member& member);

/// Why a run failed, by its own words, in one line.
std::string reason_of(const fleet::ChildResult& result);

/// "version 1.0.0, 3 steps pending", from the JSON of `status`; the worst finding in the JSON of `validate`.
std::string status_in_words(const std::string& json);
std::string findings_in_words(const std::string& json);

}  // namespace plumb::cli
