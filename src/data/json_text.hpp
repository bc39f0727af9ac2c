// data/json_text.hpp: a piece of JSON that somebody else wrote. For this folder alone.
#pragma once

#include <string>
#include <string_view>

#include "data/one_form.hpp"

namespace plumb::data {

/// Brackets in brackets at most; this program's own functions follow the nesting with their stack.
inline constexpr std::size_t deepest_nesting = 64;

/// What is wrong with a text, as the end of a sentence ("is no valid JSON: line 3, …").
struct JsonProblem {
  std::string text;
};

/// The whole text as one value: UTF-8, no field twice in an object, no number beyond what a double or 64 bits hold.
/// `line` is the number of its first line, `depth` that of the brackets around it. Throws JsonProblem.
Json parse_json(std::string_view text, std::size_t line = 1, std::size_t depth = 0);

}  // namespace plumb::data
