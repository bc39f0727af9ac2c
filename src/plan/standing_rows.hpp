// plan/standing_rows.hpp: rows that were against their own table before anybody planned anything, which no plan is to stop at or to mend.
#pragma once

#include <string_view>

#include "dialect/dialect.hpp"
#include "plan/plan.hpp"

namespace plumb::plan {

/// How a remark begins that says what no question could be asked about.
inline constexpr std::string_view not_asked_beforehand = "Not asked beforehand: ";

/// Whoever wrote such rows had switched off what forbids them. Where the answers tell of some, what the plan does to their tables, and
/// what undoes it, leaves them as they are: checks are off meanwhile, and a foreign key that goes comes back without a look at its rows.
/// Questions that were asked for this alone are left out again where there are none.
void let_standing_rows_be(Plan& plan, const Dialect& dialect);

}  // namespace plumb::plan
