// support/text.hpp: small questions about strings that every folder asks.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace plumb {

/// ASCII letters in lower case, other bytes as they are.
std::string to_lower(std::string_view text);
std::string to_upper(std::string_view text);
/// Equality that ignores the case of ASCII letters.
bool equal_ignoring_case(std::string_view a, std::string_view b);
/// Without ASCII white space at both ends.
std::string_view trim(std::string_view text);
std::string join(const std::vector<std::string>& parts, std::string_view separator);
std::vector<std::string_view> split_lines(std::string_view text);
std::string replace_all(std::string text, std::string_view from, std::string_view to);
/// "1 row", "2 rows"; `plural` defaults to singular + "s". Thousands are grouped with commas.
std::string counted(std::uint64_t count, std::string_view singular, std::string_view plural = {});
/// 18230 -> "18,230".
std::string grouped(std::uint64_t number);
/// "a,b" at ',' gives "a" and "b"; the parts as they are.
std::vector<std::string_view> split(std::string_view text, char separator);
/// The candidate nearest to `word` by edit distance, or empty when none is near enough to be meant.
std::string closest_match(std::string_view word, const std::vector<std::string>& candidates);
/// The first `bytes` bytes of `text` at most, cut between UTF-8 characters, with "…" when cut.
std::string shortened(std::string_view text, std::size_t bytes);
bool is_valid_utf8(std::string_view text);
/// Two lower-case hexadecimal digits a byte.
std::string to_hex(std::string_view bytes);

}  // namespace plumb
