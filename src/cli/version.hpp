// cli/version.hpp: the version of plumb itself.
#pragma once

namespace plumb::cli {

inline constexpr const char* version_text = PLUMB_VERSION;

}  // namespace plumb::cli
