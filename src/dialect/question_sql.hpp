// dialect/question_sql.hpp: the questions in the SQL that both engines share, given how names are quoted.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "dialect/step.hpp"

namespace plumb {

std::string question_sql(const Question& question, const std::function<std::string(std::string_view)>& quote);

}  // namespace plumb
