// dialect/script.hpp: a state as SQL for the engine's own command-line client.
#pragma once

#include <string>
#include <vector>

namespace plumb {

/// One object's part of a script, with everything that a client needs to run it by itself (DELIMITER lines, settings).
struct ScriptPart {
  std::string owner;         ///< the table or view that it belongs to
  bool of_view = false;      ///< the owner is a view
  std::string sql;           ///< ends with a line end
};

/// `begin`, the parts in their order and `end`, one after the other, make the state in an empty database.
struct Script {
  std::string begin;
  std::vector<ScriptPart> parts;
  std::string end;
};

}  // namespace plumb
