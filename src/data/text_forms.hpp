// data/text_forms.hpp: values that travel as texts, in the one form that both engines agree on.
//
// Each function gives nothing for a text that is no such value or does not fit the type.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace plumb::data {

/// "+12.5" with scale 2 -> "12.50"; "-0" -> "0.00"; an exponent is written out. Digits behind the scale must
/// be zeros; `precision` counts all digits.
std::optional<std::string> decimal_form(std::string_view text, std::uint32_t precision, std::uint32_t scale);

/// The same for a floating-point number, which is what SQLite keeps a decimal as: an error below a millionth
/// of the last digit is the number's own and goes away.
std::optional<std::string> decimal_form(double number, std::uint32_t precision, std::uint32_t scale);

/// Whether the text is in its one form already: told at a look, where a form would have to be made.
bool is_decimal(std::string_view text, std::uint32_t precision, std::uint32_t scale);
bool is_date(std::string_view text);
bool is_date_time(std::string_view text, std::uint32_t digits);
bool is_uuid(std::string_view text);

/// "2026-01-31".
std::optional<std::string> date_form(std::string_view text);
/// "2026-01-31 12:00:00.000", with `digits` behind the point. Also reads T for the space, a date alone, and Z
/// or +00:00 at the end. Zero dates are MariaDB's and are let through.
std::optional<std::string> date_time_form(std::string_view text, std::uint32_t digits);
/// "12:00:00", "-838:59:59.5"; seconds may be missing.
std::optional<std::string> time_form(std::string_view text, std::uint32_t digits);

/// Lower case, with hyphens.
std::optional<std::string> uuid_form(std::string_view text);
/// The shortest spelling (RFC 5952).
std::optional<std::string> inet6_form(const std::string& text);
/// Members once each, in the order of their declaration.
std::optional<std::string> set_form(std::string_view text, const std::vector<std::string>& members);

std::string base64(std::string_view bytes);
/// Nothing when the text is not base64 with its padding (RFC 4648, section 4).
std::optional<std::string> from_base64(std::string_view text);

/// The shortest digits that give the number back: "0.1", "5", "1e+22".
std::string shortest(double number);
/// The double whose digits are the shortest of the number in single precision: 0.1, not 0.10000000149011612.
double single_form(double number);

}  // namespace plumb::data
