#include "support/bytes.hpp"

#include <array>
#include <string_view>

namespace plumb {

std::string bytes_in_words(std::uint64_t bytes, Rounding rounding) {
  static constexpr std::array<std::string_view, 7> units{"bytes", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};
  constexpr std::uint64_t step = 1024;
  std::size_t unit = 0;
  for (; bytes >= step && unit + 1 < units.size(); ++unit) {
    const bool is_rounded_up = rounding == Rounding::Up && bytes % step != 0;
    bytes = bytes / step + (is_rounded_up ? 1 : 0);
  }
  return std::to_string(bytes) + " " + std::string(units[unit]);
}

}  // namespace plumb
