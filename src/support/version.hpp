// support/version.hpp: versions of a description, their order, and the ranges that a health check asks for.
//
// The form and the order are those of semver.org 2.0.0; the ranges are written as in package managers.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace plumb {

/// "1.4.0", "1.4.0-rc.1", "1.4.0+build.7". What follows the plus sign says nothing about the order.
struct Version {
  std::array<std::uint64_t, 3> numbers{};
  std::vector<std::string> pre_release;  ///< "rc.1" in its parts; empty: a release

  bool operator==(const Version&) const = default;
  /// 0.9.0 < 0.10.0; 1.0.0-rc.1 < 1.0.0; 1.0.0-2 < 1.0.0-10 < 1.0.0-a (semver.org, 11).
  std::strong_ordering operator<=>(const Version& other) const;
};

/// Nothing for a text that is no version: three numbers without leading zeros, and what semver.org lets follow them.
std::optional<Version> parse_version(std::string_view text);

/// True when both are versions and `a` comes before `b`.
bool is_older(std::string_view a, std::string_view b);

/// What versions are asked for: "0.5.0" (exactly that), ">=0.4,<0.6", "^0.5", "~0.5.1". All parts must hold.
class VersionRange {
 public:
  /// Throws UsageError, with what can be written, for a text that is no range.
  static VersionRange parse(std::string_view text);

  /// A pre-release is in a range only where a part of it names a pre-release of the same three numbers: nobody who
  /// asks for `>=0.4,<0.6` means 0.6.0-rc.1.
  bool contains(const Version& version) const;

 private:
  enum class Relation { Equal, Less, LessOrEqual, Greater, GreaterOrEqual };
  struct Bound {
    Relation relation = Relation::Equal;
    Version version;
  };
  static bool holds(const Bound& bound, const Version& version);
  void add(std::string_view part);
  void add_from_to(const Version& from, const Version& to);

  std::vector<Bound> bounds_;
};

}  // namespace plumb
