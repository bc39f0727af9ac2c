#include "support/version.hpp"

#include <algorithm>
#include <charconv>

#include "support/error.hpp"
#include "support/text.hpp"

namespace plumb {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

bool is_number(std::string_view text) { return !text.empty() && std::all_of(text.begin(), text.end(), is_digit); }

std::optional<std::uint64_t> parse_number(std::string_view text) {
  if (!is_number(text) || (text.size() > 1 && text.front() == '0')) return std::nullopt;
  std::uint64_t number = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
  return problem == std::errc() && end == text.data() + text.size() ? std::optional(number) : std::nullopt;
}

std::vector<std::string_view> parts_of(std::string_view text) {
  std::vector<std::string_view> parts;
  for (std::size_t begin = 0;;) {
    const std::size_t dot = text.find('.', begin);
    parts.push_back(text.substr(begin, dot - begin));
    if (dot == std::string_view::npos) return parts;
    begin = dot + 1;
  }
}

bool is_identifier(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return is_digit(c) || is_letter(c) || c == '-'; });
}

/// Numbers of a pre-release have no leading zeros either.
bool is_pre_release_part(std::string_view text) { return is_identifier(text) && (!is_number(text) || text.size() == 1 || text.front() != '0'); }

std::strong_ordering order(const std::string& a, const std::string& b) {
  const bool a_counts = is_number(a);
  const bool b_counts = is_number(b);
  if (a_counts != b_counts) return a_counts ? std::strong_ordering::less : std::strong_ordering::greater;
  if (a_counts && a.size() != b.size()) return a.size() <=> b.size();  // no leading zeros: the longer one is greater
  return a.compare(b) <=> 0;
}

/// One to three numbers, the rest zero, and how many were written; a pre-release only after three.
struct Written {
  Version version;
  std::size_t numbers = 0;
};

std::optional<Written> parse_partial(std::string_view text) {
  if (auto whole = parse_version(text)) return Written{std::move(*whole), 3};
  const auto parts = parts_of(text);
  if (parts.size() > 2) return std::nullopt;
  Written written;
  for (const auto part : parts) {
    const auto number = parse_number(part);
    if (!number) return std::nullopt;
    written.version.numbers.at(written.numbers++) = *number;
  }
  return written;
}

/// The first version after all that have the first `kept` numbers of `version`.
Version after_those_with(const Version& version, std::size_t kept) {
  Version next;
  std::copy_n(version.numbers.begin(), kept, next.numbers.begin());
  ++next.numbers.at(kept - 1);
  return next;
}

/// "^": everything up to the next change of the first number that is not zero.
Version end_of_caret(const Written& written) {
  for (std::size_t i = 0; i + 1 < written.numbers; ++i) {
    if (written.version.numbers.at(i) != 0) return after_those_with(written.version, i + 1);
  }
  return after_those_with(written.version, written.numbers);
}

[[noreturn]] void refuse(std::string_view part) {
  throw UsageError("`" + std::string(part) + "` is no version to ask for; write `0.5.0` for exactly that one, `>=0.4,<0.6`, `^0.5` or `~0.5.1`");
}

}  // namespace

std::strong_ordering Version::operator<=>(const Version& other) const {
  if (const auto by_number = numbers <=> other.numbers; by_number != 0) return by_number;
  if (pre_release.empty() != other.pre_release.empty()) return pre_release.empty() ? std::strong_ordering::greater : std::strong_ordering::less;
  return std::lexicographical_compare_three_way(pre_release.begin(), pre_release.end(), other.pre_release.begin(), other.pre_release.end(), order);
}

std::optional<Version> parse_version(std::string_view text) {
  Version version;
  if (const std::size_t plus = text.find('+'); plus != std::string_view::npos) {
    const auto build = parts_of(text.substr(plus + 1));
    if (!std::all_of(build.begin(), build.end(), is_identifier)) return std::nullopt;
    text = text.substr(0, plus);
  }
  if (const std::size_t minus = text.find('-'); minus != std::string_view::npos) {
    for (const auto part : parts_of(text.substr(minus + 1))) {
      if (!is_pre_release_part(part)) return std::nullopt;
      version.pre_release.emplace_back(part);
    }
    text = text.substr(0, minus);
  }
  const auto parts = parts_of(text);
  if (parts.size() != version.numbers.size()) return std::nullopt;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const auto number = parse_number(parts[i]);
    if (!number) return std::nullopt;
    version.numbers.at(i) = *number;
  }
  return version;
}

bool is_older(std::string_view a, std::string_view b) {
  const auto first = parse_version(a);
  const auto second = parse_version(b);
  return first && second && *first < *second;
}

VersionRange VersionRange::parse(std::string_view text) {
  VersionRange range;
  for (std::size_t begin = 0;;) {
    const std::size_t comma = text.find(',', begin);
    range.add(trim(text.substr(begin, comma - begin)));
    if (comma == std::string_view::npos) return range;
    begin = comma + 1;
  }
}

void VersionRange::add_from_to(const Version& from, const Version& to) {
  bounds_.push_back({Relation::GreaterOrEqual, from});
  bounds_.push_back({Relation::Less, to});
}

void VersionRange::add(std::string_view part) {
  const std::size_t signs = std::min(part.find_first_not_of("<>=^~"), part.size());
  const std::string_view sign = part.substr(0, signs);
  const auto written = parse_partial(trim(part.substr(signs)));
  if (!written) refuse(part);
  const Version& version = written->version;
  if (sign == "^") return add_from_to(version, end_of_caret(*written));
  if (sign == "~") return add_from_to(version, after_those_with(version, std::min<std::size_t>(written->numbers, 2)));
  if (sign == ">=") return bounds_.push_back({Relation::GreaterOrEqual, version});
  if (sign == "<") return bounds_.push_back({Relation::Less, version});
  // `0.5` alone, `>0.5` and `<=0.5` could mean 0.5.0 as well as every 0.5.x
  if (written->numbers < version.numbers.size()) refuse(part);
  if (sign.empty() || sign == "=") return bounds_.push_back({Relation::Equal, version});
  if (sign == ">") return bounds_.push_back({Relation::Greater, version});
  if (sign == "<=") return bounds_.push_back({Relation::LessOrEqual, version});
  refuse(part);
}

bool VersionRange::holds(const Bound& bound, const Version& version) {
  switch (bound.relation) {
    case Relation::Equal: return version == bound.version;
    case Relation::Less: return version < bound.version;
    case Relation::LessOrEqual: return version <= bound.version;
    case Relation::Greater: return version > bound.version;
    case Relation::GreaterOrEqual: return version >= bound.version;
  }
  return false;
}

bool VersionRange::contains(const Version& version) const {
  if (!std::all_of(bounds_.begin(), bounds_.end(), [&](const Bound& bound) { return holds(bound, version); })) return false;
  const auto names_it = [&](const Bound& bound) { return !bound.version.pre_release.empty() && bound.version.numbers == version.numbers; };
  return version.pre_release.empty() || std::any_of(bounds_.begin(), bounds_.end(), names_it);
}

}  // namespace plumb
