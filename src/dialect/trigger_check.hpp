// dialect/trigger_check.hpp: what a plan says of a trigger that its changes leave unable to run.
#pragma once

#include <string>

#include "model/schema.hpp"

namespace plumb {

/// The message of the guard, by which it is known again.
inline std::string does_not_work(const Trigger& trigger) { return "trigger `" + trigger.name + "` on `" + trigger.table + "` does not work"; }

}  // namespace plumb
