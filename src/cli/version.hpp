// cli/version.hpp: the version of plumb itself.
#pragma once

namespace plumb::cli {

inline constexpr const char* version_text = PLUMB_VERSION;
inline constexpr const char* release_date = "2026-11-21";  ///< of that version: stands in the manual pages

}  // namespace plumb::cli
