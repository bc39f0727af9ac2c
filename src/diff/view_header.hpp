// diff/view_header.hpp: what stands between CREATE and VIEW. Pure.
#pragma once

#include <string>

#include "sql/tokens.hpp"

namespace plumb::diff {

/// `desired`, in which the parts that are not said, or are said in another spelling, are as they stand in `actual`.
std::string completed_header(const std::string& desired, const std::string& actual, const sql::Lexis& lexis);

}  // namespace plumb::diff
