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
  explicit ZoneForAMoment(const std::string& timezone) {
    if (const char* before = std::getenv("TZ")) before_ = before;
    ::setenv("TZ", timezone.c_str(), 1);
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
bool is_zone(const std::string& timezone) {
  if (timezone == "UTC") return true;
  const bool is_name = !timezone.empty() && timezone.find("..") == std::string::npos && timezone.front() != '/' && timezone.front() != ':';
  return is_name && file_exists(std::string(zone_folder) + timezone);
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

std::uint32_t minute_of_week(const std::string& timezone) {
  if (!is_zone(timezone)) throw UsageError("there is no time zone `" + timezone + "` here; write one like `Europe/Berlin`, or `UTC`");
  const ZoneForAMoment zone(timezone);
  const std::time_t now = std::time(nullptr);
  std::tm parts{};
  ::localtime_r(&now, &parts);
  const int day = (parts.tm_wday + 6) % 7;  // tm counts from Sunday
  return static_cast<std::uint32_t>((day * 24 + parts.tm_hour) * 60 + parts.tm_min);
}

}  // namespace plumb::cli
