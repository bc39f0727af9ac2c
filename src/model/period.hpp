// model/period.hpp: the periods of SQL:2011, which stand among a table's options.
#pragma once

#include <string_view>

namespace plumb {

/// True for the options "period" ("`p` (`from`, `to`)") and "system_period" ("(`since`, `gone`)"), each over two columns of
/// the table.
bool is_period(std::string_view option);

}  // namespace plumb
