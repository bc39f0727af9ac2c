#include "diff/free_names.hpp"

namespace plumb::diff {

std::string free_name(std::string_view name, const std::vector<std::string>& taken) {
  const std::size_t last = name.find_last_not_of("0123456789");
  const bool is_numbered = last != std::string_view::npos && last + 1 < name.size() && name[last] == '_';
  const std::string beginning = std::string(is_numbered ? name.substr(0, last + 1) : name) + (is_numbered ? "" : "_");
  for (std::size_t number = is_numbered ? 1 : 2;; ++number) {
    const std::string free = beginning + std::to_string(number);
    if (std::none_of(taken.begin(), taken.end(), [&](const std::string& one) { return equal_ignoring_case(one, free); })) return free;
  }
}

}  // namespace plumb::diff
