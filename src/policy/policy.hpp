// policy/policy.hpp: what an environment asks of a plan before it may run there. docs/policy.md.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "policy/window.hpp"

namespace plumb::policy {

using Kinds = std::set<std::string, std::less<>>;

struct Policy {
  std::string name;
  Kinds refuse;            ///< kinds of steps that do not run, whatever permits them
  Kinds require_approval;  ///< kinds of steps that somebody must have approved
  std::uint32_t approvals = 1;  ///< by how many people
  std::vector<Window> windows;  ///< empty: at any time
  std::string timezone = "UTC";
  std::optional<std::uint64_t> largest_rebuild_bytes;
  std::optional<std::uint64_t> largest_rebuild_rows;
  bool review = false;  ///< only saved plans run
  bool versions_in_sequence = false;  ///< a plan leads only from the version that the description names with `after`
};

/// The words of `refuse` and `require-approval`: those of --allow that a step can have, and what else can be said of one.
const std::vector<std::string>& kinds();

/// A word of kinds(). Throws UsageError with the nearest one for another.
std::string read_kind(std::string_view word);

/// "500 MB", "2 GiB" or "1000000 rows", into one of the two limits. Throws UsageError.
void read_largest_rebuild(std::string_view text, Policy& policy);

/// Of everything that the policy asks, however it was spelled; the name does not count.
std::string fingerprint(const Policy& policy);

}  // namespace plumb::policy
