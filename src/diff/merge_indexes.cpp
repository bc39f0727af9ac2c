#include "diff/merge_indexes.hpp"

#include <algorithm>
#include <optional>

#include "diff/same_structure.hpp"
#include "diff/table_options.hpp"
#include "support/text.hpp"

namespace plumb::diff {
namespace {

bool is_among(const std::vector<std::string>& names, std::string_view name) {
  return std::any_of(names.begin(), names.end(), [&](const std::string& n) { return equal_ignoring_case(n, name); });
}

/// Pairs declared indexes with actual ones: the same name first, then a `was` name, then the same structure.
class IndexMatcher {
 public:
  /// `unsaid`: words of an index that say what the table's storage engine does without them.
  IndexMatcher(const std::vector<Index>& actual, const TableIntent& intent, const MatchRules& rules, const Reading& reading, std::vector<std::string> unsaid)
      : actual_(actual), used_(actual.size(), false), intent_(intent), rules_(rules), reading_(reading), unsaid_(std::move(unsaid)) {}

  std::vector<Index> merge(std::vector<Index> desired) {
    std::vector<std::optional<std::size_t>> partner(desired.size());
    for (std::size_t d = 0; d < desired.size(); ++d) {
      partner[d] = take([&](const Index& have) {
        return have.name == desired[d].name && !have.name.empty() && same_index(have, desired[d], rules_);
      });
    }
    for (std::size_t d = 0; d < desired.size(); ++d) {
      if (partner[d]) continue;
      const auto was = intent_.object_was.find(desired[d].name.text);
      if (was == intent_.object_was.end()) continue;
      partner[d] = take([&](const Index& have) {
        return is_among(was->second, have.name.text) && same_index(have, desired[d], rules_);
      });
    }
    for (std::size_t d = 0; d < desired.size(); ++d) {
      if (!partner[d]) partner[d] = take([&](const Index& have) { return same_index(have, desired[d], rules_); });
    }
    std::vector<Index> merged;
    for (std::size_t d = 0; d < desired.size(); ++d) {
      merged.push_back(partner[d] ? adopt(std::move(desired[d]), actual_[*partner[d]]) : std::move(desired[d]));
    }
    sort_like_actual(merged, partner);
    return merged;
  }

  /// Actual indexes that no declared one took.
  std::vector<Index> left_over() const {
    std::vector<Index> rest;
    for (std::size_t i = 0; i < actual_.size(); ++i) {
      if (!used_[i]) rest.push_back(actual_[i]);
    }
    return rest;
  }

 private:
  template <class Usable>
  std::optional<std::size_t> take(const Usable& usable) {
    for (std::size_t i = 0; i < actual_.size(); ++i) {
      if (used_[i] || !usable(actual_[i])) continue;
      used_[i] = true;
      return i;
    }
    return std::nullopt;
  }

  Index adopt(Index desired, const Index& actual) const {
    // A UNIQUE that the description does not name may be a constraint or an index: what stands is right.
    const bool kind_is_open = desired.name.generated && !desired.constraint && actual.constraint;
    ObjectName name = kind_is_open ? actual.name : desired.name;
    if (desired.constraint && actual.constraint && desired.name.generated) name = actual.name;
    const bool constraint = kind_is_open ? true : desired.constraint;
    const bool open = !reading_.is_complete;
    const bool keeps_extra = (open && desired.extra.empty()) || without(unsaid_, desired.extra) == without(unsaid_, actual.extra);
    const std::string extra = keeps_extra ? actual.extra : without_undoing(desired.extra, rules_);
    const std::string comment = open && desired.comment.empty() ? actual.comment : desired.comment;
    desired = actual;
    desired.name = name;
    desired.constraint = constraint;
    desired.extra = extra;
    desired.comment = comment;
    return desired;
  }

  /// Those that stand already in their order, then the new ones.
  static void sort_like_actual(std::vector<Index>& merged, const std::vector<std::optional<std::size_t>>& partner) {
    std::vector<std::size_t> order(merged.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
      const auto key = [&](std::size_t i) { return partner[i] ? *partner[i] : std::string::npos; };
      return key(a) < key(b);
    });
    std::vector<Index> sorted;
    for (const std::size_t i : order) sorted.push_back(std::move(merged[i]));
    merged = std::move(sorted);
  }

  const std::vector<Index>& actual_;
  std::vector<bool> used_;
  const TableIntent& intent_;
  const MatchRules& rules_;
  const Reading& reading_;
  std::vector<std::string> unsaid_;
};

}  // namespace

MergedIndexes merge_indexes(const std::vector<Index>& actual, std::vector<Index> desired, const TableIntent& intent, const MatchRules& rules, const Reading& reading,
                            std::vector<std::string> unsaid) {
  IndexMatcher matcher(actual, intent, rules, reading, std::move(unsaid));
  MergedIndexes merged;
  merged.indexes = matcher.merge(std::move(desired));
  merged.left_over = matcher.left_over();
  return merged;
}

}  // namespace plumb::diff
