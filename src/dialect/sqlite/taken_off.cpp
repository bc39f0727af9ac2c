#include "dialect/sqlite/taken_off.hpp"

#include <algorithm>
#include <string>

#include "support/text.hpp"

namespace plumb::sqlite {
namespace {

bool names_one_of(const std::string& text, const Names& names) {
  const Names words = words_of(text);
  return std::any_of(words.begin(), words.end(), [&](const std::string& word) { return names.contains(word); });
}

bool goes_anyway(const View& view, const diff::Changes& changes) {
  const auto is_it = [&](const View& one) { return one.name == view.name; };
  return std::any_of(changes.views_dropped.begin(), changes.views_dropped.end(), is_it) ||
         std::any_of(changes.views_altered.begin(), changes.views_altered.end(), [&](const auto& pair) { return is_it(pair.before); });
}

bool goes_anyway(const Trigger& trigger, const diff::Changes& changes) {
  const auto is_it = [&](const Trigger& one) { return one.name == trigger.name; };
  return std::any_of(changes.triggers_dropped.begin(), changes.triggers_dropped.end(), is_it) ||
         std::any_of(changes.triggers_altered.begin(), changes.triggers_altered.end(), [&](const auto& pair) { return is_it(pair.before); });
}

}  // namespace

TakenOff readers_of(Names going, const Schema& standing, const diff::Changes& changes) {
  TakenOff taken;
  for (std::size_t size = 0; size != going.size();) {
    size = going.size();
    for (const auto& [name, view] : standing.views) {
      if (going.contains(to_lower(name)) || !names_one_of(stored_text(view), going)) continue;
      going.insert(to_lower(name));
      if (!goes_anyway(view, changes)) taken.views.push_back(view);
    }
  }
  for (const auto& [name, trigger] : standing.triggers) {
    const bool goes_with_its_owner = going.contains(to_lower(trigger.table));
    if (!goes_with_its_owner && !goes_anyway(trigger, changes) && names_one_of(stored_text(trigger), going)) taken.triggers.push_back(trigger);
  }
  return taken;
}

}  // namespace plumb::sqlite
