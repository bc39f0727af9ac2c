// policy/window.hpp: the hours of the week in which a plan may run.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace plumb::policy {

inline constexpr std::uint32_t minutes_a_day = 24 * 60;
inline constexpr std::uint32_t minutes_a_week = 7 * minutes_a_day;

/// A stretch of every week, in minutes since Monday 00:00. `to` may lie in the next week.
struct Window {
  std::uint32_t from = 0;
  std::uint32_t to = 0;  ///< the first minute that does not belong to it any more
  bool operator==(const Window&) const = default;
};

/// "sat 02:00-06:00", "mon-fri 22:00-23:30", "mon,wed 12:00-13:00", "daily 03:00-04:00"; an end at or before the beginning
/// is one of the next day, "24:00" is an end. Capital letters do not matter. One window for each day. Throws UsageError.
std::vector<Window> read_window(std::string_view text);

/// True when the minute of the week lies in one of them.
bool is_open(const std::vector<Window>& windows, std::uint32_t minute);

/// How many minutes after `minute` the next one begins; 0 when one is open. Nothing where there are none.
std::optional<std::uint32_t> wait_for_open(const std::vector<Window>& windows, std::uint32_t minute);

/// "Sat 02:00".
std::string minute_in_words(std::uint32_t minute);

/// "12 hours 50 minutes".
std::string duration_in_words(std::uint32_t minutes);

}  // namespace plumb::policy
