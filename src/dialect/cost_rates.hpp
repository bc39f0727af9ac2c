// dialect/cost_rates.hpp: how long writing a table anew takes, from rates that were measured once (docs/benchmarks.md), so that a
// plan's bytes do not depend on the machine that makes it.
#pragma once

#include <cstdint>
#include <optional>

namespace plumb {

struct WritingRate {
  std::uint64_t rows_a_second = 0;
  std::uint64_t bytes_a_second = 0;  ///< 0: only the rows count
};

/// The longer of both, in whole seconds; nothing below one second.
std::optional<std::uint64_t> seconds_to_write(std::optional<std::uint64_t> rows, std::optional<std::uint64_t> bytes, const WritingRate& rate);

/// The next power of two of KiB: a file grows by single pages, and a plan's bytes must not change with each of them.
std::uint64_t rounded_size(std::uint64_t bytes);

}  // namespace plumb
