// cli/duration.hpp: times as people write them.
#pragma once

#include <chrono>
#include <string>

namespace plumb::cli {

/// "10s", "2m", "30". Throws UsageError.
std::chrono::seconds parse_duration(const std::string& text);

}  // namespace plumb::cli
