#include "data/text_forms.hpp"

#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "support/text.hpp"

namespace plumb::data {
namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

bool all_digits(std::string_view text) {
  return std::all_of(text.begin(), text.end(), is_digit);
}

/// Takes `count` digits from the front; nothing when there are fewer.
std::optional<int> take_digits(std::string_view& text, std::size_t count) {
  if (text.size() < count || !all_digits(text.substr(0, count))) return std::nullopt;
  int number = 0;
  for (const char c : text.substr(0, count)) number = number * 10 + (c - '0');
  text.remove_prefix(count);
  return number;
}

bool take(std::string_view& text, char c) {
  if (text.empty() || text.front() != c) return false;
  text.remove_prefix(1);
  return true;
}

/// ".5" or nothing -> ".500" for three digits; nothing when digits other than 0 would be lost.
std::optional<std::string> fraction_form(std::string_view& text, std::uint32_t digits) {
  std::string fraction;
  if (take(text, '.')) {
    std::size_t size = 0;
    while (size < text.size() && is_digit(text[size])) ++size;
    if (size == 0) return std::nullopt;
    fraction = std::string(text.substr(0, size));
    text.remove_prefix(size);
  }
  if (fraction.size() > digits && fraction.find_first_not_of('0', digits) != std::string::npos)
    return std::nullopt;
  fraction.resize(digits, '0');
  return digits == 0 ? std::string() : "." + fraction;
}

/// The parts of a decimal text: its digits without leading zeros, and how many of them stand behind the
/// point.
struct Digits {
  bool negative = false;
  std::string digits;
  std::int64_t behind_point = 0;
};

std::optional<Digits> digits_of(std::string_view text) {
  Digits found;
  found.negative = text.starts_with('-');
  if (text.starts_with('-') || text.starts_with('+')) text.remove_prefix(1);
  bool any = false;
  bool point = false;
  while (!text.empty() && (is_digit(text.front()) || (text.front() == '.' && !point))) {
    if (text.front() == '.') {
      point = true;
    } else {
      any = true;
      found.digits += text.front();
      if (point) ++found.behind_point;
    }
    text.remove_prefix(1);
  }
  if (!any) return std::nullopt;
  if (!text.empty()) {
    if (text.front() != 'e' && text.front() != 'E') return std::nullopt;
    text.remove_prefix(1);
    if (text.starts_with('+')) text.remove_prefix(1);
    int exponent = 0;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), exponent);
    constexpr int largest_exponent = 400;  // beyond every double
    if (problem != std::errc() || end != text.data() + text.size() || std::abs(exponent) > largest_exponent)
      return std::nullopt;
    found.behind_point -= exponent;
  }
  found.digits.erase(0, std::min(found.digits.find_first_not_of('0'), found.digits.size()));
  return found;
}

struct DateParts {
  int year, month, day;
};

bool exists(const DateParts& date) {
  if (date.month == 0 || date.day == 0) return date.month <= 12 && date.day <= 31;  // MariaDB's zero dates
  static constexpr std::array<int, 12> days{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  if (date.month > 12) return false;
  const bool leap = (date.year % 4 == 0 && date.year % 100 != 0) || date.year % 400 == 0;
  return date.day <= days[static_cast<std::size_t>(date.month - 1)] + (date.month == 2 && leap ? 1 : 0);
}

bool take_date(std::string_view& text) {
  const auto year = take_digits(text, 4);
  if (!year || !take(text, '-')) return false;
  const auto month = take_digits(text, 2);
  if (!month || !take(text, '-')) return false;
  const auto day = take_digits(text, 2);
  return day && exists({*year, *month, *day});
}

/// Two digits; a large number where they are none.
int two_digits(const char* text) { return is_digit(text[0]) && is_digit(text[1]) ? (text[0] - '0') * 10 + (text[1] - '0') : 1000; }

/// A number whose nearest decimal of so many digits behind the point is clear at a look; nothing where it is not.
std::optional<std::string> near_decimal(double number, std::uint32_t precision, std::uint32_t scale) {
  static constexpr std::array<double, 10> powers{1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9};
  constexpr double largest = 1e9;
  constexpr double near = 1e-7;
  if (scale >= powers.size()) return std::nullopt;
  const double scaled = std::abs(number) * powers[scale];
  if (!(scaled < largest)) return std::nullopt;
  const double nearest = std::nearbyint(scaled);
  if (std::abs(scaled - nearest) > near) return std::nullopt;
  std::array<char, 24> text{};
  const auto whole = static_cast<std::uint64_t>(nearest);
  const auto [end, problem] = std::to_chars(text.data(), text.data() + text.size(), whole);
  const auto count = static_cast<std::size_t>(end - text.data());
  if (problem != std::errc() || (whole != 0 && count > precision)) return std::nullopt;
  std::string form(number < 0 && whole != 0 ? "-" : "");
  if (count <= scale) form.append(scale + 1 - count, '0');
  form.append(text.data(), count);
  if (scale != 0) form.insert(form.size() - scale, 1, '.');
  return form;
}

}  // namespace

