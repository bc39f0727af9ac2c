#include "policy/window.hpp"

#include <algorithm>
#include <array>

#include "support/error.hpp"
#include "support/text.hpp"

namespace plumb::policy {
namespace {

constexpr std::array<std::string_view, 7> days{"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};

[[noreturn]] void refuse(std::string_view text) {
  throw UsageError("`" + std::string(text) + "` is no window; write days and hours, as in `sat 02:00-06:00`, `mon-fri 22:00-23:30` or `daily 03:00-04:00`");
}

std::uint32_t day_of(std::string_view word, std::string_view text) {
  for (std::uint32_t day = 0; day < days.size(); ++day) {
    if (equal_ignoring_case(word, days.at(day))) return day;
  }
  refuse(text);
}

/// Minutes since midnight of "02:00"; "24:00" is an end.
std::uint32_t time_of(std::string_view word, std::string_view text) {
  const auto digit = [&](std::size_t at) -> std::uint32_t {
    if (word[at] < '0' || word[at] > '9') refuse(text);
    return static_cast<std::uint32_t>(word[at] - '0');
  };
  if (word.size() != 5 || word[2] != ':') refuse(text);
  const std::uint32_t hours = digit(0) * 10 + digit(1);
  const std::uint32_t minutes = digit(3) * 10 + digit(4);
  if (minutes > 59 || hours > 24 || (hours == 24 && minutes > 0)) refuse(text);
  return hours * 60 + minutes;
}

/// "mon-fri" goes on over the end of the week, too: "sat-mon".
void add_days(std::string_view part, std::string_view text, std::array<bool, 7>& chosen) {
  if (equal_ignoring_case(part, "daily")) return chosen.fill(true);
  const std::size_t dash = part.find('-');
  std::uint32_t day = day_of(part.substr(0, dash), text);
  const std::uint32_t last = dash == std::string_view::npos ? day : day_of(part.substr(dash + 1), text);
  for (;; day = (day + 1) % 7) {
    chosen.at(day) = true;
    if (day == last) return;
  }
}

}  // namespace

std::vector<Window> read_window(std::string_view text) {
  const std::string_view trimmed = trim(text);
  const std::size_t blank = trimmed.find_first_of(" \t");
  if (blank == std::string_view::npos) refuse(text);
  std::array<bool, 7> chosen{};
  std::string_view list = trimmed.substr(0, blank);
  for (;;) {
    const std::size_t comma = list.find(',');
    add_days(list.substr(0, comma), text, chosen);
    if (comma == std::string_view::npos) break;
    list.remove_prefix(comma + 1);
  }
  const std::string_view hours = trim(trimmed.substr(blank));
  const std::size_t dash = hours.find('-');
  if (dash == std::string_view::npos) refuse(text);
  const std::uint32_t from = time_of(hours.substr(0, dash), text);
  std::uint32_t to = time_of(hours.substr(dash + 1), text);
  if (from >= minutes_a_day) refuse(text);
  if (to <= from) to += minutes_a_day;
  std::vector<Window> windows;
  for (std::uint32_t day = 0; day < days.size(); ++day) {
    if (chosen.at(day)) windows.push_back({day * minutes_a_day + from, day * minutes_a_day + to});
  }
  return windows;
}

bool is_open(const std::vector<Window>& windows, std::uint32_t minute) {
  return std::any_of(windows.begin(), windows.end(), [&](const Window& window) {
    return (minute >= window.from && minute < window.to) || minute + minutes_a_week < window.to;
  });
}

std::optional<std::uint32_t> wait_for_open(const std::vector<Window>& windows, std::uint32_t minute) {
  if (windows.empty()) return std::nullopt;
  if (is_open(windows, minute)) return 0;
  std::uint32_t wait = minutes_a_week;
  for (const Window& window : windows) wait = std::min(wait, (window.from + minutes_a_week - minute) % minutes_a_week);
  return wait;
}

std::string minute_in_words(std::uint32_t minute) {
  const auto two_digits = [](std::uint32_t number) { return (number < 10 ? "0" : "") + std::to_string(number); };
  const std::uint32_t of_day = minute % minutes_a_day;
  return std::string(days.at(minute / minutes_a_day % 7)) + " " + two_digits(of_day / 60) + ":" + two_digits(of_day % 60);
}

std::string duration_in_words(std::uint32_t minutes) {
  std::vector<std::string> parts;
  if (minutes >= minutes_a_day) parts.push_back(counted(minutes / minutes_a_day, "day"));
  if (minutes % minutes_a_day >= 60) parts.push_back(counted(minutes % minutes_a_day / 60, "hour"));
  if (minutes % 60 > 0 || parts.empty()) parts.push_back(counted(minutes % 60, "minute"));
  return join(parts, " ");
}

}  // namespace plumb::policy
