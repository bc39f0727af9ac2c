// lint/rules.hpp: the catalogue of what lint looks for. docs/lint.md explains each rule with an example.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace plumb::lint {

enum class Level { Off, Note, Warning, Error };

/// "off", "note", "warning" or "error".
std::string_view word_of(Level level);
std::optional<Level> level_of(std::string_view word);

/// The names are stable: people suppress and configure by them.
struct Rule {
  std::string_view name;
  Level level = Level::Warning;  ///< unless the settings say another
  std::string_view summary;      ///< what it finds
  std::string_view reason;       ///< why that is bad
  std::string_view cure;         ///< what to do instead
};

/// All rules, by name.
const std::vector<Rule>& rules();
const Rule* find_rule(std::string_view name);

/// Levels that somebody chose, by rule.
using Levels = std::map<std::string, Level, std::less<>>;

/// "rule", "level" as written in settings. Throws UsageError for a rule or level that is not known.
void set_level(Levels& levels, std::string_view rule, std::string_view level);

Level level_of(const Rule& rule, const Levels& levels);

}  // namespace plumb::lint
