// diff/target_table.hpp: what a match makes of a table, without patching the whole state. Pure.
#pragma once

#include <string>

#include "diff/match.hpp"

namespace plumb::diff {

bool is_dropped(const Match& match, const std::string& table);

/// The table as it will be, new ones left aside; nullptr for none.
const Table* target_table(const Match& match, const std::string& name);

}  // namespace plumb::diff
