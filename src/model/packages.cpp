#include "model/packages.hpp"

#include <algorithm>
#include <iterator>

#include "support/error.hpp"
#include "support/text.hpp"

namespace plumb {
namespace {

constexpr std::string_view dots = "..";

using After = std::map<std::string, std::vector<std::string>>;

/// The package and all that it comes after.
std::set<std::string> up_to(const After& packages, const std::string& last) {
  std::set<std::string> found;
  std::vector<std::string> open{last};
  while (!open.empty()) {
    const std::string name = open.back();
    open.pop_back();
    if (!found.insert(name).second) continue;
    if (const auto after = packages.find(name); after != packages.end()) open.insert(open.end(), after->second.begin(), after->second.end());
  }
  return found;
}

/// The package and all that comes after it.
std::set<std::string> from_on(const After& packages, const std::string& first) {
  std::set<std::string> found;
  for (const auto& [name, after] : packages) {
    if (up_to(packages, name).contains(first)) found.insert(name);
  }
  return found;
}

std::vector<std::string> names_of(const After& packages) {
  std::vector<std::string> names;
  for (const auto& [name, after] : packages) names.push_back(name);
  return names;
}

std::string known(const After& packages, std::string name, const std::string& range) {
  if (packages.contains(name)) return name;
  const auto names = names_of(packages);
  const std::string near = closest_match(name, names);
  throw UsageError("--packages " + range + ": there is no package `" + name + "`; " + (near.empty() ? "there are `" + join(names, "`, `") + "`" : "did you mean `" + near + "`?"));
}

template <class Things>
void erase_left_out(const Description& description, Things& things) {
  std::erase_if(things, [&](const auto& thing) { return is_left_out(description, thing.package); });
}

template <class Objects, class Places>
void erase_left_out(const Description& description, Objects& objects, const Places& places) {
  for (const auto& [name, place] : places) {
    if (is_left_out(description, place.package)) objects.erase(name);
  }
}

bool names(const std::vector<std::string>& list, const std::string& name) {
  return std::any_of(list.begin(), list.end(), [&](const std::string& one) { return equal_ignoring_case(one, name); });
}

}  // namespace

std::set<std::string> packages_in(const Description& description, const std::string& range) {
  const auto& packages = description.packages;
  if (packages.empty()) throw UsageError("--packages " + range + ": the description has no packages");
  const std::size_t place = range.find(dots);
  if (place == std::string::npos) return {known(packages, range, range)};
  const std::string first = range.substr(0, place);
  const std::string last = range.substr(place + dots.size());
  if (first.empty() && last.empty()) throw UsageError("--packages takes `core`, `setup..core`, `..core` or `core..`");
  if (first.empty()) return up_to(packages, known(packages, last, range));
  const auto begin = from_on(packages, known(packages, first, range));
  if (last.empty()) return begin;
  const auto end = up_to(packages, known(packages, last, range));
  std::set<std::string> both;
  std::set_intersection(begin.begin(), begin.end(), end.begin(), end.end(), std::inserter(both, both.end()));
  if (both.empty()) throw UsageError("--packages " + range + ": `" + last + "` does not come after `" + first + "`");
  return both;
}

void choose_packages(Description& description, const std::string& range) {
  const auto chosen = packages_in(description, range);
  std::erase_if(description.packages, [&](const auto& package) { return !chosen.contains(package.first); });
}

bool is_left_out(const Description& description, std::string_view package) { return !package.empty() && !description.packages.contains(std::string(package)); }

void take_out_the_others(Description& description) {
  erase_left_out(description, description.schema.tables, description.tables);
  erase_left_out(description, description.schema.views, description.view_places);
  erase_left_out(description, description.schema.triggers, description.trigger_places);
  erase_left_out(description, description.drops);
  erase_left_out(description, description.once_steps);
  erase_left_out(description, description.assertions);
  erase_left_out(description, description.seeds);
}

std::string left_out_package_of_table(const Description& description, const std::string& name) {
  for (const auto& [declared, intent] : description.tables) {
    if (is_left_out(description, intent.package) && (equal_ignoring_case(declared, name) || names(intent.was, name))) return intent.package;
  }
  return {};
}

std::string left_out_package_of_view(const Description& description, const std::string& name) {
  for (const auto& [declared, place] : description.view_places) {
    if (!is_left_out(description, place.package)) continue;
    const auto was = description.view_was.find(declared);
    if (equal_ignoring_case(declared, name) || (was != description.view_was.end() && names(was->second, name))) return place.package;
  }
  return {};
}

std::string left_out_package_of_trigger(const Description& description, const std::string& name) {
  for (const auto& [declared, place] : description.trigger_places) {
    if (is_left_out(description, place.package) && equal_ignoring_case(declared, name)) return place.package;
  }
  return {};
}

std::set<std::string> left_out_packages(const Description& description) {
  std::set<std::string> packages;
  const auto note = [&](const std::string& package) {
    if (is_left_out(description, package)) packages.insert(package);
  };
  for (const auto& [name, intent] : description.tables) note(intent.package);
  for (const auto& [name, place] : description.view_places) note(place.package);
  for (const auto& [name, place] : description.trigger_places) note(place.package);
  return packages;
}

}  // namespace plumb
