#include "data/one_form.hpp"

namespace plumb::data {
namespace {

int rank(const Json& value) {
  if (value.is_null()) return 0;
  if (value.is_boolean()) return 1;
  if (value.is_number()) return 2;
  return value.is_string() ? 3 : 4;
}

/// Numbers with a sign and such beyond them in one order, too.
int compared_numbers(const Json& a, const Json& b) {
  const auto is_beyond = [](const Json& value) { return value.is_number_unsigned() && value.get<std::uint64_t>() > static_cast<std::uint64_t>(INT64_MAX); };
  const auto order = [](auto left, auto right) { return left == right ? 0 : left < right ? -1 : 1; };
  if (a.is_number_float() || b.is_number_float()) return order(a.get<double>(), b.get<double>());
  if (is_beyond(a) || is_beyond(b)) return is_beyond(a) && is_beyond(b) ? order(a.get<std::uint64_t>(), b.get<std::uint64_t>()) : is_beyond(a) ? 1 : -1;
  return order(a.get<std::int64_t>(), b.get<std::int64_t>());
}

/// -1, 0, 1.
int compared(const Json& a, const Json& b) {
  if (rank(a) != rank(b)) return rank(a) < rank(b) ? -1 : 1;
  if (a.is_object() && b.is_object()) {
    for (auto left = a.begin(), right = b.begin(); left != a.end() && right != b.end(); ++left, ++right) {
      if (const int order = compared(*left, *right); order != 0) return order;
    }
    return 0;
  }
  if (a.is_string()) {
    const int order = a.get_ref<const std::string&>().compare(b.get_ref<const std::string&>());
    return order == 0 ? 0 : order < 0 ? -1 : 1;
  }
  if (a.is_number()) return compared_numbers(a, b);
  if (a == b) return 0;
  return a < b ? -1 : 1;
}

}  // namespace

bool comes_before(const Json& a, const Json& b) {
  return compared(a, b) < 0;
}

}  // namespace plumb::data
