#include "policy/policy.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "support/error.hpp"
#include "support/fingerprint.hpp"
#include "support/text.hpp"

namespace plumb::policy {
namespace {

struct Unit {
  std::string_view word;
  std::uint64_t bytes;
};

constexpr std::uint64_t kibi = 1024;
constexpr std::array units{
    Unit{"b", 1},
    Unit{"bytes", 1},
    Unit{"kb", 1000},
    Unit{"mb", 1000 * 1000},
    Unit{"gb", 1000ULL * 1000 * 1000},
    Unit{"tb", 1000ULL * 1000 * 1000 * 1000},
    Unit{"kib", kibi},
    Unit{"mib", kibi * kibi},
    Unit{"gib", kibi * kibi * kibi},
    Unit{"tib", kibi * kibi * kibi * kibi},
};

std::string list_of(const Kinds& kinds_of_it) { return join({kinds_of_it.begin(), kinds_of_it.end()}, ","); }

std::string number_or_none(const std::optional<std::uint64_t>& number) { return number ? std::to_string(*number) : "none"; }

}  // namespace

const std::vector<std::string>& kinds() {
  static const std::vector<std::string> words{"drop-table", "drop-column", "drop-view",  "narrow",  "rebuild-opaque",    "destructive",
                                              "rebuild",    "blocking",    "irreversible", "breaks-application", "unrehearsed"};
  return words;
}

std::string read_kind(std::string_view word) {
  if (std::find(kinds().begin(), kinds().end(), word) != kinds().end()) return std::string(word);
  const std::string near = closest_match(word, kinds());
  throw UsageError("a policy knows no kind `" + std::string(word) + "`; " + (near.empty() ? "it knows " + join(kinds(), ", ") : "did you mean `" + near + "`?"));
}

void read_largest_rebuild(std::string_view text, Policy& policy) {
  const std::string_view trimmed = trim(text);
  std::uint64_t number = 0;
  const auto [end, problem] = std::from_chars(trimmed.data(), trimmed.data() + trimmed.size(), number);
  const std::string unit = to_lower(trim(trimmed.substr(static_cast<std::size_t>(end - trimmed.data()))));
  if (problem == std::errc() && (unit == "rows" || unit == "row")) {
    policy.largest_rebuild_rows = number;
    return;
  }
  const auto found = std::find_if(units.begin(), units.end(), [&](const Unit& one) { return one.word == unit; });
  if (problem != std::errc() || found == units.end() || number > UINT64_MAX / found->bytes) {
    throw UsageError("`" + std::string(text) + "` is no size; write `500 MB`, `2 GiB` or `1000000 rows`");
  }
  policy.largest_rebuild_bytes = number * found->bytes;
}

std::string fingerprint(const Policy& policy) {
  std::vector<std::string> windows;
  for (const Window& window : policy.windows) windows.push_back(std::to_string(window.from) + "-" + std::to_string(window.to));
  std::sort(windows.begin(), windows.end());
  return sha256_hex("refuse " + list_of(policy.refuse) + "\nrequire-approval " + list_of(policy.require_approval) + "\napprovals " + std::to_string(policy.approvals) + "\nwindows " +
                    join(windows, ",") + " " + policy.timezone + "\nlargest-rebuild " + number_or_none(policy.largest_rebuild_bytes) + " " + number_or_none(policy.largest_rebuild_rows) +
                    "\nreview " + (policy.review ? "true" : "false") + "\n" + (policy.versions_in_sequence ? "versions sequential\n" : ""));
}

}  // namespace plumb::policy
