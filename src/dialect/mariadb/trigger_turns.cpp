#include "dialect/mariadb/trigger_turns.hpp"

#include <algorithm>
#include <cstdint>
#include <limits>

namespace plumb::mariadb {
namespace {

Moment moment_of(const Trigger& trigger) { return {trigger.table, trigger.timing, trigger.event}; }

std::string option_of(const Trigger& trigger, std::string_view key) {
  const auto options = trigger.options.find("mariadb");
  if (options == trigger.options.end()) return {};
  const auto found = options->second.find(key);
  return found == options->second.end() ? std::string() : found->second;
}

std::vector<const Trigger*> behind_those_they_follow(const std::vector<const Trigger*>& given) {
  const auto stands = [](const std::vector<const Trigger*>& list, const std::string& name) {
    return std::any_of(list.begin(), list.end(), [&](const Trigger* t) { return t->name == name; });
  };
  std::vector<const Trigger*> turn;
  for (const Trigger* trigger : given) {
    if (!stands(given, option_of(*trigger, "follows"))) turn.push_back(trigger);
  }
  for (bool placed = true; placed;) {
    placed = false;
    for (const Trigger* trigger : given) {
      const auto leader = std::find_if(turn.begin(), turn.end(), [&](const Trigger* t) { return t->name == option_of(*trigger, "follows"); });
      if (leader == turn.end() || stands(turn, trigger->name)) continue;
      turn.insert(leader + 1, trigger);
      placed = true;
    }
  }
  for (const Trigger* trigger : given) {  // they follow one another in a circle
    if (!stands(turn, trigger->name)) turn.push_back(trigger);
  }
  return turn;
}

}  // namespace

std::map<Moment, std::vector<const Trigger*>> in_turn(const ByName<Trigger>& triggers, const ByName<Trigger>& standing_before) {
  std::map<Moment, std::vector<const Trigger*>> moments;
  for (const auto& [name, trigger] : triggers) moments[moment_of(trigger)].push_back(&trigger);
  for (auto& [moment, turn] : moments) {
    const auto rank = [&](const Trigger* trigger) {
      const auto standing = standing_before.find(trigger->name);
      const bool stands = standing != standing_before.end() && moment_of(standing->second) == moment;
      return stands ? standing->second.context.order : std::numeric_limits<std::uint32_t>::max();
    };
    std::stable_sort(turn.begin(), turn.end(), [&](const Trigger* a, const Trigger* b) { return rank(a) < rank(b); });
    turn = behind_those_they_follow(turn);
  }
  return moments;
}

}  // namespace plumb::mariadb
