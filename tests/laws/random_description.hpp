// tests/laws/random_description.hpp: descriptions made by chance, and the edits that people make to them.
#pragma once

#include <cstdint>
#include <map>
#include <random>
#include <string>
#include <string_view>
#include <utility>

#include "model/description.hpp"

namespace plumb::test {

/// Everything follows from the seed.
class Chance {
 public:
  explicit Chance(std::uint64_t seed) : engine_(seed) {}
  /// From 0 to below `count`.
  std::size_t below(std::size_t count) { return static_cast<std::size_t>(engine_() % count); }
  bool one_in(std::size_t count) { return below(count) == 0; }

 private:
  std::mt19937_64 engine_;
};

/// Written by triggers of random descriptions, never edited.
constexpr std::string_view log_table = "law_log";

/// A description that both engines can hold.
Description random_description(Chance& chance);

/// The description after some edits, with the hints that a person would write (was, backfill, drop), and what the
/// edits did to names.
struct Edited {
  Description description;
  std::map<std::string, std::string> table_names;                             ///< old -> new; dropped ones are missing
  std::map<std::pair<std::string, std::string>, std::string> column_names;    ///< (old table, old column) -> new column
};
Edited random_edit(const Description& before, Chance& chance);

}  // namespace plumb::test
