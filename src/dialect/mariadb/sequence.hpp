// dialect/mariadb/sequence.hpp: how sequences come, become others, whatever number they have come to, and go. Pure.
#pragma once

#include <string>
#include <vector>

#include "dialect/step.hpp"
#include "diff/change.hpp"
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

/// The steps for sequences that come, become others and go.
std::vector<Step> created_sequences(const diff::Changes& changes);
std::vector<Step> altered_sequences(const diff::Changes& changes);
std::vector<Step> dropped_sequences(const diff::Changes& changes);

}  // namespace plumb::mariadb
