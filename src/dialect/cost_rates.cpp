#include "dialect/cost_rates.hpp"

#include <algorithm>
#include <bit>

namespace plumb {

std::optional<std::uint64_t> seconds_to_write(std::optional<std::uint64_t> rows, std::optional<std::uint64_t> bytes, const WritingRate& rate) {
  const std::uint64_t by_rows = rows && rate.rows_a_second > 0 ? *rows / rate.rows_a_second : 0;
  const std::uint64_t by_bytes = bytes && rate.bytes_a_second > 0 ? *bytes / rate.bytes_a_second : 0;
  const std::uint64_t seconds = std::max(by_rows, by_bytes);
  return seconds == 0 ? std::nullopt : std::optional(seconds);
}

std::uint64_t rounded_size(std::uint64_t bytes) { return std::bit_ceil((bytes + 1023) / 1024) * 1024; }

}  // namespace plumb
