// dialect/mariadb/trigger_turns.hpp: triggers of one moment run in an order that the server keeps and CREATE TRIGGER says.
// Source: https://mariadb.com/kb/en/create-trigger/
#pragma once

#include <map>
#include <string>
#include <tuple>
#include <vector>

#include "model/schema.hpp"

namespace plumb::mariadb {

using Moment = std::tuple<std::string, TriggerTiming, TriggerEvent>;

/// The triggers of each moment in the order in which they shall run: those that stand as they stand, new ones behind
/// them, and each that is said to follow another one right behind that.
/// Pointers into `triggers`.
std::map<Moment, std::vector<const Trigger*>> in_turn(const ByName<Trigger>& triggers, const ByName<Trigger>& standing_before);

}  // namespace plumb::mariadb
