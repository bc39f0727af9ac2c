// serve/html.hpp: texts as HTML. Whatever comes from a database or a description goes through here.
#pragma once

#include <map>
#include <string>
#include <string_view>

namespace plumb::serve {

/// Fit to stand between tags and in quoted attributes. Bytes that are no UTF-8, and control characters, are replaced.
std::string escaped(std::string_view text);

/// The little Markdown that a plan's words use: `code` and **strong**; everything else is escaped.
std::string marked_up(std::string_view text);

/// Puts values in the places `{{name}}` of a text; values are HTML already. A place without a value stays empty.
std::string filled(std::string_view text, const std::map<std::string, std::string, std::less<>>& values);

}  // namespace plumb::serve
