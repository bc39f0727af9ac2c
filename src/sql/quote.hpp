// sql/quote.hpp: names and strings as SQL text; the one place where quoting happens.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace plumb::sql {

/// How an engine quotes; the dialects hold one each.
enum class Quoting { Backquotes, DoubleQuotes };

/// `name` or "name", quotes inside doubled.
std::string quote_name(std::string_view name, Quoting quoting);
/// The names quoted and joined by ", ".
std::string quote_names(const std::vector<std::string>& names, Quoting quoting);
/// 'text' with single quotes doubled, and backslashes too where the engine reads them as escapes.
std::string quote_string(std::string_view text, bool backslash_escapes);

}  // namespace plumb::sql
