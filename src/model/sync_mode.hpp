// model/sync_mode.hpp: the words for modes of master data, as descriptions and command lines say them.
#pragma once

#include <optional>
#include <string_view>

#include "model/master_intent.hpp"

namespace plumb {

/// "init", "append", "upsert", "mirror".
std::string_view word_of(SyncMode mode);
std::optional<SyncMode> sync_mode(std::string_view word);

}  // namespace plumb
