// plan/difference.hpp: how two states differ, for people and for programs.
#pragma once

#include <string>
#include <vector>

#include "diff/match.hpp"

namespace plumb::plan {

enum class DifferenceKind { Added, Changed, Renamed, Dropped };

/// One object that differs, with what differs inside of it.
struct Difference {
  DifferenceKind kind = DifferenceKind::Changed;
  std::string object;  ///< "table", "column", "index", "primary key", "foreign key", "check", "view", "trigger", "options", …
  std::string name;
  std::string was;     ///< Renamed: the earlier name
  std::string text;    ///< what it is (Added, Dropped) or what changes
  std::vector<Difference> details;
};

struct DifferenceReport {
  std::string engine;  ///< in whose terms the states were compared
  std::string from;    ///< as the user named them
  std::string to;
  std::vector<Difference> differences;
  std::vector<std::string> left_out;  ///< what was not compared, a sentence each
};

/// The renames and changes of a match, by object and name.
std::vector<Difference> differences_of(const diff::Changes& changes, const std::vector<diff::Rename>& renames);

/// One line an object, its details indented below it; empty for equal states.
std::string to_text(const DifferenceReport& report, bool color);

/// docs/diff_format.md.
std::string to_json(const DifferenceReport& report);

}  // namespace plumb::plan
