#include "cli/duration.hpp"

#include "support/error.hpp"

namespace plumb::cli {

std::chrono::seconds parse_duration(const std::string& text) {
  std::size_t digits = 0;
  while (digits < text.size() && text[digits] >= '0' && text[digits] <= '9') ++digits;
  const std::string unit = text.substr(digits);
  if (digits == 0 || digits > 6 || (unit != "" && unit != "s" && unit != "m")) throw UsageError("`" + text + "` is no time; write `10s` or `2m`");
  return std::chrono::seconds(std::stol(text.substr(0, digits)) * (unit == "m" ? 60 : 1));
}

}  // namespace plumb::cli
