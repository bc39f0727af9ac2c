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

/// "3, for example `id=7`, `id=9`". Requires: an answer.
std::string found_in_words(const Question& question);

/// The text between as many backquotes as it takes, on one line.
std::string code(std::string text);

/// "Plan `bamort` 0.4.0 → 0.5.0 on mariadb".
std::string title(const Plan& plan);

/// "6 steps: … Nothing blocked."
std::string first_line(const Plan& plan);

/// "alter", "alter, in place", "rebuild".
std::string how_in_words(const Step& step);

/// "none", "writes wait", "–".
std::string lock_in_words(const Step& step);

std::string yes_or_no(bool yes);

/// What is written anew and how long that takes; empty: nothing to say.
std::string cost_in_words(const Step& step);

/// "nothing is lost", "the values of `c` do not come back".
std::string back_in_words(const Back& back);

/// "Rehearsed up and down: equal."
std::string rehearsal_in_words(const Rehearsal& rehearsal);

/// "Needs the approval of 2 people: step 3 is `drop-table`."
std::string approvals_in_words(const Plan& plan);

/// "2026-11-21 10:31 UTC" of "2026-11-21T10:31:05Z".
std::string time_in_words(const std::string& time);

/// The command as SQL, each statement ending its line, behind comments that say what a guard stops, which program runs it, that it runs in
/// batches, and which statements are one.
std::string script_of(const Command& command);

/// A notice as a sentence.
std::string notice_in_words(const diff::Notice& notice);

}  // namespace plumb::plan
