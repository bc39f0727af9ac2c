// plan/wording.hpp: the words that every form of a plan uses for the same thing.
#pragma once

#include <string>

#include "plan/plan.hpp"

namespace plumb::plan {

char symbol_of(StepSymbol symbol);

/// One cell: "safe", "loses 96 rows, declared", "blocked: 3 rows".
std::string risk_in_words(const Step& step, const Plan& plan);

/// "rows of `t` …: 0" or "… : asked when the step runs".
std::string answer_in_words(const Question& question);

/// "Plan `bamort` 0.4.0 → 0.5.0 on mariadb".
std::string title(const Plan& plan);

/// "6 steps: … Nothing blocked."
std::string first_line(const Plan& plan);

/// A guard as an SQL comment before its query.
std::string guard_in_words(const Command& guard);

/// A notice as a sentence.
std::string notice_in_words(const diff::Notice& notice);

}  // namespace plumb::plan
