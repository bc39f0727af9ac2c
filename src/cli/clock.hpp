// cli/clock.hpp: the time, which nothing below this folder looks at.
#pragma once

#include <cstdint>
#include <string>

namespace plumb::cli {

/// "2026-11-21T10:31:05Z".
std::string utc_now();

/// Minutes since Monday 00:00 in a time zone ("UTC", "Europe/Berlin"). Throws UsageError for one that the system does not
/// have. Requires: no other thread reads the environment.
std::uint32_t minute_of_week(const std::string& zone);

}  // namespace plumb::cli
