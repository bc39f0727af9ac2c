#include "model/sync_mode.hpp"

namespace plumb {

std::string_view word_of(SyncMode mode) {
  switch (mode) {
    case SyncMode::Init:
      return "init";
    case SyncMode::Append:
      return "append";
    case SyncMode::Upsert:
      return "upsert";
    case SyncMode::Mirror:
      return "mirror";
  }
  return "";
}

std::optional<SyncMode> sync_mode(std::string_view word) {
  for (const SyncMode mode : {SyncMode::Init, SyncMode::Append, SyncMode::Upsert, SyncMode::Mirror}) {
    if (word == word_of(mode)) return mode;
  }
  return std::nullopt;
}

}  // namespace plumb