bool is_decimal(std::string_view text, std::uint32_t precision, std::uint32_t scale) {
  const std::size_t behind = scale == 0 ? 0 : scale + 1;
  if (text.size() <= behind || text.size() - (scale == 0 ? 0 : 1) > precision) return false;
  const std::string_view whole = text.substr(0, text.size() - behind);
  if (whole.size() > 1 && whole.front() == '0') return false;
  if (scale != 0 && text[whole.size()] != '.') return false;
  return all_digits(whole) && all_digits(text.substr(text.size() - scale));
}

bool is_date(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return false;
  const int century = two_digits(text.data());
  const int year = two_digits(text.data() + 2);
  return century < 100 && year < 100 && exists({century * 100 + year, two_digits(text.data() + 5), two_digits(text.data() + 8)});
}

bool is_date_time(std::string_view text, std::uint32_t digits) {
  constexpr std::size_t without_fraction = 19;
  if (text.size() != without_fraction + (digits == 0 ? 0 : digits + 1) || !is_date(text.substr(0, 10))) return false;
  if (text[10] != ' ' || text[13] != ':' || text[16] != ':') return false;
  if (two_digits(text.data() + 11) > 23 || two_digits(text.data() + 14) > 59 || two_digits(text.data() + 17) > 59) return false;
  return digits == 0 || (text[without_fraction] == '.' && all_digits(text.substr(without_fraction + 1)));
}

bool is_uuid(std::string_view text) {
  if (text.size() != 36) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool is_hyphen = i == 8 || i == 13 || i == 18 || i == 23;
    if (is_hyphen ? text[i] != '-' : !is_digit(text[i]) && (text[i] < 'a' || text[i] > 'f')) return false;
  }
  return true;
}

std::optional<std::string> decimal_form(std::string_view text, std::uint32_t precision, std::uint32_t scale) {
  auto number = digits_of(text);
  if (!number) return std::nullopt;
  std::string& digits = number->digits;
  while (number->behind_point > static_cast<std::int64_t>(scale)) {
    if (!digits.empty()) {
      if (digits.back() != '0') return std::nullopt;
      digits.pop_back();
    }
    --number->behind_point;
  }
  if (!digits.empty()) digits.append(static_cast<std::size_t>(scale - number->behind_point), '0');
  if (digits.size() > precision) return std::nullopt;
  const bool is_zero = digits.empty();
  if (digits.size() <= scale) digits.insert(0, scale + 1 - digits.size(), '0');
  if (scale != 0) digits.insert(digits.size() - scale, ".");
  return number->negative && !is_zero ? "-" + digits : digits;
}

std::optional<std::string> decimal_form(double number, std::uint32_t precision, std::uint32_t scale) {
  if (!std::isfinite(number)) return std::nullopt;
  if (auto near = near_decimal(number, precision, scale)) return near;
  if (auto exact = decimal_form(shortest(number), precision, scale)) return exact;
  std::array<char, 400> text{};
  const auto [end, problem] = std::to_chars(text.data(), text.data() + text.size(), number,
                                            std::chars_format::fixed, static_cast<int>(scale));
  if (problem != std::errc()) return std::nullopt;
  double rounded = 0;
  std::from_chars(text.data(), end, rounded);
  if (std::abs(rounded - number) > 1e-6 * std::pow(10.0, -static_cast<double>(scale))) return std::nullopt;
  return decimal_form(std::string_view(text.data(), static_cast<std::size_t>(end - text.data())), precision,
                      scale);
}

std::optional<std::string> date_form(std::string_view text) {
  return is_date(text) ? std::optional<std::string>(text) : std::nullopt;
}

std::optional<std::string> date_time_form(std::string_view text, std::uint32_t digits) {
  const std::string date(text.substr(0, 10));
  if (!take_date(text)) return std::nullopt;
  std::string time = "00:00:00";
  if (take(text, ' ') || take(text, 'T')) {
    time = std::string(text.substr(0, 8));
    const auto hour = take_digits(text, 2);
    if (!hour || *hour > 23 || !take(text, ':')) return std::nullopt;
    const auto minute = take_digits(text, 2);
    if (!minute || *minute > 59) return std::nullopt;
    if (take(text, ':')) {
      const auto second = take_digits(text, 2);
      if (!second || *second > 59) return std::nullopt;
    } else {
      time.resize(5);
      time += ":00";
    }
  }
  const auto fraction = fraction_form(text, digits);
  if (!fraction || !(text.empty() || text == "Z" || text == "+00:00" || text == " +00:00"))
    return std::nullopt;
  return date + " " + time + *fraction;
}

