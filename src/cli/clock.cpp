#include "cli/clock.hpp"

#include <array>
#include <cstdlib>
#include <ctime>
#include <optional>

#include "support/error.hpp"
#include "support/file.hpp"

namespace plumb::cli {
namespace {

constexpr std::string_view zone_folder = "/usr/share/zoneinfo/";

/// The C library knows one zone at a time: the one of TZ.
class ZoneForAMoment {
 public:
  explicit ZoneForAMoment(const std::string& zone) {
    if (const char* before = std::getenv("TZ")) before_ = before;
    ::setenv("TZ", zone.c_str(), 1);
    ::tzset();
  }
  ~ZoneForAMoment() {
    if (before_) ::setenv("TZ", before_->c_str(), 1);
    else ::unsetenv("TZ");
    ::tzset();
  }
  ZoneForAMoment(const ZoneForAMoment&) = delete;
  ZoneForAMoment& operator=(const ZoneForAMoment&) = delete;

 private:
  std::optional<std::string> before_;
};

/// The library takes an unknown zone for UTC, silently.
bool is_zone(const std::string& zone) {
  if (zone == "UTC") return true;
  const bool is_name = !zone.empty() && zone.find("..") == std::string::npos && zone.front() != '/' && zone.front() != ':';
  return is_name && file_exists(std::string(zone_folder) + zone);
}

}  // namespace

std::string utc_now() {
  const std::time_t now = std::time(nullptr);
  std::tm parts{};
  ::gmtime_r(&now, &parts);
  std::array<char, 32> text{};
  const std::size_t length = std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%SZ", &parts);
  return {text.data(), length};
}

std::uint32_t minute_of_week(const std::string& zone) {
  if (!is_zone(zone)) throw UsageError("there is no time zone `" + zone + "` here; write one like `Europe/Berlin`, or `UTC`");
  const ZoneForAMoment there(zone);
  const std::time_t now = std::time(nullptr);
  std::tm parts{};
  ::localtime_r(&now, &parts);
  const int day = (parts.tm_wday + 6) % 7;  // tm counts from Sunday
  return static_cast<std::uint32_t>((day * 24 + parts.tm_hour) * 60 + parts.tm_min);
}

}  // namespace plumb::cli
