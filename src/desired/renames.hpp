// desired/renames.hpp: earlier names given on the command line: --rename OLD=NEW and --rename TABLE.OLD=NEW.
#pragma once

#include <string>
#include <vector>

#include "model/description.hpp"

namespace plumb::desired {

struct CommandRename {
  std::string table;  ///< of a column or index, as the description names it; empty: a table or view is renamed
  std::string from;
  std::string to;
  std::string text;   ///< as it was written
};

/// Names with dots and the like stand in backquotes. Throws UsageError.
std::vector<CommandRename> parse_renames(const std::vector<std::string>& texts);

/// Puts them into the description as `was` hints. Throws UsageError, with the nearest name, where the description does not
/// have the new name or still has the old one.
void add_renames(const std::vector<CommandRename>& renames, Description& description);

/// Throws UsageError, with the nearest name, where the database has neither the old name nor the new one.
void check_renames(const std::vector<CommandRename>& renames, const Description& description, const Schema& actual);

}  // namespace plumb::desired