std::optional<std::string> time_form(std::string_view text, std::uint32_t digits) {
  std::string form = take(text, '-') ? "-" : "";
  const std::size_t colon = text.find(':');
  if (colon == std::string_view::npos || colon == 0 || colon > 3 || !all_digits(text.substr(0, colon)))
    return std::nullopt;
  form += std::string(colon < 2 ? "0" : "") + std::string(text.substr(0, colon));
  text.remove_prefix(colon + 1);
  const std::string_view minutes = text.substr(0, 2);
  const auto minute = take_digits(text, 2);
  if (!minute || *minute > 59) return std::nullopt;
  form += ":" + std::string(minutes);
  std::string_view seconds = "00";
  if (take(text, ':')) {
    seconds = text.substr(0, 2);
    const auto second = take_digits(text, 2);
    if (!second || *second > 59) return std::nullopt;
  }
  form += ":" + std::string(seconds);
  const auto fraction = fraction_form(text, digits);
  if (!fraction || !text.empty()) return std::nullopt;
  form += *fraction;
  return form.find_first_not_of("-0:.") == std::string::npos && form[0] == '-' ? form.substr(1) : form;
}

std::optional<std::string> uuid_form(std::string_view text) {
  std::string hex;
  for (const char c : to_lower(text)) {
    if (c == '-') continue;
    if (!is_digit(c) && (c < 'a' || c > 'f')) return std::nullopt;
    hex += c;
  }
  if (hex.size() != 32) return std::nullopt;
  for (const std::size_t place : {8U, 13U, 18U, 23U}) hex.insert(place, "-");
  return hex;
}

std::optional<std::string> inet6_form(const std::string& text) {
  std::array<unsigned char, 16> address{};
  std::array<char, INET6_ADDRSTRLEN> out{};
  if (text.find('\0') != std::string::npos || inet_pton(AF_INET6, text.c_str(), address.data()) != 1)
    return std::nullopt;
  inet_ntop(AF_INET6, address.data(), out.data(), out.size());
  return std::string(out.data());
}

std::optional<std::string> set_form(std::string_view text, const std::vector<std::string>& members) {
  std::vector<bool> chosen(members.size(), false);
  while (!text.empty()) {
    const std::size_t comma = text.find(',');
    const auto member = std::find(members.begin(), members.end(), text.substr(0, comma));
    if (member == members.end()) return std::nullopt;
    chosen[static_cast<std::size_t>(member - members.begin())] = true;
    if (comma == std::string_view::npos) break;
    text.remove_prefix(comma + 1);
    if (text.empty()) return std::nullopt;
  }
  std::vector<std::string> in_order;
  for (std::size_t i = 0; i < members.size(); ++i) {
    if (chosen[i]) in_order.push_back(members[i]);
  }
  return join(in_order, ",");
}

namespace {
constexpr std::string_view base64_digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
}

std::string base64(std::string_view bytes) {
  std::string out;
  out.reserve((bytes.size() + 2) / 3 * 4);
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    std::uint32_t group = 0;
    for (std::size_t k = 0; k < 3; ++k) {
      group = group << 8U | (i + k < bytes.size() ? static_cast<unsigned char>(bytes[i + k]) : 0U);
    }
    const std::size_t left = std::min<std::size_t>(3, bytes.size() - i);
    for (std::size_t k = 0; k < 4; ++k) {
      out += k > left ? '=' : base64_digits[group >> (18U - 6U * k) & 63U];
    }
  }
  return out;
}

std::optional<std::string> from_base64(std::string_view text) {
  if (text.size() % 4 != 0) return std::nullopt;
  std::size_t padding = 0;
  while (padding < 2 && padding < text.size() && text[text.size() - 1 - padding] == '=') ++padding;
  std::string out;
  out.reserve(text.size() / 4 * 3);
  std::uint32_t group = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool is_padding = i >= text.size() - padding;
    const std::size_t digit = is_padding ? 0 : base64_digits.find(text[i]);
    if (digit == std::string_view::npos) return std::nullopt;
    group = group << 6U | static_cast<std::uint32_t>(digit);
    if (i % 4 != 3) continue;
    for (const unsigned shift : {16U, 8U, 0U}) out += static_cast<char>(group >> shift & 255U);
    group = 0;
  }
  out.resize(out.size() - padding);
  return out;
}

std::string shortest(double number) {
  std::array<char, 64> text{};
  const auto [end, problem] = std::to_chars(text.data(), text.data() + text.size(), number);
  return problem == std::errc() ? std::string(text.data(), end) : std::string();
}

double single_form(double number) {
  std::array<char, 64> text{};
  const auto [end, problem] =
      std::to_chars(text.data(), text.data() + text.size(), static_cast<float>(number));
  double exact = number;
  if (problem == std::errc()) std::from_chars(text.data(), end, exact);
  return exact;
}

}  // namespace plumb::data
