// dialect/mariadb/sequence.hpp: how a sequence becomes another one, whatever number it has come to. Pure.
#pragma once

#include <string>
#include <vector>

#include "dialect/step.hpp"
#include "model/schema.hpp"

namespace plumb::mariadb {

/// One ALTER.
struct SequenceChange {
  std::string what;  ///< "increment by 2 instead of 1, nocycle instead of cycle"
  std::vector<Command> commands;
  std::vector<Command> back;
  std::string definition;  ///< the CREATE text that the engine gives afterwards
};

/// From the texts of SHOW CREATE SEQUENCE; both of one name. Where the next number would no longer be one of the sequence's, a guard
/// stops the run. Source: https://mariadb.com/kb/en/alter-sequence/, and ALTER TABLE for the engine and the comment.
std::vector<SequenceChange> sequence_changes(const Opaque& before, const Opaque& after);

}  // namespace plumb::mariadb
